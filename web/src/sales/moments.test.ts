/** Moments as a form types them and as the wire tells them. */
import { expect, test } from "vitest";
import { dayBegins, instantOf, localOf } from "./moments";

test("moments of a form are instants of the wire in the viewer's zone", () => {
  const noon = new Date(2026, 2, 15, 12, 0);
  expect(localOf(noon)).toBe("2026-03-15T12:00");
  expect(instantOf("2026-03-15T12:00")).toBe(noon.toISOString().replace(".000Z", "Z"));
  expect(instantOf("")).toBeNull();
  expect(dayBegins("2026-03-15", 1)).toBe(new Date(2026, 2, 16).toISOString().replace(".000Z", "Z"));
  expect(dayBegins("soon")).toBeUndefined();
});
