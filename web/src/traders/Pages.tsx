/** The dealer's traders: their cards, connections and invitations, and the mailing lists. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { useMay } from "../desk/me";
import { NotFound } from "../desk/NotFound";
import { InvitationsPage } from "./InvitationsPage";
import { ListPage, NewListPage } from "./lists/ListPage";
import { ListsPage } from "./lists/ListsPage";
import { NewTraderPage } from "./NewTraderPage";
import { TraderPage } from "./TraderPage";
import { TradersPage } from "./TradersPage";

export default function Pages() {
  // Whose doors the server keeps shut: no page that can only fail.
  const may = useMay();
  const manages = may("manage_connections");
  return (
    <Switch>
      <Route path="/traders">
        <TradersPage />
      </Route>
      <Route path="/traders/new">{manages ? <NewTraderPage /> : <NotFound />}</Route>
      <Route path="/traders/:id">
        {({ id }) => (/^\d+$/.test(id) ? <TraderPage key={id} id={Number(id)} /> : <NotFound />)}
      </Route>
      <Route path="/invitations">{manages ? <InvitationsPage /> : <NotFound />}</Route>
      <Route path="/mailing-lists">
        <ListsPage />
      </Route>
      <Route path="/mailing-lists/new">{may("manage_mailing_lists") ? <NewListPage /> : <NotFound />}</Route>
      <Route path="/mailing-lists/:id">
        {({ id }) => (/^\d+$/.test(id) ? <ListPage key={id} id={Number(id)} /> : <NotFound />)}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
