/** A trader's new account, and its company, with what the dealer knew already filled in (§2.1, §2.3). */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useLanguage } from "../../language";
import { EmailField } from "../../session/SignInForm";
import { CompanyFields, useCompanyChecks } from "../../traders/CompanyFields";
import { COMPANY_FIELDS, type Company, companyWith } from "../../traders/company";
import type { FollowedLink, LinkAcceptance } from "../../wire/generated/http";
import { NewPassword, useNewPasswordCheck } from "../NewPassword";

interface Props {
  link: FollowedLink;
  accepting: UseMutationResult<unknown, unknown, Omit<LinkAcceptance, "token">>;
}

const SHOWN = [
  "account.name",
  "account.password",
  ...COMPANY_FIELDS.filter((field) => field !== "kind").map((field) => `company.${field}`),
];

function useNewAccountForm(link: FollowedLink) {
  const { t: tt } = useTranslation();
  const company = companyWith(link.company);
  const checks = useCompanyChecks();
  const password = useNewPasswordCheck();
  return useForm<{ account: { name: string; password: string }; company: Company }>({
    initialValues: {
      account: { name: company.legal_representative, password: "" },
      company: { ...company, email: company.email || (link.email ?? "") },
    },
    validate: {
      account: { name: (typed) => (typed.trim() ? null : tt("form.required")), password },
      company: checks,
    },
  });
}

export function NewTraderAccount({ link, accepting }: Props) {
  const { t } = useTranslation("account");
  const language = useLanguage();
  const fieldErrors = useFieldErrors();
  const form = useNewAccountForm(link);
  const send = form.onSubmit(({ account, company }) =>
    accepting.mutate(
      { account: { ...account, language }, company },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );
  return (
    <form className={css.stack} noValidate onSubmit={send}>
      <h2>{t("invitation.your_account")}</h2>
      <EmailField description={t("link.email_fixed")} readOnly value={link.email ?? ""} />
      <TextInput
        label={t("your_name")}
        name="name"
        autoComplete="name"
        withAsterisk
        aria-required
        {...form.getInputProps("account.name")}
      />
      <NewPassword withAsterisk aria-required {...form.getInputProps("account.password")} />
      <h2>{t("invitation.your_company")}</h2>
      <CompanyFields input={(field) => form.getInputProps(`company.${field}`)} withoutKind />
      <FormProblem error={accepting.error} shown={SHOWN} />
      <Button type="submit" size="md" loading={accepting.isPending}>
        {t("invitation.accept_new")}
      </Button>
    </form>
  );
}
