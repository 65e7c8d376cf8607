/** Everything the reader was told, newest first, under its days: all or the unread; read one by one, or all at once. */
import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { useAction } from "../desk/form/action";
import { Empty, usePageTitle } from "../desk/pieces";
import { ListFrame, Tools } from "../desk/table/ListFrame";
import { useListSearch } from "../desk/table/search";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { BodyOf } from "../wire/http";
import { ask } from "../wire/http";
import { byDay } from "./days";
import { NoticeLine } from "./NoticeLine";
import css from "./notices.module.css";
import { NOTIFICATIONS } from "./unread";

const PER_PAGE = 50;

/** Marks notifications as read, some or all. */
export function useReading() {
  return useAction(
    (body: BodyOf<"POST /api/notifications/read">) => ask("POST /api/notifications/read", { body }),
    { refresh: [NOTIFICATIONS] },
  );
}

export function NotificationsPage() {
  const { t } = useTranslation("notices");
  const language = useLanguage();
  const search = useListSearch();
  const reading = useReading();
  const unread = search.value("unread") === "1";
  usePageTitle(t("title"));
  const list = useQuery({
    queryKey: [...NOTIFICATIONS, "list", unread, search.page],
    queryFn: ({ signal }) =>
      ask("GET /api/notifications", { query: { unread, page: search.page, limit: PER_PAGE }, signal }),
    placeholderData: keepPreviousData,
  });
  const left = list.data?.unread;
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
        <Button
          variant="default"
          disabled={!left}
          loading={reading.isPending && reading.variables.all === true}
          onClick={() => reading.mutate({ all: true })}
        >
          {t("read_all")}
        </Button>
      </div>
      <Tools>
        <SegmentedControl
          aria-label={t("show")}
          value={unread ? "unread" : "all"}
          onChange={(chosen) => search.change({ unread: chosen === "unread" ? "1" : "" })}
          data={[
            { value: "all", label: t("all") },
            {
              value: "unread",
              label: t("unread", { left: left === undefined ? "…" : formatCount(left, language) }),
            },
          ]}
        />
      </Tools>
      <ListFrame
        list={list}
        search={search}
        empty={<Empty>{unread ? t("nothing_unread") : t("nothing")}</Empty>}
      >
        {({ items }) =>
          byDay(items).map(([day, told]) => (
            <section key={day} className={css.day} aria-label={formatTime(day, "weekday", language)}>
              <h2>{formatTime(day, "weekday", language)}</h2>
              <ul className={desk.card}>
                {told.map((notice) => (
                  <NoticeLine
                    key={notice.id}
                    notice={notice}
                    onRead={() => reading.mutate({ ids: [notice.id] })}
                  />
                ))}
              </ul>
            </section>
          ))
        }
      </ListFrame>
    </>
  );
}
