/**
 * A section of a card: read as a list of facts, typed as a form of its own (§4.1). What was typed and not saved waits for
 * whoever comes back; somebody else's change in between is told, and nothing typed is lost.
 */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { FormEnd } from "../../desk/form/FormEnd";
import forms from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { isOutdated, Outdated } from "../../desk/form/Outdated";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { VehicleSheet } from "../../wire/generated/http";
import { VEHICLES } from "../api";
import { CardField, type SectionForm, useSpecLabel, useTypedText } from "./CardField";
import css from "./card.module.css";
import { changeOf, type Draft, draftOf, type FieldSpec, followed } from "./draft";
import { type PartName, useCard } from "./editing";
import { useSaveCard } from "./save";
import { SECTIONS, type SectionName } from "./specs";

interface Props {
  name: SectionName;
  sheet: VehicleSheet;
  /** In place of the plain fields while one types. */
  fields?: ((form: SectionForm) => ReactNode) | undefined;
  /** Below the facts or the fields, as they stand. */
  below?: ((typed: Draft) => ReactNode) | undefined;
  /** What is not shown while it says nothing; it is typed all the same. */
  without?: ((spec: FieldSpec) => boolean) | undefined;
}

export function Section({ name, sheet, fields, below, without }: Props) {
  const { t } = useTranslation("stock");
  const { may, editing, edit } = useCard();
  const isOpen = editing.has(name);
  const specs = SECTIONS[name];
  return (
    <section className={desk.card} id={`section-${name}`} aria-labelledby={`title-${name}`}>
      <div className={css.sectionHead}>
        <h2 id={`title-${name}`}>{t(`card.sections.${name}`)}</h2>
        {may && !isOpen ? <EditButton name={name} edit={() => edit(name, true)} /> : null}
      </div>
      {isOpen ? (
        <Typing name={name} sheet={sheet} specs={specs} fields={fields} below={below} />
      ) : (
        <>
          <Facts sheet={sheet} specs={specs.filter((spec) => !without?.(spec))} />
          {below?.(draftOf(sheet, specs))}
        </>
      )}
    </section>
  );
}

interface EditProps {
  name: PartName;
  edit: () => void;
  /** In place of "Edit" where there is nothing yet. */
  says?: string | undefined;
}

export function EditButton({ name, edit, says }: EditProps) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      onClick={edit}
      aria-label={says ?? t("card.edit", { section: t(`card.sections.${name}`) })}
    >
      {says ?? tt("form.edit")}
    </Button>
  );
}

function Facts({ sheet, specs }: { sheet: VehicleSheet; specs: readonly FieldSpec[] }) {
  const label = useSpecLabel();
  const typedText = useTypedText();
  const typed = draftOf(sheet, specs);
  return (
    <dl className={css.facts}>
      {specs.map((spec) => (
        <div key={spec.member} className={spec.wide ? css.wideFact : css.fact}>
          <dt className={spec.wide ? css.unseen : undefined}>{label(spec)}</dt>
          <dd className={spec.kind === "prose" ? css.prose : undefined}>
            {typedText(spec, typed[spec.member] ?? "")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type TypingProps = Pick<Props, "name" | "sheet" | "fields" | "below"> & { specs: readonly FieldSpec[] };

/** The form, and what of the card it was typed over: the card may be read anew at any moment while one types. */
function useTyping(sheet: VehicleSheet, specs: readonly FieldSpec[], keptUnder: string) {
  const now = draftOf(sheet, specs);
  const kept = useRef(typedBefore<Draft>(keptUnder));
  const form: SectionForm = useForm<Draft>({ initialValues: { ...now, ...kept.current } });
  const [seen, see] = useState(now);
  const [crossed, setCrossed] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another revision of the card is followed
  useEffect(() => {
    const next = followed(seen, now, form.values);
    form.setValues(next.typed);
    see(now);
    setCrossed((before) => [...new Set([...before, ...next.crossed])]);
  }, [sheet.revision]);
  const change = changeOf(seen, form.values, specs);
  // Only what was touched waits: the rest is the card's to say when one comes back.
  const touched = Object.fromEntries(
    Object.keys(change).map((member) => [member, form.values[member] ?? ""]),
  );
  useKeepTyped(keptUnder, touched, Object.keys(change).length > 0);
  const standing = specs.filter(({ member }) => crossed.includes(member) && member in change);
  return { form, change, now, crossed: standing, tookUp: kept.current !== null };
}

function Typing({ name, sheet, specs, fields, below }: TypingProps) {
  const { edit } = useCard();
  const keptUnder = useKeptName(sheet.id, name);
  const { form, change, now, crossed, tookUp } = useTyping(sheet, specs, keptUnder);
  const changed = Object.keys(change).length > 0;
  const fieldErrors = useFieldErrors();
  const close = () => {
    forgetTyped(keptUnder);
    edit(name, false);
  };
  const save = useSaveCard(sheet, close);
  const submit = () => {
    if (!changed) close();
    else if (!save.isPending) save.mutate(change, { onError: (error) => form.setErrors(fieldErrors(error)) });
  };
  return (
    <form className={forms.stack} onSubmit={form.onSubmit(submit)} noValidate>
      {tookUp ? <TakenUp /> : null}
      <div className={forms.fields}>
        {fields?.(form)}
        {specs
          .filter(({ member }) => !fields || !["make", "model", "custom_make"].includes(member))
          .map((spec) => (
            <CardField key={spec.member} spec={spec} form={form} entity={sheet.entity} />
          ))}
      </div>
      {below?.(form.values)}
      <Crossed specs={crossed} now={now} />
      <SaveProblem error={save.error} vehicle={sheet.id} shown={specs.map(({ member }) => member)} />
      <FormEnd cancel={close} pending={save.isPending} />
    </form>
  );
}

/** What somebody else has written meanwhile where one types, before it is replaced. */
function Crossed({ specs, now }: { specs: readonly FieldSpec[]; now: Draft }) {
  const { t } = useTranslation("stock");
  const label = useSpecLabel();
  const typedText = useTypedText();
  if (specs.length === 0) return null;
  return (
    <div className={css.note} role="status">
      {t("card.crossed")}
      <ul>
        {specs.map((spec) => (
          <li key={spec.member}>
            {label(spec)} <b>{typedText(spec, now[spec.member] ?? "")}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Under which name a section's unsaved values wait: this reader's, of this vehicle. */
export function useKeptName(vehicle: number, section: string): string {
  const { reader } = useCard();
  return `vehicle-${reader}-${vehicle}-${section}`;
}

export function TakenUp() {
  const { t } = useTranslation("stock");
  return (
    <p className={css.note} role="status">
      {t("card.taken_up")}
    </p>
  );
}

/** Why nothing was saved; a card that somebody else has changed is read anew, so that saving again takes what stands now. */
export function SaveProblem({ error, vehicle, shown }: { error: unknown; vehicle: number; shown: string[] }) {
  const { t } = useTranslation("stock");
  const client = useQueryClient();
  const outdated = isOutdated(error);
  useEffect(() => {
    if (outdated) void client.invalidateQueries({ queryKey: [...VEHICLES, "sheet", vehicle] });
  }, [outdated, client, vehicle]);
  if (outdated) return <Outdated>{t("card.outdated")}</Outdated>;
  return <FormProblem error={error} shown={shown} />;
}
