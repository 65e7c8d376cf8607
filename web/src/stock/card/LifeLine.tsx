/** The life line drawn (§4.2): the steps passed, the one where the vehicle stands, what the next one needs, the way on and back. */
import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import { FormProblem } from "../../desk/form/refusal";
import type { VehicleSheet } from "../../wire/generated/http";
import { ask, HttpProblem } from "../../wire/http";
import { useStatusName, useStockSettings, VEHICLES } from "../api";
import type { FieldWords } from "../fields.fr";
import css from "./card.module.css";
import type { Member } from "./draft";
import { useCard } from "./editing";
import { lineOf } from "./line";
import { SECTIONS, sectionOf } from "./specs";

export function LifeLine({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const settings = useStockSettings(sheet.entity);
  const statusName = useStatusName();
  const steps = settings.data ? lineOf(settings.data, sheet.destination) : [];
  const here = steps.indexOf(sheet.status);
  return (
    <section className={`${desk.card} ${css.life}`} aria-label={t("card.life.title")}>
      <ol className={css.steps}>
        {steps.map((step, place) => {
          const state = place < here ? "past" : place === here ? "here" : "ahead";
          return (
            <li key={step} data-state={state} aria-current={state === "here" ? "step" : undefined}>
              <span className={css.dot} aria-hidden="true">
                {state === "past" ? "✓" : place + 1}
              </span>
              <span className={css.step}>{statusName(step)}</span>
              {state === "past" ? <span className={css.unseen}>{t("card.life.past")}</span> : null}
            </li>
          );
        })}
      </ol>
      <Next sheet={sheet} next={steps[here + 1]} />
    </section>
  );
}

/** What comes next: the button that goes there, or in words why nobody can go there by hand. */
function Next({ sheet, next }: { sheet: VehicleSheet; next: string | undefined }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const statusName = useStatusName();
  const move = useMove(sheet);
  const lacks = sheet.entry_lacks.length > 0 && sheet.status === "pre_arrival";
  const reachable = next !== undefined && sheet.may_move_to.includes(next);
  return (
    <div className={css.next}>
      <div>
        {lacks ? <Lacking fields={sheet.entry_lacks} /> : null}
        {next !== undefined && !reachable ? <p className={desk.muted}>{t(whyNot(sheet, next))}</p> : null}
        <Refused error={move.error} />
      </div>
      {may ? (
        <div className={css.nextActions}>
          {reachable && next ? (
            <Button
              loading={move.isPending}
              disabled={lacks}
              onClick={() => move.mutate({ status: next, reason: null })}
            >
              {t("card.life.next", { status: statusName(next) })}
            </Button>
          ) : null}
          {sheet.may_move_to.length > 0 ? <MoveElsewhere sheet={sheet} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function whyNot(sheet: VehicleSheet, next: string) {
  if (sheet.auction !== null) return "card.life.in_auction" as const;
  return next === "delivery" || next === "released"
    ? ("card.life.after_the_sale" as const)
    : ("card.life.not_by_hand" as const);
}

function useMove(sheet: VehicleSheet) {
  const { t } = useTranslation("stock");
  return useAction(
    (body: { status: string; reason: string | null }) =>
      ask("POST /api/vehicles/{id}/status", { ids: { id: sheet.id }, body }),
    { refresh: [VEHICLES], said: t("card.life.moved") },
  );
}

/** The fields that physical entry asks for, each a way to where it is filled in. */
function Lacking({ fields }: { fields: readonly string[] }) {
  const { t } = useTranslation("stock");
  const { goTo } = useCard();
  return (
    <p className={css.lacking}>
      {t("card.life.needs")}{" "}
      {fields.map((member) => (
        <button key={member} type="button" onClick={() => goTo(sectionOf(member) ?? "registration")}>
          {t(`fields.${fieldOf(member) as keyof FieldWords}`)}
        </button>
      ))}
    </p>
  );
}

/** What the list of columns calls a member. */
function fieldOf(member: string): string {
  const section = sectionOf(member);
  const spec = section && SECTIONS[section].find((one) => one.member === (member as Member));
  return spec?.field ?? member;
}

/** The fields that a step misses, if that is why it was refused. */
function missingOf(error: unknown): string[] {
  if (!(error instanceof HttpProblem)) return [];
  return error.reasons.filter(({ code }) => code === "required").map(({ field }) => field);
}

/** A step that was refused: the fields that it misses by their names, else the server's sentence. */
function Refused({ error }: { error: unknown }) {
  const missing = missingOf(error);
  return missing.length > 0 ? <Lacking fields={missing} /> : <FormProblem error={error} />;
}

/** Any other step that a hand may choose: ahead, back, or out of the sale again, with the reason on record. */
function MoveElsewhere({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const statusName = useStatusName();
  const move = useMove(sheet);
  const [chosen, choose] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  // The vehicle may have moved on since it was chosen.
  const [only, ...others] = sheet.may_move_to;
  const wanted = chosen ?? (others.length === 0 ? (only ?? null) : null);
  const status = wanted !== null && sheet.may_move_to.includes(wanted) ? wanted : null;
  const missing = missingOf(move.error);
  const submit = () => {
    setTried(status === null);
    return status === null ? false : send(status);
  };
  const send = async (to: string) => {
    await move.mutateAsync({ status: to, reason: reason.trim() || null });
    choose(null);
    setReason("");
  };
  const left = sheet.status === "delivery" || sheet.status === "released";
  return (
    <FormDialog
      deed={left ? t("card.life.undo") : t("card.life.elsewhere")}
      title={left ? t("card.life.undo_title") : t("card.life.elsewhere_title")}
      onSubmit={submit}
      shown={missing}
    >
      {left ? <p>{t("card.life.undo_text")}</p> : null}
      <Select
        label={t("fields.status")}
        data={sheet.may_move_to.map((one) => ({ value: one, label: statusName(one) }))}
        value={status}
        error={tried && status === null ? tt("form.required") : undefined}
        onChange={choose}
        allowDeselect={false}
        required
      />
      <Textarea
        label={t("card.life.reason")}
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value.replace(/\n/g, " "))}
      />
      {missing.length > 0 ? <Lacking fields={missing} /> : null}
    </FormDialog>
  );
}
