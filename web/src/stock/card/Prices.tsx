/** Prices and costs of a vehicle, and the margin HT that they make, reckoned while one types (§4.1, domain §0). */
import { useTranslation } from "react-i18next";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { amountOf, centsOf, formatAmount } from "../../money";
import { marginHt } from "../../reckoning";
import type { Vat, VehicleSheet } from "../../wire/generated/http";
import css from "./card.module.css";
import type { Draft } from "./draft";
import { Section } from "./Section";

export function Prices({ sheet }: { sheet: VehicleSheet }) {
  return <Section name="prices" sheet={sheet} below={(typed) => <Margins typed={typed} sheet={sheet} />} />;
}

function Margins({ typed, sheet }: { typed: Draft; sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const cents = (member: string) => centsOf(String(typed[member] || "0"));
  const costs = {
    purchase_cents: cents("purchase_price"),
    planned_ht_cents: cents("planned_costs_ht"),
    actual_ht_cents: cents("actual_costs_ht"),
  };
  const vat = String(typed.vat ?? sheet.vat) as Vat;
  return (
    <dl className={`${css.facts} ${css.margins}`} aria-live="polite">
      {(["sale_price", "trade_price"] as const).map((price) => {
        const margin = typed[price] && typed.purchase_price ? marginHt(cents(price), costs, vat) : null;
        return (
          <div key={price} className={css.fact}>
            <dt>{t(`card.margin.${price}`)}</dt>
            <dd data-negative={margin !== null && margin < 0}>
              {margin === null ? "–" : formatAmount(amountOf(margin), language)}
            </dd>
          </div>
        );
      })}
      {sheet.sale_price_changed_at ? (
        <div className={css.fact}>
          <dt>{t("card.price_since")}</dt>
          <dd>{formatTime(sheet.sale_price_changed_at, "date", language)}</dd>
        </div>
      ) : null}
    </dl>
  );
}
