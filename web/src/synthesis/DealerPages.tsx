/** The dealer's part, loaded apart from the trader's, with its words and its styles. */
import "../language/dealer";
import "./mantine";
import { Route, Switch } from "wouter";
import { CreateAuction } from "../auctions/create/CreateAuction";
import { DealerAuctions } from "../auctions/DealerAuctions";
import { NotFound } from "../desk/NotFound";
import { SynthesisPage } from "./SynthesisPage";

export default function DealerPages() {
  return (
    <Switch>
      <Route path="/">
        <DealerAuctions />
      </Route>
      <Route path="/auctions">
        <DealerAuctions />
      </Route>
      <Route path="/auctions/new">
        <CreateAuction />
      </Route>
      <Route path="/auctions/:id">
        {({ id }) => <SynthesisPage key={id} auction={Number(id)} tab="synthesis" />}
      </Route>
      <Route path="/auctions/:id/history">
        {({ id }) => <SynthesisPage key={id} auction={Number(id)} tab="history" />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
