/** Where one is signed in: this session marked, any of them ended, or all others at once. */
import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { Chip, Problem } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { RowsFile } from "../../desk/table/ListFile";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { useSignOut } from "../../session/session";
import type { SessionItem } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { deviceOf } from "../device";

export function OpenSessions() {
  const { t } = useTranslation("account");
  const sessions = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => ask("GET /api/sessions", { signal }),
  });
  return (
    <section className={css.stack} aria-labelledby="sessions">
      <div className={css.spread}>
        <h2 id="sessions">{t("sessions.title")}</h2>
        {sessions.data && sessions.data.items.length > 1 ? (
          <EndOthers count={sessions.data.items.filter(({ current }) => !current).length} />
        ) : null}
      </div>
      {sessions.isLoadingError ? (
        <Problem error={sessions.error} retry={() => void sessions.refetch()} />
      ) : sessions.isPending ? (
        <Skeleton height={120} radius="md" aria-busy="true" />
      ) : (
        <SessionTable items={sessions.data.items} />
      )}
    </section>
  );
}

function EndOthers({ count }: { count: number }) {
  const { t } = useTranslation("account");
  const ending = useAction(() => ask("DELETE /api/sessions"), {
    refresh: [["sessions"]],
    said: t("sessions.others_ended"),
  });
  return (
    <ConfirmButton
      deed={t("sessions.end_others")}
      title={t("sessions.end_others_title")}
      size="compact-sm"
      onConfirm={() => ending.mutateAsync()}
    >
      <p>{t("sessions.end_others_text", { count })}</p>
    </ConfirmButton>
  );
}

function SessionTable({ items }: { items: SessionItem[] }) {
  const { t } = useTranslation("account");
  const language = useLanguage();
  const signOut = useSignOut();
  const ending = useAction((id: number) => ask("DELETE /api/sessions/{id}", { ids: { id } }), {
    refresh: [["sessions"]],
    said: t("sessions.ended"),
  });
  const at = (instant: string) => formatTime(instant, "dayClock", language);
  const columns: Column<SessionItem>[] = [
    { key: "device", head: t("sessions.device"), cell: (one) => <Device session={one} />, phone: "title" },
    { key: "seen", head: t("sessions.seen"), cell: ({ seen_at }) => at(seen_at) },
    { key: "opened", head: t("sessions.opened"), cell: ({ created_at }) => at(created_at) },
    { key: "expires", head: t("sessions.expires"), cell: ({ expires_at }) => at(expires_at) },
    {
      key: "end",
      head: t("sessions.end"),
      right: true,
      phone: "bare",
      cell: (one) => (
        <Button
          size="compact-sm"
          variant="default"
          loading={ending.isPending && ending.variables === one.id}
          onClick={() => (one.current ? signOut.mutate() : ending.mutate(one.id))}
        >
          {t("sessions.end")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <div>
        <DataTable label={t("sessions.title")} columns={columns} rows={items} rowKey={({ id }) => id} />
        <SessionsFile items={items} />
      </div>
      <FormProblem error={ending.error ?? signOut.error} />
    </>
  );
}

function Device({ session }: { session: SessionItem }) {
  const { t } = useTranslation("account");
  return (
    <>
      <b title={session.device}>{deviceOf(session.device) ?? t("sessions.unknown")}</b>{" "}
      {session.current ? (
        <Chip tone="win" sign="●">
          {t("sessions.this_one")}
        </Chip>
      ) : null}
    </>
  );
}

function SessionsFile({ items }: { items: SessionItem[] }) {
  const { t } = useTranslation("account");
  const named = ({ device, current }: SessionItem) =>
    [deviceOf(device) ?? t("sessions.unknown"), current && t("sessions.this_one")]
      .filter(Boolean)
      .join(" · ");
  return (
    <RowsFile
      name={t("sessions.file")}
      rows={items}
      columns={[
        { head: t("sessions.device"), cell: named },
        { head: t("sessions.seen"), cell: ({ seen_at }) => seen_at },
        { head: t("sessions.opened"), cell: ({ created_at }) => created_at },
        { head: t("sessions.expires"), cell: ({ expires_at }) => expires_at },
      ]}
    />
  );
}
