/** The latest of what the dealer was told; following one reads it. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { Problem } from "../desk/pieces";
import { NoticeLine } from "../notices/NoticeLine";
import { useReading } from "../notices/NotificationsPage";
import { NOTIFICATIONS } from "../notices/unread";
import { ask } from "../wire/http";
import css from "./home.module.css";

const SHOWN = 6;

export function Latest() {
  const { t } = useTranslation("home");
  const reading = useReading();
  const latest = useQuery({
    queryKey: [...NOTIFICATIONS, "home"],
    queryFn: ({ signal }) => ask("GET /api/notifications", { query: { limit: SHOWN }, signal }),
  });
  return (
    <section className={`${desk.card} ${css.panel}`} aria-labelledby="home-latest">
      <header className={css.head}>
        <h2 id="home-latest">{t("latest")}</h2>
        <Link href="/notifications">{t("all_notifications")}</Link>
      </header>
      {latest.isLoadingError ? <Problem error={latest.error} retry={() => void latest.refetch()} /> : null}
      {latest.data?.items.length === 0 ? <p className={css.hint}>{t("none_told")}</p> : null}
      {latest.isPending ? <Skeleton height={120} radius="md" /> : null}
      <ul aria-busy={latest.isPending}>
        {latest.data?.items.map((notice) => (
          <NoticeLine
            key={notice.id}
            notice={notice}
            dated
            onRead={() => reading.mutate({ ids: [notice.id] })}
          />
        ))}
      </ul>
    </section>
  );
}
