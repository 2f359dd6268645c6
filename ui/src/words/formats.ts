// Numbers, days, money and names as each language writes them.
import type { Amount } from "../host/contract";

export type Language = "fr" | "en";

const locales = { fr: "fr-FR", en: "en-GB" } satisfies Record<Language, string>;

/** Intl objects are dear to make and free to keep. */
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function keep<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const found = kept.get(key) ?? make();
  kept.set(key, found);
  return found as T;
}

/** A true minus sign, and never a line break inside a number. */
const typeset = (text: string): string => text.replace(/^[-−]/u, "−").replaceAll(" ", "\u00a0");

export function count(language: Language, value: number): string {
  return typeset(keep(`n${language}`, () => new Intl.NumberFormat(locales[language])).format(value));
}

/** Half a decimal place where it helps: `1.4`, `12`. */
export function decimal(language: Language, value: number, digits: number): string {
  const options = { maximumFractionDigits: digits };
  return typeset(
    keep(`d${language}${String(digits)}`, () => new Intl.NumberFormat(locales[language], options)).format(value),
  );
}

const decimalText = /^-?\d+(\.\d+)?$/;

/** The amount goes to Intl as text, never through a float; what is no decimal is shown as it stands. */
export function money(language: Language, { amount, currency }: Amount): string {
  if (!decimalText.test(amount)) return currency ? `${amount}\u00a0${currency}` : amount;
  const exact = amount as Intl.StringNumericLiteral;
  const digits = Math.min(Math.max((amount.split(".")[1] ?? "").length, 2), 6);
  if (currency && /^[A-Z]{3}$/.test(currency)) {
    const format = keep(
      `m${language}${currency}${String(digits)}`,
      () =>
        new Intl.NumberFormat(locales[language], {
          style: "currency",
          currency,
          currencyDisplay: "narrowSymbol",
          ...(digits > 2 && { minimumFractionDigits: digits }),
        }),
    );
    return typeset(format.format(exact));
  }
  const plain = keep(
    `p${language}${String(digits)}`,
    () => new Intl.NumberFormat(locales[language], { minimumFractionDigits: digits }),
  );
  return typeset(plain.format(exact));
}

const sizes = {
  fr: ["octets", "ko", "Mo", "Go", "To"],
  en: ["bytes", "kB", "MB", "GB", "TB"],
} satisfies Record<Language, string[]>;

/** One of them; French counts nought and one alike. */
const single = { fr: "octet", en: "byte" } satisfies Record<Language, string>;

export function bytes(language: Language, value: number): string {
  let step = 0;
  let rest = value;
  while (rest >= 1000 && step < 4) {
    rest /= 1000;
    step += 1;
  }
  if (value === 1 || (value === 0 && language === "fr")) {
    return `${decimal(language, value, 0)}\u00a0${single[language]}`;
  }
  const digits = step === 0 || rest >= 100 ? 0 : 1;
  return `${decimal(language, rest, digits)}\u00a0${sizes[language][step] ?? ""}`;
}

export function duration(language: Language, milliseconds: number): string {
  if (milliseconds < 100) return `${decimal(language, milliseconds, milliseconds < 10 ? 1 : 0)}\u00a0ms`;
  if (milliseconds < 60_000) return `${decimal(language, milliseconds / 1000, 1)}\u00a0s`;
  return `${decimal(language, milliseconds / 60_000, 1)}\u00a0min`;
}

export function percent(language: Language, part: number): string {
  const format = keep(`%${language}`, () => new Intl.NumberFormat(locales[language], { style: "percent" }));
  return typeset(format.format(part));
}

type Style = "long" | "short" | "month" | "year";

const styles = {
  long: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
  year: { year: "numeric" },
} satisfies Record<Style, Intl.DateTimeFormatOptions>;

/** ISO 8601 with as much as it has: `2024`, `2024-02`, `2024-02-01`, `2024-02-01T10:22:33Z`. */
const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?(?:\.\d+)?(.*))?)?)?$/;

/** A day as people write it; what is no ISO day is shown as it stands. The zone is the export's own: nothing is converted. */
export function day(language: Language, text: string, style: Style = "short"): string {
  const parts = iso.exec(text);
  if (!parts) return text;
  const [, year, month, dayOfMonth] = parts;
  const wanted = month === undefined ? "year" : dayOfMonth === undefined && style !== "year" ? "month" : style;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(dayOfMonth ?? 1)));
  // What is on no calendar (31 February, or the year 1 that stands for none) is not turned into another day.
  const real = date.getUTCMonth() + 1 === Number(month ?? 1) && date.getUTCDate() === Number(dayOfMonth ?? 1);
  if (!real || Number(year) < 1000) return text;
  const options: Intl.DateTimeFormatOptions = { ...styles[wanted], timeZone: "UTC" };
  const written = keep(`t${language}${wanted}`, () => new Intl.DateTimeFormat(locales[language], options)).format(date);
  return (language === "fr" ? written.replace(/^1 /u, "1er ") : written).replaceAll(" ", "\u00a0");
}

/** The time of day in an ISO text, if it has one. */
export function time(text: string): string {
  const parts = iso.exec(text);
  return parts?.[4] === undefined ? "" : `${parts[4]}:${parts[5] ?? "00"}`;
}

export function dayAndTime(language: Language, text: string, style: Style = "short"): string {
  const clock = time(text);
  if (clock === "") return day(language, text, style);
  return language === "fr"
    ? `${day(language, text, style)} à\u00a0${clock.replace(/^0/, "").replace(":", "\u202fh\u202f")}`
    : `${day(language, text, style)},\u00a0${clock}`;
}

/** Three letters of a month for an axis or a narrow column: `févr.`, `Feb`. */
export function monthShort(language: Language, month: number): string {
  const options: Intl.DateTimeFormatOptions = { month: "short", timeZone: "UTC" };
  return keep(`s${language}`, () => new Intl.DateTimeFormat(locales[language], options)).format(
    new Date(Date.UTC(2024, month - 1, 1)),
  );
}

const first = "\u2068";
const pop = "\u2069";

/** Characters that turn, hide or break text; Rust shows most of them escaped already, the page does not lean on that. */
const treacherous =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Text from the export with what turns or hides it made visible. */
export function plain(text: string): string {
  return text.replace(treacherous, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** A name from the export for use inside a sentence: isolated, so that a right-to-left name cannot turn the sentence. */
export function isolated(text: string): string {
  return first + plain(text) + pop;
}
