/** Scheduling a delivery of an order's vehicles (§6.1): when, at which site, which of those that need one. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import type { DeliveryVehicle, DueDeliveryAnswer } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { MOVED, useSites } from "../api";
import { instantOf, localOf } from "../moments";
import css from "../sales.module.css";

interface Props {
  due: Pick<DueDeliveryAnswer, "order" | "entity" | "buyer" | "delivery_date" | "site" | "vehicles">;
  compact?: boolean;
  primary?: boolean;
}

const FIRST_HOUR = "09:00";

/** The day agreed, or now if that is past. */
function proposed(delivery_date: string): string {
  const now = localOf(new Date());
  const agreed = `${delivery_date}T${FIRST_HOUR}`;
  return agreed > now ? agreed : now;
}

export function ScheduleDelivery({ due, compact, primary }: Props) {
  const { t } = useTranslation("sales");
  const fieldErrors = useFieldErrors();
  const sites = useSites(due.entity);
  const schedule = useAction(
    (values: { when: string; site: string; vehicles: string[] }) =>
      ask("POST /api/orders/{id}/deliveries", {
        ids: { id: due.order.id },
        body: {
          scheduled_at: instantOf(values.when) ?? "",
          site: Number(values.site),
          vehicles: values.vehicles.map(Number),
        },
      }),
    { refresh: MOVED, said: t("said.scheduled") },
  );
  const fields = useForm({
    initialValues: {
      when: proposed(due.delivery_date),
      site: String(due.site.id),
      vehicles: due.vehicles.map(({ id }) => String(id)),
    },
    validate: {
      when: (when) => (instantOf(when) === null ? t("delivery.when_missing") : null),
      vehicles: (vehicles) => (vehicles.length === 0 ? t("delivery.vehicles_missing") : null),
    },
  });
  return (
    <FormDialog
      deed={t("step.schedule")}
      title={t("delivery.schedule_title", { number: due.order.display_number })}
      variant={primary ? "filled" : "default"}
      size={compact ? "compact-sm" : "sm"}
      shown={["scheduled_at", "site", "vehicles"]}
      onSubmit={() => (fields.validate().hasErrors ? false : schedule.mutateAsync(fields.getValues()))}
      onRefused={(error) => {
        const { scheduled_at, ...others } = fieldErrors(error);
        fields.setErrors({ ...others, ...(scheduled_at ? { when: scheduled_at } : {}) });
      }}
    >
      <p>{t("delivery.schedule_text", { buyer: due.buyer })}</p>
      <div className={form.fields}>
        <TextInput type="datetime-local" label={t("delivery.when")} {...fields.getInputProps("when")} />
        <NativeSelect
          label={t("delivery.site")}
          data={(sites.data ?? [due.site]).map(({ id, name }) => ({ value: String(id), label: name }))}
          {...fields.getInputProps("site")}
        />
      </div>
      <Checkbox.Group label={t("delivery.vehicles")} {...fields.getInputProps("vehicles")}>
        <div className={css.ticks}>
          {due.vehicles.map((vehicle) => (
            <Checkbox key={vehicle.id} value={String(vehicle.id)} label={briefly(vehicle)} />
          ))}
        </div>
      </Checkbox.Group>
    </FormDialog>
  );
}

/** A vehicle in one line. */
export function briefly({ make, model, plate }: Pick<DeliveryVehicle, "make" | "model" | "plate">): string {
  return [`${make} ${model}`, plate].filter(Boolean).join(" · ");
}
