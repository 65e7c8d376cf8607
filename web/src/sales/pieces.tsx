/** The small pieces of the pages after the sale: states as chips, vehicles by name, papers, amounts with or without VAT. */
import { NativeSelect, SegmentedControl, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../desk/me";
import { Chip, type Tone } from "../desk/pieces";
import type { ListSearch } from "../desk/table/search";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatAmount } from "../money";
import type { DeliveryAnswer, Offer, Vat } from "../wire/generated/http";
import { ask } from "../wire/http";
import type { Amount } from "../wire/messages";
import css from "./sales.module.css";

const OFFER_LOOKS: Record<Offer["status"], [Tone, string]> = {
  in_progress: ["plain", "○"],
  validated: ["warn", "◐"],
  ordered: ["win", "✓"],
  abandoned: ["lose", "✕"],
  cancelled: ["lose", "✕"],
};
const DELIVERY_LOOKS: Record<DeliveryAnswer["status"], [Tone, string]> = {
  scheduled: ["warn", "◷"],
  honoured: ["win", "✓"],
  not_honoured: ["lose", "!"],
  cancelled: ["plain", "✕"],
};

export function OfferChip({ status }: { status: Offer["status"] }) {
  const { t } = useTranslation("sales");
  const [tone, sign] = OFFER_LOOKS[status];
  return (
    <Chip tone={tone} sign={sign}>
      {t(`offer_states.${status}`)}
    </Chip>
  );
}

export function DeliveryChip({ status }: { status: DeliveryAnswer["status"] }) {
  const { t } = useTranslation("sales");
  const [tone, sign] = DELIVERY_LOOKS[status];
  return (
    <Chip tone={tone} sign={sign}>
      {t(`delivery_states.${status}`)}
    </Chip>
  );
}

/** An amount in the reader's language; it does not flash, papers do not move by themselves. */
export function Money({ amount }: { amount: Amount | null }) {
  const language = useLanguage();
  return <>{amount === null ? "–" : formatAmount(amount, language)}</>;
}

export function Moment({ at, shape = "dayClock" }: { at: string; shape?: "dayClock" | "date" }) {
  const language = useLanguage();
  return <time dateTime={at}>{formatTime(at, shape, language)}</time>;
}

interface Named {
  make: string;
  model: string;
  version?: string;
  plate: string | null;
  vin?: string | null;
  mileage_km?: number | null;
  first_registration?: string | null;
  vat?: Vat;
}

export function nameOf({ make, model, version }: Named): string {
  return [make, model, version].filter(Boolean).join(" ");
}

/** Make, model and version; below it what tells it from another of its kind. */
export function VehicleName({ vehicle, children }: { vehicle: Named; children?: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const facts = [
    vehicle.plate ?? vehicle.vin,
    typeof vehicle.mileage_km === "number" &&
      t("vehicle.km", { km: formatCount(vehicle.mileage_km, language) }),
    vehicle.first_registration && formatTime(vehicle.first_registration, "date", language),
    vehicle.vat && t(`vehicle.vat.${vehicle.vat}`),
  ].filter(Boolean);
  return (
    <span className={css.name}>
      <b>
        {vehicle.make} {vehicle.model}
      </b>{" "}
      {vehicle.version}
      <span className={css.under}>{facts.join(" · ")}</span>
      {children ? <span className={css.under}>{children}</span> : null}
    </span>
  );
}

export type Tax = "ttc" | "ht";

/** The switch between amounts with and without VAT, kept in the page's address. */
export function useTax(search: ListSearch): Tax {
  return search.value("tax") === "ht" ? "ht" : "ttc";
}

export function TaxSwitch({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("tax.label")}
      value={useTax(search)}
      onChange={(tax) => search.change({ tax: tax === "ht" ? tax : "", page: search.page })}
      data={[
        { value: "ttc", label: t("tax.ttc") },
        { value: "ht", label: t("tax.ht") },
      ]}
    />
  );
}

/** A filter of few values, kept in the address under `name`. */
export function Filter(props: {
  search: ListSearch;
  name: string;
  label: string;
  any: string;
  options: { value: string; label: string }[];
  /** Filters that mean nothing once this one changes. */
  frees?: string[];
}) {
  return (
    <NativeSelect
      className={css.filter ?? ""}
      label={props.label}
      value={props.search.value(props.name)}
      onChange={(event) =>
        props.search.change({
          ...Object.fromEntries((props.frees ?? []).map((name) => [name, ""])),
          [props.name]: event.currentTarget.value,
        })
      }
      data={[{ value: "", label: props.any }, ...props.options]}
    />
  );
}

/** The reader's entities, where it works for several; another entity has other sites. */
export function EntityFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  const { entities } = useMe();
  if (entities.length < 2) return null;
  return (
    <Filter
      search={search}
      name="entity"
      frees={["site"]}
      label={t("offers.entity")}
      any={t("all")}
      options={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}

const WAIT_MS = 250;

/** The traders that the group knows, found as one types; the one chosen is in the address. */
export function BuyerFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  const chosen = search.value("trader");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  const one = useQuery({
    queryKey: ["traders", "one", Number(chosen)],
    queryFn: ({ signal }) => ask("GET /api/traders/{id}", { ids: { id: Number(chosen) }, signal }),
    enabled: chosen !== "",
  });
  const name = chosen === "" ? undefined : one.data?.legal_name;
  const found = useQuery({
    queryKey: ["traders", "found", q],
    queryFn: ({ signal }) =>
      ask("GET /api/traders", { query: { q: q === name ? "" : q, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map(({ id, legal_name }) => ({
    value: String(id),
    label: legal_name,
  }));
  if (name !== undefined && !options.some(({ value }) => value === chosen))
    options.unshift({ value: chosen, label: name });
  return (
    <Select
      className={css.buyer ?? ""}
      label={t("offers.buyer")}
      placeholder={t("offers.buyer_find")}
      searchable
      clearable
      nothingFoundMessage={t("new_offer.buyer_none")}
      filter={({ options: all }) => all}
      value={chosen === "" ? null : chosen}
      onChange={(value) => search.change({ trader: value ?? "" })}
      onSearchChange={setTyped}
      data={options}
    />
  );
}
