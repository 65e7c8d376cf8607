/** The vehicles of the creation form: to tick, to filter, with their prices and margins (§5.1.2). */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { Empty } from "../../desk/pieces";
import { vehicleName } from "../api";
import type { Obstacle, StockVehicle } from "./api";
import css from "./create.module.css";
import { type Form, sheetOf, type Typed } from "./form";
import { VehicleRow } from "./VehicleRow";

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
  const [all, setAll] = useState(false);
  const found = stock.filter((one) => lines.has(one.id) || textOf(one).includes(wanted));
  const free = found.filter((one) => one.missing.length === 0);
  const shown = all ? found : free;
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
      </table>
      {free.length === 0 && !all ? <Empty>{t("create.no_vehicle")}</Empty> : null}
      {found.length > free.length ? (
        <div className={css.top}>
          <Button variant="default" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? "create.hide_others" : "create.show_others", { count: found.length - free.length })}
          </Button>
        </div>
      ) : null}
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
