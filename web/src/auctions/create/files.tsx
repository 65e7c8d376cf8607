/** The two tables of the form as files: the chosen vehicles at the prices that are typed, and the stock to choose from. */
import { useTranslation } from "react-i18next";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { type FileColumn, ListFile, RowsFile } from "../../desk/table/ListFile";
import { amountOf, type Cents } from "../../money";
import type { Asked } from "../../stock/list/filters";
import { useSituation } from "../../stock/list/Situation";
import { useFieldName } from "../../stock/values";
import type { Column as Field } from "../../wire/generated/http";
import { PICKED, pickablePage, type StockVehicle } from "./api";
import { useEditing } from "./editing";
import type { Line } from "./sheet";

const amount = (cents: Cents | null) => (cents === null ? null : amountOf(cents));
const called = ({ card }: StockVehicle) =>
  [card.make, card.model, card.version, card.trim].filter(Boolean).join(" ");

export function SheetFile() {
  const { t } = useTranslation("dealer");
  const { form, sheet } = useEditing();
  const fieldName = useFieldName();
  const field = (name: string) => fieldName({ name, label: name });
  const columns: FileColumn<Line>[] = [
    { head: t("create.vehicle"), cell: ({ vehicle }) => called(vehicle) },
    { head: t("create.ref"), cell: ({ vehicle }) => vehicle.card.ref },
    { head: field("mileage_km"), cell: ({ vehicle }) => vehicle.card.mileage_km },
    { head: field("site_name"), cell: ({ vehicle }) => vehicle.site_name },
    { head: t("create.market"), cell: ({ vehicle }) => vehicle.card.market_value },
    { head: t("create.sale"), cell: ({ vehicle }) => vehicle.card.sale_price },
    { head: t("create.initial"), cell: ({ initial_margin_cents }) => amount(initial_margin_cents) },
    { head: t("create.starting"), cell: ({ starting_cents }) => amount(starting_cents) },
    { head: t("create.margin"), cell: ({ margin_cents }) => amount(margin_cents) },
    {
      head: t("create.reserve"),
      cell: ({ reserve_cents }) => (form.kind === "lot" ? t("create.of_lot") : amount(reserve_cents)),
    },
  ];
  return <RowsFile name={t("create.chosen_file")} columns={columns} rows={sheet.lines} />;
}

/** All that is found, not only the page on the screen. */
export function PickerFile({ query, fields }: { query: Asked; fields: Field[] }) {
  const { t } = useTranslation("dealer");
  const { t: ts } = useTranslation("stock");
  const fieldName = useFieldName();
  const situation = useSituation();
  const shown = PICKED.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const columns: FileColumn<StockVehicle>[] = [
    { head: ts("list.vehicle"), cell: called },
    { head: t("create.ref"), cell: ({ card }) => card.ref },
    {
      head: ts("list.situation"),
      cell: (row) =>
        [situation(row), row.values?.retail_offer === true && t("create.retail")].filter(Boolean).join(" · "),
    },
    ...shown.map(
      (field): FileColumn<StockVehicle> => ({
        head: fieldName(field),
        cell: ({ values }) => {
          const value = values?.[field.name];
          return typeof value === "boolean" ? null : value;
        },
      }),
    ),
  ];
  return (
    <ListFile
      name={t("create.pick_file")}
      columns={columns}
      load={() => everyPage((page) => pickablePage(query, page, FILE_PAGE))}
    />
  );
}
