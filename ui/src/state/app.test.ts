// The running window against a host that answers when it is told to: what overlaps, and what comes too late.
import { beforeEach, describe, expect, it } from "vitest";
import type { CaseState, Draft, EntryLine, Event, Found, Head, HitLine, Place } from "../host/contract";
import type { Host } from "../host/host";
import { app } from "./app.svelte";

const a: Place = { entry: "a.json", at: "/a" };
const b: Place = { entry: "a.json", at: "/b" };
const draftOf = (items: Place[]): Draft => ({
  right: "rectification",
  language: "en",
  recipient: { name: "", address: "", email: "" },
  requester: { name: "", address: "", email: "", customer_number: "" },
  items: items.map((locator) => ({ locator })),
  place: "",
  day: "",
  received: "",
  reference: "",
  own_words: "",
  id_copy: false,
  justification: "",
});
const headOf = (name: string, values: Partial<Head> = {}): Head => ({
  name,
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
  statuses: {},
  records: 1,
  kinds: {},
  notes: [],
  took_ms: 1,
  state: "done",
  ...values,
});
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

let answers: (() => void)[];
let hear: (event: Event) => void;
const later = <T>(value: () => T): Promise<T> => new Promise((done) => answers.push(() => done(value())));
const answer = async (): Promise<void> => {
  for (const one of answers.splice(0)) one();
  await settled();
};

/** How the export stands to a case, and what the window was told to do. */
let kept: CaseState;
let asked: string[];
const noCase: CaseState = {
  name: null,
  exports: [],
  exports_total: 0,
  export: "new",
  kinds: 0,
  left_out: 0,
  unkept: 0,
};

beforeEach(async () => {
  answers = [];
  kept = noCase;
  asked = [];
  const host: Partial<Host> = {
    start: () => Promise.resolve({ version: "1", language: "en", network: "refused", samples: [] }),
    subscribe: (listener) => {
      hear = listener;
      return Promise.resolve();
    },
    head: () => Promise.resolve(null),
    controllers: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    caseState: () => Promise.resolve(kept),
    openDropped: () => {
      asked.push("open");
      return Promise.resolve();
    },
    leaveProgram: (really) => {
      asked.push(really ? "close" : "stay");
      return Promise.resolve();
    },
    newDraft: (_right, _language, items) => later(() => draftOf(items)),
    saveLetter: () => Promise.resolve(null),
  };
  await app.begin(host as Host, "light");
  hear({ type: "opening", name: "a.zip" });
  hear({ type: "done", head: headOf("a.zip") });
});

const items = (): Place[] | undefined => app.draft?.items.map((item) => item.locator);

it("two things added at once are both in the request", async () => {
  void app.addToRequest([a, a], false);
  void app.addToRequest([b], false);
  await answer();
  expect(items()).toEqual([a, b]);
});

it("a request begun for one export is not put into the next", async () => {
  void app.addToRequest([a], false);
  hear({ type: "opening", name: "b.zip" });
  await answer();
  expect(app.draft).toBeNull();
});

it("a request outlives a password, and no other opening", async () => {
  void app.addToRequest([a], false);
  await answer();
  app.send({ type: "password_wanted" });
  app.send({ type: "unlocking" });
  hear({ type: "opening", name: "a.zip" });
  hear({ type: "done", head: headOf("a.zip") });
  expect(items()).toEqual([a]);
  hear({ type: "opening", name: "a.zip" });
  expect(app.draft).toBeNull();
});

it("leaving asks first where a request would be lost", async () => {
  void app.addToRequest([a], false);
  await answer();
  await app.leave();
  expect([app.state.dialog, app.state.phase.name]).toEqual([{ name: "leave", to: "close" }, "open"]);
  app.draft = null;
  await app.leave();
  expect(app.state.phase.name).toBe("closed");
});

it("what is put in and taken out at once is not in the request", async () => {
  void app.toggleInRequest([a], false);
  void app.toggleInRequest([b], false);
  void app.toggleInRequest([a], false);
  await settled();
  await answer();
  expect(items()).toEqual([b]);
});

it("an export that is closed late does not close the one opened since", async () => {
  let closed: () => void = () => undefined;
  app.host.close = () => new Promise((done) => (closed = done));
  const closing = app.close();
  hear({ type: "opening", name: "b.zip" });
  closed();
  await closing;
  expect(app.state.phase.name).toBe("opening");
});

it("a record that comes late does not replace what was chosen since", async () => {
  let come: (row: { id: string }) => void = () => undefined;
  const late = app.showOnce(new Promise((done) => (come = done)));
  expect(app.follows).toBe(true);
  app.show({ id: "1-2", at: null });
  come({ id: "9-9" });
  await late;
  expect(app.shown?.id).toBe("1-2");
  await app.showOnce(Promise.resolve({ id: "9-9" }));
  expect(app.shown?.id).toBe("9-9");
  const gone = app.showOnce(new Promise((done) => (come = done)));
  app.go("billing");
  come({ id: "1-2" });
  await gone;
  expect(app.shown).toBeNull();
});

it("keys pressed before what was typed is answered walk and open the answer", async () => {
  const found = (query: string): Found => ({
    query,
    total: 3,
    hits: [0, 1, 2].map((i) => ({ id: `${query}-${String(i)}` }) as HitLine),
    facets: { kinds: [], years: [], entries: [] },
    trouble: null,
    took_ms: 1,
  });
  app.host.search = (query) => later(() => found(query.query));
  app.openSearch();
  app.type("a");
  void app.walkHits(1);
  void app.walkHits(1);
  void app.openHit();
  await answer();
  expect(app.shown?.id).toBe("a-2");
  app.show(null);
  // Other words typed in the meantime: what was meant for the first is left.
  app.type("b");
  void app.openHit();
  app.type("c");
  await answer();
  expect(app.shown).toBeNull();
});

it("leaving asks first where kinds would be forgotten", async () => {
  kept = { ...noCase, unkept: 1 };
  await app.leave();
  expect([app.state.dialog, app.state.phase.name]).toEqual([{ name: "leave", to: "close" }, "open"]);
  kept = noCase;
  await app.leave();
  expect(app.state.phase.name).toBe("closed");
});

it("neither a drop nor the end of the program takes unasked what would be lost", async () => {
  const told = async (type: "dropped" | "closing"): Promise<unknown> => {
    asked = [];
    app.send({ type: "dialog", dialog: null });
    hear({ type });
    await settled();
    return [app.state.dialog?.name ?? null, ...asked];
  };
  expect(await told("dropped")).toEqual([null, "open"]);
  expect(await told("closing")).toEqual([null, "close"]);
  kept = { ...noCase, unkept: 2 };
  expect(await told("dropped")).toEqual(["leave"]);
  // The program is told at once that the window stays: whoever closes it again is asked again.
  expect(await told("closing")).toEqual(["leave", "stay"]);
});

it("a letter that was not saved after all is said", async () => {
  expect(await app.saveLetter(draftOf([a]), "pdf")).toEqual([]);
  expect(app.state.said?.text).toBe(app.w.requests.cancelled);
});

it("a host that cannot start is trouble, not an empty window", async () => {
  const broken: Partial<Host> = { start: () => Promise.reject(new Error("no")) };
  await app.begin(broken as Host, "light");
  expect(app.state.phase).toMatchObject({ name: "closed", trouble: { code: "unexpected" } });
});

describe("the kind of a file", () => {
  const entry = (values: Partial<EntryLine> = {}): EntryLine => ({
    id: 3,
    path: "a.csv",
    format: "csv",
    status: "read",
    bytes: 1,
    records: 2,
    kinds: { billing: 2 },
    corrected: null,
    image: false,
    notes: [],
    ...values,
  });
  let corrections: (string | null)[];
  let refuse: boolean;

  beforeEach(async () => {
    corrections = [];
    refuse = false;
    const host: Partial<Host> = {
      start: () => Promise.resolve({ version: "1", language: "en", network: "refused", samples: [] }),
      subscribe: () => Promise.resolve(),
      head: () => Promise.resolve(headOf("a.zip", { kinds: { ticket: 2 } })),
      controllers: () => Promise.resolve([]),
      close: () => Promise.resolve(),
      caseState: () => Promise.resolve({ ...noCase, unkept: corrections.at(-1) == null ? 0 : 1 }),
      correctKind: async (_entry, kind) => {
        // The first takes longest: the order must be kept all the same.
        await new Promise((done) => setTimeout(done, corrections.length === 0 ? 20 : 0));
        if (refuse) throw { code: "no_records", message: "this file has no records", hint: "", args: {} };
        corrections.push(kind);
      },
    };
    await app.begin(host as Host, "light");
  });

  it("is put right, everything is asked anew, and it is said", async () => {
    const before = app.epoch;
    expect(await app.correctKind(entry(), "ticket", "likely")).toBe(true);
    expect(corrections).toEqual(["ticket"]);
    expect(app.epoch).toBe(before + 1);
    expect(app.state.head?.kinds).toEqual({ ticket: 2 });
    expect(app.state.said).toMatchObject({ text: app.w.files.kindNowSet("a.csv", "Support"), goTo: "keep" });
    expect(app.recognised[3]).toEqual({ kinds: { billing: 2 }, certainty: "likely" });
  });

  it("is remembered as it was recognised, however often it is changed", async () => {
    await app.correctKind(entry(), "ticket", "likely");
    await app.correctKind(entry({ kinds: { ticket: 2 }, corrected: "ticket" }), "event", null);
    expect(app.recognised[3]?.kinds).toEqual({ billing: 2 });
    await app.correctKind(entry({ kinds: { event: 2 }, corrected: "event" }), null, null);
    expect(corrections).toEqual(["ticket", "event", null]);
    expect(app.state.said?.text).toBe(app.w.files.kindTakenBack("a.csv"));
    await app.close();
    expect(app.recognised).toEqual({});
  });

  it("ends as the last of several quick choices", async () => {
    await Promise.all(["ticket", "event", "place"].map((kind) => app.correctKind(entry(), kind, null)));
    expect(corrections).toEqual(["ticket", "event", "place"]);
  });

  it("stays where it is refused, and that is said", async () => {
    refuse = true;
    const before = app.epoch;
    expect(await app.correctKind(entry(), "ticket", null)).toBe(false);
    expect([app.epoch, app.recognised]).toEqual([before, {}]);
    expect(app.state.said?.text).toContain("This file has no records");
  });
});
