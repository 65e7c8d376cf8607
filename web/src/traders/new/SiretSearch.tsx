/** The first step to a new trader: does anybody know this SIRET, the house or the public register? */
import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { CompanyFound } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { isSiret, siretOf } from "../company";
import own from "../traders.module.css";

interface Props {
  found: CompanyFound | null;
  setFound: (found: CompanyFound | null) => void;
}

export function SiretSearch({ found, setFound }: Props) {
  const { t } = useTranslation("traders");
  const [typed, type] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const fieldErrors = useFieldErrors();
  const looking = useMutation({
    mutationFn: (siret: string) => ask("GET /api/companies", { query: { siret } }),
    onSuccess: setFound,
    onError: (error) => setWrong(fieldErrors(error).siret ?? null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const siret = siretOf(typed);
    setWrong(isSiret(siret) ? null : t("company.siret_wrong"));
    if (isSiret(siret)) looking.mutate(siret);
  };
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={submit}>
      <p>{t("new.search_lead")}</p>
      <div className={own.search}>
        <TextInput
          label={t("company.siret")}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          error={wrong}
          onChange={(event) => {
            type(event.currentTarget.value);
            setWrong(null);
          }}
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
