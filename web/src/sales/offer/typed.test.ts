/** Of the prices typed into an offer, those of vehicles that it still holds, and can still change, are saved. */
import { expect, test } from "vitest";
import { pricesOf } from "./typed";

test("what left the offer, is fixed or costs that much already is typed no more", () => {
  const vehicles = [
    { id: 1, price: "100.00", fixed: false },
    { id: 2, price: "200.00", fixed: false },
    { id: 3, price: "300.00", fixed: true },
  ];
  expect(pricesOf({ 1: "110.00", 2: "200.00", 3: "310.00", 4: "400.00" }, vehicles)).toEqual({ 1: "110.00" });
  expect(pricesOf({ 1: "" }, vehicles)).toEqual({ 1: "" });
});
