/** Which columns the list and its file show, and in which order (§4.8): ticked, moved by buttons, remembered. */
import { ActionIcon, Button, Checkbox, Drawer, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../wire/generated/http";
import { useFieldName } from "../values";
import { USUAL } from "./chosen";
import css from "./list.module.css";

interface Props {
  fields: Column[];
  chosen: string[];
  choose: (columns: string[]) => void;
}

export function ColumnChooser(props: Props) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t("columns.title")}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        title={t("columns.title")}
        lockScroll={false}
        closeButtonProps={{ "aria-label": tt("form.close") }}
      >
        <Chooser {...props} />
      </Drawer>
    </>
  );
}

function Chooser({ fields, chosen, choose }: Props) {
  const { t } = useTranslation("stock");
  const fieldName = useFieldName();
  const [typed, type] = useState("");
  const found = (field: Column) => fieldName(field).toLowerCase().includes(typed.trim().toLowerCase());
  const others = fields.filter((field) => !chosen.includes(field.name) && found(field));
  const shown = chosen.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const move = (place: number, by: -1 | 1) => {
    const next = [...chosen];
    const [moved] = next.splice(place, 1);
    if (moved !== undefined) next.splice(place + by, 0, moved);
    choose(next);
  };
  return (
    <div className={css.chooser}>
      <ol aria-label={t("columns.shown")}>
        {shown.map((field, place) => {
          const name = fieldName(field);
          return (
            <li key={field.name} className={css.column}>
              <Checkbox
                size="xs"
                label={name}
                checked
                onChange={() => choose(chosen.filter((one) => one !== field.name))}
              />
              <Move
                label={t("columns.up", { name })}
                sign="↑"
                off={place === 0}
                move={() => move(place, -1)}
              />
              <Move
                label={t("columns.down", { name })}
                sign="↓"
                off={place === shown.length - 1}
                move={() => move(place, 1)}
              />
            </li>
          );
        })}
      </ol>
      <Button variant="default" size="compact-sm" onClick={() => choose(USUAL)}>
        {t("columns.usual")}
      </Button>
      <TextInput
        type="search"
        size="xs"
        label={t("columns.others")}
        placeholder={t("filter.find")}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <ul>
        {others.map((field) => (
          <li key={field.name} className={css.column}>
            <Checkbox
              size="xs"
              label={fieldName(field)}
              checked={false}
              onChange={() => choose([...chosen, field.name])}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Move({ label, sign, off, move }: { label: string; sign: string; off: boolean; move: () => void }) {
  return (
    <ActionIcon variant="default" size="sm" aria-label={label} disabled={off} onClick={move}>
      {sign}
    </ActionIcon>
  );
}
