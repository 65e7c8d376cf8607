/** The vehicles of a new offer: those chosen, each with its price and what keeps it from being sold, and free ones to add. */
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { AmountInput } from "../../desk/form/AmountInput";
import { Chip } from "../../desk/pieces";
import { useLanguage } from "../../language";
import { amountOf, type Cents, centsOf, formatAmount } from "../../money";
import { marginOf } from "../../reckoning";
import type { VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { Money, nameOf, VehicleName } from "../pieces";
import css from "../sales.module.css";
import type { Draft } from "./draft";

type NotFree = "reserved" | "in_auction" | "gone" | "elsewhere" | "unknown";

export interface Chosen {
  id: number;
  sheet: VehicleSheet | undefined;
  /** What it would be offered at; nothing: to be said. */
  price_cents: Cents | null;
  /** Why it cannot be offered to somebody new (§4.4). */
  why: NotFree | null;
}

function whyNotFree(sheet: VehicleSheet, entity: number | undefined): NotFree | null {
  if (sheet.entity !== entity) return "elsewhere";
  if (sheet.status === "delivery" || sheet.status === "released") return "gone";
  if (sheet.reserved) return "reserved";
  return sheet.auction === null ? null : "in_auction";
}

/** The cards of the chosen vehicles as they are now. */
export function useSheets(vehicles: number[]) {
  return useQueries({
    queries: vehicles.map((id) => ({
      queryKey: ["vehicles", "sheet", id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask("GET /api/vehicles/{id}", { ids: { id }, signal }),
    })),
  });
}

/** The chosen vehicles, what each is offered at, and what keeps it from being offered. */
export function chosenOf(
  draft: Draft,
  sheets: ReturnType<typeof useSheets>,
  entity: number | undefined,
): Chosen[] {
  return draft.vehicles.map((id, at) => {
    const answer = sheets[at];
    const sheet = answer?.data;
    const price = draft.prices[id] ?? sheet?.trade_price ?? "";
    const cents = price === "" ? 0 : centsOf(price);
    return {
      id,
      sheet,
      price_cents: cents > 0 ? cents : null,
      why: sheet ? whyNotFree(sheet, entity) : answer?.isError ? "unknown" : null,
    };
  });
}

interface Props {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
}

export function ChosenVehicles({
  draft,
  change,
  chosen,
  tried,
}: Props & { chosen: Chosen[]; tried: boolean }) {
  const { t } = useTranslation("sales");
  const remove = (id: number) => change({ vehicles: draft.vehicles.filter((one) => one !== id) });
  return (
    <section className={desk.card} aria-label={t("new_offer.vehicles")}>
      <h2>{t("new_offer.vehicles")}</h2>
      {chosen.length === 0 ? (
        <p className={tried ? css.missing : desk.muted} role={tried ? "alert" : undefined}>
          {t(tried ? "new_offer.vehicles_missing" : "new_offer.no_vehicles")}
        </p>
      ) : null}
      <ul className={css.rows}>
        {chosen.map((one) => (
          <li key={one.id}>
            <ChosenVehicle
              chosen={one}
              price={draft.prices[one.id] ?? one.sheet?.trade_price ?? ""}
              onPrice={(price) => change({ prices: { ...draft.prices, [one.id]: price } })}
            />
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t("new_offer.remove", { vehicle: one.sheet ? nameOf(one.sheet) : String(one.id) })}
              onClick={() => remove(one.id)}
            >
              {t("offer.remove")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChosenProps {
  chosen: Chosen;
  price: string;
  onPrice: (price: string) => void;
}

function ChosenVehicle({ chosen: { sheet, price_cents, why }, price, onPrice }: ChosenProps) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  if (!sheet)
    return why ? <span>{t(`new_offer.not_free.${why}`)}</span> : <Skeleton height={38} aria-busy="true" />;
  const trade = sheet.trade_price;
  const hint = trade
    ? t("new_offer.trade_price", { price: formatAmount(trade, language) })
    : t("new_offer.no_trade_price");
  return (
    <>
      <VehicleName vehicle={sheet}>
        {hint}
        {price_cents === null ? null : (
          <>
            {" · "}
            {t("offer.margin")} <Money amount={amountOf(marginOf(price_cents, sheet))} />
          </>
        )}
      </VehicleName>
      {why ? (
        <Chip tone="lose" sign="!">
          {t(`new_offer.not_free.${why}`)}
        </Chip>
      ) : (
        <AmountInput
          className={css.price ?? ""}
          size="sm"
          aria-label={t("offer.price_of", { vehicle: nameOf(sheet) })}
          value={price}
          error={price_cents === null ? t("offer.price_missing") : undefined}
          onChange={onPrice}
        />
      )}
    </>
  );
}

const WAIT_MS = 250;
const SHOWN = 8;

/** Vehicles that nobody reserved and no auction holds, found as one types. */
export function FreeVehicles({ draft, entity, change }: Props & { entity: number | undefined }) {
  const { t } = useTranslation("sales");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ["vehicles", "free-to-offer", entity, q],
    queryFn: ({ signal }) =>
      ask("GET /api/vehicles", {
        query: { entity, q, reserved: false, in_auction: false, limit: 50 },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: entity !== undefined,
  });
  const free = (found.data?.items ?? [])
    .filter(
      ({ id, status }) => !draft.vehicles.includes(id) && status !== "delivery" && status !== "released",
    )
    .slice(0, SHOWN);
  return (
    <section className={desk.card} aria-label={t("new_offer.find")}>
      <TextInput
        type="search"
        label={t("new_offer.find")}
        placeholder={t("new_offer.find_hint")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.data && free.length === 0 ? (
        <p className={`${desk.muted} ${css.below}`}>{t("new_offer.found_none")}</p>
      ) : null}
      <ul className={`${css.rows} ${css.below}`}>
        {free.map(({ id, card, site_name }) => (
          <li key={id}>
            <VehicleName vehicle={card}>{site_name}</VehicleName>
            <Money amount={card.trade_price ?? null} />
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => change({ vehicles: [...draft.vehicles, id] })}
            >
              {t("new_offer.add")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
