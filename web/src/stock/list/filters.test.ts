// The stock's filters in the address and back (§4.8): nothing is lost on the way, nothing unknown is asked for.
import { describe, expect, test } from "vitest";
import {
  type Asked,
  addressOf,
  asking,
  type Condition,
  conditionsOf,
  type Fields,
  formOf,
  isShowing,
  queryOf,
  withdrawing,
} from "./filters";

const FIELDS: Fields = [
  { name: "make", type: "choice" },
  { name: "plate", type: "text" },
  { name: "mileage_km", type: "number" },
  { name: "trade_price", type: "amount" },
  { name: "entered_at", type: "date" },
  { name: "free", type: "flag" },
  { name: "reserved_for_client", type: "text" },
];

const EACH: [Asked, Condition][] = [
  [{ entity: "2" }, { kind: "entity", value: "2" }],
  [{ site: "1,3" }, { kind: "site", values: ["1", "3"] }],
  [{ make: "RENAULT,BMW" }, { kind: "choice", field: "make", values: ["RENAULT", "BMW"] }],
  [{ plate: "gd-1" }, { kind: "text", field: "plate", text: "gd-1" }],
  [
    { mileage_km_max: "90000" },
    { kind: "range", field: "mileage_km", shape: "number", from: "", to: "90000" },
  ],
  [
    { trade_price_min: "5000.00", trade_price_max: "9000.00" },
    { kind: "range", field: "trade_price", shape: "amount", from: "5000.00", to: "9000.00" },
  ],
  [
    { entered_at_from: "2026-01-01" },
    { kind: "range", field: "entered_at", shape: "date", from: "2026-01-01", to: "" },
  ],
  [{ free: "false" }, { kind: "flag", field: "free", yes: false }],
  [{ known: "reserved_for_client" }, { kind: "filled", field: "reserved_for_client", filled: true }],
  [{ unknown: "plate" }, { kind: "filled", field: "plate", filled: false }],
];

const said = (change: Asked) => Object.fromEntries(Object.entries(change).filter(([, value]) => value));

describe.each(EACH)("%o", (asked, condition) => {
  test("is read as one condition", () => {
    expect(conditionsOf(asked, FIELDS)).toEqual([condition]);
  });
  test("is what the condition asks for", () => {
    expect(said(asking(condition, {}))).toEqual(asked);
  });
  test("is gone once it is withdrawn", () => {
    expect(conditionsOf({ ...asked, ...withdrawing(condition, asked) }, FIELDS)).toEqual([]);
  });
});

test("a field that shall be filled and one that shall be empty stand beside others of their kind", () => {
  const asked = { known: "plate,make", unknown: "free" };
  const turned = asking({ kind: "filled", field: "plate", filled: false }, asked);
  expect(turned).toEqual({ known: "make", unknown: "free,plate" });
  expect(withdrawing({ kind: "filled", field: "make", filled: true }, asked)).toEqual({
    known: "plate",
    unknown: "free",
  });
});

test("what the server does not know is not asked for", () => {
  expect(queryOf({ q: "clio", make: "RENAULT", mileage_km: "3", nothing: "x", free: "" }, FIELDS)).toEqual({
    q: "clio",
    make: "RENAULT",
  });
});

test("a search is kept with its order and columns, and found again at its address", () => {
  const query = { q: "clio", make: "RENAULT", entity: "2", sort: "-mileage_km", columns: "plate" };
  const form = formOf(query, ["plate", "make"], "Clio", true);
  expect(form).toEqual({
    name: "Clio",
    filters: { q: "clio", make: "RENAULT" },
    entity: 2,
    sort: "-mileage_km",
    columns: ["plate", "make"],
    pinned: true,
  });
  const kept = {
    filters: { q: "clio", make: "RENAULT" },
    entity: 2,
    sort: "-mileage_km",
    columns: ["plate"],
  };
  const address = new URLSearchParams(addressOf(kept).split("?")[1]);
  expect(Object.fromEntries(address)).toEqual({ ...query, columns: "plate" });
  expect(addressOf({ filters: {}, entity: null, sort: "", columns: [] })).toBe("/vehicles");
});

test("a search is shown whatever the order, until a condition differs", () => {
  const kept = { filters: { make: "BMW" }, entity: null };
  expect(isShowing({ make: "BMW", sort: "-year" }, kept)).toBe(true);
  expect(isShowing({ make: "BMW", q: "x" }, kept)).toBe(false);
  expect(isShowing({ make: "BMW", entity: "1" }, kept)).toBe(false);
  expect(isShowing({}, kept)).toBe(false);
});
