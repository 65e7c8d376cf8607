/**
 * Placing the order (§6.1): legal representative of the buyer, delivery date and site, payment, documents, deposit.
 * What is missing is said field by field, by the form or by the server.
 */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AmountInput } from "../../desk/form/AmountInput";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { isOutdated, Outdated } from "../../desk/form/Outdated";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import { useLanguage } from "../../language";
import { amountOf, centsOf, formatAmount } from "../../money";
import type { Document, Offer, PaymentMethod } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import type { Amount } from "../../wire/messages";
import { MOVED, useSites, useTrader } from "../api";
import { dayOf } from "../moments";
import css from "../sales.module.css";

interface Values {
  representative: string;
  delivery_date: string;
  delivery_site: string;
  payment_method: PaymentMethod | "";
  documents: Document[];
  deposit: Amount | "";
}

const PAYMENTS = ["transfer", "bank_cheque", "card", "cash", "financing"] as const;
const DOCUMENTS = [
  "registration_certificate",
  "transfer_certificate",
  "administrative_status",
  "inspection_report",
  "service_book",
  "invoice",
  "second_key",
] as const;
const SHOWN = [
  "buyer.legal_representative",
  "legal_representative",
  "delivery_date",
  "delivery_site",
  "payment_method",
  "documents",
  "deposit",
  "total",
];
const LONGEST_NAME = 200;

type Fields = UseFormReturnType<Values>;

export function PlaceOrder({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const fieldErrors = useFieldErrors();
  const { fields, place } = useOrderForm(offer);
  return (
    <FormDialog
      deed={t("step.order")}
      title={t("order.title", { number: offer.display_number })}
      variant="filled"
      shown={SHOWN}
      onSubmit={() => (fields.validate().hasErrors ? false : place.mutateAsync(fields.getValues()))}
      onRefused={(error) => {
        const refused = fieldErrors(error);
        const representative = refused["buyer.legal_representative"] ?? refused.legal_representative;
        fields.setErrors({ ...refused, ...(representative ? { representative } : {}) });
      }}
    >
      <p>{t("order.text", { buyer: offer.trader.name })}</p>
      <div className={form.fields}>
        <Representative offer={offer} fields={fields} />
        <TextInput
          type="date"
          label={t("order.date")}
          min={dayOf(new Date())}
          {...fields.getInputProps("delivery_date")}
        />
        <Site offer={offer} fields={fields} />
        <NativeSelect
          label={t("order.payment")}
          data={[
            { value: "", label: t("order.choose") },
            ...PAYMENTS.map((method) => ({ value: method, label: t(`payments.${method}`) })),
          ]}
          {...fields.getInputProps("payment_method")}
        />
        <AmountInput
          label={t("order.deposit")}
          value={fields.values.deposit}
          error={fields.errors.deposit}
          onChange={(deposit) => fields.setFieldValue("deposit", deposit)}
        />
        <div className={form.wide}>
          <Checkbox.Group label={t("order.documents")} {...fields.getInputProps("documents")}>
            <div className={css.ticks}>
              {DOCUMENTS.map((document) => (
                <Checkbox key={document} value={document} label={t(`documents.${document}`)} />
              ))}
            </div>
          </Checkbox.Group>
        </div>
      </div>
      <Balance offer={offer} deposit={fields.values.deposit} />
      {isOutdated(place.error) ? (
        <Outdated>{t("order.overtaken", { total: formatAmount(offer.totals.total, language) })}</Outdated>
      ) : null}
    </FormDialog>
  );
}

/** The form, what it lacks, and its sending: the representative goes to the buyer's card first, if it is not there. */
function useOrderForm(offer: Offer) {
  const { t } = useTranslation("sales");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const trader = useTrader(offer.trader.id);
  const missing = trader.data?.legal_representative === "";
  const place = useAction(
    async (values: Values) => {
      if (missing)
        await ask("PATCH /api/traders/{id}", {
          ids: { id: offer.trader.id },
          body: { legal_representative: values.representative.trim() },
        });
      return ask("POST /api/offers/{id}/order", {
        ids: { id: offer.id },
        body: {
          delivery_date: values.delivery_date || null,
          delivery_site: Number(values.delivery_site) || null,
          payment_method: values.payment_method || null,
          documents: values.documents,
          deposit: values.deposit || null,
          total: offer.totals.total,
        },
      }).catch(async (error: unknown) => {
        // Whoever has it placed again has read what it comes to now.
        if (isOutdated(error)) await client.invalidateQueries({ queryKey: MOVED[0] });
        throw error;
      });
    },
    { refresh: MOVED, said: (made) => t("said.ordered", { number: made.display_number }) },
  );
  const needed = (value: string) => (value.trim() === "" ? tt("form.required") : null);
  const fields = useForm<Values>({
    initialValues: {
      representative: "",
      delivery_date: "",
      delivery_site: "",
      payment_method: "",
      documents: ["registration_certificate", "transfer_certificate", "invoice"],
      deposit: "",
    },
    validate: {
      representative: (name) => (missing ? needed(name) : null),
      delivery_date: (day) => needed(day) ?? (day < dayOf(new Date()) ? t("order.past") : null),
      delivery_site: needed,
      payment_method: needed,
      documents: (documents) => (documents.length === 0 ? t("order.documents_missing") : null),
      deposit: (deposit) =>
        deposit !== "" && centsOf(deposit) > centsOf(offer.totals.balance_due)
          ? t("order.too_high", { total: formatAmount(offer.totals.balance_due, language) })
          : null,
    },
  });
  return { fields, place };
}

function Representative({ offer, fields }: { offer: Offer; fields: Fields }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const trader = useTrader(offer.trader.id);
  const known = trader.data?.legal_representative;
  const allowed = may("manage_connections");
  const buyer = offer.trader.name;
  if (known) return <TextInput label={t("order.representative")} value={known} readOnly />;
  return (
    <TextInput
      label={t("order.representative")}
      description={t(allowed ? "order.representative_add" : "order.representative_no_right", { buyer })}
      maxLength={LONGEST_NAME}
      disabled={!allowed || trader.isPending}
      {...fields.getInputProps("representative")}
    />
  );
}

function Site({ offer, fields }: { offer: Offer; fields: Fields }) {
  const { t } = useTranslation("sales");
  const sites = useSites(offer.entity.id);
  return (
    <NativeSelect
      label={t("order.site")}
      data={[
        { value: "", label: t("order.choose") },
        ...(sites.data ?? []).map(({ id, name, city }) => ({
          value: String(id),
          label: [name, city].filter(Boolean).join(", "),
        })),
      ]}
      {...fields.getInputProps("delivery_site")}
    />
  );
}

function Balance({ offer, deposit }: { offer: Offer; deposit: Amount | "" }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const { balance_due, total } = offer.totals;
  const left_cents = centsOf(balance_due) - (deposit === "" ? 0 : centsOf(deposit));
  return (
    <p>
      <b>
        {t("order.balance", {
          balance: formatAmount(amountOf(left_cents), language),
          total: formatAmount(total, language),
        })}
      </b>
    </p>
  );
}
