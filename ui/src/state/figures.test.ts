// Sums, months and tracks: what is drawn from numbers.
import { describe, expect, it } from "vitest";
import type { ConsentHistory, ConsentLine } from "../host/contract";
import { bars, between, greatest, MONTHS_MAX } from "./months";
import { add, isZero, subtract } from "./sums";
import { points, scaleOf, stretches, yearsOf } from "./track";

describe("sums", () => {
  const check = (a: string, b: string, sum: string, difference: string) => {
    it(`${a} and ${b}`, () => {
      expect([add(a, b), subtract(a, b)]).toEqual([sum, difference]);
    });
  };
  check("0.10", "0.20", "0.30", "-0.10");
  check("118.80", "-59.40", "59.40", "178.20");
  check("9007199254740993.01", "0.01", "9007199254740993.02", "9007199254740993.00");
  check("0.0125", "0", "0.0125", "0.0125");
  check("-0.05", "0.02", "-0.03", "-0.07");
  it("know nothing", () => {
    expect([isZero("0.00"), isZero("-0.00"), isZero("0.01")]).toEqual([true, true, false]);
  });
});

describe("months", () => {
  const all = bars([
    { month: "2024-02", kinds: { billing: 2, activity: 5, message: 1 } },
    { month: "2023-11", kinds: { consent: 1 } },
    { month: "0000-00", kinds: { other: 1 } },
  ]);
  it("have no gaps, and everything without a screen of its own is one group", () => {
    expect(all.map((bar) => [bar.month, bar.total])).toEqual([
      ["2023-11", 1],
      ["2023-12", 0],
      ["2024-01", 0],
      ["2024-02", 8],
    ]);
    expect(all[3]?.counts.other).toBe(6);
  });
  it("are chosen in either direction", () => {
    expect(between(all, 3, 1)).toEqual({ from: "2023-12", to: "2024-02" });
    expect(between(all, -5, 99)).toEqual({ from: "2023-11", to: "2024-02" });
    expect(between([], 0, 0)).toBeNull();
  });
  it("have one scale for the four kinds and one for the rest", () => {
    expect(greatest(all)).toEqual({ typed: 2, other: 6 });
  });
  it("stay few, and stay where most records are, whatever single records say", () => {
    const odd = bars([
      { month: "0001-01", kinds: { other: 1 } },
      { month: "2024-01", kinds: { billing: 5 } },
      { month: "2024-03", kinds: { billing: 5 } },
      { month: "9999-12", kinds: { other: 1 } },
    ]);
    expect(odd.map((bar) => bar.month)).toEqual(["2024-01", "2024-02", "2024-03"]);
    const long = Array.from({ length: 300 }, (_, i) => ({ month: `${String(1800 + i)}-06`, kinds: { other: 1 } }));
    expect(bars(long).length).toBeLessThanOrEqual(MONTHS_MAX);
    expect(bars([])).toEqual([]);
  });
});

describe("the track of a consent", () => {
  const line = (values: Partial<ConsentLine>): ConsentLine => ({
    id: "1",
    purpose: "p",
    channel: "c",
    basis: "",
    choice: "given",
    state: "in_force",
    date: null,
    withdrawn: null,
    expires: null,
    version: "",
    source: "",
    findings: [],
    locator: { entry: "a", at: "" },
    ...values,
  });
  const history = (...choices: ConsentLine[]): ConsentHistory => ({
    purpose: "p",
    channel: "c",
    state: "in_force",
    choices,
  });
  const given = history(
    line({ date: "2020-01-01", withdrawn: "2021-01-01" }),
    line({ date: "2022-01-01", choice: "refused" }),
  );
  const scale = scaleOf([given], "2023-01-01");
  if (!scale) throw new Error("there are dates");

  it("runs from the first choice to the day of the export", () => {
    expect(new Date(scale.from).getUTCFullYear()).toBe(2019);
    expect(scale.to).toBeGreaterThan(Date.parse("2023-01-01"));
    expect(scaleOf([history(line({}))], null)).toBeNull();
  });
  it("says what held when", () => {
    const all = stretches(given, scale);
    expect(all.map((stretch) => stretch.choice)).toEqual(["given", "withdrawn", "refused"]);
    expect(all.every((stretch, i) => stretch.from <= stretch.to && (i === 0 || all[i - 1]?.to === stretch.from))).toBe(
      true,
    );
  });
  it("ends where consent expires", () => {
    const expired = history(line({ date: "2020-01-01", expires: "2020-07-01" }));
    expect(stretches(expired, scale).map((stretch) => stretch.choice)).toEqual(["given", "expired"]);
  });
  it("leaves out what has no day", () => {
    expect(points(history(line({}), line({ date: "2020-05-05" })), scale)).toHaveLength(1);
  });
  it("marks years that fit", () => {
    expect(yearsOf(scale, 2).length).toBeLessThanOrEqual(2);
    expect(yearsOf(scale, 10).map(({ year }) => year)).toEqual([2020, 2021, 2022, 2023]);
  });
});
