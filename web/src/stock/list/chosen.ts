/** Which columns the list shows: those of the address (a kept search's), else those that this reader chose last in this browser. */
import { useState } from "react";
import { useMe } from "../../desk/me";
import type { ListSearch } from "../../desk/table/search";
import type { Column } from "../../wire/generated/http";
import { listed } from "./filters";

/** What fits beside the vehicle and its situation. */
export const USUAL = [
  "year",
  "mileage_km",
  "energy",
  "status",
  "days_in_stock",
  "sale_price",
  "trade_price",
  "site_name",
];

const known = (names: string[], fields: Column[]) =>
  names.filter((name) => fields.some((field) => field.name === name));

export function useChosenColumns(
  search: ListSearch,
  fields: Column[],
): [string[], (columns: string[]) => void] {
  const key = `adjuge-stock-columns-${useMe().id}`;
  const [kept, keep] = useState(() => listed(localStorage.getItem(key) ?? USUAL.join(",")));
  const choose = (columns: string[]) => {
    localStorage.setItem(key, columns.join(","));
    keep(columns);
    if (search.value("columns")) search.change({ columns: "", page: search.page });
  };
  const asked = known(listed(search.value("columns")), fields);
  return [asked.length > 0 ? asked : known(kept, fields), choose];
}
