/** A user group (§1.2): its name and rights, which change for everybody in it, and who is in it where. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { OneThing } from "../../desk/OneThing";
import { Chip, usePageTitle } from "../../desk/pieces";
import type { UserGroupCard } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { COLLEAGUES, USER_GROUPS, USERS, useUserGroup } from "../api";
import { DraftForm } from "../DraftForm";
import { useDraft } from "../draft";
import { GrantFields } from "../GrantFields";
import css from "../people.module.css";
import { useHeld } from "../pieces";
import type { Held } from "../rights";
import { Members } from "./Members";

export function UserGroupPage({ id }: { id: number }) {
  const { t } = useTranslation("people");
  const found = useUserGroup(id);
  usePageTitle(found.data?.user_group.name ?? t("groups.title"));
  return <OneThing read={found}>{(card) => <Card card={card} />}</OneThing>;
}

function Card({ card }: { card: UserGroupCard }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const { entities } = useMe();
  const { user_group: group } = card;
  const manages = group.entity === null ? may("manage_users") : may("manage_users", group.entity);
  const where = entities.find(({ id }) => id === group.entity)?.name;
  return (
    <>
      <Link href="/user-groups" className={desk.back}>
        ← {t("groups.title")}
      </Link>
      <div className={desk.heading}>
        <h1>{group.name}</h1>
        <Chip tone="plain">{group.shared ? t("groups.shared") : where}</Chip>
        {manages ? <Removal card={card} /> : <span />}
      </div>
      <div className={css.cards}>
        <Grant key={group.id} card={card} disabled={!manages} />
        <Members card={card} manages={manages} />
      </div>
    </>
  );
}

function Grant({ card: { user_group: group }, disabled }: { card: UserGroupCard; disabled: boolean }) {
  const { t } = useTranslation("people");
  const { entities } = useMe();
  const heldIn = useHeld();
  const may = useMay();
  const fieldErrors = useFieldErrors();
  const stored: { name: string; held: Held } = {
    name: group.name,
    held: { rights: group.grant.rights, validate_trade_ins: group.grant.validate_trade_ins },
  };
  const draft = useDraft(`user-group-${group.id}`, stored);
  const saving = useAction(
    () =>
      ask("PATCH /api/user-groups/{id}", {
        ids: { id: group.id },
        body: { name: draft.values.name.trim(), ...draft.values.held },
      }),
    { refresh: COLLEAGUES, said: t("saved"), after: draft.reset },
  );
  const errors = fieldErrors(saving.error);
  const managed = entities.find(({ id }) => may("manage_users", id))?.id ?? 0;
  return (
    <DraftForm
      title={t("groups.carries")}
      draft={draft}
      saving={saving}
      manages={!disabled}
      shown={["name", "rights"]}
    >
      <div className={form.fields}>
        <TextInput
          label={t("users.name")}
          value={draft.values.name}
          disabled={disabled}
          error={errors.name}
          onChange={(event) => draft.change({ name: event.currentTarget.value })}
        />
      </div>
      <GrantFields
        value={draft.values.held}
        onChange={(held) => draft.change({ held })}
        giver={heldIn(group.entity ?? managed)}
        had={group.grant}
        disabled={disabled}
        error={errors.rights}
      />
      {disabled ? null : <p className={css.hint}>{t("groups.carries_hint")}</p>}
    </DraftForm>
  );
}

function Removal({ card: { user_group: group } }: { card: UserGroupCard }) {
  const { t } = useTranslation("people");
  const [, go] = useLocation();
  const removing = useAction(() => ask("DELETE /api/user-groups/{id}", { ids: { id: group.id } }), {
    refresh: [[...USER_GROUPS, "list"], USERS, ["session"]],
    said: t("groups.removed", { name: group.name }),
    after: () => go("/user-groups"),
  });
  return (
    <ConfirmButton
      deed={t("groups.remove")}
      title={t("groups.remove_title", { name: group.name })}
      onConfirm={() => removing.mutateAsync()}
    >
      <p>{t("groups.remove_text", { count: group.members })}</p>
    </ConfirmButton>
  );
}
