/**
 * Turns one JSON schema (standard input) into one file of TypeScript types (its path is the argument).
 * Called by scripts/wire.py, which says what the schema is made of. Nothing here knows a type by name.
 */
import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { compile } from "json-schema-to-typescript";

const HEADER = `/**
 * Written by \`make wire\` from the server's own types (scripts/wire.py): never by hand.
 */`;

/** What the library says of each type's origin, which says nothing here. */
const REFERENCED =
  /( \*\n)? \* This interface was referenced by `\w+`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g;

const [, , path] = process.argv;
const schema = JSON.parse(await text(process.stdin));

const types = await compile(schema, schema.title, {
  additionalProperties: false,
  bannerComment: HEADER,
  ignoreMinAndMaxItems: true,
  style: { printWidth: 110 },
  unreachableDefinitions: true,
});
await writeFile(path, types.replaceAll(REFERENCED, ""));
