/**
 * A reserved vehicle declared to delivery by hand, where its entity allows it (§6.3): seller, client, date, site of
 * delivery and physical site. Shown on the vehicle's card; says why when it is not possible.
 */
import "./words";
import { NativeSelect, Skeleton, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useAction } from "../desk/form/action";
import { FormDialog } from "../desk/form/FormDialog";
import form from "../desk/form/form.module.css";
import { useFieldErrors } from "../desk/form/refusal";
import { useMay, useMe } from "../desk/me";
import type { VehicleSheet } from "../wire/generated/http";
import { ask } from "../wire/http";
import { MOVED, useSites } from "./api";
import { instantOf, localOf } from "./moments";
import css from "./sales.module.css";

const FIELDS = ["seller", "client", "date", "delivery_site", "physical_site"] as const;
const LONGEST_NAME = 200;

/** `vehicle` is its id. */
export function ManualDelivery({ vehicle }: { vehicle: number }) {
  const sheet = useQuery({
    queryKey: ["vehicles", "to-deliver", vehicle],
    queryFn: ({ signal }) => ask("GET /api/vehicles/{id}", { ids: { id: vehicle }, signal }),
  });
  if (sheet.isError) return null;
  if (sheet.isPending) return <Skeleton height={60} aria-busy="true" />;
  return <OfSheet key={sheet.data.revision} sheet={sheet.data} />;
}

function OfSheet({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const settings = useQuery({
    queryKey: ["stock-settings", sheet.entity],
    queryFn: ({ signal }) =>
      ask("GET /api/entities/{id}/stock-settings", { ids: { id: sheet.entity }, signal }),
  });
  if (settings.isPending) return <Skeleton height={60} aria-busy="true" />;
  const allowed = settings.data?.leave_sales_stock_by_hand === true;
  const why = whyNot(sheet, allowed, may("declare_deliveries", sheet.entity));
  return (
    <section aria-label={t("manual.title")}>
      <div className={css.bar}>
        <h2>{t("manual.title")}</h2>
        {why === null || why === "ordered" ? (
          <Link href={`/deliveries?status=scheduled&q=${encodeURIComponent(sheet.plate ?? sheet.vin ?? "")}`}>
            {t("manual.follow")}
          </Link>
        ) : null}
      </div>
      {why === null ? (
        <ByHand sheet={sheet} />
      ) : (
        <p className={`${desk.muted} ${desk.small}`}>
          {why === "no_right" ? t("no_right") : t(`manual.${why}`)}
        </p>
      )}
    </section>
  );
}

function whyNot(sheet: VehicleSheet, allowed: boolean, may: boolean) {
  if (sheet.status === "released") return "ordered" as const;
  if (!allowed) return "off" as const;
  if (!sheet.reserved) return "not_reserved" as const;
  return may ? null : ("no_right" as const);
}

function ByHand({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("sales");
  const fieldErrors = useFieldErrors();
  const me = useMe();
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
    { refresh: MOVED, said: t("said.by_hand") },
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
