// Rights as a form holds them, life lines as settings edit them, changes as the history tells them.
import { describe, expect, test } from "vitest";
import type { PresetRights, RecordedChange } from "../wire/generated/http";
import { changesOf, lotNumber, pathOf } from "./history/changes";
import { dayStart, queryOf } from "./history/query";
import { en } from "./history/words.en";
import { fr } from "./history/words.fr";
import { type Held, mayGive, mayGiveLevel, mayGivePreset, NOTHING, presetOf, turned } from "./rights";
import { codeOf, stepsOf } from "./settings/life-line";

const SELLER: PresetRights = { preset: "seller", rights: ["make_offers"], validate_trade_ins: "none" };
const PARK: PresetRights = {
  preset: "fleet_manager",
  rights: ["manage_mailing_lists", "manage_stock", "run_stock_auctions"],
  validate_trade_ins: "none",
};
const held = (rights: Held["rights"], level: Held["validate_trade_ins"] = "none"): Held => ({
  rights,
  validate_trade_ins: level,
});

describe("rights (§1.3)", () => {
  test("a job has exactly its rights, in any order", () => {
    const presets = [SELLER, PARK];
    expect(presetOf(held(["run_stock_auctions", "manage_stock", "manage_mailing_lists"]), presets)).toBe(
      "fleet_manager",
    );
    expect(presetOf(held(["make_offers", "manage_stock"]), presets)).toBeNull();
    expect(presetOf(held(["make_offers"], "own"), presets)).toBeNull();
  });
  test("a right is turned on in its place, and off", () => {
    const order: Held["rights"] = ["manage_stock", "make_offers"];
    const both = turned(held(["make_offers"]), "manage_stock", true, order);
    expect(both.rights).toEqual(order);
    expect(turned(both, "make_offers", false, order).rights).toEqual(["manage_stock"]);
  });
  test("nobody gives what it does not hold; what somebody has may be left", () => {
    expect(mayGive("manage_stock", NOTHING, NOTHING)).toBe(false);
    expect(mayGive("manage_stock", NOTHING, held(["manage_stock"]))).toBe(true);
    expect(mayGiveLevel("any", held([], "own"), NOTHING)).toBe(false);
    expect(mayGiveLevel("own", held([], "any"), NOTHING)).toBe(true);
    expect(mayGivePreset(PARK, held(["manage_stock"]), NOTHING)).toBe(false);
    expect(mayGivePreset(SELLER, held(["make_offers"]), NOTHING)).toBe(true);
  });
});

describe("a life line (§4.2)", () => {
  test("added statuses stand after the one that they follow; prices may be no step", () => {
    const line = {
      price_destination: false,
      added: [{ code: "check", label: "Contrôle", after: "physical_entry" as const }],
    };
    expect(stepsOf(line).map(({ standard, label }) => standard ?? label)).toEqual([
      "pre_arrival",
      "physical_entry",
      "Contrôle",
      "sales_stock",
      "delivery",
      "released",
    ]);
  });
  test.each([
    ["Contrôle technique", [], "controle_technique"],
    ["Contrôle technique", ["controle_technique"], "controle_technique_2"],
    ["Delivery", [], "delivery_2"],
    ["3 jours", [], "jours"],
    ["!", [], "status"],
  ])("the code of %s beside %j is %s", (label, taken, code) => {
    expect(codeOf(label, taken)).toBe(code);
  });
});

describe("the history", () => {
  const record = (subject: string, action: string, change: Record<string, unknown>): RecordedChange => ({
    id: 1,
    at: "2023-12-12T15:31:00Z",
    user: null,
    entity: null,
    subject,
    subject_id: 7,
    action,
    change,
  });
  test("tells before and after, and not what has not changed or says nothing", () => {
    const change = { name: ["A", "B"], phone: [null, ""], city: ["Lyon", "Lyon"], days_target: [null, 90] };
    expect(changesOf(record("site", "changed", change))).toEqual([
      { field: "name", before: "A", after: "B" },
      { field: "days_target", before: null, after: 90 },
    ]);
  });
  test("lists that are told whole are no before and after", () => {
    expect(changesOf(record("user", "joined", { sites: [3, 4], rights: [[], ["make_offers"]] }))).toEqual([
      { field: "sites", before: null, after: [3, 4] },
      { field: "rights", before: [], after: ["make_offers"] },
    ]);
  });
  test("the number of a lot is written as its group writes them", () => {
    const [lot] = changesOf(record("auction", "sale_cancelled", { lot: [82, 82] }));
    expect(lot).toEqual({ field: "lot", before: null, after: 82, beside: { subject: "auction", id: 7 } });
    expect(lotNumber(82, "VAL-17")).toBe("VAL-82");
    expect(lotNumber(82, "17")).toBe("82");
  });
  test("ids of files say nothing to people", () => {
    expect(changesOf(record("vehicle", "photo_added", { photo: [null, 12] }))).toEqual([]);
    expect(changesOf(record("vehicle", "file_added", { certificate: [null, 12] }))).toEqual([]);
  });
  test("an offer's number stands in its heading already, an invoice's does not", () => {
    expect(changesOf(record("offer", "made", { number: [null, 12] }))).toEqual([]);
    expect(changesOf(record("invoice", "declared", { number: [null, "F-1"] }))).toHaveLength(1);
  });
  test.each([
    ["vehicle", {}, "/vehicles/7"],
    ["connection", { trader: [null, 3] }, "/traders/3"],
    ["connection", { trader: [3, null] }, "/traders/3"],
    ["site", {}, "/settings/sites"],
    ["api_token", {}, null],
  ])("a %s with %j leads to %s", (subject, change, path) => {
    expect(pathOf(record(subject, "changed", change))).toBe(path);
  });
  test("days are the viewer's, the last one whole", () => {
    expect(Date.parse(dayStart("2023-12-12") ?? "")).toBe(new Date(2023, 11, 12).getTime());
    expect(Date.parse(dayStart("2023-12-31", 1) ?? "")).toBe(new Date(2024, 0, 1).getTime());
    expect(dayStart("yesterday")).toBeUndefined();
  });
  test("an id is asked for with its subject only", () => {
    const address = (query: Record<string, string>) => queryOf((name) => query[name] ?? "");
    expect(address({ id: "7" })).toEqual({});
    expect(address({ subject: "vehicle", id: "7", user: "2" })).toEqual({
      subject: "vehicle",
      id: 7,
      user: 2,
    });
  });
  test("every subject, action, field and code has its English", () => {
    for (const part of ["subjects", "actions", "fields", "codes"] as const)
      expect(Object.keys(en[part])).toEqual(Object.keys(fr[part]));
  });
});
