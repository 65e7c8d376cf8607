/**
 * How the pages are built: every address relative, so that they work behind any path prefix.
 * The served page carries `<base href>`; the server writes into it the way back to the root of the pages.
 * In development the page is always served from the root, and `/api` and `/live` are the local server's.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { withinBudget } from "./budget.ts";

const HOUSE = process.env.ADJUGE_URL ?? "http://127.0.0.1:8000";

/**
 * Mantine's ScrollArea, which every dialog brings with it, takes one hook of the library that places menus and choices:
 * 12 kB, compressed, that the first view would load for it. It gets that hook from here; lazy parts load the library.
 */
const mergeRefs: Plugin = {
  name: "scroll-areas-without-floating-ui",
  enforce: "pre",
  resolveId: (asked, importer) =>
    asked === "@floating-ui/react" && importer?.includes("/ScrollArea/")
      ? fileURLToPath(new URL("src/desk/merge-refs.ts", import.meta.url))
      : undefined,
};

/** Without the filter that finds as one types: the library of choices comes with it. */
const OF_EVERY_PAGE =
  /\/web\/src\/(money|address|wire\/http|desk\/(me|pieces|times|say|table-file|form\/refusal|table\/(?!FoundFilter)\w+))\.tsx?$/;

export default defineConfig({
  base: "./",
  plugins: [
    react(),
    withinBudget(),
    mergeRefs,
    {
      name: "base-at-the-root-in-development",
      apply: "serve",
      transformIndexHtml: (html) => html.replace('<base href="./"', '<base href="/"'),
    },
  ],
  build: {
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What every page has of the house stays one file: left alone, it falls apart by who else imports what.
        codeSplitting: { groups: [{ name: "house", test: OF_EVERY_PAGE }] },
      },
    },
  },
  server: { proxy: { "/api": HOUSE, "/live": { target: HOUSE, ws: true } } },
  test: {
    environment: "happy-dom",
    // Each file has a context of its own, as by default, but no process: that would read every module anew. One worker
    // alone would have all files share a context (vitest 4 gives it them at once).
    pool: "vmForks",
    maxWorkers: 2,
    // Nothing is proven by how long a page takes on a machine that does other things besides: 5 s were too few of them.
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
    setupFiles: ["src/proof.setup.ts"],
    restoreMocks: true,
  },
});
