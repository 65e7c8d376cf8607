/** The history (§5.5.2): every entry, newest first, with names; the file keeps the order in which it happened. */
import { Button, Skeleton } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLotNumber } from "../auction/numbers";
import desk from "../desk/desk.module.css";
import { part } from "../desk/part";
import { Empty } from "../desk/pieces";
import { Filter } from "../desk/table/Filter";
import { type ListSearch, useListSearch } from "../desk/table/search";
import { saveTable } from "../desk/table-file";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatAmount } from "../money";
import type { AuctionEvent, DealerView } from "../wire/messages";
import { amountOfEntry, useKind, whoOf } from "./EntryWords";
import { narrowed } from "./state";
import css from "./synthesis.module.css";

const OffersChart = part(() => import("./OffersChart"));
const SHOWN_AT_ONCE = 200;

export function History({ view, entries }: { view: DealerView; entries: AuctionEvent[] }) {
  const { t } = useTranslation("dealer");
  const search = useListSearch();
  const asked = Number(search.value("lot"));
  const lot = view.lots.some(({ number }) => number === asked) ? asked : undefined;
  const found = narrowed(entries, lot, search.value("kind"));
  if (entries.length === 0)
    return (
      <div className={desk.card}>
        <Empty>{t("history.empty")}</Empty>
      </div>
    );
  return (
    <div className={desk.column}>
      <section className={desk.card}>
        <h2>{t("synthesis.chart")}</h2>
        <Suspense fallback={<Skeleton height={200} />}>
          <OffersChart view={view} entries={entries} lot={lot} />
        </Suspense>
      </section>
      <Filters view={view} entries={entries} search={search} />
      <Entries key={`${lot} ${search.value("kind")}`} view={view} entries={found} />
    </div>
  );
}

/** One lot, one kind of entry, or all: kept in the address. */
function Filters(props: { view: DealerView; entries: AuctionEvent[]; search: ListSearch }) {
  const { view, entries, search } = props;
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const numbered = useLotNumber();
  const kinds = [...new Set(entries.map(({ event }) => event))];
  return (
    <div className={css.filters}>
      {view.lots.length > 1 ? (
        <Filter
          search={search}
          name="lot"
          label={t("history.lot")}
          any={t("history.all_lots")}
          options={view.lots.map(({ number }) => ({
            value: String(number),
            label: tt("auction.lot", { lot: numbered(number) }),
          }))}
        />
      ) : null}
      <Filter
        search={search}
        name="kind"
        label={t("history.what")}
        any={t("history.all_kinds")}
        options={kinds.map((kind) => ({ value: kind, label: t(`history.names.${kind}`) }))}
      />
    </div>
  );
}

function Entries({ view, entries }: { view: DealerView; entries: AuctionEvent[] }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const save = useSave(view, entries);
  const newest = [...entries].reverse().slice(0, shown);
  return (
    <section className={`${desk.card} ${css.scroll}`} aria-label={t("history.title")}>
      {entries.length === 0 ? <Empty>{t("history.none")}</Empty> : null}
      <table className={css.table} hidden={entries.length === 0}>
        <thead>
          <tr>
            <th scope="col">{t("history.when")}</th>
            <th scope="col">{t("history.what")}</th>
            <th scope="col">{t("history.lot")}</th>
            <th scope="col" className={css.n}>
              {t("history.amount")}
            </th>
            <th scope="col" className={css.wide}>
              {t("history.who")}
            </th>
          </tr>
        </thead>
        <tbody>
          {newest.map((entry) => (
            <Row key={entry.seq} entry={entry} />
          ))}
        </tbody>
      </table>
      <div className={css.foot}>
        <span className={desk.muted}>{t("history.shown", { count: entries.length })}</span>
        <Button variant="default" size="compact-sm" onClick={save}>
          {tt("table.export")}
        </Button>
        {entries.length > shown ? (
          <Button variant="default" size="compact-sm" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
            {t("history.more")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Row({ entry }: { entry: AuctionEvent }) {
  const numbered = useLotNumber();
  const language = useLanguage();
  const kind = useKind();
  const amount = amountOfEntry(entry);
  return (
    <tr>
      <td>
        <time dateTime={entry.at}>
          {formatTime(entry.at, "day", language)} {formatTime(entry.at, "clockSeconds", language)}
        </time>
      </td>
      <td>
        {kind(entry)}
        <div className={`${css.narrow} ${desk.muted} ${desk.small}`}>{whoOf(entry)}</div>
      </td>
      <td className={css.number}>{"lot" in entry ? numbered(entry.lot) : ""}</td>
      <td className={css.n}>{amount ? <b>{formatAmount(amount, language)}</b> : ""}</td>
      <td className={css.wide}>{whoOf(entry) ?? ""}</td>
    </tr>
  );
}

function useSave(view: DealerView, entries: AuctionEvent[]): () => void {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const kind = useKind();
  return () =>
    saveTable(
      `adjuge-${t("synthesis.history_file", { number: view.number })}`,
      [
        ["n", ...(["when", "what", "lot", "amount", "who"] as const).map((one) => t(`history.${one}`))],
        ...entries.map((entry) => [
          entry.seq,
          entry.at,
          kind(entry),
          "lot" in entry ? entry.lot : null,
          amountOfEntry(entry),
          whoOf(entry),
        ]),
      ],
      language,
    );
}
