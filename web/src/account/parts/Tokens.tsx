/** API tokens: made and shown once, listed by name, revoked at any time. */
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { rootAddress } from "../../address";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { Empty, Problem } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { RowsFile } from "../../desk/table/ListFile";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { NewToken, Token } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { FreshToken } from "./FreshToken";

const TOKENS = ["tokens"] as const;

export function Tokens() {
  const { t } = useTranslation("account");
  const [fresh, setFresh] = useState<NewToken | null>(null);
  const tokens = useQuery({ queryKey: TOKENS, queryFn: ({ signal }) => ask("GET /api/tokens", { signal }) });
  return (
    <>
      <section className={`${desk.card} ${css.stack}`}>
        <h2>{t("tokens.title")}</h2>
        <p>{t("tokens.lead")}</p>
        <ul className={css.bullets}>
          <li>{t("tokens.may")}</li>
          <li>{t("tokens.may_not")}</li>
        </ul>
        <p>
          {t("tokens.documents")} <a href={`${rootAddress}openapi.json`}>OpenAPI (HTTP)</a> ·{" "}
          <a href={`${rootAddress}live/asyncapi.json`}>AsyncAPI ({t("tokens.live")})</a>
        </p>
        <NewTokenForm made={setFresh} />
      </section>
      {fresh ? <FreshToken token={fresh} close={() => setFresh(null)} /> : null}
      {tokens.isLoadingError ? (
        <Problem error={tokens.error} retry={() => void tokens.refetch()} />
      ) : tokens.isPending ? (
        <Skeleton height={120} radius="md" aria-busy="true" />
      ) : tokens.data.items.length === 0 ? (
        <div className={desk.card}>
          <Empty>{t("tokens.empty")}</Empty>
        </div>
      ) : (
        <div>
          <TokenTable items={tokens.data.items} gone={(id) => fresh?.id === id && setFresh(null)} />
          <TokensFile items={tokens.data.items} />
        </div>
      )}
    </>
  );
}

function NewTokenForm({ made }: { made: (token: NewToken) => void }) {
  const { t } = useTranslation("account");
  const [name, setName] = useState("");
  const making = useAction((named: string) => ask("POST /api/tokens", { body: { name: named } }), {
    refresh: [TOKENS],
    after: (token) => {
      setName("");
      made(token);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!making.isPending && name.trim()) making.mutate(name.trim());
  };
  return (
    <form className={css.stack} onSubmit={submit}>
      <div className={css.fields}>
        <TextInput
          label={t("tokens.name")}
          placeholder={t("tokens.name_hint")}
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <FormProblem error={making.error} />
      <div>
        <Button type="submit" loading={making.isPending}>
          {t("tokens.make")}
        </Button>
      </div>
    </form>
  );
}

function TokenTable({ items, gone }: { items: Token[]; gone: (id: number) => void }) {
  const { t } = useTranslation("account");
  const language = useLanguage();
  const revoking = useAction((id: number) => ask("DELETE /api/tokens/{id}", { ids: { id } }), {
    refresh: [TOKENS],
    said: t("tokens.revoked"),
  });
  const columns: Column<Token>[] = [
    { key: "name", head: t("tokens.name"), cell: ({ name }) => <b>{name}</b>, phone: "title" },
    {
      key: "made",
      head: t("tokens.made_at"),
      cell: ({ created_at }) => formatTime(created_at, "dayClock", language),
    },
    {
      key: "revoke",
      head: t("tokens.revoke"),
      right: true,
      phone: "bare",
      cell: ({ id, name }) => (
        <ConfirmButton
          deed={t("tokens.revoke")}
          title={t("tokens.revoke_title", { name })}
          size="compact-sm"
          onConfirm={async () => {
            await revoking.mutateAsync(id);
            gone(id);
          }}
        >
          <p>{t("tokens.revoke_text")}</p>
        </ConfirmButton>
      ),
    },
  ];
  return <DataTable label={t("tokens.title")} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

/** What they are called, never what they are. */
function TokensFile({ items }: { items: Token[] }) {
  const { t } = useTranslation("account");
  return (
    <RowsFile
      name={t("tokens.file")}
      rows={items}
      columns={[
        { head: t("tokens.name"), cell: ({ name }) => name },
        { head: t("tokens.made_at"), cell: ({ created_at }) => created_at },
      ]}
    />
  );
}
