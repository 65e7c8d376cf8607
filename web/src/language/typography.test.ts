/** French marks stand after a narrow no-break space, so that no line begins with one; in all words, wherever they live. */
import { expect, test } from "vitest";

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
