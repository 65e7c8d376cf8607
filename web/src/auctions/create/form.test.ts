// The creation form (§5.1.1, §5.1.2): defaults, spread, margins (domain §0), problems, and what is sent.
import { describe, expect, test } from "vitest";
import type { StockVehicle } from "./api";
import { bodyOf, EMPTY_FORM, type Form, problemsOf, sheetOf } from "./form";
import { marginAt, shares } from "./reckoning";

const vehicle = (id: number, trade: string | null, purchase: string): StockVehicle => ({
  id,
  ref: `AA00${id}BB`,
  make: "CITROËN",
  model: "C2",
  version: "",
  trim: "",
  plate: `AA00${id}BB`,
  mileage_km: 1000,
  vat: "margin",
  market_value: "9000.00",
  sale_price: "8500.00",
  trade_price: trade,
  purchase_price: purchase,
  costs_ht: "0.00",
  entity: { id: 1, name: "E" },
  site: { id: 4, name: "S" },
  missing: [],
});
const stock = [
  vehicle(1, "6000.00", "5400.00"),
  vehicle(2, "3000.00", "3600.00"),
  vehicle(3, "1000.00", "900.00"),
];
const none = { starting: "", reserve: "" };
const form = (changed: Partial<Form>): Form => ({
  ...EMPTY_FORM,
  chosen: new Map([
    [1, none],
    [2, none],
  ]),
  ...changed,
});

describe("margins HT", () => {
  test.each([
    [
      "margin scheme, as the seeds show it (14,185.47 − 13,618.05 → 472.85)",
      1418547,
      1361805,
      0,
      "margin",
      47285,
    ],
    ["margin scheme, at a loss, rounded away from zero", 300000, 360001, 0, "margin", -50001],
    ["recoverable VAT", 1200000, 900000, 0, "recoverable", 100000],
    ["less costs", 600000, 540000, 12345, "margin", 37655],
    ["unknown VAT is reckoned as margin", 600000, 540000, 0, "unknown", 50000],
  ] as const)("%s", (_name, price, purchase_price_cents, costs_ht_cents, vat, margin) => {
    expect(marginAt(price, { purchase_price_cents, costs_ht_cents, vat })).toBe(margin);
  });
});

test("a lot's starting price is spread by largest remainder, and adds up (§5.1.1, §5.4.3)", () => {
  expect(shares(1000, [1, 1, 1])).toEqual([334, 333, 333]);
  expect(shares(10_000_000_000, [9_999_999_999, 1])).toEqual([9_999_999_999, 1]);
  expect(shares(100, [0, 0])).toEqual([0, 0]);
});

describe("the sheet", () => {
  test("starting prices default to the trade prices", () => {
    const sheet = sheetOf(form({}), stock);
    expect(sheet.lines.map(({ starting_cents }) => starting_cents)).toEqual([600000, 300000]);
    expect(sheet).toMatchObject({ starting_cents: 900000, initial_margin_cents: 0, market_cents: 1800000 });
  });

  test("follows what is typed", () => {
    const chosen = new Map([[1, { starting: "6 120", reserve: "6 500" }]]);
    const sheet = sheetOf(form({ chosen }), stock);
    expect(sheet).toMatchObject({ starting_cents: 612000, margin_cents: 60000, reserve_cents: 650000 });
  });

  test("spreads a lot's price over its vehicles in proportion to their trade prices", () => {
    const sheet = sheetOf(form({ kind: "lot", lot: { starting: "12000", reserve: "" } }), stock);
    expect(sheet.lines.map(({ starting_cents }) => starting_cents)).toEqual([800000, 400000]);
    expect(sheet.reserve_cents).toBeNull();
  });
});

describe("problems", () => {
  test.each([
    ["nothing chosen", { chosen: new Map() }, ["need_vehicle"]],
    ["an unreadable price", { chosen: new Map([[1, { starting: "abc", reserve: "" }]]) }, ["need_price"]],
    ["an unreadable reserve", { chosen: new Map([[1, { starting: "", reserve: "x" }]]) }, ["bad_reserve"]],
    ["no increment", { increment: "0" }, ["need_increment"]],
    ["no duration", { duration: "" }, ["need_duration"]],
    ["none", {}, []],
  ])("%s", (_name, changed, expected) => {
    expect(problemsOf(form(changed), stock)).toEqual(expected);
  });
});

describe("what is sent", () => {
  test("a unit auction has prices per vehicle, and leaves out what is empty", () => {
    const chosen = new Map([
      [1, { starting: "6120", reserve: "6500,50" }],
      [2, none],
    ]);
    expect(bodyOf(form({ chosen }), stock)).toEqual({
      entity: 1,
      site: 4,
      kind: "unit",
      vehicles: [{ vehicle: 1, starting_price: "6120.00", reserve_price: "6500.50" }, { vehicle: 2 }],
      duration_seconds: 14400,
      minimum_increment: "100.00",
    });
  });

  test("a lot auction has one starting price and one reserve", () => {
    const lot = { starting: "12000", reserve: "13000" };
    const body = bodyOf(form({ kind: "lot", lot, mailing_list: 9, duration: "10", unit: "minutes" }), stock);
    expect(body).toMatchObject({
      vehicles: [{ vehicle: 1 }, { vehicle: 2 }],
      starting_price: "12000.00",
      reserve_price: "13000.00",
      duration_seconds: 600,
      mailing_list: 9,
    });
  });
});
