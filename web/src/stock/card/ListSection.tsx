/** One of a card's lists (§4.1, §4.7): read as a table, typed row by row, sent whole. */
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { AmountInput } from "../../desk/form/AmountInput";
import { FormEnd } from "../../desk/form/FormEnd";
import forms from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { useFieldErrors } from "../../desk/form/refusal";
import { formatPercent, formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { formatAmount } from "../../money";
import type { VehicleSheet } from "../../wire/generated/http";
import css from "./card.module.css";
import { isFilled, listOf, pathOf, type Row, rowsOf } from "./draft";
import { useCard } from "./editing";
import { LISTS, type ListName, listChange, RATES, type RowSpec, withOnePrice } from "./lists";
import { EditButton, SaveProblem, TakenUp, useKeptName } from "./Section";
import { useSaveCard } from "./save";

interface Props {
  name: ListName;
  sheet: VehicleSheet;
  /** Beside each row that is stored. */
  beside?: ((row: Row) => ReactNode) | undefined;
}

export function ListSection({ name, sheet, beside }: Props) {
  const { t } = useTranslation("stock");
  const { may, editing, edit } = useCard();
  const isOpen = editing.has(name);
  const empty = sheet[name].length === 0;
  return (
    <section className={desk.card} id={`section-${name}`} aria-labelledby={`title-${name}`}>
      <div className={css.sectionHead}>
        <h2>
          <span id={`title-${name}`}>{t(`card.sections.${name}`)}</span>{" "}
          <span className={desk.muted}>{sheet[name].length || ""}</span>
        </h2>
        {empty && !isOpen ? (
          <span className={`${desk.muted} ${css.none}`}>{t(`card.none.${name}`)}</span>
        ) : null}
        {may && !isOpen ? (
          <EditButton
            name={name}
            edit={() => edit(name, true)}
            says={empty ? t(`card.add.${name}`) : undefined}
          />
        ) : null}
      </div>
      {isOpen ? <Rows name={name} sheet={sheet} /> : null}
      {isOpen || empty ? null : <Read name={name} sheet={sheet} beside={beside} />}
    </section>
  );
}

function Read({ name, sheet, beside }: Props) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const rows = rowsOf(sheet[name]);
  const { specs } = LISTS[name];
  const written = ({ kind }: RowSpec, value: string) => {
    if (value === "") return "–";
    if (kind === "amount") return formatAmount(value, language);
    return kind === "date"
      ? formatTime(value, "date", language)
      : kind === "rate"
        ? formatPercent(Number(value), language)
        : value;
  };
  return (
    <ul className={css.rows}>
      {rows.map((row, place) => (
        <li key={row.id ?? place}>
          <div className={css.row}>
            {specs.map((spec) => (
              <span key={spec.name} data-kind={spec.kind}>
                {spec.name === "label" || spec.name === "name" || spec.name === "category" ? null : (
                  <span className={css.rowLabel}>{t(`fields.${spec.name}`)} </span>
                )}
                {written(spec, row[spec.name] ?? "")}
              </span>
            ))}
          </div>
          {beside?.(row)}
        </li>
      ))}
    </ul>
  );
}

function Rows({ name, sheet }: Props) {
  const { t } = useTranslation("stock");
  const { edit } = useCard();
  const { empty, required } = LISTS[name];
  const before = rowsOf(sheet[name]);
  const keptUnder = useKeptName(sheet.id, name);
  const kept = useRef(typedBefore<Record<ListName, Row[]>>(keptUnder));
  // Under the list's own name, so that a refusal finds its row.
  const form = useForm<Record<string, Row[]>>({
    initialValues: { [name]: kept.current?.[name] ?? (before.length > 0 ? before : [{ ...empty }]) },
  });
  const rows = form.values[name] ?? [];
  const typed = listOf(rows, required);
  const changed = JSON.stringify(typed) !== JSON.stringify(listOf(before, required));
  useKeepTyped(keptUnder, form.values, changed);
  const close = () => {
    forgetTyped(keptUnder);
    edit(name, false);
  };
  const fieldErrors = useFieldErrors();
  const save = useSaveCard(sheet, close);
  const refused = (error: unknown) => {
    const errors = Object.entries(fieldErrors(error)).map(([field, said]) => [pathOf(field), said]);
    // The server counts the rows that it was sent.
    form.setFieldValue(name, (now) => now?.filter(isFilled) ?? []);
    form.setErrors(Object.fromEntries(errors));
  };
  const submit = () => {
    if (!changed) close();
    else if (!save.isPending) save.mutate(listChange(name, typed), { onError: refused });
  };
  return (
    <form className={forms.stack} onSubmit={form.onSubmit(submit)} noValidate>
      {kept.current ? <TakenUp /> : null}
      {rows.map((row, place) => (
        <RowFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place, as the refusals name them
          key={place}
          name={name}
          row={row}
          errors={(field) => form.errors[`${name}.${place}.${field}`]}
          set={(next) => form.setFieldValue(`${name}.${place}`, next)}
          remove={() => form.removeListItem(name, place)}
        />
      ))}
      <SaveProblem
        error={save.error}
        vehicle={sheet.id}
        shown={Object.keys(fieldErrors(save.error)).filter((field) => pathOf(field) in form.errors)}
      />
      <FormEnd cancel={close} pending={save.isPending}>
        <Button
          className={css.add ?? ""}
          variant="default"
          onClick={() => form.insertListItem(name, { ...empty })}
        >
          {t(`card.add.${name}`)}
        </Button>
      </FormEnd>
    </form>
  );
}

interface RowProps {
  name: ListName;
  row: Row;
  errors: (field: string) => ReactNode;
  set: (row: Row) => void;
  remove: () => void;
}

function RowFields({ name, row, errors, set, remove }: RowProps) {
  const { t } = useTranslation("stock");
  const { specs, required } = LISTS[name];
  const legend = useId();
  const change = (field: string, value: string) => {
    const next = { ...row, [field]: value };
    set(name === "equipment" ? withOnePrice(next, field) : next);
  };
  return (
    <fieldset className={css.rowFields} aria-labelledby={legend} data-list={name}>
      <span id={legend} className={css.unseen}>
        {row[required] || t(`card.new_row.${name}`)}
      </span>
      {specs.map((spec) => (
        <RowField
          key={spec.name}
          spec={spec}
          value={row[spec.name] ?? ""}
          error={errors(spec.name)}
          set={(value) => change(spec.name, value)}
        />
      ))}
      <ActionIcon
        variant="default"
        size="lg"
        className={css.removeRow ?? ""}
        aria-label={t("card.remove_row", { name: row[required] || t(`card.new_row.${name}`) })}
        onClick={remove}
      >
        ×
      </ActionIcon>
    </fieldset>
  );
}

interface RowFieldProps {
  spec: RowSpec;
  value: string;
  error: ReactNode;
  set: (value: string) => void;
}

function RowField({ spec, value, error, set }: RowFieldProps) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const label = t(`fields.${spec.name}`);
  if (spec.kind === "amount") return <AmountInput label={label} value={value} error={error} onChange={set} />;
  if (spec.kind === "rate")
    return (
      <Select
        label={label}
        value={value}
        error={error}
        data={RATES.map((rate) => ({ value: rate, label: formatPercent(Number(rate), language) }))}
        allowDeselect={false}
        onChange={(next) => set(next ?? "20")}
      />
    );
  return (
    <TextInput
      type={spec.kind === "date" ? "date" : "text"}
      label={label}
      value={value}
      error={error}
      maxLength={200}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
