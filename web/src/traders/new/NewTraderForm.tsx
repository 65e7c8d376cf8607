/** The company of a new trader, but for its SIRET above, and its invitation in the same breath. What was typed is kept until it is saved. */
import { Alert, Button, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useBidders } from "../api";
import { CompanyFields } from "../CompanyFields";
import { COMPANY_FIELDS } from "../company";
import { InviteFields } from "../InviteFields";
import type { useNewTrader } from "./new-trader";

export function NewTraderForm({ made }: { made: ReturnType<typeof useNewTrader> }) {
  const { t } = useTranslation("traders");
  const { form, entities, isInviting, invite, invited, setInvited, making, wasFound } = made;
  const fieldErrors = useFieldErrors();
  const [missing, setMissing] = useState<Record<string, string>>({});
  // It stands above this form: whoever presses below is led there.
  const goToSiret = ({ siret }: Record<string, unknown>) => siret && form.getInputNode("siret")?.focus();
  const refuse = (error: unknown) => {
    const errors = fieldErrors(error);
    form.setErrors(errors);
    goToSiret(errors);
  };
  const submit = form.onSubmit((company) => {
    const lacking: Record<string, string> = {};
    if (isInviting && invited.entities.length === 0) lacking.entities = t("invite.no_entity");
    if (isInviting && !invited.email.trim() && !company.email.trim()) lacking.email = t("new.email_needed");
    setMissing(lacking);
    if (Object.keys(lacking).length === 0) making.mutate(company, { onError: refuse });
  }, goToSiret);
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={submit}>
      {wasFound ? <Alert role="status">{t("new.found_again")}</Alert> : null}
      <Bidders fill={(bidder) => form.setValues({ ...bidder, kind: "bidder" })} />
      <CompanyFields input={(field) => form.getInputProps(field)} withoutSiret />
      <hr className={css.rule} />
      <Checkbox
        label={t("new.invite")}
        checked={isInviting}
        onChange={(event) => invite(event.currentTarget.checked)}
      />
      {isInviting ? (
        <InviteFields
          value={{ ...invited, email: invited.email || form.values.email }}
          change={(changed) => setInvited({ ...invited, ...changed })}
          entities={entities}
          errors={missing}
        />
      ) : null}
      <FormProblem error={making.error} shown={COMPANY_FIELDS} />
      <div className={css.actions}>
        <Button type="submit" loading={making.isPending}>
          {isInviting ? t("new.make_and_invite") : t("new.make")}
        </Button>
      </div>
    </form>
  );
}

/** The bidders that the house knows (§2.1): one choice fills in their name and address. */
function Bidders({ fill }: { fill: (bidder: { legal_name: string; email: string }) => void }) {
  const { t } = useTranslation("traders");
  const bidders = useBidders(true);
  if (!bidders.data?.length) return null;
  return (
    <NativeSelect
      label={t("new.bidder")}
      description={t("new.bidder_hint")}
      defaultValue=""
      data={[
        { value: "", label: t("new.no_bidder") },
        ...bidders.data.map(({ name, email }) => ({ value: email, label: name })),
      ]}
      onChange={(event) => {
        const chosen = bidders.data.find(({ email }) => email === event.currentTarget.value);
        if (chosen) fill({ legal_name: chosen.name, email: chosen.email });
      }}
    />
  );
}
