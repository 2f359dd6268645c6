// Numbers, days and money, as each language writes them.
import { describe, expect, it } from "vitest";
import { bytes, count, day, dayAndTime, duration, money, plain, time } from "./formats";

const NB = "\u00a0";
const NN = "\u202f";

describe("money", () => {
  const check = (amount: string, currency: string | null, fr: string, en: string) => {
    it(`${amount} ${String(currency)}`, () => {
      expect(money("fr", { amount, currency })).toBe(fr);
      expect(money("en", { amount, currency })).toBe(en);
    });
  };
  check("118.80", "EUR", `118,80${NB}€`, "€118.80");
  check("-59.4", "EUR", `−59,40${NB}€`, "−€59.40");
  check("8412.60", "EUR", `8${NN}412,60${NB}€`, "€8,412.60");
  check("12", null, "12,00", "12.00");
  check("0.0125", "EUR", `0,0125${NB}€`, "€0.0125");
  // Beyond what a float can hold: every digit stays.
  check(
    "90071992547409931.27",
    "EUR",
    `90${NN}071${NN}992${NN}547${NN}409${NN}931,27${NB}€`,
    "€90,071,992,547,409,931.27",
  );
  check("abc", "EUR", `abc${NB}EUR`, `abc${NB}EUR`);
  check("12.5", "points", "12,50", "12.50");
});

describe("days", () => {
  const check = (iso: string, fr: string, en: string) => {
    it(iso, () => {
      expect(day("fr", iso, "long").replaceAll(NB, " ")).toBe(fr);
      expect(day("en", iso, "long").replaceAll(NB, " ")).toBe(en);
    });
  };
  check("2024-02-01", "1er février 2024", "1 February 2024");
  check("2024-02-11T10:22:33Z", "11 février 2024", "11 February 2024");
  check("2024-02", "février 2024", "February 2024");
  check("2024", "2024", "2024");
  check("hier", "hier", "hier");
  check("0001-01-01", "0001-01-01", "0001-01-01");
  check("2024-02-31", "2024-02-31", "2024-02-31");
  check("2024-13-01", "2024-13-01", "2024-13-01");

  it("keep the time of the export, whatever the zone of the computer", () => {
    expect(time("2024-02-11T23:59:59+05:00")).toBe("23:59");
    expect(dayAndTime("fr", "2024-02-11T23:59:59Z", "long").replaceAll(NB, " ")).toBe(
      `11 février 2024 à 23${NN}h${NN}59`,
    );
    expect(dayAndTime("fr", "2024-02-11 08:05", "long").replaceAll(NB, " ")).toBe(`11 février 2024 à 8${NN}h${NN}05`);
    expect(dayAndTime("en", "2024-02-11 08:05", "long").replaceAll(NB, " ")).toBe("11 February 2024, 08:05");
    expect(dayAndTime("en", "2024-02-11", "long").replaceAll(NB, " ")).toBe("11 February 2024");
  });
});

it("counts, sizes and times", () => {
  expect(count("fr", 6724)).toBe(`6${NN}724`);
  expect(count("en", 6724)).toBe("6,724");
  expect([0, 999, 1000, 12_418_330, 2_500_000_000].map((n) => bytes("fr", n))).toEqual([
    `0${NB}octet`,
    `999${NB}octets`,
    `1${NB}ko`,
    `12,4${NB}Mo`,
    `2,5${NB}Go`,
  ]);
  expect([bytes("fr", 1), bytes("en", 1), bytes("en", 0)]).toEqual([`1${NB}octet`, `1${NB}byte`, `0${NB}bytes`]);
  expect([0.4, 42, 1384, 90_000].map((n) => duration("fr", n))).toEqual([
    `0,4${NB}ms`,
    `42${NB}ms`,
    `1,4${NB}s`,
    `1,5${NB}min`,
  ]);
});

it("text that turns or hides is made visible, and nothing else is touched", () => {
  expect(plain("évil\u202egpj.exe")).toBe("évil\\u{202E}gpj.exe");
  expect(plain("a\u0000b\u200bc")).toBe("a\\u{0}b\\u{200B}c");
  expect(plain("ligne\nsuivante\tיעל 👩‍👧")).toBe("ligne\nsuivante\tיעל 👩‍👧");
});
