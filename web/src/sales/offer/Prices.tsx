/**
 * What an offer sells: its vehicles with prices HT, TTC and real margins, and its extras. Of a direct offer that is not
 * ordered, prices and extras are typed here and saved together (§6.1); an auction's stand.
 */
import "../../stock/words";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { AmountInput } from "../../desk/form/AmountInput";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { isOutdated, Outdated } from "../../desk/form/Outdated";
import { FormProblem } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { useLanguage } from "../../language";
import { amountOf, centsOf, formatAmount } from "../../money";
import { priceHt } from "../../reckoning";
import { useStatusName } from "../../stock/api";
import type { Offer, OfferedVehicleAnswer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import type { Amount } from "../../wire/messages";
import { MOVED } from "../api";
import { OfferedFile } from "../files";
import { Money, nameOf, VehicleName } from "../pieces";
import css from "../sales.module.css";
import { ExtraFields, type ExtraLine, ExtraList, isWhole, soldExtras } from "./Extras";
import type { Pricing, Typed } from "./typed";

export function Prices({ offer, pricing }: { offer: Offer; pricing: Pricing }) {
  const { t } = useTranslation("sales");
  const [tried, setTried] = useState(false);
  const { editable, dirty, extras, change } = pricing;
  const columns = useColumns(offer, editable ? pricing : null);
  return (
    <section className={desk.column} aria-label={t("offer.vehicles")}>
      {offer.vehicles.length === 0 ? (
        <p className={desk.card}>
          {t(offer.may.includes("add_vehicles") ? "offer.emptied" : "offer.emptied_over")}
        </p>
      ) : (
        <div>
          <DataTable
            label={t("offer.vehicles")}
            columns={columns}
            rows={offer.vehicles}
            rowKey={({ id }) => id}
          />
          <OfferedFile offer={offer} />
        </div>
      )}
      {offer.auction && offer.may.includes("order") ? (
        <p className={`${desk.muted} ${desk.small}`}>{t("offer.prices_fixed")}</p>
      ) : null}
      {editable ? (
        <ExtraFields
          lines={extras ?? offer.extras}
          onChange={(lines) => change({ extras: lines })}
          tried={tried}
        />
      ) : (
        <ExtraList extras={offer.extras} />
      )}
      {dirty ? <Saving offer={offer} pricing={pricing} onTry={setTried} /> : null}
    </section>
  );
}

interface Unsaved {
  offer: Offer;
  pricing: Pricing;
  /** Somebody tried to save: what is missing is said from then on. */
  onTry: (tried: boolean) => void;
}

function Saving({ offer, pricing, onTry }: Unsaved) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const { prices, extras } = pricing;
  const drop = () => {
    pricing.clear();
    onTry(false);
  };
  const save = useSaving(offer, pricing, drop);
  const keep = () => {
    pricing.change({ version: offer.version });
    save.reset();
  };
  const outdated = !save.isPending && (pricing.outdated || isOutdated(save.error));
  const whole = Object.values(prices).every(isPrice) && (extras ?? []).every(isWhole);
  const sums = whole ? sumsOf(offer, prices, extras) : null;
  return (
    <div className={css.save}>
      {sums ? (
        <p>
          {t("offer.with_these", {
            total: formatAmount(amountOf(sums.total_cents), language),
            ht: formatAmount(amountOf(sums.ht_cents), language),
          })}
        </p>
      ) : null}
      {outdated ? (
        <Overtaken offer={offer} isHere={pricing.outdated} take={drop} keep={keep} />
      ) : (
        <>
          <Button variant="default" onClick={drop}>
            {t("offer.take_back")}
          </Button>
          <Button loading={save.isPending} onClick={() => (whole ? save.mutate() : onTry(true))}>
            {t("offer.save_prices")}
          </Button>
          <FormProblem error={save.error} />
        </>
      )}
    </div>
  );
}

function useSaving(offer: Offer, { prices, extras, version }: Pricing, after: () => void) {
  const { t } = useTranslation("sales");
  const client = useQueryClient();
  return useAction(
    () =>
      ask("PATCH /api/offers/{id}", {
        ids: { id: offer.id },
        body: {
          version: version ?? offer.version,
          vehicles: Object.entries(prices).map(([id, price]) => ({ id: Number(id), price })),
          ...(extras ? { extras: extras.map(({ kind, amount, label }) => ({ kind, amount, label })) } : {}),
        },
      }).catch(async (error: unknown) => {
        if (isOutdated(error)) await client.invalidateQueries({ queryKey: MOVED[0] });
        throw error;
      }),
    { refresh: MOVED, said: t("offer.prices_saved"), after },
  );
}

interface Ways {
  offer: Offer;
  /** Whether what the colleague has saved is read already. */
  isHere: boolean;
  take: () => void;
  keep: () => void;
}

/** A colleague has saved other prices meanwhile: theirs or one's own, but never one over the other unseen. */
function Overtaken({ offer, isHere, take, keep }: Ways) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  return (
    <Outdated
      ways={
        <>
          <Button variant="default" disabled={!isHere} onClick={take}>
            {t("offer.overtaken.take")}
          </Button>
          <Button variant="default" disabled={!isHere} onClick={keep}>
            {t("offer.overtaken.keep")}
          </Button>
        </>
      }
    >
      <p>{t("offer.overtaken.said")}</p>
      {isHere ? (
        <p>{t("offer.overtaken.theirs", { total: formatAmount(offer.totals.total, language) })}</p>
      ) : null}
    </Outdated>
  );
}

const isPrice = (price: Amount | "") => price !== "" && centsOf(price) > 0;

/** What the offer would come to, as the server sums it: HT line by line (§6.2). */
function sumsOf(offer: Offer, typed: Typed, extras: ExtraLine[] | null) {
  const sold = soldExtras(extras ?? offer.extras);
  const prices = offer.vehicles.map(({ id, price, vat }) => ({ cents: centsOf(typed[id] || price), vat }));
  return {
    total_cents: prices.reduce((sum, { cents }) => sum + cents, sold.total_cents),
    ht_cents: prices.reduce((sum, { cents, vat }) => sum + priceHt(cents, vat), sold.ht_cents),
  };
}

type Editing = Pick<Pricing, "prices" | "change">;

function useColumns(offer: Offer, editing: Editing | null): Column<OfferedVehicleAnswer>[] {
  const { t } = useTranslation("sales");
  const statusName = useStatusName();
  return [
    {
      key: "vehicle",
      head: t("offer.vehicle"),
      phone: "bare",
      cell: (vehicle) => (
        <VehicleName vehicle={vehicle}>
          {vehicle.from_offer !== null ? t("offer.from_offer") : vehicle.fixed ? t("offer.fixed") : null}
        </VehicleName>
      ),
    },
    {
      key: "status",
      head: t("offer.status"),
      cell: ({ status }) => statusName(status),
    },
    {
      key: "ht",
      head: t("offer.price_ht"),
      right: true,
      cell: ({ price_ht }) => <Money amount={price_ht} />,
    },
    {
      key: "ttc",
      head: t("offer.price_ttc"),
      right: true,
      cell: (vehicle) =>
        editing && !vehicle.fixed ? (
          <PriceField vehicle={vehicle} prices={editing.prices} change={editing.change} />
        ) : (
          <b>
            <Money amount={vehicle.price} />
          </b>
        ),
    },
    { key: "margin", head: t("offer.margin"), right: true, cell: ({ margin }) => <Money amount={margin} /> },
    ...(offer.vehicles.some((vehicle) => isRemovable(offer, vehicle))
      ? [
          {
            key: "remove",
            head: t("deliveries.actions"),
            phone: "bare" as const,
            cell: (vehicle: OfferedVehicleAnswer) => <Remove offer={offer} vehicle={vehicle} />,
          },
        ]
      : []),
  ];
}

/** What the auction itself sold stays, and so does the last vehicle (§6.2). */
function isRemovable(offer: Offer, vehicle: OfferedVehicleAnswer): boolean {
  if (!offer.may.includes("add_vehicles")) return false;
  return vehicle.from_offer !== null || (!vehicle.fixed && offer.vehicles.length > 1);
}

function PriceField({ vehicle, prices, change }: { vehicle: OfferedVehicleAnswer } & Editing) {
  const { t } = useTranslation("sales");
  const price = prices[vehicle.id] ?? vehicle.price;
  return (
    <AmountInput
      className={css.price ?? ""}
      size="sm"
      aria-label={t("offer.price_of", { vehicle: nameOf(vehicle) })}
      value={price}
      error={isPrice(price) ? undefined : t("offer.price_missing")}
      onChange={(next) => change({ prices: { ...prices, [vehicle.id]: next } })}
    />
  );
}

function Remove({ offer, vehicle }: { offer: Offer; vehicle: OfferedVehicleAnswer }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const remove = useAction(
    () => ask("DELETE /api/offers/{id}/vehicles/{vehicle}", { ids: { id: offer.id, vehicle: vehicle.id } }),
    { refresh: MOVED, said: t("offer.removed") },
  );
  const lent = vehicle.from_offer !== null;
  if (!isRemovable(offer, vehicle) || !may("make_offers", offer.entity.id)) return null;
  return (
    <ConfirmButton
      size="compact-sm"
      deed={t("offer.remove")}
      title={t("offer.remove_title", { vehicle: nameOf(vehicle) })}
      grave={!lent}
      onConfirm={() => remove.mutateAsync()}
    >
      <p>{lent ? t("offer.remove_home", { buyer: offer.trader.name }) : t("offer.remove_free")}</p>
    </ConfirmButton>
  );
}
