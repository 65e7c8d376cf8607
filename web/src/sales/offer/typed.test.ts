/** Of the prices typed into an offer, those of vehicles that it still holds, and can still change, are saved. */
import { expect, test } from "vitest";
import type { Offer } from "../../wire/generated/http";
import { pricesOf, typedOnto } from "./typed";

test("what left the offer, is fixed or costs that much already is typed no more", () => {
  const vehicles = [
    { id: 1, price: "100.00", fixed: false },
    { id: 2, price: "200.00", fixed: false },
    { id: 3, price: "300.00", fixed: true },
  ];
  expect(pricesOf({ 1: "110.00", 2: "200.00", 3: "310.00", 4: "400.00" }, vehicles)).toEqual({ 1: "110.00" });
  expect(pricesOf({ 1: "" }, vehicles)).toEqual({ 1: "" });
});

test("what is typed names the version that it began from, until it is what the offer says anyway", () => {
  const offer = (version: number) => ({
    vehicles: [{ id: 1, price: "100.00", fixed: false }] as Offer["vehicles"],
    version,
  });
  const nothing = { prices: {}, extras: null, version: null };
  const begun = typedOnto(offer(3), { ...nothing, prices: { 1: "110.00" } });
  expect(begun.version).toBe(3);
  expect(typedOnto(offer(4), { ...begun, prices: { 1: "120.00" } }).version).toBe(3);
  expect(typedOnto(offer(4), { ...begun, prices: { 1: "100.00" } })).toEqual(nothing);
});
