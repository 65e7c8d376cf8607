/**
 * The dealer's home page: what runs and what waits, to be left open on a second screen. Figures move with the notices and
 * once a minute; prices and countdowns are live.
 */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay, useMe } from "../desk/me";
import { usePageTitle } from "../desk/pieces";
import { EntityFilter } from "../desk/table/EntityFilter";
import { useListSearch } from "../desk/table/search";
import css from "./home.module.css";
import { Latest } from "./Latest";
import { Pinned } from "./Pinned";
import { Running } from "./Running";
import { Start } from "./Start";
import { Tiles } from "./Tiles";

export function Home() {
  const { t } = useTranslation("home");
  const { entities } = useMe();
  const may = useMay();
  const search = useListSearch();
  const asked = Number(search.value("entity"));
  const entity = entities.find(({ id }) => id === asked)?.id;
  usePageTitle(t("title"));
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
        {entities.length > 1 ? (
          <EntityFilter search={search} />
        ) : (
          <span className={desk.muted}>{entities[0]?.name}</span>
        )}
        {may("run_stock_auctions", entity) ? (
          <Button component={Link} href="/auctions/new">
            {t("create_auction")}
          </Button>
        ) : null}
      </div>
      <Start />
      <Tiles entity={entity} />
      <div className={css.panels}>
        <div className={css.side}>
          <Running entity={entity} />
          <Pinned />
        </div>
        <Latest />
      </div>
    </>
  );
}
