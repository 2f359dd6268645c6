// What a person does, by keyboard alone: find an invoice, see its source, cite it, correct an address, save the letter.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "./browser";
import { settled } from "./screens";

let browser: Browser;
beforeAll(async () => {
  browser = await Browser.start();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(() => {
  browser.complaints.length = 0;
});

/** Waits until the keys are on an element. */
const focused = async (page: Page, selector: string): Promise<void> => {
  await page.waitForFunction((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
};

/** Presses Tab until something is focused, as a person does who does not know where it is. */
async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab never reached ${selector}`);
}

const open = async (state = "sample", lang: "fr" | "en" = "en", lag?: string): Promise<Page> => {
  const page = await browser.open({ state, lang, lag });
  await page.locator("#places").waitFor();
  return page;
};

describe("by keyboard alone", () => {
  it("opens a sample, and watches it being read", async () => {
    const page = await browser.open({ state: "closed", lang: "en" });
    // Reading is soon over: whether it was seen is noted in the page itself.
    const seen = await page.evaluateHandle(() => {
      const seen = { reading: false };
      const look = (): boolean => (seen.reading ||= document.querySelector("[role=progressbar]") !== null);
      new MutationObserver(look).observe(document, { subtree: true, childList: true });
      return seen;
    });
    await tabTo(page, ".sample");
    await page.keyboard.press("Enter");
    await page.locator("#places").waitFor();
    expect(await seen.evaluate(({ reading }) => reading)).toBe(true);
    await page.locator("h1", { hasText: "Camille Aubépin" }).waitFor();
    await page.close();
  });

  it("finds an invoice, reads its source, and goes back to where it was", async () => {
    const page = await open();
    await page.keyboard.press("Control+3");
    await page.locator("#ledger").waitFor();
    await page.locator("#ledger").focus();
    await page.keyboard.press("/");
    await focused(page, "#search");
    await page.keyboard.type("F-2024-0207");
    await page.locator("#hits-0").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    await page.locator("#record h2", { hasText: /F-2024-0207|P-\d+/ }).waitFor();
    await page.locator("#record .source mark").first().waitFor();
    // Into the record, to a field, and its place is marked in the source.
    await page.keyboard.press("F6");
    await page.keyboard.press("F6");
    await tabTo(page, "#record .field");
    await page.keyboard.press("Enter");
    await page.locator("#record li.on").waitFor();
    await page.locator("#record .source mark", { hasText: /F-2024-0207|P-\d+/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#record").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.locator("#ledger").waitFor();
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("walks a list, and the record follows", async () => {
    const page = await open();
    await page.keyboard.press("Control+3");
    await page.locator("#ledger-0").waitFor();
    await page.keyboard.press("F6");
    await focused(page, "#ledger");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const title = page.locator("#record h2");
    await title.waitFor();
    const first = await title.innerText();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>("#record h2")?.innerText !== before,
      first,
    );
    await focused(page, "#ledger");
    await page.keyboard.press("End");
    await page.locator("#ledger[aria-activedescendant^=ledger-9]").waitFor();
    await page.close();
  });

  it("cites a record where the page may not use the clipboard", async () => {
    const page = await open();
    await page.keyboard.press("Control+3");
    await page.locator("#ledger-0").waitFor();
    await page.locator("#ledger").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
    });
    await page.keyboard.press("c");
    await page.locator("#citation").waitFor();
    expect(await page.locator("#citation").inputValue()).toMatch(/^facturation\/factures\.json#\/invoices\/\d+$/);
    await page.waitForFunction(() => document.activeElement?.id === "citation");
    await page.close();
  });

  it("looks at an image larger, and is back where it was", async () => {
    const page = await open();
    await page.keyboard.press("Control+3");
    await page.locator("#ledger-0").waitFor();
    await page.keyboard.press("/");
    await focused(page, "#search");
    await page.keyboard.type("Numériseur du comptoir");
    await page.locator("#hits-0").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#record canvas").waitFor();
    await page.keyboard.press("F6");
    await page.keyboard.press("F6");
    await tabTo(page, "#record figure button");
    await page.keyboard.press("Enter");
    await page.locator("dialog canvas").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await focused(page, "#record figure button");
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("corrects an address, and saves the letter once nothing is missing", async () => {
    const page = await open();
    await page.keyboard.press("Control+2");
    await page.locator(".conflict").first().waitFor();
    await tabTo(page, ".conflict .btn");
    await page.keyboard.press("Enter");
    await page.locator(".said").waitFor();
    await page.keyboard.press("Control+8");
    await page.locator(".letter").first().waitFor();
    // Nothing is saved while the right value is missing; the keys are led to what is.
    await page.locator("h1").waitFor();
    await tabTo(page, ".actions .primary");
    await page.keyboard.press("Enter");
    await focused(page, ".missing");
    expect(await page.locator(".notice.good").count()).toBe(0);
    await tabTo(page, ".item > input");
    await page.keyboard.type("8 quai Valin, 17000 La Rochelle");
    await page.locator(".letter td", { hasText: "8 quai Valin" }).waitFor();
    await page.locator(".missing .notice").waitFor({ state: "detached" });
    for (
      let i = 0;
      i < 40 && !(await page.evaluate(() => document.activeElement?.matches(".actions .primary")));
      i += 1
    ) {
      await page.keyboard.press("Shift+Tab");
    }
    await page.keyboard.press("Enter");
    await page.locator(".notice.good").waitFor();
    expect(await page.locator(".notice.good").innerText()).toContain("rectification-sellsy-2026-11-23.pdf");
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("puts a record into a request with R, and takes it out again", async () => {
    const page = await open();
    await page.keyboard.press("Control+6");
    await page.locator("#records-0").waitFor();
    await page.locator("#records").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    await page.keyboard.press("r");
    await page.locator("#record .primary[aria-pressed=true]").waitFor();
    await page.keyboard.press("r");
    await page.locator("#record .primary[aria-pressed=false]").waitFor();
    await page.close();
  });

  it("leaves single keys alone when they are switched off", async () => {
    const page = await open();
    await page.keyboard.press("?");
    await page.locator("dialog input[type=checkbox]").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    // What a key does, it does at once; the help that it would need a letter for is still not there either.
    await page.keyboard.press("?");
    expect(await page.locator("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe("search");
    await page.keyboard.press("Control+k");
    await focused(page, "#search");
    await page.close();
  });
});

describe("the search", () => {
  it("narrows by a facet, and says what was typed wrong", async () => {
    const page = await open();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("facture");
    await page.locator("#hits[aria-busy=false]").waitFor();
    const total = Number((await page.locator("#hits").getAttribute("aria-label"))?.replaceAll(/\D/g, ""));
    await page.locator(".facets ul").first().locator("button", { hasText: "Messages" }).click();
    await page.locator(".top .toggle").waitFor();
    await page.waitForFunction((all) => {
      const narrowed = Number(document.querySelector("#hits")?.getAttribute("aria-label")?.replaceAll(/\D/g, ""));
      return narrowed > 0 && narrowed < all;
    }, total);
    await page.locator("#search").fill("date:hier facture");
    await page.locator("#query-trouble mark", { hasText: /^date:hier$/ }).waitFor();
    await page.close();
  });

  it("is narrowed by the period chosen on the chart, and says so", async () => {
    const page = await open();
    await page.locator("#period-from").selectOption({ index: 30 });
    await page.locator("#period-to").selectOption({ index: 33 });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("facture");
    await page.locator("#hits[aria-busy=false]").waitFor();
    const chip = page.locator(".top .btn.small");
    await chip.waitFor();
    const narrowed = await page.locator("#hits").getAttribute("aria-label");
    await chip.click();
    await page.waitForFunction(
      (before) => document.querySelector("#hits")?.getAttribute("aria-label") !== before,
      narrowed,
    );
    await page.close();
  });
});

describe("languages, colours and passwords", () => {
  it("switch at once", async () => {
    const page = await open("sample", "fr");
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.locator("header .settings button").first().click();
    await page.locator("html[lang=en]").waitFor();
    await page.locator("#places", { hasText: "Everything else" }).waitFor();
    await page.locator("header .settings button").nth(1).click();
    await page.locator("html[data-theme=dark]").waitFor();
    await page.close();
  });

  it("a wrong password is said, the right one opens", async () => {
    const page = await browser.open({ state: "password", lang: "en" });
    await page.locator("#password-0").fill("wrong");
    await page.keyboard.press("Enter");
    await page.locator(".wrong").waitFor();
    await page.locator("#password-0").fill("lazaret");
    await page.keyboard.press("Enter");
    await page.locator("#places").waitFor();
    await page.close();
  });

  it("reading can be stopped, and what was read is there", async () => {
    const page = await browser.open({ state: "reading", lang: "en" });
    await page.locator("dl").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator("#places").waitFor();
    await page.locator("footer", { hasText: "stopped" }).waitFor();
    await page.keyboard.press("Control+7");
    await page.locator("#entries-0").waitFor();
    await page.locator("#entries").focus();
    await page.keyboard.press("End");
    await page.locator("#entries .row.on", { hasText: "Not reached" }).waitFor();
    await page.close();
  });
});

describe("a kind that was told wrongly", () => {
  const said = (page: Page, text: string): Promise<void> => page.locator(".place-of-said", { hasText: text }).waitFor();

  it("is put right for a file by keyboard, everywhere at once, and can be had back", async () => {
    const page = await open();
    await page.keyboard.press("Control+7");
    await page.locator("#entries-0").waitFor();
    await page.locator("#entries").focus();
    const row = page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" });
    await row.click();
    await tabTo(page, ".detail select");
    await page.locator(".detail", { hasText: "Recognised as: Contacts (likely)" }).waitFor();
    await page.locator(".detail select").selectOption("ticket");
    await said(page, "now counts as: Support");
    await row.locator(".own", { hasText: "Kind set by you" }).waitFor();
    await page.locator(".detail .kinds", { hasText: "Support" }).waitFor();
    await page.locator(".detail", { hasText: "Recognised as: Contacts (likely)" }).waitFor();
    // Whoever chose it is still where it was chosen.
    await focused(page, ".detail select");
    // The places count anew, and so does the search.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("kind:ticket courrier.example");
    await page.locator("#hits[aria-busy=false] #hits-0").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#entries-0").waitFor();
    await row.click();
    await page.locator(".detail select").focus();
    await page.locator(".detail select").selectOption("");
    await said(page, "again what it was recognised as");
    await row.locator(".own").waitFor({ state: "detached" });
    await page.locator(".detail .kinds", { hasText: "Contacts" }).waitFor();
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("is put right from a record, which stays open", async () => {
    const page = await open();
    await page.keyboard.press("Control+6");
    await page.locator(".toggle", { hasText: "Contacts" }).click();
    await page.locator("#records[aria-busy=false]").waitFor();
    await page.locator("#records").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    const title = await page.locator("#record h2").innerText();
    await page.getByRole("button", { name: "Wrong kind?" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("#kind-choice select").waitFor();
    await tabTo(page, "#kind-choice select", 4);
    await page.locator("#kind-choice select").selectOption("account");
    await said(page, "now counts as: Accounts");
    await page.locator("#record .chips", { hasText: "kind set by you" }).waitFor();
    await focused(page, "#kind-choice select");
    expect(await page.locator("#record h2").innerText()).toBe(title);
    expect(browser.complaints).toEqual([]);
    await page.close();
  });
});

describe("a file that nothing opens here", () => {
  it("says what it is and what to do, and asks for no password", async () => {
    const page = await open();
    await page.keyboard.press("Control+7");
    await page.locator(".chips .toggle", { hasText: "Password" }).click();
    await page.locator("#entries .row.on", { hasText: "messages/coffre.json" }).waitFor();
    const detail = page.locator(".detail");
    await detail.getByText("Locked in a way that no password opens here; the note below says what to do.").waitFor();
    await detail.locator(".notes", { hasText: "ask the sender for the key" }).waitFor();
    expect(await detail.getByRole("button", { name: "password" }).count()).toBe(0);
    expect(browser.complaints).toEqual([]);
    await page.close();
  });
});

describe("a case", () => {
  const bar = (page: Page, text: string): Promise<void> =>
    page.locator("#main section.card", { hasText: text }).waitFor();

  async function putRight(page: Page): Promise<void> {
    await page.keyboard.press("Control+7");
    await page.locator("#entries-0").waitFor();
    await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).click();
    await page.locator(".detail select").selectOption("ticket");
    await page.locator(".said .link", { hasText: "Keep in a case" }).waitFor();
  }

  it("keeps what was put right, by keyboard, and has it again with the export", async () => {
    const page = await open();
    await putRight(page);
    await bar(page, "Kind set by you: 1 file");
    await page.locator(".said .link").focus();
    await page.keyboard.press("Enter");
    await focused(page, "dialog .first");
    // Too short, then not twice the same: the keys are led to what is wrong.
    await page.keyboard.type("phares");
    await page.keyboard.press("Enter");
    await page.locator("dialog .wrong", { hasText: "Too short" }).waitFor();
    await focused(page, "dialog .first");
    await page.locator("dialog .first").fill("quatre phares");
    await tabTo(page, "dialog .second", 3);
    await page.keyboard.type("quatre pharse");
    await page.keyboard.press("Enter");
    await page.locator("dialog .wrong", { hasText: "not the same" }).waitFor();
    await focused(page, "dialog .second");
    await page.locator("dialog .second").fill("quatre phares");
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor({ state: "detached" });
    await bar(page, "my-case.portolan");
    await bar(page, "It keeps the kind of 1 file");
    // Nothing is lost now: the export is left unasked, and the case waits for it.
    await page.getByRole("button", { name: "Open another" }).click();
    await page.locator(".case", { hasText: "sellsy-export-2026-11-02.zip" }).waitFor();
    await page.getByRole("button", { name: "Choose a file" }).click();
    await page.locator("#places").waitFor();
    await page.keyboard.press("Control+7");
    await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).locator(".own").waitFor();
    await bar(page, "It keeps the kind of 1 file");
    // A change more is saved where the case lies, without asking again.
    await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).click();
    await page.locator(".detail select").selectOption("message");
    await bar(page, "Not saved yet: 1");
    await page.locator("#main section.card .btn", { hasText: "Save" }).click();
    await page.locator("#main section.card .btn", { hasText: "Save" }).waitFor({ state: "detached" });
    // It is closed where it is shown; what it put right stays, and is in no case any more.
    await page.locator("#main section.card .btn", { hasText: "Close the case" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".said", { hasText: "is closed" }).waitFor();
    await bar(page, "Kind set by you: 1 file");
    await focused(page, "#entries");
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("is opened beside the export, and a wrong passphrase is said", async () => {
    const page = await open();
    await page.keyboard.press("Control+7");
    await page.locator("#entries-0").waitFor();
    await page.getByRole("button", { name: "Open a case" }).click();
    await focused(page, "dialog input");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.locator("dialog .wrong", { hasText: "does not open the case" }).waitFor();
    await focused(page, "dialog input");
    await page.locator("dialog input").first().fill("quatre phares");
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor({ state: "detached" });
    await bar(page, "aubepin.portolan");
    await page.locator("#entries [role=row]", { hasText: "crm/contacts.xlsx" }).locator(".own").waitFor();
    expect(browser.complaints).toEqual([]);
    await page.close();
  });

  it("is offered before what no case keeps is left", async () => {
    const page = await open();
    await putRight(page);
    await page.getByRole("button", { name: "Open another" }).click();
    await page.locator("dialog", { hasText: "it will be forgotten" }).waitFor();
    await page.locator("dialog").getByRole("button", { name: "Keep in a case" }).click();
    await page.locator("dialog .first").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open another" }).click();
    await page.getByRole("button", { name: "Close and discard" }).click();
    await page.locator(".sample").first().waitFor();
    await page.close();
  });
});

describe("what nobody wants to lose", () => {
  it("a list keeps its place while reading goes on", async () => {
    const page = await browser.open({ state: "slow", lang: "en" });
    await page.locator(".buttons .primary:enabled").click();
    await page.locator("#places").waitFor();
    await page.keyboard.press("Control+7");
    await page.locator("#entries-0").waitFor();
    await page.locator("#entries").focus();
    await page.keyboard.press("End");
    await page.locator("#entries .row.on").waitFor();
    const count = (): Promise<string> => page.locator("#places [aria-current] .count").innerText();
    const before = await count();
    await page.waitForFunction(
      (at) => document.querySelector<HTMLElement>("#places [aria-current] .count")?.innerText !== at,
      before,
    );
    await page.locator("#entries .row.on", { hasText: /exe/ }).waitFor();
    await page.locator("#entries", { hasText: "Waiting" }).waitFor();
    await page.close();
  });

  it("the letter is asked for once a change", async () => {
    const page = await open();
    await page.keyboard.press("Control+2");
    await page.locator(".conflict .btn").first().click();
    await page.keyboard.press("Control+8");
    await page.locator(".letter").first().waitFor();
    const busy = await page.evaluate(async () => {
      let changes = 0;
      const paper = document.querySelector(".paper");
      if (!paper) throw new Error("no letter");
      await new Promise((done) => setTimeout(done, 400));
      new MutationObserver((list) => (changes += list.length)).observe(paper, { attributes: true });
      await new Promise((done) => setTimeout(done, 800));
      return changes;
    });
    expect(busy).toBe(0);
    await page.close();
  });

  it("a request is not discarded with the export unasked", async () => {
    const page = await open();
    await page.keyboard.press("Control+2");
    await page.locator(".conflict .btn").first().click();
    await page.locator(".said").waitFor();
    await page.getByRole("button", { name: "Open another" }).click();
    await page.locator("dialog").waitFor();
    await page.getByRole("button", { name: "Back to the request" }).click();
    await page.locator(".letter").first().waitFor();
    await page.getByRole("button", { name: "Open another" }).click();
    await page.getByRole("button", { name: "Close and discard" }).click();
    await page.locator(".sample").first().waitFor();
    await page.close();
  });

  it("the keys find their place where what was pressed is gone", async () => {
    const page = await open();
    await page.keyboard.press("Control+3");
    await page.locator("#ledger-0").waitFor();
    await page.locator("#ledger").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    await page.locator("#record header .btn").focus();
    await page.keyboard.press("Enter");
    await focused(page, "#ledger");
    await page.close();
  });
});

describe("whoever types faster than is answered", () => {
  it("walks and opens the list that was asked for, not the one that was there", async () => {
    const page = await open("sample", "en", "500..500");
    await page.keyboard.press("Control+6");
    await page.locator("#records-3").waitFor();
    // Within the page, so that all of it happens before the answer, however slow this machine is.
    const busy = await page.evaluate(async () => {
      const toggle = [...document.querySelectorAll<HTMLElement>(".toggle")].find((one) =>
        /Contacts/.test(one.innerText),
      );
      const list = document.querySelector<HTMLElement>("#records");
      toggle?.click();
      await new Promise((done) => setTimeout(done));
      const state = list?.getAttribute("aria-busy");
      for (const key of ["ArrowDown", "ArrowDown", "Enter"])
        list?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      return state;
    });
    expect(busy).toBe("true");
    await page.locator("#records-1.on").waitFor();
    await page.locator("#record .fields").waitFor();
    await page.locator("#record .chips", { hasText: "Contact" }).waitFor();
    await page.close();
  });

  it("does to a record what was meant for it, not for the one before", async () => {
    const page = await open("sample", "en", "300..300");
    await page.keyboard.press("Control+3");
    await page.locator("#ledger-1").waitFor();
    await page.locator("#ledger").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    const busy = await page.evaluate(async () => {
      const press = (key: string): boolean | undefined =>
        document
          .querySelector("#ledger")
          ?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      press("ArrowDown");
      await new Promise((done) => setTimeout(done));
      const state = document.querySelector("#record")?.getAttribute("aria-busy");
      press("r");
      return state;
    });
    expect(busy).toBe("true");
    await page.locator("#record[aria-busy=false] .primary[aria-pressed=true]").waitFor();
    await page.locator("#ledger-1.on").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.locator("#record[aria-busy=false] .primary[aria-pressed=false]").waitFor();
    await page.close();
  });

  it("hears that a letter was saved, though it was written on meanwhile", async () => {
    const page = await open();
    await page.keyboard.press("Control+2");
    await page.locator(".conflict .btn").first().click();
    await page.keyboard.press("Control+8");
    const right = page.locator(".item > input");
    await right.fill("8 quai Valin");
    await page.locator(".letter td", { hasText: "8 quai Valin" }).waitFor();
    await page.locator(".missing .notice").waitFor({ state: "detached" });
    await page.evaluate(() => {
      document.querySelector<HTMLElement>(".actions .primary")?.click();
      const field = document.querySelector<HTMLInputElement>(".item > input");
      if (field) field.value = "8 quai Valin, 17000 La Rochelle";
      field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await page.locator(".place-of-said", { hasText: "rectification-sellsy-2026-11-23.pdf" }).waitFor();
    expect(await page.locator(".notice.good").count()).toBe(0);
    await page.close();
  });
});

describe("a hundred thousand rows", () => {
  it("are scrolled through with few elements", async () => {
    const page = await open("big");
    await page.keyboard.press("Control+6");
    await page.locator(".toggle", { hasText: "Activity" }).click();
    await page.waitForFunction(() => document.querySelector("#records")?.getAttribute("aria-rowcount") === "100001");
    await settled(page);
    // However far is scrolled, only the rows in sight exist: this is what keeps it smooth on any machine.
    const most = await page.evaluate(async () => {
      const list = document.querySelector("#records");
      if (!list) throw new Error("no list");
      let most = 0;
      for (let i = 0; i < 90; i += 1) {
        list.scrollTop += i < 45 ? 260 : 40_000;
        await new Promise(requestAnimationFrame);
        most = Math.max(most, list.querySelectorAll("[role=row]").length);
      }
      return most;
    });
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThan(60);
    await page.locator("#records").focus();
    await page.keyboard.press("End");
    await page.locator("#records-99999 b").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#record .fields").waitFor();
    expect(await page.locator("#record .place").first().innerText()).toContain("row=100001");
    await page.close();
  });
});
