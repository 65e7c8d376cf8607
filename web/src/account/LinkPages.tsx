/** The pages that links in mails lead to, whether or not somebody is signed in: an invitation, a colleague's, a new password. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { Doorway } from "../session/Doorway";
import { ColleaguePage } from "./links/ColleaguePage";
import { ForgottenPassword } from "./links/ForgottenPassword";
import { InvitationPage } from "./links/InvitationPage";
import { PasswordReset } from "./links/PasswordReset";

export default function LinkPages() {
  return (
    <Switch>
      <Route path="/invitation">
        <Doorway wide>
          <InvitationPage />
        </Doorway>
      </Route>
      <Route path="/user-invitation">
        <Doorway>
          <ColleaguePage />
        </Doorway>
      </Route>
      <Route path="/password-reset">
        <Doorway>
          <PasswordReset />
        </Doorway>
      </Route>
      <Route path="/forgotten-password">
        <Doorway>
          <ForgottenPassword />
        </Doorway>
      </Route>
    </Switch>
  );
}
