// What the dealer reads of an auction (§5.5.1) and of its history (§5.5.2), over auctions recorded from the real rules.
import { describe, expect, test } from "vitest";
import lot from "../auction/recorded/lot.json";
import unit from "../auction/recorded/unit.json";
import type { AuctionEvent, DealerView, Outcome } from "../wire/messages";
import {
  answersOf,
  extensionsOf,
  hasHole,
  levelsOf,
  merged,
  moments,
  narrowed,
  stateOf,
  ticksOf,
  undrawn,
} from "./state";

interface Step {
  dealer?: AuctionEvent[];
  after: { dealer: DealerView };
}
const last = (steps: unknown) => (steps as Step[]).at(-1)?.after.dealer as DealerView;
const entries = (steps: unknown) => (steps as Step[]).flatMap(({ dealer }) => dealer ?? []);
const ended = (...outcomes: Outcome[]): DealerView => ({
  ...last(unit),
  lots: outcomes.map((outcome, i) => ({ ...(last(unit).lots[i] as DealerView["lots"][number]), outcome })),
});

describe("the state of an auction", () => {
  test.each([
    [["won", "won"], "won"],
    [["won", "no_bids"], "partly_won"],
    [["won", "sale_cancelled"], "partly_won"],
    [["reserve_not_reached", "no_bids"], "not_won"],
    [["sale_cancelled", "no_bids"], "sale_cancelled"],
  ] as const)("%j is %s", (outcomes, state) => {
    expect(stateOf(ended(...outcomes))).toBe(state);
  });

  test("before the end it is the status", () => {
    expect(stateOf({ ...last(unit), status: "open" })).toBe("open");
    expect(stateOf({ ...last(unit), status: "cancelled" })).toBe("cancelled");
  });
});

test("who answered: bids, refusals, removed connections", () => {
  expect(answersOf(last(unit))).toEqual({ invited: 3, bid: 3, declined: 1, silent: 0, removed: 1 });
});

test("history and live entries make one history, each entry once; a hole is seen", () => {
  const all = entries(unit);
  expect(merged(all.slice(0, 8), all.slice(5))).toEqual(all);
  expect(hasHole(all)).toBe(false);
  expect(hasHole(merged(all.slice(0, 3), all.slice(5)))).toBe(true);
});

test("the chart steps from the starting price through every bid to now", () => {
  const view = last(lot);
  const until_ms = Date.parse(view.ends_at);
  const drawn = moments(view, entries(lot), until_ms);
  expect(drawn.map(({ lot65 }) => lot65)).toEqual([20593.63, 20700, 20900, 21000, 21000]);
  expect(drawn[0]?.at).toBe(Date.parse(view.starts_at));
  expect(drawn.at(-1)?.at).toBe(until_ms);
});

test("the history is narrowed to a lot and to a kind; what concerns all lots stays with each (§5.5.2)", () => {
  const all = entries(unit);
  const bids = narrowed(all, undefined, "bid");
  expect(bids.length).toBeGreaterThan(0);
  expect(bids.every(({ event }) => event === "bid")).toBe(true);
  const first = bids.find((entry) => "lot" in entry);
  const number = first && "lot" in first ? first.lot : 0;
  const of = narrowed(all, number, "");
  expect(of.length).toBeLessThan(all.length);
  expect(of.some(({ event }) => event === "started")).toBe(true);
  expect(of.every((entry) => !("lot" in entry) || entry.lot === number)).toBe(true);
});

test("extensions are marks of the chart, each once (§5.3.2)", () => {
  const moved = entries(unit).filter(({ event }) => event === "extended");
  expect(extensionsOf(entries(unit))).toEqual([...new Set(moved.map(({ at }) => Date.parse(at)))]);
});

test.each([
  [[20593, 20700, 20900], "20799.00", [20500, 20600, 20700, 20800, 20900]],
  [[6900, 7100, 5250, 5450], null, [5000, 5500, 6000, 6500, 7000, 7500]],
  [[500], null, [500, 501, 502, 503, 504]],
  [[], null, []],
] as const)("the levels beside %j, reserve %j, are round", (amounts, reserve, levels) => {
  const [lot] = last(unit).lots as [DealerView["lots"][number]];
  const drawn = amounts.map((amount, at) => ({ at, [`lot${lot.number}`]: amount }));
  expect(levelsOf(drawn, [lot], reserve)).toEqual(levels);
});

test("without an offer words stand where the chart would be: what is awaited, or that none came", () => {
  const view = last(unit);
  const quiet = { ...view, lots: view.lots.map((one) => ({ ...one, last_offer: null })) };
  expect(undrawn(view)).toBeNull();
  expect(undrawn({ ...quiet, status: "scheduled" })).toBe("later");
  expect(undrawn({ ...quiet, status: "open" })).toBe("first");
  expect(undrawn({ ...quiet, status: "cancelled" })).toBe("none");
  const [first, ...others] = view.lots;
  const one = { ...view, lots: [{ ...first, last_offer: null } as DealerView["lots"][number], ...others] };
  expect(undrawn(one)).toBeNull();
  expect(undrawn(one, first?.number)).toBe("none");
});

test("no two marks of the time axis read alike", () => {
  const minute = (ms: number) => String(Math.floor(ms / 60_000));
  expect(ticksOf(0, 120_000, minute)).toEqual([0, 60_000, 120_000]);
  expect(ticksOf(0, 60_000, minute)).toEqual([0, 60_000]);
});
