/** The trader's auctions by state (§5.5.3): open, upcoming, won, lost, declined; searched, counted, and live. */
import { Button, Pagination, Tabs, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import desk from "../desk/desk.module.css";
import { Empty, Problem, usePageTitle } from "../desk/pieces";
import { saveTable } from "../desk/table-file";
import { useLanguage } from "../language";
import { type AuctionItem, useAuctions } from "./api";
import css from "./list.module.css";
import { LiveRow, RowHead, StillRow } from "./TraderRow";

const STATES = ["open", "upcoming", "won", "lost", "declined"] as const;
type TraderState = (typeof STATES)[number];
const SEARCH_WAIT_MS = 250;

export function TraderAuctions() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const [typed, setTyped] = useState(parameters.get("q") ?? "");
  const [search] = useDebouncedValue(typed.trim(), SEARCH_WAIT_MS);
  const named = parameters.get("state");
  const state = STATES.find((one) => one === named) ?? "open";
  usePageTitle(t("auctions.title"));

  return (
    <>
      <div className={desk.heading}>
        <h1>{t("auctions.title")}</h1>
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
            aria-label={t("auctions.search")}
            placeholder={t("auctions.search_hint")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Tabs.Panel value={state}>
          <List key={`${state} ${search}`} state={state} search={search} clear={() => setTyped("")} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function StateTab({ state, search }: { state: TraderState; search: string }) {
  const { t } = useTranslation();
  const { data } = useAuctions(state, search, 1);
  return (
    <Tabs.Tab value={state} rightSection={data ? <span className={css.count}>{data.total}</span> : null}>
      {t(`auctions.states.${state}`)}
    </Tabs.Tab>
  );
}

function List({ state, search, clear }: { state: TraderState; search: string; clear: () => void }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const list = useAuctions(state, search, page);
  if (list.isPending) return <div className={desk.card} aria-busy="true" style={{ height: 160 }} />;
  if (list.isError) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return (
      <div className={desk.card}>
        {search ? (
          <Empty
            action={
              <Button variant="default" onClick={clear}>
                {t("auctions.clear_search")}
              </Button>
            }
          >
            {t("auctions.nothing", { search })}
          </Empty>
        ) : (
          <Empty>{t(`auctions.empty.${state}`)}</Empty>
        )}
      </div>
    );
  const live = state === "open" || state === "upcoming";
  return (
    <>
      <section className={`${desk.card} ${css.list}`} aria-label={t(`auctions.states.${state}`)}>
        <RowHead />
        <ul>
          {list.data.items.map((item) =>
            live ? <LiveRow key={item.id} item={item} /> : <StillRow key={item.id} item={item} />,
          )}
        </ul>
      </section>
      <div className={css.foot}>
        <ExportButton name={state} items={list.data.items} />
        {list.data.pages > 1 ? (
          <Pagination
            value={page}
            total={list.data.pages}
            onChange={setPage}
            aria-label={t("auctions.pages")}
            size="sm"
          />
        ) : null}
      </div>
    </>
  );
}

function ExportButton({ name, items }: { name: string; items: AuctionItem[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const save = () => {
    const columns = ["number", "auction", "dealer", "last_offers", "standing", "end"] as const;
    saveTable(
      `adjuge-${name}`,
      [
        columns.map((column) => t(`auctions.columns.${column}`)),
        ...items.map((item) => [
          item.display_number,
          item.title,
          [item.entity.name, item.site?.city].filter(Boolean).join(", "),
          item.last_offers_total,
          standingWord(item),
          item.ends_at,
        ]),
      ],
      language,
    );
  };
  const standingWord = (item: AuctionItem) => {
    if (item.outcome) return t(`standing.${item.outcome}`);
    return item.standing ? t(`standing.${item.standing}`) : "";
  };
  return (
    <Button variant="default" size="compact-sm" onClick={save}>
      {t("auctions.export")}
    </Button>
  );
}
