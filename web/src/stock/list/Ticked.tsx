/** The vehicles ticked, on whatever page, and where one can go with them: into an auction, into an offer. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useMay } from "../../desk/me";
import type { StockVehicle } from "../../wire/generated/http";
import { vehicleName } from "./cells";
import css from "./list.module.css";

export function Ticked({ vehicles, clear }: { vehicles: StockVehicle[]; clear: () => void }) {
  const { t } = useTranslation("stock");
  const may = useMay();
  if (vehicles.length === 0) return null;
  const free = vehicles.filter(({ missing }) => missing.length === 0);
  const others = vehicles.filter(({ missing }) => missing.length > 0);
  // An offer takes whatever nobody holds (§6.1).
  const unheld = vehicles.filter(({ reserved, auction }) => !reserved && auction === null);
  const entity = vehicles[0]?.entity;
  const ofOne = vehicles.every((one) => one.entity === entity);
  const idsOf = (chosen: StockVehicle[]) => chosen.map(({ id }) => id).join(",");
  return (
    <section className={css.ticked} data-foot aria-label={t("ticked.title")}>
      <div className={css.tickedWords} aria-live="polite">
        <b>{t("ticked.count", { count: vehicles.length })}</b>
        {others.length > 0 ? (
          <span className={css.lacks}>
            {t("ticked.not_free", {
              count: others.length,
              names: others.slice(0, 3).map(vehicleName).join(", "),
            })}
          </span>
        ) : null}
        {!ofOne ? <span className={css.lacks}>{t("ticked.entities")}</span> : null}
      </div>
      <div className={css.tickedActions}>
        {ofOne && free.length > 0 && may("run_stock_auctions", entity) ? (
          <Button component={Link} href={`/auctions/new?vehicles=${idsOf(free)}`}>
            {t("ticked.auction", { count: free.length })}
          </Button>
        ) : null}
        {ofOne && unheld.length > 0 && may("make_offers", entity) ? (
          <Button component={Link} href={`/offers/new?vehicles=${idsOf(unheld)}`} variant="default">
            {t("ticked.offer")}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={clear}>
          {t("ticked.clear")}
        </Button>
      </div>
    </section>
  );
}
