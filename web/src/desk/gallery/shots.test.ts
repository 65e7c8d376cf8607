// The gallery goes round, by a step or by a key.
import { expect, test } from "vitest";
import { led, turned } from "./shots";

test("photos are turned round and round", () => {
  expect(turned(0, -1, 3)).toBe(2);
  expect(turned(2, 1, 3)).toBe(0);
  expect(turned(0, 1, 0)).toBe(0);
});

test("arrows lead to the neighbours, Home and End to the ends, other keys nowhere", () => {
  expect(led("ArrowLeft", 0, 3)).toBe(2);
  expect(led("ArrowRight", 0, 3)).toBe(1);
  expect(led("Home", 2, 3)).toBe(0);
  expect(led("End", 0, 3)).toBe(2);
  expect(led("a", 0, 3)).toBeUndefined();
});
