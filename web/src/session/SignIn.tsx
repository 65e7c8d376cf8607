/** Signing in with an e-mail and a password; in demonstration mode the accounts are listed, one click each. */
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { rootAddress } from "../address";
import desk from "../desk/desk.module.css";
import { Chip, usePageTitle } from "../desk/pieces";
import { useLanguage } from "../language";
import { Doorway } from "./Doorway";
import { SignInForm, useSigningIn } from "./SignInForm";
import { type DemoSignIn, useDemo } from "./session";
import css from "./sign-in.module.css";

export function SignIn({ again }: { again: boolean }) {
  const { t } = useTranslation();
  const form = useSigningIn();
  usePageTitle(t("sign_in.title"));
  const pick = ({ email, password }: DemoSignIn) => {
    form.type({ email, password });
    form.signIn.mutate({ email, password });
  };
  return (
    <Doorway>
      <SignInForm form={form} className={desk.card ?? ""} deed={t("sign_in.submit")}>
        <h1>{t("sign_in.title")}</h1>
        {again ? <Alert>{t("sign_in.again")}</Alert> : null}
      </SignInForm>
      <DemoAccounts pick={pick} />
    </Doorway>
  );
}

function DemoAccounts({ pick }: { pick: (account: DemoSignIn) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const demo = useDemo();
  if (!demo.data?.length) return null;
  return (
    <section className={`${desk.card} ${css.demo}`} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t("sign_in.demo")}</h2>
      <p className={`${desk.muted} ${desk.small}`}>{t("sign_in.demo_hint")}</p>
      <ul className={css.accounts}>
        {demo.data.map((account) => (
          <li key={account.email}>
            <button type="button" className={css.account} onClick={() => pick(account)}>
              <b>{account.company}</b>
              <Chip tone="plain">
                {account.role === "dealer" ? t("sign_in.as_dealer") : t("sign_in.as_trader")}
              </Chip>
              <span>{language === "fr" ? account.hint_fr : account.hint}</span>
              <span className={`${desk.muted} ${desk.small}`}>
                {account.name} · {account.email}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <a
        className={desk.small}
        href={new URL("demo/mails", rootAddress).href}
        target="_blank"
        rel="noreferrer"
      >
        {t("sign_in.demo_mails")}
      </a>
    </section>
  );
}
