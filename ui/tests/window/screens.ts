// Every screen and state of the window, and how to get there by what a person does.
import type { Page } from "playwright-core";

export interface Screen {
  name: string;
  /** The state that the pretend host begins in. */
  state: string;
  steps: (page: Page) => Promise<void>;
}

const go =
  (place: number) =>
  async (page: Page): Promise<void> => {
    await page.locator("#places li").first().waitFor();
    await page.keyboard.press(`Control+${String(place)}`);
    await page.locator("#main h1").waitFor();
    await settled(page);
  };

/** Nothing was drawn for so long: longer than typing rests before it is asked about. */
const QUIET_MS = 250;

/**
 * Waits until what was asked for is drawn: no answer is on its way and the page has come to rest, however long that takes on
 * this machine.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    (quiet) =>
      new Promise<void>((done) => {
        let timer = setTimeout(finish, quiet);
        const watcher = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(finish, quiet);
        });
        watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        function finish(): void {
          // Each answer changes this number, and so begins the waiting anew.
          if (document.documentElement.dataset["asking"] !== "0") return;
          watcher.disconnect();
          done();
        }
      }),
    QUIET_MS,
  );
  await page.locator("main .waiting").first().waitFor({ state: "detached" });
}

async function search(page: Page, text: string): Promise<void> {
  await page.locator("#places").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(text);
  await settled(page);
}

async function openRow(page: Page, list: string, down: number): Promise<void> {
  await page.locator(`#${list}`).focus();
  for (let i = 0; i < down; i += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("#record .fields").waitFor();
  await settled(page);
}

async function request(page: Page, right: "rectification" | "erasure"): Promise<void> {
  await go(2)(page);
  await page.locator(".conflict .btn").nth(1).click();
  await page.locator(".conflict .btn").nth(3).click();
  await go(8)(page);
  await page.locator(".letter").first().waitFor();
  if (right === "erasure") {
    await page.locator("input[value=erasure]").check({ force: true });
    await page.locator(".ground select").first().selectOption("consent_withdrawn");
  } else {
    await page.locator(".item > input").first().fill("8 quai Valin, 17000 La Rochelle");
    await page.locator(".item > input").nth(1).fill("camille@atelier-aubepin.example");
  }
  await settled(page);
}

/** Says that the contacts are support requests. */
async function putRight(page: Page): Promise<void> {
  await go(7)(page);
  await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).click();
  await page.locator(".detail select").selectOption("ticket");
  await page.locator(".said .link").waitFor();
}

/** The file of an image, looked at from the list of files. */
const imageFile =
  (path: string) =>
  async (page: Page): Promise<void> => {
    await go(7)(page);
    await page.locator("#entries [role=row]", { hasText: path }).click();
    await settled(page);
  };

/** The record of an image. */
async function image(page: Page, path = "documents/signature.png"): Promise<void> {
  await imageFile(path)(page);
  await page.locator(".detail .buttons .btn").first().click();
  await openRow(page, "records", 1);
  await page.locator("#record canvas").waitFor();
}

export const screens: Screen[] = [
  { name: "file-image", state: "sample", steps: imageFile("documents/signature.png") },
  { name: "file-image-undrawn", state: "sample", steps: imageFile("documents/stand-du-salon.heic") },
  { name: "record-image", state: "sample", steps: image },
  { name: "record-image-long", state: "sample", steps: (page) => image(page, "documents/numérisation") },
  {
    name: "record-image-large",
    state: "sample",
    steps: async (page) => {
      await image(page);
      await page.locator("#record figure button").click();
      await page.locator("dialog canvas").waitFor();
    },
  },
  { name: "open", state: "closed", steps: settled },
  { name: "open-dragging", state: "dragging", steps: settled },
  { name: "open-trouble", state: "trouble", steps: settled },
  { name: "open-reading", state: "reading", steps: settled },
  {
    name: "open-reading-looking",
    state: "reading",
    steps: async (page) => {
      await page.locator(".buttons .primary:enabled").click();
      await settled(page);
    },
  },
  {
    name: "files-reading",
    state: "reading",
    steps: async (page) => {
      await page.locator(".buttons .primary:enabled").click();
      await go(7)(page);
    },
  },
  {
    name: "files-stopped",
    state: "reading",
    steps: async (page) => {
      await settled(page);
      await page.locator(".buttons .btn:not(.primary)").click();
      await go(7)(page);
      await page.locator("#entries").focus();
      await page.keyboard.press("End");
      await settled(page);
    },
  },
  {
    name: "leave",
    state: "sample",
    steps: async (page) => {
      await go(2)(page);
      await page.locator(".conflict .btn").first().click();
      await page.locator("header .settings").locator("xpath=preceding-sibling::button").click();
      await page.locator("dialog").waitFor();
    },
  },
  { name: "open-password", state: "password", steps: (page) => page.locator("form").waitFor() },
  { name: "overview", state: "sample", steps: go(1) },
  {
    name: "overview-period",
    state: "sample",
    steps: async (page) => {
      await go(1)(page);
      const box = await page.locator(".chart svg").boundingBox();
      if (!box) throw new Error("no chart");
      await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
      await page.mouse.up();
      await settled(page);
    },
  },
  {
    name: "overview-table",
    state: "sample",
    steps: async (page) => {
      await go(1)(page);
      await page.locator(".head .btn").click();
      await settled(page);
    },
  },
  { name: "overview-empty", state: "empty", steps: go(1) },
  { name: "accounts", state: "sample", steps: go(2) },
  { name: "accounts-empty", state: "empty", steps: go(2) },
  { name: "billing", state: "sample", steps: go(3) },
  {
    name: "billing-record",
    state: "sample",
    steps: async (page) => {
      await go(3)(page);
      await openRow(page, "ledger", 8);
      await page.locator("#record .field").nth(8).click();
      await settled(page);
    },
  },
  {
    name: "billing-payments",
    state: "sample",
    steps: async (page) => {
      await go(3)(page);
      await page.locator("input[value=payments]").check({ force: true });
      await settled(page);
    },
  },
  {
    name: "billing-years",
    state: "sample",
    steps: async (page) => {
      await go(3)(page);
      await page.locator("input[value=years]").check({ force: true });
      await settled(page);
    },
  },
  { name: "billing-empty", state: "empty", steps: go(3) },
  { name: "support", state: "sample", steps: go(4) },
  {
    name: "support-thread",
    state: "sample",
    steps: async (page) => {
      await go(4)(page);
      await page.locator("#threads").focus();
      for (let i = 0; i < 14; i += 1) await page.keyboard.press("ArrowDown");
      await settled(page);
    },
  },
  { name: "support-empty", state: "empty", steps: go(4) },
  { name: "consents", state: "sample", steps: go(5) },
  {
    name: "consents-open",
    state: "sample",
    steps: async (page) => {
      await go(5)(page);
      await page.locator(".history .row").first().click();
      await settled(page);
    },
  },
  { name: "consents-empty", state: "empty", steps: go(5) },
  { name: "rest", state: "sample", steps: go(6) },
  {
    name: "rest-record",
    state: "sample",
    steps: async (page) => {
      await go(6)(page);
      await page.locator(".toggle", { hasText: /Contacts/ }).click();
      await settled(page);
      await openRow(page, "records", 5);
    },
  },
  {
    name: "rest-record-kind",
    state: "sample",
    steps: async (page) => {
      await go(6)(page);
      await page.locator(".toggle", { hasText: /Contacts/ }).click();
      await settled(page);
      await openRow(page, "records", 5);
      await page.locator("#record .field").nth(1).click();
      await page.locator("#record header .link").click();
      await settled(page);
    },
  },
  { name: "files", state: "sample", steps: go(7) },
  {
    name: "files-detail",
    state: "sample",
    steps: async (page) => {
      await go(7)(page);
      await page.locator(".toggle").nth(2).click();
      await settled(page);
    },
  },
  {
    name: "files-corrected",
    state: "sample",
    steps: async (page) => {
      await go(7)(page);
      await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).click();
      await page.locator(".detail select").selectOption("ticket");
      await settled(page);
    },
  },
  {
    name: "case-keep",
    state: "sample",
    steps: async (page) => {
      await putRight(page);
      await page.locator(".said .link").click();
      await page.locator("dialog .first").fill("quatre");
      await page.locator("dialog .primary").click();
      await page.locator("dialog .wrong").waitFor();
      await settled(page);
    },
  },
  {
    name: "case-kept",
    state: "sample",
    steps: async (page) => {
      await putRight(page);
      await page.locator(".said .link").click();
      await page.locator("dialog .first").fill("quatre phares");
      await page.locator("dialog .second").fill("quatre phares");
      await page.locator("dialog .primary").click();
      await page.locator("#main section.card", { hasText: "portolan" }).waitFor();
      await page.locator(".detail select").selectOption("message");
      await page.locator("#main section.card .btn").waitFor();
      await settled(page);
    },
  },
  {
    name: "case-leave",
    state: "sample",
    steps: async (page) => {
      await putRight(page);
      await page.locator("header .btn", { hasText: /^(?:Open another|Autre export)/ }).click();
      await page.locator("dialog").waitFor();
      await settled(page);
    },
  },
  {
    name: "case-open",
    state: "sample",
    steps: async (page) => {
      await go(7)(page);
      await page.locator(".actions .btn").first().click();
      await page.locator("dialog input").first().fill("quatre phares éteints");
      await page.locator("dialog .primary").click();
      await page.locator("dialog .wrong").waitFor();
      await settled(page);
    },
  },
  {
    name: "case-waiting",
    state: "closed",
    steps: async (page) => {
      await page.locator(".case .link").click();
      await page.locator("dialog input").first().fill("quatre phares");
      await page.locator("dialog .primary").click();
      await page.locator(".case b").waitFor();
      await settled(page);
    },
  },
  { name: "files-empty", state: "empty", steps: go(7) },
  { name: "requests-none", state: "sample", steps: go(8) },
  { name: "requests-rectify", state: "sample", steps: (page) => request(page, "rectification") },
  { name: "requests-erase", state: "sample", steps: (page) => request(page, "erasure") },
  {
    name: "requests-saved",
    state: "sample",
    steps: async (page) => {
      await request(page, "rectification");
      await page.locator(".actions .primary").click();
      await page.locator(".notice.good").waitFor();
      await settled(page);
    },
  },
  {
    name: "search-home",
    state: "sample",
    steps: async (page) => {
      await search(page, "");
    },
  },
  { name: "search", state: "sample", steps: (page) => search(page, "rembours") },
  {
    name: "search-record",
    state: "sample",
    steps: async (page) => {
      await search(page, "facture");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.locator("#record .fields").waitFor();
      await settled(page);
    },
  },
  { name: "search-none", state: "sample", steps: (page) => search(page, "xylophone") },
  {
    name: "search-trouble",
    state: "sample",
    steps: async (page) => {
      await search(page, "date:hier facture");
    },
  },
  {
    name: "keys",
    state: "sample",
    steps: async (page) => {
      await go(1)(page);
      await page.keyboard.press("?");
      await page.locator("dialog").waitFor();
    },
  },
];
