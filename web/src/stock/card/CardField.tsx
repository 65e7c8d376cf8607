/** One field of a card: how it is typed, and how it is read when nobody types (§4.1). */
import { Autocomplete, Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { AmountInput } from "../../desk/form/AmountInput";
import form from "../../desk/form/form.module.css";
import { WholeInput } from "../../desk/form/WholeInput";
import { useMe } from "../../desk/me";
import { formatCount, formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import { useChoices, useSites } from "../api";
import type { FieldWords } from "../fields.fr";
import { CODES, useCodeText } from "../values";
import css from "./card.module.css";
import type { Draft, FieldSpec, Typed } from "./draft";

export type SectionForm = UseFormReturnType<Draft>;

export function useSpecLabel(): (spec: FieldSpec) => string {
  const { t } = useTranslation("stock");
  return ({ member, field }) => t(`fields.${(field ?? member) as keyof FieldWords}`);
}

/** The words of a value as they are read. */
export function useTypedText(): (spec: FieldSpec, typed: Typed) => string {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const codeText = useCodeText();
  const sites = useSites();
  return ({ member, kind }, typed) => {
    if (typeof typed === "boolean") return typed ? t("yes") : t("no");
    if (typed === "") return "–";
    switch (kind) {
      case "amount":
        return formatAmount(typed, language);
      case "date":
        return formatTime(typed, "date", language);
      case "whole":
        return member === "mileage_km"
          ? t("km", { km: formatCount(Number(typed), language) })
          : formatCount(Number(typed), language);
      case "site":
        return sites.data?.find(({ id }) => String(id) === typed)?.name ?? "–";
      default:
        return codeText(member, typed);
    }
  };
}

interface Props {
  spec: FieldSpec;
  form: SectionForm;
  /** Whose vehicle it is: it belongs to one of that entity's sites. */
  entity?: number | undefined;
}

export function CardField({ spec, form: typing, entity }: Props) {
  const label = useSpecLabel()(spec);
  const props = {
    label,
    ...(spec.wide ? { className: form.wide ?? "" } : {}),
    ...typing.getInputProps(spec.member),
    key: undefined,
  };
  const set = (value: Typed) => typing.setFieldValue(spec.member, value);
  const value = String(typing.values[spec.member] ?? "");
  switch (spec.kind) {
    case "flag":
      return (
        <Switch
          className={css.flag ?? ""}
          label={label}
          checked={typing.values[spec.member] === true}
          onChange={(event) => set(event.currentTarget.checked)}
          error={typing.errors[spec.member]}
        />
      );
    case "amount":
      return <AmountInput {...props} value={value} onChange={set} />;
    case "whole":
      return <WholeInput {...props} value={value} onChange={set} />;
    case "prose":
      return <Textarea {...props} autosize minRows={4} maxRows={16} maxLength={10_000} />;
    case "date":
      return <TextInput {...props} type="date" />;
    case "codes":
      return <CodesField {...props} spec={spec} value={value} set={set} />;
    case "site":
      return <SiteField {...props} spec={spec} value={value} set={set} entity={entity} />;
    case "suggested":
      return <SuggestedField {...props} spec={spec} value={value} set={set} />;
    default:
      return <TextInput {...props} autoComplete="off" />;
  }
}

interface Chosen {
  spec: FieldSpec;
  label: string;
  value: string;
  set: (value: Typed) => void;
  error?: unknown;
}

function CodesField({ spec, label, value, set, error }: Chosen) {
  const codeText = useCodeText();
  return (
    <Select
      label={label}
      value={value || null}
      error={error as string}
      data={(CODES[spec.member] ?? []).map((code) => ({ value: code, label: codeText(spec.member, code) }))}
      onChange={(next) => set(next ?? "")}
      allowDeselect={false}
      clearable={!spec.needed}
    />
  );
}

function SiteField({ spec, label, value, set, error, entity }: Chosen & { entity?: number | undefined }) {
  const sites = useSites();
  const { entities } = useMe();
  const own = spec.member === "site" && entity !== undefined;
  const name = (id: number) => entities.find((one) => one.id === id)?.name;
  const offered = (sites.data ?? []).filter((site) => !own || site.entity === entity);
  return (
    <Select
      label={label}
      value={value || null}
      error={error as string}
      data={offered.map((site) => ({
        value: String(site.id),
        label: [site.name, site.city, own ? null : name(site.entity)].filter(Boolean).join(" · "),
      }))}
      onChange={(next) => set(next ?? "")}
      allowDeselect={false}
      clearable={!spec.needed}
      searchable
    />
  );
}

/** A text for which the stock knows words already. */
function SuggestedField({ spec, label, value, set, error }: Chosen) {
  const choices = useChoices(spec.member);
  return (
    <Autocomplete
      label={label}
      value={value}
      error={error as string}
      data={(choices.data ?? []).map((one) => one.value)}
      onChange={set}
      maxLength={60}
      autoComplete="off"
    />
  );
}
