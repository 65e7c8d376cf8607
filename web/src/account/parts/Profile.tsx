/** One's name, and the language of the account: that of the mails, and of the pages where nobody chose another. */
import { Button, NativeSelect, TextInput, type TextInputProps } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import css from "../../desk/form/form.module.css";
import { useKeptForm } from "../../desk/form/kept-form";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useMe } from "../../desk/me";
import { say } from "../../desk/say";
import { chooseLanguage, i18next } from "../../language";
import type { Language } from "../../money";
import { ask } from "../../wire/http";

const LANGUAGES: { value: Language; label: string }[] = [
  { value: "fr", label: "Français" },
  { value: "en", label: "English" },
];

const ORDER: NonNullable<TextInputProps["inputWrapperOrder"]> = ["label", "input", "error", "description"];

export function Profile() {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  const me = useMe();
  const fieldErrors = useFieldErrors();
  const form = useForm({
    initialValues: { name: me.name, language: me.language },
    validate: { name: (typed) => (typed.trim() ? null : tt("form.required")) },
  });
  useKeptForm("profile", form);
  const saving = useAction(
    (change: { name: string; language: Language }) => ask("PATCH /api/me", { body: change }),
    {
      refresh: [["session"], ["users"]],
      after: (saved) => {
        if (saved.language !== me.language) chooseLanguage(saved.language);
        form.resetDirty();
        say(i18next.t("form.saved"));
      },
    },
  );
  const save = form.onSubmit((typed) =>
    saving.mutate(
      { name: typed.name.trim(), language: typed.language },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={save}>
      <h2>{t("places.profile")}</h2>
      <div className={css.fields}>
        <TextInput
          label={t("your_name")}
          name="name"
          autoComplete="name"
          inputWrapperOrder={ORDER}
          description={me.role === "dealer" ? t("profile.name_dealer") : t("profile.name_trader")}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("email")}
          inputWrapperOrder={ORDER}
          description={t("profile.email_hint")}
          value={me.email}
          readOnly
          autoComplete="email"
        />
        <NativeSelect
          label={t("profile.language")}
          inputWrapperOrder={ORDER}
          description={t("profile.language_hint")}
          name="language"
          data={LANGUAGES}
          {...form.getInputProps("language")}
        />
      </div>
      {me.entities.length > 0 ? (
        <p className={desk.muted}>
          {t("profile.works_at", {
            count: me.entities.length,
            entities: me.entities.map(({ name }) => name).join(", "),
          })}
        </p>
      ) : null}
      <FormProblem error={saving.error} shown={["name"]} />
      <div className={css.actions}>
        <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
          {tt("form.save")}
        </Button>
      </div>
    </form>
  );
}
