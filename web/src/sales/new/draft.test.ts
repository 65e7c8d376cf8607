/** A new offer holds the vehicles that its address names, once each, beside those that were chosen before. */
import { expect, test } from "vitest";
import { type Draft, draftWith } from "./draft";

const empty: Draft = { entity: null, trader: null, vehicles: [], prices: {}, extras: [] };

test("the address adds vehicles, and nothing that is none", () => {
  expect(draftWith(empty, "1,2").vehicles).toEqual([1, 2]);
  expect(draftWith({ ...empty, vehicles: [2, 3] }, "1,2,x,-4,0,").vehicles).toEqual([2, 3, 1]);
  expect(draftWith(empty, "").vehicles).toEqual([]);
});
