/** The filters of every day, one button each, and one for any other field (§4.8): each opens what it asks, and says by itself whether it asks anything. */
import { Button, Popover, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../desk/me";
import type { ListSearch } from "../../desk/table/search";
import type { Column } from "../../wire/generated/http";
import { useFieldName } from "../values";
import { FieldFilter, PlaceFilter } from "./FieldFilter";
import { asking, type Condition, conditionsOf, withdrawing } from "./filters";
import css from "./list.module.css";

const QUICK = [
  "status",
  "make",
  "energy",
  "sale_price",
  "trade_price",
  "mileage_km",
  "days_in_stock",
] as const;

interface Props {
  search: ListSearch;
  fields: Column[];
}

export function QuickFilters({ search, fields }: Props) {
  const { t } = useTranslation("stock");
  const fieldName = useFieldName();
  const conditions = conditionsOf(search.asked, fields);
  const asks = (name: string) => conditions.some((one) => "field" in one && one.field === name);
  const places = conditions.some(({ kind }) => kind === "site" || kind === "entity");
  return (
    <fieldset className={css.quick} aria-label={t("filter.title")}>
      {QUICK.flatMap((name) => fields.find((field) => field.name === name) ?? []).map((field) => (
        <FilterButton key={field.name} label={fieldName(field)} active={asks(field.name)}>
          {(close) => <FieldFilter field={field} search={search} fields={fields} done={close} />}
        </FilterButton>
      ))}
      <FilterButton label={t("filter.place")} active={places}>
        {(close) => <PlaceFilter search={search} done={close} />}
      </FilterButton>
      <Toggles search={search} conditions={conditions} />
      <FilterButton label={t("filter.other")} active={false}>
        {(close) => <AnyField search={search} fields={fields} done={close} />}
      </FilterButton>
    </fieldset>
  );
}

function FilterButton(props: { label: string; active: boolean; children: (close: () => void) => ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onChange={close}
      trapFocus
      returnFocus
      position="bottom-start"
      shadow="md"
      width={300}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={css.quickButton ?? ""}
          data-active={props.active}
          onClick={toggle}
          rightSection={<span aria-hidden="true">▾</span>}
        >
          {props.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={props.label}>{opened ? props.children(close) : null}</Popover.Dropdown>
    </Popover>
  );
}

/** What is asked with one click: a condition that stands or not. */
function Toggles({ search, conditions }: { search: ListSearch; conditions: Condition[] }) {
  const { t } = useTranslation("stock");
  const toggles: [name: "free" | "client" | "photos" | "no_photos", condition: Condition][] = [
    ["free", { kind: "flag", field: "free", yes: true }],
    ["client", { kind: "filled", field: "reserved_for_client", filled: true }],
    ["photos", { kind: "range", field: "photos", shape: "number", from: "1", to: "" }],
    ["no_photos", { kind: "range", field: "photos", shape: "number", from: "", to: "0" }],
  ];
  return toggles.map(([name, condition]) => {
    const stands = conditions.some((one) => JSON.stringify(one) === JSON.stringify(condition));
    const change = stands ? withdrawing(condition, search.asked) : asking(condition, search.asked);
    return (
      <Button
        key={name}
        variant="default"
        size="compact-sm"
        className={css.quickButton ?? ""}
        aria-pressed={stands}
        data-active={stands}
        onClick={() => search.change(change)}
      >
        {t(`filter.${name}`)}
      </Button>
    );
  });
}

function AnyField({ search, fields, done }: Props & { done: () => void }) {
  const { t } = useTranslation("stock");
  const fieldName = useFieldName();
  const { entities } = useMe();
  const [name, setName] = useState<string | null>(null);
  const offered = fields.filter(
    (one) => one.filterable && (entities.length > 1 || one.name !== "entity_name"),
  );
  const field = fields.find((one) => one.name === name);
  return (
    <div className={css.editor}>
      <Select
        label={t("filter.field")}
        placeholder={t("filter.field_hint")}
        data={offered.map((one) => ({ value: one.name, label: fieldName(one) }))}
        value={name}
        onChange={setName}
        searchable
        nothingFoundMessage={t("filter.no_field")}
        comboboxProps={{ withinPortal: false }}
        openOnFocus
        data-autofocus
      />
      {field ? (
        <FieldFilter key={field.name} field={field} search={search} fields={fields} done={done} />
      ) : null}
    </div>
  );
}
