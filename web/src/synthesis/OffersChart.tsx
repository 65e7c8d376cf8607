/** The offers of each lot over time, as steps, with the reserve: lines differ by dash and by name, not by colour alone. */
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useServerNow } from "../auction/follow";
import { useLotNumber } from "../auction/numbers";
import desk from "../desk/desk.module.css";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { centsOf } from "../money";
import type { AuctionEvent, DealerLot, DealerView } from "../wire/messages";
import { extensionsOf, levelsOf, moments, ticksOf, undrawn } from "./state";
import css from "./synthesis.module.css";

const STEP_MS = 5_000;
const COLOURS = ["var(--accent)", "var(--win)", "var(--warn)", "var(--lose)", "var(--ink)", "var(--muted)"];
const DASHES = ["0", "8 3", "3 3", "10 3 2 3", "1 3", "14 4"];

function styleOf(place: number): { stroke: string; strokeDasharray: string } {
  return {
    stroke: COLOURS[place % COLOURS.length] ?? "var(--ink)",
    strokeDasharray: DASHES[(place + Math.floor(place / COLOURS.length)) % DASHES.length] ?? "0",
  };
}

/** From the start to the end, and how far the auction has come. */
function useSpan(view: DealerView): { starts_ms: number; ends_ms: number; until_ms: number } {
  const starts_ms = Date.parse(view.starts_at);
  const ends_ms = Date.parse(view.ends_at);
  const now_ms = useServerNow(STEP_MS) ?? starts_ms;
  return { starts_ms, ends_ms, until_ms: Math.min(Math.max(now_ms, starts_ms), ends_ms) };
}

interface Props {
  view: DealerView;
  entries: AuctionEvent[];
  /** One lot alone; without it, all that have an offer. */
  lot?: number | undefined;
}

export default function OffersChart(props: Props) {
  const { t } = useTranslation("dealer");
  const why = undrawn(props.view, props.lot);
  return why ? <p className={desk.muted}>{t(`synthesis.chart_${why}`)}</p> : <Drawn {...props} />;
}

function Drawn({ view, entries, lot }: Props) {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const { starts_ms, ends_ms, until_ms } = useSpan(view);
  const offered = view.lots.filter(
    ({ last_offer, number }) => last_offer !== null && (lot === undefined || number === lot),
  );
  const extended = extensionsOf(entries);
  const clock = (ms: number) => formatTime(new Date(ms).toISOString(), "clock", language);
  const ticks = ticksOf(starts_ms, ends_ms, clock);
  const reserve = offered.length === 1 ? offered[0]?.reserve_price : null;
  const data = moments(view, entries, until_ms);
  const levels = levelsOf(data, offered, reserve);
  return (
    <>
      <div
        className={css.chart}
        role="img"
        aria-label={t("synthesis.chart_text", { start: clock(starts_ms), end: clock(ends_ms) })}
      >
        <ResponsiveContainer>
          <LineChart
            data={data}
            margin={{ top: 14, right: 24, bottom: 0, left: 4 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[starts_ms, ends_ms]}
              ticks={ticks}
              tickFormatter={clock}
              stroke="var(--muted)"
              tickLine={false}
            />
            <YAxis
              domain={[levels[0] ?? 0, levels.at(-1) ?? 0]}
              ticks={levels}
              tickFormatter={(value: number) => formatCount(Math.round(value), language)}
              stroke="var(--muted)"
              axisLine={false}
              tickLine={false}
              width={56}
            />
            {reserve ? (
              <ReferenceLine y={centsOf(reserve) / 100} stroke="var(--muted)" strokeDasharray="4 5" />
            ) : null}
            {extended.map((at) => (
              <ReferenceLine key={at} x={at} stroke="var(--warn)" strokeDasharray="2 4" />
            ))}
            {view.status === "open" ? (
              <ReferenceLine
                x={until_ms}
                stroke="var(--warn)"
                label={{ value: t("synthesis.now"), fill: "var(--warn)", position: "top", fontSize: 11 }}
              />
            ) : null}
            {linesOf(offered)}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <Legend
        lots={offered.map(({ number }) => number)}
        reserve={reserve !== null && reserve !== undefined}
        extended={extended.length > 0}
      />
    </>
  );
}

/** One line a lot. The chart asks for its lines themselves, not for a piece that draws them. */
function linesOf(lots: DealerLot[]) {
  return lots.map(({ number }, place) => (
    <Line
      key={number}
      type="stepAfter"
      dataKey={`lot${number}`}
      connectNulls
      dot={false}
      isAnimationActive={false}
      strokeWidth={2.5}
      {...styleOf(place)}
    />
  ));
}

function Legend({ lots, reserve, extended }: { lots: number[]; reserve: boolean; extended: boolean }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const numbered = useLotNumber();
  return (
    <ul className={`${css.legend} ${desk.muted} ${desk.small}`}>
      {lots.map((lot, place) => (
        <li key={lot}>
          <svg width="26" height="6" aria-hidden="true">
            <line x1="0" x2="26" y1="3" y2="3" strokeWidth="2.5" {...styleOf(place)} />
          </svg>
          {tt("auction.lot", { lot: numbered(lot) })}
        </li>
      ))}
      {reserve ? (
        <li>
          <svg width="26" height="6" aria-hidden="true">
            <line x1="0" x2="26" y1="3" y2="3" stroke="var(--muted)" strokeDasharray="4 5" />
          </svg>
          {t("lots.reserve")}
        </li>
      ) : null}
      {extended ? (
        <li>
          <svg width="8" height="14" aria-hidden="true">
            <line x1="4" x2="4" y1="0" y2="14" stroke="var(--warn)" strokeDasharray="2 4" />
          </svg>
          {t("history.extension")}
        </li>
      ) : null}
    </ul>
  );
}
