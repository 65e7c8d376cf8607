/** Every table exports: a page that draws one draws the way to its file beside it. Reads the sources, not the screen. */
import { expect, test } from "vitest";

const SOURCES = import.meta.glob<string>(["../../**/*.tsx", "!../../**/*.test.tsx", "!./DataTable.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
/** What saves a file: our two, what is named after them, the stock's own, or a file written on the spot. */
const EXPORTS = /<(\w*File|Export)(?=[\s/<>])|\bsaveTable\(/g;
const OURS = new Set(["ListFile", "RowsFile", "Export"]);

/** The components that bear the name of a file, and truly draw one. */
const FILES = new Set(
  Object.values(SOURCES)
    .flatMap((source) => source.split(/^(?=(?:export )?function )/m))
    .filter((part) => /<(List|Rows)File(?=[\s/<>])/.test(part))
    .flatMap((part) => /^(?:export )?function (\w+File)\b/.exec(part)?.[1] ?? []),
);

const exportsOf = (source: string) =>
  [...source.matchAll(EXPORTS)].filter(([, name]) => name === undefined || OURS.has(name) || FILES.has(name));
const tablesOf = (source: string) => source.match(/<(DataTable|table)\b/g) ?? [];
const pages = Object.entries(SOURCES).filter(([, source]) => tablesOf(source).length > 0);

test("the tables of the product are found", () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(FILES.size).toBeGreaterThan(15);
});

test.each(pages)("%s: each table has its file", (_path, source) => {
  expect(exportsOf(source).length).toBeGreaterThanOrEqual(tablesOf(source).length);
});
