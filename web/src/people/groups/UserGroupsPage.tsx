/** The user groups of the dealer's entities, and the shared ones of their holding (§1.2): what each carries, how many are in it. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { Chip } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { ListFile } from "../../desk/table/ListFile";
import type { UserGroupItem } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { USER_GROUPS, useUserGroupPage } from "../api";
import { GrantFields } from "../GrantFields";
import { PeopleList, useEntitySearch } from "../PeopleList";
import { PeopleTabs, useGrantName, useHeld } from "../pieces";
import { type Held, NOTHING } from "../rights";

export function UserGroupsPage() {
  const { t } = useTranslation("people");
  const { search, entity } = useEntitySearch();
  const may = useMay();
  return (
    <PeopleList
      title={t("groups.title")}
      deed={may("manage_users") ? <NewUserGroup /> : null}
      tabs={<PeopleTabs />}
      search={search}
      list={useUserGroupPage(search.page, entity)}
      empty={t("groups.empty")}
      foot={<GroupsFile entity={entity} />}
    >
      {(groups) => <GroupsTable groups={groups} />}
    </PeopleList>
  );
}

function useWhose(): (group: UserGroupItem) => string {
  const { t } = useTranslation("people");
  const { entities } = useMe();
  return ({ shared, entity }) =>
    shared ? t("groups.shared") : (entities.find(({ id }) => id === entity)?.name ?? "–");
}

function GroupsTable({ groups }: { groups: UserGroupItem[] }) {
  const { t } = useTranslation("people");
  const grantName = useGrantName();
  const whose = useWhose();
  const columns: Column<UserGroupItem>[] = [
    { key: "name", head: t("users.name"), cell: ({ name }) => name, phone: "title" },
    {
      key: "whose",
      head: t("groups.whose"),
      cell: (group) => (group.shared ? <Chip tone="plain">{t("groups.shared")}</Chip> : whose(group)),
    },
    { key: "rights", head: t("users.rights"), cell: ({ grant }) => grantName(grant) },
    { key: "members", head: t("groups.members"), cell: ({ members }) => members, right: true },
  ];
  return (
    <DataTable
      label={t("groups.title")}
      columns={columns}
      rows={groups}
      rowKey={({ id }) => id}
      href={({ id }) => `/user-groups/${id}`}
    />
  );
}

function GroupsFile({ entity }: { entity: number | undefined }) {
  const { t } = useTranslation("people");
  const grantName = useGrantName();
  const whose = useWhose();
  return (
    <ListFile<UserGroupItem>
      name={t("groups.file")}
      load={() =>
        everyPage((page) => ask("GET /api/user-groups", { query: { entity, page, limit: FILE_PAGE } }))
      }
      columns={[
        { head: t("users.name"), cell: ({ name }) => name },
        { head: t("groups.whose"), cell: whose },
        { head: t("users.rights"), cell: ({ grant }) => grantName(grant) },
        { head: t("groups.members"), cell: ({ members }) => members },
      ]}
    />
  );
}

interface New {
  name: string;
  entity: number;
  shared: boolean;
  held: Held;
}

function NewUserGroup() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const may = useMay();
  const heldIn = useHeld();
  const [, go] = useLocation();
  const entities = useMe().entities.filter(({ id }) => may("manage_users", id));
  const fresh: New = { name: "", entity: entities[0]?.id ?? 0, shared: entities.length > 1, held: NOTHING };
  const [values, setValues] = useState(fresh);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const change = (changed: Partial<New>) => {
    setValues((before) => ({ ...before, ...changed }));
    setErrors({});
  };
  const making = useAction(
    ({ held, ...rest }: New) => ask("POST /api/user-groups", { body: { ...rest, ...held } }),
    {
      refresh: [USER_GROUPS],
      said: t("groups.made"),
      after: ({ user_group }) => {
        setValues(fresh);
        go(`/user-groups/${user_group.id}`);
      },
    },
  );
  const submit = () => {
    const name = values.name.trim();
    if (name) return making.mutateAsync({ ...values, name });
    setErrors({ name: common("form.required") });
    return false;
  };
  return (
    <FormDialog
      deed={t("groups.new")}
      title={t("groups.new")}
      variant="filled"
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={["name", "entity", "rights"]}
    >
      <div className={form.fields}>
        <TextInput
          label={t("users.name")}
          required
          data-autofocus
          value={values.name}
          error={errors.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("entity")}
          value={values.entity}
          error={errors.entity}
          data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => change({ entity: Number(event.currentTarget.value) })}
        />
      </div>
      <Checkbox
        label={t("groups.share")}
        description={t("groups.share_hint")}
        checked={values.shared}
        onChange={(event) => change({ shared: event.currentTarget.checked })}
      />
      <GrantFields
        value={values.held}
        onChange={(held) => change({ held })}
        giver={heldIn(values.entity)}
        had={NOTHING}
        error={errors.rights}
      />
    </FormDialog>
  );
}
