/** The company on a trader's card: read, and changed as far as it is the reader's to change (§2.1). */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { FormEnd } from "../../desk/form/FormEnd";
import css from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore } from "../../desk/form/kept";
import { useKeptForm } from "../../desk/form/kept-form";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { TraderCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { CompanyFields, useCompanyChecks } from "../CompanyFields";
import { COMPANY_FIELDS, type CompanyField, changesOf, companyWith, formatSiret } from "../company";
import own from "../traders.module.css";

export function CompanyPart({ trader }: { trader: TraderCard }) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const [editing, edit] = useState(() => typedBefore(keptAs(trader)) !== null);
  return (
    <section className={`${desk.card} ${css.stack} ${editing ? own.whole : ""}`} aria-labelledby="company">
      <div className={own.part}>
        <h2 id="company">{t("card.company")}</h2>
        {trader.open.length > 0 && !editing ? (
          <Button size="compact-sm" variant="default" onClick={() => edit(true)}>
            {tt("form.edit")}
          </Button>
        ) : null}
      </div>
      {editing ? <CompanyForm trader={trader} close={() => edit(false)} /> : <Facts trader={trader} />}
    </section>
  );
}

/** What was typed is this card's; leaving the form by its own buttons forgets it. */
const keptAs = ({ id }: TraderCard) => `trader-${id}`;

function Facts({ trader }: { trader: TraderCard }) {
  const { t } = useTranslation("traders");
  const place = [trader.street, [trader.postcode, trader.city].filter(Boolean).join(" "), trader.country];
  const facts: [label: string, value: string][] = [
    [t("company.siret"), formatSiret(trader.siret)],
    [t("company.vat_number"), trader.vat_number],
    [t("company.ape_code"), trader.ape_code],
    [t("company.street"), place.filter(Boolean).join(", ")],
    [t("company.phone"), trader.phone],
    [t("company.email"), trader.email],
  ];
  return (
    <dl className={own.facts}>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label} value={value || "–"} />
      ))}
      <Fact
        label={t("company.legal_representative")}
        value={trader.legal_representative || t("card.no_representative")}
      />
    </dl>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function CompanyForm({ trader, close }: { trader: TraderCard; close: () => void }) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const fieldErrors = useFieldErrors();
  const before = companyWith(trader as unknown as Record<string, string>);
  const { legal_name } = useCompanyChecks();
  const form = useForm({ initialValues: before, validate: { legal_name } });
  useKeptForm(keptAs(trader), form);
  const leave = () => {
    forgetTyped(keptAs(trader));
    close();
  };
  const saving = useAction(
    (typed: typeof before) =>
      ask("PATCH /api/traders/{id}", { ids: { id: trader.id }, body: changesOf(before, typed) }),
    { refresh: [["traders"], ["connections"], ["history"]], said: tt("form.saved"), after: leave },
  );
  const closed = new Set<CompanyField>(COMPANY_FIELDS.filter((field) => !trader.open.includes(field)));
  return (
    <form
      className={css.stack}
      noValidate
      onSubmit={form.onSubmit((typed) =>
        saving.mutate(typed, { onError: (error) => form.setErrors(fieldErrors(error)) }),
      )}
    >
      <p className={desk.muted}>{t("card.open_fields")}</p>
      <CompanyFields input={(field) => form.getInputProps(field)} closed={closed} />
      <FormProblem error={saving.error} shown={COMPANY_FIELDS} />
      <FormEnd cancel={leave} pending={saving.isPending} disabled={!form.isDirty()} />
    </form>
  );
}
