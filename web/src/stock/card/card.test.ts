// A card as it is typed: only what changed is sent (§4.1), margins to the cent (domain §0), the steps of a line (§4.2).
import { describe, expect, test } from "vitest";
import { marginHt } from "../../reckoning";
import type { StockSettings, VehicleSheet } from "../../wire/generated/http";
import { changeOf, draftOf, type FieldSpec, followed, listOf, pathOf, rowsOf } from "./draft";
import { lineOf } from "./line";

const SPECS: FieldSpec[] = [
  { member: "plate", kind: "text" },
  { member: "mileage_km", kind: "whole" },
  { member: "trade_price", kind: "amount" },
  { member: "purchase_price", kind: "amount" },
  { member: "actual_costs_ht", kind: "amount" },
  { member: "running", kind: "flag" },
  { member: "physical_site", kind: "site" },
];
const SHEET = {
  plate: "GD147JH",
  mileage_km: 98_000,
  trade_price: null,
  purchase_price: "0.00",
  actual_costs_ht: "0.00",
  running: true,
  physical_site: null,
} as VehicleSheet;

describe("a section", () => {
  const before = draftOf(SHEET, SPECS);

  test("that nobody touched sends nothing", () => {
    expect(before).toEqual({
      plate: "GD147JH",
      mileage_km: "98000",
      trade_price: "",
      purchase_price: "",
      actual_costs_ht: "0.00",
      running: true,
      physical_site: "",
    });
    expect(changeOf(before, { ...before }, SPECS)).toEqual({});
  });

  test("reads costs of nothing as such: only what is unknown is empty", () => {
    expect(before).toMatchObject({ actual_costs_ht: "0.00", purchase_price: "", trade_price: "" });
    expect(changeOf(before, { ...before, actual_costs_ht: "" }, SPECS)).toEqual({ actual_costs_ht: null });
  });

  test("sends what was typed in its own type, and null for what was emptied", () => {
    const typed = {
      ...before,
      plate: " ",
      mileage_km: "98500",
      trade_price: "3608.16",
      running: false,
      physical_site: "3",
    };
    expect(changeOf(before, typed, SPECS)).toEqual({
      plate: null,
      mileage_km: 98_500,
      trade_price: "3608.16",
      running: false,
      physical_site: 3,
    });
  });
});

test("a list is sent whole, without the rows that say nothing", () => {
  const rows = rowsOf([{ id: 4, name: "Rayure", repair_cost_ht: null }]);
  expect(rows).toEqual([{ id: "4", name: "Rayure", repair_cost_ht: "" }]);
  expect(listOf([...rows, { id: "", name: " ", repair_cost_ht: "" }], "name")).toEqual([
    { id: 4, name: "Rayure", repair_cost_ht: null },
  ]);
});

test("a refusal's field is found in the form", () => {
  expect(pathOf("equipment[0].price_ht")).toBe("equipment.0.price_ht");
  expect(pathOf("plate")).toBe("plate");
});

test.each([
  // price, purchase, planned, actual, VAT, margin
  [1_418_547, 1_361_805, 0, 0, "margin", 47_285],
  [1_418_547, 1_361_805, 10_000, 0, "margin", 37_285],
  [1_418_547, 1_361_805, 10_000, 5_000, "unknown", 42_285],
  [1_200_000, 900_000, 0, 0, "recoverable", 100_000],
  [900_000, 1_000_000, 0, 0, "margin", -83_333],
] as const)(
  "at %i, bought for %i, costs %i or %i, %s: %i",
  (price, purchase, planned, actual, vat, margin) => {
    const costs = { purchase_cents: purchase, planned_ht_cents: planned, actual_ht_cents: actual };
    expect(marginHt(price, costs, vat)).toBe(margin);
  },
);

describe("the life line", () => {
  const settings = {
    private: { price_destination: true, added: [] },
    trade: {
      price_destination: false,
      added: [{ code: "washing", label: "Lavage", after: "physical_entry" }],
    },
  } as StockSettings;
  test.each([
    [
      "private",
      ["pre_arrival", "physical_entry", "price_destination", "sales_stock", "delivery", "released"],
    ],
    ["trade", ["pre_arrival", "physical_entry", "washing", "sales_stock", "delivery", "released"]],
    [null, ["pre_arrival", "physical_entry", "price_destination", "sales_stock", "delivery", "released"]],
  ] as const)("of %s has its own steps", (destination, steps) => {
    expect(lineOf(settings, destination)).toEqual(steps);
  });
});

test("what one has not touched follows the card while one types, what both changed is told", () => {
  const seen = { sale_price: "12800.00", trade_price: "10900.00", vat: "margin", comments: "" };
  const now = { sale_price: "11111.00", trade_price: "11500.00", vat: "margin", comments: "vu" };
  const typed = { ...seen, sale_price: "22222", comments: "vu" };
  expect(followed(seen, now, typed)).toEqual({
    typed: { sale_price: "22222", trade_price: "11500.00", vat: "margin", comments: "vu" },
    crossed: ["sale_price"],
  });
});
