/** §2.1: the fields of a company as forms hold them, and the check of its SIRET. */
/** A company as it is typed: SIRET with its check, what has changed, nothing sent that has not. */
import { expect, test } from "vitest";
import { changesOf, companyWith, formatSiret, isSiret, NO_COMPANY, refilled, siretOf } from "./company";

test("a SIRET has 14 digits that pass their check, however it is written (§2.1)", () => {
  expect(isSiret(siretOf("732 829 320 00074"))).toBe(true);
  expect(isSiret(siretOf("732\u202f829\u202f320.00074"))).toBe(true);
  expect(isSiret("73282932000075")).toBe(false);
  expect(isSiret("7328293200007")).toBe(false);
  expect(isSiret("00000000000000")).toBe(false);
  expect(isSiret("")).toBe(false);
});

test("La Poste's SIRETs pass a check of their own", () => {
  expect(isSiret("35600000000048")).toBe(true);
  expect(isSiret("35600000049837")).toBe(true);
  expect(isSiret("35600000049838")).toBe(false);
});

test("a SIRET is printed in groups", () => {
  expect(formatSiret("73282932000074")).toBe("732\u202f829\u202f320\u202f00074");
  expect(formatSiret("7328")).toBe("7328");
});

test("what is known fills the form in, and what is no field of a company does not", () => {
  expect(companyWith({ legal_name: "Auto 71", phone: "", colour: "red" })).toEqual({
    ...NO_COMPANY,
    legal_name: "Auto 71",
  });
});

test("only what differs is sent, and never the SIRET", () => {
  const before = companyWith({ legal_name: "Auto 71", phone: "0385" });
  expect(changesOf(before, { ...before, phone: " 0386 ", siret: "1", city: " " })).toEqual({ phone: "0386" });
});

test("a search fills the form in around what was typed, and its next one replaces only itself", () => {
  const typed = { ...NO_COMPANY, phone: "0450", siret: "1" };
  const first = companyWith({ legal_name: "Auto 71", city: "Gex", siret: "73282932000074" });
  const after = refilled(typed, NO_COMPANY, first);
  expect(after).toEqual({ ...first, phone: "0450" });
  const unknown = companyWith({ siret: "35600000000048" });
  expect(refilled({ ...after, city: "Nantua" }, first, unknown)).toEqual({
    ...unknown,
    phone: "0450",
    city: "Nantua",
  });
});
