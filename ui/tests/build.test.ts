// What is built for the program: no inline script or style, no address of any other host, no pretend host, no data: URL.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
let files: { name: string; text: string }[];

/** The names of markup languages are addresses, but nothing is ever fetched from them. */
const NAMESPACES =
  /https?:\/\/www\.w3\.org\/(2000\/svg|1999\/xhtml|1999\/xlink|1998\/Math\/MathML|XML\/1998\/namespace)/g;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "portolan-dist-"));
  await build({ build: { outDir: folder, emptyOutDir: true }, logLevel: "error" });
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  files = names.map((name) => ({
    name,
    text: extname(name) === ".woff2" ? "" : readFileSync(join(folder, name), "utf8"),
  }));
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const found = (pattern: RegExp): string[] =>
  files.flatMap(({ name, text }) =>
    [...text.replaceAll(NAMESPACES, "").matchAll(pattern)].map((match) => `${name}: ${match[0].slice(0, 80)}`),
  );

describe("the build", () => {
  it("is there, with its fonts", () => {
    expect(files.map(({ name }) => name)).toContain("index.html");
    expect(files.filter(({ name }) => name.endsWith(".woff2"))).toHaveLength(6);
  });

  it("holds no address", () => {
    expect(found(/(https?|wss?|ftp):\/\/[^\s"'`)]*/g)).toEqual([]);
    expect(found(/["'`(]\/\/[a-z0-9-]+\.[a-z]/g)).toEqual([]);
  });

  it("holds no inline script, style or handler", () => {
    const html = files.find(({ name }) => name === "index.html")?.text ?? "";
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    // Templates of components are parsed as markup: a style attribute in one would be refused by the policy.
    expect(found(/<[a-z][^<>`]*\sstyle="/g)).toEqual([]);
  });

  it("holds nothing that makes text into code", () => {
    expect(found(/\beval\(|new Function\(|document\.write\(|insertAdjacentHTML|\.outerHTML\s*=/g)).toEqual([]);
  });

  it("holds no data: URL and no map of the source", () => {
    expect(found(/url\(["']?data:|src=["']data:|sourceMappingURL/g)).toEqual([]);
  });

  it("holds nothing of the pretend host", () => {
    expect(found(/Atelier Aubépin|sellsy\.example|VITE_PRETEND/g)).toEqual([]);
  });
});
