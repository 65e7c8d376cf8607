// The creation form (§5.1.1, §5.1.2): defaults, spread, margins (domain §0), problems, and what is sent.
import { describe, expect, test } from "vitest";
import type { StockVehicle } from "./api";
import { bodyOf, EMPTY_FORM, type Form, problemsOf, sheetOf } from "./form";
import { marginAt, shares } from "./reckoning";

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

const vehicle = (id: number, trade_price: string | null, margin: string): StockVehicle => ({
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
});
const stock = [
  vehicle(1, "6000.00", "500.00"),
  vehicle(2, "3000.00", "-500.00"),
  vehicle(3, "1000.00", "83.33"),
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
  ["at the trade price", 600000, 50000],
  ["120 more is worth 100 HT", 612000, 60000],
  ["at a loss", 530000, -8333],
  ["half a cent away from zero", 600003, 50003],
])("the margin HT %s (domain §0)", (_name, price, margin) => {
  expect(marginAt(price, 600000, 50000)).toBe(margin);
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
      vehicles: [{ id: 1, starting_price: "6120.00", reserve_price: "6500.50" }, { id: 2 }],
      duration_seconds: 14400,
      minimum_increment: "100.00",
    });
  });

  test("a lot auction has one starting price and one reserve", () => {
    const lot = { starting: "12000", reserve: "13000" };
    const body = bodyOf(form({ kind: "lot", lot, mailing_list: 9, duration: "10", unit: "minutes" }), stock);
    expect(body).toMatchObject({
      vehicles: [{ id: 1 }, { id: 2 }],
      starting_price: "12000.00",
      reserve_price: "13000.00",
      duration_seconds: 600,
      mailing_list: 9,
    });
  });
});
