/**
 * What the stock's list is asked for, as the address says it: the members of the query of `GET /api/vehicles`, nothing
 * else. Read into conditions that can be shown and changed one by one, and back; kept as a search, and back. No React.
 */
import type { Column, KeptSearch, SearchForm } from "../../wire/generated/http";

/** The members that the address holds, but the page. */
export type Asked = Record<string, string>;
/** Members to set; empty ones go. */
export type Change = Record<string, string>;

export type Condition =
  | { kind: "choice"; field: string; values: string[] }
  | { kind: "text"; field: string; text: string }
  | { kind: "range"; field: string; shape: Bounded; from: string; to: string }
  | { kind: "flag"; field: string; yes: boolean }
  | { kind: "filled"; field: string; filled: boolean }
  | { kind: "site"; values: string[] }
  | { kind: "entity"; value: string };

export type Bounded = "number" | "amount" | "date";
export type Fields = Pick<Column, "name" | "type">[];

const BOUNDS: Record<Bounded, readonly [string, string]> = {
  number: ["_min", "_max"],
  amount: ["_min", "_max"],
  date: ["_from", "_to"],
};

export function isBounded(type: Column["type"]): type is Bounded {
  return type === "number" || type === "amount" || type === "date";
}

/** The two members that bound a field. */
export function boundsOf(field: string, shape: Bounded): [from: string, to: string] {
  const [from, to] = BOUNDS[shape];
  return [field + from, field + to];
}

export function listed(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

function conditionOf({ name, type }: Fields[number], asked: Asked): Condition | null {
  if (isBounded(type)) {
    const [low, high] = boundsOf(name, type);
    const [from, to] = [asked[low] ?? "", asked[high] ?? ""];
    return from || to ? { kind: "range", field: name, shape: type, from, to } : null;
  }
  const value = asked[name] ?? "";
  if (value === "") return null;
  if (type === "flag") return { kind: "flag", field: name, yes: value === "true" };
  return type === "choice"
    ? { kind: "choice", field: name, values: listed(value) }
    : { kind: "text", field: name, text: value };
}

/** Everything that the address asks of the stock but its words, in the order of the fields. */
export function conditionsOf(asked: Asked, fields: Fields): Condition[] {
  const known = new Set(fields.map(({ name }) => name));
  const filled = (["known", "unknown"] as const).flatMap((member) =>
    listed(asked[member])
      .filter((field) => known.has(field))
      .map((field): Condition => ({ kind: "filled", field, filled: member === "known" })),
  );
  const sites = listed(asked.site);
  return [
    ...(asked.entity ? [{ kind: "entity", value: asked.entity } as const] : []),
    ...(sites.length > 0 ? [{ kind: "site", values: sites } as const] : []),
    ...fields.map((field) => conditionOf(field, asked)).filter((one) => one !== null),
    ...filled,
  ];
}

/** What makes the address ask for it. */
export function asking(condition: Condition, asked: Asked): Change {
  switch (condition.kind) {
    case "entity":
      return { entity: condition.value };
    case "site":
      return { site: condition.values.join(",") };
    case "choice":
      return { [condition.field]: condition.values.join(",") };
    case "text":
      return { [condition.field]: condition.text.trim() };
    case "flag":
      return { [condition.field]: String(condition.yes) };
    case "range": {
      const [low, high] = boundsOf(condition.field, condition.shape);
      return { [low]: condition.from, [high]: condition.to };
    }
    case "filled":
      return filling(condition.field, condition.filled, asked);
  }
}

/** The field is asked to be filled in, to be empty, or neither. */
function filling(field: string, filled: boolean | null, asked: Asked): Change {
  const others = (member: string) => listed(asked[member]).filter((one) => one !== field);
  return {
    known: [...others("known"), ...(filled === true ? [field] : [])].join(","),
    unknown: [...others("unknown"), ...(filled === false ? [field] : [])].join(","),
  };
}

/** What makes the address ask for it no longer. */
export function withdrawing(condition: Condition, asked: Asked): Change {
  if (condition.kind === "filled") return filling(condition.field, null, asked);
  return Object.fromEntries(Object.keys(asking(condition, asked)).map((member) => [member, ""]));
}

const BESIDE = ["entity", "q", "site", "known", "unknown", "sort", "columns"];

/** The members that the server knows: a link with others, or with a field that is gone, still finds something. */
export function queryOf(asked: Asked, fields: Fields): Asked {
  const known = new Set([
    ...BESIDE,
    ...fields.flatMap(({ name, type }) => (isBounded(type) ? boundsOf(name, type) : [name])),
  ]);
  return Object.fromEntries(
    Object.entries(asked).filter(([member, value]) => known.has(member) && value !== ""),
  );
}

/** The search as it is kept: with these columns, under this name. */
export function formOf(query: Asked, columns: string[], name: string, pinned: boolean): SearchForm {
  const { entity, sort = "", columns: _, ...filters } = query;
  return { name, filters, entity: entity ? Number(entity) : null, sort, columns, pinned };
}

/** Where a kept search is found. */
export function addressOf(search: Pick<KeptSearch, "filters" | "entity" | "sort" | "columns">): string {
  const members = new URLSearchParams(search.filters);
  if (search.entity !== null) members.set("entity", String(search.entity));
  if (search.sort) members.set("sort", search.sort);
  if (search.columns.length > 0) members.set("columns", search.columns.join(","));
  const text = members.toString();
  return text ? `/vehicles?${text}` : "/vehicles";
}

/** Whether the list shows just what that search finds; in which order and columns does not matter. */
export function isShowing(query: Asked, search: Pick<KeptSearch, "filters" | "entity">): boolean {
  const { entity = "", sort: _, columns: __, ...filters } = query;
  const kept = Object.entries(search.filters);
  return (
    entity === String(search.entity ?? "") &&
    kept.length === Object.keys(filters).length &&
    kept.every(([member, value]) => filters[member] === value)
  );
}
