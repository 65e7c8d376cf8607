/** The dealer's pinned searches of the stock (§4.8), each with how many vehicles it finds. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { Problem } from "../desk/pieces";
import { formatCount } from "../desk/times";
import { useLanguage } from "../language";
import type { KeptSearch } from "../wire/generated/http";
import { ask } from "../wire/http";
import css from "./home.module.css";
import { listAddress } from "./tiles";

const AGAIN_MS = 60_000;

/** The list of vehicles as that search asks for it. */
function searchAddress({ filters, entity, sort, columns }: KeptSearch): string {
  return listAddress("/vehicles", {
    ...filters,
    entity: entity ?? undefined,
    sort,
    columns: columns.join(","),
  });
}

export function Pinned() {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const searches = useQuery({
    // Beside the vehicles, whose changes change the counts.
    queryKey: ["vehicles", "saved-searches", "home"],
    queryFn: ({ signal }) => ask("GET /api/saved-searches", { signal }),
    select: ({ items }) => items.filter(({ pinned }) => pinned),
    refetchInterval: AGAIN_MS,
    refetchOnMount: "always",
  });
  return (
    <section className={`${desk.card} ${css.panel}`} aria-labelledby="home-pinned">
      <header className={css.head}>
        <h2 id="home-pinned">{t("pinned")}</h2>
        <Link href="/vehicles">{t("all_vehicles")}</Link>
      </header>
      {searches.isLoadingError ? (
        <Problem error={searches.error} retry={() => void searches.refetch()} />
      ) : null}
      {searches.data?.length === 0 ? <p className={css.hint}>{t("none_pinned")}</p> : null}
      {searches.isPending ? <Skeleton height={120} radius="md" /> : null}
      <ul aria-busy={searches.isPending}>
        {searches.data?.map((search) => (
          <li key={search.id} className={css.row}>
            <Link href={searchAddress(search)} className={css.link}>
              {search.name}
            </Link>
            <b className={css.count}>
              {search.count === null ? "–" : formatCount(search.count, language)}
              {search.count_is_bound ? "+" : ""}
            </b>
          </li>
        ))}
      </ul>
    </section>
  );
}
