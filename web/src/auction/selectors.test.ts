// What a trader's page reads off a view (§5.5.3): standing, obstacles, surprising amounts, urgency.
import { describe, expect, test } from "vitest";
import type { Outcome, TraderLot, TraderView } from "../wire/messages";
import {
  isSurprising,
  isUrgent,
  lastExtension,
  obstacle,
  standing,
  stillSaid,
  suggestion,
  windowLeft,
} from "./selectors";

const lot: TraderLot = {
  number: 65,
  starting_price: "20593.63",
  last_offer: "20900.00",
  bidder: 2,
  bids: 2,
  minimum_next_bid: "21000.00",
  reserve_reached: true,
  outcome: null,
  vehicles: [],
};
const view: TraderView = {
  auction: 7,
  number: 43,
  kind: "lot",
  status: "open",
  starts_at: "2023-12-12T15:26:00Z",
  ends_at: "2023-12-12T15:36:00Z",
  minimum_increment: "100.00",
  soft_close: { window_seconds: 180, extension_seconds: 180, mode: "add" },
  lots: [lot],
  recent: [],
  you: { bidder: 2, declined: false, invited: true, offers: [] },
};
const as = (bidder: number | null, offered: boolean): TraderView => ({
  ...view,
  you: { ...view.you, bidder, offers: offered ? [{ lot: 65, amount: "20700.00" }] : [] },
});
const decided = (outcome: Outcome): TraderLot => ({ ...lot, outcome, minimum_next_bid: null });

describe("where a trader stands (§5.5.3)", () => {
  test.each([
    ["leads", as(2, true), lot, "winning"],
    ["was outbid", as(1, true), lot, "losing"],
    ["bid on another lot only", as(1, false), lot, "none"],
    ["never bid", as(null, false), lot, "none"],
    ["led at the end, reserve reached", as(2, true), decided("won"), "won"],
    ["was outbid at the end", as(1, true), decided("won"), "lost"],
    ["led, but below the reserve (§5.4.1)", as(2, true), decided("reserve_not_reached"), "lost"],
    ["never bid on a sold lot", as(null, false), decided("won"), "not_sold"],
    ["led a sale that was cancelled (§5.4.5)", as(2, true), decided("sale_cancelled"), "cancelled"],
  ] as const)("a trader that %s", (_who, seen, of, expected) => {
    expect(standing(seen, of)).toBe(expected);
  });

  test("nobody's number is not everybody's", () => {
    expect(standing(as(null, false), { ...lot, bidder: null, last_offer: null })).toBe("none");
  });
});

test("what keeps a trader from bidding", () => {
  expect(obstacle(view, lot)).toBeNull();
  expect(obstacle({ ...view, status: "scheduled" }, lot)).toBe("not_open");
  expect(obstacle({ ...view, status: "ended" }, lot)).toBe("over");
  expect(obstacle({ ...view, status: "cancelled" }, lot)).toBe("over");
  expect(obstacle(view, decided("won"))).toBe("over");
  expect(obstacle({ ...view, you: { ...view.you, invited: false } }, lot)).toBe("not_invited");
});

test("a bid over 20 % above the minimum is surprising, one at 20 % is not", () => {
  expect(isSurprising(2520000, "21000.00")).toBe(false);
  expect(isSurprising(2520001, "21000.00")).toBe(true);
});

test("the proposed other amount is five increments above the minimum", () => {
  expect(suggestion("21000.00", "100.00")).toBe("21500.00");
});

test("the last three minutes are urgent (§5.3.1), the first instant of them included", () => {
  expect(isUrgent(180_000, 180)).toBe(true);
  expect(isUrgent(180_001, 180)).toBe(false);
  expect(windowLeft(90_000, 180)).toBe(0.5);
  expect(windowLeft(900_000, 180)).toBe(1);
  expect(windowLeft(-5, 180)).toBe(0);
});

test("why the end moved: the last extension", () => {
  const at = "2023-12-12T15:35:12Z";
  const late = { seq: 4, at, event: "extended", cause: "late_bid", from: at, to: at, ends_at: at } as const;
  expect(lastExtension([])).toBeNull();
  expect(lastExtension([late, { seq: 5, at, event: "noted" }])).toBe(late);
});

test("an acceptance is said before its offer is shown, until a higher one stands or the line is down", () => {
  const said = { state: "accepted", amount: "20900.00" } as const;
  expect(stillSaid(said, { ...lot, last_offer: "20800.00" }, true)).toBe(said);
  expect(stillSaid(said, lot, true)).toBe(said);
  expect(stillSaid(said, lot, false)).toBeUndefined();
  expect(stillSaid(said, { ...lot, last_offer: "21000.00" }, true)).toBeUndefined();
  const pending = { state: "pending", amount: "20900.00" } as const;
  expect(stillSaid(pending, lot, false)).toBe(pending);
});
