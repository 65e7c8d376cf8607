/** Inviting a trader from its card, or anybody by an address: one mail for all the entities that are ticked (§2.2). */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../desk/form/action";
import { FormDialog } from "../desk/form/FormDialog";
import { useFieldErrors } from "../desk/form/refusal";
import { useMe } from "../desk/me";
import type { SentInvitation, TraderCard } from "../wire/generated/http";
import { ask } from "../wire/http";
import { CONNECTING, latestByEntity } from "./api";
import { type Invited, InviteFields } from "./InviteFields";

interface Props {
  /** Whose card it is; without one, anybody's address. */
  trader?: TraderCard;
  /** What waits for an answer already. */
  pending?: readonly SentInvitation[];
}

/** Which entities may still invite, and why the others may not. */
function useOpenEntities(trader: TraderCard | undefined, pending: readonly SentInvitation[]) {
  const { t } = useTranslation("traders");
  const entities = useMe().entities.filter(({ rights }) => rights.includes("manage_connections"));
  const held = latestByEntity(trader?.connections ?? []);
  const waiting = new Set(pending.flatMap((one) => one.entities.map(({ id }) => id)));
  const closed = (id: number) => {
    if (held.get(id)?.state === "active") return t("states.active");
    return waiting.has(id) ? t("states.invited") : undefined;
  };
  const open = entities.filter(({ id }) => closed(id) === undefined).map(({ id }) => id);
  return { entities, closed, open };
}

type Typed = Partial<Invited> & { name?: string };

function useInviting(trader: TraderCard | undefined, value: Invited & { name?: string }, done: () => void) {
  const { t } = useTranslation("traders");
  const name = value.name?.trim();
  return useAction(
    () =>
      ask("POST /api/invitations", {
        body: {
          entities: value.entities,
          language: value.language,
          ...(trader ? { trader: trader.id } : {}),
          ...(trader?.has_account ? {} : { email: value.email.trim() }),
          ...(name ? { company: { legal_name: name } } : {}),
        },
      }),
    {
      refresh: CONNECTING,
      said: (sent) => t("invite.sent", { to: sent.email ?? sent.name }),
      after: done,
    },
  );
}

export function InviteDialog({ trader, pending = [] }: Props) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const { entities, closed, open } = useOpenEntities(trader, pending);
  const [typed, type] = useState<Typed>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const value = {
    entities: open.length === 1 ? open : [],
    email: trader?.email ?? "",
    language: "fr" as const,
    ...typed,
  };
  const inviting = useInviting(trader, value, () => type({}));
  const submit = () => {
    const missing: Record<string, string> = {};
    if (value.entities.length === 0) missing.entities = t("invite.no_entity");
    if (!trader?.has_account && !value.email.trim()) missing.email = tt("form.required");
    setErrors(missing);
    return Object.keys(missing).length > 0 ? false : inviting.mutateAsync();
  };
  if (trader && open.length === 0) return null;
  return (
    <FormDialog
      deed={t("invite.deed")}
      title={trader ? t("invite.title", { name: trader.legal_name }) : t("invite.title_anybody")}
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={["email", "entities"]}
      variant="filled"
    >
      <p>{trader?.has_account ? t("invite.to_account") : t("invite.lead")}</p>
      {trader ? null : (
        <TextInput
          label={t("invite.name")}
          autoComplete="off"
          value={typed.name ?? ""}
          onChange={(event) => type({ ...typed, name: event.currentTarget.value })}
        />
      )}
      <InviteFields
        value={value}
        change={(changed) => type({ ...typed, ...changed })}
        entities={entities}
        closed={closed}
        errors={errors}
        withoutEmail={trader?.has_account ?? false}
      />
    </FormDialog>
  );
}
