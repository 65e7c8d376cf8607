// Amounts on the wire, on the screen in both languages, and as people type them (§5.2.2). Never a float.
import { describe, expect, test } from "vitest";
import { amountOf, centsOf, formatAmount, formatShort, parseAmount } from "./money";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  test.each([
    ["20900.00", 2090000],
    ["0.00", 0],
    ["0.07", 7],
    ["-12.30", -1230],
    ["100000000.00", 10_000_000_000],
  ])("%s on the wire is %i cents, and back", (amount, cents) => {
    expect(centsOf(amount)).toBe(cents);
    expect(amountOf(cents)).toBe(amount);
  });

  test.each(["", "12,30", "1e3", "12.345", "NaN", "--1"])("%j is no amount of the wire", (amount) => {
    expect(() => centsOf(amount)).toThrow(RangeError);
  });

  test("is written as the reader's trade writes it", () => {
    expect(plain(formatAmount("20900.00", "fr"))).toBe("20 900,00 €");
    expect(plain(formatAmount("20900.00", "en"))).toBe("€20,900.00");
    expect(plain(formatAmount("-472.85", "fr"))).toBe("-472,85 €");
    expect(plain(formatAmount("99999999.99", "fr"))).toBe("99 999 999,99 €");
  });

  test("leaves whole euros alone on buttons", () => {
    expect(plain(formatShort("21000.00", "fr"))).toBe("21 000 €");
    expect(plain(formatShort("20593.63", "fr"))).toBe("20 593,63 €");
    expect(plain(formatShort("21000.00", "en"))).toBe("€21,000");
  });

  test.each([
    ["21500", 2150000],
    ["21 500,00 €", 2150000],
    ["21\u202f500,5", 2150050],
    ["21.500", 2150000],
    ["21,500", 2150000],
    ["€21,500.25", 2150025],
    ["1.234.567,89", 123456789],
    ["0,01", 1],
    ["20593.63", 2059363],
    ["21500 EUR", 2150000],
  ])("%j typed is %i cents", (typed, cents) => {
    expect(parseAmount(typed)).toBe(cents);
  });

  test.each([
    "",
    "0",
    "0,00",
    "-5",
    "abc",
    "12,3456",
    "0,001",
    "0.500",
    "012,500",
    "1,23,456",
    "1.234,567,89",
    "100000001",
    "1e5",
    "12.",
    ",5",
  ])("%j typed is refused", (typed) => {
    expect(parseAmount(typed)).toBeNull();
  });
});
