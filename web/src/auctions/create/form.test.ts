// The creation form (§5.1.1, §5.1.2): defaults, spread, margins (domain §0), problems, and what is sent.
import { describe, expect, test } from "vitest";
import type { AuctionDescription } from "../../wire/generated/http";
import type { DealerView } from "../../wire/messages";
import type { StockVehicle } from "./api";
import { bodyOf, changeOf, EMPTY_FORM, type Form, formOf, kept, problemsOf, revived } from "./form";
import { shares } from "./reckoning";
import { isIdle, sheetOf } from "./sheet";

const CARD: StockVehicle["card"] = {
  ref: "AA001BB",
  make: "CITROËN",
  model: "C2",
  version: "",
  trim: "",
  kind: "passenger",
  body: "",
  energy: "",
  gearbox: "",
  fiscal_power_cv: null,
  power_ch: null,
  doors: null,
  co2_g_km: null,
  crit_air: "",
  colour: "",
  interior_colour: "",
  plate: null,
  first_registration: null,
  mileage_km: null,
  mileage_guaranteed: false,
  vat: "margin",
  accident_damaged: false,
  running: true,
  imported: false,
  first_owner: false,
  service_book: false,
  last_inspection_on: null,
  next_inspection_on: null,
  battery: null,
  warranty: "",
  warranty_months: null,
  equipment: [],
  defects: [],
  repairs: [],
  photos: [],
  market_value: "9000.00",
  sale_price: "8500.00",
};

const vehicle = (id: number, trade_price: string, margin: string, purchase_price: string): StockVehicle => ({
  id,
  entity: 1,
  site: 4,
  site_name: "S",
  status: "sales_stock",
  destination: "trade",
  trade_sale_authorised: true,
  matched: true,
  reserved: false,
  auction: null,
  missing: [],
  margin_at_trade_price: margin,
  card: { ...CARD, ref: `AA00${id}BB`, trade_price },
  values: { purchase_price, planned_costs_ht: null, actual_costs_ht: "0.00" },
});
const stock = [
  vehicle(1, "6000.00", "500.00", "5400.00"),
  vehicle(2, "3000.00", "-500.00", "3600.00"),
  vehicle(3, "1000.00", "83.33", "900.00"),
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

test.each([
  ["at the trade price", "5798.16", {}, "margin", 33823],
  [
    "rounded once: not the margin at the trade price and what is added, each rounded",
    "5800.00",
    {},
    "margin",
    33977,
  ],
  ["at a loss", "5292.28", {}, "margin", -8333],
  ["with recoverable VAT", "5800.00", {}, "recoverable", -55895],
  ["less what is planned", "5800.00", { planned_costs_ht: "100.00" }, "margin", 23977],
  ["less what was paid", "5800.00", { planned_costs_ht: "9.00", actual_costs_ht: "100.00" }, "margin", 23977],
] as const)("the margin HT %s (domain §0)", (_name, starting, costs, vat, margin) => {
  const one = vehicle(1, "5798.16", "338.23", "5392.28");
  const car = { ...one, card: { ...one.card, vat }, values: { ...one.values, ...costs } };
  expect(sheetOf(form({ chosen: new Map([[1, { starting, reserve: "" }]]) }), [car]).margin_cents).toBe(
    margin,
  );
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

const NOW = Date.parse("2026-05-04T10:00:00Z");

describe("problems", () => {
  const bad = (typed: string) => new Map([[1, { starting: typed, reserve: typed }]]);
  test.each<[string, Partial<Form>, [string, string][]]>([
    ["nothing chosen", { chosen: new Map() }, [["vehicles", "need_vehicle"]]],
    [
      "unreadable prices, each at its vehicle",
      { chosen: bad("abc") },
      [
        ["starting:1", "need_price"],
        ["reserve:1", "bad_reserve"],
      ],
    ],
    ["no increment", { increment: "0" }, [["increment", "need_increment"]]],
    ["no duration", { duration: "" }, [["duration", "need_duration"]]],
    ["ninety days", { duration: "90", unit: "days" }, []],
    ["more than ninety days", { duration: "91", unit: "days" }, [["duration", "long_duration"]]],
    ["as many hours", { duration: "2161", unit: "hours" }, [["duration", "long_duration"]]],
    ["a planned start without a date", { at_once: false }, [["start", "need_start"]]],
    ["a start that has passed", { at_once: false, start: "2026-05-03T10:00" }, [["start", "past_start"]]],
    [
      "a lot's reserve",
      { kind: "lot", lot: { starting: "", reserve: "x" } },
      [["lot.reserve", "bad_reserve"]],
    ],
    [
      "a window that is no number (§5.3.3)",
      { soft_close: { ...EMPTY_FORM.soft_close, window: "3 min" } },
      [["window", "bad_seconds"]],
    ],
    ["none", {}, []],
  ])("%s", (_name, changed, expected) => {
    expect([...problemsOf(form(changed), stock, NOW)]).toEqual(expected);
  });

  test("a vehicle that cannot be sold is named (§4.3)", () => {
    const held = stock.map((one) => (one.id === 2 ? { ...one, missing: ["reserved" as const] } : one));
    expect([...problemsOf(form({}), held, NOW)]).toEqual([["vehicle:2", "not_sellable"]]);
  });
});

const SOFT_CLOSE = { window_seconds: 180, extension_seconds: 180, mode: "add" };

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
      vehicles: [{ id: 1, starting_price: "6120.00", reserve_price: "6500.50" }, { id: 2 }],
      duration_seconds: 14400,
      minimum_increment: "100.00",
      soft_close: SOFT_CLOSE,
    });
  });

  test("a lot auction has one starting price and one reserve", () => {
    const lot = { starting: "12000", reserve: "13000" };
    const body = bodyOf(form({ kind: "lot", lot, audience: 9, duration: "10", unit: "minutes" }), stock);
    expect(body).toMatchObject({
      vehicles: [{ id: 1 }, { id: 2 }],
      starting_price: "12000.00",
      reserve_price: "13000.00",
      duration_seconds: 600,
      mailing_list: 9,
    });
  });

  test("a planned start is sent as an instant", () => {
    const start = "2026-05-05T08:30";
    expect(bodyOf(form({ at_once: false, start }), stock).starts_at).toBe(new Date(start).toISOString());
  });
});

describe("a change before the start (§5.1.4)", () => {
  const description = {
    lots: [
      { starting_price: "6120.00", reserve_price: "6500.50", vehicles: [{ ...CARD, id: 1 }] },
      { starting_price: "3000.00", reserve_price: null, vehicles: [{ ...CARD, id: 2 }] },
    ],
  } as unknown as AuctionDescription;
  const view = {
    kind: "unit",
    starts_at: "2026-05-05T08:30:00Z",
    ends_at: "2026-05-05T10:30:00Z",
    minimum_increment: "50.00",
    soft_close: { window_seconds: 20, extension_seconds: 6, mode: "reset" },
  } as unknown as DealerView;
  const before = formOf(description, view, "fr");

  test("begins with what stands", () => {
    expect(before).toMatchObject({ duration: "2", unit: "hours", increment: "50", audience: "kept" });
    expect([...before.chosen]).toEqual([
      [1, { starting: "6120", reserve: "6500,50" }],
      [2, { starting: "3000", reserve: "" }],
    ]);
  });

  test("sends what was changed; start and audience only if they were", () => {
    const chosen = new Map([[1, { starting: "6200", reserve: "" }]]);
    expect(changeOf({ ...before, chosen }, stock, before, 3)).toEqual({
      version: 3,
      vehicles: [{ id: 1, starting_price: "6200.00", reserve_price: null }],
      duration_seconds: 7200,
      minimum_increment: "50.00",
      soft_close: { window_seconds: 20, extension_seconds: 6, mode: "reset" },
    });
    const moved = changeOf({ ...before, at_once: true, audience: "everybody" }, stock, before, 3);
    expect(moved).toMatchObject({ starts_at: null, mailing_list: null });
  });
});

test("a form is kept and revived as it was typed", () => {
  const typed = form({ increment: "75" });
  expect(revived(JSON.parse(JSON.stringify(kept(typed))))).toEqual(typed);
});

test("a reserve that the first bid already reaches is told to change nothing (§5.1.1)", () => {
  expect(isIdle(600_000, 700_000)).toBe(true);
  expect(isIdle(700_000, 700_000)).toBe(true);
  expect(isIdle(700_001, 700_000)).toBe(false);
  expect(isIdle(null, 700_000)).toBe(false);
  expect(isIdle(600_000, null)).toBe(false);
});
