// A browser for the tests of the window: Debian's Chromium, no network of its own, every page watched for errors.
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { PORT } from "./serve";

export type Size = readonly [number, number];

export interface Look {
  state?: string;
  lang?: "fr" | "en";
  theme?: "light" | "dark";
  size?: Size;
}

export const RESULTS = new URL("../../test-results/", import.meta.url).pathname;

export class Browser {
  /** What pages complained about: exceptions, console errors, refusals by the policy. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Browser> {
    mkdirSync(RESULTS, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), "portolan-window-"));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      headless: true,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    context.setDefaultTimeout(20_000);
    return new Browser(context, folder);
  }

  async open({ state = "sample", lang = "fr", theme = "light", size = [1280, 800] }: Look): Promise<Page> {
    const page = await this.context.newPage();
    page.on("pageerror", (error) => this.complaints.push(`${state}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        this.complaints.push(`${state}: ${message.text()}`);
    });
    await page.setViewportSize({ width: size[0], height: size[1] });
    await page.goto(`http://127.0.0.1:${String(PORT)}/?state=${state}&lang=${lang}&theme=${theme}`);
    await page.locator(".window").waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
