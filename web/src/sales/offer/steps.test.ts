/** What an offer and its order cannot do, and why (§6.1). */
import { describe, expect, test } from "vitest";
import type { DeliveryAnswer, Offer } from "../../wire/generated/http";
import { type Step, undelivered, vehiclesOf, whyNot, whyNotCancelled } from "./steps";

const vehicles = [{ id: 5 }] as Offer["vehicles"];
const auction = { id: 36, display_number: "45-36", lot: 49, lot_display_number: "45-49" };
const cases: [Offer["status"], boolean, string[], Partial<Record<Step, string>>][] = [
  [
    "in_progress",
    false,
    ["change", "validate", "send", "abandon"],
    { order: "not_validated", duplicate: "own_vehicles" },
  ],
  ["validated", false, ["change", "order", "send", "abandon"], {}],
  ["validated", true, ["order", "send", "abandon"], { change: "price_fixed" }],
  [
    "ordered",
    true,
    ["send"],
    { change: "ordered", add_vehicles: "ordered", abandon: "ordered", duplicate: "own_vehicles" },
  ],
  ["abandoned", false, ["duplicate"], { change: "offer_over", order: "offer_over", send: "offer_over" }],
  ["cancelled", true, ["duplicate"], { add_vehicles: "offer_over", order: "offer_over" }],
];

describe("a step that is not possible says why", () => {
  test.each(cases)("%s, of an auction: %s", (status, ofAuction, may, reasons) => {
    const offer = { status, auction: ofAuction ? auction : null, may, vehicles };
    for (const step of may) expect(whyNot(step as Step, offer)).toBeNull();
    for (const [step, why] of Object.entries(reasons)) expect(whyNot(step as Step, offer)).toBe(why);
  });
  test("what is done already needs no reason", () => {
    expect(whyNot("validate", { status: "ordered", auction: null, may: [], vehicles })).toBeNull();
    expect(whyNot("abandon", { status: "abandoned", auction: null, may: [], vehicles })).toBeNull();
  });
  test("an offer that has lent all of its vehicles says so where it would be ordered (§6.2)", () => {
    const lent = { status: "validated" as const, auction, may: ["add_vehicles", "abandon"], vehicles: [] };
    expect(whyNot("order", lent)).toBe("no_vehicles");
    expect(whyNot("send", lent)).toBe("no_vehicles");
    expect(whyNot("abandon", lent)).toBeNull();
    expect(whyNot("order", { ...lent, status: "cancelled", may: [] })).toBe("offer_over");
  });
});

const delivery = (status: DeliveryAnswer["status"], ...ids: number[]) => ({
  status,
  vehicles: ids.map((id) => ({ id, make: "", model: "", plate: null, status: "delivery" })),
});

test("an order is not cancelled once it is invoiced or delivered", () => {
  expect(whyNotCancelled({ invoice: "F-1" }, [])).toBe("invoiced");
  expect(whyNotCancelled({ invoice: null }, [delivery("honoured", 1)])).toBe("delivered");
  expect(whyNotCancelled({ invoice: null }, [delivery("scheduled", 1)])).toBeNull();
});

test("what was not honoured, and what nobody scheduled, still needs a delivery", () => {
  const deliveries = [delivery("honoured", 1), delivery("not_honoured", 2), delivery("scheduled", 3)];
  expect(undelivered({ vehicles: [1, 2, 3, 4] }, deliveries)).toEqual([2, 4]);
});

test("an entry of the history names its vehicles: those added, the one whose price changed", () => {
  expect(vehiclesOf("vehicles", [null, [4, 5]])).toEqual([4, 5]);
  expect(vehiclesOf("price of vehicle 5", ["1.00", "2.00"])).toEqual([5]);
  expect(vehiclesOf("status", ["in_progress", "validated"])).toEqual([]);
});
