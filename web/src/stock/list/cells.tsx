/** The stock's list cell by cell: the vehicle, its situation in words, and any field as its type is written. */
import { useTranslation } from "react-i18next";
import { CarOutline, PhotoImage } from "../../desk/PhotoImage";
import { Price } from "../../desk/pieces";
import type { Column as TableColumn } from "../../desk/table/DataTable";
import type { Column, StockVehicle } from "../../wire/generated/http";
import { photoAddress } from "../photo-address";
import { useFieldName, useValueText } from "../values";
import css from "./list.module.css";
import { Situation } from "./Situation";

export function vehicleName({ card }: StockVehicle): string {
  return [card.make, card.model, card.plate ?? card.ref].filter(Boolean).join(" ");
}

/** The vehicle and its situation, then the columns chosen. */
export function useTableColumns(fields: Column[], chosen: string[]): TableColumn<StockVehicle>[] {
  const { t } = useTranslation("stock");
  const fieldName = useFieldName();
  const valueText = useValueText();
  const shown = chosen.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return [
    {
      key: "vehicle",
      head: t("list.vehicle"),
      sort: "make",
      phone: "title",
      cell: (row) => <VehicleCell row={row} />,
    },
    {
      key: "situation",
      head: t("list.situation"),
      phone: "bare",
      cell: (row) => <Situation row={row} />,
    },
    ...shown.map(
      (field): TableColumn<StockVehicle> => ({
        key: field.name,
        head: fieldName(field),
        sort: field.sortable ? field.name : undefined,
        right: field.type === "amount" || field.type === "number",
        phone: "half",
        cell: (row) => {
          const value = row.values?.[field.name] ?? null;
          if (field.type === "amount") return <Price amount={value === null ? null : String(value)} />;
          const figure = field.type === "number" || field.type === "date";
          return (
            <span className={css.cell} data-figure={figure}>
              {valueText(field, value)}
            </span>
          );
        },
      }),
    ),
  ];
}

function VehicleCell({ row }: { row: StockVehicle }) {
  const { card } = row;
  const photo = card.photos?.[0];
  return (
    <span className={css.vehicle}>
      <span className={css.thumb}>
        {photo ? (
          <PhotoImage src={photoAddress(`${photo}/thumbnail`)} alt="" loading="lazy" />
        ) : (
          <CarOutline />
        )}
      </span>
      <span className={css.name}>
        {card.make} {card.model}
        <span className={css.version}>
          {[card.plate ?? card.ref, card.version, card.trim].filter(Boolean).join(" · ")}
        </span>
      </span>
    </span>
  );
}
