/** How long is left, on the server's clock (§5.5.5): to the opening of a scheduled auction, to the end of an open one. */
import { useTranslation } from "react-i18next";
import { formatLeft, formatLength } from "../desk/times";
import type { AuctionStatus, DealerView, Instant, TraderView } from "../wire/messages";
import { useSecondsLeft } from "./follow";
import { isUrgent, lastExtension } from "./selectors";

export interface Timed {
  status: AuctionStatus;
  starts_at: Instant;
  ends_at: Instant;
}

export interface Left {
  label: string;
  text: string;
  seconds: number | null;
  urgent: boolean;
}

/** Why the end of an open auction has moved (§5.3.2), in short; `null`: it has not. */
export function useMoved(view: Pick<TraderView | DealerView, "status" | "recent"> | null): string | null {
  const { t } = useTranslation();
  const extension = view?.status === "open" ? lastExtension(view.recent) : null;
  if (extension === null) return null;
  const by_ms = Date.parse(extension.to) - Date.parse(extension.from);
  return t("auction.moved", {
    by: formatLength(by_ms, t("time", { returnObjects: true })),
    cause: t(`auction.cause.${extension.cause}`),
  });
}

/** The words and figures of a countdown; urgent once a bid would move the end (§5.3.1). */
export function useLeft({ status, starts_at, ends_at }: Timed, window_seconds: number): Left {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(status === "scheduled" ? starts_at : ends_at);
  if (status === "cancelled")
    return { label: "", text: t("auction.cancelled"), seconds: null, urgent: false };
  if (status === "ended") return { label: "", text: t("auction.ended"), seconds: null, urgent: false };
  const label = status === "scheduled" ? t("auction.starts_in") : t("auction.ends_in");
  if (seconds === null) return { label, text: "–", seconds, urgent: false };
  const over = seconds === 0 && status === "open";
  return {
    label,
    text: over ? t("auction.closing") : formatLeft(seconds * 1000, t("time", { returnObjects: true })),
    seconds,
    urgent: status === "open" && isUrgent(seconds * 1000, window_seconds),
  };
}
