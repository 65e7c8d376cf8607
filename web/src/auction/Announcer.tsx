/**
 * What a reader who does not see the screen is told, politely: where one stands when it changes, the reserve, the last
 * minutes and why the end moved. Never the seconds.
 */
import { VisuallyHidden } from "@mantine/core";
import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatLength, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatShort, type Language } from "../money";
import type { TraderLot, TraderView } from "../wire/messages";
import { useLeft } from "./Countdown";
import { useLotNumber } from "./numbers";
import { lastExtension, standing } from "./selectors";

export function Announcer({ view }: { view: TraderView }) {
  const said = useSaid(view);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  );
}

type Translate = TFunction;

interface Telling {
  language: Language;
  t: Translate;
  numbered: (lot: number) => string;
}

function sentenceOfLot(view: TraderView, lot: TraderLot, { language, t, numbered }: Telling): string {
  if (lot.last_offer === null) return "";
  const stand = standing(view, lot);
  const kind = stand === "winning" || stand === "losing" ? stand : "price";
  const said = t(`said.${kind}`, {
    lot: numbered(lot.number),
    amount: formatShort(lot.last_offer, language),
  });
  return lot.reserve_reached ? `${said} ${t("said.reserve")}` : said;
}

/** What there would be to say now, by subject. */
function sentences(view: TraderView, last: string, telling: Telling): Map<string, string> {
  const { language, t } = telling;
  const now = new Map<string, string>(
    view.lots.map((lot) => [`lot ${lot.number}`, sentenceOfLot(view, lot, telling)]),
  );
  const extension = lastExtension(view.recent);
  if (extension) {
    const at = formatTime(extension.to, "clockSeconds", language);
    now.set("extension", t("auction.ends_at", { at }));
  }
  now.set("last minutes", last);
  now.set("status", view.status === "ended" ? t("auction.ended") : "");
  return now;
}

/** The sentences that changed since the last time; nothing at first. */
function useSaid(view: TraderView): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const numbered = useLotNumber();
  const { urgent } = useLeft(view, view.soft_close.window_seconds);
  const window = formatLength(view.soft_close.window_seconds * 1000, t("time", { returnObjects: true }));
  const last = urgent ? t("said.urgent", { window }) : "";
  const [said, setSaid] = useState("");
  const before = useRef<Map<string, string> | null>(null);

  useEffect(() => {
    const now = sentences(view, last, { language, t, numbered });
    const changed = [...now].filter(([what, text]) => before.current?.get(what) !== text && text !== "");
    if (before.current !== null && changed.length > 0) setSaid(changed.map(([, text]) => text).join(" "));
    before.current = now;
  }, [view, last, language, t, numbered]);
  return said;
}
