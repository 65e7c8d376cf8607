/** The people of the dealer's entities: found, filtered, exported; whoever manages users invites another. */
import { useTranslation } from "react-i18next";
import { useMay } from "../../desk/me";
import { Chip } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { Filter } from "../../desk/table/Filter";
import { ListFile } from "../../desk/table/ListFile";
import { SearchField } from "../../desk/table/ListFrame";
import type { ListSearch } from "../../desk/table/search";
import type { User } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useUsers } from "../api";
import { PeopleList, useEntitySearch } from "../PeopleList";
import { PeopleTabs, useGrantName } from "../pieces";
import { InviteColleague } from "./InviteColleague";

const unique = (names: string[]) => [...new Set(names)].join(", ");
const sitesOf = (user: User) => unique(user.entities.flatMap(({ sites }) => sites.map(({ name }) => name)));
const groupsOf = (user: User) =>
  unique(user.entities.flatMap(({ user_groups }) => user_groups.map(({ name }) => name)));

function useRightsOf(): (user: User) => string {
  const { t } = useTranslation("people");
  const grantName = useGrantName();
  return ({ entities }) => {
    const jobs = entities.map(({ effective }) => grantName(effective));
    return new Set(jobs).size <= 1
      ? (jobs[0] ?? "")
      : entities.map(({ name }, at) => t("users.rights_in", { name, rights: jobs[at] ?? "" })).join(" · ");
  };
}

export function UsersPage() {
  const { t } = useTranslation("people");
  const { search, entity } = useEntitySearch();
  const may = useMay();
  const state = search.value("state");
  const query = {
    q: search.value("q"),
    entity,
    ...(state === "all" ? {} : { disabled: state === "disabled" }),
  };
  return (
    <PeopleList
      title={t("users.title")}
      deed={may("manage_users") ? <InviteColleague /> : null}
      tabs={<PeopleTabs />}
      search={search}
      tools={<Tools search={search} />}
      list={useUsers({ ...query, entity: entity ?? null, page: search.page })}
      empty={query.q || entity || state ? t("users.nothing") : t("users.empty")}
      foot={<UsersFile query={query} />}
    >
      {(users) => <UsersTable users={users} />}
    </PeopleList>
  );
}

function Tools({ search }: { search: ListSearch }) {
  const { t } = useTranslation("people");
  return (
    <>
      <SearchField search={search} label={t("users.search")} hint={t("users.search_hint")} />
      <Filter
        search={search}
        name="state"
        label={t("users.state")}
        any={t("users.active")}
        options={[
          { value: "disabled", label: t("users.disabled") },
          { value: "all", label: t("users.all") },
        ]}
      />
    </>
  );
}

function UsersTable({ users }: { users: User[] }) {
  const { t } = useTranslation("people");
  const rightsOf = useRightsOf();
  const columns: Column<User>[] = [
    { key: "name", head: t("users.name"), cell: ({ name }) => name, phone: "title" },
    { key: "email", head: t("users.email"), cell: ({ email }) => email, phone: "bare" },
    {
      key: "entities",
      head: t("users.entities"),
      cell: ({ entities }) => entities.map(({ name }) => name).join(", "),
    },
    { key: "rights", head: t("users.rights"), cell: rightsOf },
    { key: "groups", head: t("users.groups"), cell: (user) => groupsOf(user) || "–" },
    { key: "sites", head: t("users.sites"), cell: (user) => sitesOf(user) || "–" },
    {
      key: "state",
      head: t("users.state"),
      phone: "corner",
      cell: ({ disabled_at }) =>
        disabled_at ? (
          <Chip tone="lose">{t("users.is_disabled")}</Chip>
        ) : (
          <Chip tone="win">{t("users.is_active")}</Chip>
        ),
    },
  ];
  return (
    <DataTable
      label={t("users.title")}
      columns={columns}
      rows={users}
      rowKey={({ id }) => id}
      href={({ id }) => `/users/${id}`}
    />
  );
}

interface Asked {
  q: string;
  entity: number | undefined;
  disabled?: boolean;
}

function UsersFile({ query }: { query: Asked }) {
  const { t } = useTranslation("people");
  const rightsOf = useRightsOf();
  return (
    <ListFile<User>
      name={t("users.file")}
      load={() => everyPage((page) => ask("GET /api/users", { query: { ...query, page, limit: FILE_PAGE } }))}
      columns={[
        { head: t("users.name"), cell: ({ name }) => name },
        { head: t("users.email"), cell: ({ email }) => email },
        { head: t("users.entities"), cell: ({ entities }) => entities.map(({ name }) => name).join(", ") },
        { head: t("users.rights"), cell: rightsOf },
        { head: t("users.groups"), cell: groupsOf },
        { head: t("users.sites"), cell: sitesOf },
        { head: t("users.since"), cell: ({ created_at }) => created_at },
        { head: t("users.disabled_at"), cell: ({ disabled_at }) => disabled_at },
      ]}
    />
  );
}
