/** The part "people" of the pages, loaded apart: users, user groups, settings, the history of changes. */
import "../stock/words";
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { useMay } from "../desk/me";
import { NotFound } from "../desk/NotFound";
import { UserGroupPage } from "./groups/UserGroupPage";
import { UserGroupsPage } from "./groups/UserGroupsPage";
import { HistoryPage } from "./history/HistoryPage";
import { HoldingPage } from "./settings/HoldingPage";
import { MailsPage } from "./settings/MailsPage";
import { SitesPage } from "./settings/SitesPage";
import { StockPage } from "./settings/StockPage";
import { InvitationsPage } from "./users/InvitationsPage";
import { UserPage } from "./users/UserPage";
import { UsersPage } from "./users/UsersPage";

export default function Pages() {
  // Whose doors the server keeps shut: no page that can only fail.
  const manages = useMay()("manage_users");
  return (
    <Switch>
      <Route path="/users">
        <UsersPage />
      </Route>
      <Route path="/users/invitations">{manages ? <InvitationsPage /> : <NotFound />}</Route>
      <Route path="/users/:id">
        {({ id }) => (/^\d+$/.test(id) ? <UserPage key={id} id={Number(id)} /> : <NotFound />)}
      </Route>
      <Route path="/user-groups">
        <UserGroupsPage />
      </Route>
      <Route path="/user-groups/:id">
        {({ id }) => (/^\d+$/.test(id) ? <UserGroupPage key={id} id={Number(id)} /> : <NotFound />)}
      </Route>
      <Route path="/settings">
        <HoldingPage />
      </Route>
      <Route path="/settings/sites">
        <SitesPage />
      </Route>
      <Route path="/settings/stock">
        <StockPage />
      </Route>
      <Route path="/settings/mails">{manages ? <MailsPage /> : <NotFound />}</Route>
      <Route path="/history">
        <HistoryPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
