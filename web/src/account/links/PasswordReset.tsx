/** Choosing a new password with the link of a mail; it signs the account out everywhere, so one signs in after it. */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { usePageTitle } from "../../desk/pieces";
import { ask, HttpProblem } from "../../wire/http";
import { NewPassword, useNewPasswordCheck } from "../NewPassword";
import { DeadLink, Way } from "./DeadLink";
import { useLinkSecret } from "./secret";

export function PasswordReset() {
  const { t } = useTranslation("account");
  const secret = useLinkSecret();
  const client = useQueryClient();
  const check = useNewPasswordCheck();
  const fieldErrors = useFieldErrors();
  usePageTitle(t("reset.title"));
  const form = useForm({ initialValues: { password: "" }, validate: { password: check } });
  const choosing = useMutation({
    mutationFn: (password: string) =>
      ask("POST /api/password-resets/completion", { body: { secret, password } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["session"], exact: true }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const isDead = choosing.error instanceof HttpProblem && choosing.error.code === "dead_link";
  if (secret === "" || isDead) return <DeadLink kind="password" error={choosing.error} />;
  if (choosing.isSuccess)
    return (
      <div className={`${desk.card} ${css.stack}`} role="status">
        <h1>{t("reset.done")}</h1>
        <p>{t("reset.done_text")}</p>
        <div className={css.actions}>
          <Way to="/">{t("link.to_sign_in")}</Way>
        </div>
      </div>
    );
  return (
    <form
      className={`${desk.card} ${css.stack}`}
      noValidate
      onSubmit={form.onSubmit(({ password }) => choosing.mutate(password))}
    >
      <h1>{t("reset.title")}</h1>
      <p>{t("reset.lead")}</p>
      <NewPassword {...form.getInputProps("password")} />
      <FormProblem error={choosing.error} shown={["password"]} />
      <Button type="submit" size="md" loading={choosing.isPending}>
        {t("reset.save")}
      </Button>
    </form>
  );
}
