// The lists behind the tiles of the home page.
import { describe, expect, test } from "vitest";
import { dayOf } from "../notices/days";
import { listAddress, longStock, weekOf } from "./tiles";

test("a tile leads to the list that it counts", () => {
  expect(listAddress("/offers", { origin: "auction", status: "in_progress", entity: undefined })).toBe(
    "/offers?origin=auction&status=in_progress",
  );
  expect(listAddress("/vehicles", {})).toBe("/vehicles");
});

test.each([
  [new Date(2023, 11, 11, 0, 0), new Date(2023, 11, 11), new Date(2023, 11, 18)],
  [new Date(2023, 11, 17, 23, 59), new Date(2023, 11, 11), new Date(2023, 11, 18)],
  [new Date(2023, 11, 31, 12, 0), new Date(2023, 11, 25), new Date(2024, 0, 1)],
])("the week of %s begins on its Monday", (now, from, to) => {
  const week = weekOf(now);
  const { instants, days } = week;
  expect([Date.parse(instants.from), Date.parse(instants.to)]).toEqual([from.getTime(), to.getTime()]);
  expect(instants.from).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(days.from).toBe(dayOf(from.toISOString()));
  expect(new Date(`${days.to}T00:00:00`).getDay()).toBe(0);
});

describe("vehicles in stock for too long (§4.2)", () => {
  test("one question where all entities have the same target", () => {
    expect(longStock([1, 2].map((entity) => ({ entity, days: 90 })))).toEqual([
      { entity: undefined, days: 91 },
    ]);
  });
  test("one each where they have not, none for who has no target", () => {
    const targets = [
      { entity: 1, days: 90 },
      { entity: 2, days: 60 },
      { entity: 3, days: null },
    ];
    expect(longStock(targets)).toEqual([
      { entity: 1, days: 91 },
      { entity: 2, days: 61 },
    ]);
  });
  test("the same targets are still asked apart if somebody has none", () => {
    const targets = [
      { entity: 1, days: 90 },
      { entity: 2, days: null },
    ];
    expect(longStock(targets)).toEqual([{ entity: 1, days: 91 }]);
  });
});
