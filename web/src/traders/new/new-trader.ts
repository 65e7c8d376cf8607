/** What the page of a new trader holds: the company as it is searched and typed, its invitation, and how both are made. */
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAction } from "../../desk/form/action";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { useMe } from "../../desk/me";
import { say } from "../../desk/say";
import type { CompanyFound, TraderCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { CONNECTING } from "../api";
import { useCompanyChecks } from "../CompanyFields";
import { COMPANY_FIELDS, type Company, companyWith, NO_COMPANY, refilled, siretOf } from "../company";
import type { Invited } from "../InviteFields";

const KEPT = "trader";

/** The form as that search alone fills it in. */
function filledIn({ company: known, siret }: CompanyFound): Company {
  const { open: _open, ...company } = known ?? { open: true };
  return companyWith({ ...company, siret });
}

/** The page's form: it stays while SIRETs are searched, one after another. */
export function useNewTrader() {
  const [, go] = useLocation();
  const { t } = useTranslation("traders");
  const entities = useMe().entities.filter(({ rights }) => rights.includes("manage_connections"));
  const checks = useCompanyChecks();
  const [wasFound] = useState(() => typedBefore<Company>(KEPT));
  const [found, setFound] = useState<CompanyFound | null>(null);
  const [filled, setFilled] = useState(NO_COMPANY);
  const form = useForm<Company>({ initialValues: wasFound ?? NO_COMPANY, validate: checks });
  const take = (next: CompanyFound) => {
    if (siretOf(form.getValues().siret) !== next.siret) return; // another is typed by now
    setFound(next);
    if (next.trader) return;
    const known = filledIn(next);
    form.setValues(refilled(form.getValues(), filled, known));
    setFilled(known);
  };
  // What was found of one SIRET is not another's.
  const typeSiret = (siret: string) => {
    if (!found || siretOf(siret) === found.siret) return form.setFieldValue("siret", siret);
    form.setValues({ ...refilled(form.getValues(), filled, NO_COMPANY), siret });
    setFilled(NO_COMPANY);
    setFound(null);
  };
  const [isInviting, invite] = useState(true);
  const [invited, setInvited] = useState<Invited>({
    entities: entities.map(({ id }) => id),
    email: "",
    language: "fr",
  });
  const isTyped = COMPANY_FIELDS.some((field) => form.values[field] !== filled[field]);
  useKeepTyped(KEPT, form.values, isTyped);
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
  return {
    form,
    found,
    take,
    typeSiret,
    entities,
    isInviting,
    invite,
    invited,
    setInvited,
    making,
    wasFound,
  };
}
