// What a notice says, where it leads, and what stands in the corner when many come at once.
import { describe, expect, test } from "vitest";
import "../language";
import { formatTime } from "../desk/times";
import { byDay } from "./days";
import { PLACES, place, SMALL_PLACES, type Standing } from "./shelf";
import { detailOf, headingOf, heard, isBad, leadOf, madeOld, sentenceOf, type Told } from "./told";

const AT = "2023-12-12T15:31:00Z";
const told = (kind: Told["kind"], params: Told["params"]): Told => ({ key: "k", kind, at: AT, params });
const said = (notice: Told) =>
  sentenceOf(notice, "fr", (at) => formatTime(at, "date", "fr")).replace(/\s/g, " ");

describe("what a notice says", () => {
  test("the numbers of both sides, not the bare ones (§5.1.3)", () => {
    const params = {
      auction: 7,
      number: 53,
      display_number: "45-53",
      lot: 702,
      lot_display_number: "45-702",
    };
    const won = told("lot_won", { ...params, amount: "20900.00" });
    expect(headingOf(won)).toBe("Enchère 45-53");
    expect(said(won)).toBe("Lot 45-702 remporté : 20 900 €.");
  });
  test("a live frame of an auction says the same as its notice in the list", () => {
    const live = heard({
      type: "notice",
      id: "lot_result-7-12-d",
      kind: "lot_result",
      at: AT,
      auction: 7,
      number: 53,
      lot: 702,
      outcome: "no_bids",
    });
    expect(headingOf(live)).toBe("Enchère 53");
    expect(said(live)).toBe("Lot 702 : pas vendu, aucune offre.");
    expect(isBad(live)).toBe(true);
  });
  test.each<[Told, string, string, string]>([
    [
      told("order_placed", {
        offer_id: 3,
        number: "45-9",
        order_id: 4,
        order_number: "45-2",
        amount: "900.50",
        entity: "E",
      }),
      "Commande 45-2",
      "La commande est passée : 900,50 €.",
      "E",
    ],
    [
      told("vehicle_available", {
        vehicle_id: 5,
        vehicle: "RENAULT CLIO",
        plate: "AB-123-CD",
        site: "Nord",
        city: "Lyon",
      }),
      "RENAULT CLIO · AB-123-CD",
      "Votre véhicule est disponible.",
      "Nord · Lyon",
    ],
    [
      told("lot_not_won", {
        auction: 7,
        display_number: "45-7",
        lot_display_number: "45-12",
        outcome: "won",
      }),
      "Enchère 45-7",
      "Lot 45-12 : vous ne l’avez pas remporté.",
      "",
    ],
    [
      told("lot_not_won", { auction: 7, display_number: "45-7", lot: 12, outcome: "reserve_not_reached" }),
      "Enchère 45-7",
      "Lot 12 : pas vendu, réserve non atteinte.",
      "",
    ],
    [told("delivery_scheduled", { delivery_date: "2023-12-15" }), "", "Livraison prévue le 15/12/2023.", ""],
    [
      told("connection_activated", { trader_id: 2, trader: "AUTO 71", entity: "E" }),
      "AUTO 71",
      "Connexion acceptée : ce professionnel peut être invité.",
      "E",
    ],
    [
      told("offer_abandoned", { offer_id: 3, number: "45-9", reason: null }),
      "Offre 45-9",
      "L’offre est abandonnée.",
      "",
    ],
  ])("%#", (notice, heading, sentence, detail) => {
    expect([headingOf(notice), said(notice), detailOf(notice)]).toEqual([heading, sentence, detail]);
  });
});

describe("where it leads", () => {
  test.each<[Told, string | undefined, string | undefined]>([
    [told("lot_won", { auction: 7 }), "/auctions/7", "/auctions/7"],
    [told("order_placed", { offer_id: 3, vehicle_id: 5 }), "/offers/3", "/purchases/3"],
    [told("too_long_in_stock", { vehicle_id: 5 }), "/vehicles/5", undefined],
    [told("connection_activated", { trader_id: 2 }), "/traders/2", undefined],
    [told("auction_uninvited", { auction: 7 }), undefined, undefined],
  ])("%#", (notice, dealers, traders) => {
    expect([leadOf(notice, "dealer")?.path, leadOf(notice, "trader")?.path]).toEqual([dealers, traders]);
  });
  test("and what it makes old is read anew", () => {
    expect(madeOld(told("order_placed", {}))).toEqual(
      expect.arrayContaining([["notifications"], ["offers"], ["purchases"], ["deliveries"]]),
    );
  });
});

describe("what stands in the corner", () => {
  const plain = (id: string): Standing => ({ id, bad: false });
  const full = Array.from({ length: PLACES }, (_, at) => plain(`${at}`));
  test("no more than its places", () => {
    expect(place(full, plain("next"))).toEqual({ standing: full, shown: false });
  });
  test("bad news takes the place of the oldest that is not", () => {
    const placed = place(full, { id: "bad", bad: true });
    expect([placed.shown, placed.gone, placed.standing.length]).toEqual([true, "0", PLACES]);
  });
  test("bad news does not push bad news out", () => {
    const bad = full.map((one) => ({ ...one, bad: true }));
    expect(place(bad, { id: "next", bad: true }).shown).toBe(false);
  });
  test.each([
    [false, false, true],
    [false, true, true],
    [true, true, true],
    [true, false, false],
  ])("in one place (bad: %s) the next (bad: %s) stands: %s", (before, after, shown) => {
    const placed = place([{ id: "0", bad: before }], { id: "next", bad: after }, SMALL_PLACES);
    expect(placed.standing.map(({ id }) => id)).toEqual([shown ? "next" : "0"]);
    expect([placed.shown, placed.gone]).toEqual([shown, shown ? "0" : undefined]);
  });
  test("what stands already stays in its place", () => {
    expect(place(full, plain("1"))).toEqual({ standing: full, shown: true });
  });
});

test("days are the viewer's, in the order of what is told", () => {
  const days = byDay([
    { at: "2023-12-12T12:00:00Z" },
    { at: "2023-12-12T11:00:00Z" },
    { at: "2023-12-10T12:00:00Z" },
  ]);
  expect(days.map(([day, items]) => [day, items.length])).toEqual([
    ["2023-12-12", 2],
    ["2023-12-10", 1],
  ]);
});
