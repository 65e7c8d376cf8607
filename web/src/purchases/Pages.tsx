/** The trader's purchases and its dealers, loaded apart. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";
import { DealersPage } from "./DealersPage";
import { PurchasePage } from "./PurchasePage";
import { PurchasesPage } from "./PurchasesPage";

export default function Pages() {
  return (
    <Switch>
      <Route path="/purchases">
        <PurchasesPage />
      </Route>
      <Route path="/purchases/:offer">
        {({ offer }) =>
          /^\d+$/.test(offer) ? <PurchasePage key={offer} offer={Number(offer)} /> : <NotFound />
        }
      </Route>
      <Route path="/dealers">
        <DealersPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
