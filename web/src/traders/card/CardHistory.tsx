/** What was done to a trader's card and its connections, newest first: who, when, what. */
import { Skeleton } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { ListFile } from "../../desk/table/ListFile";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { RecordedChange, SentInvitation, TraderCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { COMPANY_FIELDS } from "../company";
import own from "../traders.module.css";

/** What a record is told as; what is none of these is not told here. */
const TOLD = [
  "trader_company.created",
  "trader_company.changed",
  "connection.activated",
  "connection.removed",
] as const;

function useRecords(trader: TraderCard) {
  const subjects = [
    { subject: "trader_company", id: trader.id },
    ...trader.connections.map(({ id }) => ({ subject: "connection", id })),
  ];
  return useQueries({
    queries: subjects.map((query) => ({
      queryKey: ["history", "card", query],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await ask("GET /api/history", { query, signal })).items,
    })),
    combine: (all) => ({
      isPending: all.some(({ isPending }) => isPending),
      items: all.flatMap(({ data }) => data ?? []),
    }),
  });
}

interface Line {
  key: string;
  at: string;
  who: string | undefined;
  told: string;
}

export function CardHistory({ trader, invitations }: { trader: TraderCard; invitations: SentInvitation[] }) {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  const tell = useTold();
  const { isPending, items } = useRecords(trader);
  const lines: Line[] = [
    ...items.map((item) => ({
      key: `${item.subject} ${item.id}`,
      at: item.at,
      who: item.user?.name,
      told: tell(item),
    })),
    ...invitations.map((one) => ({
      key: `sent ${one.id}`,
      at: one.sent_at,
      who: one.invited_by,
      told: t("history.invited", {
        to: one.email ?? t("invitations.to_users"),
        entities: one.entities.map(({ name }) => name).join(", "),
      }),
    })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <section className={`${desk.card} ${css.stack}`} aria-labelledby="history">
      <div className={own.part}>
        <h2 id="history">{t("card.history")}</h2>
        <Link href={`/history?subject=trader_company&id=${trader.id}`}>{t("card.whole_history")}</Link>
      </div>
      {isPending ? <Skeleton height={80} aria-busy="true" /> : null}
      {!isPending && lines.length === 0 ? <p className={desk.muted}>{t("card.no_history")}</p> : null}
      <ul className={own.rows}>
        {lines.map(({ key, at, who, told }) => (
          <li key={key}>
            <span>{told}</span>
            <span className={`${desk.muted} ${desk.small}`}>
              {[formatTime(at, "dayClock", language), who].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > 0 ? <HistoryFile lines={lines} /> : null}
    </section>
  );
}

function HistoryFile({ lines }: { lines: Line[] }) {
  const { t } = useTranslation("traders");
  return (
    <div>
      <ListFile<Line>
        name={t("card.history_file")}
        load={async () => lines}
        columns={[
          { head: t("card.when"), cell: ({ at }) => at },
          { head: t("card.who"), cell: ({ who }) => who },
          { head: t("card.what"), cell: ({ told }) => told },
        ]}
      />
    </div>
  );
}

/** A record in words. */
function useTold(): (item: RecordedChange) => string {
  const { t } = useTranslation("traders");
  return (item) => {
    const told = TOLD.find((one) => one === `${item.subject}.${item.action}`);
    const fields = COMPANY_FIELDS.filter((field) => field in item.change);
    if (told === "trader_company.changed")
      return t("history.changed", { fields: fields.map((field) => t(`company.${field}`)).join(", ") });
    if (told === "trader_company.created") return t("history.created");
    return told === undefined
      ? t("history.other")
      : t(told === "connection.activated" ? "history.connected" : "history.removed", {
          entity: item.entity ?? "",
        });
  };
}
