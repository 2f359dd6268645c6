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
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

it("only the pages in sight are fetched, each once", async () => {
  const asked: number[] = [];
  const pages = new Pages<number>(100);
  await pages.from((offset, limit) => {
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
  const late = pages.from(() => new Promise((done) => (answer = done)));
  await pages.from((offset, limit) => Promise.resolve(page(offset, limit, 7)));
  answer(page(0, 10, 9));
  await late;
  expect(pages.total).toBe(7);
});

it("trouble is kept as trouble", async () => {
  const pages = new Pages<number>(10);
  await pages.from(() =>
    Promise.reject(Object.assign(new Error("x"), { code: "gone", message: "gone", hint: "", args: {} })),
  );
  expect([pages.trouble?.code, pages.ready, pages.total]).toEqual(["gone", true, 0]);
  const loaded = new Loaded<number>();
  await loaded.ask(() => Promise.reject(new Error("surprise")));
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
  const late = loaded.ask(() => new Promise((done) => (answer = done)));
  await loaded.ask(() => Promise.resolve("new"));
  answer("old");
  await late;
  expect([loaded.value, loaded.busy]).toEqual(["new", false]);
});
