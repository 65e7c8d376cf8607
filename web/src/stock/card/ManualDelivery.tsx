/** A reserved vehicle of the sales stock declared to delivery by hand, where its entity allows that (§6.3). */
import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import forms from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import type { VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useSites, useStockSettings, VEHICLES } from "../api";

const FIELDS = ["seller", "client", "date", "delivery_site", "physical_site"] as const;

export function ManualDelivery({ sheet }: { sheet: VehicleSheet }) {
  const may = useMay();
  const settings = useStockSettings(sheet.entity);
  const offered =
    may("declare_deliveries", sheet.entity) &&
    sheet.reserved &&
    sheet.status === "sales_stock" &&
    settings.data?.leave_sales_stock_by_hand === true;
  return offered ? <TheDialog sheet={sheet} /> : null;
}

function TheDialog({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { name } = useMe();
  const [, go] = useLocation();
  const sites = (useSites().data ?? []).filter(({ entity }) => entity === sheet.entity);
  const fieldErrors = useFieldErrors();
  const form = useForm({
    initialValues: {
      seller: name,
      client: sheet.reserved_for ?? "",
      date: "",
      delivery_site: String(sheet.site),
      physical_site: String(sheet.physical_site ?? sheet.site),
    },
    validate: {
      seller: (value) => (value.trim() ? null : t("card.needed")),
      client: (value) => (value.trim() ? null : t("card.needed")),
      date: (value) => (value ? null : t("card.needed")),
    },
  });
  const declare = useAction(
    () => {
      const { seller, client, date, delivery_site, physical_site } = form.values;
      return ask("POST /api/vehicles/{id}/manual-delivery", {
        ids: { id: sheet.id },
        body: {
          seller: seller.trim(),
          client: client.trim(),
          date: new Date(date).toISOString(),
          delivery_site: Number(delivery_site),
          physical_site: Number(physical_site),
        },
      });
    },
    {
      refresh: [VEHICLES, ["deliveries"], ["offers"]],
      said: t("card.delivery.done"),
      after: () => go("/deliveries"),
    },
  );
  const data = sites.map((site) => ({ value: String(site.id), label: site.name }));
  return (
    <FormDialog
      deed={t("card.delivery.deed")}
      title={t("card.delivery.title")}
      onSubmit={() => !form.validate().hasErrors && declare.mutateAsync()}
      onRefused={(error) => form.setErrors(fieldErrors(error))}
      shown={FIELDS}
    >
      <div className={forms.fields}>
        <TextInput label={t("card.delivery.seller")} required {...form.getInputProps("seller")} />
        <TextInput label={t("card.delivery.client")} required {...form.getInputProps("client")} />
        <TextInput
          type="datetime-local"
          label={t("card.delivery.date")}
          required
          {...form.getInputProps("date")}
        />
        <Select
          label={t("card.delivery.delivery_site")}
          data={data}
          allowDeselect={false}
          {...form.getInputProps("delivery_site")}
        />
        <Select
          label={t("card.delivery.physical_site")}
          data={data}
          allowDeselect={false}
          {...form.getInputProps("physical_site")}
        />
      </div>
    </FormDialog>
  );
}
