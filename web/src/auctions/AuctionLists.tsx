/**
 * A side's auctions by state, as both sides read theirs: counted, searched, filtered (all of it kept in the address),
 * a page at a time, and as a file of all that was found.
 */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { Empty, usePageTitle } from "../desk/pieces";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { Filter } from "../desk/table/Filter";
import { type FileColumn, ListFile } from "../desk/table/ListFile";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { Count, StateTabs } from "../desk/table/StateTabs";
import { type ListSearch, useListSearch } from "../desk/table/search";
import { ask } from "../wire/http";
import { type AuctionItem, type AuctionsAsked, useAuctions } from "./api";
import css from "./list.module.css";

interface Props<State extends string> {
  title: string;
  /** Beside the title. */
  action?: ReactNode;
  /** The states, in order; the first is shown where the address says none. */
  states: readonly [State, ...State[]];
  word: (state: State) => string;
  /** What the tab asks the server for. */
  asked: (state: State) => string;
  /** What an empty list says while nothing is searched or filtered. */
  empty: (state: State) => ReactNode;
  filters?: (search: ListSearch) => ReactNode;
  head: (state: State) => ReactNode;
  row: (item: AuctionItem, state: State) => ReactNode;
  /** What stands in the file of all that is found. */
  file: FileColumn<AuctionItem>[];
}

export function AuctionLists<State extends string>(props: Props<State>) {
  const { t } = useTranslation();
  const search = useListSearch();
  const { title, states, word, asked } = props;
  usePageTitle(title);
  const of = (state: State) => ({ ...narrowed(search), state: asked(state) });
  return (
    <>
      <div className={desk.heading}>
        <h1>{title}</h1>
        {props.action}
      </div>
      <StateTabs
        label={title}
        search={search}
        states={states}
        word={word}
        count={(state) => <Total asked={of(state)} />}
        tools={
          <Tools>
            {props.filters?.(search)}
            <Filter
              search={search}
              name="kind"
              label={t("auctions.kind")}
              any={t("auctions.any_kind")}
              options={(["unit", "lot"] as const).map((kind) => ({
                value: kind,
                label: t(`auctions.kinds.${kind}`),
              }))}
            />
            <SearchField search={search} label={t("auctions.search")} hint={t("auctions.search_hint")} />
          </Tools>
        }
      >
        {(state) => <List {...props} search={search} state={state} asking={of(state)} />}
      </StateTabs>
    </>
  );
}

function Total({ asked }: { asked: AuctionsAsked }) {
  return <Count of={useAuctions(asked, 1).data?.total} />;
}

const NARROWING = ["q", "dealer", "kind"] as const;

/** What the address narrows the lists to. */
function narrowed(search: ListSearch): AuctionsAsked {
  const kind = (["unit", "lot"] as const).find((one) => one === search.value("kind"));
  return { q: search.value("q"), dealer: search.value("dealer"), ...(kind ? { kind } : {}) };
}

interface ListProps<State extends string> extends Props<State> {
  search: ListSearch;
  state: State;
  asking: AuctionsAsked;
}

function List<State extends string>(props: ListProps<State>) {
  const { t } = useTranslation();
  const { search, state, asking, word, head, row, file } = props;
  const list = useAuctions(asking, search.page);
  const isNarrowed = NARROWING.some((name) => search.value(name) !== "");
  const clear = () => search.change(Object.fromEntries(NARROWING.map((name) => [name, ""])));
  const nothing = (
    <Empty
      action={
        <Button variant="default" onClick={clear}>
          {t("auctions.clear_search")}
        </Button>
      }
    >
      {search.value("q") ? t("auctions.nothing", { search: search.value("q") }) : t("auctions.nothing_so")}
    </Empty>
  );
  return (
    <ListFrame
      list={list}
      search={search}
      empty={isNarrowed ? nothing : <Empty>{props.empty(state)}</Empty>}
      foot={
        <ListFile
          name={word(state)}
          columns={file}
          load={() =>
            everyPage((page) => ask("GET /api/auctions", { query: { ...asking, page, limit: FILE_PAGE } }))
          }
        />
      }
    >
      {({ items }) => (
        <section className={`${desk.card} ${css.list}`} aria-label={word(state)}>
          {head(state)}
          <ul>{items.map((item) => row(item, state))}</ul>
        </section>
      )}
    </ListFrame>
  );
}
