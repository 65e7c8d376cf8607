/** The form that signs in: at the door, and on the page of a link that is accepted by whoever has the account. */
import { Button, PasswordInput, TextInput, type TextInputProps } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { FormProblem } from "../desk/form/refusal";
import { type Credentials, useSignIn } from "./session";
import css from "./sign-in.module.css";

/** The address of an account, as browsers keep it with the password. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("sign_in.email")}
      type="email"
      name="email"
      autoComplete="username"
      withAsterisk={false}
      {...props}
    />
  );
}

/** What is typed into the form, and the signing in with it; `known` is the address to begin with. */
export function useSigningIn(known = "") {
  const [typed, type] = useState<Credentials>({ email: known, password: "" });
  return { typed, type, signIn: useSignIn() };
}

interface Props {
  form: ReturnType<typeof useSigningIn>;
  className?: string;
  /** The address stands: no other account will do. */
  fixed?: boolean;
  /** What the button says. */
  deed: string;
  /** Once somebody is signed in. */
  after?: () => void;
  /** Above the fields. */
  children: ReactNode;
}

export function SignInForm({ form, className = "", fixed = false, deed, after, children }: Props) {
  const { t } = useTranslation();
  const { typed, type, signIn } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The form goes as soon as somebody is signed in: the promise outlives it, a mutation's own callbacks do not.
    signIn.mutateAsync(typed).then(after, () => undefined);
  };
  return (
    <form className={`${css.form} ${className}`} onSubmit={submit}>
      {children}
      <EmailField
        required
        readOnly={fixed}
        value={typed.email}
        onChange={(event) => type({ ...typed, email: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("sign_in.password")}
        name="password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ "aria-label": t("sign_in.see_password") }}
        required
        withAsterisk={false}
        value={typed.password}
        onChange={(event) => type({ ...typed, password: event.currentTarget.value })}
      />
      <FormProblem error={signIn.error} />
      <Button type="submit" size="md" loading={signIn.isPending}>
        {deed}
      </Button>
      <Link href="/forgotten-password" className={css.forgotten}>
        {t("sign_in.forgotten")}
      </Link>
    </form>
  );
}
