// The house rules that a machine can hold: imports go one way, only host/ talks to Rust, no text ever becomes markup.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "only src/host talks to Rust" };
const contract = {
  group: ["**/host/tauri*", "**/host/pretend/*"],
  message: "take the host from state/, so that the pretend one can stand in",
};

/** The folders that a folder may not lean on, from bottom to top: host, words, state, parts, screens. */
const above = {
  host: ["words", "state", "parts", "screens", "style"],
  words: ["state", "parts", "screens", "style"],
  parts: ["host", "state", "screens", "words"],
  state: ["parts", "screens", "style"],
  screens: [],
};

const markup = "text from an archive is never markup: use textContent";

export default ts.config(
  { ignores: ["dist", "dist-pretend", "test-results", "src/host/contract.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-undef": "off",
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "localStorage", "sessionStorage", "indexedDB"].map(
          (name) => ({ name, message: "nothing leaves, and nothing is kept by the page" }),
        ),
      ],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: markup },
        { property: "outerHTML", message: markup },
        { property: "insertAdjacentHTML", message: markup },
        { property: "srcdoc", message: markup },
        { object: "document", property: "write", message: markup },
        { object: "document", property: "writeln", message: markup },
        { object: "window", property: "open", message: "the window opens nothing" },
      ],
      "no-restricted-imports": ["error", { patterns: [tauri, contract] }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "svelte/no-at-html-tags": "error",
      // The policy refuses style attributes; `style:` directives go through the CSSOM, which it allows.
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "use style: or a class" },
      ],
      "svelte/require-each-key": "error",
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  ...Object.entries(above).map(([folder, folders]) => ({
    files: [`src/${folder}/**`],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            ...(folder === "host" ? [] : [tauri]),
            ...(folder === "state" || folder === "host" ? [] : [contract]),
            ...folders.map((name) => ({
              group: [`../${name}/*`, `../../${name}/*`, `../${name}`, `../../${name}`],
              message: `${folder}/ does not know ${name}/`,
            })),
          ],
        },
      ],
    },
  })),
  {
    files: ["tests/**", "*.config.*"],
    languageOptions: { globals: { ...globals.node } },
    rules: { "no-restricted-imports": "off" },
  },
);
