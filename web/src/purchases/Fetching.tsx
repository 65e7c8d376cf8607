/** Where and when the vehicles are fetched, whom to call there, the papers, and who sells (§6.1, §6.4). */
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { PaperLink } from "../desk/PaperLink";
import { Chip, type Tone } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { PaperSeller, PurchaseDescription, ScheduledDelivery } from "../wire/generated/http";
import { Place } from "./pieces";
import css from "./purchases.module.css";

export function Fetching({ bought: { order, ended_at } }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  if (order === null)
    return ended_at ? null : (
      <section className={desk.card}>
        <h2>{t("one.where")}</h2>
        <p className={desk.muted}>{t("one.no_order")}</p>
      </section>
    );
  return (
    <section className={desk.card}>
      <h2>{t("one.where")}</h2>
      <p>
        <span className={desk.muted}>{t("one.agreed")}</span>{" "}
        <b>
          <time dateTime={order.delivery_date}>{formatTime(order.delivery_date, "date", language)}</time>
        </b>
      </p>
      <Place site={order.site} />
      {order.deliveries.length > 0 ? (
        <ul>
          {order.deliveries.map((delivery) => (
            <Appointment key={delivery.id} delivery={delivery} usual={order.site.name} />
          ))}
        </ul>
      ) : null}
      <h3>{t("one.payment")}</h3>
      <p>{t(`payments.${order.payment_method}`)}</p>
      {order.documents.length > 0 ? (
        <>
          <h3>{t("one.documents")}</h3>
          <ul>
            {order.documents.map((document) => (
              <li key={document}>{t(`documents.${document}`)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

const TONES: Record<ScheduledDelivery["status"], { tone: Tone; sign: string }> = {
  scheduled: { tone: "win", sign: "◷" },
  honoured: { tone: "win", sign: "✓" },
  not_honoured: { tone: "warn", sign: "!" },
  cancelled: { tone: "plain", sign: "✕" },
};

function Appointment({ delivery, usual }: { delivery: ScheduledDelivery; usual: string }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const { scheduled_at, status, site, vehicles } = delivery;
  const at = formatTime(scheduled_at, "dayClock", language);
  return (
    <li className={css.delivery}>
      <span className={css.line}>
        <b>{t("one.scheduled", { at })}</b>
        <Chip {...TONES[status]}>{t(`deliveries.${status}`)}</Chip>
      </span>
      <span className={desk.muted}>{t("one.some_vehicles", { count: vehicles.length })}</span>
      {site.name === usual ? null : <Place site={site} />}
      <PaperLink
        address={delivery.note}
        says={t("papers.delivery")}
        name={`${t("papers.delivery")} · ${at}`}
      />
    </li>
  );
}

export function Papers({ bought: { offer, number, order } }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  return (
    <section className={desk.card}>
      <h2>{t("one.papers")}</h2>
      <div className={css.list}>
        <PaperLink
          address={`api/offers/${offer}/paper.pdf`}
          says={t("papers.offer_of", { number })}
          name={t("papers.offer_of", { number })}
        />
        {order ? (
          <PaperLink
            address={`api/orders/${order.id}/paper.pdf`}
            says={t("papers.order_of", { number: order.display_number })}
            name={t("papers.order_of", { number: order.display_number })}
          />
        ) : null}
        {order?.invoice ? (
          <span>
            <span className={desk.muted}>{t("one.invoice")}</span> {order.invoice}
          </span>
        ) : null}
      </div>
    </section>
  );
}

export function Seller({ seller }: { seller: PaperSeller }) {
  const { t } = useTranslation("purchases");
  return (
    <section className={desk.card}>
      <h2>{t("one.seller")}</h2>
      <Place site={{ ...seller, name: seller.entity }} />
      <p className={css.under}>
        {[
          seller.group,
          seller.siret && t("one.siret", { siret: seller.siret }),
          seller.vat_number && t("one.vat_number", { number: seller.vat_number }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </section>
  );
}
