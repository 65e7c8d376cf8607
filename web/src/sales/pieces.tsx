/** The small pieces of the pages after the sale: states as chips, vehicles by name, papers, amounts with or without VAT. */
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chip, type Tone } from "../desk/pieces";
import { FoundFilter } from "../desk/table/FoundFilter";
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

const OFFERED = 20;

/** The traders that the group knows. */
export function BuyerFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  return (
    <FoundFilter
      search={search}
      name="trader"
      label={t("offers.buyer")}
      any={t("offers.any_buyer")}
      nothing={t("offers.buyer_none")}
      noun="traders"
      named={async (id, signal) => (await ask("GET /api/traders/{id}", { ids: { id }, signal })).legal_name}
      found={async (q, signal) => {
        const { items } = await ask("GET /api/traders", { query: { q, limit: OFFERED }, signal });
        return items.map(({ id, legal_name }) => ({ id, name: legal_name }));
      }}
    />
  );
}
