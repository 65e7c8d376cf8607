/** The trader's own company (§2.1): its contact data and legal representative are its to change, the rest the register's. */
import { Alert, Button, Skeleton } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import css from "../../desk/form/form.module.css";
import { useKeptForm } from "../../desk/form/kept-form";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { Problem } from "../../desk/pieces";
import { CompanyFields } from "../../traders/CompanyFields";
import { COMPANY_FIELDS, type CompanyField, changesOf } from "../../traders/company";
import type { CompanyCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";

const KEY = ["company"] as const;
/** Its identity; VAT number and APE code only until they are known. */
const IDENTITY: readonly CompanyField[] = ["legal_name", "siret", "kind"];
const REGISTERED: readonly CompanyField[] = ["vat_number", "ape_code"];

export function MyCompany() {
  const company = useQuery({ queryKey: KEY, queryFn: ({ signal }) => ask("GET /api/company", { signal }) });
  if (company.isPending) return <Skeleton height={320} radius="md" aria-busy="true" />;
  if (company.isLoadingError) return <Problem error={company.error} retry={() => void company.refetch()} />;
  return <CompanyForm card={company.data} />;
}

function CompanyForm({ card }: { card: CompanyCard }) {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  const fieldErrors = useFieldErrors();
  const form = useForm<CompanyCard>({ initialValues: card });
  useKeptForm("company", form);
  const saving = useAction(
    (typed: CompanyCard) => ask("PATCH /api/company", { body: changesOf(card, typed) }),
    {
      refresh: [KEY],
      said: tt("form.saved"),
      after: (saved) => {
        form.setValues(saved);
        form.resetDirty(saved);
      },
    },
  );
  const closed = new Set([...IDENTITY, ...REGISTERED.filter((field) => card[field] !== "")]);
  const save = form.onSubmit((typed) =>
    saving.mutate(typed, { onError: (error) => form.setErrors(fieldErrors(error)) }),
  );
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={save}>
      <h2>{t("places.company")}</h2>
      {card.legal_representative ? null : (
        <Alert color="yellow" role="status">
          {t("company.no_representative")}
        </Alert>
      )}
      <p className={desk.muted}>{t("company.identity")}</p>
      <CompanyFields input={(field) => form.getInputProps(field)} closed={closed} />
      <FormProblem error={saving.error} shown={COMPANY_FIELDS} />
      <div className={css.actions}>
        <Button variant="default" disabled={!form.isDirty()} onClick={() => form.reset()}>
          {tt("form.reset")}
        </Button>
        <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
          {tt("form.save")}
        </Button>
      </div>
    </form>
  );
}
