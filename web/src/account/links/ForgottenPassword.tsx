/** Asking for a new password. The answer is the same whatever the address: whether it has an account is told to nobody. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { usePageTitle } from "../../desk/pieces";
import { EmailField } from "../../session/SignInForm";
import { ask } from "../../wire/http";

const MINUTE_SECONDS = 60;

export function ForgottenPassword() {
  const { t } = useTranslation("account");
  const [email, setEmail] = useState("");
  const asking = useMutation({
    mutationFn: () => ask("POST /api/password-resets", { body: { email: email.trim() } }),
  });
  usePageTitle(t("forgotten.title"));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate();
  };
  if (asking.data)
    return (
      <div className={`${desk.card} ${css.stack}`} role="status">
        <h1>{t("forgotten.sent")}</h1>
        <p>
          {t("forgotten.sent_text", {
            email: email.trim(),
            minutes: Math.round(asking.data.expires_after_seconds / MINUTE_SECONDS),
          })}
        </p>
        <p className={`${desk.muted} ${desk.small}`}>{t("forgotten.nothing_comes")}</p>
        <div className={css.actions}>
          <Button variant="default" onClick={() => asking.reset()}>
            {t("forgotten.other")}
          </Button>
          <Button component={Link} href="/">
            {t("link.to_sign_in")}
          </Button>
        </div>
      </div>
    );
  return (
    <form className={`${desk.card} ${css.stack}`} onSubmit={submit}>
      <h1>{t("forgotten.title")}</h1>
      <p>{t("forgotten.lead")}</p>
      <EmailField required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <FormProblem error={asking.error} />
      <Button type="submit" size="md" loading={asking.isPending}>
        {t("forgotten.send")}
      </Button>
      <Link href="/" className={desk.small}>
        {t("link.to_sign_in")}
      </Link>
    </form>
  );
}
