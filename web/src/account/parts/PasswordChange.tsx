/** A new password, by who knows the one it replaces; every other session ends with it. */
import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useMe } from "../../desk/me";
import { ask } from "../../wire/http";
import { NewPassword, useNewPasswordCheck } from "../NewPassword";

const NOTHING = { current: "", new: "" };

export function PasswordChange() {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  const { email } = useMe();
  const check = useNewPasswordCheck();
  const fieldErrors = useFieldErrors();
  const form = useForm({
    initialValues: NOTHING,
    validate: { current: (typed) => (typed ? null : tt("form.required")), new: check },
  });
  const changing = useAction((typed: typeof NOTHING) => ask("PUT /api/me/password", { body: typed }), {
    refresh: [["sessions"]],
    said: t("password.changed"),
    after: () => form.reset(),
  });
  const save = form.onSubmit((typed) =>
    changing.mutate(typed, { onError: (error) => form.setErrors(fieldErrors(error)) }),
  );
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={save}>
      <h2>{t("password.change")}</h2>
      <p className={desk.muted}>{t("password.change_hint")}</p>
      {/* Password keepers tell accounts apart by it. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className={css.fields}>
        <PasswordInput
          label={t("password.current")}
          name="current-password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": tt("sign_in.see_password") }}
          aria-invalid={form.errors.current ? true : undefined}
          {...form.getInputProps("current")}
        />
        <NewPassword
          inputWrapperOrder={["label", "input", "error", "description"]}
          {...form.getInputProps("new")}
        />
      </div>
      <FormProblem error={changing.error} shown={["current", "new"]} />
      <div className={css.actions}>
        <Button type="submit" loading={changing.isPending}>
          {t("password.save")}
        </Button>
      </div>
    </form>
  );
}
