/** A colleague's card (§1.2): the account, every entity with rights, groups and sites; disabled and enabled again. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { OneThing } from "../../desk/OneThing";
import { Chip, usePageTitle } from "../../desk/pieces";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { Employment, User } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { COLLEAGUES, USERS, useUser } from "../api";
import { DraftForm } from "../DraftForm";
import { useDraft } from "../draft";
import css from "../people.module.css";
import { EmploymentCard } from "./EmploymentCard";

export function UserPage({ id }: { id: number }) {
  const { t } = useTranslation("people");
  const found = useUser(id);
  usePageTitle(found.data?.name ?? t("users.title"));
  return <OneThing read={found}>{(user) => <Card user={user} />}</OneThing>;
}

function Card({ user }: { user: User }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const may = useMay();
  const manages = user.entities.some(({ entity }) => may("manage_users", entity));
  return (
    <>
      <Link href="/users" className={desk.back}>
        ← {t("users.title")}
      </Link>
      <div className={desk.heading}>
        <h1>{user.name}</h1>
        {user.disabled_at ? (
          <Chip tone="lose">
            {t("users.disabled_on", { on: formatTime(user.disabled_at, "date", language) })}
          </Chip>
        ) : (
          <Chip tone="win">{t("users.is_active")}</Chip>
        )}
        <span className={desk.muted}>{user.email}</span>
        {manages ? <Activity user={user} /> : <span />}
      </div>
      <div className={css.cards}>
        <Account key={user.id} user={user} disabled={!manages} />
        {user.entities.map((employment) => (
          <EmploymentCard key={employment.entity} user={user} employment={employment} />
        ))}
        <AnotherEntity user={user} />
      </div>
    </>
  );
}

/** Letting the account in no more, or again; what that means is said before. */
function Activity({ user: { id, name, disabled_at } }: { user: User }) {
  const { t } = useTranslation("people");
  const disabling = useAction(() => ask("POST /api/users/{id}/deactivation", { ids: { id } }), {
    refresh: [USERS],
    said: t("users.now_disabled", { name }),
  });
  const enabling = useAction(() => ask("POST /api/users/{id}/reactivation", { ids: { id } }), {
    refresh: [USERS],
    said: t("users.now_enabled", { name }),
  });
  return disabled_at ? (
    <ConfirmButton
      deed={t("users.enable")}
      title={t("users.enable_title", { name })}
      onConfirm={() => enabling.mutateAsync()}
    >
      <p>{t("users.enable_text")}</p>
    </ConfirmButton>
  ) : (
    <ConfirmButton
      deed={t("users.disable")}
      title={t("users.disable_title", { name })}
      onConfirm={() => disabling.mutateAsync()}
    >
      <p>{t("users.disable_text")}</p>
    </ConfirmButton>
  );
}

function Account({ user, disabled }: { user: User; disabled: boolean }) {
  const { t } = useTranslation("people");
  const { id, name, language } = user;
  const draft = useDraft(`user-${id}`, { name, language });
  const fieldErrors = useFieldErrors();
  const saving = useAction(
    () =>
      ask("PATCH /api/users/{id}", {
        ids: { id },
        body: { ...draft.values, name: draft.values.name.trim() },
      }),
    { refresh: COLLEAGUES, said: t("saved"), after: draft.reset },
  );
  const errors = fieldErrors(saving.error);
  return (
    <DraftForm title={t("users.account")} draft={draft} saving={saving} manages={!disabled} shown={["name"]}>
      <div className={form.fields}>
        <TextInput
          label={t("users.name")}
          value={draft.values.name}
          disabled={disabled}
          error={errors.name}
          onChange={(event) => draft.change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("language")}
          value={draft.values.language}
          disabled={disabled}
          data={[
            { value: "fr", label: t("languages.fr") },
            { value: "en", label: t("languages.en") },
          ]}
          onChange={(event) => draft.change({ language: event.currentTarget.value === "en" ? "en" : "fr" })}
        />
      </div>
    </DraftForm>
  );
}

/** An entity for which the colleague does not work yet, among those whose users the reader manages. */
function AnotherEntity({ user }: { user: User }) {
  const { t } = useTranslation("people");
  const { entities } = useMe();
  const may = useMay();
  const [adding, setAdding] = useState<number | null>(null);
  const works = new Set(user.entities.map(({ entity }) => entity));
  const others = entities.filter(({ id }) => !works.has(id) && may("manage_users", id));
  const chosen = others.find(({ id }) => id === adding);
  if (others.length === 0) return null;
  if (!chosen)
    return (
      <div className={form.actions}>
        {others.map(({ id, name }) => (
          <Button key={id} variant="default" onClick={() => setAdding(id)}>
            {t("users.add_entity", { name })}
          </Button>
        ))}
      </div>
    );
  const none = { rights: [], validate_trade_ins: "none" as const, preset: null };
  const employment: Employment = {
    entity: chosen.id,
    name: chosen.name,
    own: none,
    effective: none,
    user_groups: [],
    sites: [],
  };
  return <EmploymentCard user={user} employment={employment} fresh onCancel={() => setAdding(null)} />;
}
