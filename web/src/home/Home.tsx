/**
 * The dealer's home page: what runs and what waits, to be left open on a second screen. Figures move with the notices and
 * once a minute; prices and countdowns are live.
 */
import { Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay, useMe } from "../desk/me";
import { usePageTitle } from "../desk/pieces";
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
  const [parameters, setParameters] = useSearchParams();
  const asked = Number(parameters.get("entity"));
  const entity = entities.find(({ id }) => id === asked)?.id;
  usePageTitle(t("title"));
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
        {entities.length > 1 ? (
          <NativeSelect
            aria-label={t("entity")}
            value={entity ?? ""}
            data={[
              { value: "", label: t("every_entity") },
              ...entities.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setParameters(value ? { entity: value } : {}, { replace: true })
            }
          />
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
        <Running entity={entity} />
        <div className={css.side}>
          <Latest />
          <Pinned />
        </div>
      </div>
    </>
  );
}
