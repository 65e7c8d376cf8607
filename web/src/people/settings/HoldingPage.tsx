/** The holding (its name, the prefix of its numbers, the module of stock auctions) and its entities (§1.1, §5.1.3, §5.1.5). */
import { Skeleton, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import { Problem, usePageTitle } from "../../desk/pieces";
import type { EntitySettings, GroupSettings } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { ENTITIES, GROUPS, useEntities, useGroups } from "../api";
import { DraftForm } from "../DraftForm";
import { useDraft } from "../draft";
import css from "../people.module.css";
import { NewEntity, NUMBERS } from "./NewEntity";
import { SettingsTabs } from "./SettingsTabs";

export function HoldingPage() {
  const { t } = useTranslation("people");
  const may = useMay();
  const groups = useGroups();
  const entities = useEntities();
  usePageTitle(t("settings.title"));
  const failed = [groups, entities].find(({ isLoadingError }) => isLoadingError);
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("settings.title")}</h1>
        {may("manage_users") ? <NewEntity /> : null}
      </div>
      <SettingsTabs />
      {failed ? <Problem error={failed.error} retry={() => void failed.refetch()} /> : null}
      {groups.isPending || entities.isPending ? <Skeleton height={320} radius="md" aria-busy="true" /> : null}
      <div className={css.cards}>
        {groups.data?.map((group) => {
          const own = entities.data?.filter((one) => one.group === group.id) ?? [];
          const manages = own.some(({ id }) => may("manage_users", id));
          return <Holding key={group.id} group={group} manages={manages} />;
        })}
        <div className={css.pair}>
          {entities.data?.map((entity) => (
            <Entity key={entity.id} entity={entity} manages={may("manage_users", entity.id)} />
          ))}
        </div>
      </div>
    </>
  );
}

function Holding({ group, manages }: { group: GroupSettings; manages: boolean }) {
  const { t } = useTranslation("people");
  const { id, ...stored } = group;
  const draft = useDraft(`group-${id}`, stored);
  const fieldErrors = useFieldErrors();
  const saving = useAction(() => ask("PATCH /api/groups/{id}", { ids: { id }, body: draft.values }), {
    refresh: [GROUPS, ["auctions"]],
    said: t("saved"),
    after: draft.reset,
  });
  const errors = fieldErrors(saving.error);
  const { values, change } = draft;
  return (
    <DraftForm
      title={t("settings.group")}
      draft={draft}
      saving={saving}
      manages={manages}
      shown={["name", "prefix"]}
    >
      <div className={form.fields}>
        <TextInput
          label={t("users.name")}
          value={values.name}
          disabled={!manages}
          error={errors.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t("settings.prefix")}
          description={t("settings.prefix_hint", {
            example: `${values.prefix ? `${values.prefix}-` : ""}702`,
          })}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={values.prefix}
          maxLength={8}
          disabled={!manages}
          error={errors.prefix}
          onChange={(event) => change({ prefix: event.currentTarget.value.toUpperCase() })}
        />
        <Switch
          mt={26}
          label={t("settings.module")}
          description={t("settings.module_hint")}
          checked={values.stock_auctions}
          disabled={!manages}
          onChange={(event) => change({ stock_auctions: event.currentTarget.checked })}
        />
      </div>
    </DraftForm>
  );
}

function Entity({ entity, manages }: { entity: EntitySettings; manages: boolean }) {
  const { t } = useTranslation("people");
  const { id, name, siret, vat_number } = entity;
  const draft = useDraft(`entity-${id}`, { name, siret: siret ?? "", vat_number: vat_number ?? "" });
  const fieldErrors = useFieldErrors();
  const saving = useAction(
    () =>
      ask("PATCH /api/entities/{id}", {
        ids: { id },
        body: {
          name: draft.values.name.trim(),
          siret: draft.values.siret.trim() || null,
          vat_number: draft.values.vat_number.trim() || null,
        },
      }),
    { refresh: [ENTITIES, ["session"]], said: t("saved"), after: draft.reset },
  );
  const errors = fieldErrors(saving.error);
  return (
    <DraftForm title={name} draft={draft} saving={saving} manages={manages} shown={["name", ...NUMBERS]}>
      <div className={form.fields}>
        <TextInput
          label={t("settings.entity_name")}
          value={draft.values.name}
          disabled={!manages}
          error={errors.name}
          onChange={(event) => draft.change({ name: event.currentTarget.value })}
        />
        {NUMBERS.map((field) => (
          <TextInput
            key={field}
            label={t(`settings.${field}`)}
            value={draft.values[field]}
            disabled={!manages}
            error={errors[field]}
            onChange={(event) => draft.change({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
    </DraftForm>
  );
}
