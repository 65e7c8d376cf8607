/** One entry of the history in the dealer's words, with names (§5.5.2). */
import { useTranslation } from "react-i18next";
import { useLotNumber } from "../auction/numbers";
import desk from "../desk/desk.module.css";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatShort } from "../money";
import type { AuctionEvent } from "../wire/messages";

/** What happened, without who and how much. */
export function useKind(): (entry: AuctionEvent) => string {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const clock = (instant: string) => formatTime(instant, "clockSeconds", language);
  return (entry) => {
    switch (entry.event) {
      case "extended":
        return t("history.kinds.extended", {
          at: clock(entry.to),
          cause: tt(`auction.cause.${entry.cause}`),
        });
      case "recovered":
        return t("history.kinds.recovered", { from: clock(entry.down_from), until: clock(entry.down_until) });
      case "lot_decided":
        return t("history.kinds.lot_decided", { outcome: t(`lots.outcomes.${entry.outcome}`) });
      case "sale_cancelled":
        return t("history.kinds.sale_cancelled", { reason: entry.reason ?? "" });
      default:
        return t(`history.kinds.${entry.event}`);
    }
  };
}

/** Who did it, where somebody did. */
export function whoOf(entry: AuctionEvent): string | null {
  if (entry.event === "lot_decided") return entry.winner ?? null;
  return "trader" in entry ? (entry.trader ?? null) : null;
}

export function amountOfEntry(entry: AuctionEvent): string | null {
  if (entry.event === "bid") return entry.amount;
  return entry.event === "lot_decided" ? (entry.price ?? null) : null;
}

export function EntryWords({ entry, several }: { entry: AuctionEvent; several: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const numbered = useLotNumber();
  const kind = useKind();
  const amount = amountOfEntry(entry);
  const lot = "lot" in entry && several ? t("auction.lot", { lot: numbered(entry.lot) }) : null;
  const who = whoOf(entry);
  return (
    <>
      {lot ? `${lot} · ` : ""}
      {entry.event === "bid" ? null : kind(entry)}
      {amount ? <b>{`${entry.event === "bid" ? "" : " "}${formatShort(amount, language)}`}</b> : null}
      {who ? <div className={`${desk.muted} ${desk.small}`}>{who}</div> : null}
    </>
  );
}
