/** The part "notices" of the pages, loaded apart: the list of notifications. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";
import { NotificationsPage } from "./NotificationsPage";

export default function Pages() {
  return (
    <Switch>
      <Route path="/notifications">
        <NotificationsPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
