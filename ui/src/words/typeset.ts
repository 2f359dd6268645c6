// French typography: narrow no-break spaces before high punctuation and inside guillemets. The words are written with
// plain spaces, so that they can be read and proofread; this puts the right ones in.

const NARROW = "\u202f";

export function french(text: string): string {
  return text
    .replace(/(?<![,·]) ([:;!?»])/gu, `${NARROW}$1`)
    .replace(/« /gu, `«${NARROW}`)
    .replace(/(\d) (?=[%€]|h\b)/gu, `$1${NARROW}`)
    .replace(/\bArt\. /gu, "Art.\u00a0")
    .replace(/\bart\. /gu, "art.\u00a0");
}

/** A template whose own words are typeset, and whose values (names from an export) are left alone. */
export function f(words: TemplateStringsArray, ...values: (string | number)[]): string {
  return words.map((part, i) => french(part) + String(values[i] ?? "")).join("");
}

/** The same words, typeset; functions do their own with `f`. */
export function typeset<T>(words: T): T {
  if (typeof words === "string") return french(words) as T;
  if (typeof words !== "object" || words === null) return words;
  if (Array.isArray(words)) return words.map((word: unknown) => typeset(word)) as T;
  return Object.fromEntries(Object.entries(words).map(([key, word]) => [key, typeset(word as unknown)])) as T;
}
