/** Who did what to this vehicle and when, newest first: each change with what stood before and what stands now. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { Lost, lossOf, NotFresh } from "../../desk/fresh";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { RecordedChange } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useColumns, VEHICLES } from "../api";
import type { FieldWords } from "../fields.fr";
import { useValueText } from "../values";
import css from "./card.module.css";

const PER_PAGE = 10;

export function Records({ vehicle }: { vehicle: number }) {
  const { t } = useTranslation("stock");
  const records = useInfiniteQuery({
    queryKey: [...VEHICLES, "records", vehicle],
    queryFn: ({ pageParam, signal }) =>
      ask("GET /api/history", {
        query: { subject: "vehicle", id: vehicle, before: pageParam, limit: PER_PAGE },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={desk.card} aria-labelledby="title-records">
      <h2 id="title-records" className={css.sectionHead}>
        {t("card.records.title")}
      </h2>
      {lossOf(records) ? <Lost read={records} /> : null}
      <NotFresh read={records} />
      {records.data && items.length === 0 ? <p className={desk.muted}>{t("card.records.none")}</p> : null}
      <ol className={css.records}>
        {items.map((one) => (
          <Line key={one.id} record={one} />
        ))}
      </ol>
      {records.hasNextPage ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={records.isFetchingNextPage}
          onClick={() => void records.fetchNextPage()}
        >
          {t("card.records.more")}
        </Button>
      ) : null}
    </section>
  );
}

function Line({ record }: { record: RecordedChange }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const changes = Object.entries(record.change);
  return (
    <li>
      <p>
        <b>{t(`card.records.actions.${record.action as "changed"}`, t("card.records.actions.changed"))}</b>{" "}
        <span className={desk.muted}>
          {formatTime(record.at, "dayClock", language)} · {record.user?.name ?? t("card.records.house")}
        </span>
      </p>
      {record.action === "created" || record.action === "imported" ? null : (
        <ul className={css.changes}>
          {changes.map(([field, change]) => (
            <ChangeLine key={field} field={field} change={change} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Renamed since, or told by the record alone. */
const FIELDS: Record<string, string> = {
  site: "site_name",
  physical_site: "physical_site_name",
  site_id: "site_name",
  physical_site_id: "physical_site_name",
  moved_to_site_id: "moved_to_site",
  contracts: "service_contracts",
  co2_g_km: "co2_g_per_km",
  stock_muted: "muted",
};

function ChangeLine({ field, change }: { field: string; change: unknown }) {
  const { t } = useTranslation("stock");
  const columns = useColumns();
  const valueText = useValueText();
  const name = FIELDS[field] ?? field;
  const label = t(`fields.${name as keyof FieldWords}`, t(`card.records.also.${name as "reason"}`, ""));
  // What has no name of ours (an id of a photo, of an offer) tells a reader nothing.
  if (!label || !Array.isArray(change)) return null;
  // As many rows as before: their count would tell nothing; of photos put into another order the deed tells all.
  if (change.every(Array.isArray) && change[0]?.length === change[1]?.length)
    return name === "photos" ? null : <li>{label}</li>;
  const column = columns.data?.find((one) => one.name === name);
  const written = (value: unknown) => {
    if (Array.isArray(value)) return t("card.records.rows", { count: value.length });
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "object") return "…";
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    return column ? valueText(column, value as string | number) : String(value);
  };
  return (
    <li>
      {t("card.records.field", { field: label })} <s>{written(change[0])}</s> → {written(change[1])}
    </li>
  );
}
