/** The reader's kept searches (§4.8): gone to with one click, kept under a name, pinned to the home page. */
import { Button, Checkbox, Menu, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAction } from "../../desk/form/action";
import { FormEnd } from "../../desk/form/FormEnd";
import form from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import type { KeptSearch } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { SEARCHES, useSearches } from "../api";
import { type Asked, addressOf, formOf, isShowing } from "./filters";
import { KeptSearches } from "./KeptSearches";
import css from "./list.module.css";

interface Props {
  query: Asked;
  columns: string[];
}

export function SavedSearches({ query, columns }: Props) {
  const { t } = useTranslation("stock");
  const searches = useSearches();
  const [keeping, keep] = useDisclosure(false);
  const [managing, manage] = useDisclosure(false);
  const items = searches.data ?? [];
  const showing = items.find((one) => isShowing(query, one));
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={280} returnFocus>
        <Menu.Target>
          <Button
            variant="default"
            className={css.searches ?? ""}
            rightSection={<span aria-hidden="true">▾</span>}
          >
            {showing?.name ?? t("searches.title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((one) => (
            <Menu.Item
              key={one.id}
              component={Link}
              href={addressOf(one)}
              rightSection={
                one.pinned ? (
                  <span className={css.count}>
                    {one.count}
                    {one.count_is_bound ? "+" : ""}
                  </span>
                ) : null
              }
            >
              {one.pinned ? "★ " : ""}
              {one.name}
            </Menu.Item>
          ))}
          {items.length === 0 ? <Menu.Label>{t("searches.none")}</Menu.Label> : null}
          <Menu.Divider />
          <Menu.Item onClick={keep.open}>{t("searches.keep")}</Menu.Item>
          {items.length > 0 ? <Menu.Item onClick={manage.open}>{t("searches.manage")}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <KeepSearch opened={keeping} close={keep.close} query={query} columns={columns} items={items} />
      <KeptSearches opened={managing} close={manage.close} query={query} columns={columns} items={items} />
    </>
  );
}

/** Keeps what the list shows; under a name that there is already it takes that one's place. */
function KeepSearch(props: Props & { opened: boolean; close: () => void; items: KeptSearch[] }) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const fieldErrors = useFieldErrors();
  const [name, setName] = useState("");
  const [pinned, setPinned] = useState(false);
  const same = props.items.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  const save = useAction(
    () => {
      const body = formOf(props.query, props.columns, name.trim(), pinned);
      return same
        ? ask("PUT /api/saved-searches/{id}", { ids: { id: same.id }, body })
        : ask("POST /api/saved-searches", { body });
    },
    {
      refresh: [SEARCHES],
      said: t("searches.kept"),
      after: () => {
        setName("");
        props.close();
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && !save.isPending) save.mutate();
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={t("searches.keep_title")}
      lockScroll={false}
      closeButtonProps={{ "aria-label": tt("form.close") }}
      centered
    >
      <form className={form.stack} onSubmit={submit}>
        <TextInput
          label={t("searches.name")}
          maxLength={100}
          required
          value={name}
          error={fieldErrors(save.error).name}
          description={same ? t("searches.replaces", { name: same.name }) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox
          label={t("searches.pin")}
          checked={pinned}
          onChange={(event) => setPinned(event.currentTarget.checked)}
        />
        <FormProblem error={save.error} shown={["name"]} />
        <FormEnd cancel={props.close} pending={save.isPending} />
      </form>
    </Modal>
  );
}
