/** The form of a mailing list: what is ticked and not saved stays for this tab, and says so when it is found again. */
import { Alert, Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { FormProblem } from "../../desk/form/refusal";
import type { MailingList } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import type { ConnectedTrader } from "./api";
import { Conflict } from "./Conflict";
import { type Choice, choiceOf, isSame } from "./choice";
import css from "./lists.module.css";
import { Counter, Pools, Title } from "./Pools";
import { SHOWN, useListSaving } from "./saving";

interface Props {
  entity: number;
  stored: MailingList | null;
  connected: readonly ConnectedTrader[];
  closed: boolean;
}

function useListForm({ entity, stored }: Props) {
  const [, go] = useLocation();
  const name = stored ? `mailing-list-${stored.id}` : `mailing-list-of-${entity}`;
  const [wasFound] = useState(() => typedBefore<Choice>(name));
  const [choice, change] = useState(wasFound);
  const before = choiceOf(stored);
  const now = choice ?? before;
  const isChanged = !isSame(now, before);
  useKeepTyped(name, now, isChanged);
  const leave = () => {
    forgetTyped(name);
    go("/mailing-lists");
  };
  const saving = useListSaving(entity, stored, leave);
  const resolve = (next: Choice | null) => {
    change(next);
    saving.clear();
  };
  const save = () => {
    // What is refused is said in the form.
    if (!saving.pending) Promise.resolve(saving.save(now)).catch(() => null);
  };
  return { now, change, resolve, leave, save, saving, isChanged, wasFound: wasFound !== null };
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
        <Title choice={form.now} change={form.change} closed={closed} error={form.saving.errors.title} />
      </div>
      <Pools
        connected={connected}
        choice={form.now}
        change={form.change}
        closed={closed}
        error={form.saving.errors.traders}
      />
      {stored && form.saving.outdated ? (
        <Conflict stored={stored} choice={form.now} resolve={form.resolve} />
      ) : null}
      <FormProblem error={form.saving.error} shown={SHOWN} />
      {closed ? null : (
        <div className={css.bar} data-foot>
          <Counter count={form.now.traders.length} />
          {stored ? <Deletion list={stored} done={form.leave} /> : null}
          <Button variant="default" onClick={form.leave}>
            {tt("form.cancel")}
          </Button>
          <Button variant="default" disabled={!form.isChanged} onClick={() => form.resolve(null)}>
            {tt("form.reset")}
          </Button>
          <Button type="submit" loading={form.saving.pending} disabled={!form.isChanged}>
            {tt("form.save")}
          </Button>
        </div>
      )}
    </form>
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
