// Walks through every screen and state in both languages and both themes: no complaint, no axe violation, nothing cut
// off sideways; and a picture of each for people to look at, in test-results/.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, type Look, RESULTS } from "./browser";
import { screens } from "./screens";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
beforeAll(async () => {
  browser = await Browser.start();
});
afterAll(async () => {
  await browser.close();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({ resultTypes: ["violations"] });
  });
  return results.violations.map(
    (violation) =>
      `${violation.id}: ${violation.help}\n  ${violation.nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`)
        .join("\n  ")}`,
  );
}

/** Text that is cut off without an ellipsis, and boxes that scroll sideways though nobody meant them to. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("#window *")]
      .filter((element) => {
        const style = getComputedStyle(element);
        if (element.matches(".open")) return false; // the sea chart behind it is meant to be cut
        if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) return false;
        if (
          style.textOverflow === "ellipsis" ||
          style.clipPath !== "none" ||
          element.closest(".box, .unseen, .chart, svg")
        )
          return false;
        return style.overflowX === "hidden" || style.overflowX === "auto" || style.overflowX === "clip";
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className}: ${String(element.scrollWidth)} > ${String(element.clientWidth)}`,
      ),
  );

const looks: Look[] = [
  { lang: "fr", theme: "light", size: [1280, 800] },
  { lang: "en", theme: "dark", size: [1280, 800] },
  { lang: "fr", theme: "dark", size: [1024, 700] },
  { lang: "en", theme: "light", size: [1920, 1080] },
];

for (const look of looks) {
  const size = `${String(look.size?.[0])}x${String(look.size?.[1])}`;
  describe(`${String(look.lang)} ${String(look.theme)} ${size}`, () => {
    for (const screen of screens) {
      if (process.env["ONLY"] && !screen.name.includes(process.env["ONLY"])) continue;
      it(screen.name, async () => {
        browser.complaints.length = 0;
        const page = await browser.open({ ...look, state: screen.state });
        try {
          await screen.steps(page);
          await page.screenshot({
            path: `${RESULTS}${screen.name}-${String(look.lang)}-${String(look.theme)}-${size}.png`,
          });
          expect(await violations(page)).toEqual([]);
          expect(await overflowing(page)).toEqual([]);
          expect(browser.complaints).toEqual([]);
        } finally {
          await page.close();
        }
      });
    }
  });
}
