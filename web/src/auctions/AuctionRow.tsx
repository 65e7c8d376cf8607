/** One auction in a list, the whole row a link; on a phone a card whose price and time are read at arm's length. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Picture } from "../auction/Photo";
import desk from "../desk/desk.module.css";
import { Price } from "../desk/pieces";
import type { Amount } from "../wire/messages";
import type { AuctionItem } from "./api";
import css from "./list.module.css";

interface Props {
  item: AuctionItem;
  /** Who sells, or where: what the reader does not know by itself. */
  place: string;
  /** The sum of the last offers; `null`: nobody has bid, the starting prices stand there. */
  amount: Amount | null;
  /** What of it the reader has won, told in its place. */
  won?: Amount | null | undefined;
  /** Below the amount. */
  own?: ReactNode;
  chips: ReactNode;
  /** When it ends, or how long is left. */
  end: ReactNode;
}

export function AuctionRow({ item, place, amount, won, own, chips, end }: Props) {
  const { t } = useTranslation();
  const last = item.lots_count > 1 ? "last_offers" : "last_offer";
  const offered = t(amount === null ? "auction.starting_price" : `auctions.columns.${last}`);
  const says = won ? t("auctions.won") : offered;
  return (
    <li className={css.row}>
      <span className={css.photo}>
        <Picture thumbnail={item.photo} name="" />
      </span>
      <span className={css.title}>
        <span className={css.small}>
          {item.display_number} · <Composition item={item} />
        </span>
        <Link href={`/auctions/${item.id}`}>
          <b>{item.title}</b>
        </Link>
        {item.vehicles_count > 1 ? (
          <span className={desk.muted}> {t("auctions.others", { count: item.vehicles_count - 1 })}</span>
        ) : null}
        <span className={`${css.small} ${css.placeBelow}`}>{place}</span>
      </span>
      <span className={`${css.small} ${css.place}`}>{place}</span>
      <span className={css.money}>
        <span className={css.small}>{says}</span>
        <span className={css.price} data-none={amount === null}>
          <Price amount={won ?? amount ?? item.starting_total} />
        </span>
        {own ? <span className={css.small}>{own}</span> : null}
      </span>
      <span className={css.chips}>{chips}</span>
      <span className={css.end}>{end}</span>
    </li>
  );
}

/** What is sold how: so many lots of one vehicle each, or one lot of all. */
function Composition({ item }: { item: AuctionItem }) {
  const { t } = useTranslation();
  return item.kind === "unit"
    ? t("auction.kind_unit", { count: item.lots_count })
    : t(item.vehicles_count === 1 ? "auction.kind_lot_one" : "auction.kind_lot", {
        count: item.vehicles_count,
      });
}

/** The heads of the columns, for who sees them: each row says its own. */
export function RowHead({ heads }: { heads: [title: string, place: string, chips: string, end: string] }) {
  const { t } = useTranslation();
  const [title, place, chips, end] = heads;
  return (
    <div className={css.head} aria-hidden="true">
      <span />
      <span>{title}</span>
      <span>{place}</span>
      <span className={css.right}>{t("auctions.columns.price")}</span>
      <span>{chips}</span>
      <span className={css.right}>{end}</span>
    </div>
  );
}
