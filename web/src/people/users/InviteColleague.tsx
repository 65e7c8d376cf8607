/** Inviting a colleague by e-mail (§1.1): to which entity, in which language, with which rights, groups and sites. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { useLanguage } from "../../language";
import { ask } from "../../wire/http";
import { USERS, useSites, useUserGroups } from "../api";
import { GrantFields } from "../GrantFields";
import { Ticks, useHeld } from "../pieces";
import { type Held, NOTHING } from "../rights";

interface Invited {
  email: string;
  entity: number;
  language: "fr" | "en";
  held: Held;
  user_groups: number[];
  sites: number[];
}

const SELLER: Held = { rights: ["make_offers"], validate_trade_ins: "none" };

export function InviteColleague() {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const may = useMay();
  const entities = useMe().entities.filter(({ id }) => may("manage_users", id));
  const fresh: Invited = {
    email: "",
    entity: entities[0]?.id ?? 0,
    language,
    held: SELLER,
    user_groups: [],
    sites: [],
  };
  const [values, setValues] = useState(fresh);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const change = (changed: Partial<Invited>) => {
    setValues((before) => ({ ...before, ...changed }));
    setErrors({});
  };
  const inviting = useAction(
    ({ held, ...rest }: Invited) => ask("POST /api/user-invitations", { body: { ...rest, ...held } }),
    {
      refresh: [USERS],
      said: t("invite.said", { email: values.email }),
      after: () => setValues({ ...fresh, entity: values.entity }),
    },
  );
  const submit = () => {
    if (/^\S+@\S+\.\S+$/.test(values.email.trim()))
      return inviting.mutateAsync({ ...values, email: values.email.trim() });
    setErrors({ email: t("invite.email_missing") });
    return false;
  };
  return (
    <FormDialog
      deed={t("invite.deed")}
      title={t("invite.title")}
      variant="filled"
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={["email", "entity", "rights"]}
    >
      <p>{t("invite.hint")}</p>
      <div className={form.fields}>
        <TextInput
          label={t("users.email")}
          type="email"
          required
          data-autofocus
          value={values.email}
          error={errors.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("entity")}
          value={values.entity}
          error={errors.entity}
          data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) =>
            change({ entity: Number(event.currentTarget.value), user_groups: [], sites: [] })
          }
        />
        <NativeSelect
          label={t("language")}
          value={values.language}
          data={[
            { value: "fr", label: t("languages.fr") },
            { value: "en", label: t("languages.en") },
          ]}
          onChange={(event) => change({ language: event.currentTarget.value === "en" ? "en" : "fr" })}
        />
      </div>
      <Placing values={values} change={change} error={errors.rights} />
    </FormDialog>
  );
}

interface PlacingProps {
  values: Invited;
  change: (changed: Partial<Invited>) => void;
  error: string | undefined;
}

function Placing({ values, change, error }: PlacingProps) {
  const { t } = useTranslation("people");
  const held = useHeld();
  const groups = useUserGroups(values.entity);
  const sites = useSites(values.entity);
  return (
    <>
      <GrantFields
        value={values.held}
        onChange={(next) => change({ held: next })}
        giver={held(values.entity)}
        had={NOTHING}
        error={error}
      />
      <Ticks
        label={t("groups.title")}
        none={t("groups.none")}
        options={groups.data ?? []}
        chosen={values.user_groups}
        onChange={(user_groups) => change({ user_groups })}
      />
      <Ticks
        label={t("sites.title")}
        none={t("sites.none")}
        options={sites.data ?? []}
        chosen={values.sites}
        onChange={(chosen) => change({ sites: chosen })}
      />
    </>
  );
}
