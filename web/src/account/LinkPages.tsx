/** The pages that links in mails lead to, for whoever is not signed in yet: an invitation, a colleague's, a new password. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";

export default function LinkPages() {
  return (
    <Switch>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
