/** An invoice declared by hand (§6.1), of an order or of a delivery by hand; sent twice, it is declared once. */
import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import { ask } from "../../wire/http";
import type { Amount } from "../../wire/messages";
import { MOVED } from "../api";
import { dayOf } from "../moments";

interface Props {
  /** Of which it is: one of both. */
  order?: { id: number; display_number: string } | null;
  delivery?: number;
  buyer: string;
  total?: Amount;
  compact?: boolean;
}

const LONGEST_NUMBER = 100;

export function DeclareInvoice({ order, delivery, buyer, total, compact }: Props) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const fieldErrors = useFieldErrors();
  const [key] = useState(() => crypto.randomUUID());
  const declare = useAction(
    ({ number, date }: { number: string; date: string }) =>
      ask("POST /api/invoices", {
        body: {
          number: number.trim(),
          date,
          ...(order ? { order: order.id } : delivery === undefined ? {} : { delivery }),
        },
        key: `${key}-${number.trim()}-${date}`,
      }),
    {
      refresh: MOVED,
      said: ({ number, released }) =>
        released.length > 0
          ? t("said.invoiced_released", { number, count: released.length })
          : t("said.invoiced", { number }),
    },
  );
  const fields = useForm({
    initialValues: { number: "", date: dayOf(new Date()) },
    validate: {
      number: (number) => (number.trim() === "" ? t("invoice.number_missing") : null),
      date: (date) => (date === "" ? t("invoice.date_missing") : null),
    },
  });
  return (
    <FormDialog
      deed={t("step.invoice")}
      title={t("invoice.title")}
      size={compact ? "compact-sm" : "sm"}
      shown={["number", "date"]}
      onSubmit={() => (fields.validate().hasErrors ? false : declare.mutateAsync(fields.getValues()))}
      onRefused={(error) => fields.setErrors(fieldErrors(error))}
    >
      <p>
        {order
          ? t("invoice.for_order", { number: order.display_number, buyer })
          : t("invoice.for_hand", { buyer })}
        {total === undefined ? null : ` · ${t("invoice.amount", { total: formatAmount(total, language) })}`}
      </p>
      <p>{t("invoice.text")}</p>
      <div className={form.fields}>
        <TextInput
          label={t("invoice.number")}
          maxLength={LONGEST_NUMBER}
          data-autofocus
          {...fields.getInputProps("number")}
        />
        <TextInput type="date" label={t("invoice.date")} {...fields.getInputProps("date")} />
      </div>
    </FormDialog>
  );
}
