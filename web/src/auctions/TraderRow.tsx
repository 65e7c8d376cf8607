/** One auction in the trader's list: live while it may still change, as it was left afterwards. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLeft } from "../auction/Countdown";
import { useTraderRoom } from "../auction/follow";
import { standing } from "../auction/selectors";
import desk from "../desk/desk.module.css";
import { Chip, Price } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { amountOf, centsOf } from "../money";
import type { Amount, TraderView } from "../wire/messages";
import type { AuctionItem } from "./api";
import css from "./list.module.css";

const DEFAULT_WINDOW_SECONDS = 180;

export function RowHead() {
  const { t } = useTranslation();
  return (
    <div className={css.head} aria-hidden="true">
      <span>{t("auctions.columns.number")}</span>
      <span>{t("auctions.columns.auction")}</span>
      <span>{t("auctions.columns.dealer")}</span>
      <span className={css.right}>{t("auctions.columns.last_offer")}</span>
      <span>{t("auctions.columns.standing")}</span>
      <span className={css.right}>{t("auctions.columns.end")}</span>
    </div>
  );
}

/** The sum of the last offers, over the lots that have one. */
function lastOffers(view: TraderView): Amount | null {
  const offers = view.lots.flatMap((lot) => (lot.last_offer === null ? [] : [centsOf(lot.last_offer)]));
  return offers.length === 0 ? null : amountOf(offers.reduce((sum, cents) => sum + cents, 0));
}

export function LiveRow({ item }: { item: AuctionItem }) {
  const { t } = useTranslation();
  const { view } = useTraderRoom(item.id);
  const client = useQueryClient();
  const timed = view ?? item;
  const left = useLeft(timed, view?.soft_close.window_seconds ?? DEFAULT_WINDOW_SECONDS);
  const moved = view !== null && view.status !== item.status;

  useEffect(() => {
    if (moved) void client.invalidateQueries({ queryKey: ["auctions"] });
  }, [moved, client]);

  return (
    <Row item={item} amount={view ? lastOffers(view) : item.last_offers_total}>
      <span className={css.chips}>
        {view ? <LiveChips view={view} /> : <ItemChip item={item} />}
        {view?.you.declined ? <Chip tone="plain">{t("standing.declined")}</Chip> : null}
      </span>
      <span className={css.right}>
        <span className={css.label}>{left.label} </span>
        <span className={css.left} data-urgent={left.urgent}>
          {left.text}
        </span>
      </span>
    </Row>
  );
}

export function StillRow({ item }: { item: AuctionItem }) {
  const language = useLanguage();
  return (
    <Row item={item} amount={item.last_offers_total}>
      <span className={css.chips}>
        <ItemChip item={item} />
      </span>
      <time className={css.right} dateTime={item.ends_at}>
        {formatTime(item.ends_at, "dayClock", language)}
      </time>
    </Row>
  );
}

function Row({ item, amount, children }: { item: AuctionItem; amount: Amount | null; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className={css.row}>
      <span>{item.display_number}</span>
      <span className={css.title}>
        <Link href={`/auctions/${item.id}`}>
          <b>{item.title}</b>
        </Link>
        <span className={`${desk.muted} ${desk.small}`}>
          {" "}
          {t("auctions.vehicles", { count: item.vehicles_count })}
          {item.lots_count > 1 ? ` · ${t("auctions.lots", { count: item.lots_count })}` : ""}
        </span>
      </span>
      <span className={`${desk.muted} ${desk.small}`}>
        {[item.entity.name, item.site?.city].filter(Boolean).join(" · ")}
      </span>
      <span className={`${css.right} ${css.price}`}>
        <Price amount={amount} none={t("auction.no_offer")} />
      </span>
      {children}
    </li>
  );
}

/** Where the trader stands over all lots: both signs, with their numbers, where there are several. */
function LiveChips({ view }: { view: TraderView }) {
  const { t } = useTranslation();
  const standings = view.lots.map((lot) => standing(view, lot));
  const many = view.lots.length > 1;
  const count = (one: string) => standings.filter((each) => each === one).length;
  const said = (one: "winning" | "losing") => `${t(`standing.${one}`)}${many ? ` ${count(one)}` : ""}`;
  if (count("winning") + count("losing") === 0)
    return <span className={`${desk.muted} ${desk.small}`}>{t("standing.none")}</span>;
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
  switch (item.outcome ?? item.standing) {
    case "won":
      return (
        <Chip tone="win" sign="✓">
          {t("standing.won")}
        </Chip>
      );
    case "lost":
      return (
        <Chip tone="plain" sign="✕">
          {t("standing.lost")}
        </Chip>
      );
    case "declined":
      return <Chip tone="plain">{t("standing.declined")}</Chip>;
    case "winning":
      return (
        <Chip tone="win" sign="▲">
          {t("standing.winning")}
        </Chip>
      );
    case "losing":
      return (
        <Chip tone="lose" sign="▼">
          {t("standing.losing")}
        </Chip>
      );
    default:
      return <span className={`${desk.muted} ${desk.small}`}>{t("standing.none")}</span>;
  }
}
