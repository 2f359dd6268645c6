// A search over the invented export that really filters: words, phrases, beginnings, exclusions and a few operators.
import type { Facet, Found, HitLine, QueryTrouble, RecordRow, SearchQuery } from "../contract";
import { type Book, lineOf } from "./book";

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();

interface Term {
  text: string;
  not: boolean;
  prefix: boolean;
}

interface Asked {
  terms: Term[];
  kind: string | null;
  file: string | null;
  from: string | null;
  to: string | null;
  over: number | null;
  trouble: QueryTrouble | null;
}

function parse({ query, typing }: SearchQuery): Asked {
  const asked: Asked = { terms: [], kind: null, file: null, from: null, to: null, over: null, trouble: null };
  const parts = [...query.matchAll(/(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S+))/gu)];
  parts.forEach(([whole, minus, field, phrase, word], i) => {
    const text = phrase ?? word ?? "";
    if (field === "kind") asked.kind = text;
    else if (field === "file") asked.file = fold(text);
    else if (field === "date") {
      const range = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:\.\.(\d{4}(?:-\d{2}(?:-\d{2})?)?))?$/.exec(text);
      if (range) {
        asked.from = range[1] ?? null;
        asked.to = range[2] ?? range[1] ?? null;
      } else if (!typing || i < parts.length - 1) {
        const from = query.indexOf(whole);
        asked.trouble = {
          code: "bad_date",
          message: `${text} is no date`,
          hint: "write 2024, 2024-02, 2024-01-15, a range 2021..2023, or >2024-01-15",
          from,
          to: from + whole.length,
          args: { text },
        };
      }
    } else if (field === "amount") asked.over = Number(text.replace(/[^\d.]/g, ""));
    else if (text !== "OR" && text !== "AND") {
      const prefix = text.endsWith("*") || (typing && i === parts.length - 1 && phrase === undefined);
      asked.terms.push({ text: fold(text.replace(/\*$/, "")), not: minus === "-", prefix });
    }
  });
  return asked;
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}]/u.test(c);

function findTerm(text: string, term: Term): number {
  let at = text.indexOf(term.text);
  while (at >= 0) {
    if (!isWord(text[at - 1]) && (term.prefix || !isWord(text[at + term.text.length]))) return at;
    at = text.indexOf(term.text, at + 1);
  }
  return -1;
}

const TABLE_ROWS_MAX = 6_000;
const folded = new Map<Book, { row: RecordRow; text: string }[]>();

function rowsOf(book: Book): { row: RecordRow; text: string }[] {
  const known = folded.get(book);
  if (known) return known;
  const rows = book.tables.flatMap((table, t) =>
    Array.from({ length: Math.min(table.count, TABLE_ROWS_MAX) }, (_, i) => {
      const row = lineOf(book, t, i);
      return { row, text: fold(`${row.title} · ${row.text}`) };
    }),
  );
  folded.set(book, rows);
  return rows;
}

const yearOf = (row: RecordRow): string => row.date?.slice(0, 4) ?? "";

function facet(rows: RecordRow[], of: (row: RecordRow) => string): Facet[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = of(row);
    if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function searchBook(book: Book, query: SearchQuery): Found {
  const begun = performance.now();
  const asked = parse(query);
  const wanted = asked.terms.filter((term) => !term.not);
  const matching = asked.trouble
    ? []
    : rowsOf(book)
        .filter(({ row, text }) => {
          const day = row.date ?? "";
          return (
            (asked.kind === null || row.kind === asked.kind) &&
            (asked.file === null || fold(row.locator.entry).includes(asked.file)) &&
            (asked.from === null || day >= asked.from) &&
            (asked.to === null || day.slice(0, asked.to.length) <= asked.to) &&
            (asked.over === null || Number(row.money?.amount ?? "0") > asked.over) &&
            asked.terms.every((term) => findTerm(text, term) >= 0 !== term.not)
          );
        })
        .map(({ row }) => row);
  const { kinds, year, entry } = query;
  const byKind = (row: RecordRow): boolean => kinds.length === 0 || kinds.includes(row.kind);
  const byYear = (row: RecordRow): boolean => year === null || yearOf(row) === String(year);
  const byEntry = (row: RecordRow): boolean => entry === null || row.locator.entry === entry;
  const kept = matching.filter((row) => byKind(row) && byYear(row) && byEntry(row));
  const hits = kept.slice(query.offset, query.offset + Math.min(query.limit, 100)).map((row) => hit(row, wanted));
  return {
    query: query.query,
    total: kept.length,
    hits,
    facets: {
      kinds: facet(
        matching.filter((row) => byYear(row) && byEntry(row)),
        (row) => row.kind,
      ),
      years: facet(
        matching.filter((row) => byKind(row) && byEntry(row)),
        yearOf,
      ).sort((a, b) => (a.value < b.value ? 1 : -1)),
      entries: facet(
        matching.filter((row) => byKind(row) && byYear(row)),
        (row) => row.locator.entry,
      ),
    },
    took_ms: Math.max(0.2, performance.now() - begun),
    trouble: asked.trouble,
  };
}

function hit(row: RecordRow, terms: Term[]): HitLine {
  const marks: [number, number][] = [];
  // Folding keeps lengths here, since the invented text is composed; the first match decides where the snippet begins.
  const text = fold(row.text.normalize("NFC"));
  const first = Math.min(...terms.map((term) => findTerm(text, term)).filter((at) => at >= 0), row.text.length);
  const from = first > 60 && first < row.text.length ? row.text.lastIndexOf(" ", first - 30) + 1 : 0;
  const snippet =
    (from > 0 ? "… " : "") + row.text.slice(from, from + 180) + (row.text.length > from + 180 ? " …" : "");
  const shift = from > 0 ? 2 : 0;
  for (const term of terms) {
    const at = findTerm(fold(row.text.slice(from, from + 180)), term);
    if (at >= 0) marks.push([at + shift, at + shift + term.text.length]);
  }
  marks.sort((a, b) => a[0] - b[0]);
  return {
    id: row.id,
    kind: row.kind,
    what: row.what,
    title: row.title,
    date: row.date,
    locator: row.locator,
    snippet,
    marks,
    score: 1,
  };
}
