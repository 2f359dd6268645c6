// What Rust can say has its words here: every code of a note or a trouble a French sentence, every format a name, every
// way of making a source readable a sentence in both languages. The sources of the crates are read for them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { frNotZip } from "../src/words/fr-notes";
import { decodedSentence, troubleSentences, words } from "../src/words/words";

const CRATES = join(import.meta.dirname, "../../src-tauri/crates");

/** The sources of some crates, without their tests. */
const sources = (crates: string[]): { name: string; text: string }[] =>
  crates.flatMap((crate) =>
    readdirSync(join(CRATES, crate, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".rs") && !/(^|\/)tests?[./]/.test(name))
      .map((name) => {
        const [text = ""] = readFileSync(join(CRATES, crate, "src", name), "utf8").split(
          /#\[cfg\(test\)\]\s*mod \w+ \{/,
        );
        return { name: `${crate}/${name}`, text };
      }),
  );

const found = (files: { name: string; text: string }[], pattern: RegExp): Map<string, string> =>
  new Map(files.flatMap(({ name, text }) => [...text.matchAll(pattern)].map((match) => [match[1] ?? "", name])));

/** Codes that have no words, each with where Rust says it. */
const without = (codes: Map<string, string>, known: Record<string, unknown>): string[] =>
  [...codes].filter(([code]) => !(code in known)).map(([code, name]) => `${code} (${name})`);

const reading = sources(["archive", "files", "worker", "session"]);

describe("every code has a French sentence", () => {
  it("notes made where they are said", () => {
    const codes = found(
      reading,
      /(?:Oddity::new|\b(?:add|note|odd|oddity|refused|report_as))\(\s*"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)"\s*,/g,
    );
    expect(codes.size).toBeGreaterThan(100);
    expect(without(codes, words.fr.notes)).toEqual([]);
  });

  it("notes whose code is chosen first and said later", () => {
    // `("too_deep", place, "…")`: two words at least, so that names of formats and fields are not taken for codes.
    const codes = found(reading, /[^\w:.!]\(\s*"([a-z]{2,}[a-z0-9]*(?:_[a-z0-9]+)+)"\s*,/g);
    expect(codes.size).toBeGreaterThan(8);
    expect(without(codes, words.fr.notes)).toEqual([]);
  });

  it("troubles", () => {
    const codes = found(sources(["session"]), /\btrouble\(\s*"([a-z_0-9]+)"\s*,/g);
    expect(codes.size).toBeGreaterThan(3);
    expect(without(codes, words.fr.troubles)).toEqual([]);
  });
});

it("everything that claims to be a ZIP archive and is none is named in French", () => {
  const kind = sources(["archive"]).filter(({ name }) => name.endsWith("/kind.rs"));
  const whats = found(kind, /"((?:an?|nothing|too) [^"]+)"/g);
  expect(whats.size).toBeGreaterThan(20);
  expect(without(whats, frNotZip)).toEqual([]);
  const said = (what: string): string =>
    Object.values(
      troubleSentences(words.fr, { code: "not_a_zip", message: "", hint: "", args: { name: "x", what } }),
    ).join(" ");
  const all = [...whats.keys(), "", "something new"].map(said);
  expect(new Set(all).size).toBe(all.length);
});

it("every format that Rust tells has a name in both languages", () => {
  const [layout] = sources(["files"]).filter(({ name }) => name.endsWith("/layout.rs"));
  const [, arms = ""] = /pub fn word\(self\)[^{]*\{([\s\S]*?)\n {4}\}/.exec(layout?.text ?? "") ?? [];
  const formats = found([{ name: "layout.rs", text: arms }], /=> "([^"]+)"/g);
  expect(formats.size).toBeGreaterThan(40);
  for (const w of [words.en, words.fr]) expect(without(formats, w.files.formatNames)).toEqual([]);
});

it("every way of making a source readable is said in French", () => {
  const steps = new Map([
    ...found(reading, /\bnote: Some\("([^"]+)"/g),
    ...found(reading, /\bhow\.push\("([^"]+)"/g),
    ...found(reading, /\bencoded\.then\(\|\| "([^"]+)"/g),
    ...found(reading, /\belse \{ "((?:without|decoded) [^"]+)" \}/g),
  ]);
  expect(steps.size).toBeGreaterThan(5);
  const english = [...steps.keys()].filter((step) => decodedSentence(words.fr, step).toLowerCase().startsWith(step));
  expect(english).toEqual([]);
});

it("every reason for a kind is said in French", () => {
  const evidence = sources(["records"]).filter(({ name }) =>
    /\/(evidence(\.rs|\/(together|formats)\.rs)|plan\/(list|paper\/judge)\.rs)$/.test(name),
  );
  const whole = new Map([
    ...found(evidence, /"([^"{}]+)"\.to_owned\(\)/g),
    ...found(evidence, /What::\w+, "([^"]+)"\)/g),
  ]);
  expect(whole.size).toBeGreaterThan(25);
  expect(without(whole, words.fr.record.reasons)).toEqual([]);
  // `(signs.list, 4, "list")`: what a name in quotation marks is the name of.
  const before = found(evidence, /\([\w:.]+, \d, "([a-z -]+)"\)/g);
  expect(before.size).toBeGreaterThan(5);
  expect(without(before, words.fr.record.reasonsBefore)).toEqual([]);
});
