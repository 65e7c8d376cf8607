/** Where one stands, and the reserve, as words with a sign: never as a colour alone. */
import { useTranslation } from "react-i18next";
import { Chip, type Tone } from "../desk/pieces";
import type { TraderLot } from "../wire/messages";
import type { LotStanding } from "./selectors";

const SIGNS: Record<LotStanding, { tone: Tone; sign?: string }> = {
  winning: { tone: "win", sign: "▲" },
  losing: { tone: "lose", sign: "▼" },
  none: { tone: "plain" },
  won: { tone: "win", sign: "✓" },
  lost: { tone: "lose", sign: "✕" },
  not_sold: { tone: "plain" },
  cancelled: { tone: "plain" },
};

export function StandingChip({ of }: { of: LotStanding }) {
  const { t } = useTranslation();
  return <Chip {...SIGNS[of]}>{t(`standing.${of}`)}</Chip>;
}

/** Reached or not: the figure itself is never a trader's to know (§1.4). Nothing to say while nobody has bid. */
export function ReserveChip({ lot }: { lot: TraderLot }) {
  const { t } = useTranslation();
  if (lot.reserve_reached === null) return null;
  return lot.reserve_reached ? (
    <Chip tone="win" sign="✓">
      {t("reserve.reached")}
    </Chip>
  ) : (
    <Chip tone="warn" sign="○">
      {t("reserve.not_reached")}
    </Chip>
  );
}
