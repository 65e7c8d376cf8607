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
  const entities = new Set(free.map(({ entity }) => entity));
  const entity = [...entities][0];
  const ids = free.map(({ id }) => id).join(",");
  const usable = free.length > 0 && entities.size === 1;
  return (
    <section className={css.ticked} aria-label={t("ticked.title")}>
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
        {entities.size > 1 ? <span className={css.lacks}>{t("ticked.entities")}</span> : null}
      </div>
      <div className={css.tickedActions}>
        {usable && may("run_stock_auctions", entity) ? (
          <Button component={Link} href={`/auctions/new?vehicles=${ids}`}>
            {t("ticked.auction", { count: free.length })}
          </Button>
        ) : null}
        {usable && may("make_offers", entity) ? (
          <Button component={Link} href={`/offers/new?vehicles=${ids}`} variant="default">
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
