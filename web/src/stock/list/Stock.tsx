/** The stock's list (§4.8): what is found, in the columns that the reader chose, and what can be done with what is ticked. */
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { Lost, lossOf } from "../../desk/fresh";
import { useMay } from "../../desk/me";
import { usePageTitle } from "../../desk/pieces";
import { DataTable } from "../../desk/table/DataTable";
import { ListFrame, SearchField, Tools } from "../../desk/table/ListFrame";
import { Nothing } from "../../desk/table/Nothing";
import { useListSearch } from "../../desk/table/search";
import type { Column, StockVehicle } from "../../wire/generated/http";
import { useColumns, useVehicles } from "../api";
import { ColumnChooser } from "./ColumnChooser";
import { useTableColumns, vehicleName } from "./cells";
import { useChosenColumns } from "./chosen";
import { Export } from "./Export";
import { FilterChips } from "./FilterChips";
import { conditionsOf, queryOf } from "./filters";
import css from "./list.module.css";
import { QuickFilters } from "./QuickFilters";
import { SavedSearches } from "./SavedSearches";
import { Ticked } from "./Ticked";

export function Stock() {
  const { t } = useTranslation("stock");
  const columns = useColumns();
  usePageTitle(t("title"));
  return (
    <>
      <Heading />
      {columns.isPending ? <Skeleton height={320} radius="md" aria-busy="true" /> : null}
      {lossOf(columns) ? <Lost read={columns} /> : null}
      {columns.data ? <Found fields={columns.data} /> : null}
    </>
  );
}

function Heading() {
  const { t } = useTranslation("stock");
  const may = useMay();
  return (
    <div className={desk.heading}>
      <h1>{t("title")}</h1>
      {may("manage_stock") ? (
        <div className={css.ways}>
          <Button component={Link} href="/vehicles/import" variant="default">
            {t("list.import")}
          </Button>
          <Button component={Link} href="/vehicles/new">
            {t("list.new")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Found({ fields }: { fields: Column[] }) {
  const { t } = useTranslation("stock");
  const search = useListSearch();
  const query = queryOf(search.asked, fields);
  const [columns, choose] = useChosenColumns(search, fields);
  const { columns: _, ...narrowing } = query;
  const list = useVehicles(narrowing, columns, search.page, true);
  const tableColumns = useTableColumns(fields, columns);
  const [ticked, setTicked] = useState<ReadonlyMap<number, StockVehicle>>(new Map());
  const narrowed = Boolean(query.q) || conditionsOf(query, fields).length > 0;
  const tick = (items: StockVehicle[]) => (keys: Set<number | string>) =>
    setTicked(
      new Map([...ticked.values(), ...items].filter(({ id }) => keys.has(id)).map((one) => [one.id, one])),
    );
  return (
    <>
      <Tools>
        <SearchField search={search} label={t("list.search")} hint={t("list.search_hint")} />
        <SavedSearches query={query} columns={columns} />
        <ColumnChooser fields={fields} chosen={columns} choose={choose} />
      </Tools>
      <QuickFilters search={search} fields={fields} />
      <FilterChips search={search} fields={fields} />
      <ListFrame
        list={list}
        search={search}
        empty={<NoVehicles narrowed={narrowed} />}
        foot={<Export query={narrowing} columns={columns} />}
      >
        {(found) => (
          <DataTable
            label={t("title")}
            columns={tableColumns}
            rows={found.items}
            rowKey={({ id }) => id}
            rowName={vehicleName}
            href={({ id }) => `/vehicles/${id}`}
            sort={search.sort ?? "make"}
            onSort={(sort) => search.change({ sort })}
            ticked={new Set(ticked.keys())}
            onTick={tick(found.items)}
          />
        )}
      </ListFrame>
      <Ticked vehicles={[...ticked.values()]} clear={() => setTicked(new Map())} />
    </>
  );
}

function NoVehicles({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation("stock");
  const may = useMay();
  return (
    <Nothing
      narrowed={narrowed}
      nothing={t("list.nothing")}
      all={{ says: t("list.clear"), href: "/vehicles" }}
      empty={t("list.empty")}
      first={may("manage_stock") ? { says: t("list.import"), href: "/vehicles/import" } : null}
    />
  );
}
