/** What stands around every paged list: while it comes, when it fails, when it is empty, its pages, its count. */
import { Pagination, Skeleton, TextInput } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../language";
import desk from "../desk.module.css";
import { Lost, lossOf, NotFresh } from "../fresh";
import { formatCount } from "../times";
import css from "./frame.module.css";
import { type ListSearch, useTypedSearch } from "./search";

export interface Paged<Row> {
  items: Row[];
  page: number;
  pages: number;
  total: number;
  /** More than `total` were found, and nobody has counted how many. */
  total_is_bound?: boolean;
}

interface Props<List extends Paged<unknown>> {
  list: UseQueryResult<List>;
  search: ListSearch;
  /** What an empty list says, and what to do next. */
  empty: ReactNode;
  /** Beside the count, below the list: exports. */
  foot?: ReactNode;
  children: (list: List) => ReactNode;
}

export function ListFrame<List extends Paged<unknown>>({ list, search, empty, foot, children }: Props<List>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (list.isPending) return <Skeleton height={220} radius="md" aria-busy="true" />;
  if (list.data === undefined || lossOf(list)) return <Lost read={list} />;
  if (list.data.items.length === 0 && list.data.page === 1) return <div className={desk.card}>{empty}</div>;
  return (
    <div aria-busy={list.isPlaceholderData}>
      <NotFresh read={list} />
      {children(list.data)}
      <div className={css.foot}>
        <span className={desk.muted}>
          {t(list.data.total_is_bound ? "table.more_than" : "table.count", {
            count: list.data.total,
            figure: formatCount(list.data.total, language),
          })}
        </span>
        {list.data.pages > 1 ? (
          <Pagination
            value={list.data.page}
            total={list.data.pages}
            onChange={(page) => search.change({ page })}
            aria-label={t("table.pages")}
            getControlProps={(control) => ({ "aria-label": t(`table.page_${control}`) })}
            size="sm"
          />
        ) : null}
        {foot}
      </div>
    </div>
  );
}

/** The field that searches a list. */
export function SearchField(props: { search: ListSearch; label: string; hint?: string }) {
  const [typed, type] = useTypedSearch(props.search);
  return (
    <TextInput
      className={css.search ?? ""}
      type="search"
      aria-label={props.label}
      placeholder={props.hint ?? props.label}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

/** A row of tools above a list: search and filters left, actions right. */
export function Tools({ children }: { children: ReactNode }) {
  return <div className={css.tools}>{children}</div>;
}
