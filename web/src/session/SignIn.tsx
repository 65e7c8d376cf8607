/** Signing in with an e-mail and a password; in demonstration mode the accounts are listed, one click each. */
import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { Chip, usePageTitle, useReason } from "../desk/pieces";
import { useLanguage } from "../language";
import { Doorway } from "./Doorway";
import { type DemoSignIn, useDemo, useSignIn } from "./session";
import css from "./sign-in.module.css";

export function SignIn({ again }: { again: boolean }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const reason = useReason();
  usePageTitle(t("sign_in.title"));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };
  const pick = (account: DemoSignIn) => {
    setEmail(account.email);
    setPassword(account.password);
    signIn.mutate({ email: account.email, password: account.password });
  };

  return (
    <Doorway>
      <form className={`${desk.card} ${css.form}`} onSubmit={submit}>
        <h1>{t("sign_in.title")}</h1>
        {again ? <Alert>{t("sign_in.again")}</Alert> : null}
        <TextInput
          label={t("sign_in.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("sign_in.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.error ? (
          <Alert color="red" role="alert">
            {reason(signIn.error)}
          </Alert>
        ) : null}
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t("sign_in.submit")}
        </Button>
        <Link href="/forgotten-password" className={css.forgotten}>
          {t("sign_in.forgotten")}
        </Link>
      </form>
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
    </section>
  );
}
