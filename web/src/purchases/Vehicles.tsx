/** What was bought and what it comes to: vehicles, extras, totals HT and TTC, what is left to pay (§6.2). */
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { type Column, DataTable } from "../desk/table/DataTable";
import { type FileColumn, RowsFile } from "../desk/table/ListFile";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { amountOf, centsOf, formatAmount } from "../money";
import type { PurchaseDescription } from "../wire/generated/http";
import { PurchaseChip } from "./pieces";
import css from "./purchases.module.css";
import { stateIn } from "./state";

type Bought = PurchaseDescription["vehicles"][number];

export function Vehicles({ bought }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const columns = useColumns(bought);
  return (
    <>
      <DataTable
        lines
        label={t("one.vehicles")}
        columns={columns}
        rows={bought.vehicles}
        rowKey={({ id }) => id}
      />
      <VehiclesFile bought={bought} />
    </>
  );
}

function VehiclesFile({ bought }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const columns: FileColumn<Bought>[] = [
    {
      head: t("columns.vehicle"),
      cell: ({ make, model, version }) => [make, model, version].filter(Boolean).join(" "),
    },
    { head: t("columns.mileage"), cell: ({ mileage_km }) => mileage_km },
    { head: t("columns.first_registration"), cell: ({ first_registration }) => first_registration },
    { head: t("columns.vin"), cell: ({ vin }) => vin },
    { head: t("columns.plate"), cell: ({ plate }) => plate },
    { head: t("columns.vat"), cell: ({ vat }) => t(`vat.${vat}`) },
    { head: t("columns.price_ht"), cell: ({ price_ht }) => price_ht },
    { head: t("columns.price"), cell: ({ price }) => price },
  ];
  const state = {
    head: t("columns.state"),
    cell: ({ id }: Bought) => t(`states.${stateIn(bought, id)}`),
  };
  return (
    <RowsFile
      name={t("one.file", { number: bought.number })}
      rows={bought.vehicles}
      columns={bought.ended_at === null ? [...columns, state] : columns}
    />
  );
}

function useColumns(bought: PurchaseDescription): Column<Bought>[] {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const stands = bought.ended_at === null;
  const figures = ({ mileage_km, first_registration, vin }: Bought) => [
    mileage_km === null ? null : `${formatCount(mileage_km, language)} km`,
    first_registration && formatTime(first_registration, "date", language),
    vin,
  ];
  return [
    {
      key: "vehicle",
      head: t("columns.vehicle"),
      phone: "title",
      cell: (vehicle) => (
        <>
          <b>
            {vehicle.make} {vehicle.model}
          </b>{" "}
          {vehicle.version}
          <span className={css.under}>{figures(vehicle).filter(Boolean).join(" · ")}</span>
        </>
      ),
    },
    { key: "plate", head: t("columns.plate"), cell: ({ plate }) => plate ?? "–" },
    { key: "vat", head: t("columns.vat"), cell: ({ vat }) => t(`vat.${vat}`) },
    {
      key: "price_ht",
      head: t("columns.price_ht"),
      right: true,
      cell: ({ price_ht }) => formatAmount(price_ht, language),
    },
    {
      key: "price",
      head: t("columns.price"),
      right: true,
      cell: ({ price }) => <b>{formatAmount(price, language)}</b>,
    },
    ...(stands
      ? [
          {
            key: "state",
            head: t("columns.state"),
            phone: "bare" as const,
            cell: ({ id }: Bought) => <PurchaseChip of={stateIn(bought, id)} />,
          },
        ]
      : []),
  ];
}

export function Sums({ bought }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const { extras, order, total, total_ht, balance_due } = bought;
  const vat = amountOf(centsOf(total) - centsOf(total_ht));
  const deposit = order?.deposit ?? "0.00";
  return (
    <>
      {extras.length > 0 ? (
        <>
          <h3>{t("one.extras")}</h3>
          <dl className={css.sums}>
            {extras.map(({ kind, label, amount }) => (
              <Line key={`${kind} ${label} ${amount}`} says={label || t(`kinds.${kind}`)} amount={amount} />
            ))}
          </dl>
        </>
      ) : null}
      <dl className={css.sums}>
        <Line says={t("one.total_ht")} amount={total_ht} />
        {centsOf(vat) > 0 ? <Line says={t("one.vat")} amount={vat} /> : null}
        <dt className={css.strong}>{t("one.total")}</dt>
        <dd className={css.strong}>{formatAmount(total, language)}</dd>
        {centsOf(deposit) > 0 ? <Line says={t("one.deposit")} amount={deposit} /> : null}
        {balance_due === total ? null : <Line says={t("one.balance")} amount={balance_due} />}
      </dl>
    </>
  );
}

function Line({ says, amount }: { says: string; amount: string }) {
  const language = useLanguage();
  return (
    <>
      <dt className={desk.muted}>{says}</dt>
      <dd>{formatAmount(amount, language)}</dd>
    </>
  );
}
