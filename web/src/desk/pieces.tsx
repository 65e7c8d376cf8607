/**
 * The small pieces that all screens share: chips that say their state in words and sign, prices that flash once when
 * they change, empty pages that say what to do next, problems that say what happened.
 */
import { Alert, Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../language";
import { formatAmount } from "../money";
import { HttpProblem } from "../wire/http";
import type { Amount } from "../wire/messages";
import css from "./desk.module.css";

export type Tone = "win" | "lose" | "warn" | "plain";

/** A state in words; the sign and the colour only repeat it. */
export function Chip({ tone, sign, children }: { tone: Tone; sign?: string; children: ReactNode }) {
  return (
    <span className={css.chip} data-tone={tone}>
      {sign ? <span aria-hidden="true">{sign}</span> : null}
      {children}
    </span>
  );
}

/** Whether `value` has changed since the screen first showed it: what is there already does not flash. */
function useChanged(value: unknown): boolean {
  const first = useRef(value);
  const changed = useRef(false);
  useEffect(() => {
    if (value !== first.current) changed.current = true;
  }, [value]);
  return changed.current || value !== first.current;
}

/** An amount that flashes once each time it changes. */
export function Price({ amount, none = "–" }: { amount: Amount | null; none?: string }) {
  const language = useLanguage();
  const changed = useChanged(amount);
  return (
    <span key={amount ?? "none"} className={changed && amount !== null ? css.flash : undefined}>
      {amount === null ? none : formatAmount(amount, language)}
    </span>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What a failure of the HTTP doors means, in the reader's words. */
export function useReason(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof HttpProblem)) return t("problem.unreachable");
    if (error.status === 404 || error.status === 403) return t("problem.not_found");
    return error.status === 0 ? t("problem.unreachable") : error.message;
  };
}

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <Alert color="red" title={t("problem.title")} role="alert">
      <p>{reason(error)}</p>
      {retry ? (
        <Button mt="sm" size="xs" variant="default" onClick={retry}>
          {t("problem.retry")}
        </Button>
      ) : null}
    </Alert>
  );
}

/** The page's name in the browser's tab. */
export function usePageTitle(page: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("title", { page });
  }, [page, t]);
}
