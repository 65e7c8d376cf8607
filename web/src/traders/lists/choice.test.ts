/** §3.1: who is ticked on a mailing list, and whether anything has changed. */
import { expect, test } from "vitest";
import { differenceOf, found, isSame, tick, untick } from "./choice";

const TRADERS = [
  { id: 1, name: "Auto 71", city: "Mâcon" },
  { id: 2, name: "Négoce du Lac", city: "Annecy" },
  { id: 3, name: "Garage des Deux Rives", city: "Mâcon" },
];

const listed = (title: string, traders: number[], version = 1) => ({ title, traders, version });

test("a search finds names and cities without minding accents, capitals or order", () => {
  expect(found(TRADERS, "macon").map(({ id }) => id)).toEqual([1, 3]);
  expect(found(TRADERS, " MACON  rives ").map(({ id }) => id)).toEqual([3]);
  expect(found(TRADERS, "negoce")).toHaveLength(1);
  expect(found(TRADERS, "")).toHaveLength(3);
});

test("ticking twice is ticking once; unticking removes (§3.1)", () => {
  const some = tick(tick(listed("A", []), [1, 2]), [2, 3]);
  expect(some.traders).toEqual([1, 2, 3]);
  expect(untick(some, [2]).traders).toEqual([1, 3]);
});

test("two choices are the same in whatever order they were ticked", () => {
  expect(isSame(listed("A ", [2, 1]), listed("A", [1, 2]))).toBe(true);
  expect(isSame(listed("A", [1]), listed("A", [1, 2]))).toBe(false);
  expect(isSame(listed("A", [1, 3]), listed("A", [1, 2]))).toBe(false);
  expect(isSame(listed("B", [1]), listed("A", [1]))).toBe(false);
  expect(isSame(listed("A", [1], 1), listed("A", [1], 2))).toBe(true);
});

test("what a colleague's list has alone, and one's own", () => {
  expect(differenceOf(listed("A", [1, 2], 2), listed("A", [2, 3], 1))).toEqual({ theirs: [1], mine: [3] });
});
