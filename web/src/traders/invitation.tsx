/** A sent invitation: to whom, for which entities, until when; sent again or withdrawn (§2.2). */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { useAction } from "../desk/form/action";
import { ConfirmButton } from "../desk/form/Confirm";
import { FormProblem } from "../desk/form/refusal";
import { useMay } from "../desk/me";
import { Chip, type Tone } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { SentInvitation } from "../wire/generated/http";
import { ask } from "../wire/http";
import { CONNECTING, type InvitationState } from "./api";
import css from "./traders.module.css";

const LOOKS: Record<InvitationState, [tone: Tone, sign: string]> = {
  pending: ["warn", "✉"],
  expired: ["lose", "⏱"],
  accepted: ["win", "✓"],
  withdrawn: ["plain", "○"],
};

export function InvitationChip({ state }: { state: InvitationState }) {
  const { t } = useTranslation("traders");
  const [tone, sign] = LOOKS[state];
  return (
    <Chip tone={tone} sign={sign}>
      {t(`invitations.states.${state}`)}
    </Chip>
  );
}

/** On a card: what one needs to know of it. */
export function InvitationLine({ invitation }: { invitation: SentInvitation }) {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  return (
    <div className={css.name}>
      <InvitationChip state={invitation.state} /> {invitation.entities.map(({ name }) => name).join(", ")}
      <br />
      <span className={`${desk.muted} ${desk.small}`}>
        {t("invitations.line", {
          to: invitation.email ?? t("invitations.to_users"),
          at: formatTime(invitation.sent_at, "dayClock", language),
          until: formatTime(invitation.expires_at, "date", language),
          who: invitation.invited_by,
        })}
      </span>
    </div>
  );
}

export function InvitationActions({ invitation }: { invitation: SentInvitation }) {
  const { t } = useTranslation("traders");
  const may = useMay();
  const ids = { id: invitation.id };
  const sending = useAction(() => ask("POST /api/invitations/{id}/sending", { ids }), {
    refresh: CONNECTING,
    said: t("invitations.sent_again"),
  });
  const withdrawing = useAction(() => ask("DELETE /api/invitations/{id}", { ids }), {
    refresh: CONNECTING,
    said: t("invitations.withdrawn_now"),
  });
  const open = invitation.state === "pending" || invitation.state === "expired";
  if (!open || !invitation.entities.every(({ id }) => may("manage_connections", id))) return null;
  return (
    <div className={css.buttons}>
      <Button
        size="compact-sm"
        variant="default"
        loading={sending.isPending}
        onClick={() => sending.mutate()}
      >
        {t("invitations.send_again")}
      </Button>
      <ConfirmButton
        deed={t("invitations.withdraw")}
        title={t("invitations.withdraw_title", { name: invitation.name || (invitation.email ?? "") })}
        size="compact-sm"
        onConfirm={() => withdrawing.mutateAsync()}
      >
        <p>{t("invitations.withdraw_text")}</p>
      </ConfirmButton>
      <FormProblem error={sending.error} />
    </div>
  );
}
