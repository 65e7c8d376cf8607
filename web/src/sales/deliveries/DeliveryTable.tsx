/** Deliveries of one state: when, to whom, what; declared and invoiced in place, with their notes as PDF. */
import { useTranslation } from "react-i18next";
import { useMay } from "../../desk/me";
import { PaperLink } from "../../desk/PaperLink";
import { Chip, Empty } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { ListFrame } from "../../desk/table/ListFrame";
import type { ListSearch } from "../../desk/table/search";
import type { DeliveryAnswer } from "../../wire/generated/http";
import { type DeliveriesQuery, useDeliveries } from "../api";
import { DeliveriesFile } from "../files";
import { Moment } from "../pieces";
import css from "../sales.module.css";
import { DeclareDelivery } from "./DeclareDelivery";
import { DeclareInvoice } from "./DeclareInvoice";
import { type DeliveriesState, FILTERS } from "./DeliveriesPage";
import { briefly } from "./ScheduleDelivery";

interface Props {
  search: ListSearch;
  state: Exclude<DeliveriesState, "due">;
  query: DeliveriesQuery;
}

export function DeliveryTable({ search, state, query }: Props) {
  const { t } = useTranslation("sales");
  const list = useDeliveries({ ...query, page: search.page });
  const columns = useColumns(state);
  const narrowed = FILTERS.some((name) => search.value(name) !== "");
  return (
    <ListFrame
      list={list}
      search={search}
      empty={<Empty>{t(narrowed ? "deliveries.nothing" : `deliveries.empty.${state}`)}</Empty>}
      foot={<DeliveriesFile query={query} />}
    >
      {({ items }) => (
        <DataTable
          label={t(`deliveries.states.${state}`)}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          href={({ order, vehicles }) => (order ? `/offers/${order.offer}` : `/vehicles/${vehicles[0]?.id}`)}
        />
      )}
    </ListFrame>
  );
}

function useColumns(state: Props["state"]): Column<DeliveryAnswer>[] {
  const { t } = useTranslation("sales");
  const report: Column<DeliveryAnswer> = {
    key: "report",
    head: t("deliveries.report"),
    phone: "bare",
    cell: ({ report: said }) => <span className={css.wrap}>{said}</span>,
  };
  const invoice: Column<DeliveryAnswer> = {
    key: "invoice",
    head: t("deliveries.invoice"),
    cell: ({ invoice: number }) => number ?? t("none"),
  };
  return [
    {
      key: "when",
      head: t(state === "scheduled" ? "deliveries.agreed" : "deliveries.when"),
      phone: "title",
      cell: (delivery) => <When delivery={delivery} />,
    },
    {
      key: "order",
      head: t("deliveries.order"),
      cell: ({ order }) => order?.display_number ?? t("delivery.by_hand"),
    },
    {
      key: "buyer",
      head: t("deliveries.buyer"),
      phone: "bare",
      cell: ({ buyer, seller }) => (
        <span className={css.wrap}>
          {buyer}
          {seller ? <span className={css.under}>{t("delivery.sold_by", { seller })}</span> : null}
        </span>
      ),
    },
    {
      key: "vehicles",
      head: t("deliveries.vehicles"),
      phone: "bare",
      cell: ({ vehicles }) => <span className={css.wrap}>{vehicles.map(briefly).join(", ")}</span>,
    },
    { key: "site", head: t("deliveries.site"), cell: ({ site }) => site.name },
    ...(state === "scheduled" || state === "cancelled" ? [] : [report]),
    ...(state === "released" || state === "scheduled" ? [invoice] : []),
    {
      key: "actions",
      head: t("deliveries.actions"),
      phone: "bare",
      cell: (delivery) => <Actions delivery={delivery} />,
    },
  ];
}

function When({ delivery }: { delivery: DeliveryAnswer }) {
  const { t } = useTranslation("sales");
  const late = delivery.status === "scheduled" && Date.parse(delivery.scheduled_at) < Date.now();
  return (
    <>
      <Moment at={delivery.declared_at ?? delivery.scheduled_at} />{" "}
      {late ? (
        <Chip tone="lose" sign="!">
          {t("delivery.late")}
        </Chip>
      ) : null}
    </>
  );
}

function Actions({ delivery }: { delivery: DeliveryAnswer }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const declares = may("declare_deliveries", delivery.entity);
  return (
    <span className={css.buttons}>
      {declares && delivery.status === "scheduled" ? <DeclareDelivery delivery={delivery} compact /> : null}
      {declares && delivery.status === "honoured" && delivery.invoice === null ? (
        <DeclareInvoice
          {...(delivery.order ? { order: delivery.order } : { delivery: delivery.id })}
          buyer={delivery.buyer}
          compact
        />
      ) : null}
      {delivery.status === "cancelled" ? null : (
        <PaperLink
          address={`api/deliveries/${delivery.id}/note.pdf`}
          says={t("delivery.note_short")}
          name={`${t("delivery.note_short")} · ${delivery.vehicles.map(briefly).join(", ")}`}
          look="small-button"
        />
      )}
    </span>
  );
}
