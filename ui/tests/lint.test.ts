// The rules that hold the layers apart do hold them apart: each is shown a line that it must refuse.
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const eslint = new ESLint();

async function refused(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

describe("what lint refuses", () => {
  const check = (file: string, code: string, rule: string) => {
    it(`${file}: ${code}`, async () => {
      expect(await refused(file, code)).toContain(rule);
    }, 30_000);
  };
  check("src/state/x.ts", 'import { invoke } from "@tauri-apps/api/core"; invoke("x");', "no-restricted-imports");
  check("src/screens/x.ts", 'import { host } from "../host/tauri"; host;', "no-restricted-imports");
  check("src/parts/x.ts", 'import { app } from "../state/app.svelte"; app;', "no-restricted-imports");
  check("src/parts/x.ts", 'import { en } from "../words/en"; en;', "no-restricted-imports");
  check("src/state/x.ts", 'import { a } from "../screens/kinds"; a;', "no-restricted-imports");
  check("src/words/x.ts", 'import { a } from "../state/state"; a;', "no-restricted-imports");
  check("src/host/x.ts", 'import { a } from "../words/words"; a;', "no-restricted-imports");
  check("src/parts/x.ts", 'document.body.innerHTML = "x";', "no-restricted-properties");
  check("src/parts/x.ts", 'eval("x");', "no-eval");
  check("src/parts/x.ts", 'void fetch("x");', "no-restricted-globals");
  check("src/parts/x.ts", 'localStorage.setItem("a", "b");', "no-restricted-globals");
  check("src/parts/x.svelte", '<p style="color: red">x</p>', "no-restricted-syntax");
  check("src/parts/x.svelte", '<script lang="ts">let a = "x";</script>{@html a}', "svelte/no-at-html-tags");
});

it("what is allowed is allowed", async () => {
  expect(await refused("src/state/x.ts", 'import type { Host } from "../host/host"; export type H = Host;')).toEqual(
    [],
  );
  expect(await refused("src/screens/x.ts", 'import { app } from "../state/app.svelte"; void app;')).toEqual([]);
}, 30_000);
