/** An offer whole (§6.1, §6.2): who buys, what, for how much, how far it is, what can be done now, and what was. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { OneThing } from "../../desk/OneThing";
import { usePageTitle } from "../../desk/pieces";
import type { DeliveryAnswer, Offer, OrderAnswer } from "../../wire/generated/http";
import { useWholeOffer } from "../api";
import { Moment, OfferChip } from "../pieces";
import css from "../sales.module.css";
import { Deeds } from "./Deeds";
import { Guests } from "./Guests";
import { Deliveries, OrderCard, PastOrders } from "./OrderCard";
import { Prices } from "./Prices";
import { undelivered } from "./steps";
import { Timeline } from "./Timeline";
import { Totals } from "./Totals";
import { usePricing } from "./typed";

export function OfferPage({ offer: id }: { offer: number }) {
  return <OneThing read={useWholeOffer(id)}>{(whole) => <Whole {...whole} />}</OneThing>;
}

interface WholeOffer {
  offer: Offer;
  orders: OrderAnswer[];
  deliveries: DeliveryAnswer[];
}

function Whole({ offer, orders, deliveries }: WholeOffer) {
  const { t } = useTranslation("sales");
  usePageTitle(t("offer.heading", { number: offer.display_number }));
  const pricing = usePricing(offer);
  const placed = orders.find(({ status }) => status === "placed");
  const past = orders.filter(({ status }) => status === "cancelled");
  const ofPlaced = deliveries.filter(({ order }) => order?.id === placed?.id);
  return (
    <>
      <Head offer={offer} />
      <Progress offer={offer} order={placed} deliveries={ofPlaced} />
      <Deeds offer={offer} held={pricing.dirty} />
      <div className={desk.columns}>
        <div className={desk.column}>
          <Prices offer={offer} pricing={pricing} />
          {placed ? (
            <>
              <Deliveries offer={offer} order={placed} deliveries={ofPlaced} />
              <OrderCard offer={offer} order={placed} deliveries={ofPlaced} />
            </>
          ) : null}
          <PastOrders orders={past} />
          <Guests offer={offer} />
        </div>
        <aside className={desk.column}>
          <Totals offer={offer} />
          <Timeline offer={offer} orders={orders} deliveries={deliveries} />
        </aside>
      </div>
    </>
  );
}

function Head({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const { auction, trader } = offer;
  return (
    <div className={desk.heading}>
      <div>
        <Link href="/offers" className={desk.back}>
          ← {t("offer.back")}
        </Link>
        <h1 className={css.title}>
          {t("offer.heading", { number: offer.display_number })} <OfferChip status={offer.status} />
        </h1>
        <p className={css.who}>
          <span>
            <Link href={`/traders/${trader.id}`}>{trader.name}</Link>
          </span>
          <span>{offer.entity.name}</span>
          <span>
            {auction ? (
              <Link href={`/auctions/${auction.id}`}>
                {t("offer.to_auction", { number: auction.display_number, lot: auction.lot_display_number })}
              </Link>
            ) : (
              t("offer.direct")
            )}
          </span>
          {offer.copied_from ? (
            <span>
              <Link href={`/offers/${offer.copied_from}`}>{t("offer.copied")}</Link>
            </span>
          ) : null}
        </p>
        {offer.reason ? <p>{t("offer.reason_given", { reason: offer.reason })}</p> : null}
      </div>
    </div>
  );
}

interface Far {
  offer: Offer;
  order: OrderAnswer | undefined;
  deliveries: DeliveryAnswer[];
}

/** How far the paper is, each step with its day. */
function Progress({ offer, order, deliveries }: Far) {
  const { t } = useTranslation("sales");
  const honoured = deliveries.filter(({ status }) => status === "honoured");
  const delivered = order && undelivered(order, honoured).length === 0 ? honoured.at(-1)?.declared_at : null;
  const steps = [
    ["made", offer.made_at],
    ["validated", offer.validated_at],
    ["sent", offer.sent_at],
    ["ordered", order?.placed_at],
    ["delivered", delivered],
    ["invoiced", order?.invoiced_at],
    ["ended", offer.ended_at],
  ] as const;
  const shown = steps.filter(([step, at]) => (offer.ended_at ? at : step !== "ended"));
  return (
    <ol className={css.steps} aria-label={t("offer.steps")}>
      {shown.map(([step, at]) => (
        <li key={step} data-done={Boolean(at)}>
          <span>
            <span aria-hidden="true">{at ? "✓ " : "○ "}</span>
            {t(`offer.milestones.${step}`)}
            {at ? (
              <>
                {" "}
                <Moment at={at} />
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
