/**
 * A reserved vehicle declared to delivery by hand, where its entity allows it (§6.3): seller, client, date, site of
 * delivery and physical site; one that was not honoured is declared again. Shown on the vehicle's card.
 */
import "./words";
import { NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAction } from "../desk/form/action";
import { FormDialog } from "../desk/form/FormDialog";
import form from "../desk/form/form.module.css";
import { useFieldErrors } from "../desk/form/refusal";
import { useMay, useMe } from "../desk/me";
import { useSheet, useStockSettings } from "../stock/api";
import type { DeliveryAnswer, VehicleSheet } from "../wire/generated/http";
import { ask } from "../wire/http";
import { MOVED, useDeliveries, useSites } from "./api";
import { instantOf, localOf } from "./moments";

const FIELDS = ["seller", "client", "date", "delivery_site", "physical_site"] as const;
const LONGEST_NAME = 200;

/** `vehicle` is its id. Nothing is shown where nothing can be declared. */
export function ManualDelivery({ vehicle }: { vehicle: number }) {
  const sheet = useSheet(vehicle);
  return sheet.data?.reserved ? <Reserved key={sheet.data.revision} sheet={sheet.data} /> : null;
}

function Reserved({ sheet }: { sheet: VehicleSheet }) {
  const may = useMay();
  const settings = useStockSettings(sheet.entity);
  const failed = useFailed(sheet);
  const allowed =
    settings.data?.leave_sales_stock_by_hand === true && may("declare_deliveries", sheet.entity);
  return allowed && (sheet.status === "sales_stock" || failed) ? <ByHand sheet={sheet} /> : null;
}

/** Whether its last delivery was by hand and not honoured: it is in delivery, and may be declared again. */
function useFailed(sheet: VehicleSheet): boolean {
  const q = sheet.plate ?? sheet.vin ?? "";
  const deliveries = useDeliveries(
    { entity: sheet.entity, q, limit: 50 },
    sheet.status === "delivery" && q !== "",
  );
  const last = (deliveries.data?.items ?? [])
    .filter(({ vehicles }) => vehicles.some(({ id }) => id === sheet.id))
    .reduce<DeliveryAnswer | null>((latest, one) => (latest && latest.id > one.id ? latest : one), null);
  return last !== null && last.order === null && last.status === "not_honoured";
}

function ByHand({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("sales");
  const fieldErrors = useFieldErrors();
  const me = useMe();
  const [, go] = useLocation();
  const sites = useSites(sheet.entity);
  const missing = (value: string) => (value.trim() === "" ? t("manual.missing") : null);
  const fields = useForm({
    initialValues: {
      seller: me.name,
      client: sheet.reserved_for ?? "",
      date: localOf(new Date()),
      delivery_site: String(sheet.site),
      physical_site: String(sheet.physical_site ?? sheet.site),
    },
    validate: { seller: missing, client: missing, date: missing },
  });
  const deliver = useAction(
    (values: typeof fields.values) =>
      ask("POST /api/vehicles/{id}/manual-delivery", {
        ids: { id: sheet.id },
        body: {
          seller: values.seller.trim(),
          client: values.client.trim(),
          date: instantOf(values.date) ?? "",
          delivery_site: Number(values.delivery_site),
          physical_site: Number(values.physical_site),
        },
      }),
    { refresh: MOVED, said: t("said.by_hand"), after: () => go("/deliveries?status=scheduled") },
  );
  const options = (sites.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <FormDialog
      deed={t("manual.deed")}
      title={t("manual.title")}
      shown={FIELDS}
      onSubmit={() => (fields.validate().hasErrors ? false : deliver.mutateAsync(fields.getValues()))}
      onRefused={(error) => fields.setErrors(fieldErrors(error))}
    >
      <p>{t("manual.text")}</p>
      <div className={form.fields}>
        <TextInput label={t("manual.seller")} maxLength={LONGEST_NAME} {...fields.getInputProps("seller")} />
        <TextInput label={t("manual.client")} maxLength={LONGEST_NAME} {...fields.getInputProps("client")} />
        <TextInput type="datetime-local" label={t("manual.date")} {...fields.getInputProps("date")} />
        <NativeSelect label={t("manual.site")} data={options} {...fields.getInputProps("delivery_site")} />
        <NativeSelect
          label={t("manual.physical")}
          data={options}
          {...fields.getInputProps("physical_site")}
        />
      </div>
    </FormDialog>
  );
}
