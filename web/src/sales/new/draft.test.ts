/** A new offer holds the vehicles that its address names, once each, beside those that were chosen before. */
import { expect, test } from "vitest";
import { type Draft, draftWith, isBegun } from "./draft";

const empty: Draft = { entity: null, trader: null, vehicles: [], prices: {}, extras: [] };

test("the address adds vehicles, and nothing that is none", () => {
  expect(draftWith(empty, "1,2").vehicles).toEqual([1, 2]);
  expect(draftWith({ ...empty, vehicles: [2, 3] }, "1,2,x,-4,0,").vehicles).toEqual([2, 3, 1]);
  expect(draftWith(empty, "").vehicles).toEqual([]);
});

test("what the address alone says is nothing to keep", () => {
  expect(isBegun(draftWith(empty, "1,2"), "1,2")).toBe(false);
  expect(isBegun(draftWith(empty, "1,2"), "1")).toBe(true);
  expect(isBegun({ ...empty, prices: { 1: "" }, vehicles: [1] }, "1")).toBe(true);
  expect(isBegun({ ...empty, trader: { id: 3, name: "Auto" } }, "")).toBe(true);
});
