import { describe, expect, it } from "vitest";
import { BUDGET, type Built, overspent } from "./budget";

const file = (bytes: number, more: Partial<Built> = {}): Built => ({
  bytes,
  loads: [],
  opens: [],
  kind: "shared",
  ...more,
});

const of = (files: Record<string, Built>) => overspent(new Map(Object.entries(files)));

describe("the budget", () => {
  it("counts everything that comes with the first view, once", () => {
    const half = BUDGET.first_view_script / 2;
    const files = {
      "index.js": file(half, { kind: "first", loads: ["a.js", "b.js"] }),
      "a.js": file(half - 1, { loads: ["b.js"] }),
      "b.js": file(1, { loads: ["a.js"] }),
    };
    expect(of(files)).toEqual([]);
    expect(of({ ...files, "b.js": file(2) })).toEqual([
      `the script of the first view: ${BUDGET.first_view_script + 1} bytes compressed, of ${BUDGET.first_view_script}`,
    ]);
  });

  it("counts of a part what the first view has not brought", () => {
    const files = {
      "index.js": file(90_000, { kind: "first", loads: ["a.js"] }),
      "a.js": file(90_000),
      "part.js": file(BUDGET.part_script, { kind: "part", loads: ["a.js"] }),
    };
    expect(of(files)).toEqual([]);
    expect(of({ ...files, "part.js": file(BUDGET.part_script + 1, { kind: "part" }) })).toHaveLength(1);
  });

  it("weighs styles apart, and counts files", () => {
    const heavy = {
      "index.js": file(1, { kind: "first", loads: ["a.css"] }),
      "a.css": file(BUDGET.first_view_style + 1),
    };
    expect(of(heavy)[0]).toContain("the style of the first view");
    const many = Array.from({ length: BUDGET.first_view_files }, (_, at) => `${at}.js`);
    const loads = { "index.js": file(1, { kind: "first", loads: many }) };
    expect(of(loads)[0]).toContain("the files of the first view");
  });

  it("does not count again what every page that asks for a part has brought", () => {
    const files = {
      "index.js": file(1, { kind: "first", opens: ["page.js"] }),
      "page.js": file(1, { kind: "part", loads: ["table.js"], opens: ["dialog.js"] }),
      "table.js": file(BUDGET.part_script - 1),
      "dialog.js": file(2, { kind: "part", loads: ["table.js"] }),
    };
    expect(of(files)).toEqual([]);
    expect(
      of({ ...files, "index.js": file(1, { kind: "first", opens: ["page.js", "dialog.js"] }) }),
    ).toHaveLength(1);
  });
});
