/** The fields of a trader's company (§2.1), for whatever form they stand in: which may be written, the form says. */
import { NativeSelect, TextInput, type TextInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "../desk/form/form.module.css";
import "./words";
import { type CompanyField, isSiret, siretOf } from "./company";

interface Props {
  /** Mantine's `form.getInputProps` of a field, wherever the company stands in the form. */
  input: (field: CompanyField) => object;
  /** Fields that this writer may not change. */
  closed?: ReadonlySet<CompanyField>;
  /** Without the kind, which a trader does not choose for itself. */
  withoutKind?: boolean;
  /** Without the SIRET, which is asked for elsewhere. */
  withoutSiret?: boolean;
}

const AUTOCOMPLETE: Partial<Record<CompanyField, string>> = {
  legal_name: "organization",
  street: "street-address",
  postcode: "postal-code",
  city: "address-level2",
  country: "country",
  phone: "tel",
};
/** Marked, and told to readers of screens; what is wrong is told by the form, not by the browser. */
const NEEDED = { withAsterisk: true, "aria-required": true };
const ORDER: NonNullable<TextInputProps["inputWrapperOrder"]> = ["label", "input", "error", "description"];
const KINDS = ["merchant", "bidder"] as const;

/** Read, not written: still text, still to be copied. */
const CLOSED = { readOnly: true, classNames: { input: css.closed ?? "" } };

function kindOf(props: object): (typeof KINDS)[number] {
  return "value" in props && props.value === "bidder" ? "bidder" : "merchant";
}

export function CompanyFields(props: Props) {
  const { input, closed = new Set(), withoutKind = false, withoutSiret = false } = props;
  const { t } = useTranslation("traders");
  const line = (field: Exclude<CompanyField, "kind">, more: object = {}) => (
    <TextInput
      label={t(`company.${field}`)}
      name={field}
      autoComplete={AUTOCOMPLETE[field] ?? "off"}
      inputWrapperOrder={ORDER}
      {...input(field)}
      {...more}
      {...(closed.has(field) ? CLOSED : {})}
    />
  );
  const kind = closed.has("kind") ? (
    <TextInput label={t("company.kind")} value={t(`kinds.${kindOf(input("kind"))}`)} {...CLOSED} />
  ) : (
    <NativeSelect
      label={t("company.kind")}
      description={t("company.kind_hint")}
      inputWrapperOrder={ORDER}
      data={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
      {...input("kind")}
    />
  );
  const phone = line("phone", { type: "tel" });
  // One field fewer: the phone fills the gap, the last field its line.
  const fewer = withoutKind || withoutSiret;
  return (
    <div className={css.fields}>
      <div className={css.wide}>{line("legal_name", NEEDED)}</div>
      {withoutSiret
        ? null
        : line("siret", {
            ...NEEDED,
            inputMode: "numeric",
            ...(closed.has("siret") ? {} : { description: t("company.siret_hint") }),
          })}
      {line("vat_number", { placeholder: "FR40303265045" })}
      {line("ape_code", { placeholder: "45.11Z" })}
      {withoutKind ? null : kind}
      {fewer ? phone : null}
      <div className={css.wide}>{line("street")}</div>
      {line("postcode")}
      {line("city")}
      {line("country", { maxLength: 2, description: t("company.country_hint") })}
      {fewer ? null : phone}
      {line("email", { type: "email", description: t("company.email_hint") })}
      <div className={fewer ? css.wide : undefined}>
        {line("legal_representative", { description: t("company.legal_representative_hint") })}
      </div>
    </div>
  );
}

/** What must be there before a company is sent, and a SIRET that cannot be one. */
export function useCompanyChecks() {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  return {
    legal_name: (typed: string) => (typed.trim() ? null : tt("form.required")),
    siret: (typed: string) => {
      if (!typed.trim()) return tt("form.required");
      return isSiret(siretOf(typed)) ? null : t("company.siret_wrong");
    },
  };
}
