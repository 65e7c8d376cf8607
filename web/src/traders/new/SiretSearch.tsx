/** A new trader's SIRET, its form's own field: does anybody know it, the house or the public register? */
import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { CompanyFound } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { siretOf } from "../company";
import own from "../traders.module.css";
import type { useNewTrader } from "./new-trader";

export function SiretSearch({ made }: { made: ReturnType<typeof useNewTrader> }) {
  const { t } = useTranslation("traders");
  const { form, found, take, typeSiret } = made;
  const fieldErrors = useFieldErrors();
  const looking = useMutation({
    mutationFn: (siret: string) => ask("GET /api/companies", { query: { siret } }),
    onSuccess: take,
    onError: (error) => form.setFieldError("siret", fieldErrors(error).siret),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!looking.isPending && !form.validateField("siret").hasError)
      looking.mutate(siretOf(form.values.siret));
  };
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={submit}>
      <p>{t("new.search_lead")}</p>
      <div className={own.search}>
        <TextInput
          label={t("company.siret")}
          description={t("company.siret_hint")}
          inputWrapperOrder={["label", "input", "error", "description"]}
          name="siret"
          inputMode="numeric"
          autoComplete="off"
          withAsterisk
          aria-required
          {...form.getInputProps("siret")}
          onChange={(event) => typeSiret(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={looking.isPending}>
          {t("new.search")}
        </Button>
      </div>
      <FormProblem error={looking.error} shown={["siret"]} />
      {found && !found.trader ? <Outcome found={found} /> : null}
    </form>
  );
}

function Outcome({ found: { available, company } }: { found: CompanyFound }) {
  const { t } = useTranslation("traders");
  if (!available) return <Alert role="status">{t("new.no_directory")}</Alert>;
  if (!company)
    return (
      <Alert role="status" color="yellow">
        {t("new.unknown")}
      </Alert>
    );
  return company.open ? (
    <Alert role="status">{t("new.known", { name: company.legal_name })}</Alert>
  ) : (
    <Alert role="status" color="yellow">
      {t("new.closed", { name: company.legal_name })}
    </Alert>
  );
}
