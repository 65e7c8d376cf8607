/** The invitations that the reader's entities have sent, by state: sent again, withdrawn, or an address invited (§2.2). */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay } from "../desk/me";
import { Empty, usePageTitle } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { EntityFilter } from "../desk/table/EntityFilter";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { type FileColumn, ListFile } from "../desk/table/ListFile";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { Count, StateTabs } from "../desk/table/StateTabs";
import { useListSearch } from "../desk/table/search";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { SentInvitation } from "../wire/generated/http";
import { ask } from "../wire/http";
import { INVITATION_STATES, type InvitationState, type InvitationsQuery, useInvitations } from "./api";
import { InviteDialog } from "./InviteDialog";
import { InvitationActions, InvitationChip } from "./invitation";
import css from "./traders.module.css";

export function InvitationsPage() {
  const { t } = useTranslation("traders");
  const search = useListSearch();
  const state = INVITATION_STATES.find((one) => one === search.value("state")) ?? "pending";
  const entity = Number(search.value("entity")) || undefined;
  const asked = { state, q: search.value("q"), ...(entity ? { entity } : {}) };
  const list = useInvitations({ ...asked, page: search.page });
  const may = useMay()("manage_connections");
  usePageTitle(t("invitations.title"));
  return (
    <>
      <Link href="/traders" className={desk.back}>
        ← {t("title")}
      </Link>
      <div className={desk.heading}>
        <h1>{t("invitations.title")}</h1>
        {may ? <InviteDialog /> : null}
      </div>
      <StateTabs
        label={t("invitations.title")}
        search={search}
        states={INVITATION_STATES}
        word={(one) => t(`invitations.tabs.${one}`)}
        count={(one) => <Found query={{ ...asked, state: one }} />}
        tools={
          <Tools>
            <SearchField search={search} label={t("invitations.search")} />
            <EntityFilter search={search} />
          </Tools>
        }
      >
        {() => (
          <ListFrame
            list={list}
            search={search}
            empty={<Empty>{asked.q || entity ? t("list.nothing") : t(`invitations.empty.${state}`)}</Empty>}
            foot={<InvitationsFile asked={asked} state={state} />}
          >
            {({ items }) => <InvitationTable items={items} state={state} />}
          </ListFrame>
        )}
      </StateTabs>
    </>
  );
}

function Found({ query }: { query: InvitationsQuery }) {
  return <Count of={useInvitations({ ...query, limit: 1 }).data?.total} />;
}

function InvitationTable({ items, state }: { items: SentInvitation[]; state: InvitationState }) {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  const columns: Column<SentInvitation>[] = [
    { key: "to", head: t("invitations.to"), cell: (one) => <To invitation={one} />, phone: "title" },
    {
      key: "entities",
      head: t("invitations.entities"),
      cell: ({ entities }) => entities.map(({ name }) => name).join(", "),
    },
    { key: "by", head: t("invitations.by"), cell: ({ invited_by }) => invited_by || "–" },
    {
      key: "sent",
      head: t("invitations.sent"),
      cell: ({ sent_at }) => formatTime(sent_at, "dayClock", language),
    },
    {
      key: "until",
      head: t("invitations.until"),
      cell: ({ expires_at }) => formatTime(expires_at, "dayClock", language),
    },
    {
      key: "state",
      head: t("invitations.state"),
      phone: "corner",
      cell: (one) => <InvitationChip state={one.state} />,
    },
  ];
  if (state === "pending" || state === "expired")
    columns.push({
      key: "actions",
      head: t("invitations.actions"),
      phone: "bare",
      cell: (one) => <InvitationActions invitation={one} />,
    });
  return <DataTable label={t("invitations.title")} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function To({ invitation: { name, email, trader } }: { invitation: SentInvitation }) {
  const named = name || (email ?? "");
  return (
    <span className={css.name}>
      {trader ? <Link href={`/traders/${trader}`}>{named}</Link> : <b>{named}</b>}
      {email && email !== named ? (
        <>
          <br />
          <span className={`${desk.muted} ${desk.small}`}>{email}</span>
        </>
      ) : null}
    </span>
  );
}

function InvitationsFile({ asked, state }: { asked: object; state: InvitationState }) {
  const { t } = useTranslation("traders");
  const load = () =>
    everyPage((page) => ask("GET /api/invitations", { query: { ...asked, page, limit: FILE_PAGE } }));
  const columns: FileColumn<SentInvitation>[] = [
    { head: t("invitations.name"), cell: ({ name }) => name },
    { head: t("invitations.email"), cell: ({ email }) => email },
    {
      head: t("invitations.entities"),
      cell: ({ entities }) => entities.map(({ name }) => name).join(", "),
    },
    { head: t("invitations.by"), cell: ({ invited_by }) => invited_by },
    { head: t("invitations.sent"), cell: ({ sent_at }) => sent_at },
    { head: t("invitations.until"), cell: ({ expires_at }) => expires_at },
    { head: t("invitations.state"), cell: (one) => t(`invitations.states.${one.state}`) },
  ];
  return <ListFile name={`${t("invitations.file")}-${state}`} columns={columns} load={load} />;
}
