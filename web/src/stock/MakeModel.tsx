/** Make and model from the reference catalogue, or typed in where it does not know them (§4.7). */
import { Autocomplete, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import forms from "../desk/form/form.module.css";
import { useMakes, useModels } from "./api";
import type { SectionForm } from "./card/CardField";
import css from "./card/card.module.css";

export function MakeModel({ form }: { form: SectionForm }) {
  const { t } = useTranslation("stock");
  const custom = form.values.custom_make === true;
  return (
    <>
      {custom ? <Typed form={form} /> : <FromCatalogue form={form} />}
      <div className={forms.wide}>
        <Switch
          label={t("card.custom_make")}
          description={custom ? t("card.custom_make_needs") : undefined}
          checked={custom}
          error={form.errors.custom_make}
          onChange={(event) => form.setFieldValue("custom_make", event.currentTarget.checked)}
        />
      </div>
    </>
  );
}

/** Names as they are written, whatever the case. */
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function FromCatalogue({ form }: { form: SectionForm }) {
  const { t } = useTranslation("stock");
  const makes = useMakes();
  const make = String(form.values.make ?? "");
  const model = String(form.values.model ?? "");
  const known = makes.data?.find(({ name }) => same(name, make))?.name;
  const models = useModels(known ?? "", known !== undefined);
  const names = [...new Set((models.data ?? []).map(({ name }) => name))];
  // What stands on the card stays to be seen, though the catalogue writes it otherwise.
  const withOwn = (offered: string[], own: string) =>
    own === "" || offered.includes(own) ? offered : [own, ...offered];
  const choose = (name: string | null) => {
    form.setFieldValue("model", name ?? "");
    const kind = models.data?.find((one) => one.name === name)?.kind;
    if (kind) form.setFieldValue("kind", kind);
  };
  return (
    <>
      <Select
        label={t("fields.make")}
        data={withOwn(
          (makes.data ?? []).map(({ name }) => name),
          make,
        )}
        value={make || null}
        error={form.errors.make}
        onChange={(name) => {
          form.setFieldValue("make", name ?? "");
          form.setFieldValue("model", "");
        }}
        searchable
        allowDeselect={false}
        nothingFoundMessage={<span className={css.hint}>{t("card.not_in_catalogue")}</span>}
        required
      />
      <Select
        label={t("fields.model")}
        data={withOwn(names, model)}
        value={model || null}
        error={form.errors.model}
        onChange={choose}
        searchable
        allowDeselect={false}
        disabled={make === ""}
        nothingFoundMessage={<span className={css.hint}>{t("card.not_in_catalogue")}</span>}
        required
      />
    </>
  );
}

function Typed({ form }: { form: SectionForm }) {
  const { t } = useTranslation("stock");
  const makes = useMakes();
  return (
    <>
      <Autocomplete
        label={t("fields.make")}
        data={(makes.data ?? []).map(({ name }) => name)}
        {...form.getInputProps("make")}
        maxLength={60}
        required
      />
      <Autocomplete label={t("fields.model")} {...form.getInputProps("model")} maxLength={60} required />
    </>
  );
}
