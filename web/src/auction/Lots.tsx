/** The lots of the auction: the vehicles of one lot, or a list of lots of which one is chosen for the panel. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AuctionDescription, Vehicle } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { Price } from "../desk/pieces";
import { useLanguage } from "../language";
import { centsOf, formatShort } from "../money";
import type { TraderLot, TraderView } from "../wire/messages";
import css from "./auction.module.css";
import type { Bidding } from "./bidding";
import type { BidProgress } from "./live";
import { standing } from "./selectors";
import { ReserveChip, StandingChip } from "./standing";
import { VehicleSheet } from "./VehicleSheet";

function vehiclesOf(description: AuctionDescription | undefined): Map<string, Vehicle> {
  const described = description?.lots.flatMap((lot) => lot.vehicles) ?? [];
  return new Map(described.map((vehicle) => [vehicle.ref, vehicle]));
}

/** One lot sold whole: its vehicles. */
export function LotVehicles({
  lot,
  description,
}: {
  lot: TraderLot;
  description: AuctionDescription | undefined;
}) {
  const { t } = useTranslation();
  const described = vehiclesOf(description);
  return (
    <section className={desk.card}>
      <h2>{t("auction.vehicles")}</h2>
      <ul className={css.vehicles}>
        {lot.vehicles.map((known) => (
          <li key={known.ref}>
            <VehicleSheet vehicle={described.get(known.ref)} known={known} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Choosing {
  view: TraderView;
  description: AuctionDescription | undefined;
  chosen: number;
  choose: (lot: number) => void;
  bids: ReadonlyMap<number, BidProgress>;
  bidding: Bidding;
}

/** Several lots, each sold alone: every price and standing at a glance, one click bids the minimum on any. */
export function LotList({ view, description, chosen, choose, bids, bidding }: Choosing) {
  const { t } = useTranslation();
  const described = vehiclesOf(description);
  return (
    <section className={desk.card}>
      <h2>{t("auction.lots")}</h2>
      <ul className={css.column}>
        {view.lots.map((lot) => (
          <li key={lot.number} className={css.lot} data-chosen={lot.number === chosen}>
            <div className={css.lotBar}>
              <b>{t("auction.lot", { lot: lot.number })}</b>
              <StandingChip of={standing(view, lot)} />
              <ReserveChip lot={lot} />
              <span className={css.lotPrice}>
                <span className={`${desk.muted} ${desk.small}`}>
                  {lot.last_offer === null ? t("auction.starting_price") : t("auction.last_offer")}{" "}
                </span>
                <Price amount={lot.last_offer ?? lot.starting_price} />
              </span>
            </div>
            {lot.vehicles.map((known) => (
              <VehicleSheet key={known.ref} vehicle={described.get(known.ref)} known={known} />
            ))}
            <div className={css.lotActions}>
              <Button
                size="compact-sm"
                variant={lot.number === chosen ? "filled" : "default"}
                aria-pressed={lot.number === chosen}
                onClick={() => choose(lot.number)}
              >
                {t("auction.choose", { lot: lot.number })}
              </Button>
              <QuickBid lot={lot} pending={bids.get(lot.number)?.state === "pending"} bidding={bidding} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function QuickBid({ lot, pending, bidding }: { lot: TraderLot; pending: boolean; bidding: Bidding }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const minimum = lot.minimum_next_bid;
  if (minimum === null || lot.outcome !== null) return null;
  const amount = formatShort(minimum, language);
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={!bidding.can(lot) || pending}
      aria-busy={pending}
      aria-label={t("bid.now_on", { amount, lot: lot.number })}
      onClick={() => bidding.place(lot, centsOf(minimum))}
    >
      {pending ? t("bid.pending", { amount }) : t("bid.now", { amount })}
    </Button>
  );
}
