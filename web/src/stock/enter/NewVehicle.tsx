/** A vehicle entered by hand (§4.1, §4.7): what it is, which one it is, where it stands; it begins at pre-arrival. */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { pointAtFirst } from "../../desk/form/first-wrong";
import forms from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { Heading } from "../../desk/Heading";
import { useMay, useMe } from "../../desk/me";
import { Empty, usePageTitle } from "../../desk/pieces";
import type { NewVehicleForm } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useSites, VEHICLES } from "../api";
import { CardField, type SectionForm } from "../card/CardField";
import css from "../card/card.module.css";
import { changeOf, type Draft, type FieldSpec, type Member } from "../card/draft";
import { TakenUp } from "../card/Section";
import { SECTIONS } from "../card/specs";
import { MakeModel } from "../MakeModel";
import { SiteChoice } from "./SiteChoice";

const BY_CATALOGUE = ["make", "model", "custom_make"];
const WHAT = SECTIONS.what.filter(({ member }) => !BY_CATALOGUE.includes(member));
const PRICES = SECTIONS.prices.filter(({ member }) =>
  ["vat", "sale_price", "trade_price", "purchase_price", "planned_costs_ht"].includes(member),
);
const PLACE = SECTIONS.place.filter(({ member }) =>
  ["destination", "trade_sale_authorised"].includes(member),
);
const PARTS = { what: WHAT, registration: SECTIONS.registration, place: PLACE, prices: PRICES } as const;
const ALL: FieldSpec[] = [...SECTIONS.what, ...SECTIONS.registration, ...SECTIONS.place, ...PRICES];
const NEEDED: readonly Member[] = ["make", "model", "site"];
/** §4.7: what the catalogue would have said. */
const NEEDED_OF_CUSTOM: readonly Member[] = [
  "kind",
  "version",
  "trim",
  "body",
  "energy",
  "gearbox",
  "power_ch",
  "fiscal_power_cv",
  "doors",
];
const EMPTY: Draft = {
  ...Object.fromEntries(ALL.map(({ member, kind }) => [member, kind === "flag" ? false : ""])),
  kind: "passenger",
  vat: "margin",
};

export function NewVehicle() {
  const { t } = useTranslation("stock");
  const may = useMay();
  usePageTitle(t("enter.title"));
  return (
    <>
      <Heading href="/vehicles" back={t("title")} title={t("enter.title")} />
      {may("manage_stock") ? <TheForm /> : <Empty>{t("enter.not_allowed")}</Empty>}
    </>
  );
}

function useEntering() {
  const { t } = useTranslation("stock");
  const { id: reader } = useMe();
  const [, go] = useLocation();
  const sites = useSites();
  const keptUnder = `vehicle-${reader}-new`;
  const kept = useRef(typedBefore<Draft>(keptUnder));
  const only = sites.data?.length === 1 ? String(sites.data[0]?.id) : "";
  const form: SectionForm = useForm<Draft>({ initialValues: { ...EMPTY, ...kept.current } });
  const typed: Draft = { ...form.values, site: form.values.site || only };
  const change = changeOf(EMPTY, typed, ALL);
  useKeepTyped(keptUnder, form.values, Object.keys(changeOf(EMPTY, form.values, ALL)).length > 0);
  const fieldErrors = useFieldErrors();
  const enter = useAction(
    () => ask("POST /api/vehicles", { body: { make: "", model: "", site: 0, ...change } as NewVehicleForm }),
    {
      refresh: [VEHICLES],
      said: t("enter.entered"),
      after: ({ id }) => {
        forgetTyped(keptUnder);
        go(`/vehicles/${id}`);
      },
    },
  );
  const whole = useRef<HTMLFormElement>(null);
  const refuse = (errors: Record<string, string>) =>
    pointAtFirst(whole.current, () => form.setErrors(errors));
  const submit = () => {
    const needed = typed.custom_make === true ? [...NEEDED, ...NEEDED_OF_CUSTOM] : NEEDED;
    const missing = needed.filter((name) => !typed[name]);
    if (missing.length > 0) refuse(Object.fromEntries(missing.map((name) => [name, t("card.needed")])));
    else if (!enter.isPending) enter.mutate(undefined, { onError: (error) => refuse(fieldErrors(error)) });
  };
  return { form, typed, enter, submit, whole, tookUp: kept.current !== null };
}

function TheForm() {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const { form, typed, enter, submit, whole, tookUp } = useEntering();
  return (
    <form className={forms.stack} onSubmit={form.onSubmit(submit)} noValidate ref={whole}>
      {tookUp ? <TakenUp /> : null}
      {(Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => (
        <section key={part} className={desk.card} aria-labelledby={`title-${part}`}>
          <h2 id={`title-${part}`} className={css.sectionHead}>
            {t(`card.sections.${part}`)}
          </h2>
          <div className={forms.fields}>
            {part === "what" ? <MakeModel form={form} /> : null}
            {part === "place" ? (
              <SiteChoice
                value={String(typed.site)}
                error={form.errors.site}
                set={(site) => form.setFieldValue("site", site)}
              />
            ) : null}
            {PARTS[part].map((spec) => (
              <CardField key={spec.member} spec={spec} form={form} />
            ))}
          </div>
        </section>
      ))}
      <FormProblem error={enter.error} shown={ALL.map(({ member }) => member)} />
      {Object.keys(form.errors).length > 0 ? (
        <p className={desk.muted} role="alert">
          {t("enter.see_above")}
        </p>
      ) : null}
      <div className={forms.actions}>
        <Button component={Link} href="/vehicles" variant="default">
          {tt("form.cancel")}
        </Button>
        <Button type="submit" loading={enter.isPending}>
          {t("enter.enter")}
        </Button>
      </div>
    </form>
  );
}
