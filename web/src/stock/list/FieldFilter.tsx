/** What may be asked of one field, by its type: some of its words, a part of a text, from and to, yes or no, filled or empty. */
import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { AmountInput } from "../../desk/form/AmountInput";
import { WholeInput } from "../../desk/form/WholeInput";
import { useMe } from "../../desk/me";
import type { ListSearch } from "../../desk/table/search";
import type { Column } from "../../wire/generated/http";
import { useChoices, useSites } from "../api";
import { CODES, useCodeText, useFieldName } from "../values";
import { asking, type Bounded, boundsOf, type Condition, isBounded, listed, withdrawing } from "./filters";
import css from "./list.module.css";

interface Props {
  field: Column;
  search: ListSearch;
  fields: Column[];
  done: () => void;
}

export function FieldFilter({ field, search, done }: Props) {
  if (field.type === "choice") return <ChoiceFilter field={field} search={search} />;
  if (field.type === "flag") return <FlagFilter field={field} search={search} />;
  return <TypedFilter field={field} search={search} done={done} />;
}

/** Some of the words that the field says, each with its number of vehicles. */
function ChoiceFilter({ field, search }: Pick<Props, "field" | "search">) {
  const codeText = useCodeText();
  const coded = CODES[field.name];
  const choices = useChoices(field.name);
  const asked = listed(search.value(field.name));
  const counts = new Map(choices.data?.map(({ value, vehicles }) => [value, vehicles]));
  // What is asked for stays in the list though no vehicle says it any more.
  const values = [...new Set([...(coded ?? []), ...counts.keys(), ...asked])];
  const turn = (next: string[]) => search.change({ [field.name]: next.join(",") });
  return (
    <Ticks
      label={useFieldName()(field)}
      values={values}
      asked={asked}
      turn={turn}
      name={(value) => codeText(field.name, value)}
      count={(value) => counts.get(value)}
    />
  );
}

const MANY = 9;

function Ticks(props: {
  label: string;
  values: string[];
  asked: string[];
  turn: (asked: string[]) => void;
  name: (value: string) => string;
  count?: (value: string) => number | undefined;
}) {
  const { t } = useTranslation("stock");
  const [typed, type] = useState("");
  const shown = props.values.filter((value) =>
    props.name(value).toLowerCase().includes(typed.trim().toLowerCase()),
  );
  return (
    <div className={css.editor}>
      {props.values.length > MANY ? (
        <TextInput
          size="xs"
          type="search"
          aria-label={t("filter.find")}
          placeholder={t("filter.find")}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      <Checkbox.Group value={props.asked} onChange={props.turn} label={props.label}>
        <div className={css.choices}>
          {shown.map((value) => (
            <Checkbox
              key={value}
              size="xs"
              value={value}
              label={
                <span className={css.choice}>
                  {props.name(value)} <span className={css.count}>{props.count?.(value)}</span>
                </span>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
    </div>
  );
}

/** The entities and the sites that the reader works for. */
export function PlaceFilter({ search, done }: { search: ListSearch; done: () => void }) {
  const { t } = useTranslation("stock");
  const { entities } = useMe();
  const sites = useSites();
  const entity = search.value("entity");
  const offered = (sites.data ?? []).filter((site) => !entity || site.entity === Number(entity));
  const names = new Map(
    offered.map((site) => [String(site.id), site.city ? `${site.name} · ${site.city}` : site.name]),
  );
  return (
    <div className={css.editor}>
      {entities.length > 1 ? (
        <SegmentedControl
          orientation="vertical"
          aria-label={t("fields.entity_name")}
          data={[
            { value: "", label: t("filter.all_entities") },
            ...entities.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={entity}
          onChange={(next) => search.change({ entity: next, site: "" })}
        />
      ) : null}
      <Ticks
        label={t("fields.site_name")}
        values={[...names.keys()]}
        asked={listed(search.value("site"))}
        turn={(next) => search.change({ site: next.join(",") })}
        name={(id) => names.get(id) ?? id}
      />
      <Button size="compact-sm" variant="default" onClick={done}>
        {t("filter.done")}
      </Button>
    </div>
  );
}

function FlagFilter({ field, search }: Pick<Props, "field" | "search">) {
  const { t } = useTranslation("stock");
  return (
    <SegmentedControl
      fullWidth
      aria-label={useFieldName()(field)}
      data={[
        { value: "", label: t("filter.either") },
        { value: "true", label: t("yes") },
        { value: "false", label: t("no") },
      ]}
      value={search.value(field.name)}
      onChange={(next) => search.change({ [field.name]: next })}
    />
  );
}

/** A part of a text, or from and to: typed, then asked for; or whether it says anything at all. */
function TypedFilter({ field, search, done }: Pick<Props, "field" | "search" | "done">) {
  const { t } = useTranslation("stock");
  const name = useFieldName()(field);
  const bounded = isBounded(field.type) ? field.type : null;
  const [low, high] = bounded ? boundsOf(field.name, bounded) : [field.name, field.name];
  const [from, setFrom] = useState(search.value(low));
  const [to, setTo] = useState(search.value(high));
  const condition: Condition = bounded
    ? { kind: "range", field: field.name, shape: bounded, from, to }
    : { kind: "text", field: field.name, text: from };
  const ask = (asked: Condition) => {
    search.change({ ...withdrawing(condition, search.asked), ...asking(asked, search.asked) });
    done();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(condition);
  };
  return (
    <form className={css.editor} onSubmit={submit}>
      {bounded ? (
        <div className={css.bounds}>
          <Bound shape={bounded} label={t("filter.from")} value={from} set={setFrom} first />
          <Bound shape={bounded} label={t("filter.to")} value={to} set={setTo} />
        </div>
      ) : (
        <TextInput
          label={t("filter.contains", { field: name })}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Fillings field={field.name} ask={ask}>
        <Button type="submit" size="compact-sm">
          {t("filter.apply")}
        </Button>
      </Fillings>
    </form>
  );
}

function Fillings(props: { field: string; ask: (condition: Condition) => void; children: ReactNode }) {
  const { t } = useTranslation("stock");
  const { field, ask } = props;
  return (
    <div className={css.fillings}>
      {props.children}
      <Button size="compact-sm" variant="subtle" onClick={() => ask({ kind: "filled", field, filled: true })}>
        {t("filter.filled")}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => ask({ kind: "filled", field, filled: false })}
      >
        {t("filter.empty")}
      </Button>
    </div>
  );
}

function Bound(props: {
  shape: Bounded;
  label: string;
  value: string;
  set: (value: string) => void;
  first?: boolean;
}) {
  const { shape, label, value, set } = props;
  const focus = props.first ? { "data-autofocus": true } : {};
  if (shape === "amount") return <AmountInput label={label} value={value} onChange={set} {...focus} />;
  if (shape === "date")
    return (
      <TextInput
        type="date"
        label={label}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
        {...focus}
      />
    );
  return <WholeInput label={label} value={value} onChange={set} {...focus} />;
}
