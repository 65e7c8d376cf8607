/** Other vehicles reserved for the same buyer, to be put into the offer before it is ordered (§6.2). */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { AmountInput } from "../../desk/form/AmountInput";
import { useAction } from "../../desk/form/action";
import { FormProblem } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import type { Offer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import type { Amount } from "../../wire/messages";
import { MOVED, useOffers } from "../api";
import { Money, VehicleName } from "../pieces";
import css from "../sales.module.css";

interface Guest {
  id: number;
  make: string;
  model: string;
  version: string;
  plate: string | null;
  /** What it costs; none: to be said. */
  price: Amount | null;
  /** The offer that holds it now. */
  from: Pick<Offer, "id" | "display_number"> | null;
}

const MOST = 200;

/** Those that other offers to this buyer hold, then those that are reserved without any. */
function useGuests(offer: Offer, enabled: boolean): Guest[] {
  const query = { trader: offer.trader.id, entity: offer.entity.id, limit: MOST };
  const validated = useOffers({ ...query, status: "validated" }, enabled);
  const begun = useOffers({ ...query, status: "in_progress" }, enabled);
  const reserved = useQuery({
    queryKey: ["vehicles", "reserved-for", offer.entity.id, offer.trader.id],
    queryFn: ({ signal }) =>
      ask("GET /api/vehicles", {
        query: {
          entity: offer.entity.id,
          reserved: true,
          reserved_for_trader: offer.trader.name,
          columns: "reserved_for_trader",
          limit: MOST,
        },
        signal,
      }),
    enabled,
  });
  const held = [...(validated.data?.items ?? []), ...(begun.data?.items ?? [])]
    .filter(({ id }) => id !== offer.id)
    .flatMap((from) => from.vehicles.map((vehicle) => ({ ...vehicle, from })));
  const known = new Set([...offer.vehicles, ...held].map(({ id }) => id));
  const alone = (reserved.data?.items ?? [])
    .filter(({ id, status, values }) => {
      const forBuyer = values?.reserved_for_trader === offer.trader.name;
      return forBuyer && !known.has(id) && status !== "delivery" && status !== "released";
    })
    .map(({ id, card }) => ({ ...card, id, price: card.trade_price ?? null, from: null }));
  return [...held, ...alone];
}

export function Guests({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const allowed = useMay()("make_offers", offer.entity.id) && offer.may.includes("add_vehicles");
  const guests = useGuests(offer, allowed);
  if (!allowed || guests.length === 0) return null;
  const title = t("offer.guests", { buyer: offer.trader.name });
  return (
    <section className={desk.card} aria-label={title}>
      <h2>{title}</h2>
      <p className={`${desk.muted} ${desk.small}`}>{t("offer.guests_hint")}</p>
      <ul className={`${css.rows} ${css.below}`}>
        {guests.map((guest) => (
          <GuestRow key={guest.id} offer={offer} guest={guest} />
        ))}
      </ul>
    </section>
  );
}

function GuestRow({ offer, guest }: { offer: Offer; guest: Guest }) {
  const { t } = useTranslation("sales");
  const [price, setPrice] = useState<Amount | "">("");
  const add = useAction(
    () =>
      ask("POST /api/offers/{id}/vehicles", {
        ids: { id: offer.id },
        body: { vehicles: [{ id: guest.id, ...(guest.price === null ? { price } : {}) }] },
      }),
    { refresh: MOVED, said: t("offer.guest_added") },
  );
  return (
    <li>
      <VehicleName vehicle={guest}>
        {guest.from ? (
          <Link href={`/offers/${guest.from.id}`}>
            {t("offer.guest_in", { number: guest.from.display_number })}
          </Link>
        ) : (
          t("offer.guest_alone")
        )}
      </VehicleName>
      {guest.price === null ? (
        <AmountInput aria-label={t("offer.guest_price")} size="sm" value={price} onChange={setPrice} />
      ) : (
        <Money amount={guest.price} />
      )}
      <Button
        size="compact-sm"
        variant="default"
        loading={add.isPending}
        disabled={guest.price === null && price === ""}
        onClick={() => add.mutate()}
      >
        {t("offer.guest_add")}
      </Button>
      <FormProblem error={add.error} />
    </li>
  );
}
