/** The small pieces that users, groups, settings and history share: their tabs, ticks, what rights are called. */

import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { bringIntoView } from "../desk/in-view";
import { useMay, useMe } from "../desk/me";
import type { Granted } from "../wire/generated/http";
import css from "./people.module.css";
import { type Held, NOTHING } from "./rights";

/** The pages of one place, as links. */
export function SubPages({ label, pages }: { label: string; pages: { path: string; name: string }[] }) {
  const [location] = useLocation();
  return (
    <nav className={css.tabs} aria-label={label}>
      {pages.map(({ path, name }) => (
        <Link
          key={path}
          href={path}
          ref={location === path ? bringIntoView : undefined}
          aria-current={location === path ? "page" : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

export function PeopleTabs() {
  const { t } = useTranslation("people");
  const may = useMay();
  return (
    <SubPages
      label={t("users.title")}
      pages={[
        { path: "/users", name: t("users.tab") },
        ...(may("manage_users") ? [{ path: "/users/invitations", name: t("invitations.tab") }] : []),
        { path: "/user-groups", name: t("groups.tab") },
      ]}
    />
  );
}

/** Several of some, each with a box. */
export function Ticks(props: {
  label: string;
  none: string;
  options: { id: number; name: string }[];
  chosen: number[];
  onChange: (chosen: number[]) => void;
  disabled?: boolean;
}) {
  const turn = (id: number, on: boolean) =>
    props.onChange(on ? [...props.chosen, id] : props.chosen.filter((one) => one !== id));
  return (
    <fieldset className={css.ticks} disabled={props.disabled}>
      <legend>{props.label}</legend>
      {props.options.length === 0 ? <p className={css.hint}>{props.none}</p> : null}
      <ul className={css.rights}>
        {props.options.map(({ id, name }) => (
          <li key={id}>
            <Checkbox
              label={name}
              checked={props.chosen.includes(id)}
              onChange={(event) => turn(id, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** A job, or how many rights. */
export function useGrantName(): (grant: Granted) => string {
  const { t } = useTranslation("people");
  return ({ preset, rights }) =>
    preset ? t(`presets.${preset}`) : t("rights.count", { count: rights.length });
}

/** What the reader holds in that entity. */
export function useHeld(): (entity: number) => Held {
  const { entities } = useMe();
  return (entity) => entities.find(({ id }) => id === entity) ?? NOTHING;
}
