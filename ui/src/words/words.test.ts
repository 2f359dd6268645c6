// The words: complete in both languages, and French set as French is.
import { describe, expect, it } from "vitest";
import type { Words } from "./en";
import {
  argsOf,
  decodedSentence,
  findingSentence,
  formatNameOf,
  formatOf,
  languageOf,
  noteSentence,
  reasonOf,
  sentence,
  troubleSentences,
  words,
} from "./words";
import { french } from "./typeset";

type Leaf = [path: string, text: string];

/** Every text, with functions called on plain values. */
function leaves(value: unknown, path: string): Leaf[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const args = argsOf("fr", { number: "F-1", count: "3", entry: "a.json" });
    const sentenceOfArgs = /findings|notes|troubles|advices/.test(path);
    const said: unknown = sentenceOfArgs
      ? (value as (a: typeof args) => string)(args)
      : (value as (...list: unknown[]) => string)(...Array.from({ length: value.length }, () => "2"));
    return [[path, String(said)]];
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
  }
  return [];
}

const shape = (w: Words): string[] =>
  leaves(w, "")
    .map(([path]) => path)
    // What comes with a code is said by Rust in English, and translated here: only French has these.
    .filter((path) => !/^\.(notes|troubles|search\.troubles|requests\.advices|record\.reasons(Before)?)\./.test(path))
    .sort();

describe("the words", () => {
  it("are the same in both languages", () => {
    expect(shape(words.fr)).toEqual(shape(words.en));
  });

  it("are never empty", () => {
    for (const w of [words.en, words.fr]) {
      expect(leaves(w, "").filter(([, text]) => text.trim() === "")).toEqual([]);
    }
  });

  it("are not left in English", () => {
    const english = new Map(leaves(words.en, ""));
    const same = leaves(words.fr, "")
      .filter(([path, text]) => english.get(path) === text && /[a-z]{4}/i.test(text))
      // Short names of formats are names: vCard, Markdown, Outlook.
      .filter(([path]) => !path.startsWith(".files.formats."))
      .map(([, text]) => text);
    const alike = [
      "Portolan",
      "Sellsy",
      "Source",
      "Date",
      "Documents",
      "Contacts",
      "Messages",
      "Message",
      "Contact",
      "Action",
      "Note",
      "Format",
      "Activity",
      "Description",
      "Total",
      "Type",
      "Page",
      "kind:billing",
      "date:2021..2023",
      "amount:>100",
      "from:dpo",
      "file:invoices",
      "consent",
      "contact",
      "contacts",
      "documents",
      "cookies",
      "IBAN",
      "Page ↑ Page ↓",
      "message",
      "messages",
      "F-1",
      "2 messages",
      "2 notes",
      "2 pixels",
      "Ctrl 1 … Ctrl 8",
      "Notes",
      "E-mail",
      "e-mail",
      "e-mails",
      "Document",
      "Justification",
      "Ctrl K",
      "Photo (JPEG)",
      "Photo (HEIC)",
    ];
    expect(same.filter((text) => !alike.includes(text.replace(/[\u2068\u2069]/g, "").replace(/\u00a0/g, " ")))).toEqual(
      [],
    );
  });

  it("have narrow spaces before high punctuation in French", () => {
    const wrong = leaves(words.fr, "").filter(
      ([path, text]) =>
        / [:;!?»]|« |[a-zé][;!?»]/u.test(text.replaceAll(/[,·] \?/gu, "")) && !path.includes("operators"),
    );
    expect(wrong).toEqual([]);
  });

  it("use the typographic apostrophe and ellipsis", () => {
    for (const w of [words.en, words.fr]) {
      expect(leaves(w, "").filter(([, text]) => /[a-zé]'[a-zé]|\.\.\.(?!\d)/u.test(text))).toEqual([]);
    }
  });
});

describe("French typography", () => {
  const check = (text: string, expected: string) => {
    it(text, () => {
      expect(french(text)).toBe(expected);
    });
  };
  check("Vous ? Oui !", "Vous\u202f? Oui\u202f!");
  check("dit : « oui »", "dit\u202f: «\u202foui\u202f»");
  check("art. 17", "art.\u00a017");
  check("10 % de 20 €", "10\u202f% de 20\u202f€");
  check("Touches (/, ?, R)", "Touches (/, ?, R)");
  check("F6 : volet · ? : touches", "F6\u202f: volet · ?\u202f: touches");
});

describe("sentences for codes", () => {
  it("begin with a capital and end with a stop", () => {
    expect(sentence("the file is empty")).toBe("The file is empty.");
    expect(sentence("really?")).toBe("Really?");
    expect(sentence("")).toBe("");
  });

  it("fall back to the message where a code is new", () => {
    const note = { code: "brand_new", message: "something new", args: {}, at: null };
    expect(noteSentence(words.fr, note)).toBe("Something new.");
    expect(noteSentence(words.en, note)).toBe("Something new.");
  });

  it("write days and amounts as the language does", () => {
    const finding = {
      code: "paid_twice",
      weight: "bad",
      kind: "billing",
      records: [],
      right: null,
      args: { number: "F-7", paid: "237.60", gross: "118.80", currency: "EUR" },
    };
    expect(findingSentence(words.fr, finding)).toBe(
      "La facture \u2068F-7\u2069 semble payée deux fois\u202f: 237,60\u00a0€ pour 118,80\u00a0€",
    );
    const late = { ...finding, code: "overdue", args: { number: "F-7", due: "2023-07-01" } };
    expect(findingSentence(words.fr, late)).toContain("du 1er\u00a0juillet\u00a02023");
    expect(findingSentence(words.en, late)).toContain("1\u00a0July\u00a02023");
  });

  it("agree with how many there are, and write numbers as people do", () => {
    const note = (code: string, args: Record<string, string>): string =>
      noteSentence(words.fr, { code, message: "", args, at: null }).replaceAll("\u00a0", " ");
    expect(note("data_after", { bytes: "1" })).toBe("1 octet suit l’archive.");
    expect(note("data_after", { bytes: "12418" })).toBe("12\u202f418 octets suivent l’archive.");
    expect(note("incomplete_download", { whole: "0" })).toContain("0 fichier a été sauvé entier");
    const old = { code: "older_than_term", weight: "warn", kind: "activity", records: [], right: null };
    expect(findingSentence(words.fr, { ...old, args: { count: "1", months: "12" } })).toContain(
      "1\u00a0élément dépasse",
    );
    expect(findingSentence(words.en, { ...old, args: { count: "4810", months: "1" } })).toBe(
      "4,810\u00a0records are older than the announced term of 1\u00a0month",
    );
  });

  it("say formats by their names", () => {
    const note = (code: string, args: Record<string, string>): string =>
      noteSentence(words.fr, { code, message: "", args, at: null }).replaceAll(/[\u00a0\u202f]/g, " ");
    expect(note("unread_format", { format: "sqlite-journal" })).toBe(
      "Cette version ne lit pas ce format : Journal d’une base de données (SQLite).",
    );
    expect(note("extension_differs", { name: "csv", content: "xlsx" })).toContain("(Tableau (CSV))");
    expect(note("unread_format", { format: "dwg" })).toContain("DWG");
    expect([formatOf(words.en, "vcard"), formatOf(words.en, "dwg"), formatNameOf(words.fr, "dwg")]).toEqual([
      "vCard",
      "DWG",
      "DWG",
    ]);
  });

  it("say step by step how a source was made readable", () => {
    const check = (decoded: string, english: string, inFrench: string): void => {
      expect(decodedSentence(words.en, decoded)).toBe(english);
      expect(decodedSentence(words.fr, decoded).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(inFrench);
    };
    check(
      "text of the web page, decoded from base64, character set “iso-8859-1”",
      "Text of the web page. Decoded from base64. Character set “iso-8859-1”.",
      "Texte de la page web. Décodé du base64. Jeu de caractères “iso-8859-1”.",
    );
    check(
      "values as they were read",
      "This format holds no lines to show: these are the values, as they were read.",
      "Ce format n’a pas de lignes à montrer : voici ses valeurs, telles qu’elles ont été lues.",
    );
    // What is new in Rust is shown as it comes.
    check("turned upside down", "Turned upside down.", "Turned upside down.");
  });

  it("say why a record was taken for its kind", () => {
    const check = (reason: string, inFrench: string): void => {
      expect(reasonOf(words.en, reason)).toBe(reason);
      expect(reasonOf(words.fr, reason).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(inFrench);
    };
    check("said by you", "votre choix");
    check("list “a, b”, file name “invoice”, “total”", "liste “a, b”, nom de fichier “invoice”, “total”");
    check("amounts with a date, card numbers in “iban”", "des montants avec une date, numéros de carte dans “iban”");
    check("Netflix knows Billing*.csv", "Netflix nomme ainsi ses fichiers : Billing*.csv");
    check("something new", "something new");
  });

  it("name the file that was refused", () => {
    const trouble = { code: "empty_file", message: "", hint: "", args: { name: "envoi.zip" } };
    expect(troubleSentences(words.fr, trouble).message).toBe("\u2068envoi.zip\u2069 est vide.");
    expect(troubleSentences(words.fr, { ...trouble, args: {} }).message).toBe("Le fichier est vide.");
  });

  it("isolate names, so that a right-to-left one cannot turn the sentence", () => {
    expect(argsOf("en", { name: "אבג" })("name")).toBe("\u2068אבג\u2069");
    expect(argsOf("en", { name: "a\u202eb" })("name")).toBe("\u2068a\\u{202E}b\u2069");
  });
});

it("the language follows the system, and is English otherwise", () => {
  expect(["fr", "fr_FR.UTF-8", "FR", "en", "de", ""].map(languageOf)).toEqual(["fr", "fr", "fr", "en", "en", "en"]);
});
