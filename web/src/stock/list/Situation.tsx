/** What can be done with a vehicle today (§4.3, §4.4): a chip says it, and what lacks is named in words. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Chip } from "../../desk/pieces";
import type { StockVehicle } from "../../wire/generated/http";
import css from "./list.module.css";

interface Props {
  row: Pick<StockVehicle, "auction" | "reserved" | "missing">;
  /** In a line of text rather than in a table's cell. */
  inline?: boolean;
}

/** The same in words alone, for files. */
export function useSituation(): (row: Props["row"]) => string {
  const { t } = useTranslation("stock");
  return ({ auction, reserved, missing }) => {
    if (auction !== null) return t("list.in_auction");
    if (reserved) return t("list.reserved");
    if (missing.length === 0) return t("list.free");
    return [t("list.not_free"), ...missing.map((one) => t(`missing.${one}`))].join(" · ");
  };
}

export function Situation({ row, inline = false }: Props) {
  const { t } = useTranslation("stock");
  if (row.auction !== null)
    return (
      <Link href={`/auctions/${row.auction}`} className={css.held}>
        <Chip tone="plain" sign="◷">
          {t("list.in_auction")}
        </Chip>
      </Link>
    );
  if (row.reserved)
    return (
      <Chip tone="warn" sign="●">
        {t("list.reserved")}
      </Chip>
    );
  if (row.missing.length === 0)
    return (
      <Chip tone="win" sign="✓">
        {t("list.free")}
      </Chip>
    );
  return (
    <span className={css.situation} data-inline={inline}>
      <Chip tone="plain" sign="–">
        {t("list.not_free")}
      </Chip>
      <span className={css.lacks}>{row.missing.map((one) => t(`missing.${one}`)).join(" · ")}</span>
    </span>
  );
}
