/** The auctions that end first: price and countdown live, the whole row a link. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLeft } from "../auction/Countdown";
import { useDealerRoom } from "../auction/follow";
import desk from "../desk/desk.module.css";
import { useMay } from "../desk/me";
import { Empty, Price, Problem } from "../desk/pieces";
import type { AuctionItem } from "../wire/generated/http";
import { useAuctionsIn } from "./counts";
import css from "./home.module.css";

const WINDOW_SECONDS = 180;

export function Running({ entity }: { entity: number | undefined }) {
  const { t } = useTranslation("home");
  const list = useAuctionsIn("open", entity);
  const creates = useMay()("run_stock_auctions", entity);
  return (
    <section className={`${desk.card} ${css.panel}`} aria-labelledby="home-running">
      <header className={css.head}>
        <h2 id="home-running">{t("ending_first")}</h2>
        <Link href="/auctions">{t("all_auctions")}</Link>
      </header>
      {list.isLoadingError ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.data?.items.length === 0 ? (
        <Empty action={creates ? <Link href="/auctions/new">{t("create_auction")}</Link> : null}>
          {t("none_running_long")}
        </Empty>
      ) : null}
      <ul aria-busy={list.isPending}>
        {list.data?.items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Row({ item }: { item: AuctionItem }) {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  const { view } = useDealerRoom(item.id);
  const client = useQueryClient();
  const left = useLeft(view ?? item, view?.soft_close.window_seconds ?? WINDOW_SECONDS);
  const moved = view !== null && view.status !== item.status;
  useEffect(() => {
    if (moved) void client.invalidateQueries({ queryKey: ["auctions"] });
  }, [moved, client]);
  const offered = view?.synthesis.lots_with_offer;
  const amount = view ? (offered ? view.synthesis.last_offers_total : null) : item.last_offers_total;
  return (
    <li className={css.row}>
      <span className={css.title}>
        <Link href={`/auctions/${item.id}`} className={css.link}>
          <b>{item.title}</b>
        </Link>
        <span className={css.hint}>
          {[
            item.display_number,
            item.lots_count > 1 && offered !== undefined
              ? t("lots_offered", { total: item.lots_count, offered })
              : common("auctions.vehicles", { count: item.vehicles_count }),
            item.site?.city,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span className={css.price}>
        <Price amount={amount} none={common("auction.no_offer")} />
      </span>
      <span className={css.left} data-urgent={left.urgent} role="timer">
        {left.text}
      </span>
    </li>
  );
}
