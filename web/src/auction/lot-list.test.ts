// Many lots: which are shown, and which is looked at next (§5.5.3).
import { describe, expect, test } from "vitest";
import type { AuctionDescription } from "../auctions/api";
import type { TraderView } from "../wire/messages";
import { countOf, lotsShown, neighbour, nextLosing, vehiclesOf } from "./lot-list";

const lot = (number: number, bidder: number | null) => ({
  number,
  starting_price: "1000.00",
  last_offer: bidder === null ? null : "1200.00",
  bidder,
  bids: 1,
  minimum_next_bid: "1300.00",
  reserve_reached: null,
  outcome: null,
  vehicles: [{ ref: `AA${number}BB`, vat: "margin" as const }],
});
const view = {
  lots: [lot(61, 1), lot(62, 2), lot(63, null), lot(64, 2)],
  you: {
    bidder: 1,
    declined: false,
    invited: true,
    offers: [61, 62, 64].map((n) => ({ lot: n, amount: "1100.00" })),
  },
} as unknown as TraderView;
const card = {
  ref: "AA62BB",
  make: "CITROËN",
  model: "C3",
  version: "1.2",
  trim: "Shine",
  plate: "AA-62-BB",
};
const vehicles = vehiclesOf({ lots: [{ vehicles: [card] }] } as unknown as AuctionDescription);
const numbers = (shown: Parameters<typeof lotsShown>[2], search = "") =>
  lotsShown(view, vehicles, shown, search).map(({ number }) => number);

describe("which lots are shown", () => {
  test.each([
    ["all", [61, 62, 63, 64]],
    ["winning", [61]],
    ["losing", [62, 64]],
    ["none", [63]],
  ] as const)("%s", (shown, expected) => {
    expect(numbers(shown)).toEqual(expected);
    expect(countOf(view, shown)).toBe(expected.length);
  });

  test("words are found in number, plate, make and model, without case and accents, all of them", () => {
    expect(numbers("all", "citroen shine")).toEqual([62]);
    expect(numbers("all", "aa63")).toEqual([63]);
    expect(numbers("losing", "61")).toEqual([]);
  });
});

test("the next lot where one is losing comes round, and is never the one at hand", () => {
  expect(nextLosing(view, 61)).toBe(62);
  expect(nextLosing(view, 62)).toBe(64);
  expect(nextLosing(view, 64)).toBe(62);
  const one = { ...view, lots: view.lots.slice(0, 2) };
  expect(nextLosing(one, 62)).toBeNull();
});

test("the neighbours of a lot end with the auction", () => {
  expect(neighbour(view, 62, 1)).toBe(63);
  expect(neighbour(view, 61, -1)).toBeNull();
  expect(neighbour(view, 64, 1)).toBeNull();
});
