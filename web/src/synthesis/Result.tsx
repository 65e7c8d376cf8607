/** What came of it, at a glance once it has ended (§5.5.1): lots sold and not, the price granted, the final margin, the winner of a lot auction. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AuctionDescription } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { useLanguage } from "../language";
import { amountOf, centsOf, formatAmount } from "../money";
import type { DealerView } from "../wire/messages";
import css from "./synthesis.module.css";

const sum = (amounts: string[]) => amountOf(amounts.reduce((total, amount) => total + centsOf(amount), 0));

export function Result({
  view,
  description,
}: {
  view: DealerView;
  description: AuctionDescription | undefined;
}) {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const sold = view.lots.filter(({ outcome }) => outcome === "won");
  const only = view.kind === "lot" ? sold[0] : undefined;
  const offer = only ? description?.lots.find(({ number }) => number === only.number)?.offer : undefined;
  const figures: [string, string][] = [
    [t("result.sold"), t("result.of", { count: sold.length, of: view.lots.length })],
    [t("result.granted"), formatAmount(sum(sold.map(({ last_offer }) => last_offer ?? "0.00")), language)],
    [t("result.margin"), formatAmount(sum(sold.map(({ margin }) => margin)), language)],
  ];
  return (
    <section
      className={`${desk.card} ${css.result}`}
      aria-label={t("result.title")}
      data-sold={sold.length > 0}
    >
      <h2>{t("result.title")}</h2>
      <dl>
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt className={`${desk.muted} ${desk.small}`}>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
        {only?.winner ? (
          <div>
            <dt className={`${desk.muted} ${desk.small}`}>{t("lots.winner")}</dt>
            <dd>{only.winner}</dd>
          </div>
        ) : null}
      </dl>
      {offer ? (
        <Link href={`/offers/${offer.id}`}>{t("lots.offer", { number: offer.display_number })}</Link>
      ) : null}
    </section>
  );
}
