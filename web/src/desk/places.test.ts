// Which pages take more of a wide screen: those of wide tables, for whoever has them; what is read or filled in does not.
import { expect, test } from "vitest";
import { isBroad } from "./places";

test.each([
  ["dealer", "/vehicles", true],
  ["dealer", "/vehicles/7", false],
  ["dealer", "/auctions", true],
  ["dealer", "/auctions/new", true],
  ["dealer", "/auctions/7/history", true],
  ["dealer", "/offers/7", false],
  ["dealer", "/account", false],
  ["trader", "/purchases", true],
  ["trader", "/purchases/7", false],
  ["trader", "/auctions/7", false],
] as const)("for a %s, %s: %s", (role, location, broad) => {
  expect(isBroad(role, location)).toBe(broad);
});
