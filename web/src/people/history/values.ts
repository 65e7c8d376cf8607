/** Fields, values, subjects and actions of the history in the reader's words: no raw code reaches the screen. */
import { useTranslation } from "react-i18next";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import { useStatusName } from "../../stock/api";
import type { RecordedChange } from "../../wire/generated/http";
import { ABOUT, type FieldChange, lotNumber, type Names } from "./changes";
import { fr } from "./words.fr";

type Known<Part extends keyof typeof fr> = keyof (typeof fr)[Part];
const known = <Part extends "subjects" | "actions" | "fields" | "codes">(part: Part, name: string) =>
  name in fr[part] ? (name as Known<Part>) : undefined;

const SHOWN = 6;
const AMOUNT = /^-?\d+\.\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function useSubjectName(): (subject: string) => string {
  const { t } = useTranslation("people");
  return (subject) => t(`history.subjects.${known("subjects", subject) ?? "other"}`);
}

export function useActionName(): (action: string) => string {
  const { t } = useTranslation("people");
  return (action) => t(`history.actions.${known("actions", action) ?? "changed"}`);
}

/** Vehicles' fields are called as in the stock. */
export function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation("people");
  return (field) => {
    const own = known("fields", field);
    if (own) return t(`history.fields.${own}`);
    const ofStock = i18n.t(`fields.${field}`, { ns: "stock", defaultValue: "" });
    return ofStock || t("history.fields.other");
  };
}

/** What a subject is called: by its name now, or by the company it is about, or by what its change says. */
export function subjectTitle({ subject, subject_id, change }: RecordedChange, names: Names): string {
  const now = names[subject]?.[subject_id];
  if (now) return now;
  const told = (field: string) =>
    Array.isArray(change[field]) ? (change[field][1] ?? change[field][0]) : null;
  const trader = told("trader");
  if (typeof trader === "number") return names.trader_company?.[trader] ?? "";
  const said = told("email") ?? told("title") ?? told("name") ?? told("number");
  return said === null || said === undefined ? "" : String(said);
}

/** The fields whose texts are codes; every other text is somebody's own words. */
const CODED = new Set([
  "destination",
  "kind",
  "language",
  "private",
  "publishable_from",
  "rights",
  "saleable_from",
  "status",
  "trade",
  "validate_trade_ins",
  "vat",
]);

/** A code in words: the house's own, the stock's, or a status that an entity has added; of any other, that it is one. */
function useCodeText(): (code: string) => string {
  const { t, i18n } = useTranslation("people");
  const statusName = useStatusName();
  return (code) => {
    const own = known("codes", code);
    if (own) return t(`history.codes.${own}`);
    for (const part of ["status", "kind", "vat", "destination"]) {
      const ofStock = i18n.t(`${part}.${code}`, { ns: "stock", defaultValue: "" });
      if (ofStock) return ofStock;
    }
    const added = statusName(code);
    return added === code ? t("history.other_code") : added;
  };
}

/** Amounts, instants and days as the reader's language writes them; codes in words. */
function useTextValue(): (field: string, value: string) => string {
  const language = useLanguage();
  const codeText = useCodeText();
  return (field, value) => {
    if (AMOUNT.test(value)) return formatAmount(value, language);
    if (INSTANT.test(value)) return formatTime(value, "dayClock", language);
    if (DAY.test(value)) return formatTime(value, "date", language);
    return CODED.has(field) ? codeText(value) : value;
  };
}

export function useValueText(): (change: FieldChange, value: unknown, names: Names) => string {
  const { t } = useTranslation("people");
  const textValue = useTextValue();
  const ofNumber = (field: string, value: number, names: Names) => {
    const about = ABOUT[field];
    return about ? (names[about]?.[value] ?? t("history.gone", { id: value })) : String(value);
  };
  const ofList = (field: string, value: unknown[], names: Names) => {
    const shown = value.slice(0, SHOWN).map((part) => one(field, part, names));
    const rest = value.length - shown.length;
    return [...shown, ...(rest > 0 ? [t("history.more", { count: rest })] : [])].join(", ") || "–";
  };
  const one = (field: string, value: unknown, names: Names): string => {
    if (value === null || value === undefined || value === "") return "–";
    switch (typeof value) {
      case "boolean":
        return value ? t("yes") : t("no");
      case "number":
        return ofNumber(field, value, names);
      case "string":
        return textValue(field, value);
      default:
        return Array.isArray(value) ? ofList(field, value, names) : t("history.details");
    }
  };
  return ({ field, beside }, value, names) =>
    beside && typeof value === "number"
      ? lotNumber(value, names[beside.subject]?.[beside.id])
      : one(field, value, names);
}
