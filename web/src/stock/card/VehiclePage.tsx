/** A vehicle's card (§4.1 to §4.7): where it stands on its line, its sections to read and to type, its photos, papers, sales and history. */
import { Button } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { useMay } from "../../desk/me";
import { OneThing } from "../../desk/OneThing";
import { part } from "../../desk/part";
import { usePageTitle } from "../../desk/pieces";
import type { VehicleSheet } from "../../wire/generated/http";
import { useSheet } from "../api";
import { Situation } from "../list/Situation";
import { MakeModel } from "../MakeModel";
import { sheetName } from "../values";
import { Battery } from "./Battery";
import css from "./card.module.css";
import { Defects } from "./Defects";
import { CardProvider } from "./editing";
import { Files } from "./Files";
import { LifeLine } from "./LifeLine";
import { ListSection } from "./ListSection";
import { Photos } from "./Photos";
import { Prices } from "./Prices";
import { Records } from "./Records";
import { Sales } from "./Sales";
import { Section } from "./Section";
import { Reservation, StockTime } from "./Standing";
import { hasBattery, isInspected } from "./specs";

/** A delivery by hand belongs to what follows a sale, and comes with its part. */
const ManualDelivery = part(async () => ({
  default: (await import("../../sales/ManualDelivery")).ManualDelivery,
}));

export function VehiclePage({ id }: { id: number }) {
  const { t } = useTranslation("stock");
  const sheet = useSheet(id);
  usePageTitle(sheet.data ? sheetName(sheet.data) : t("title"));
  return <OneThing read={sheet}>{(one) => <Card sheet={one} />}</OneThing>;
}

function Card({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  return (
    <CardProvider sheet={sheet}>
      <Heading sheet={sheet} />
      <LifeLine sheet={sheet} />
      <div className={css.page}>
        <div className={css.front}>
          <Photos sheet={sheet} />
        </div>
        <aside className={css.aside} aria-label={t("card.aside")}>
          <Prices sheet={sheet} />
          <Reservation sheet={sheet} />
          <StockTime sheet={sheet} />
          <Section
            name="place"
            sheet={sheet}
            without={({ member }) =>
              member === "moved_to_site" && sheet.destination !== "moved" && !sheet.moved_to_site
            }
          />
          <Sales sheet={sheet} />
          <Files sheet={sheet} />
        </aside>
        <div className={css.main}>
          <Main sheet={sheet} />
        </div>
      </div>
    </CardProvider>
  );
}

function Heading({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const may = useMay();
  return (
    <div className={desk.heading}>
      <div className={css.title}>
        <Link href="/vehicles" className={desk.back}>
          ← {t("title")}
        </Link>
        <h1>
          {sheet.make} {sheet.model}{" "}
          <span className={css.version}>{[sheet.version, sheet.trim].filter(Boolean).join(" · ")}</span>
        </h1>
        <p className={css.under}>
          <b>{sheet.plate ?? sheet.ref}</b>
          <span className={desk.muted}>
            {[sheet.vin, sheet.internal_number, sheet.entity_name].filter(Boolean).join(" · ")}
          </span>
          <Situation row={sheet} inline />
          {sheet.publishable ? null : (
            <span className={`${desk.muted} ${desk.small}`}>{t("card.not_publishable")}</span>
          )}
        </p>
      </div>
      <div className={css.actions}>
        {sheet.missing.length === 0 && may("run_stock_auctions", sheet.entity) ? (
          <Button component={Link} href={`/auctions/new?vehicles=${sheet.id}`}>
            {t("card.auction")}
          </Button>
        ) : null}
        {!sheet.reserved && sheet.auction === null && sheet.saleable && may("make_offers", sheet.entity) ? (
          <Button component={Link} href={`/offers/new?vehicles=${sheet.id}`} variant="default">
            {t("ticked.offer")}
          </Button>
        ) : null}
        <Suspense>
          <ManualDelivery vehicle={sheet.id} />
        </Suspense>
      </div>
    </div>
  );
}

function Main({ sheet }: { sheet: VehicleSheet }) {
  return (
    <>
      <Section
        name="what"
        sheet={sheet}
        fields={(form) => <MakeModel form={form} />}
        without={({ member }) => member === "custom_make" && !sheet.custom_make}
      />
      <Section name="registration" sheet={sheet} />
      <Section name="condition" sheet={sheet} />
      {hasBattery(sheet.energy) || sheet.battery ? <Battery sheet={sheet} /> : null}
      {isInspected(sheet.kind) || sheet.last_inspection_on || sheet.next_inspection_on ? (
        <Section name="inspections" sheet={sheet} />
      ) : null}
      <Defects sheet={sheet} />
      <ListSection name="repairs" sheet={sheet} />
      <ListSection name="equipment" sheet={sheet} />
      <ListSection name="service_contracts" sheet={sheet} />
      <Section name="comments" sheet={sheet} />
      <Records vehicle={sheet.id} />
    </>
  );
}
