/** A mailing list, new or stored: title and members, saved, reset to what is stored, deleted, or left as it was (§3.1). */
import { Alert, NativeSelect, Skeleton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { useMay, useMe } from "../../desk/me";
import { OneThing } from "../../desk/OneThing";
import { Problem, usePageTitle } from "../../desk/pieces";
import type { MailingList } from "../../wire/generated/http";
import { useConnected, useMailingList } from "./api";
import { ListForm } from "./ListForm";

export function ListPage({ id }: { id: number }) {
  const list = useMailingList(id);
  const { t } = useTranslation("traders");
  usePageTitle(list.data?.title ?? t("lists.title"));
  return (
    <OneThing read={list}>
      {(stored) => (
        <Frame title={stored.title} entity={stored.entity}>
          <Members entity={stored.entity} stored={stored} />
        </Frame>
      )}
    </OneThing>
  );
}

export function NewListPage() {
  const { t } = useTranslation("traders");
  const own = useMe().entities.filter(({ rights }) => rights.includes("manage_mailing_lists"));
  const [entity, choose] = useState(own[0]?.id ?? 0);
  usePageTitle(t("lists.create"));
  return (
    <Frame title={t("lists.create")} entity={own.length > 1 ? undefined : entity}>
      {own.length > 1 ? (
        <NativeSelect
          label={t("lists.entity")}
          description={t("lists.entity_hint")}
          value={String(entity)}
          data={own.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        />
      ) : null}
      <Members key={entity} entity={entity} stored={null} />
    </Frame>
  );
}

function Frame(props: { title: string; entity: number | undefined; children: ReactNode }) {
  const { t } = useTranslation("traders");
  const { entities } = useMe();
  const entity = entities.find(({ id }) => id === props.entity);
  return (
    <>
      <Link href="/mailing-lists" className={desk.back}>
        ← {t("lists.title")}
      </Link>
      <div className={desk.heading}>
        <h1>{props.title}</h1>
        {entity && entities.length > 1 ? <span className={desk.muted}>{entity.name}</span> : null}
      </div>
      <div className={css.stack}>{props.children}</div>
    </>
  );
}

function Members({ entity, stored }: { entity: number; stored: MailingList | null }) {
  const { t } = useTranslation("traders");
  const may = useMay()("manage_mailing_lists", entity);
  const connected = useConnected(entity);
  if (connected.isLoadingError)
    return <Problem error={connected.error} retry={() => void connected.refetch()} />;
  if (connected.isPending) return <Skeleton height={320} radius="md" aria-busy="true" />;
  return (
    <>
      {may ? null : <Alert>{t("lists.not_yours")}</Alert>}
      <ListForm entity={entity} stored={stored} connected={connected.data} closed={!may} />
    </>
  );
}
