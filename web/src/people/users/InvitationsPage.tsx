/** Colleagues who have not followed their link yet (§1.1): whom, where, with which rights, until when; withdrawn by hand. */
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { Chip } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { ListFile } from "../../desk/table/ListFile";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { ColleagueInvitation } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { USERS, useUserInvitations } from "../api";
import { PeopleList, useEntitySearch } from "../PeopleList";
import { PeopleTabs, useGrantName } from "../pieces";
import { InviteColleague } from "./InviteColleague";

export function InvitationsPage() {
  const { t } = useTranslation("people");
  const { search, entity } = useEntitySearch();
  return (
    <PeopleList
      title={t("invitations.title")}
      deed={<InviteColleague />}
      tabs={<PeopleTabs />}
      search={search}
      list={useUserInvitations({ entity: entity ?? null, page: search.page })}
      empty={t("invitations.empty")}
      foot={<InvitationsFile entity={entity} />}
    >
      {(items) => <InvitationsTable items={items} />}
    </PeopleList>
  );
}

function InvitationsTable({ items }: { items: ColleagueInvitation[] }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const grantName = useGrantName();
  const columns: Column<ColleagueInvitation>[] = [
    { key: "email", head: t("users.email"), cell: ({ email }) => email, phone: "title" },
    { key: "entity", head: t("entity"), cell: ({ entity_name }) => entity_name },
    { key: "rights", head: t("users.rights"), cell: ({ grant }) => grantName(grant) },
    { key: "by", head: t("invitations.by"), cell: ({ invited_by }) => invited_by },
    {
      key: "at",
      head: t("invitations.at"),
      cell: ({ invited_at }) => formatTime(invited_at, "dayClock", language),
    },
    {
      key: "until",
      head: t("invitations.until"),
      cell: ({ expires_at }) => <Until at={expires_at} />,
    },
    { key: "withdraw", head: t("actions"), cell: (one) => <Withdraw invitation={one} />, phone: "bare" },
  ];
  return <DataTable label={t("invitations.title")} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function Until({ at }: { at: string }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  if (Date.parse(at) < Date.now()) return <Chip tone="warn">{t("invitations.expired")}</Chip>;
  return <>{formatTime(at, "dayClock", language)}</>;
}

function Withdraw({ invitation: { id, email } }: { invitation: ColleagueInvitation }) {
  const { t } = useTranslation("people");
  const withdrawing = useAction(() => ask("DELETE /api/user-invitations/{id}", { ids: { id } }), {
    refresh: [USERS],
    said: t("invitations.withdrawn", { email }),
  });
  return (
    <ConfirmButton
      deed={t("invitations.withdraw")}
      title={t("invitations.withdraw_title", { email })}
      onConfirm={() => withdrawing.mutateAsync()}
      size="compact-sm"
    >
      <p>{t("invitations.withdraw_text")}</p>
    </ConfirmButton>
  );
}

function InvitationsFile({ entity }: { entity: number | undefined }) {
  const { t } = useTranslation("people");
  const grantName = useGrantName();
  return (
    <ListFile<ColleagueInvitation>
      name={t("invitations.file")}
      load={() =>
        everyPage((page) => ask("GET /api/user-invitations", { query: { entity, page, limit: FILE_PAGE } }))
      }
      columns={[
        { head: t("users.email"), cell: ({ email }) => email },
        { head: t("entity"), cell: ({ entity_name }) => entity_name },
        { head: t("users.rights"), cell: ({ grant }) => grantName(grant) },
        { head: t("invitations.by"), cell: ({ invited_by }) => invited_by },
        { head: t("invitations.at"), cell: ({ invited_at }) => invited_at },
        { head: t("invitations.until"), cell: ({ expires_at }) => expires_at },
      ]}
    />
  );
}
