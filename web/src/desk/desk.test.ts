// Times left and added in words (§5.5.5), dates in the reader's language, and tables as files.
import { afterEach, describe, expect, test, vi } from "vitest";
import { fr } from "../language/fr";
import { tableText } from "./table-file";
import { formatLeft, formatLength, formatTime } from "./times";

const MINUTE_MS = 60_000;

describe("what is left", () => {
  test.each([
    [52 * 60 * MINUTE_MS, "2 j 4 h"],
    [(4 * 60 + 32) * MINUTE_MS, "4 h 32"],
    [12 * MINUTE_MS + 37_000, "12:37"],
    [157_000, "2:37"],
    [156_001, "2:37"],
    [4_000, "0:04"],
    [1, "0:01"],
    [0, "0:00"],
    [-5000, "0:00"],
  ])("%i ms is %s", (left_ms, text) => {
    expect(formatLeft(left_ms, fr.time)).toBe(text);
  });
});

test.each([
  [180_000, "3 min"],
  [45_000, "45 s"],
  [90 * MINUTE_MS, "1 h 30 min"],
  [0, "0 s"],
])("%i ms long is %s", (length_ms, text) => {
  expect(formatLength(length_ms, fr.time)).toBe(text);
});

test("a plain date is the same day in every zone", () => {
  expect(formatTime("2007-04-10", "date", "fr")).toBe("10/04/2007");
  expect(formatTime("2007-04-10", "date", "en")).toBe("10/04/2007");
  expect(formatTime("unreadable", "date", "fr")).toBe("unreadable");
});

test("a day with its clock bears its year when that is not this year", () => {
  const at = (year: number) => new Date(year, 10, 23, 9, 5).toISOString();
  const year = new Date().getFullYear();
  expect(formatTime(at(year), "dayClock", "fr")).toBe("23 nov., 09:05");
  expect(formatTime(at(2019), "dayClock", "fr")).toContain("nov. 2019");
  expect(formatTime(at(2019), "dayClock", "en")).toContain("Nov 2019");
});

describe("a table as a file", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("writes instants in the reader's zone, and leaves dates as they are", () => {
    vi.stubEnv("TZ", "Europe/Paris");
    expect(tableText([["2026-11-22T23:30:00.250Z", "2026-11-22", "T 2026-11-22T23:30:00Z"]], "en")).toBe(
      "2026-11-23 00:30,2026-11-22,T 2026-11-22T23:30:00Z\r\n",
    );
  });

  test("opens as it should in the reader's language", () => {
    expect(
      tableText(
        [
          ["Lot", "Prix"],
          [65, "20900.00"],
        ],
        "fr",
      ),
    ).toBe("Lot;Prix\r\n65;20900,00\r\n");
    expect(
      tableText(
        [
          ["Lot", "Price"],
          [65, "20900.00"],
        ],
        "en",
      ),
    ).toBe("Lot,Price\r\n65,20900.00\r\n");
  });

  test("quotes what would break it, and disarms formulas but not negative amounts", () => {
    expect(tableText([['a;"b', null, "=1+1", "-12.30"]], "fr")).toBe('"a;""b";;\'=1+1;-12,30\r\n');
  });
});
