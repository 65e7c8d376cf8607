/** The synthesis (§5.5.1): four totals, the offers over time, the lots, what happens as it happens, the audience. */
import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { AuctionDescription } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { part } from "../desk/part";
import { Chip, Price } from "../desk/pieces";
import { RowsFile } from "../desk/table/ListFile";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { centsOf, formatAmount } from "../money";
import type { AuctionEvent, DealerView } from "../wire/messages";
import { EntryWords } from "./EntryWords";
import { LotsTable } from "./LotsTable";
import { Result } from "./Result";
import { answersOf } from "./state";
import css from "./synthesis.module.css";

const OffersChart = part(() => import("./OffersChart"));
const FEED_ENTRIES = 40;

interface Props {
  view: DealerView;
  entries: AuctionEvent[];
  description: AuctionDescription | undefined;
  mayCancelSales: boolean;
}

export function Synthesis({ view, entries, description, mayCancelSales }: Props) {
  const { t } = useTranslation("dealer");
  return (
    <>
      {view.status === "ended" ? <Result view={view} description={description} /> : null}
      <Tiles view={view} />
      <div className={`${desk.columns} ${css.page}`}>
        <div className={desk.column}>
          <section className={desk.card}>
            <h2>{t("synthesis.chart")}</h2>
            <Suspense fallback={<Skeleton height={200} />}>
              <OffersChart view={view} entries={entries} />
            </Suspense>
          </section>
          <LotsTable view={view} description={description} mayCancelSales={mayCancelSales} />
        </div>
        <aside className={desk.column}>
          <Feed view={view} entries={entries} />
          <Diffusion view={view} />
        </aside>
      </div>
    </>
  );
}

function Tiles({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const totals = view.synthesis;
  const lots = view.lots.length;
  const reserved = view.lots.filter(({ reserve_price }) => reserve_price !== null);
  const reached = reserved.filter(({ reserve_reached }) => reserve_reached).length;
  const gained = (gain: string) =>
    centsOf(gain) > 0 ? <span className={css.up}>▲ {formatAmount(gain, language)} </span> : null;
  return (
    <div className={css.tiles}>
      <Tile label={t("synthesis.starting_total")} amount={totals.starting_total}>
        {tt("auctions.lots", { count: lots })}
      </Tile>
      <Tile
        label={t("synthesis.last_offers")}
        amount={totals.lots_with_offer > 0 ? totals.last_offers_total : null}
      >
        {gained(totals.gain)}
        {t("synthesis.last_offers_some", { count: totals.lots_with_offer, of: lots })}
      </Tile>
      <Tile label={t("synthesis.margin")} amount={totals.margin}>
        {gained(totals.gain_ht)}
        {t("synthesis.initial", { amount: formatAmount(totals.initial_margin, language) })}
      </Tile>
      <Tile label={t("synthesis.reserve")} amount={totals.reserve_total}>
        {totals.reserve_total === null
          ? t("synthesis.no_reserve")
          : t("synthesis.reserve_reached", { count: reached, of: reserved.length })}
      </Tile>
    </div>
  );
}

function Tile({
  label,
  amount,
  children,
}: {
  label: string;
  amount: string | null;
  children: React.ReactNode;
}) {
  return (
    <div className={`${desk.card} ${css.tile}`}>
      <div className={`${desk.muted} ${desk.small}`}>{label}</div>
      <b>
        <Price amount={amount} />
      </b>
      <div className={`${desk.muted} ${desk.small}`}>{children}</div>
    </div>
  );
}

function Feed({ view, entries }: { view: DealerView; entries: AuctionEvent[] }) {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const latest = entries.slice(-FEED_ENTRIES).reverse();
  return (
    <section className={desk.card}>
      <h2>{t("synthesis.feed")}</h2>
      {latest.length === 0 ? <p className={desk.muted}>{t("synthesis.no_feed")}</p> : null}
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <ul className={`${desk.feed} ${css.feed}`} tabIndex={0} aria-label={t("synthesis.feed")}>
        {latest.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={entry.at}>{formatTime(entry.at, "clockSeconds", language)}</time>
            <span>
              <EntryWords entry={entry} several={view.lots.length > 1} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Diffusion({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  const answers = answersOf(view);
  return (
    <section className={desk.card}>
      <h2>{t("synthesis.diffusion")}</h2>
      <dl className={css.answers}>
        <dt>{t("synthesis.invited")}</dt>
        <dd>{answers.invited}</dd>
        <dt>{t("synthesis.bid")}</dt>
        <dd>{answers.bid}</dd>
        <dt>{t("synthesis.declined")}</dt>
        <dd>{answers.declined}</dd>
        <dt>{t("synthesis.silent")}</dt>
        <dd>{answers.silent}</dd>
      </dl>
      <details className={css.names}>
        <summary>{t("synthesis.names")}</summary>
        <ul>
          {view.audience.map((member) => (
            <li key={member.trader}>
              <span>{member.trader}</span>
              {member.bidder !== null ? (
                <Chip tone="win" sign="✓">
                  {t("synthesis.bid")}
                </Chip>
              ) : null}
              {member.declined ? <Chip tone="plain">{t("synthesis.declined")}</Chip> : null}
              {member.removed ? <Chip tone="lose">{t("synthesis.removed")}</Chip> : null}
            </li>
          ))}
        </ul>
        <AudienceFile view={view} />
      </details>
    </section>
  );
}

function AudienceFile({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  type Member = DealerView["audience"][number];
  const answerOf = ({ bidder, declined, removed }: Member) =>
    [
      bidder !== null && t("synthesis.bid"),
      declined && t("synthesis.declined"),
      bidder === null && !declined && t("synthesis.silent"),
      removed && t("synthesis.removed"),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <RowsFile
      name={t("synthesis.audience_file", { number: view.number })}
      rows={view.audience}
      columns={[
        { head: t("synthesis.trader"), cell: ({ trader }) => trader },
        { head: t("synthesis.answer"), cell: answerOf },
      ]}
    />
  );
}
