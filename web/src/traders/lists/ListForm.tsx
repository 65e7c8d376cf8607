/** The form of a mailing list: what is ticked and not saved stays for this tab, and says so when it is found again. */
import { Alert, Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { MailingList } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import css from "../traders.module.css";
import { type ConnectedTrader, LISTS } from "./api";
import { type Choice, isSame } from "./choice";
import { Pools } from "./Pools";

interface Props {
  entity: number;
  stored: MailingList | null;
  connected: readonly ConnectedTrader[];
  closed: boolean;
}

function useListForm({ entity, stored }: Props) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const [, go] = useLocation();
  const name = stored ? `mailing-list-${stored.id}` : `mailing-list-of-${entity}`;
  const [wasFound] = useState(() => typedBefore<Choice>(name));
  const [choice, change] = useState(wasFound);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const before: Choice = { title: stored?.title ?? "", traders: stored?.traders ?? [] };
  const now = choice ?? before;
  const isChanged = !isSame(now, before);
  useKeepTyped(name, now, isChanged);
  const drop = () => {
    change(null);
    setErrors({});
  };
  const leave = () => {
    forgetTyped(name);
    go("/mailing-lists");
  };
  const saving = useAction(
    (typed: Choice) => {
      const body = { title: typed.title.trim(), traders: typed.traders as [number, ...number[]] };
      return stored
        ? ask("PUT /api/mailing-lists/{id}", { ids: { id: stored.id }, body })
        : ask("POST /api/mailing-lists", { body: { ...body, entity } });
    },
    { refresh: LISTS, said: tt("form.saved"), after: leave },
  );
  const save = () => {
    const missing: Record<string, string> = {};
    if (!now.title.trim()) missing.title = tt("form.required");
    if (now.traders.length === 0) missing.traders = t("lists.at_least_one");
    setErrors(missing);
    if (Object.keys(missing).length === 0 && !saving.isPending)
      saving.mutate(now, { onError: (error) => setErrors(fieldErrors(error)) });
  };
  return { now, change, drop, leave, save, saving, errors, isChanged, wasFound: wasFound !== null };
}

export function ListForm(props: Props) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const { stored, connected, closed } = props;
  const form = useListForm(props);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.save();
  };
  return (
    <form className={css.pool} noValidate onSubmit={submit}>
      {form.wasFound && form.isChanged ? <Alert role="status">{t("lists.found_again")}</Alert> : null}
      <div className={desk.card}>
        <TextInput
          label={t("lists.name")}
          maxLength={100}
          autoComplete="off"
          value={form.now.title}
          error={form.errors.title}
          readOnly={closed}
          onChange={(event) => form.change({ ...form.now, title: event.currentTarget.value })}
        />
      </div>
      <Pools
        connected={connected}
        choice={form.now}
        change={form.change}
        closed={closed}
        error={form.errors.traders}
      />
      <FormProblem error={form.saving.error} shown={["title", "traders"]} />
      {closed ? null : (
        <div className={css.bar}>
          <Counter count={form.now.traders.length} />
          {stored ? <Deletion list={stored} done={form.leave} /> : null}
          <Button variant="default" onClick={form.leave}>
            {tt("form.cancel")}
          </Button>
          <Button variant="default" disabled={!form.isChanged} onClick={form.drop}>
            {tt("form.reset")}
          </Button>
          <Button type="submit" loading={form.saving.isPending} disabled={!form.isChanged}>
            {tt("form.save")}
          </Button>
        </div>
      )}
    </form>
  );
}

function Counter({ count }: { count: number }) {
  const { t } = useTranslation("traders");
  return (
    <span aria-live="polite">
      <b className={css.count}>{count}</b> {t("lists.will_receive", { count })}
    </span>
  );
}

function Deletion({ list, done }: { list: MailingList; done: () => void }) {
  const { t } = useTranslation("traders");
  const deleting = useAction(() => ask("DELETE /api/mailing-lists/{id}", { ids: { id: list.id } }), {
    refresh: [["mailing-lists", "all"], ["audiences"]],
    said: t("lists.deleted"),
    after: done,
  });
  return (
    <ConfirmButton
      deed={t("lists.delete")}
      title={t("lists.delete_title", { title: list.title })}
      onConfirm={() => deleting.mutateAsync()}
    >
      <p>{t("lists.delete_text")}</p>
    </ConfirmButton>
  );
}
