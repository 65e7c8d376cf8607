/** Whose changes: somebody among the colleagues, however many there are, found as one types; the one chosen is in the address. */
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import frame from "../../desk/table/frame.module.css";
import type { ListSearch } from "../../desk/table/search";
import { ask } from "../../wire/http";
import { USERS, useUsers } from "../api";

const WAIT_MS = 250;
const OFFERED = 50;

export function PersonFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("people");
  const chosen = Number(search.value("user")) || null;
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  const one = useQuery({
    queryKey: [...USERS, chosen],
    queryFn: ({ signal }) => ask("GET /api/users/{id}", { ids: { id: chosen ?? 0 }, signal }),
    enabled: chosen !== null,
  });
  const name = chosen === null ? undefined : one.data?.name;
  const found = useUsers({ q: q === name ? "" : q, limit: OFFERED });
  const options = (found.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.name }));
  const value = chosen === null ? null : String(chosen);
  if (value !== null && name !== undefined && !options.some((option) => option.value === value))
    options.unshift({ value, label: name });
  return (
    <Select
      className={frame.filter ?? ""}
      aria-label={t("history.user")}
      placeholder={t("history.anybody")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("history.anybody") }}
      nothingFoundMessage={t("users.nothing")}
      filter={({ options: all }) => all}
      value={value}
      onChange={(user) => search.change({ user: user ?? "" })}
      onSearchChange={setTyped}
      data={options}
    />
  );
}
