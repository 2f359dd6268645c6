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
  /** How many milliseconds answers take, such as `0..400`. */
  lag?: string | undefined;
}

export const RESULTS = new URL("../../test-results/", import.meta.url).pathname;

/** How slow the machine is made: how long answers take (such as `0..400`), by which seed, how many times slower it draws. */
const { PORTOLAN_LAG: LAG, PORTOLAN_SEED: SEED = "1", PORTOLAN_SLOW: SLOW } = process.env;

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
      timeout: 120_000,
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
    // Nothing waits for long that comes at all; on a busy machine it may come late.
    context.setDefaultTimeout(60_000);
    return new Browser(context, folder);
  }

  async open(look: Look): Promise<Page> {
    const { state = "sample", lang = "fr", theme = "light", size = [1280, 800], lag = LAG } = look;
    const page = await this.context.newPage();
    page.on("pageerror", (error) => this.complaints.push(`${state}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        this.complaints.push(`${state}: ${message.text()}`);
    });
    await page.setViewportSize({ width: size[0], height: size[1] });
    if (SLOW) {
      const session = await this.context.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: Number(SLOW) });
    }
    const late = lag ? `&lag=${lag}&seed=${SEED}` : "";
    await page.goto(`http://127.0.0.1:${String(PORT)}/?state=${state}&lang=${lang}&theme=${theme}${late}`);
    await page.locator(".window").waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
