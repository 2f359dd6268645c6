// The invented export as records with fields, places and sources, made from its tables when asked for.
import type { Amount, FieldRow, Place, RecordCard, RecordRow, Source } from "../contract";
import { accounts, billing, choices, type Column, rest, type Table, tickets } from "./tables";

export interface Book {
  tables: Table[];
  /** Where the rows of each table begin in the order of the export. */
  starts: number[];
  total: number;
}

/** Tickets and consents as tables, so that they can be listed, found and cited like the rest. */
function ticketTable(): Table {
  const columns: Column[] = [
    { key: "number", label: "Number", role: "ticket_number" },
    { key: "subject", label: "Subject", role: "title" },
    { key: "status", label: "Status", role: "status" },
    { key: "opened", label: "Opened", role: "created_on", reading: "date" },
    { key: "author", label: "Author", role: "author" },
    { key: "text", label: "Text", role: "body" },
    { key: "answers", label: "Answers", role: "body" },
  ];
  return {
    path: "support/tickets.json",
    format: "json",
    root: "tickets",
    kind: "ticket",
    what: "ticket",
    columns,
    count: tickets.length,
    row: (index) => {
      const ticket = tickets[index];
      const [first, ...others] = ticket?.messages ?? [];
      return {
        number: ticket?.number ?? "",
        subject: ticket?.subject ?? "",
        status: ticket?.status ?? "",
        opened: first?.at ?? "",
        author: first?.author ?? "",
        text: first?.text ?? "",
        answers: others.map((message) => message.text).join("\n"),
      };
    },
    title: (row) => `Demande ${row["number"] ?? ""} : ${row["subject"] ?? ""}`,
    day: "opened",
  };
}

function consentTable(): Table {
  const keys = ["purpose", "channel", "basis", "choice", "date", "withdrawn", "expires", "version", "source"] as const;
  const roles = [
    "purpose",
    "channel",
    "legal_basis",
    "choice",
    "date",
    "withdrawn_on",
    "expires_on",
    "text_version",
    "source",
  ];
  return {
    path: "consentements/choix.json",
    format: "json",
    root: "consents",
    kind: "consent",
    what: "consent_choice",
    columns: keys.map((key, i) => ({
      key,
      label: key.charAt(0).toUpperCase() + key.slice(1),
      role: roles[i] ?? "other",
      ...(/date|withdrawn|expires/.test(key) && { reading: "date" as const }),
    })),
    count: choices.length,
    row: (index) => {
      const made = choices[index];
      return Object.fromEntries(keys.map((key) => [key, made?.[key] ?? ""]));
    },
    title: (row) => `${row["purpose"] ?? ""}, ${row["channel"] ?? ""}`,
    day: "date",
  };
}

export function makeBook(logRows: number): Book {
  const tables = [...accounts, ...billing, ticketTable(), consentTable(), ...rest(logRows)];
  const starts: number[] = [];
  let total = 0;
  for (const table of tables) {
    starts.push(total);
    total += table.count;
  }
  return { tables, starts, total };
}

export const emptyBook: Book = { tables: [], starts: [], total: 0 };

const isoOf = (raw: string): string => (/^\d{2}\/\d{2}\/\d{4}$/.test(raw) ? raw.split("/").reverse().join("-") : raw);
const decimalOf = (raw: string): string => raw.replace(",", ".");

export const isImage = (format: string): boolean => ["png", "heic"].includes(format);

function place(table: Table, index: number, key = ""): Place {
  if (isImage(table.format)) return { entry: table.path, at: key };
  if (table.format === "csv") {
    return { entry: table.path, at: `row=${String(index + 2)}${key === "" ? "" : `,col=${key}`}` };
  }
  if (table.format === "xlsx") {
    const row = String(index + 2);
    const column = table.columns.findIndex((each) => each.key === key);
    const at = column < 0 ? `row=${row}` : `cell=${String.fromCharCode(65 + column)}${row}`;
    return { entry: table.path, at: `sheet=${table.root},${at}` };
  }
  return { entry: table.path, at: `/${table.root}/${String(index)}${key === "" ? "" : `/${key}`}` };
}

export const idOf = (table: number, index: number): string => `${String(table)}-${String(index)}`;

function read(column: Column, raw: string): string {
  if (column.reading === "date") return isoOf(raw);
  if (column.reading === "money") return decimalOf(raw);
  return raw.trim();
}

export function amountOf(table: Table, row: Record<string, string>): Amount | null {
  return table.amount ? { amount: decimalOf(row[table.amount] ?? "0"), currency: "EUR" } : null;
}

export function lineOf(book: Book, t: number, index: number): RecordRow {
  const table = book.tables[t];
  if (!table) throw new Error("no such table");
  const row = table.row(index);
  return {
    id: idOf(t, index),
    kind: table.corrected ?? table.kind,
    what: table.what,
    title: table.title(row),
    date: isoOf(row[table.day] ?? "") || null,
    money: amountOf(table, row),
    text: table.columns
      .map((column) => row[column.key] ?? "")
      .filter((value) => value !== "")
      .join(" · ")
      .slice(0, 300),
    locator: place(table, index),
    certainty: table.kind === "contact" && !table.corrected ? "likely" : "certain",
  };
}

export function fieldsOf(table: Table, index: number): FieldRow[] {
  const row = table.row(index);
  return table.columns.map((column) => {
    const raw = row[column.key] ?? "";
    return {
      name: column.key,
      label: column.label,
      role: column.role,
      value: read(column, raw),
      raw,
      reading: column.reading ?? "text",
      ambiguous: /^0[1-9]\/0[1-9]\//.test(raw),
      locator: place(table, index, column.key),
    };
  });
}

/** The text of the rows around one, with the line on which each value stands. */
function textOf(
  table: Table,
  index: number,
): { text: string; spans: Map<string, [number, number]>; firstLine: number } {
  const spans = new Map<string, [number, number]>();
  let text = "";
  const near = [index - 1, index, index + 1].filter((i) => i >= 0 && i < table.count);
  if (table.format === "csv") {
    const lines = [index - 3, index - 2, ...near, index + 2, index + 3].filter(
      (i, at, all) => i >= 0 && i < table.count && all.indexOf(i) === at,
    );
    for (const i of lines) {
      const row = table.row(i);
      const start = text.length;
      table.columns.forEach((column, c) => {
        if (c > 0) text += ";";
        const from = text.length;
        text += row[column.key] ?? "";
        if (i === index) spans.set(column.key, [from, text.length]);
      });
      if (i === index) spans.set("", [start, text.length]);
      text += "\n";
    }
    return { text, spans, firstLine: (lines[0] ?? 0) + 2 };
  }
  for (const i of near) {
    const row = table.row(i);
    text += "    ";
    const start = text.length;
    text += "{\n";
    table.columns.forEach((column, c) => {
      text += `      ${JSON.stringify(column.key)}: `;
      const from = text.length;
      text += JSON.stringify(row[column.key] ?? "");
      if (i === index) spans.set(column.key, [from, text.length]);
      text += c === table.columns.length - 1 ? "\n" : ",\n";
    });
    text += "    }";
    if (i === index) spans.set("", [start, text.length]);
    text += ",\n";
  }
  return { text, spans, firstLine: 3 + (near[0] ?? 0) * (table.columns.length + 2) };
}

/** A row of a format in which nothing stands as it is read: its values, each on a line of its own. */
function valuesOf(table: Table, index: number, wanted: string): Source {
  const row = table.row(index);
  let text = "";
  let mark: [number, number] | null = null;
  for (const { key } of table.columns) {
    text += `${key}: `;
    const from = text.length;
    text += row[key] ?? "";
    if (place(table, index, key).at === wanted) mark = [from, text.length];
    text += "\n";
  }
  return {
    text,
    mark: mark ?? [0, text.length - 1],
    first_line: null,
    decoded: "values as they were read",
    entry: table.path,
    at: wanted,
  };
}

export function sourceOf(table: Table, index: number, at: string | null): Source {
  if (table.format === "xlsx" || isImage(table.format)) return valuesOf(table, index, at ?? place(table, index).at);
  const { text, spans, firstLine } = textOf(table, index);
  const whole = place(table, index).at;
  const wanted = at ?? whole;
  const key = wanted === whole ? "" : wanted.slice(whole.length).replace(/^,col=|^\//, "");
  return {
    text,
    mark: spans.get(key) ?? spans.get("") ?? [0, 0],
    first_line: firstLine,
    decoded: null,
    entry: table.path,
    at: wanted,
  };
}

export function find(book: Book, id: string): { table: Table; t: number; index: number } | null {
  const [t, index] = id.split("-").map(Number);
  const table = book.tables[t ?? -1];
  return table && t !== undefined && index !== undefined && index < table.count ? { table, t, index } : null;
}

export function findPlace(book: Book, at: Place): { table: Table; t: number; index: number; key: string } | null {
  const t = book.tables.findIndex((table) => table.path === at.entry);
  const table = book.tables[t];
  if (!table) return null;
  if (isImage(table.format)) return { table, t, index: 0, key: at.at };
  const csv = /^row=(\d+)(?:,col=(.*))?$/.exec(at.at);
  const cell = /^sheet=[^,]*,(?:row=|cell=([A-Z]))(\d+)$/.exec(at.at);
  if (table.format === "xlsx") {
    const index = Number(cell?.[2]) - 2;
    const key = cell?.[1] === undefined ? "" : (table.columns[cell[1].charCodeAt(0) - 65]?.key ?? "");
    return index >= 0 && index < table.count ? { table, t, index, key } : null;
  }
  const json = /^\/[^/]+\/(\d+)(?:\/(.*))?$/.exec(at.at);
  const found = table.format === "csv" ? csv : json;
  if (!found) return null;
  const index = Number(found[1]) - (table.format === "csv" ? 2 : 0);
  return index >= 0 && index < table.count ? { table, t, index, key: found[2] ?? "" } : null;
}

export function cardOf(book: Book, id: string, at: string | null): RecordCard | null {
  const found = find(book, id);
  if (!found) return null;
  const { table, t, index } = found;
  const fields = fieldsOf(table, index);
  return {
    row: lineOf(book, t, index),
    reason: table.corrected
      ? "said by you"
      : table.columns
          .slice(0, 4)
          .map((column) => `“${column.key}”`)
          .join(", "),
    image: isImage(table.format),
    fields,
    fields_total: fields.length,
    source: sourceOf(table, index, at),
    related: relatedTo(book, table, index),
    notes: [],
  };
}

function relatedTo(book: Book, table: Table, index: number): RecordRow[] {
  if (table.kind !== "billing") return [];
  const row = table.row(index);
  const number = table.what === "payment" ? row["Facture"] : row["number"];
  const found: RecordRow[] = [];
  book.tables.forEach((other, t) => {
    if (other.kind !== "billing" || other === table) return;
    for (let i = 0; i < other.count; i += 1) {
      const there = other.row(i);
      if (number && (there["Facture"] === number || there["number"] === number || there["of"] === number)) {
        found.push(lineOf(book, t, i));
      }
    }
  });
  return found;
}
