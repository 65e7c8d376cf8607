/** Where the vehicle is being sold, and has been: its auctions and its offers, each a way to its page. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import type { AuctionList, Offers, VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import css from "./card.module.css";

const MOST = 20;

export function Sales({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  // A plate or a VIN is one vehicle's; without either nobody can have bought it.
  const words = sheet.plate ?? sheet.vin ?? "";
  const auctions = useQuery({
    queryKey: ["auctions", "of-vehicle", sheet.id, words],
    queryFn: async ({ signal }) =>
      (await ask("GET /api/auctions", { query: { q: words, limit: MOST }, signal })).items,
    enabled: words !== "",
  });
  const offers = useQuery({
    queryKey: ["offers", "of-vehicle", sheet.id, words],
    queryFn: async ({ signal }) => {
      const { items } = await ask("GET /api/offers", { query: { q: words, limit: MOST }, signal });
      return items.filter(({ vehicles }) => vehicles.some(({ id }) => id === sheet.id));
    },
    enabled: words !== "",
  });
  const none = (auctions.data ?? []).length === 0 && (offers.data ?? []).length === 0;
  return (
    <section className={desk.card} aria-labelledby="title-sales">
      <h2 id="title-sales" className={css.sectionHead}>
        {t("card.sales.title")}
      </h2>
      {none ? <p className={desk.muted}>{t("card.sales.none")}</p> : null}
      <ul className={css.sales}>
        {auctions.data?.map((one) => (
          <AuctionLine key={one.id} auction={one} />
        ))}
        {offers.data?.map((one) => (
          <OfferLine key={one.id} offer={one} vehicle={sheet.id} />
        ))}
      </ul>
    </section>
  );
}

function AuctionLine({ auction }: { auction: AuctionList["items"][number] }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  return (
    <li>
      <Link href={`/auctions/${auction.id}`}>
        {t("card.sales.auction", { number: auction.display_number })}
      </Link>
      <span className={desk.muted}>
        {t(`card.sales.states.${auction.state as "open"}`, "")} ·{" "}
        {formatTime(auction.ends_at, "date", language)}
      </span>
    </li>
  );
}

function OfferLine({ offer, vehicle }: { offer: Offers["items"][number]; vehicle: number }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const price = offer.vehicles.find(({ id }) => id === vehicle)?.price;
  return (
    <li>
      <Link href={`/offers/${offer.id}`}>{t("card.sales.offer", { number: offer.display_number })}</Link>
      <span className={desk.muted}>
        {[
          t(`card.sales.offers.${offer.status}`),
          offer.trader.name,
          price ? formatAmount(price, language) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </li>
  );
}
