/** Kept searches put in order: renamed, pinned or not, brought to what the list shows, forgotten. */
import { Button, Modal, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import form from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import type { KeptSearch, SearchForm } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { SEARCHES } from "../api";
import { type Asked, formOf, isShowing } from "./filters";
import css from "./list.module.css";

interface Props {
  opened: boolean;
  close: () => void;
  query: Asked;
  columns: string[];
  items: KeptSearch[];
}

export function KeptSearches({ opened, close, query, columns, items }: Props) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("searches.manage_title")}
      size="lg"
      lockScroll={false}
      closeButtonProps={{ "aria-label": tt("form.close") }}
    >
      <ul className={form.stack}>
        {items.map((one) => (
          <Line key={one.id} search={one} query={query} columns={columns} />
        ))}
      </ul>
    </Modal>
  );
}

function Line({ search, query, columns }: { search: KeptSearch; query: Asked; columns: string[] }) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const [name, setName] = useState(search.name);
  const { id, filters, entity, sort, columns: kept, pinned } = search;
  const change = useAction(
    (changed: Partial<SearchForm>) =>
      ask("PUT /api/saved-searches/{id}", {
        ids: { id },
        body: { name: search.name, filters, entity, sort, columns: kept, pinned, ...changed },
      }),
    { refresh: [SEARCHES], said: tt("form.saved") },
  );
  const forget = useAction(() => ask("DELETE /api/saved-searches/{id}", { ids: { id } }), {
    refresh: [SEARCHES],
  });
  const renamed = name.trim() !== "" && name.trim() !== search.name;
  return (
    <li className={css.kept}>
      <TextInput
        aria-label={t("searches.name_of", { name: search.name })}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Switch
        label={t("searches.pinned")}
        checked={pinned}
        onChange={(event) => change.mutate({ pinned: event.currentTarget.checked })}
      />
      <div className={form.actions}>
        {renamed ? (
          <Button
            size="compact-sm"
            loading={change.isPending}
            onClick={() => change.mutate({ name: name.trim() })}
          >
            {t("searches.rename")}
          </Button>
        ) : null}
        {isShowing(query, search) ? null : (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => change.mutate(formOf(query, columns, search.name, pinned))}
          >
            {t("searches.update")}
          </Button>
        )}
        <ConfirmButton
          size="compact-sm"
          deed={t("searches.forget")}
          title={t("searches.forget_title", { name: search.name })}
          onConfirm={() => forget.mutateAsync()}
        >
          <p>{t("searches.forget_text")}</p>
        </ConfirmButton>
      </div>
      <FormProblem error={change.error} />
    </li>
  );
}
