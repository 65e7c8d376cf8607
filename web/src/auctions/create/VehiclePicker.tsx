/** The stock to choose from: searched, filtered and paged by the server as the stock's own list is (§4.8); what cannot be sold says why (§4.3). */
import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { Lost, lossOf } from "../../desk/fresh";
import { useMe } from "../../desk/me";
import { Chip, Empty } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { ListFrame, SearchField, Tools } from "../../desk/table/ListFrame";
import { useListSearch } from "../../desk/table/search";
import { useColumns } from "../../stock/api";
import { useTableColumns, vehicleName } from "../../stock/list/cells";
import { FilterChips } from "../../stock/list/FilterChips";
import { queryOf } from "../../stock/list/filters";
import { QuickFilters } from "../../stock/list/QuickFilters";
import { Situation } from "../../stock/list/Situation";
import type { Column as Field } from "../../wire/generated/http";
import { PICKED, type StockVehicle, usePickable } from "./api";
import css from "./create.module.css";
import { useEditing, useWrong } from "./editing";
import { PickerFile } from "./files";

export function VehiclePicker() {
  const { t } = useTranslation("dealer");
  const columns = useColumns();
  const wrong = useWrong();
  const problem = wrong("vehicles");
  return (
    <section aria-label={t("create.pick")} className={css.picker}>
      <h2>{t("create.pick")}</h2>
      {problem ? (
        <p role="alert" className={css.obstacles} tabIndex={-1} data-wrong>
          {problem}
        </p>
      ) : null}
      {columns.isPending ? <Skeleton height={320} radius="md" aria-busy="true" /> : null}
      {lossOf(columns) ? <Lost read={columns} /> : null}
      {columns.data ? <Found fields={columns.data} /> : null}
    </section>
  );
}

function Found({ fields }: { fields: Field[] }) {
  const { t } = useTranslation("dealer");
  const { t: ts } = useTranslation("stock");
  const search = useListSearch();
  const { sheet, choose } = useEditing();
  const all = search.value("shown") === "all";
  const query = { ...queryOf(search.asked, fields), ...useSeller(), ...(all ? {} : { free: "true" }) };
  const list = usePickable(query, search.page);
  const columns = usePickerColumns(fields);
  const chosen = new Set(sheet.lines.map(({ vehicle }) => vehicle.id));
  const tick = (items: StockVehicle[]) => (keys: Set<number | string>) =>
    choose(
      items.filter(({ id }) => keys.has(id) && !chosen.has(id)),
      [...chosen].filter((id) => !keys.has(id)),
    );
  return (
    <>
      <Tools>
        <SearchField search={search} label={ts("list.search")} hint={ts("list.search_hint")} />
        <Button
          variant="default"
          aria-pressed={all}
          onClick={() => search.change({ shown: all ? "" : "all" })}
        >
          {t(all ? "create.hide_others" : "create.show_others")}
        </Button>
      </Tools>
      <QuickFilters search={search} fields={fields} />
      <FilterChips search={search} fields={fields} />
      <SellerAlone />
      <ListFrame
        list={list}
        search={search}
        empty={<Empty>{t("create.no_vehicle")}</Empty>}
        foot={<PickerFile query={query} fields={fields} />}
      >
        {(found) => (
          <DataTable
            label={t("create.pick")}
            columns={columns}
            rows={found.items}
            rowKey={({ id }) => id}
            rowName={vehicleName}
            sort={search.sort ?? "make"}
            onSort={(sort) => search.change({ sort })}
            ticked={chosen}
            onTick={tick(found.items)}
            mayTick={({ missing }) => missing.length === 0}
          />
        )}
      </ListFrame>
    </>
  );
}

/** Once a vehicle is chosen, only those of the entity that sells it are found: an auction is of one entity. */
function useSeller(): { entity?: string } {
  const { entities } = useMe();
  const { entity } = useEditing();
  return entities.length > 1 && entity !== undefined ? { entity: String(entity) } : {};
}

/** Vehicles of other entities have gone from the list: it says why. */
function SellerAlone() {
  const { t } = useTranslation("dealer");
  const { entities } = useMe();
  const { entity } = useSeller();
  const name = entities.find(({ id }) => String(id) === entity)?.name;
  return (
    <p role="status" className={`${desk.muted} ${desk.small}`}>
      {name === undefined ? null : t("create.one_entity", { entity: name })}
    </p>
  );
}

function usePickerColumns(fields: Field[]): Column<StockVehicle>[] {
  const { t } = useTranslation("dealer");
  const columns = useTableColumns(fields, [...PICKED]);
  return [
    ...columns.map((column) =>
      column.key === "situation"
        ? { ...column, cell: (row: StockVehicle) => <Sellable row={row} /> }
        : column,
    ),
    {
      key: "card",
      head: t("create.card"),
      phone: "bare",
      cell: (row) => <CardLink id={row.id} />,
    },
  ];
}

function Sellable({ row }: { row: StockVehicle }) {
  return (
    <span className={css.sellable}>
      <Situation row={row} />
      <Retail row={row} />
    </span>
  );
}

/** It may be chosen all the same, and shows it (§4.3). */
export function Retail({ row }: { row: StockVehicle }) {
  const { t } = useTranslation("dealer");
  if (row.values?.retail_offer !== true) return null;
  return (
    <Chip tone="warn" sign="!">
      {t("create.retail")}
    </Chip>
  );
}

/** The card in a tab of its own: what was typed here stays. */
export function CardLink({ id }: { id: number }) {
  const { t } = useTranslation("dealer");
  return (
    <Link href={`/vehicles/${id}`} target="_blank" className={`${desk.small} ${css.card}`}>
      {t("create.see_card")}
    </Link>
  );
}
