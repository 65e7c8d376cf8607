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

/** A line for each state and day, with the entities that it is said of; their names only where there are several. */
export function Standings({ standings }: { standings: readonly StandingWithTrader[] }) {
  const { t } = useTranslation("traders");
  const since = useSince();
  const { entities } = useMe();
  if (standings.length === 0) return <span className={desk.muted}>{t("states.none")}</span>;
  const lines = new Map<string, StandingWithTrader[]>();
  for (const one of standings) {
    const said = `${one.state} ${since(one)}`;
    lines.set(said, [...(lines.get(said) ?? []), one]);
  }
  const nameOf = (entity: number) => entities.find(({ id }) => id === entity)?.name ?? "";
  return (
    <ul className={css.standings}>
      {[...lines].map(([said, [first, ...rest]]) =>
        first ? (
          <li key={said}>
            <StandingChip state={first.state} />
            <span className={`${desk.muted} ${desk.small}`}>{since(first)}</span>
            {entities.length > 1 ? (
              <span className={css.of}>
                {[first, ...rest].map(({ entity }) => nameOf(entity)).join(", ")}
              </span>
            ) : null}
          </li>
        ) : null,
      )}
    </ul>
  );
}
