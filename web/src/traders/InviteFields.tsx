/** Whom to invite for which entities, in which language: the fields of every invitation (§2.2). */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "../desk/form/form.module.css";
import type { Language } from "../money";
import type { WorkPlace } from "../wire/generated/http";

export interface Invited {
  entities: number[];
  email: string;
  language: Language;
}

interface Props {
  value: Invited;
  change: (changed: Partial<Invited>) => void;
  /** The entities that may invite, and why one of them cannot. */
  entities: readonly WorkPlace[];
  closed?: (entity: number) => string | undefined;
  errors: Record<string, string>;
  /** The trader has an account: the mail goes to its users, without an address. */
  withoutEmail?: boolean;
}

export function InviteFields({ value, change, entities, closed, errors, withoutEmail = false }: Props) {
  const { t } = useTranslation("traders");
  return (
    <>
      <Checkbox.Group
        label={t("invite.entities")}
        description={entities.length > 1 ? t("invite.entities_hint") : undefined}
        value={value.entities.map(String)}
        error={errors.entities}
        onChange={(ticked) => change({ entities: ticked.map(Number) })}
      >
        <div className={css.checks}>
          {entities.map(({ id, name }) => {
            const why = closed?.(id);
            return (
              <Checkbox
                key={id}
                value={String(id)}
                label={why ? `${name} (${why})` : name}
                disabled={why !== undefined}
              />
            );
          })}
        </div>
      </Checkbox.Group>
      <div className={css.fields}>
        {withoutEmail ? null : (
          <TextInput
            label={t("invite.email")}
            type="email"
            name="invite-email"
            autoComplete="off"
            value={value.email}
            error={errors.email}
            onChange={(event) => change({ email: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t("invite.language")}
          value={value.language}
          data={[
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
          onChange={(event) => change({ language: event.currentTarget.value === "en" ? "en" : "fr" })}
        />
      </div>
    </>
  );
}
