// Which lots of a long sale are shown (§5.5.1), and which choices are worth offering.
import { expect, test } from "vitest";
import type { DealerLot } from "../wire/messages";
import { fatesOf, hasFate } from "./lot-filter";

const lot = (changed: Partial<DealerLot>) =>
  ({ bids: 0, reserve_reached: null, outcome: null, ...changed }) as DealerLot;

test("while it runs: with an offer, below reserve, none", () => {
  const lots = [lot({ bids: 2, reserve_reached: false }), lot({ bids: 1, reserve_reached: true }), lot({})];
  expect(fatesOf(lots)).toEqual([
    ["all", 3],
    ["offered", 2],
    ["short", 1],
    ["quiet", 1],
  ]);
});

test("once it has ended: sold and not; a choice that no lot has is not offered", () => {
  const lots = [lot({ bids: 1, outcome: "won" }), lot({ bids: 1, outcome: "sale_cancelled" })];
  expect(fatesOf(lots)).toEqual([
    ["all", 2],
    ["sold", 1],
    ["unsold", 1],
  ]);
  expect(lots.map((one) => hasFate(one, "unsold"))).toEqual([false, true]);
});
