// What happens to the state: opening, reading, refusals, going about.
import { describe, expect, it } from "vitest";
import type { Head, Progress, Trouble } from "../host/contract";
import { daysOf, within } from "./period";
import { canLook, change, entryOf, type Happening, initial, type State } from "./state";

const head = (values: Partial<Head> = {}): Head => ({
  name: "a.zip",
  sha256: null,
  bytes: 1,
  outcome: "open",
  service: null,
  controller: null,
  subject: null,
  exported: null,
  span: null,
  entries: 1,
  entries_read: 1,
  statuses: { read: 1 },
  records: 1,
  kinds: {},
  notes: [],
  took_ms: 1,
  state: "done",
  ...values,
});
const progress: Progress = {
  entries_done: 1,
  entries_total: 2,
  bytes_done: 5,
  bytes_total: 10,
  records: 3,
  reading: "a.json",
  state: "reading",
};
const trouble: Trouble = { code: "not_a_zip", message: "", hint: "", args: {} };

const start: Happening = {
  type: "started",
  theme: "dark",
  start: { version: "1", language: "fr_FR", network: "refused", samples: [] },
};
const after = (...happenings: Happening[]): State => happenings.reduce(change, initial);
const opening: Happening = { type: "told", event: { type: "opening", name: "a.zip" } };
const done = (values: Partial<Head> = {}): Happening => ({ type: "told", event: { type: "done", head: head(values) } });

describe("opening", () => {
  it("begins closed, in the language of the system", () => {
    const state = after(start);
    expect(state.phase).toEqual({ name: "closed", trouble: null });
    expect([state.language, state.theme]).toEqual(["fr", "dark"]);
    expect(canLook(state)).toBe(false);
  });

  it("shows progress, and what is read so far when asked", () => {
    const reading = after(start, opening, { type: "told", event: { type: "progress", progress } });
    expect(reading.phase).toEqual({ name: "opening", export: "a.zip", progress, looking: false, tried: false });
    expect(canLook(reading)).toBe(false);
    expect(canLook(change(reading, { type: "looking", on: true }))).toBe(true);
  });

  it("ends open, and screens ask anew", () => {
    const before = after(start, opening);
    const state = change(before, done());
    expect(state.phase).toEqual({ name: "open" });
    expect(state.epoch).toBeGreaterThan(before.epoch);
  });

  it("asks for a password, again when it was wrong, and lets one go on without", () => {
    const asked = after(start, opening, done({ outcome: "needs_password" }));
    expect(asked.phase).toEqual({ name: "password", tried: false });
    const unlocking = change(asked, { type: "unlocking" });
    const again: Happening = { type: "told", event: { type: "opening", name: "a.zip" } };
    const wrong = [again, done({ outcome: "needs_password" })].reduce(change, unlocking);
    expect(wrong.phase).toEqual({ name: "password", tried: true });
    const other: Happening = { type: "told", event: { type: "opening", name: "b.zip" } };
    const another = [other, done({ outcome: "needs_password" })].reduce(change, unlocking);
    expect(another.phase).toEqual({ name: "password", tried: false });
    expect(change(wrong, done()).phase).toEqual({ name: "open" });
    expect(change(wrong, { type: "without_password" }).phase).toEqual({ name: "open" });
  });

  it("does not ask for a password when reading was stopped", () => {
    expect(after(start, opening, done({ outcome: "needs_password", state: "stopped" })).phase).toEqual({
      name: "open",
    });
  });

  it("says why it was refused, and shows nothing of the export before", () => {
    const state = after(start, opening, done(), { type: "shown", shown: { id: "1", at: null } }, opening, {
      type: "told",
      event: { type: "refused", trouble },
    });
    // The refusal itself names no file: it is about the one that was being opened.
    expect(state.phase).toEqual({ name: "closed", trouble: { ...trouble, args: { name: "a.zip" } } });
    expect([state.head, state.shown]).toEqual([null, null]);
    const named = { ...trouble, args: { name: "b.zip" } };
    expect(after(start, opening, { type: "told", event: { type: "refused", trouble: named } }).phase).toEqual({
      name: "closed",
      trouble: named,
    });
  });

  it("ignores what comes late", () => {
    const open = after(start, opening, done());
    expect(change(open, { type: "looked", head: head({ state: "reading", records: 0 }), again: true })).toBe(open);
    expect(change(open, { type: "told", event: { type: "progress", progress } })).toBe(open);
  });

  it("forgets the record, the search and the period of the last export, not language and theme", () => {
    const state = after(
      start,
      opening,
      done(),
      { type: "language", language: "en" },
      { type: "theme", theme: "light" },
      { type: "period", period: { from: "2024-01", to: "2024-02" } },
      { type: "typed", text: "a" },
      opening,
    );
    expect([state.period, state.search.text, state.language, state.theme]).toEqual([null, "", "en", "light"]);
  });
});

describe("going about", () => {
  it("leaves the record and the search behind", () => {
    const state = after(
      start,
      opening,
      done(),
      { type: "typed", text: "a" },
      { type: "shown", shown: { id: "1", at: null } },
      { type: "went", place: "billing" },
    );
    expect([state.place, state.shown, state.search.open]).toEqual(["billing", null, false]);
  });

  it("takes no answer to a search that was left", () => {
    const found = {
      query: "a",
      total: 1,
      hits: [],
      facets: { kinds: [], years: [], entries: [] },
      took_ms: 1,
      trouble: null,
    };
    const state = after(
      start,
      opening,
      done(),
      { type: "typed", text: "a" },
      { type: "asked", number: 2 },
      { type: "went", place: "billing" },
      { type: "typed", text: "b" },
      { type: "answered", number: 2, found },
    );
    expect([state.search.found, state.search.asked]).toEqual([null, 3]);
  });

  it("hears the same words twice", () => {
    const once = after(start, { type: "said", text: "a", goTo: null });
    const twice = change(once, { type: "said", text: "a", goTo: null });
    expect(twice.said?.number).toBe((once.said?.number ?? 0) + 1);
  });
});

describe("a period", () => {
  it("covers whole months", () => {
    expect(daysOf({ from: "2024-01", to: "2024-02" })).toEqual({ from: "2024-01-01", to: "2024-02-29" });
    expect(daysOf({ from: "2023-12", to: "2023-12" })).toEqual({ from: "2023-12-01", to: "2023-12-31" });
  });

  const check = (day: string | null, expected: boolean) => {
    it(`${String(day)}: ${String(expected)}`, () => {
      expect(within({ from: "2023-11", to: "2024-02" }, day)).toBe(expected);
    });
  };
  check("2023-10-31", false);
  check("2023-11-01", true);
  check("2024-02-29T23:00", true);
  check("2024-03-01", false);
  check("2024", true);
  check("2022", false);
  check(null, false);

  it("nothing is left out without one", () => {
    expect(within(null, null)).toBe(true);
  });
});

it("the id of a record begins with the number of its file", () => {
  expect(["12-0", "0-44", "x", "1-", "1-2-3"].map(entryOf)).toEqual([12, 0, null, null, null]);
});
