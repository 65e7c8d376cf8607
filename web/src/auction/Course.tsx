/**
 * The course of the auction as a trader reads it, newest first: others are numbers, one's own offers are "yours" and
 * can be read alone. What is older than the snapshot is fetched when it is asked for.
 */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { Chip } from "../desk/pieces";
import { formatLength, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatShort } from "../money";
import type { AuctionEvent, TraderView } from "../wire/messages";
import css from "./auction.module.css";
import { useEarlier } from "./earlier";
import { useLotNumber } from "./numbers";

export function Course({ view }: { view: TraderView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [mine, setMine] = useState(false);
  const earlier = useEarlier(view);
  const first = view.recent[0]?.seq ?? 0;
  const entries = [...earlier.entries.filter(({ seq }) => seq < first), ...view.recent]
    .filter((entry) => entry.event !== "noted" && (!mine || isMine(view, entry)))
    .reverse();
  return (
    <section className={desk.card}>
      <div className={css.between}>
        <h2>{t("auction.course")}</h2>
        {view.you.bidder === null ? null : (
          <Button
            size="compact-sm"
            variant={mine ? "light" : "default"}
            aria-pressed={mine}
            onClick={() => setMine(!mine)}
          >
            {t("auction.mine")}
          </Button>
        )}
      </div>
      {entries.length === 0 ? (
        <p className={desk.muted}>{t(mine ? "auction.no_own" : "auction.no_entries")}</p>
      ) : null}
      <ul className={desk.feed}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={entry.at}>{formatTime(entry.at, "clockSeconds", language)}</time>
            <span>
              <EntryText entry={entry} view={view} />
            </span>
          </li>
        ))}
      </ul>
      {earlier.ask || earlier.waiting ? (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={earlier.waiting}
          onClick={earlier.ask ?? undefined}
        >
          {t("auction.earlier")}
        </Button>
      ) : null}
    </section>
  );
}

const isMine = (view: TraderView, entry: AuctionEvent) =>
  entry.event === "bid" && entry.bidder === view.you.bidder;

function EntryText({ entry, view }: { entry: AuctionEvent; view: TraderView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const numbered = useLotNumber();
  const named = (lot: number) => t("auction.lot", { lot: numbered(lot) });
  const prefix = (lot: number) => (view.lots.length > 1 ? `${named(lot)} · ` : "");
  const clock = (instant: string) => formatTime(instant, "clockSeconds", language);
  switch (entry.event) {
    case "bid": {
      const mine = entry.bidder === view.you.bidder;
      const amount = formatShort(entry.amount, language);
      return (
        <>
          {prefix(entry.lot)}
          {mine ? <b>{amount}</b> : amount} ·{" "}
          {mine ? t("entry.your_bid") : t("entry.by", { bidder: entry.bidder })}
        </>
      );
    }
    case "reserve_reached":
      return (
        <>
          {prefix(entry.lot)}
          <Chip tone="win" sign="✓">
            {t("entry.reserve_reached")}
          </Chip>
        </>
      );
    case "extended": {
      const by = formatLength(
        Date.parse(entry.to) - Date.parse(entry.from),
        t("time", { returnObjects: true }),
      );
      const cause = t(`auction.cause.${entry.cause}`);
      return <span className={desk.muted}>{t("entry.extended", { at: clock(entry.to), by, cause })}</span>;
    }
    case "recovered":
      return t("entry.recovered", { from: clock(entry.down_from), until: clock(entry.down_until) });
    case "lot_decided": {
      const price = entry.price ? formatShort(entry.price, language) : "";
      return `${named(entry.lot)} · ${t(`entry.${entry.outcome}`, { price })}`;
    }
    case "sale_cancelled":
      return `${named(entry.lot)} · ${t("entry.sale_cancelled")}`;
    case "started":
      return <Opening view={view} />;
    case "ended":
      return t("entry.ended");
    case "cancelled":
      return t("entry.auction_cancelled");
    case "declined":
    case "connection_removed":
      return t(`entry.${entry.event}`);
    case "noted":
      return null;
  }
}

function Opening({ view }: { view: TraderView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const only = view.lots.length === 1 ? view.lots[0] : undefined;
  const text = only
    ? t("entry.started_at", { amount: formatShort(only.starting_price, language) })
    : t("entry.started");
  return <span className={desk.muted}>{text}</span>;
}
