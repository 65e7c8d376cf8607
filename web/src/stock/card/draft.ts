/**
 * A section of a card as it is being typed: every value a text or a yes or no, read from the sheet, and the change that
 * the typed values make (§4.1). What was not touched is not sent; what was emptied is sent as `null`. No React.
 */
import type { VehicleChangeForm, VehicleSheet } from "../../wire/generated/http";

export type Typed = string | boolean;
export type Draft = Record<string, Typed>;
export type ValueKind =
  | "text"
  | "prose"
  | "whole"
  | "amount"
  | "date"
  | "flag"
  | "codes"
  | "site"
  | "suggested";

/** The members of a card that are one value. */
export type Member = Exclude<
  keyof VehicleChangeForm,
  "revision" | "battery" | "equipment" | "repairs" | "service_contracts" | "defects"
>;

export interface FieldSpec {
  member: Member;
  kind: ValueKind;
  /** What the list of columns calls it, where that differs. */
  field?: string;
  /** Over the whole width. */
  wide?: boolean;
  /** May not be emptied. */
  needed?: boolean;
}

/** Stored as nothing where nobody knows it. Costs of nothing are costs: margins count them so. */
const ZERO_IS_UNKNOWN: readonly Member[] = ["purchase_price"];

function typedOf(value: unknown, member: Member): Typed {
  if (typeof value === "boolean") return value;
  if (value === null || value === undefined) return "";
  return ZERO_IS_UNKNOWN.includes(member) && value === "0.00" ? "" : String(value);
}

export function draftOf(sheet: VehicleSheet, specs: readonly FieldSpec[]): Draft {
  return Object.fromEntries(specs.map(({ member }) => [member, typedOf(sheet[member], member)]));
}

function sentOf(typed: Typed, kind: ValueKind): string | number | boolean | null {
  if (typeof typed === "boolean") return typed;
  const text = typed.trim();
  if (text === "") return null;
  return kind === "whole" || kind === "site" ? Number(text) : text;
}

/** What has been typed and differs from what stood there; empty: nothing. */
export function changeOf(
  before: Draft,
  typed: Draft,
  specs: readonly FieldSpec[],
): Partial<VehicleChangeForm> {
  return Object.fromEntries(
    specs
      .filter(({ member }) => (typed[member] ?? "") !== (before[member] ?? ""))
      .map(({ member, kind }) => [member, sentOf(typed[member] ?? "", kind)]),
  );
}

/**
 * What is typed once the card says something else than when it was `seen`: what was not touched follows the card, so that
 * saving takes nobody's change back; what was touched stays. `crossed`: what both have changed, and differently.
 */
export function followed(seen: Draft, now: Draft, typed: Draft): { typed: Draft; crossed: string[] } {
  const touched = Object.keys(now).filter((member) => (typed[member] ?? "") !== (seen[member] ?? ""));
  return {
    typed: { ...now, ...Object.fromEntries(touched.map((member) => [member, typed[member] ?? ""])) },
    crossed: touched.filter(
      (member) => now[member] !== seen[member] && (now[member] ?? "") !== (typed[member] ?? ""),
    ),
  };
}

/** A row of one of the card's lists, as it is being typed. */
export type Row = Record<string, string>;

/** The sheet's rows as texts; what is unknown is empty. */
export function rowsOf(items: readonly object[]): Row[] {
  return items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [name, value === null ? "" : String(value)]),
    ),
  );
}

/** Whether anything stands in it: an empty row is none. */
export function isFilled(row: Row): boolean {
  return Object.entries(row).some(
    ([name, text]) => name !== "id" && name !== "vat_rate" && text.trim() !== "",
  );
}

/** The rows as they are sent: empty ones are none, an id is a number, what is empty is unknown. */
export function listOf(rows: readonly Row[], required: string): Record<string, string | number | null>[] {
  return rows.filter(isFilled).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => {
        if (name === "id") return [name, text === "" ? null : Number(text)];
        return [name, text.trim() === "" && name !== required && name !== "category" ? null : text.trim()];
      }),
    ),
  );
}

/** A field as a refusal names it (`equipment[0].price_ht`) as forms do (`equipment.0.price_ht`). */
export function pathOf(field: string): string {
  return field.replace(/\[(\d+)\]/g, ".$1");
}
