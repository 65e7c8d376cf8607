/** Signing in with the account that accepts, on the page of the link itself: one form, one button, and it is done. */
import { useTranslation } from "react-i18next";
import { SignInForm, useSigningIn } from "../../session/SignInForm";

interface Props {
  /** The address that the link was sent to, if it has the account. */
  email: string | null;
  /** Nobody else's account can accept. */
  only?: boolean;
  accept: () => void;
}

export function SignInFirst({ email, only = false, accept }: Props) {
  const { t } = useTranslation("account");
  const form = useSigningIn(email ?? "");
  return (
    <SignInForm form={form} fixed={only} deed={t("link.sign_in_and_accept")} after={accept}>
      <p>{email ? t("link.sign_in_first") : t("link.sign_in_own")}</p>
    </SignInForm>
  );
}
