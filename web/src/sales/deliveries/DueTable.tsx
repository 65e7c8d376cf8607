/** Orders with vehicles for which no delivery is scheduled, the soonest agreed first; scheduled here, in place. */
import { useTranslation } from "react-i18next";
import { useMay } from "../../desk/me";
import { Chip, Empty } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { ListFrame } from "../../desk/table/ListFrame";
import type { ListSearch } from "../../desk/table/search";
import type { DueDeliveryAnswer } from "../../wire/generated/http";
import { type DueQuery, useDue } from "../api";
import { DueFile } from "../files";
import { dayOf } from "../moments";
import { Moment } from "../pieces";
import css from "../sales.module.css";
import { FILTERS } from "./DeliveriesPage";
import { briefly, ScheduleDelivery } from "./ScheduleDelivery";

export function DueTable({ search, query }: { search: ListSearch; query: DueQuery }) {
  const { t } = useTranslation("sales");
  const list = useDue({ ...query, page: search.page });
  const columns = useColumns();
  const narrowed = FILTERS.some((name) => search.value(name) !== "");
  return (
    <ListFrame
      list={list}
      search={search}
      empty={<Empty>{t(narrowed ? "deliveries.nothing" : "deliveries.empty.due")}</Empty>}
      foot={<DueFile query={query} />}
    >
      {({ items }) => (
        <DataTable
          label={t("deliveries.states.due")}
          columns={columns}
          rows={items}
          rowKey={({ order }) => order.id}
          href={({ order }) => `/offers/${order.offer}`}
        />
      )}
    </ListFrame>
  );
}

function useColumns(): Column<DueDeliveryAnswer>[] {
  const { t } = useTranslation("sales");
  const may = useMay();
  const today = dayOf(new Date());
  return [
    {
      key: "order",
      head: t("deliveries.order"),
      phone: "title",
      cell: ({ order }) => order.display_number,
    },
    {
      key: "buyer",
      head: t("deliveries.buyer"),
      phone: "bare",
      cell: ({ buyer }) => <span className={css.wrap}>{buyer}</span>,
    },
    {
      key: "vehicles",
      head: t("deliveries.vehicles"),
      phone: "bare",
      cell: ({ vehicles, failed }) => (
        <span className={css.name}>
          {vehicles.map(briefly).join(", ")}
          {failed > 0 ? <span className={css.under}>{t("delivery.failed", { count: failed })}</span> : null}
        </span>
      ),
    },
    {
      key: "agreed",
      head: t("deliveries.agreed"),
      cell: ({ delivery_date }) => (
        <>
          <Moment at={delivery_date} shape="date" />{" "}
          {delivery_date < today ? (
            <Chip tone="lose" sign="!">
              {t("delivery.late")}
            </Chip>
          ) : null}
        </>
      ),
    },
    { key: "site", head: t("deliveries.site"), cell: ({ site }) => site.name },
    {
      key: "actions",
      head: t("deliveries.actions"),
      phone: "bare",
      cell: (due) =>
        may("declare_deliveries", due.entity) ? (
          <ScheduleDelivery key={due.vehicles.map(({ id }) => id).join()} due={due} compact />
        ) : null,
    },
  ];
}
