/** What an entity has with a trader, in words, with a sign and since when. */
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { useMe } from "../desk/me";
import { Chip, type Tone } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { StandingWithTrader } from "../wire/generated/http";
import type { StandingState } from "./api";
import css from "./traders.module.css";

const LOOKS: Record<StandingState, [tone: Tone, sign: string]> = {
  active: ["win", "●"],
  invited: ["warn", "✉"],
  removed: ["plain", "○"],
};

export function StandingChip({ state }: { state: StandingState }) {
  const { t } = useTranslation("traders");
  const [tone, sign] = LOOKS[state];
  return (
    <Chip tone={tone} sign={sign}>
      {t(`states.${state}`)}
    </Chip>
  );
}

/** When it became so. */
export function useSince(): (standing: Omit<StandingWithTrader, "entity">) => string {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  return ({ state, since, removed_at }) =>
    t(`since.${state}`, { on: formatTime(removed_at ?? since, "date", language) });
}

/** One line per entity; its name only where there are several. */
export function Standings({ standings }: { standings: readonly StandingWithTrader[] }) {
  const { t } = useTranslation("traders");
  const since = useSince();
  const { entities } = useMe();
  if (standings.length === 0) return <span className={desk.muted}>{t("states.none")}</span>;
  return (
    <ul className={css.standings}>
      {standings.map((one) => (
        <li key={`${one.entity} ${one.state}`}>
          <StandingChip state={one.state} />
          <span>
            {entities.length > 1 ? `${entities.find(({ id }) => id === one.entity)?.name ?? ""} · ` : null}
            <span className={desk.muted}>{since(one)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
