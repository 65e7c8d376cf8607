/** One auction in the trader's list: live while it may still change, as it was left afterwards. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLeft, useMoved } from "../auction/Countdown";
import { useTraderRoom } from "../auction/follow";
import { standing } from "../auction/selectors";
import { StandingChip } from "../auction/standing";
import desk from "../desk/desk.module.css";
import { Chip } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { amountOf, centsOf, formatShort } from "../money";
import type { Amount, TraderView } from "../wire/messages";
import { AuctionRow } from "./AuctionRow";
import type { AuctionItem } from "./api";
import { Left } from "./Left";

const DEFAULT_WINDOW_SECONDS = 180;

const sumOf = (amounts: Amount[]): Amount | null =>
  amounts.length === 0 ? null : amountOf(amounts.reduce((sum, amount) => sum + centsOf(amount), 0));

/** The sum of the last offers, over the lots that have one. */
const lastOffers = (view: TraderView) =>
  sumOf(view.lots.flatMap(({ last_offer }) => (last_offer === null ? [] : [last_offer])));

const placeOf = ({ entity, site }: AuctionItem) => [entity.name, site?.city].filter(Boolean).join(" · ");

export function LiveRow({ item }: { item: AuctionItem }) {
  const { t } = useTranslation();
  const { view } = useTraderRoom(item.id);
  const client = useQueryClient();
  const moved = useMoved(view);
  const left = useLeft(view ?? item, view?.soft_close.window_seconds ?? DEFAULT_WINDOW_SECONDS);
  const over = view !== null && view.status !== item.status;

  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ["auctions"] });
  }, [over, client]);

  return (
    <AuctionRow
      item={item}
      place={placeOf(item)}
      amount={view ? lastOffers(view) : item.last_offers_total}
      own={view ? <OwnOffers view={view} /> : null}
      chips={
        <>
          {view ? <LiveChips view={view} /> : <ItemChip item={item} />}
          {view?.you.declined ? <Chip tone="plain">{t("standing.declined")}</Chip> : null}
        </>
      }
      end={<Left left={left} moved={moved} />}
    />
  );
}

export function StillRow({ item }: { item: AuctionItem }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const won = item.outcome === "won" ? item.won_total : null;
  return (
    <AuctionRow
      item={item}
      place={placeOf(item)}
      amount={item.last_offers_total}
      won={won}
      chips={
        <>
          <ItemChip item={item} />
          {item.outcome === "won" && item.lots_count > 1 ? (
            <span className={`${desk.muted} ${desk.small}`}>
              {t("auctions.won_lots", { won: item.won_lots, count: item.lots_count })}
            </span>
          ) : null}
        </>
      }
      end={<time dateTime={item.ends_at}>{formatTime(item.ends_at, "dayClock", language)}</time>}
    />
  );
}

/** What the trader has offered, where somebody else's offer stands above it: over its lots together. */
function OwnOffers({ view }: { view: TraderView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = sumOf(view.you.offers.map(({ amount }) => amount));
  if (own === null || own === lastOffers(view)) return null;
  return t("auctions.own", { amount: formatShort(own, language) });
}

/** Where the trader stands over all lots: both signs, with their numbers, where there are several. */
function LiveChips({ view }: { view: TraderView }) {
  const { t } = useTranslation();
  const standings = view.lots.map((lot) => standing(view, lot));
  const count = (one: string) => standings.filter((each) => each === one).length;
  const lots = view.lots.length;
  const said = (one: "winning" | "losing") =>
    lots > 1
      ? t("auctions.standing_of", { standing: t(`standing.${one}`), number: count(one), lots })
      : t(`standing.${one}`);
  if (count("winning") + count("losing") === 0) return <NotBid status={view.status} />;
  return (
    <>
      {count("winning") > 0 ? (
        <Chip tone="win" sign="▲">
          {said("winning")}
        </Chip>
      ) : null}
      {count("losing") > 0 ? (
        <Chip tone="lose" sign="▼">
          {said("losing")}
        </Chip>
      ) : null}
    </>
  );
}

function ItemChip({ item }: { item: AuctionItem }) {
  const { t } = useTranslation();
  const word = item.outcome ?? item.standing ?? "none";
  if (word === "declined") return <Chip tone="plain">{t("standing.declined")}</Chip>;
  if (word === "none") return <NotBid status={item.status} />;
  return <StandingChip of={word} />;
}

/** Nothing to tell of an auction that nobody can bid in yet. */
function NotBid({ status }: Pick<TraderView, "status">) {
  const { t } = useTranslation();
  if (status === "scheduled") return null;
  return <span className={`${desk.muted} ${desk.small}`}>{t("standing.none")}</span>;
}
