/** Prices HT and real margins, against the figures of the rule book (§0). */
import { describe, expect, test } from "vitest";
import { marginOf, priceHt } from "./reckoning";

const cost = (purchase_price: string, planned = "0.00", actual = "0.00") => ({
  purchase_price,
  planned_costs_ht: planned,
  actual_costs_ht: actual,
});

describe("margins", () => {
  test("the difference between TTC prices bears VAT under the margin scheme", () => {
    expect(marginOf(1_418_547, { vat: "margin", ...cost("13618.05") })).toBe(47_285);
    expect(marginOf(1_418_547, { vat: "unknown", ...cost("13618.05") })).toBe(47_285);
  });
  test("a recoverable VAT is in the price alone", () => {
    expect(marginOf(1_200_000, { vat: "recoverable", ...cost("9000.00") })).toBe(100_000);
  });
  test("what was spent counts before what was planned", () => {
    expect(marginOf(1_200_000, { vat: "recoverable", ...cost("9000.00", "150.00") })).toBe(85_000);
    expect(marginOf(1_200_000, { vat: "recoverable", ...cost("9000.00", "150.00", "80.50") })).toBe(91_950);
  });
  test("a loss is rounded away from nothing, as the rules do", () => {
    expect(marginOf(0, { vat: "margin", ...cost("0.03") })).toBe(-3);
  });
});

test("a price HT is the price itself unless its VAT can be recovered", () => {
  expect([priceHt(150_000, "recoverable"), priceHt(150_000, "margin"), priceHt(150_000, "unknown")]).toEqual([
    125_000, 150_000, 150_000,
  ]);
});
