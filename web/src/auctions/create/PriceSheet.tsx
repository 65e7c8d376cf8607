/** The lower half of the creation form: the vehicles to tick, their prices, margins and totals (§5.1.2). */
import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { amountOf, type Cents, formatAmount } from "../../money";
import type { StockVehicle } from "./api";
import css from "./create.module.css";
import { type Form, type Line, sheetOf, type Typed } from "./form";

interface Props {
  form: Form;
  change: (changed: Partial<Form>) => void;
  stock: StockVehicle[];
}

function useCents(): (cents: Cents | null) => string {
  const language = useLanguage();
  return (cents) => (cents === null ? "–" : formatAmount(amountOf(cents), language));
}

const textOf = (one: StockVehicle) =>
  `${one.make} ${one.model} ${one.version} ${one.trim} ${one.plate ?? ""} ${one.ref}`.toLowerCase();

export function PriceSheet({ form, change, stock }: Props) {
  const { t } = useTranslation("dealer");
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const sheet = sheetOf(form, stock);
  const lines = new Map(sheet.lines.map((line) => [line.vehicle.id, line]));
  const entity = sheet.lines[0]?.vehicle.entity.id;
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
            <Row
              key={vehicle.id}
              vehicle={vehicle}
              line={lines.get(vehicle.id)}
              form={form}
              type={(typed) => type(vehicle.id, typed)}
              elsewhere={entity !== undefined && vehicle.entity.id !== entity}
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

function Row({
  vehicle,
  line,
  form,
  type,
  elsewhere,
}: {
  vehicle: StockVehicle;
  line: Line | undefined;
  form: Form;
  type: (typed: Typed | null) => void;
  elsewhere: boolean;
}) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const cents = useCents();
  const amount = (value: string | null) => (value === null ? "–" : formatAmount(value, language));
  const typed = form.chosen.get(vehicle.id);
  const name = `${vehicle.make} ${vehicle.model}`;
  const km =
    vehicle.mileage_km === null ? null : tt("vehicle.km", { km: formatCount(vehicle.mileage_km, language) });
  const label = (
    <>
      <b>{name}</b> {[vehicle.version, vehicle.trim].filter(Boolean).join(" ")}
      <div className={`${desk.muted} ${desk.small}`}>
        {[vehicle.ref, km, vehicle.site.name].filter(Boolean).join(" · ")}
      </div>
    </>
  );
  const own = typed !== undefined && form.kind === "unit";
  return (
    <tr>
      <td>
        <Checkbox
          label={label}
          checked={typed !== undefined}
          disabled={elsewhere}
          onChange={(event) => type(event.currentTarget.checked ? { starting: "", reserve: "" } : null)}
        />
      </td>
      <td className={css.n}>{amount(vehicle.market_value)}</td>
      <td className={css.n}>{amount(vehicle.sale_price)}</td>
      <td className={css.n}>{line ? cents(line.initial_margin_cents) : ""}</td>
      <td className={css.n}>
        {own ? (
          <PriceField
            label={`${t("create.starting")} ${name} ${vehicle.ref}`}
            placeholder={amount(vehicle.trade_price)}
            value={typed.starting}
            set={(starting) => type({ ...typed, starting })}
          />
        ) : line ? (
          cents(line.starting_cents)
        ) : (
          amount(vehicle.trade_price)
        )}
      </td>
      <td className={css.n}>{line ? cents(line.margin_cents) : ""}</td>
      <td className={css.n}>
        {own ? (
          <PriceField
            label={`${t("create.reserve")} ${name} ${vehicle.ref}`}
            placeholder="–"
            value={typed.reserve}
            set={(reserve) => type({ ...typed, reserve })}
          />
        ) : null}
      </td>
    </tr>
  );
}

function Totals({ form, change, stock }: Props) {
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

function PriceField({
  label,
  placeholder,
  value,
  set,
}: {
  label: string;
  placeholder: string;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <TextInput
      className={css.price ?? ""}
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      inputMode="decimal"
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
