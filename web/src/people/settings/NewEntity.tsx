/** A new entity of the holding (§1.1): whoever makes it works there at once, with the same rights. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { ask } from "../../wire/http";
import { ENTITIES } from "../api";

/** What stands on an entity's papers, once it is known. */
export const NUMBERS = ["siret", "vat_number"] as const;

interface Values {
  name: string;
  siret: string;
  vat_number: string;
  beside: number;
}

function useMaking(done: () => void) {
  const { t } = useTranslation("people");
  const client = useQueryClient();
  return useAction(
    ({ name, siret, vat_number, beside }: Values) =>
      ask("POST /api/entities", {
        body: {
          beside,
          name: name.trim(),
          siret: siret.trim() || null,
          vat_number: vat_number.trim() || null,
        },
      }),
    {
      refresh: [ENTITIES],
      said: t("settings.entity_made"),
      after: () => {
        done();
        // Whoever makes an entity works there from now on.
        void client.invalidateQueries({ queryKey: ["session"], exact: true });
      },
    },
  );
}

export function NewEntity() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const may = useMay();
  const entities = useMe().entities.filter(({ id }) => may("manage_users", id));
  const fresh = { name: "", siret: "", vat_number: "", beside: entities[0]?.id ?? 0 };
  const [values, setValues] = useState(fresh);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const making = useMaking(() => setValues(fresh));
  const submit = () => {
    if (values.name.trim()) return making.mutateAsync(values);
    setErrors({ name: common("form.required") });
    return false;
  };
  const type = (changed: Partial<typeof fresh>) => {
    setValues((before) => ({ ...before, ...changed }));
    setErrors({});
  };
  return (
    <FormDialog
      deed={t("settings.new_entity")}
      title={t("settings.new_entity")}
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={["name", ...NUMBERS]}
    >
      <p>{t("settings.new_entity_hint")}</p>
      <div className={form.fields}>
        <TextInput
          label={t("settings.entity_name")}
          required
          data-autofocus
          value={values.name}
          error={errors.name}
          onChange={(event) => type({ name: event.currentTarget.value })}
        />
        {NUMBERS.map((field) => (
          <TextInput
            key={field}
            label={t(`settings.${field}`)}
            value={values[field]}
            error={errors[field]}
            onChange={(event) => type({ [field]: event.currentTarget.value })}
          />
        ))}
        {entities.length > 1 ? (
          <NativeSelect
            label={t("settings.beside")}
            value={values.beside}
            data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(event) => type({ beside: Number(event.currentTarget.value) })}
          />
        ) : null}
      </div>
    </FormDialog>
  );
}
