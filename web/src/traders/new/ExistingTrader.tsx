/** A SIRET that has a card already: opened, where the reader's group knows it; invited, where it does not yet. */
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useMe } from "../../desk/me";
import { ask } from "../../wire/http";
import { CONNECTING, useTrader } from "../api";
import { type Invited, InviteFields } from "../InviteFields";

export function ExistingTrader({ siret, trader }: { siret: string; trader: number }) {
  const { t } = useTranslation("traders");
  const card = useTrader(trader);
  if (card.isPending) return <Skeleton height={120} radius="md" aria-busy="true" />;
  if (card.data)
    return (
      <div className={`${desk.card} ${css.stack}`} role="status">
        <p>{t("new.has_card", { name: card.data.legal_name })}</p>
        <div className={css.actions}>
          <Button component={Link} href={`/traders/${trader}`}>
            {t("new.open_card")}
          </Button>
        </div>
      </div>
    );
  return <InviteBySiret siret={siret} trader={trader} />;
}

function InviteBySiret({ siret, trader }: { siret: string; trader: number }) {
  const { t } = useTranslation("traders");
  const [, go] = useLocation();
  const entities = useMe().entities.filter(({ rights }) => rights.includes("manage_connections"));
  const [value, set] = useState<Invited>({
    entities: entities.map(({ id }) => id),
    email: "",
    language: "fr",
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const inviting = useAction(
    () =>
      ask("POST /api/invitations", {
        body: {
          entities: value.entities,
          language: value.language,
          company: { siret },
          ...(value.email.trim() ? { email: value.email.trim() } : {}),
        },
      }),
    {
      refresh: CONNECTING,
      said: (sent) => t("invite.sent", { to: sent.email ?? sent.name }),
      after: () => go(`/traders/${trader}`),
    },
  );
  return (
    <form
      className={`${desk.card} ${css.stack}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setErrors(value.entities.length === 0 ? { entities: t("invite.no_entity") } : {});
        if (value.entities.length > 0 && !inviting.isPending)
          inviting.mutate(undefined, { onError: (error) => setErrors(fieldErrors(error)) });
      }}
    >
      <p>{t("new.known_elsewhere")}</p>
      <InviteFields
        value={value}
        change={(changed) => set({ ...value, ...changed })}
        entities={entities}
        errors={errors}
      />
      <FormProblem error={inviting.error} shown={["email", "entities"]} />
      <div className={css.actions}>
        <Button type="submit" loading={inviting.isPending}>
          {t("invite.deed")}
        </Button>
      </div>
    </form>
  );
}
