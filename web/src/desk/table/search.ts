/** What a list is asked for, kept in the page's address: a reload, the back button and a link show the same list. */
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";

const WAIT_MS = 250;

export interface ListSearch {
  /** The address's word for `name`; empty if it has none. */
  value: (name: string) => string;
  page: number;
  sort: string | undefined;
  /** Changes some of them; an empty one goes. Whatever changes, the list starts again at its first page, unless `page` is given. */
  change: (changed: Record<string, string | number | undefined>) => void;
  /** Everything the address asks for, but the page. */
  asked: Record<string, string>;
}

export function useListSearch(): ListSearch {
  const [parameters, setParameters] = useSearchParams();
  const change = (changed: Record<string, string | number | undefined>) =>
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        if (!("page" in changed)) next.delete("page");
        for (const [name, value] of Object.entries(changed))
          if (value === undefined || value === "" || (name === "page" && value === 1)) next.delete(name);
          else next.set(name, String(value));
        return next;
      },
      { replace: true },
    );
  const { page, ...asked } = Object.fromEntries(parameters);
  return {
    value: (name) => parameters.get(name) ?? "",
    page: Math.max(1, Number(page) || 1),
    sort: parameters.get("sort") ?? undefined,
    change,
    asked,
  };
}

/** The words typed into a search field: what the field shows at once, and into the address after a short rest. */
export function useTypedSearch(search: ListSearch, name = "q"): [string, (typed: string) => void] {
  const asked = search.value(name);
  const [typed, setTyped] = useState(asked);
  const [settled] = useDebouncedValue(typed.trim(), WAIT_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed moves the address
  useEffect(() => {
    if (settled !== search.value(name)) search.change({ [name]: settled });
  }, [settled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the back button and "clear" move the field
  useEffect(() => {
    if (asked !== typed.trim()) setTyped(asked);
  }, [asked]);
  return [typed, setTyped];
}
