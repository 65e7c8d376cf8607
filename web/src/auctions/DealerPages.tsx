/** The dealer's auctions, loaded apart: list, creation, live synthesis, history. */
import "../stock/words";
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";
import { SynthesisPage } from "../synthesis/SynthesisPage";
import { ChangeAuction } from "./create/ChangeAuction";
import { CreateAuction } from "./create/CreateAuction";
import { DealerAuctions } from "./DealerAuctions";

export default function DealerPages() {
  return (
    <Switch>
      <Route path="/auctions">
        <DealerAuctions />
      </Route>
      <Route path="/auctions/new">
        <CreateAuction />
      </Route>
      <Route path="/auctions/:id">
        {({ id }) => <SynthesisPage key={id} auction={Number(id)} tab="synthesis" />}
      </Route>
      <Route path="/auctions/:id/edit">{({ id }) => <ChangeAuction key={id} auction={Number(id)} />}</Route>
      <Route path="/auctions/:id/history">
        {({ id }) => <SynthesisPage key={id} auction={Number(id)} tab="history" />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
