/** The fields of the stock by name, and what stands in them, as the reader's language writes it. No raw code reaches the screen. */
import { useTranslation } from "react-i18next";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { catalogueWord } from "../language/catalogue";
import { formatAmount } from "../money";
import type { Column, VehicleSheet } from "../wire/generated/http";
import { useStatusName } from "./api";
import type { FieldWords } from "./fields.fr";

type Value = string | number | boolean | null;

/** `PEUGEOT 308 GC871WP`. */
export function sheetName({ make, model, plate, ref }: VehicleSheet): string {
  return [make, model, plate ?? ref].filter(Boolean).join(" ");
}

/** A field's name: ours where we have a word, else the server's. */
export function useFieldName(): (field: Pick<Column, "name" | "label">) => string {
  const { t } = useTranslation("stock");
  return ({ name, label }) => t(`fields.${name as keyof FieldWords}`, label);
}

/** What cards write in words of their own, which the reader's language may have too. */
const WRITTEN: ReadonlySet<string> = new Set([
  "energy",
  "gearbox",
  "body",
  "colour",
  "interior_colour",
  "origin",
]);

/** Words for what a field says: codes have ours, what was typed has the reader's where the catalogue knows it. */
export function useCodeText(): (field: string, value: string) => string {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const statusName = useStatusName();
  return (field, value) => {
    switch (field) {
      case "status":
        return statusName(value);
      case "destination":
        return t(`destination.${value as "private"}`, value);
      case "kind":
        return t(`kind.${value as "van"}`, value);
      case "vat":
        return t(`vat.${value as "margin"}`, value);
      default:
        return WRITTEN.has(field) ? catalogueWord(value, language) : value;
    }
  };
}

/** Codes that the server knows, for lists of choices that shall not depend on what is in stock. */
export const CODES: Readonly<Record<string, readonly string[]>> = {
  status: ["pre_arrival", "physical_entry", "price_destination", "sales_stock", "delivery", "released"],
  destination: ["private", "trade", "scrap", "moved"],
  kind: ["passenger", "van", "4x4", "motorcycle", "scooter", "quad", "other"],
  vat: ["margin", "recoverable", "unknown"],
};

export function useValueText(): (field: Pick<Column, "name" | "type">, value: Value) => string {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const codeText = useCodeText();
  return ({ name, type }, value) => {
    if (value === null || value === "") return "–";
    switch (type) {
      case "amount":
        return formatAmount(String(value), language);
      case "number":
        if (name === "year") return String(value);
        return name === "mileage_km"
          ? t("km", { km: formatCount(Number(value), language) })
          : formatCount(Number(value), language);
      case "date":
        return formatTime(String(value), "date", language);
      case "flag":
        return value === true ? t("yes") : t("no");
      default:
        return codeText(name, String(value));
    }
  };
}
