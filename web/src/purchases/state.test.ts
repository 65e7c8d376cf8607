// Where a purchase is on its way (§6.1, §6.4, §6.5).
import { expect, test } from "vitest";
import type { PurchaseDescription } from "../wire/generated/http";
import { stateIn, stateOf } from "./state";

test.each([
  ["reserved", null, "reserved"],
  ["ordered", null, "ordered"],
  ["ordered", "2026-03-02T09:00:00Z", "scheduled"],
  ["delivered", "2026-03-02T09:00:00Z", "delivered"],
] as const)("%s, delivery %s: %s", (state, delivery_at, expected) => {
  expect(stateOf({ state, delivery_at })).toBe(expected);
});

test.each([
  [[], null, "ordered"],
  [["scheduled"], null, "scheduled"],
  [["not_honoured"], null, "ordered"],
  [["not_honoured", "scheduled"], null, "scheduled"],
  [["honoured"], null, "delivered"],
  [["honoured"], "F-12", "released"],
] as const)("deliveries %s, invoice %s: %s", (statuses, invoice, expected) => {
  const deliveries = statuses.map((status) => ({ status, vehicles: [7] }));
  const bought = { order: { deliveries, invoice } } as unknown as PurchaseDescription;
  expect(stateIn(bought, 7)).toBe(expected);
  expect(stateIn(bought, 8)).toBe("ordered");
});

test("without an order a vehicle waits for one", () => {
  expect(stateIn({ order: null } as unknown as PurchaseDescription, 7)).toBe("reserved");
});
