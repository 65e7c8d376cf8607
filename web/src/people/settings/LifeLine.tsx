/** The life line of a destination (§4.2): the standard statuses, whether prices are a step of their own, those the entity adds. */
import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AddedStatusForm, LineForm } from "../../wire/generated/http";
import css from "../people.module.css";
import { codeOf, FOLLOWED, stepsOf } from "./life-line";

const MOST = 20;

interface Props {
  name: string;
  line: LineForm;
  onChange: (line: LineForm) => void;
  disabled: boolean;
}

export function LifeLine({ name, line, onChange, disabled }: Props) {
  const { t } = useTranslation("people");
  const added = line.added ?? [];
  const changeAdded = (next: AddedStatusForm[]) => onChange({ ...line, added: next });
  const add = () => {
    const label = t("stock.new_status");
    const code = codeOf(
      label,
      added.map((one) => one.code),
    );
    changeAdded([...added, { code, label, after: "physical_entry" }]);
  };
  return (
    <fieldset className={css.line} disabled={disabled}>
      <legend>{name}</legend>
      <Path line={line} />
      <Switch
        mb="sm"
        label={t("stock.price_destination")}
        checked={line.price_destination ?? true}
        onChange={(event) => onChange({ ...line, price_destination: event.currentTarget.checked })}
      />
      {added.map((status, at) => (
        <Added
          key={status.code}
          status={status}
          onChange={(changed) => changeAdded(added.map((one, place) => (place === at ? changed : one)))}
          onRemove={() => changeAdded(added.filter((one) => one !== status))}
        />
      ))}
      {disabled ? null : (
        <Button mt="sm" size="compact-sm" variant="default" disabled={added.length >= MOST} onClick={add}>
          {t("stock.add_status")}
        </Button>
      )}
    </fieldset>
  );
}

function Path({ line }: { line: LineForm }) {
  const { t: stock } = useTranslation("stock");
  const { t } = useTranslation("people");
  return (
    <ol className={css.path} aria-label={t("stock.path")}>
      {stepsOf(line).map(({ standard, label }, at) => (
        <li key={standard ?? `${at} ${label}`}>
          {at > 0 ? <span aria-hidden="true">→ </span> : null}
          {standard ? stock(`status.${standard}`) : <b>{label}</b>}
        </li>
      ))}
    </ol>
  );
}

interface AddedProps {
  status: AddedStatusForm;
  onChange: (status: AddedStatusForm) => void;
  onRemove: () => void;
}

function Added({ status, onChange, onRemove }: AddedProps) {
  const { t } = useTranslation("people");
  const { t: stock } = useTranslation("stock");
  return (
    <div className={css.added}>
      <TextInput
        label={t("stock.status_name")}
        value={status.label}
        maxLength={60}
        onChange={(event) => onChange({ ...status, label: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("stock.after")}
        value={status.after}
        data={FOLLOWED.map((one) => ({ value: one, label: stock(`status.${one}`) }))}
        onChange={(event) =>
          onChange({
            ...status,
            after: FOLLOWED.find((one) => one === event.currentTarget.value) ?? status.after,
          })
        }
      />
      <Button
        variant="default"
        onClick={onRemove}
        aria-label={t("stock.remove_status", { name: status.label })}
      >
        {t("remove")}
      </Button>
    </div>
  );
}
