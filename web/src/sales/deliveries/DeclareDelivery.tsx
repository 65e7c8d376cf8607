/** What became of a delivery (§6.1): honoured or not, a written report, and when. */
import { Radio, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import { useFieldErrors } from "../../desk/form/refusal";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { DeliveryAnswer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { MOVED } from "../api";
import { instantOf, localOf } from "../moments";
import css from "../sales.module.css";

const LONGEST_REPORT = 4000;

interface Values {
  outcome: "" | "honoured" | "not_honoured";
  report: string;
  at: string;
}

export function DeclareDelivery({ delivery, compact }: { delivery: DeliveryAnswer; compact?: boolean }) {
  const { t } = useTranslation("sales");
  const language = useLanguage();
  const fieldErrors = useFieldErrors();
  const declare = useAction(
    ({ outcome, report, at }: Values) =>
      ask("POST /api/deliveries/{id}/declaration", {
        ids: { id: delivery.id },
        body: { honoured: outcome === "honoured", report: report.trim(), at: at ? instantOf(at) : null },
      }),
    { refresh: MOVED, said: t("said.declared") },
  );
  const fields = useForm<Values>({
    initialValues: { outcome: "", report: "", at: "" },
    validate: {
      outcome: (outcome) => (outcome === "" ? t("delivery.outcome_missing") : null),
      report: (report) => (report.trim() === "" ? t("delivery.report_missing") : null),
    },
  });
  const later = delivery.invoice ? t("delivery.release_now") : t("delivery.release_later");
  return (
    <FormDialog
      deed={t("delivery.declare")}
      title={t("delivery.declare_title", { at: formatTime(delivery.scheduled_at, "dayClock", language) })}
      size={compact ? "compact-sm" : "sm"}
      shown={["report", "at"]}
      onSubmit={() => (fields.validate().hasErrors ? false : declare.mutateAsync(fields.getValues()))}
      onRefused={(error) => fields.setErrors(fieldErrors(error))}
    >
      <Radio.Group label={t("delivery.outcome")} {...fields.getInputProps("outcome")}>
        <div className={css.choice}>
          <Radio value="honoured" label={t("delivery.honoured")} />
          <Radio value="not_honoured" label={t("delivery.not_honoured")} />
        </div>
      </Radio.Group>
      <Textarea
        label={t("delivery.report")}
        description={t("delivery.report_hint")}
        rows={4}
        maxLength={LONGEST_REPORT}
        {...fields.getInputProps("report")}
      />
      <TextInput
        type="datetime-local"
        label={t("delivery.at")}
        max={localOf(new Date())}
        {...fields.getInputProps("at")}
        value={fields.values.at || localOf(new Date())}
      />
      {fields.values.outcome === "honoured" ? <p>{later}</p> : null}
    </FormDialog>
  );
}
