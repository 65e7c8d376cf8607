/** The company of a new trader, and its invitation in the same breath. What was typed is kept until it is saved. */
import { Alert, Button, Checkbox, NativeSelect } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import css from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useMe } from "../../desk/me";
import { say } from "../../desk/say";
import type { CompanyFound, TraderCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { CONNECTING, useBidders } from "../api";
import { CompanyFields, useCompanyChecks } from "../CompanyFields";
import { COMPANY_FIELDS, type Company, companyWith } from "../company";
import { type Invited, InviteFields } from "../InviteFields";

const KEPT = "trader";

function filledIn(found: CompanyFound | null): Company {
  const { open: _open, ...company } = found?.company ?? { open: true };
  return companyWith({ ...company, ...(found ? { siret: found.siret } : {}) });
}

function useNewTrader(found: CompanyFound | null) {
  const [, go] = useLocation();
  const { t } = useTranslation("traders");
  const entities = useMe().entities.filter(({ rights }) => rights.includes("manage_connections"));
  const checks = useCompanyChecks();
  const [wasFound] = useState(() => (found ? null : typedBefore<Company>(KEPT)));
  const form = useForm<Company>({
    initialValues: wasFound ?? filledIn(found),
    validate: checks,
  });
  const [isInviting, invite] = useState(true);
  const [invited, setInvited] = useState<Invited>({
    entities: entities.map(({ id }) => id),
    email: "",
    language: "fr",
  });
  useKeepTyped(KEPT, form.values, wasFound !== null || form.isDirty());
  const arrive = (card: TraderCard) => {
    forgetTyped(KEPT);
    go(`/traders/${card.id}`, { replace: true });
  };
  const making = useAction(
    async (company: Company) => {
      const card = await ask("POST /api/traders", {
        body: { ...company, entity: entities[0]?.id ?? null },
      });
      if (!isInviting) return { card, refused: null };
      const email = invited.email.trim() || company.email.trim();
      const refused = await ask("POST /api/invitations", {
        body: { entities: invited.entities, language: invited.language, trader: card.id, email },
      }).then(
        () => null,
        (failure: unknown) => failure,
      );
      return { card, refused };
    },
    {
      refresh: CONNECTING,
      after: ({ card, refused }) => {
        arrive(card);
        say(refused ? t("new.made_not_invited") : isInviting ? t("new.made_invited") : t("new.made"));
      },
    },
  );
  return { form, entities, isInviting, invite, invited, setInvited, making, wasFound };
}

export function NewTraderForm({ found }: { found: CompanyFound | null }) {
  const { t } = useTranslation("traders");
  const { form, entities, isInviting, invite, invited, setInvited, making, wasFound } = useNewTrader(found);
  const fieldErrors = useFieldErrors();
  const [missing, setMissing] = useState<Record<string, string>>({});
  const submit = form.onSubmit((company) => {
    const lacking: Record<string, string> = {};
    if (isInviting && invited.entities.length === 0) lacking.entities = t("invite.no_entity");
    if (isInviting && !invited.email.trim() && !company.email.trim()) lacking.email = t("new.email_needed");
    setMissing(lacking);
    if (Object.keys(lacking).length === 0)
      making.mutate(company, { onError: (error) => form.setErrors(fieldErrors(error)) });
  });
  return (
    <form className={`${desk.card} ${css.stack}`} noValidate onSubmit={submit}>
      {wasFound ? <Alert role="status">{t("new.found_again")}</Alert> : null}
      <Bidders fill={(bidder) => form.setValues({ ...bidder, kind: "bidder" })} />
      <CompanyFields input={(field) => form.getInputProps(field)} />
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
