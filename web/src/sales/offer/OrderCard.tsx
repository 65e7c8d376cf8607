/** The order that stands, with its deliveries and its invoice (§6.1); and those that were cancelled before it. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { useMay } from "../../desk/me";
import { PaperLink } from "../../desk/PaperLink";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { DeliveryAnswer, Offer, OrderAnswer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { MOVED, useSites } from "../api";
import { DeclareDelivery } from "../deliveries/DeclareDelivery";
import { DeclareInvoice } from "../deliveries/DeclareInvoice";
import { briefly, ScheduleDelivery } from "../deliveries/ScheduleDelivery";
import { DeliveryChip, Moment, Money } from "../pieces";
import css from "../sales.module.css";
import { Reason } from "./Deeds";
import { undelivered, whyNotCancelled } from "./steps";

interface Props {
  offer: Offer;
  order: OrderAnswer;
  deliveries: DeliveryAnswer[];
}

export function OrderCard({ offer, order, deliveries }: Props) {
  const { t } = useTranslation("sales");
  const sites = useSites(offer.entity.id);
  const site = sites.data?.find(({ id }) => id === order.delivery_site);
  const facts: [string, ReactNode][] = [
    [t("order.representative"), order.legal_representative],
    [t("order.date"), <Moment key="date" at={order.delivery_date} shape="date" />],
    [t("order.site"), site ? `${site.name}, ${site.city}` : t("none")],
    [t("order.payment"), t(`payments.${order.payment_method}`)],
    [t("order.documents"), order.documents.map((one) => t(`documents.${one}`)).join(", ")],
    [t("order.deposit"), <Money key="deposit" amount={order.deposit} />],
    [t("order.invoice"), order.invoice ?? t("order.not_invoiced")],
  ];
  return (
    <section className={desk.card} aria-label={t("order.card", { number: order.display_number })}>
      <div className={css.bar}>
        <h2>{t("order.card", { number: order.display_number })}</h2>
        <PaperLink
          address={`api/orders/${order.id}/paper.pdf`}
          says={t("delivery.order_paper")}
          name={`${t("delivery.order_paper")} · ${order.display_number}`}
          look="small-button"
        />
      </div>
      <dl className={`${css.facts} ${css.left}`}>
        {facts.map(([name, fact]) => (
          <div key={name} className={css.pair}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <OrderDeeds offer={offer} order={order} deliveries={deliveries} />
    </section>
  );
}

function OrderDeeds({ offer, order, deliveries }: Props) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const declares = may("declare_deliveries", offer.entity.id);
  const offers = may("make_offers", offer.entity.id);
  const why = whyNotCancelled(order, deliveries);
  const reasons = [
    ...(why ? [[t("step.cancel_order"), t(`why.${why}`)]] : []),
    ...(!why && !offers ? [[t("step.cancel_order"), t("no_right")]] : []),
    ...(order.invoice === null && !declares ? [[t("step.invoice"), t("no_right")]] : []),
  ];
  return (
    <>
      <div className={`${css.deeds} ${css.below}`}>
        {declares && order.invoice === null ? (
          <DeclareInvoice order={order} buyer={offer.trader.name} total={order.total} />
        ) : null}
        {offers && !why ? <CancelOrder offer={offer} order={order} /> : null}
      </div>
      {reasons.length > 0 ? (
        <ul className={`${css.notNow} ${css.below}`}>
          {reasons.map(([deed, reason]) => (
            <li key={deed}>
              <b>{deed}</b> · {reason}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function CancelOrder({ offer, order }: Pick<Props, "offer" | "order">) {
  const { t } = useTranslation("sales");
  const [reason, setReason] = useState("");
  const cancel = useAction(
    () =>
      ask("POST /api/orders/{id}/cancellation", { ids: { id: order.id }, body: { reason: reason.trim() } }),
    { refresh: MOVED, said: t("said.order_cancelled") },
  );
  return (
    <ConfirmButton
      deed={t("step.cancel_order")}
      title={t("order.cancel_title", { number: order.display_number })}
      ready={reason.trim() !== ""}
      back={t("keep")}
      onConfirm={() => cancel.mutateAsync()}
    >
      <p>{t("order.cancel_text", { buyer: offer.trader.name })}</p>
      <Reason value={reason} onChange={setReason} hint />
    </ConfirmButton>
  );
}

/** What was and will be delivered of the order. */
export function Deliveries({ offer, order, deliveries }: Props) {
  const { t } = useTranslation("sales");
  const declares = useMay()("declare_deliveries", offer.entity.id);
  const sites = useSites(offer.entity.id);
  const site = sites.data?.find(({ id }) => id === order.delivery_site);
  const waiting = new Set(undelivered(order, deliveries));
  const due = {
    order: { id: order.id, display_number: order.display_number, offer: offer.id },
    entity: offer.entity.id,
    buyer: offer.trader.name,
    delivery_date: order.delivery_date,
    site: { id: order.delivery_site, name: site?.name ?? "" },
    vehicles: offer.vehicles.filter(({ id }) => waiting.has(id)),
  };
  return (
    <section className={desk.card} aria-label={t("delivery.list")}>
      <div className={css.bar}>
        <h2>{t("delivery.list")}</h2>
        {declares && due.vehicles.length > 0 ? (
          <ScheduleDelivery key={due.vehicles.map(({ id }) => id).join()} due={due} primary />
        ) : null}
      </div>
      {deliveries.length === 0 ? <p className={desk.muted}>{t("delivery.none")}</p> : null}
      <ul className={css.rows}>
        {deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} declares={declares} />
        ))}
      </ul>
      {!declares ? (
        <p className={`${css.notNow} ${css.below}`}>
          <b>{t("step.schedule")}</b> · {t("no_right")}
        </p>
      ) : null}
    </section>
  );
}

function Delivery({ delivery, declares }: { delivery: DeliveryAnswer; declares: boolean }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  return (
    <li>
      <span className={css.name}>
        <b>
          <Moment at={delivery.scheduled_at} />
        </b>{" "}
        · {delivery.site.name}
        <span className={css.under}>{delivery.vehicles.map(briefly).join(", ")}</span>
        {delivery.declared_at && (delivery.status === "honoured" || delivery.status === "not_honoured") ? (
          <span className={css.under}>
            {t(`delivery.at_${delivery.status}`, {
              at: formatTime(delivery.declared_at, "dayClock", language),
            })}
          </span>
        ) : null}
        {delivery.report ? (
          <span className={css.under}>{t("order.quoted", { words: delivery.report })}</span>
        ) : null}
      </span>
      <DeliveryChip status={delivery.status} />
      <span className={css.buttons}>
        {declares && delivery.status === "scheduled" ? <DeclareDelivery delivery={delivery} compact /> : null}
        {delivery.status === "cancelled" ? null : (
          <PaperLink
            address={`api/deliveries/${delivery.id}/note.pdf`}
            says={t("delivery.note")}
            name={`${t("delivery.note")} · ${delivery.vehicles.map(briefly).join(", ")}`}
            look="small-button"
          />
        )}
      </span>
    </li>
  );
}

export function PastOrders({ orders }: { orders: OrderAnswer[] }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  if (orders.length === 0) return null;
  return (
    <section className={desk.card} aria-label={t("order.past_orders")}>
      <h2>{t("order.past_orders")}</h2>
      <ul className={css.rows}>
        {orders.map((order) => (
          <li key={order.id}>
            <span className={css.wrap}>
              {t("order.past_line", {
                number: order.display_number,
                placed: formatTime(order.placed_at, "dayClock", language),
                cancelled: formatTime(order.cancelled_at ?? "", "dayClock", language),
                reason: order.reason ?? "",
              })}
            </span>
            <PaperLink
              address={`api/orders/${order.id}/paper.pdf`}
              says={t("delivery.order_paper")}
              name={`${t("delivery.order_paper")} · ${order.display_number}`}
              look="small-button"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
