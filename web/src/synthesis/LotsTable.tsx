/** The lots of an auction with their figures (§5.5.1): last offer, gain, reserve, margin, leader, and what became of them. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useLotNumber } from "../auction/numbers";
import { type AuctionDescription, type Vehicle, vehicleName } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { Chip, Price, type Tone } from "../desk/pieces";
import { saveTable } from "../desk/table-file";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { centsOf, formatAmount } from "../money";
import type { LotOffer } from "../wire/generated/http";
import type { DealerLot, DealerView, LotVehicle, Outcome } from "../wire/messages";
import { CancelSale } from "./Cancellation";
import { FATES, type Fate, fatesOf, hasFate } from "./lot-filter";
import css from "./synthesis.module.css";

const OUTCOMES: Record<Outcome, { tone: Tone; sign: string }> = {
  won: { tone: "win", sign: "✓" },
  reserve_not_reached: { tone: "warn", sign: "○" },
  no_bids: { tone: "plain", sign: "–" },
  cancelled: { tone: "plain", sign: "✕" },
  sale_cancelled: { tone: "lose", sign: "✕" },
};

interface Props {
  view: DealerView;
  description: AuctionDescription | undefined;
  /** Whether the reader may cancel a sale (§5.4.5). */
  mayCancelSales: boolean;
}

/** From so many lots on, they can be narrowed to those of one fate. */
const MANY = 6;

export function LotsTable({ view, description, mayCancelSales }: Props) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [parameters] = useSearchParams();
  const fate = FATES.find((one) => one === parameters.get("lots")) ?? "all";
  const shown = view.lots.filter((lot) => hasFate(lot, fate));
  const offers = new Map(description?.lots.map(({ number, offer }) => [number, offer] as const));
  const decided = view.lots.some(({ outcome }) => outcome !== null);
  const described = new Map(
    description?.lots.flatMap(({ vehicles }) => vehicles.map((one) => [one.ref, one] as const)) ?? [],
  );
  const save = useSave(view, described);
  return (
    <section className={`${desk.card} ${css.scroll}`} aria-label={tt("auction.lots")}>
      {view.lots.length >= MANY ? <Fates lots={view.lots} fate={fate} /> : null}
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("lots.lot")}</th>
            <th scope="col">{t("lots.vehicle")}</th>
            <th scope="col" className={`${css.n} ${css.wide}`}>
              {t("lots.starting")}
            </th>
            <th scope="col" className={`${css.n} ${css.wide}`}>
              {t("lots.reserve")}
            </th>
            <th scope="col" className={css.n}>
              {t("lots.last")}
            </th>
            <th scope="col" className={`${css.n} ${css.wide}`}>
              {t("lots.margin")}
            </th>
            <th scope="col" className={css.wide}>
              {decided ? t("lots.outcome") : t("lots.leader")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((lot) => (
            <LotRow key={lot.number} lot={lot} described={described}>
              <LotEnd
                lot={lot}
                auction={view.auction}
                offer={offers.get(lot.number) ?? null}
                mayCancel={mayCancelSales}
              />
            </LotRow>
          ))}
        </tbody>
      </table>
      <div className={css.foot}>
        <Button variant="default" size="compact-sm" onClick={save}>
          {tt("table.export")}
        </Button>
      </div>
    </section>
  );
}

function Fates({ lots, fate }: { lots: DealerLot[]; fate: Fate }) {
  const { t } = useTranslation("dealer");
  const [, setParameters] = useSearchParams();
  const choose = (chosen: Fate) =>
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        if (chosen === "all") next.delete("lots");
        else next.set("lots", chosen);
        return next;
      },
      { replace: true },
    );
  return (
    <fieldset className={css.fates} aria-label={t("lots.narrow")}>
      {fatesOf(lots).map(([one, count]) => (
        <Button
          key={one}
          variant={one === fate ? "light" : "default"}
          size="compact-sm"
          aria-pressed={one === fate}
          onClick={() => choose(one)}
        >
          {t(`lots.fates.${one}`)} {count}
        </Button>
      ))}
    </fieldset>
  );
}

function LotRow({
  lot,
  described,
  children,
}: {
  lot: DealerLot;
  described: Map<string, Vehicle>;
  children: ReactNode;
}) {
  const { t } = useTranslation("dealer");
  const numbered = useLotNumber();
  const language = useLanguage();
  return (
    <tr>
      <td className={css.number}>
        <b>{numbered(lot.number)}</b>
      </td>
      <td>
        {lot.vehicles.map((known) => (
          <VehicleLine
            key={known.ref}
            known={known}
            vehicle={described.get(known.ref)}
            shared={lot.vehicles.length > 1}
          />
        ))}
      </td>
      <td className={`${css.n} ${css.wide}`}>{formatAmount(lot.starting_price, language)}</td>
      <td className={`${css.n} ${css.wide}`}>
        {lot.reserve_price === null ? "–" : formatAmount(lot.reserve_price, language)}
        {lot.reserve_price !== null && lot.reserve_reached ? (
          <div className={`${desk.small} ${css.up}`}>✓ {t("lots.reached")}</div>
        ) : null}
      </td>
      <td className={css.n}>
        {lot.last_offer === null ? <span className={desk.muted}>{t("lots.none")}</span> : null}
        <b>{lot.last_offer === null ? null : <Price amount={lot.last_offer} />}</b>
        {centsOf(lot.gain) > 0 ? (
          <div className={`${desk.small} ${css.up}`}>▲ {formatAmount(lot.gain, language)}</div>
        ) : null}
        <div className={css.narrow}>{children}</div>
      </td>
      <td className={`${css.n} ${css.wide}`}>
        <Price amount={lot.margin} />
        <div className={`${desk.muted} ${desk.small}`}>{formatAmount(lot.initial_margin, language)}</div>
      </td>
      <td className={css.wide}>{children}</td>
    </tr>
  );
}

/** Who leads, or once decided what became of the lot, for whom, and the way to undo the sale (§5.4.5). */
function LotEnd(props: { lot: DealerLot; auction: number; offer: LotOffer | null; mayCancel: boolean }) {
  const { lot, auction, offer, mayCancel } = props;
  const { t } = useTranslation("dealer");
  const bids = <div className={`${desk.muted} ${desk.small}`}>{t("lots.bids", { count: lot.bids })}</div>;
  if (lot.outcome === null)
    return (
      <>
        {lot.leader ?? <span className={desk.muted}>–</span>}
        {lot.bids > 0 ? bids : null}
      </>
    );
  return (
    <>
      <Chip {...OUTCOMES[lot.outcome]}>{t(`lots.outcomes.${lot.outcome}`)}</Chip>
      <div>{lot.winner ?? lot.leader}</div>
      {bids}
      {offer ? (
        <div>
          <Link href={`/offers/${offer.id}`} className={css.offer}>
            {t("lots.offer", { number: offer.display_number })}
          </Link>
        </div>
      ) : null}
      {lot.outcome === "won" && mayCancel ? <CancelSale auction={auction} lot={lot.number} /> : null}
    </>
  );
}

function VehicleLine({
  known,
  vehicle,
  shared,
}: {
  known: LotVehicle;
  vehicle: Vehicle | undefined;
  shared: boolean;
}) {
  const { t } = useTranslation();
  const { t: dealer } = useTranslation("dealer");
  const language = useLanguage();
  const facts = [
    vehicle?.plate,
    typeof vehicle?.mileage_km === "number" &&
      t("vehicle.km", { km: formatCount(vehicle.mileage_km, language) }),
    vehicle?.first_registration && formatTime(vehicle.first_registration, "date", language),
    shared && known.price ? dealer("lots.share", { amount: formatAmount(known.price, language) }) : null,
  ];
  return (
    <div>
      <b>{vehicle ? vehicleName(vehicle) : known.ref}</b>{" "}
      {[vehicle?.version, vehicle?.trim].filter(Boolean).join(" ")}
      <div className={`${desk.muted} ${desk.small}`}>{facts.filter(Boolean).join("\u00a0· ")}</div>
    </div>
  );
}

function useSave(view: DealerView, described: Map<string, Vehicle>): () => void {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  return () => {
    const names = (lot: DealerLot) =>
      lot.vehicles
        .map(({ ref }) => {
          const vehicle = described.get(ref);
          return vehicle ? `${vehicleName(vehicle)} ${vehicle.plate ?? ref}` : ref;
        })
        .join(" + ");
    const columns = ["lot", "vehicle", "starting", "reserve", "last", "initial", "gain", "margin"] as const;
    saveTable(
      `adjuge-${t("synthesis.lots_file", { number: view.number })}`,
      [
        [...columns.map((column) => t(`lots.${column}`)), t("lots.leader"), t("lots.outcome")],
        ...view.lots.map((lot) => [
          lot.number,
          names(lot),
          lot.starting_price,
          lot.reserve_price,
          lot.last_offer,
          lot.initial_margin,
          lot.gain,
          lot.margin,
          lot.winner ?? lot.leader,
          lot.outcome && t(`lots.outcomes.${lot.outcome}`),
        ]),
      ],
      language,
    );
  };
}
