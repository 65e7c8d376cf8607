/**
 * French marks stand after a narrow no-break space, so that no line begins with one; in all words, wherever they live. And
 * the English words are English: their quotes, their units, what they call a tax.
 */
import { expect, test } from "vitest";
import { catalogueWord } from "./catalogue";

const ROOMS = import.meta.glob<Record<string, unknown>>(["../**/*.fr.ts", "./fr.ts"], { eager: true });
/** A mark after a plain or a wide no-break space; a guillemet before one; a percentage or an amount torn from its sign. */
const TORN = /[ \u00a0][:;?!»]|«[ \u00a0]|[\d}][ \u00a0][%€]/;
/** A mark after no space at all; the hours' `12:30` and what is filled in have no place for one. */
const BARE = /[\p{L}\d}»)][:;?!»](?=\s|$)|«(?!\u202f)/u;

function* sentences(words: unknown, path: string): Generator<[string, string]> {
  if (typeof words === "string") yield [path, words];
  else if (typeof words === "object" && words !== null)
    for (const [name, inner] of Object.entries(words)) yield* sentences(inner, `${path}.${name}`);
}

test.each([TORN, BARE])("no French sentence holds %s", (wrong) => {
  const said = Object.entries(ROOMS).flatMap(([file, words]) => [...sentences(words, file)]);
  expect(said.length).toBeGreaterThan(1_000);
  expect(said.filter(([, sentence]) => wrong.test(sentence))).toEqual([]);
});

const ENGLISH = import.meta.glob<Record<string, unknown>>(["../**/*.en.ts", "./en.ts"], { eager: true });
/** French for excluding and including VAT and for horsepower, guillemets, typewriter's quotes, a figure's sign after it. */
const FRENCH = /(?<!\{)\b(HT|TTC|TVA|ch)\b|[«»]|"|\w'\w|\d €|}} €| [:;?!](?=\s|$)/;

test("no English sentence is written the French way", () => {
  const said = Object.entries(ENGLISH).flatMap(([file, words]) => [...sentences(words, file)]);
  expect(said.length).toBeGreaterThan(1_000);
  expect(said.filter(([, sentence]) => FRENCH.test(sentence))).toEqual([]);
});

test("what a card says in French is read in English, where it is known", () => {
  expect(
    ["Essence", "Manuelle", "Citadine", "Reprise client"].map((one) => catalogueWord(one, "en")),
  ).toEqual(["Petrol", "Manual", "City car", "Part exchange"]);
  expect(catalogueWord("Gris platine nacré", "en")).toBe("Gris platine nacré");
  expect(catalogueWord("Essence", "fr")).toBe("Essence");
});
