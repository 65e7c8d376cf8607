/** Above many lots: a search, and the lots by where one stands, with their numbers. Both are kept in the address. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SearchField } from "../desk/table/ListFrame";
import type { ListSearch } from "../desk/table/search";
import type { TraderView } from "../wire/messages";
import { countOf, SHOWN, type Shown } from "./lot-list";
import css from "./lots.module.css";

export function LotTools({ view, shown, search }: { view: TraderView; shown: Shown; search: ListSearch }) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className={css.filters}>
        <legend className={css.legend}>{t("auction.show")}</legend>
        {SHOWN.map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={one === shown ? "light" : "default"}
            aria-pressed={one === shown}
            onClick={() => search.change({ show: one === "all" ? undefined : one })}
          >
            {t(`auction.shown.${one}`)} {countOf(view, one)}
          </Button>
        ))}
      </fieldset>
      <SearchField search={search} label={t("auction.search")} hint={t("auction.search_hint")} />
    </>
  );
}
