/**
 * What the pages may weigh, in numbers with their reasons; a build that spends more fails and says where. Sizes are
 * compressed as the server sends them (gzip), in bytes of 1000 to the kB. Only what is weighed is here, never what it does.
 */
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

export const BUDGET = {
  /** A trader's first view over a telephone's 400 kbit/s in four seconds: the promise of the design. */
  first_view_script: 200_000,
  /** Styles hold back the first paint: half a second of the same line. */
  first_view_style: 25_000,
  /** Each file is a round trip before HTTP/2 has warmed up; also tells of chunks that fell apart by chance. */
  first_view_files: 16,
  /** What one click may load more: under three seconds of the same line. */
  part_script: 130_000,
  part_style: 20_000,
} as const;

/** One file as it is built: what comes with it at once, and the parts that it may ask for later. */
export interface Built {
  bytes: number;
  loads: string[];
  opens: string[];
  kind: "first" | "part" | "shared";
}

type Files = ReadonlyMap<string, Built>;

/** The file and all that comes with it. */
function together(files: Files, file: string): Set<string> {
  const found = new Set<string>();
  const ask = [file];
  for (let next = ask.pop(); next !== undefined; next = ask.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    ask.push(...(files.get(next)?.loads ?? []));
  }
  return found;
}

/** What is on the screen's side already, from wherever that part is asked for. */
function before(files: Files, part: string): Set<string> {
  const openers = [...files.keys()]
    .filter((file) => files.get(file)?.kind !== "shared")
    .map((file) => together(files, file))
    .filter((found) => [...found].some((file) => files.get(file)?.opens.includes(part)));
  return new Set([...(openers[0] ?? [])].filter((file) => openers.every((found) => found.has(file))));
}

const isStyle = (file: string) => file.endsWith(".css");

/** What weighs more than it may, one sentence each; none: the build is within its budget. */
export function overspent(files: Files): string[] {
  const said: string[] = [];
  const weigh = (what: string, found: string[], script: number, style: number) => {
    for (const [kind, limit] of [["script", script] as const, ["style", style] as const]) {
      const bytes = found
        .filter((file) => isStyle(file) === (kind === "style"))
        .reduce((sum, file) => sum + (files.get(file)?.bytes ?? 0), 0);
      if (bytes > limit) said.push(`the ${kind} of ${what}: ${bytes} bytes compressed, of ${limit}`);
    }
  };
  const firsts = [...files.keys()].filter((file) => files.get(file)?.kind === "first");
  const first = new Set(firsts.flatMap((file) => [...together(files, file)]));
  weigh("the first view", [...first], BUDGET.first_view_script, BUDGET.first_view_style);
  if (first.size > BUDGET.first_view_files)
    said.push(`the files of the first view: ${first.size}, of ${BUDGET.first_view_files}`);
  for (const [file, { kind }] of files) {
    if (kind !== "part") continue;
    const there = new Set([...first, ...before(files, file)]);
    const more = [...together(files, file)].filter((one) => !there.has(one));
    weigh(file, more, BUDGET.part_script, BUDGET.part_style);
  }
  return said;
}

function builtChunk(chunk: Rolldown.OutputChunk): Built {
  return {
    bytes: compressed(chunk.code),
    loads: [...chunk.imports, ...(chunk.viteMetadata?.importedCss ?? [])],
    opens: chunk.dynamicImports,
    kind: chunk.isEntry ? "first" : chunk.isDynamicEntry ? "part" : "shared",
  };
}

const compressed = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length;

/** Fails the build that is over its budget. */
export function withinBudget(): Plugin {
  return {
    name: "within-budget",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = new Map<string, Built>();
      for (const [file, output] of Object.entries(bundle))
        if (output.type === "chunk") files.set(file, builtChunk(output));
        else if (isStyle(file))
          files.set(file, {
            bytes: compressed(output.source),
            loads: [],
            opens: [],
            kind: "shared",
          });
      const said = overspent(files);
      if (said.length > 0) this.error(`over the budget of web/budget.ts:\n${said.join("\n")}`);
    },
  };
}
