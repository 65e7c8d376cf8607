// Law 3 on the page's side: snapshot + later entries = later snapshot, for both audiences, over auctions recorded
// from the real rules (tests/e2e/recordings.py). §5.2, §5.3, §5.4 as a page sees them.
import { describe, expect, test } from "vitest";
import type { AuctionEvent, DealerView, SynthesisTotals, TraderView } from "../wire/messages";
import cancelled from "./recorded/cancelled.json";
import lot from "./recorded/lot.json";
import unit from "./recorded/unit.json";
import { apply, applyAll, decline, RECENT_ENTRIES, standAt } from "./reducer";

interface Snapshots {
  dealer: DealerView;
  traders: Record<string, TraderView>;
}
interface Step {
  traders: AuctionEvent[];
  dealer: AuctionEvent[];
  synthesis: SynthesisTotals;
  after: Snapshots;
}

const recordings: Record<string, Step[]> = {
  "unit auction": unit as unknown as Step[],
  "lot auction": lot as unknown as Step[],
  "cancelled auction": cancelled as unknown as Step[],
};

/** What the trader's own answers tell before the entries come: its number, its refusal. */
function answered(before: TraderView, after: TraderView): TraderView {
  const known = after.you.bidder === null ? before : standAt(before, { bidder: after.you.bidder });
  return after.you.declined && !before.you.declined ? decline(known) : known;
}

describe.each(Object.entries(recordings))("a recorded %s", (_name, steps) => {
  const pairs = steps.slice(1).map((step, i) => ({ step, before: (steps[i] as Step).after }));

  test("is the same for the dealer from entries as from snapshots", () => {
    for (const { step, before } of pairs) {
      expect(applyAll(before.dealer, step.dealer, step.synthesis)).toEqual(step.after.dealer);
    }
  });

  test.each(Object.keys((steps[0] as Step).after.traders))("is the same for %s", (trader) => {
    for (const { step, before } of pairs) {
      const after = step.after.traders[trader] as TraderView;
      expect(applyAll(answered(before.traders[trader] as TraderView, after), step.traders)).toEqual(after);
    }
  });

  test("comes out the same from the first snapshot alone", () => {
    const last = steps.at(-1) as Step;
    let view = (steps[0] as Step).after.dealer;
    for (const { step } of pairs) view = applyAll(view, step.dealer, step.synthesis);
    expect(view).toEqual(last.after.dealer);
  });
});

describe("the reducer", () => {
  const start = (unit as unknown as Step[]).map(
    ({ after }) => after.traders["Top used cars"],
  )[2] as TraderView;

  test("leaves the view it was given as it was", () => {
    const copy = structuredClone(start);
    apply(start, {
      seq: 99,
      at: "2023-12-08T15:01:00Z",
      event: "bid",
      lot: 49,
      amount: "5800.00",
      bidder: 1,
    });
    expect(start).toEqual(copy);
  });

  test("keeps the last entries only", () => {
    let long = start;
    for (let seq = 10; seq < 10 + 2 * RECENT_ENTRIES; seq += 1)
      long = apply(long, { seq, at: "2023-12-08T15:01:00Z", event: "noted" });
    expect(long.recent).toHaveLength(RECENT_ENTRIES);
    expect(long.recent.at(-1)?.seq).toBe(9 + 2 * RECENT_ENTRIES);
  });

  test("a bid of one's own withdraws one's refusal (§5.2.5) and replaces one's offer", () => {
    const declined = decline(standAt(start, { bidder: 3 }));
    const bid = { at: "2023-12-08T15:01:00Z", event: "bid", lot: 49, bidder: 3 } as const;
    const after = applyAll(declined, [
      { ...bid, seq: 3, amount: "5800.00" },
      { ...bid, seq: 4, amount: "5900.00" },
    ]);
    expect(after.you).toMatchObject({ declined: false, offers: [{ lot: 49, amount: "5900.00" }] });
  });

  test("one's offers stand in the order of the lots, whatever the order of the bids (law 3)", () => {
    const [first, second] = start.lots.map(({ number }) => number) as [number, number];
    const bid = { at: "2023-12-08T15:01:00Z", event: "bid", amount: "9000.00", bidder: 3 } as const;
    const after = applyAll(standAt(start, { bidder: 3 }), [
      { ...bid, seq: 3, lot: second },
      { ...bid, seq: 4, lot: first },
    ]);
    expect(after.you.offers.map(({ lot }) => lot)).toEqual([first, second]);
  });

  test("an unknown lot changes nothing but the history", () => {
    const after = apply(start, { seq: 3, at: "2023-12-08T15:01:00Z", event: "reserve_reached", lot: 12345 });
    expect(after.lots).toEqual(start.lots);
  });
});
