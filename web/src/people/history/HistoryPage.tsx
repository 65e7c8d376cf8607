/** Who did what and when, newest first: by kind, person, entity and period; each change from what to what; as a file. */
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { Empty, Problem, usePageTitle } from "../../desk/pieces";
import { EntityFilter } from "../../desk/table/EntityFilter";
import { Filter } from "../../desk/table/Filter";
import { Tools } from "../../desk/table/ListFrame";
import { type ListSearch, useListSearch } from "../../desk/table/search";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { byDay } from "../../notices/days";
import type { RecordedChange } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { RECORDS } from "../api";
import css from "../people.module.css";
import type { Names } from "./changes";
import { HistoryFile } from "./HistoryFile";
import { PersonFilter } from "./PersonFilter";
import { queryOf } from "./query";
import { RecordLine } from "./RecordLine";
import { useSubjectName } from "./values";
import { fr } from "./words.fr";

const PER_PAGE = 50;

export function HistoryPage() {
  const { t } = useTranslation("people");
  const search = useListSearch();
  usePageTitle(t("history.title"));
  const query = queryOf(search.value);
  const list = useInfiniteQuery({
    queryKey: [...RECORDS, "list", query],
    queryFn: ({ pageParam, signal }) =>
      ask("GET /api/history", {
        query: { ...query, limit: PER_PAGE, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const records = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("history.title")}</h1>
        <HistoryFile query={query} />
      </div>
      <Filters search={search} />
      {list.isPending ? <Skeleton height={320} radius="md" aria-busy="true" /> : null}
      {list.isLoadingError || list.isFetchNextPageError ? (
        <Problem error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.data && records.length === 0 ? (
        <div className={desk.card}>
          <Empty>{t("history.nothing")}</Empty>
        </div>
      ) : null}
      <Days records={records} names={together(list.data?.pages.map(({ names }) => names) ?? [])} />
      {list.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("history.older")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The names of every page, in one. */
function together(pages: Names[]): Names {
  const all: Names = {};
  for (const names of pages)
    for (const [subject, called] of Object.entries(names)) all[subject] = { ...all[subject], ...called };
  return all;
}

function Days({ records, names }: { records: RecordedChange[]; names: Names }) {
  const language = useLanguage();
  return (
    <div className={`${css.cards} ${css.days}`}>
      {byDay(records).map(([day, items]) => (
        <section key={day} className={desk.card} aria-label={formatTime(day, "weekday", language)}>
          <h2>{formatTime(day, "weekday", language)}</h2>
          <ul>
            {items.map((record) => (
              <RecordLine key={record.id} record={record} names={names} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Filters({ search }: { search: ListSearch }) {
  const { t } = useTranslation("people");
  const subjectName = useSubjectName();
  const subjects = Object.keys(fr.subjects).filter((one) => one !== "other");
  return (
    <Tools>
      <Filter
        search={search}
        name="subject"
        label={t("history.subject")}
        any={t("history.any_subject")}
        options={subjects
          .map((one) => ({ value: one, label: subjectName(one) }))
          .sort((a, b) => a.label.localeCompare(b.label))}
      />
      <PersonFilter search={search} />
      <EntityFilter search={search} />
      {(["from", "to"] as const).map((side) => (
        <TextInput
          key={side}
          type="date"
          label={t(`history.${side}`)}
          value={search.value(side)}
          onChange={(event) => search.change({ [side]: event.currentTarget.value })}
        />
      ))}
      {search.value("id") ? (
        <Button variant="default" onClick={() => search.change({ id: "" })}>
          {t("history.all_of_them")}
        </Button>
      ) : null}
    </Tools>
  );
}
