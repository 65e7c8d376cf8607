/** The lots of the auction: the vehicles of one lot sold whole, or a list of many of which one is chosen for the panel. */
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuctionDescription, Vehicle } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { Price } from "../desk/pieces";
import { useListSearch } from "../desk/table/search";
import { useLanguage } from "../language";
import { centsOf, formatShort } from "../money";
import type { TraderLot, TraderView } from "../wire/messages";
import type { Bidding } from "./bidding";
import { LotTools } from "./LotTools";
import type { BidProgress } from "./live";
import { lotsShown, MANY_LOTS, SHOWN, vehiclesOf } from "./lot-list";
import css from "./lots.module.css";
import { useLotNumber } from "./numbers";
import { Photo } from "./Photo";
import { standing } from "./selectors";
import { ReserveChip, StandingChip } from "./standing";
import { Name, OpenedVehicle, Specs, VehicleSheet } from "./VehicleSheet";

/** One lot: its vehicles; a single one with its whole card. */
export function LotVehicles({
  lot,
  description,
}: {
  lot: TraderLot;
  description: AuctionDescription | undefined;
}) {
  const { t } = useTranslation();
  const described = vehiclesOf(description);
  const single = lot.vehicles.length === 1;
  return (
    <section className={desk.card}>
      <h2>{t(single ? "auction.vehicle" : "auction.vehicles")}</h2>
      <ul className={css.vehicles}>
        {lot.vehicles.map((known) => (
          <li key={known.ref}>
            <VehicleSheet vehicle={described.get(known.ref)} known={known} whole={single} />
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
  const search = useListSearch();
  const [opened, open] = useState<number | null>(null);
  const described = vehiclesOf(description);
  const shown = SHOWN.find((one) => one === search.value("show")) ?? "all";
  const lots = lotsShown(view, described, shown, search.value("q"));
  return (
    <section className={`${desk.card} ${css.list}`}>
      <div className={css.head}>
        <h2>{t("auction.lots")}</h2>
        {view.lots.length > MANY_LOTS ? <LotTools view={view} shown={shown} search={search} /> : null}
      </div>
      {lots.length === 0 ? <p className={`${desk.muted} ${css.none}`}>{t("auction.no_lots")}</p> : null}
      <ul>
        {lots.map((lot) => (
          <LotRow
            key={lot.number}
            {...{ view, lot, bidding }}
            vehicles={described}
            chosen={lot.number === chosen}
            opened={lot.number === opened}
            pending={bids.get(lot.number)?.state === "pending"}
            press={() => {
              choose(lot.number);
              open(lot.number === opened ? null : lot.number);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  view: TraderView;
  lot: TraderLot;
  vehicles: ReadonlyMap<string, Vehicle>;
  chosen: boolean;
  opened: boolean;
  pending: boolean;
  press: () => void;
  bidding: Bidding;
}

function LotRow({ view, lot, vehicles, chosen, opened, pending, press, bidding }: RowProps) {
  const { t } = useTranslation();
  const numbered = useLotNumber();
  const row = useRef<HTMLLIElement>(null);
  const was = useRef(chosen);
  useEffect(() => {
    if (chosen && !was.current) row.current?.scrollIntoView({ block: "nearest" });
    was.current = chosen;
  }, [chosen]);
  const [known] = lot.vehicles;
  const vehicle = known && vehicles.get(known.ref);
  return (
    <li ref={row} className={css.lot} data-chosen={chosen}>
      <div className={css.row}>
        <div className={css.thumb}>
          <Photo vehicle={vehicle} />
        </div>
        <div className={css.what}>
          <div className={css.first}>
            <button
              type="button"
              className={css.choose}
              aria-pressed={chosen}
              aria-expanded={opened}
              onClick={press}
            >
              {t("auction.lot", { lot: numbered(lot.number) })}
            </button>
            <StandingChip of={standing(view, lot)} />
            <ReserveChip lot={lot} />
          </div>
          {known ? <Name vehicle={vehicle} known={known} /> : null}
          {known ? <Specs vehicle={vehicle} known={known} /> : null}
        </div>
        <div className={css.price}>
          <span className={`${desk.muted} ${desk.small}`}>
            {lot.last_offer === null ? t("auction.starting_price") : t("auction.last_offer")}
          </span>
          <b>
            <Price amount={lot.last_offer ?? lot.starting_price} />
          </b>
        </div>
        <QuickBid lot={lot} pending={pending} bidding={bidding} />
      </div>
      {opened ? <OpenedVehicle vehicle={vehicle} /> : null}
    </li>
  );
}

/** At a desk only: on a phone the panel is always below the thumb, and a list is scrolled with it. */
function QuickBid({ lot, pending, bidding }: { lot: TraderLot; pending: boolean; bidding: Bidding }) {
  const { t } = useTranslation();
  const numbered = useLotNumber();
  const language = useLanguage();
  const minimum = lot.minimum_next_bid;
  if (minimum === null || lot.outcome !== null) return <span className={css.quick} />;
  const amount = formatShort(minimum, language);
  return (
    <div className={css.quick}>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!bidding.can(lot) || pending}
        aria-busy={pending}
        aria-label={t("bid.now_on", { amount, lot: numbered(lot.number) })}
        onClick={() => bidding.place(lot, centsOf(minimum))}
      >
        {pending ? t("bid.pending", { amount }) : t("bid.now", { amount })}
      </Button>
    </div>
  );
}
