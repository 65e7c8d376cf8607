/** The buyer of a direct offer: a trader with an active connection to the entity, found as one types. */
import { Alert, Button, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ask } from "../../wire/http";
import type { Draft } from "./draft";

const WAIT_MS = 250;
const SHOWN = 50;

interface Props {
  draft: Draft;
  entity: number | undefined;
  change: (changed: Partial<Draft>) => void;
  /** Whether somebody tried to make the offer: what is missing is said from then on. */
  tried: boolean;
}

export function Buyer({ draft, entity, change, tried }: Props) {
  const { t } = useTranslation("sales");
  const [typed, setTyped] = useState(draft.trader?.name ?? "");
  const [settled] = useDebouncedValue(typed.trim(), WAIT_MS);
  const q = settled === draft.trader?.name ? "" : settled;
  const found = useQuery({
    queryKey: ["connections", "offer", entity, q],
    queryFn: ({ signal }) =>
      ask("GET /api/connections", { query: { entity, state: "active", q, limit: SHOWN }, signal }),
    placeholderData: keepPreviousData,
    enabled: entity !== undefined,
  });
  const traders = (found.data?.items ?? []).flatMap(({ trader, name, city }) =>
    trader === null ? [] : [{ value: String(trader), label: name, city }],
  );
  const { trader } = draft;
  const options =
    trader && !traders.some(({ value }) => value === String(trader.id))
      ? [{ value: String(trader.id), label: trader.name, city: "" }, ...traders]
      : traders;
  if (q === "" && found.data?.total === 0 && !found.isPlaceholderData)
    return (
      <Alert color="blue">
        <p>{t("new_offer.buyer_nobody")}</p>
        <Button component={Link} href="/traders" size="compact-sm" variant="default" mt="xs">
          {t("new_offer.connect")}
        </Button>
      </Alert>
    );
  return (
    <Select
      label={t("new_offer.buyer")}
      placeholder={t("new_offer.buyer_hint")}
      searchable
      clearable
      required
      nothingFoundMessage={t("new_offer.buyer_none")}
      filter={({ options: all }) => all}
      error={tried && !trader ? t("new_offer.buyer_missing") : null}
      data={options.map(({ value, label }) => ({ value, label }))}
      value={trader ? String(trader.id) : null}
      onChange={(value, option) =>
        change({ trader: value === null ? null : { id: Number(value), name: option?.label ?? "" } })
      }
      onSearchChange={setTyped}
    />
  );
}
