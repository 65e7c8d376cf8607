/** What an offer comes to, HT or TTC (§6.2): vehicles, extras, VAT by scheme, real margin, deposit, balance due. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useListSearch } from "../../desk/table/search";
import { amountOf, centsOf } from "../../money";
import type { Offer, Vat } from "../../wire/generated/http";
import { Money, TaxSwitch, useTax } from "../pieces";
import css from "../sales.module.css";

const SCHEMES = {
  recoverable: "offer.vat_of",
  margin: "offer.vat_none",
  unknown: "offer.vat_unknown",
} as const;

export function Totals({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const search = useListSearch();
  const ht = useTax(search) === "ht";
  const { totals, extras } = offer;
  const schemes = (["recoverable", "margin", "unknown"] as const).filter((vat) =>
    offer.vehicles.some((vehicle) => vehicle.vat === vat),
  );
  return (
    <section className={desk.card} aria-label={t("offer.totals")}>
      <div className={css.bar}>
        <h2>{t("offer.totals")}</h2>
        <TaxSwitch search={search} />
      </div>
      <dl className={css.facts}>
        <Fact name={t("offer.sum_vehicles")}>
          <Money amount={ht ? totals.vehicles_ht : totals.vehicles} />
        </Fact>
        {schemes.length > 1
          ? schemes.map((vat) => (
              <Fact key={vat} name={t(SCHEMES[vat])} small>
                <Money amount={sumOf(offer, vat, ht)} />
              </Fact>
            ))
          : null}
        {extras.length > 0 ? (
          <Fact name={t("offer.sum_extras")}>
            <Money amount={ht ? totals.extras_ht : totals.extras} />
          </Fact>
        ) : null}
        <Fact name={`${t("offer.total")} ${t(ht ? "tax.ht" : "tax.ttc")}`} main>
          <Money amount={ht ? totals.total_ht : totals.total} />
        </Fact>
        <Fact name={t("offer.vat")}>
          <Money amount={totals.vat} />
        </Fact>
        <Fact name={`${t("offer.initial")} ${t(ht ? "tax.ht" : "tax.ttc")}`}>
          <Money amount={ht ? totals.initial_ht : totals.initial} />
        </Fact>
        <Fact name={t("offer.real_margin")}>
          <Money amount={totals.margin} />
        </Fact>
        {centsOf(totals.deposit) > 0 ? (
          <Fact name={t("offer.deposit")}>
            <Money amount={totals.deposit} />
          </Fact>
        ) : null}
        <Fact name={t("offer.balance")} main>
          <Money amount={totals.balance_due} />
        </Fact>
      </dl>
    </section>
  );
}

/** The vehicles of a scheme: their prices come to this. */
function sumOf(offer: Offer, vat: Vat, ht: boolean): string {
  return amountOf(
    offer.vehicles
      .filter((vehicle) => vehicle.vat === vat)
      .reduce((sum, { price, price_ht }) => sum + centsOf(ht ? price_ht : price), 0),
  );
}

function Fact(props: { name: string; main?: boolean; small?: boolean; children: ReactNode }) {
  const { name, main, small, children } = props;
  return (
    <div className={`${css.pair} ${small ? desk.small : ""}`}>
      <dt data-main={main}>{name}</dt>
      <dd data-main={main}>{children}</dd>
    </div>
  );
}
