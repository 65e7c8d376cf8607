/**
 * How the pages are built: every address relative, so that they work behind any path prefix.
 * The served page carries `<base href>`; the server writes into it the way back to the root of the pages.
 * In development the page is always served from the root, and `/api` and `/live` are the local server's.
 */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const HOUSE = process.env.ADJUGE_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "./",
  plugins: [
    react(),
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
  },
  server: { proxy: { "/api": HOUSE, "/live": { target: HOUSE, ws: true } } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/proof.setup.ts"],
    restoreMocks: true,
  },
});
