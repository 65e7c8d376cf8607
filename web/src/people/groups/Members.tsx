/** Who is in a user group, in which entities; somebody is added to every entity of the holding, or to one (§1.2). */
import { NativeSelect, Radio, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { Empty } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { ListFile } from "../../desk/table/ListFile";
import type { UserGroupCard, UserGroupMember } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { COLLEAGUES, useUsers } from "../api";
import css from "../people.module.css";

const WAIT_MS = 250;
const OFFERED = 50;

interface Member {
  user: number;
  name: string;
  entities: UserGroupMember[];
}

/** One line for each person, with every entity in which it is a member. */
function people(members: UserGroupMember[]): Member[] {
  const found = new Map<number, Member>();
  for (const one of members) {
    const there = found.get(one.user);
    if (there) there.entities.push(one);
    else found.set(one.user, { user: one.user, name: one.name, entities: [one] });
  }
  return [...found.values()];
}

export function Members({ card, manages }: { card: UserGroupCard; manages: boolean }) {
  const { t } = useTranslation("people");
  const rows = people(card.members);
  const columns: Column<Member>[] = [
    { key: "name", head: t("users.name"), cell: ({ name }) => name, phone: "title" },
    {
      key: "entities",
      head: t("users.entities"),
      cell: ({ entities }) => entities.map(({ entity_name }) => entity_name).join(", "),
    },
    ...(manages
      ? [
          {
            key: "remove",
            head: t("actions"),
            cell: (member: Member) => <Removal card={card} member={member} />,
            phone: "bare" as const,
          },
        ]
      : []),
  ];
  return (
    <section aria-label={t("groups.members")}>
      <div className={css.head}>
        <h2>{t("groups.members")}</h2>
        {manages ? <AddMember card={card} /> : null}
      </div>
      {rows.length === 0 ? (
        <div className={desk.card}>
          <Empty>{t("groups.nobody")}</Empty>
        </div>
      ) : (
        <>
          <DataTable
            label={t("groups.members")}
            columns={columns}
            rows={rows}
            rowKey={({ user }) => user}
            href={({ user }) => `/users/${user}`}
          />
          <div className={css.more}>
            <span className={css.hint}>{t("groups.count", { count: rows.length })}</span>
            <ListFile<Member>
              name={t("groups.members_file")}
              load={() => Promise.resolve(rows)}
              columns={[
                { head: t("users.name"), cell: ({ name }) => name },
                {
                  head: t("users.entities"),
                  cell: ({ entities }) => entities.map(({ entity_name }) => entity_name).join(", "),
                },
              ]}
            />
          </div>
        </>
      )}
    </section>
  );
}

/** Whether in every entity of the holding, or in the one that is named; nothing until somebody answers. */
type Where = "" | "every" | "one";

function AddMember({ card: { user_group: group } }: { card: UserGroupCard }) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const may = useMay();
  const entities = useMe().entities.filter(
    ({ id }) => may("manage_users", id) && (group.entity === null || group.entity === id),
  );
  const [user, setUser] = useState<string | null>(null);
  const [entity, setEntity] = useState(entities[0]?.id ?? 0);
  const [where, setWhere] = useState<Where>("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const adding = useAction(
    (id: number) =>
      ask("POST /api/user-groups/{id}/members", {
        ids: { id: group.id },
        body: { user: id, entity, ...(group.shared ? { every_entity: where === "every" } : {}) },
      }),
    {
      refresh: COLLEAGUES,
      said: t("groups.added"),
      after: () => {
        setUser(null);
        setWhere("");
      },
    },
  );
  const submit = () => {
    const missing = {
      ...(user === null ? { user: common("form.required") } : {}),
      ...(group.shared && where === "" ? { every_entity: t("groups.where_missing") } : {}),
    };
    setErrors(missing);
    return Object.keys(missing).length === 0 && adding.mutateAsync(Number(user));
  };
  return (
    <FormDialog
      deed={t("groups.add")}
      title={t("groups.add_title", { name: group.name })}
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={["user", "every_entity"]}
    >
      <ChooseUser value={user} onChange={setUser} error={errors.user} />
      {group.shared ? (
        <Radio.Group
          label={t("groups.where")}
          value={where}
          onChange={(chosen) => setWhere(chosen === "every" ? "every" : "one")}
          error={errors.every_entity}
        >
          <div className={form.stack}>
            <span />
            <Radio value="every" label={t("groups.every")} description={t("groups.every_hint")} />
            <Radio value="one" label={t("groups.one")} />
          </div>
        </Radio.Group>
      ) : null}
      {where === "every" || entities.length < 2 ? null : (
        <NativeSelect
          label={t("entity")}
          value={entity}
          data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => setEntity(Number(event.currentTarget.value))}
        />
      )}
    </FormDialog>
  );
}

function ChooseUser(props: {
  value: string | null;
  onChange: (user: string | null) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation("people");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  const { data } = useUsers({ q, disabled: false, limit: OFFERED });
  return (
    <Select
      label={t("groups.who")}
      placeholder={t("users.search_hint")}
      searchable
      required
      data-autofocus
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      onSearchChange={setTyped}
      nothingFoundMessage={t("users.nothing")}
      filter={({ options }) => options}
      data={(data?.items ?? []).map(({ id, name, email }) => ({
        value: String(id),
        label: `${name} · ${email}`,
      }))}
    />
  );
}

function Removal({ card: { user_group: group }, member }: { card: UserGroupCard; member: Member }) {
  const { t } = useTranslation("people");
  const removing = useAction(
    () =>
      ask("DELETE /api/user-groups/{id}/members/{user}", {
        ids: { id: group.id, user: member.user },
        query: {},
      }),
    { refresh: COLLEAGUES, said: t("groups.taken_out", { name: member.name }) },
  );
  return (
    <ConfirmButton
      deed={t("groups.take_out")}
      title={t("groups.take_out_title", { name: member.name, group: group.name })}
      onConfirm={() => removing.mutateAsync()}
      size="compact-sm"
    >
      <p>{t("groups.take_out_text")}</p>
    </ConfirmButton>
  );
}
