/** The chosen vehicles, apart from the stock: their figures, their prices to type, and what keeps one out (§5.1.2, §4.3). */
import { CloseButton, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { centsOf } from "../../money";
import { vehicleName } from "../api";
import type { StockVehicle } from "./api";
import css from "./create.module.css";
import { useEditing, useWrong } from "./editing";
import { useCents } from "./figures";
import { SheetFile } from "./files";
import { isIdle, type Line } from "./sheet";
import { CardLink, Retail } from "./VehiclePicker";

export function PriceSheet() {
  const { t } = useTranslation("dealer");
  const { sheet } = useEditing();
  const columns = useColumns();
  return (
    <section aria-label={t("create.chosen")} className={css.sheet}>
      <h2>{t("create.chosen_count", { count: sheet.lines.length })}</h2>
      {sheet.lines.length === 0 ? (
        <p className={`${desk.card} ${desk.muted}`}>{t("create.none_chosen")}</p>
      ) : (
        <div>
          <DataTable
            label={t("create.chosen")}
            columns={columns}
            rows={sheet.lines}
            rowKey={({ vehicle }) => vehicle.id}
          />
          <SheetFile />
        </div>
      )}
    </section>
  );
}

function useColumns(): Column<Line>[] {
  const { t } = useTranslation("dealer");
  const cents = useCents();
  const of = (amount: string | null | undefined) => cents(amount ? centsOf(amount) : null);
  const figure = (
    key: "market" | "sale" | "initial" | "margin",
    cell: (line: Line) => string,
  ): Column<Line> => ({
    key,
    head: t(`create.${key}`),
    right: true,
    phone: "half",
    cell,
  });
  return [
    {
      key: "vehicle",
      head: t("create.vehicles"),
      phone: "title",
      cell: ({ vehicle }) => <Named vehicle={vehicle} />,
    },
    figure("market", ({ vehicle }) => of(vehicle.card.market_value)),
    figure("sale", ({ vehicle }) => of(vehicle.card.sale_price)),
    figure("initial", (line) => cents(line.initial_margin_cents)),
    {
      key: "starting",
      head: t("create.starting"),
      right: true,
      phone: "half",
      cell: (line) => <Starting line={line} />,
    },
    figure("margin", (line) => cents(line.margin_cents)),
    {
      key: "reserve",
      head: t("create.reserve"),
      right: true,
      phone: "half",
      cell: (line) => <Reserve line={line} />,
    },
    {
      key: "remove",
      head: t("create.remove_head"),
      phone: "corner",
      cell: ({ vehicle }) => <Remove vehicle={vehicle} />,
    },
  ];
}

const spoken = ({ card }: StockVehicle) => `${vehicleName(card)} ${card.ref}`;

function Named({ vehicle }: { vehicle: StockVehicle }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const wrong = useWrong();
  const { card } = vehicle;
  const km =
    card.mileage_km === null ? null : tt("vehicle.km", { km: formatCount(card.mileage_km, language) });
  const missing = vehicle.missing.map((one) => t(`create.obstacles.${one}`)).join(" · ");
  const refused = missing || wrong(`vehicle:${vehicle.id}`);
  return (
    <div className={css.named}>
      <b>{vehicleName(card)}</b> {[card.version, card.trim].filter(Boolean).join(" ")}
      <div className={`${desk.muted} ${desk.small}`}>
        {[card.ref, km, vehicle.site_name].filter(Boolean).join(" · ")}
      </div>
      <Retail row={vehicle} />
      {refused ? (
        <div className={`${desk.small} ${css.obstacles}`} data-wrong tabIndex={-1}>
          {t("create.cannot_sell", { why: refused })} <CardLink id={vehicle.id} />
        </div>
      ) : null}
    </div>
  );
}

/** A vehicle's own starting price; in a lot, its share of the lot's (§5.1.1). */
function Starting({ line }: { line: Line }) {
  const { t } = useTranslation("dealer");
  const { form, type } = useEditing();
  const wrong = useWrong();
  const cents = useCents();
  const { vehicle } = line;
  if (form.kind === "lot") return cents(line.starting_cents);
  const trade = vehicle.card.trade_price;
  return (
    <TextInput
      className={css.price ?? ""}
      size="xs"
      aria-label={`${t("create.starting")} ${spoken(vehicle)}`}
      placeholder={trade ? cents(centsOf(trade)) : ""}
      inputMode="decimal"
      value={form.chosen.get(vehicle.id)?.starting ?? ""}
      error={wrong(`starting:${vehicle.id}`)}
      onChange={(event) => type(vehicle.id, { starting: event.currentTarget.value })}
    />
  );
}

function Reserve({ line }: { line: Line }) {
  const { t } = useTranslation("dealer");
  const { form, type } = useEditing();
  const wrong = useWrong();
  const { vehicle } = line;
  if (form.kind === "lot") return <span className={desk.muted}>{t("create.of_lot")}</span>;
  return (
    <TextInput
      className={css.price ?? ""}
      size="xs"
      aria-label={`${t("create.reserve")} ${spoken(vehicle)}`}
      placeholder={t("create.no_reserve")}
      description={isIdle(line.reserve_cents, line.starting_cents) ? t("create.reserve_idle") : undefined}
      inputWrapperOrder={["input", "error", "description"]}
      inputMode="decimal"
      value={form.chosen.get(vehicle.id)?.reserve ?? ""}
      error={wrong(`reserve:${vehicle.id}`)}
      onChange={(event) => type(vehicle.id, { reserve: event.currentTarget.value })}
    />
  );
}

function Remove({ vehicle }: { vehicle: StockVehicle }) {
  const { t } = useTranslation("dealer");
  const { choose } = useEditing();
  return (
    <CloseButton
      size="sm"
      aria-label={t("create.remove", { vehicle: spoken(vehicle) })}
      onClick={() => choose([], [vehicle.id])}
    />
  );
}
