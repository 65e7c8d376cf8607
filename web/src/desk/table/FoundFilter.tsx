/** A filter whose values are too many to list: found as one types; the one chosen is in the address under `name`. */
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import css from "./frame.module.css";
import type { ListSearch } from "./search";

const WAIT_MS = 250;

interface Named {
  id: number;
  name: string;
}

interface Props {
  search: ListSearch;
  name: string;
  label: string;
  any: string;
  /** What is said when nobody has what was typed. */
  nothing: string;
  /** What its queries are known by: the area's noun. */
  noun: string;
  named: (id: number, signal: AbortSignal) => Promise<string>;
  found: (q: string, signal: AbortSignal) => Promise<Named[]>;
}

export function FoundFilter({ search, name, label, any, nothing, noun, named, found }: Props) {
  const chosen = Number(search.value(name)) || null;
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed.trim(), WAIT_MS);
  const known = useQuery({
    queryKey: [noun, "named", chosen],
    queryFn: ({ signal }) => named(chosen ?? 0, signal),
    enabled: chosen !== null,
  });
  const word = chosen === null ? undefined : known.data;
  // The field shows the chosen one's name: it is not what somebody searches.
  const q = settled === word ? "" : settled;
  const offered = useQuery({
    queryKey: [noun, "found", q],
    queryFn: ({ signal }) => found(q, signal),
    placeholderData: keepPreviousData,
  });
  const options = (offered.data ?? []).map((one) => ({ value: String(one.id), label: one.name }));
  const value = chosen === null ? null : String(chosen);
  if (value !== null && word !== undefined && !options.some((option) => option.value === value))
    options.unshift({ value, label: word });
  return (
    <Select
      className={css.filter ?? ""}
      aria-label={label}
      placeholder={any}
      searchable
      clearable
      clearButtonProps={{ "aria-label": any }}
      nothingFoundMessage={nothing}
      filter={({ options: all }) => all}
      value={value}
      onChange={(next) => search.change({ [name]: next ?? "" })}
      onSearchChange={setTyped}
      data={options}
    />
  );
}
