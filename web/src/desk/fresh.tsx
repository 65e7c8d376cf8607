/**
 * What a page says when reading failed. Nothing came, or what was read is gone or no longer the reader's: the problem
 * stands in its place. What is on the screen could only not be read anew: it stays, with a line that it may be old.
 */
import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { HttpProblem } from "../wire/http";
import css from "./desk.module.css";
import { Problem, useReason } from "./pieces";

type Read<Data> = Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;

const GONE = [403, 404];

/** The problem in place of what was read, or `null` where there is something to show. */
export function lossOf<Data>({ data, error }: Read<Data>): Error | null {
  const gone = error instanceof HttpProblem && GONE.includes(error.status);
  return data === undefined || gone ? error : null;
}

export function Lost({ read }: { read: Read<unknown> }) {
  return <Problem error={read.error} retry={() => void read.refetch()} />;
}

export function NotFresh({ read }: { read: Read<unknown> }) {
  const { t } = useTranslation();
  const reason = useReason();
  if (read.error === null || lossOf(read) !== null) return null;
  return (
    <p className={css.notFresh} role="status">
      {t("problem.not_fresh", { reason: reason(read.error) })}{" "}
      <Button size="compact-xs" variant="default" onClick={() => void read.refetch()}>
        {t("problem.retry")}
      </Button>
    </p>
  );
}
