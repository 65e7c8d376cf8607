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

const CODES = [
  "wrong_credentials",
  "too_many_attempts",
  "insecure_origin",
  "not_signed_in",
  "not_allowed",
  "not_found",
  "unknown_auction",
  "has_bids",
  "closed",
  "not_won",
  "unavailable",
  "busy",
  "foreign_origin",
] as const;

/** What a failure of the HTTP doors means, in the reader's words; what we have no words for, in the server's. */
export function useReason(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof HttpProblem) || error.status === 0) return t("problem.unreachable");
    const known = CODES.find((code) => code === error.code);
    return known ? t(`problem.codes.${known}`) : error.message;
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
