/** The steps of an offer, its orders, deliveries and invoices as they are on record, the newest first. */
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import type { DeliveryAnswer, Offer, OrderAnswer, RecordedChange } from "../../wire/generated/http";
import { type Subject, useRecords } from "../api";
import { Moment, nameOf } from "../pieces";
import css from "../sales.module.css";
import { vehiclesOf } from "./steps";

interface Props {
  offer: Pick<Offer, "id" | "vehicles">;
  orders: OrderAnswer[];
  deliveries: DeliveryAnswer[];
}

const OFFER_ACTIONS = [
  "made",
  "changed",
  "validated",
  "sent",
  "vehicles_added",
  "vehicle_removed",
  "abandoned",
  "cancelled",
] as const;
/** Told by the order's own record. */
const TOLD_ELSEWHERE = ["ordered", "order_cancelled"];

interface Entry {
  key: string;
  at: string;
  text: string;
  by?: string | undefined;
  notes: string[];
}

export function Timeline({ offer, orders, deliveries }: Props) {
  const { t } = useTranslation("sales");
  const subjects: Subject[] = [
    { subject: "offer", id: offer.id },
    ...orders.map(({ id }) => ({ subject: "order" as const, id })),
    ...deliveries.map(({ id }) => ({ subject: "delivery" as const, id })),
  ];
  const records = useRecords(subjects);
  const told = useTold(offer.vehicles, orders, deliveries);
  const invoices = orders.flatMap(({ id, invoice, invoiced_at }): Entry[] =>
    invoice && invoiced_at
      ? [
          {
            key: `invoice-${id}`,
            at: invoiced_at,
            text: t("timeline.invoiced", { number: invoice }),
            notes: [],
          },
        ]
      : [],
  );
  const entries = [
    ...invoices,
    ...records.items.filter(({ action }) => !TOLD_ELSEWHERE.includes(action)).map(told),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <section className={desk.card} aria-label={t("timeline.title")} aria-busy={records.isPending}>
      <h2>{t("timeline.title")}</h2>
      {entries.length === 0 && !records.isPending ? (
        <p className={desk.muted}>{t("timeline.empty")}</p>
      ) : null}
      <ol className={css.timeline}>
        {entries.map(({ key, at, text, by, notes }) => (
          <li key={key}>
            {text}
            {notes.map((note) => (
              <span key={note} className={css.under}>
                {note}
              </span>
            ))}
            <span className={css.under}>
              <Moment at={at} />
              {by ? ` · ${by}` : ""}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A record in words. */
function useTold(
  vehicles: Offer["vehicles"],
  orders: OrderAnswer[],
  deliveries: DeliveryAnswer[],
): (record: RecordedChange) => Entry {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const ofOrder = ({ subject_id, action }: RecordedChange): string => {
    const number = orders.find(({ id }) => id === subject_id)?.display_number ?? "";
    return t(action === "cancelled" ? "timeline.order.cancelled" : "timeline.order.placed", { number });
  };
  const ofDelivery = ({ subject_id, action, change }: RecordedChange): string => {
    const delivery = deliveries.find(({ id }) => id === subject_id);
    const at = formatTime(delivery?.scheduled_at ?? "", "dayClock", language);
    if (action === "scheduled") return t("timeline.delivery.scheduled", { at });
    if (action !== "declared") return t("timeline.delivery.other");
    return t(`timeline.delivery.declared_${after(change, "status") === "honoured" ? "" : "not_"}honoured`);
  };
  const textOf = (record: RecordedChange): string => {
    const { subject, action } = record;
    if (subject === "order") return ofOrder(record);
    if (subject === "delivery") return ofDelivery(record);
    return t(`timeline.offer.${OFFER_ACTIONS.find((one) => one === action) ?? "other"}`);
  };
  const notesOf = ({ subject, change }: RecordedChange): string[] => {
    const named = (ids: number[]) => vehicles.filter(({ id }) => ids.includes(id)).map(nameOf);
    const prices = Object.entries(change).flatMap(([field, values]) => {
      const [before, now] = Array.isArray(values) ? values : [];
      if (!isAmount(before) || !isAmount(now)) return [];
      const price = t("timeline.price", {
        before: formatAmount(before, language),
        after: formatAmount(now, language),
      });
      return [[...named(vehiclesOf(field, values)), price].join(" · ")];
    });
    const added = named(vehiclesOf("vehicles", change.vehicles));
    const said = [after(change, "reason"), subject === "delivery" ? after(change, "report") : null];
    return [...added, ...prices, ...said.filter((text): text is string => typeof text === "string")];
  };
  return (record) => ({
    key: `record-${record.id}`,
    at: record.at,
    text: textOf(record),
    by: record.user?.name ?? t("timeline.house"),
    notes: notesOf(record),
  });
}

/** What a field became. */
function after(change: RecordedChange["change"], field: string): unknown {
  const values = change[field];
  return Array.isArray(values) ? values[1] : undefined;
}

function isAmount(value: unknown): value is string {
  return typeof value === "string" && /^-?\d+\.\d{2}$/.test(value);
}
