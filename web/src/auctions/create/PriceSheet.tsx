/** The lower half of the creation form: the vehicles to tick, their prices, margins and totals (§5.1.2). */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { vehicleName } from "../api";
import type { Obstacle, StockVehicle } from "./api";
import css from "./create.module.css";
import { type Form, sheetOf, type Typed } from "./form";
import { PriceField, useCents, VehicleRow } from "./VehicleRow";

interface Props {
  form: Form;
  change: (changed: Partial<Form>) => void;
  stock: StockVehicle[];
  /** Why the server would not take a vehicle. */
  obstacles: ReadonlyMap<number, Obstacle[]>;
}

const textOf = ({ card }: StockVehicle) =>
  `${vehicleName(card)} ${card.version} ${card.trim} ${card.plate ?? ""} ${card.ref}`.toLowerCase();

export function PriceSheet({ form, change, stock, obstacles }: Props) {
  const { t } = useTranslation("dealer");
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const sheet = sheetOf(form, stock);
  const lines = new Map(sheet.lines.map((line) => [line.vehicle.id, line]));
  const entity = sheet.lines[0]?.vehicle.entity;
  const shown = stock.filter((one) => lines.has(one.id) || textOf(one).includes(wanted));
  const type = (id: number, typed: Typed | null) => {
    const chosen = new Map(form.chosen);
    if (typed) chosen.set(id, typed);
    else chosen.delete(id);
    change({ chosen });
  };
  return (
    <section className={`${desk.card} ${css.scroll}`} aria-label={t("create.vehicles")}>
      <div className={css.top}>
        <h2>{t("create.vehicles")}</h2>
        <TextInput
          type="search"
          aria-label={t("create.filter")}
          placeholder={t("create.filter")}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </div>
      <table className={css.table}>
        <Head />
        <tbody>
          {shown.map((vehicle) => (
            <VehicleRow
              key={vehicle.id}
              vehicle={vehicle}
              line={lines.get(vehicle.id)}
              form={form}
              obstacles={obstacles.get(vehicle.id) ?? []}
              type={(typed) => type(vehicle.id, typed)}
              elsewhere={entity !== undefined && vehicle.entity !== entity}
            />
          ))}
        </tbody>
        <Totals {...{ form, change, stock }} />
      </table>
    </section>
  );
}

function Head() {
  const { t } = useTranslation("dealer");
  const figures = ["market", "sale", "initial", "starting", "margin", "reserve"] as const;
  return (
    <thead>
      <tr>
        <th scope="col">{t("create.vehicles")}</th>
        {figures.map((figure) => (
          <th key={figure} scope="col" className={css.n}>
            {t(`create.${figure}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Totals({ form, change, stock }: Omit<Props, "obstacles">) {
  const { t } = useTranslation("dealer");
  const cents = useCents();
  const sheet = sheetOf(form, stock);
  const lot = form.kind === "lot" && sheet.lines.length > 0;
  return (
    <tfoot>
      <tr>
        <td>{t("create.total")}</td>
        <td className={css.n}>{cents(sheet.market_cents)}</td>
        <td className={css.n}>{cents(sheet.sale_cents)}</td>
        <td className={css.n}>{cents(sheet.initial_margin_cents)}</td>
        <td className={css.n}>
          {lot ? (
            <PriceField
              label={t("create.for_lot")}
              placeholder={cents(sheet.starting_cents)}
              value={form.lot.starting}
              set={(starting) => change({ lot: { ...form.lot, starting } })}
            />
          ) : (
            cents(sheet.starting_cents)
          )}
        </td>
        <td className={css.n}>{cents(sheet.margin_cents)}</td>
        <td className={css.n}>
          {lot ? (
            <PriceField
              label={t("create.reserve_lot")}
              placeholder="–"
              value={form.lot.reserve}
              set={(reserve) => change({ lot: { ...form.lot, reserve } })}
            />
          ) : (
            cents(sheet.reserve_cents)
          )}
        </td>
      </tr>
    </tfoot>
  );
}
