/** The dealer's stock auctions by state: a table that is live while an auction may still change, and exports. */
import { Button, Pagination, Tabs, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useLeft } from "../auction/Countdown";
import { useDealerRoom } from "../auction/follow";
import desk from "../desk/desk.module.css";
import { Empty, Price, Problem, usePageTitle } from "../desk/pieces";
import { saveTable } from "../desk/table-file";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { StateChip } from "../synthesis/SynthesisPage";
import { stateOf } from "../synthesis/state";
import type { Amount } from "../wire/messages";
import { type AuctionItem, type DealerState, dealerState, useAuctions } from "./api";
import css from "./list.module.css";

const STATES = ["open", "scheduled", "ended", "cancelled"] as const;
type ListState = (typeof STATES)[number];
/** What the tab asks the server for. */
const ASKED: Record<ListState, string> = {
  open: "open",
  scheduled: "scheduled",
  ended: "won,partly_won,not_won,sale_cancelled",
  cancelled: "cancelled",
};
const SEARCH_WAIT_MS = 250;
const DEFAULT_WINDOW_SECONDS = 180;

export function DealerAuctions() {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), SEARCH_WAIT_MS);
  const state = STATES.find((one) => one === parameters.get("state")) ?? "open";
  usePageTitle(t("auctions.title"));
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("auctions.title")}</h1>
        <Button component={Link} href="/auctions/new">
          {t("auctions.create")}
        </Button>
      </div>
      <Tabs
        value={state}
        keepMounted={false}
        onChange={(next) => setParameters(next && next !== "open" ? { state: next } : {}, { replace: true })}
      >
        <div className={css.tools}>
          <Tabs.List aria-label={t("auctions.title")}>
            {STATES.map((one) => (
              <StateTab key={one} state={one} search={search} />
            ))}
          </Tabs.List>
          <TextInput
            className={css.search ?? ""}
            type="search"
            aria-label={tt("auctions.search")}
            placeholder={tt("auctions.search_hint")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Tabs.Panel value={state}>
          <List key={`${state} ${search}`} state={state} search={search} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function StateTab({ state, search }: { state: ListState; search: string }) {
  const { t } = useTranslation("dealer");
  const { data } = useAuctions(ASKED[state], search, 1);
  return (
    <Tabs.Tab value={state} rightSection={data ? <span className={css.count}>{data.total}</span> : null}>
      {t(`auctions.states.${state}`)}
    </Tabs.Tab>
  );
}

function List({ state, search }: { state: ListState; search: string }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [page, setPage] = useState(1);
  const list = useAuctions(ASKED[state], search, page);
  if (list.isPending) return <div className={desk.card} aria-busy="true" style={{ height: 160 }} />;
  if (list.isError) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return (
      <div className={desk.card}>
        <Empty>
          {search ? tt("auctions.nothing", { search }) : `${t("auctions.empty")} ${t("auctions.empty_hint")}`}
        </Empty>
      </div>
    );
  const live = state === "open" || state === "scheduled";
  return (
    <>
      <section className={`${desk.card} ${css.list}`} aria-label={t(`auctions.states.${state}`)}>
        <Head />
        <ul>
          {list.data.items.map((item) =>
            live ? <LiveRow key={item.id} item={item} /> : <StillRow key={item.id} item={item} />,
          )}
        </ul>
      </section>
      <div className={css.foot}>
        <ExportButton name={state} items={list.data.items} />
        {list.data.pages > 1 ? (
          <Pagination value={page} total={list.data.pages} onChange={setPage} size="sm" />
        ) : null}
      </div>
    </>
  );
}

function Head() {
  const { t } = useTranslation("dealer");
  return (
    <div className={css.head} aria-hidden="true">
      <span>{t("auctions.columns.number")}</span>
      <span>{t("auctions.columns.auction")}</span>
      <span>{t("auctions.columns.site")}</span>
      <span className={css.right}>{t("auctions.columns.offers")}</span>
      <span>{t("auctions.columns.state")}</span>
      <span className={css.right}>{t("auctions.columns.end")}</span>
    </div>
  );
}

function LiveRow({ item }: { item: AuctionItem }) {
  const { view } = useDealerRoom(item.id);
  const client = useQueryClient();
  const left = useLeft(view ?? item, view?.soft_close.window_seconds ?? DEFAULT_WINDOW_SECONDS);
  const moved = view !== null && view.status !== item.status;
  useEffect(() => {
    if (moved) void client.invalidateQueries({ queryKey: ["auctions"] });
  }, [moved, client]);
  const offers = view ? (view.synthesis.lots_with_offer > 0 ? view.synthesis.last_offers_total : null) : null;
  return (
    <Row
      item={item}
      state={view ? stateOf(view) : dealerState(item)}
      amount={view ? offers : item.last_offers_total}
    >
      <span className={css.right}>
        <span className={css.label}>{left.label} </span>
        <span className={css.left} data-urgent={left.urgent}>
          {left.text}
        </span>
      </span>
    </Row>
  );
}

function StillRow({ item }: { item: AuctionItem }) {
  const language = useLanguage();
  return (
    <Row item={item} state={dealerState(item)} amount={item.last_offers_total}>
      <time className={css.right} dateTime={item.ends_at}>
        {formatTime(item.ends_at, "dayClock", language)}
      </time>
    </Row>
  );
}

function Row({
  item,
  state,
  amount,
  children,
}: {
  item: AuctionItem;
  state: DealerState;
  amount: Amount | null;
  children: ReactNode;
}) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const counts = [
    t(`kind.${item.kind}`),
    tt("auctions.vehicles", { count: item.vehicles_count }),
    tt("auctions.lots", { count: item.lots_count }),
  ];
  return (
    <li className={css.row}>
      <span>{item.display_number}</span>
      <span className={css.title}>
        <Link href={`/auctions/${item.id}`}>
          <b>{item.title}</b>
        </Link>{" "}
        <span className={`${desk.muted} ${desk.small}`}>{counts.join(" · ")}</span>
      </span>
      <span className={`${desk.muted} ${desk.small}`}>
        {[item.site?.name ?? item.entity.name, item.site?.city].filter(Boolean).join(" · ")}
      </span>
      <span className={`${css.right} ${css.price}`}>
        <Price amount={amount} none={tt("auction.no_offer")} />
      </span>
      <span className={css.chips}>
        <StateChip of={state} />
      </span>
      {children}
    </li>
  );
}

function ExportButton({ name, items }: { name: string; items: AuctionItem[] }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const save = () => {
    const columns = [
      "number",
      "kind",
      "auction",
      "site",
      "start",
      "end",
      "starting",
      "offers",
      "gain",
      "state",
    ] as const;
    saveTable(
      `adjuge-${name}`,
      [
        columns.map((column) => t(`auctions.columns.${column}`)),
        ...items.map((item) => [
          item.display_number,
          t(`kind.${item.kind}`),
          item.title,
          item.site?.name ?? item.entity.name,
          item.starts_at,
          item.ends_at,
          item.starting_total,
          item.last_offers_total,
          item.gain,
          t(`state.${dealerState(item)}`),
        ]),
      ],
      language,
    );
  };
  return (
    <Button variant="default" size="compact-sm" onClick={save}>
      {tt("auctions.export")}
    </Button>
  );
}
