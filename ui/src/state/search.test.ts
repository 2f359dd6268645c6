// A search: stale answers, filters, walking, and the question that is asked.
import { describe, expect, it } from "vitest";
import type { Found } from "../host/contract";
import {
  isFiltered,
  nothingSearched,
  question,
  type Search,
  searchChanged,
  type SearchHappening,
  withOperator,
} from "./search";

const found = (query: string, total = 3): Found => ({
  query,
  total,
  hits: [],
  facets: { kinds: [], years: [], entries: [] },
  took_ms: 1,
  trouble: null,
});
const after = (...happenings: SearchHappening[]): Search => happenings.reduce(searchChanged, nothingSearched);

describe("answers", () => {
  it("that are overtaken are dropped", () => {
    const search = after(
      { type: "typed", text: "fa" },
      { type: "asked", number: 1 },
      { type: "asked", number: 2 },
      { type: "answered", number: 2, found: found("fac") },
      { type: "answered", number: 1, found: found("fa") },
    );
    expect(search.found?.query).toBe("fac");
  });

  it("in between are shown while a newer one is on its way", () => {
    const search = after(
      { type: "typed", text: "fa" },
      { type: "asked", number: 1 },
      { type: "asked", number: 2 },
      { type: "answered", number: 1, found: found("fa") },
    );
    expect(search.found?.query).toBe("fa");
  });

  it("that come after the field was emptied or left are dropped", () => {
    const emptied = after(
      { type: "typed", text: "fa" },
      { type: "asked", number: 1 },
      { type: "typed", text: "" },
      { type: "answered", number: 1, found: found("fa") },
    );
    expect(emptied.found).toBeNull();
    const left = after(
      { type: "typed", text: "fa" },
      { type: "asked", number: 1 },
      { type: "search_left" },
      { type: "answered", number: 1, found: found("fa") },
    );
    expect([left.open, left.found]).toEqual([false, null]);
  });
});

describe("a question that is not answered", () => {
  const trouble = { code: "question_failed", message: "", hint: "", args: {} };
  const failed = after(
    { type: "typed", text: "fa" },
    { type: "asked", number: 1 },
    { type: "unanswered", number: 1, trouble },
  );
  it("is said, until one is", () => {
    expect(failed.trouble).toEqual(trouble);
    const again = [
      { type: "asked", number: 2 },
      { type: "answered", number: 2, found: found("fa") },
    ] satisfies SearchHappening[];
    expect(again.reduce(searchChanged, failed).trouble).toBeNull();
  });
  it("does not stand for a newer one", () => {
    const late = after(
      { type: "typed", text: "fa" },
      { type: "asked", number: 1 },
      { type: "asked", number: 2 },
      { type: "answered", number: 2, found: found("fa") },
      { type: "unanswered", number: 1, trouble },
    );
    expect(late.trouble).toBeNull();
  });
});

describe("walking", () => {
  const search = after(
    { type: "typed", text: "a" },
    { type: "asked", number: 1 },
    { type: "answered", number: 1, found: found("a", 3) },
  );
  it("stays among the hits", () => {
    expect(searchChanged(search, { type: "walked", to: 9 }).at).toBe(2);
    expect(searchChanged(search, { type: "walked", to: -1 }).at).toBe(0);
  });
  it("keeps its place when the same is asked again, as when reading is done", () => {
    const walked = searchChanged(search, { type: "walked", to: 2 });
    const again = [
      { type: "asked", number: 2 },
      { type: "answered", number: 2, found: found("a", 9) },
    ] satisfies SearchHappening[];
    expect(again.reduce(searchChanged, walked).at).toBe(2);
  });
  it("begins anew with other words", () => {
    expect(searchChanged(searchChanged(search, { type: "walked", to: 2 }), { type: "typed", text: "ab" }).at).toBe(0);
  });
});

describe("filters", () => {
  const kept = after(
    { type: "typed", text: "a" },
    { type: "kept_to", kinds: ["billing"] },
    { type: "kept_to", year: 2023 },
  );
  it("add up, and stay while typing", () => {
    const typed = searchChanged(kept, { type: "typed", text: "ab" });
    expect([typed.kinds, typed.year, isFiltered(typed)]).toEqual([["billing"], 2023, true]);
  });
  it("go when the field is emptied", () => {
    expect(isFiltered(searchChanged(kept, { type: "typed", text: " " }))).toBe(false);
  });
  it("are asked for, with the period as an operator", () => {
    expect(question(kept, { from: "2024-01", to: "2024-02" }, true, 0, 100)).toEqual({
      query: "a date:2024-01-01..2024-02-29",
      typing: false,
      kinds: ["billing"],
      year: 2023,
      entry: null,
      offset: 0,
      limit: 100,
    });
    const either = { ...kept, text: "a OR b" };
    expect(question(either, { from: "2024-01", to: "2024-02" }, true, 0, 100).query).toBe(
      "(a OR b) date:2024-01-01..2024-02-29",
    );
    expect(question(kept, null, true, 100, 100)).toMatchObject({ query: "a", typing: true, offset: 100 });
  });
});

it("an operator goes behind what is typed", () => {
  expect([withOperator("", "-a"), withOperator("b ", "-a")]).toEqual(["-a", "b -a"]);
});
