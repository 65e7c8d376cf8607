/** A mailing list made or edited beside the auction it is for (§3.1, §3.2): title, connected traders, who will receive. */
import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../desk/form/FormDialog";
import { Lost, lossOf } from "../../desk/fresh";
import { useConnected } from "../../traders/lists/api";
import { Conflict } from "../../traders/lists/Conflict";
import { type Choice, choiceOf } from "../../traders/lists/choice";
import { Counter, Pools, Title } from "../../traders/lists/Pools";
import { SHOWN, useListSaving } from "../../traders/lists/saving";
import type { MailingList } from "../../wire/generated/http";

interface Props {
  entity: number;
  /** The list to edit; none: a new one. */
  list?: MailingList;
  saved: (id: number) => void;
}

export function ListDialog({ entity, list, saved }: Props) {
  const { t } = useTranslation("dealer");
  const [typed, change] = useState<Choice | null>(null);
  const choice = typed ?? choiceOf(list ?? null);
  const saving = useListSaving(entity, list ?? null, ({ id }) => {
    change(null);
    saved(id);
  });
  return (
    <FormDialog
      wide
      size="compact-sm"
      deed={t(list ? "create.lists.edit" : "create.lists.new")}
      submit={t("create.lists.save")}
      title={t(list ? "create.lists.edit_title" : "create.lists.new_title")}
      onSubmit={() => saving.save(choice)}
      shown={SHOWN}
    >
      <Title choice={choice} change={change} error={saving.errors.title} />
      <Members entity={entity} choice={choice} change={change} error={saving.errors.traders} />
      <Counter count={choice.traders.length} />
      {list && saving.outdated ? (
        <Conflict
          stored={list}
          choice={choice}
          resolve={(next) => {
            change(next);
            saving.clear();
          }}
        />
      ) : null}
    </FormDialog>
  );
}

interface MembersProps {
  entity: number;
  choice: Choice;
  change: (choice: Choice) => void;
  error: string | undefined;
}

function Members({ entity, ...editing }: MembersProps) {
  const connected = useConnected(entity);
  if (connected.isPending) return <Skeleton height={220} aria-busy="true" />;
  if (connected.data === undefined || lossOf(connected)) return <Lost read={connected} />;
  return <Pools connected={connected.data} {...editing} />;
}
