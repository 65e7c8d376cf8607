/** A mailing list made or edited beside the auction it is for (§3.1, §3.2): title, connected traders, who will receive. */
import { Button, Checkbox, Skeleton, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { FormDialog } from "../../desk/form/FormDialog";
import { useFieldErrors } from "../../desk/form/refusal";
import { say } from "../../desk/say";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import type { MailingList } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { type Connected, useConnected } from "./api";
import css from "./create.module.css";

/** More names than these are not read: the search narrows them. */
const SHOWN = 200;

interface Props {
  entity: number;
  /** The list to edit; none: a new one. */
  list?: MailingList;
  saved: (id: number) => void;
}

export function ListDialog({ entity, list, saved }: Props) {
  const { t } = useTranslation("dealer");
  const client = useQueryClient();
  const fieldErrors = useFieldErrors();
  const [title, setTitle] = useState(list?.title ?? "");
  const [members, setMembers] = useState<ReadonlySet<number>>(() => new Set(list?.traders));
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const send = async () => {
    const body = { title: title.trim(), traders: [...members] };
    const made = list
      ? await ask("PUT /api/mailing-lists/{id}", { ids: { id: list.id }, body })
      : await ask("POST /api/mailing-lists", { body: { ...body, entity } });
    await Promise.all(
      [["mailing-lists"], ["audiences"]].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
    say(t("create.lists.saved", { title: made.title }));
    saved(made.id);
    if (!list) {
      setTitle("");
      setMembers(new Set());
    }
  };
  const submit = () => {
    const missing = {
      ...(title.trim() === "" ? { title: t("create.lists.need_title") } : {}),
      ...(members.size === 0 ? { traders: t("create.lists.need_traders") } : {}),
    };
    setWrong(missing);
    return Object.keys(missing).length > 0 ? false : send();
  };
  return (
    <FormDialog
      size="compact-sm"
      deed={t(list ? "create.lists.edit" : "create.lists.new")}
      submit={t("create.lists.save")}
      title={t(list ? "create.lists.edit_title" : "create.lists.new_title")}
      onSubmit={submit}
      onRefused={(error) => setWrong(fieldErrors(error))}
      shown={["title", "traders"]}
    >
      <TextInput
        label={t("create.lists.title")}
        value={title}
        maxLength={100}
        error={wrong.title}
        data-autofocus
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Members entity={entity} members={members} set={setMembers} />
      {wrong.traders ? (
        <p role="alert" className={css.obstacles}>
          {wrong.traders}
        </p>
      ) : null}
    </FormDialog>
  );
}

interface MembersProps {
  entity: number;
  members: ReadonlySet<number>;
  set: (members: ReadonlySet<number>) => void;
}

function Members({ entity, members, set }: MembersProps) {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const connected = useConnected(entity);
  if (!connected.data) return <Skeleton height={220} />;
  const wanted = typed.trim().toLowerCase();
  const found = connected.data.filter(({ name, city }) => `${name} ${city}`.toLowerCase().includes(wanted));
  const turn = (traders: Connected[], on: boolean) => {
    const next = new Set(members);
    for (const { trader } of traders) on ? next.add(trader) : next.delete(trader);
    set(next);
  };
  const receiving = connected.data.filter(({ trader }) => members.has(trader));
  const all = found.length > 0 && found.every(({ trader }) => members.has(trader));
  return (
    <div className={css.members}>
      <fieldset className={css.column}>
        <legend>
          {t("create.lists.connected", { figure: formatCount(connected.data.length, language) })}
        </legend>
        <TextInput
          type="search"
          size="xs"
          aria-label={t("create.lists.find")}
          placeholder={t("create.lists.find")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="subtle" size="compact-sm" onClick={() => turn(found, !all)}>
          {t(all ? "create.lists.none" : "create.lists.all")}
        </Button>
        <ul className={css.traders}>
          {found.slice(0, SHOWN).map((one) => (
            <li key={one.trader}>
              <Checkbox
                size="xs"
                label={[one.name, one.city].filter(Boolean).join(" · ")}
                checked={members.has(one.trader)}
                onChange={(event) => turn([one], event.currentTarget.checked)}
              />
            </li>
          ))}
          {found.length > SHOWN ? <li className={desk.muted}>{t("create.lists.narrow")}</li> : null}
        </ul>
      </fieldset>
      <section className={css.column} aria-label={t("create.lists.receiving")}>
        <b aria-live="polite">
          {t("create.lists.receive", {
            count: receiving.length,
            figure: formatCount(receiving.length, language),
          })}
        </b>
        <ul className={css.traders}>
          {receiving.slice(0, SHOWN).map(({ trader, name }) => (
            <li key={trader}>{name}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
