// Lists that are fetched page by page.
import { expect, it } from "vitest";
import type { Page } from "../host/contract";
import { Loaded } from "./loaded.svelte";
import { WholeList } from "./lists.svelte";
import { Pages } from "./pages.svelte";

const page = (offset: number, limit: number, total: number): Page<number> => ({
  total,
  offset,
  rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => offset + i),
});
/** Answers that come when they are told to, in the order that they are told to. */
class Later<T> {
  readonly #asked: ((value: T) => void)[] = [];
  ask = (): Promise<T> => new Promise((done) => this.#asked.push(done));
  async answer(at: number, value: T): Promise<void> {
    this.#asked[at]?.(value);
    await settled();
  }
}
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

it("only the pages in sight are fetched, each once", async () => {
  const asked: number[] = [];
  const pages = new Pages<number>(100);
  await pages.from("a", (offset, limit) => {
    asked.push(offset);
    return Promise.resolve(page(offset, limit, 100_000));
  });
  expect([pages.total, pages.row(5), pages.row(50_000)]).toEqual([100_000, 5, undefined]);
  pages.want(49_990, 50_010);
  pages.want(49_995, 50_015);
  await settled();
  expect(asked).toEqual([0, 49_900, 50_000]);
  expect([pages.row(49_990), pages.row(50_010)]).toEqual([49_990, 50_010]);
});

it("an older list that answers late does not replace a newer one", async () => {
  const pages = new Pages<number>(10);
  let answer: (value: Page<number>) => void = () => undefined;
  const late = pages.from("a", () => new Promise((done) => (answer = done)));
  await pages.from("a", (offset, limit) => Promise.resolve(page(offset, limit, 7)));
  answer(page(0, 10, 9));
  await late;
  expect(pages.total).toBe(7);
});

it("trouble is kept as trouble", async () => {
  const pages = new Pages<number>(10);
  await pages.from("a", () =>
    Promise.reject(Object.assign(new Error("x"), { code: "gone", message: "gone", hint: "", args: {} })),
  );
  expect([pages.trouble?.code, pages.ready, pages.total]).toEqual(["gone", true, 0]);
  const loaded = new Loaded<number>();
  await loaded.ask("a", () => Promise.reject(new Error("surprise")));
  expect(loaded.trouble?.code).toBe("unexpected");
});

it("a list held whole is fetched to its end", async () => {
  const list = new WholeList<number>();
  await list.from("all", (offset, limit) => Promise.resolve(page(offset, limit, 1234)));
  expect([list.rows.length, list.rows.at(-1)]).toEqual([1234, 1233]);
});

it("a list that only grew is replaced as a whole", async () => {
  const list = new WholeList<number>();
  await list.from("all", (offset, limit) => Promise.resolve(page(offset, limit, 900)));
  const lengths: number[] = [];
  await list.from("all", (offset, limit) => {
    lengths.push(list.rows.length);
    return Promise.resolve(page(offset, limit, 1200));
  });
  expect([lengths, list.rows.length]).toEqual([[900, 900, 1000], 1200]);
  await list.from("others", (offset, limit) => Promise.resolve(page(offset, limit, 600)));
  expect(list.rows).toHaveLength(600);
});

it("only the newest question counts", async () => {
  const loaded = new Loaded<string>();
  let answer: (value: string) => void = () => undefined;
  const late = loaded.ask("a", () => new Promise((done) => (answer = done)));
  await loaded.ask("a", () => Promise.resolve("new"));
  answer("old");
  await late;
  expect([loaded.value, loaded.busy]).toEqual(["new", false]);
});

it("a slow answer is not starved by asking again before it comes", async () => {
  const loaded = new Loaded<string>();
  const later = new Later<string>();
  void loaded.ask("a", later.ask);
  void loaded.ask("a", later.ask);
  await later.answer(0, "first");
  expect([loaded.value, loaded.busy]).toEqual(["first", true]);
  await later.answer(1, "second");
  expect([loaded.value, loaded.busy]).toEqual(["second", false]);
  void loaded.ask("a", later.ask);
  void loaded.ask("a", later.ask);
  await later.answer(3, "fourth");
  await later.answer(2, "third");
  expect([loaded.value, loaded.busy]).toEqual(["fourth", false]);

  const pages = new Pages<number>(10);
  const first = new Later<Page<number>>();
  void pages.from("a", first.ask);
  void pages.from("a", first.ask);
  await first.answer(0, page(0, 10, 7));
  expect([pages.ready, pages.total]).toEqual([true, 7]);
  await first.answer(1, page(0, 10, 8));
  expect(pages.total).toBe(8);
});

it("a list that is another by now says that its answer came too late", async () => {
  const pages = new Pages<number>(10);
  const later = new Later<Page<number>>();
  const [a, b, again] = ["a", "b", "a"].map((of) => pages.from(of, later.ask));
  await later.answer(2, page(0, 10, 3));
  await later.answer(1, page(0, 10, 2));
  await later.answer(0, page(0, 10, 1));
  expect([await a, await b, await again, pages.total]).toEqual([false, false, true, 3]);
});

it("rows of the same list stay until newer ones are there, those of another do not", async () => {
  const pages = new Pages<number>(10);
  const later = new Later<Page<number>>();
  const fetch = (offset: number, limit: number): Promise<Page<number>> =>
    offset === 0 ? Promise.resolve(page(0, limit, 100)) : later.ask();
  await pages.from("a", fetch);
  pages.want(50, 51);
  await later.answer(0, page(50, 10, 100));
  await pages.from("a", fetch);
  expect([pages.row(50), pages.row(60)]).toEqual([50, undefined]);
  pages.want(50, 51);
  await later.answer(1, { total: 100, offset: 50, rows: [500, 510] });
  expect(pages.row(50)).toBe(500);
  await pages.from("b", fetch);
  expect(pages.row(50)).toBeUndefined();
});

it("a row that is awaited arrives with its page, or not at all with another list", async () => {
  const pages = new Pages<number>(10);
  const later = new Later<Page<number>>();
  const fetch = (offset: number, limit: number): Promise<Page<number>> =>
    offset === 0 ? Promise.resolve(page(0, limit, 100)) : later.ask();
  await pages.from("a", fetch);
  expect([await pages.arrival(3), await pages.arrival(100)]).toEqual([3, undefined]);
  const far = pages.arrival(99);
  await later.answer(0, page(90, 10, 100));
  expect(await far).toBe(99);
  const gone = pages.arrival(40);
  await pages.from("b", fetch);
  expect(await gone).toBeUndefined();
});
