/** What a colleague does in one entity (§1.2, §1.3): own rights, user groups, sites, and what all that gives together. */
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { FormEnd } from "../../desk/form/FormEnd";
import form from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { useMay } from "../../desk/me";
import type { Employment, User } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { COLLEAGUES, useSites, useUserGroups } from "../api";
import { useDraft } from "../draft";
import { GrantFields } from "../GrantFields";
import css from "../people.module.css";
import { Ticks, useHeld } from "../pieces";
import type { Held } from "../rights";
import { SaveBar } from "../SaveBar";

interface Props {
  user: User;
  employment: Employment;
  /** Not yet: saving makes it. */
  fresh?: boolean;
  onCancel?: () => void;
}

interface Values {
  held: Held;
  user_groups: number[];
  sites: number[];
}

const valuesOf = ({ own, user_groups, sites }: Employment): Values => ({
  held: { rights: own.rights, validate_trade_ins: own.validate_trade_ins },
  user_groups: user_groups.map(({ id }) => id),
  sites: sites.map(({ id }) => id),
});

export function EmploymentCard({ user, employment, fresh = false, onCancel }: Props) {
  const { t } = useTranslation("people");
  const { entity, name } = employment;
  const may = useMay();
  const manages = may("manage_users", entity);
  const draft = useDraft(`user-${user.id}-${entity}`, valuesOf(employment));
  const saved = () => {
    draft.reset();
    onCancel?.();
  };
  const saving = useAction(
    ({ held, ...rest }: Values) =>
      ask("PUT /api/users/{id}/entities/{entity}", {
        ids: { id: user.id, entity },
        body: { ...held, ...rest },
      }),
    { refresh: COLLEAGUES, said: t("saved"), after: saved },
  );
  return (
    <form
      className={`${desk.card} ${form.stack}`}
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(draft.values);
      }}
    >
      <div className={css.head}>
        <h2>{name}</h2>
        {manages && !fresh && user.entities.length > 1 ? <Leave user={user} employment={employment} /> : null}
      </div>
      <Fields draft={draft} employment={employment} manages={manages} error={saving.error} />
      {!fresh && manages ? (
        <SaveBar
          unsaved={draft.unsaved}
          pending={saving.isPending}
          error={saving.error}
          shown={["rights"]}
          onReset={draft.reset}
        />
      ) : null}
      {fresh ? (
        <>
          <FormProblem error={saving.error} shown={["rights"]} />
          <FormEnd
            cancel={() => onCancel?.()}
            pending={saving.isPending}
            deed={t("users.add_entity", { name })}
          />
        </>
      ) : null}
    </form>
  );
}

interface FieldsProps {
  draft: ReturnType<typeof useDraft<Values>>;
  employment: Employment;
  manages: boolean;
  error: unknown;
}

function Fields({ draft, employment, manages, error }: FieldsProps) {
  const { t } = useTranslation("people");
  const held = useHeld();
  const fieldErrors = useFieldErrors();
  const groups = useUserGroups(employment.entity);
  const sites = useSites(employment.entity);
  const lent = employment.effective.rights.filter((right) => !draft.values.held.rights.includes(right));
  return (
    <>
      <GrantFields
        value={draft.values.held}
        onChange={(next) => draft.change({ held: next })}
        giver={held(employment.entity)}
        had={employment.own}
        disabled={!manages}
        error={fieldErrors(error).rights}
      />
      {lent.length > 0 ? (
        <p className={css.hint}>
          {t("users.lent", { rights: lent.map((right) => t(`right.${right}`).toLowerCase()).join(", ") })}
        </p>
      ) : null}
      <div className={css.pair}>
        <Ticks
          label={t("groups.title")}
          none={t("groups.none")}
          options={groups.data ?? []}
          chosen={draft.values.user_groups}
          onChange={(user_groups) => draft.change({ user_groups })}
          disabled={!manages}
        />
        <Ticks
          label={t("sites.title")}
          none={t("sites.none")}
          options={sites.data ?? []}
          chosen={draft.values.sites}
          onChange={(chosen) => draft.change({ sites: chosen })}
          disabled={!manages}
        />
      </div>
    </>
  );
}

function Leave({ user, employment: { entity, name } }: { user: User; employment: Employment }) {
  const { t } = useTranslation("people");
  const leaving = useAction(
    () => ask("DELETE /api/users/{id}/entities/{entity}", { ids: { id: user.id, entity } }),
    { refresh: COLLEAGUES, said: t("users.left", { user: user.name, name }) },
  );
  return (
    <ConfirmButton
      deed={t("users.leave")}
      title={t("users.leave_title", { user: user.name, name })}
      onConfirm={() => leaving.mutateAsync()}
      size="compact-sm"
    >
      <p>{t("users.leave_text")}</p>
    </ConfirmButton>
  );
}
