/** The part "people" of the pages, loaded apart: users, user groups, settings, the history of changes. */
import "../stock/words";
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
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
  return (
    <Switch>
      <Route path="/users">
        <UsersPage />
      </Route>
      <Route path="/users/invitations">
        <InvitationsPage />
      </Route>
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
      <Route path="/settings/mails">
        <MailsPage />
      </Route>
      <Route path="/history">
        <HistoryPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
