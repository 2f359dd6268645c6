// How the window is built: no inlined assets, no inline script or style, no address of a remote host in the output.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Svelte's production errors are links to its web site. The page may hold no remote address at all, so that a plain
 * search of the build proves the promise; the code of the error behind the link is kept.
 */
const withoutLinks: Plugin = {
  name: "without-links",
  renderChunk: (code) => code.replaceAll("https://svelte.dev/e/", "svelte: "),
};

export default defineConfig({
  plugins: [svelte(), withoutLinks],
  clearScreen: false,
  build: {
    target: "safari16",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: { port: 4870, strictPort: true },
  preview: { port: 4871, strictPort: true },
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", include: ["src/**/*.test.ts", "tests/*.test.ts"] },
});
