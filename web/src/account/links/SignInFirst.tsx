/** Signing in with the account that accepts, on the page of the link itself: one form, one button, and it is done. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { useSignIn } from "../../session/session";

interface Props {
  /** The address that the link was sent to, if it has the account. */
  email: string | null;
  /** Nobody else's account can accept. */
  only?: boolean;
  accept: () => void;
}

export function SignInFirst({ email: known, only = false, accept }: Props) {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  const [email, setEmail] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // This form goes as soon as somebody is signed in: the promise outlives it, a mutation's own callbacks do not.
    signIn.mutateAsync({ email, password }).then(accept, () => undefined);
  };
  return (
    <form className={css.stack} onSubmit={submit}>
      <p>{known ? t("link.sign_in_first") : t("link.sign_in_own")}</p>
      <TextInput
        label={tt("sign_in.email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        readOnly={only}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={tt("sign_in.password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <FormProblem error={signIn.error} />
      <Button type="submit" size="md" loading={signIn.isPending}>
        {t("link.sign_in_and_accept")}
      </Button>
      <Link href="/forgotten-password" className={desk.small}>
        {tt("sign_in.forgotten")}
      </Link>
    </form>
  );
}
