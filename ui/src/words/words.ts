// The words by language, and the sentences for codes that come from Rust.
import type { Finding, Note, QueryTrouble, Trouble } from "../host/contract";
import { en, type Args, type Words } from "./en";
import { count, day, isolated, type Language, money, plain } from "./formats";
import { fr } from "./fr";

export type { Args, Words } from "./en";

export const words: Record<Language, Words> = { en, fr };

/** Languages by the system's code; English for all others. */
export const languageOf = (code: string): Language => (code.toLowerCase().startsWith("fr") ? "fr" : "en");

const languageFor = (w: Words): Language => (w === fr ? "fr" : "en");

export function argsOf(language: Language, values: Record<string, string | undefined>): Args {
  const args = (key: string, otherwise = ""): string => {
    const value = values[key];
    if (value === undefined || value === "") return otherwise;
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(language, value, "long") : isolated(value);
  };
  const amount = (key: string): string =>
    money(language, { amount: values[key] ?? "", currency: values["currency"] || null });
  const whole = (key: string): number | null => (/^\d{1,15}$/.test(values[key] ?? "") ? Number(values[key]) : null);
  const format = (key: string): string => {
    const value = values[key] ?? "";
    return (
      words[language].files.formatNames[value] ??
      (value === "" ? (words[language].files.formats["unknown"] ?? "") : isolated(value.toUpperCase()))
    );
  };
  const number = (key: string): string => {
    const value = whole(key);
    return value === null ? args(key) : count(language, value);
  };
  const many = (key: string, one: string, more: string): string => {
    const value = whole(key);
    if (args(key) === "") return more;
    // French counts nought and one alike.
    const single = language === "fr" ? value !== null && value < 2 : value === 1;
    return `${number(key)}\u00a0${single ? one : more}`;
  };
  const plain = (key: string): string => values[key] ?? "";
  return Object.assign(args, { plain, money: amount, number, many, format });
}

/** The beginning in capitals and a full stop: messages come as `fits after “could not”`. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const start = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?…]$/u.test(start) ? start : `${start}.`;
}

export function noteSentence(w: Words, note: Note): string {
  const own = w.notes[note.code];
  return sentence(own ? own(argsOf(languageFor(w), note.args)) : note.message);
}

export function troubleSentences(w: Words, trouble: Trouble): { message: string; hint: string } {
  const own = w.troubles[trouble.code];
  const args = argsOf(languageFor(w), trouble.args);
  return {
    message: sentence(own ? own.message(args) : trouble.message),
    hint: sentence(own ? own.hint(args) : trouble.hint),
  };
}

export function queryTroubleSentences(w: Words, trouble: QueryTrouble): { message: string; hint: string } {
  const own = w.search.troubles[trouble.code];
  const args = argsOf(languageFor(w), trouble.args);
  return {
    message: sentence(own ? own.message(args) : trouble.message),
    hint: sentence(own ? own.hint(args) : trouble.hint),
  };
}

export function missingSentence(w: Words, note: Note): string {
  return w.requests.missing[note.code] ?? note.message;
}

export function findingSentence(w: Words, finding: Finding): string {
  return (
    w.findings[finding.code]?.(argsOf(languageFor(w), finding.args)) ?? w.findingChips[finding.code] ?? w.findingUnknown
  );
}

export function adviceSentence(w: Words, note: Note): string {
  const own = w.requests.advices[note.code] ?? w.notes[note.code];
  return sentence(own ? own(argsOf(languageFor(w), note.args)) : note.message);
}

/** What a record is, said as exactly as is known. */
export const whatOf = (w: Words, kind: string, what: string): string => w.whats[what] ?? w.kinds[kind] ?? kind;

/** Words that exports use for how things stand and for channels, in the reader's language; others stay as written. */
export const statusOf = (w: Words, text: string): string => w.given[text.toLowerCase()] ?? text;

/** What formats are called: short in columns, at length where there is room. */
export const formatOf = (w: Words, format: string): string => w.files.formats[format] ?? format.toUpperCase();

export const formatNameOf = (w: Words, format: string): string => w.files.formatNames[format] ?? formatOf(w, format);

/** How a source was made readable: Rust says each step in English, one after another. */
export function decodedSentence(w: Words, decoded: string): string {
  const { decoded: known, decodedFrom, characterSet } = w.record;
  return decoded
    .split(", ")
    .map((step) => {
      const own = known[step];
      if (own !== undefined) return sentence(own);
      const [, how, what = ""] = /^(decoded from|character set) (.+)$/u.exec(step) ?? [];
      return sentence(how === undefined ? step : (how === "decoded from" ? decodedFrom : characterSet)(plain(what)));
    })
    .join(" ");
}

/** Why a record was taken for its kind: signs that Rust says in English, one after another, some with names in “ ”. */
export function reasonOf(w: Words, reason: string): string {
  const { reasons, reasonsBefore, reasonKnown } = w.record;
  const whole = reasons[reason];
  if (whole !== undefined) return whole;
  const known = /^([^“]+) knows (.+)$/u.exec(reason);
  if (known) return reasonKnown(plain(known[1] ?? ""), plain(known[2] ?? ""));
  return (reason.match(/(?:“[^”]*”|[^,“]|,(?! ))+/gu) ?? [])
    .map((sign) => {
      const own = reasons[sign.trim()];
      if (own !== undefined) return own;
      const [, before = "", name = ""] = /^([^“]*?) ?(“.*)$/u.exec(sign.trim()) ?? [];
      return reasonsBefore[before] === undefined ? plain(sign.trim()) : `${reasonsBefore[before]} ${plain(name)}`;
    })
    .join(", ");
}

export const kindOf = (w: Words, kind: string): string => w.kinds[kind] ?? kind;
