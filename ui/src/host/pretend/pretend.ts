// A host that pretends: invented data, believable behaviour. For drawing and testing the window without Rust behind it.
// `?state=` sample, big, empty, password, trouble, reading, slow; `&lang=fr`; `&theme=dark` is read by the window itself.
import type {
  CaseState,
  Conflict,
  Draft,
  EntryLine,
  Event,
  Finding,
  Head,
  Identifier,
  LedgerLine,
  Month,
  MoneyYear,
  Note,
  Overview,
  Page,
  RecordRow,
  ThreadLine,
  Trouble,
} from "../contract";
import type { Host } from "../host";
import {
  amountOf,
  type Book,
  cardOf,
  emptyBook,
  fieldsOf,
  find,
  findPlace,
  idOf,
  isImage,
  lineOf,
  makeBook,
  sourceOf,
} from "./book";
import { letterOf } from "./letter";
import { signature } from "./picture";
import { searchBook } from "./search";
import { choices, cents, tickets } from "./tables";

const note = (code: string, message: string, args: Record<string, string> = {}, at: string | null = null): Note => ({
  code,
  message,
  args,
  at,
});

const trouble = (code: string, message: string, hint: string): Trouble => ({ code, message, hint, args: {} });

const kindNames = "account billing ticket consent activity message contact event place document other".split(" ");

const page = <T>(rows: T[], offset: number, limit: number): Page<T> => ({
  total: rows.length,
  offset,
  rows: rows.slice(offset, offset + limit),
});

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** The files of the invented export: those with records, and others to make up a believable coverage. */
function entriesOf(book: Book, locked: boolean): EntryLine[] {
  const lines: Omit<EntryLine, "id" | "image">[] = book.tables.map((table) => ({
    path: table.path,
    format: table.format,
    status: "read",
    bytes: table.count * 212 + 340,
    records: table.count,
    kinds: { [table.corrected ?? table.kind]: table.count },
    corrected: table.corrected ?? null,
    notes:
      table.path === "crm/contacts.xlsx"
        ? [note("hidden_sheet", "the sheet Anciens is hidden; it is read like the others", { sheet: "Anciens" })]
        : [],
  }));
  const plain = (path: string, format: string, status: string, bytes: number, notes: Note[] = []): void => {
    lines.push({ path, format, status, bytes, records: 0, kinds: {}, corrected: null, notes });
  };
  plain("LISEZ-MOI.txt", "text", "read", 2_140);
  if (book.total > 0) {
    const document = { records: 1, kinds: { document: 1 } };
    lines.push({
      path: "documents/contrat-2019.html",
      format: "html",
      status: "read",
      bytes: 48_211,
      corrected: null,
      notes: [],
      ...document,
    });
    for (let i = 0; i < 44; i += 1) {
      const year = String(2019 + Math.floor(i / 6));
      plain(
        `archives-${year}.zip > courrier/${year}-${String((i % 6) * 2 + 1).padStart(2, "0")}.eml`,
        "eml",
        "read",
        8_400 + i * 131,
      );
    }
    lines.push({
      path: "journal/opérations.csv",
      format: "csv",
      status: "partly",
      bytes: 1_204_331,
      records: 0,
      kinds: {},
      corrected: null,
      notes: [
        note(
          "rows_cut",
          "the table is cut off in row 10000: 10000 rows of 12418 announced",
          { rows: "10000", announced: "12418" },
          "row=10000",
        ),
      ],
    });
    plain(
      "crm/sauvegarde.zip > notes.json",
      "json",
      locked ? "encrypted" : "read",
      9_120,
      locked ? [note("password_needed", "encrypted; no password given so far opens it")] : [],
    );
    plain("messages/coffre.json", "json", "encrypted", 4_410, [
      note(
        "encrypted_content",
        "the content is encrypted (JWE): ask the sender for the key and decrypt it with their instructions, or ask for a copy that is not encrypted",
        { how: "JWE" },
      ),
    ]);
    plain("messages/brouillons.json", "json", "empty", 2);
    plain("évil\\u{202E}gpj.exe", "exe", "refused", 512, [
      note("name_turned", "the name holds characters that turn its reading direction", {}),
    ]);
  } else {
    plain("export.pdf", "pdf", "unread", 88_120, [note("type_unread", "PDF files are not read", { format: "PDF" })]);
  }
  return lines.map((line, id) => ({ id, image: isImage(line.format), ...line }));
}

function headOf(book: Book, entries: EntryLine[], locked: boolean, state: string): Head {
  const kinds: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  for (const entry of entries) {
    statuses[entry.status] = (statuses[entry.status] ?? 0) + 1;
    for (const [kind, value] of Object.entries(entry.kinds)) kinds[kind] = (kinds[kind] ?? 0) + value;
  }
  const known = book.total > 0;
  return {
    name: known ? "sellsy-export-2026-11-02.zip" : "reponse.zip",
    sha256: "9f2c6d10a7b3f4e8c15d2b7a90e6f1348d5c7b2a6e0f9183c4d7a5b2e6f0b1e4",
    bytes: known ? 12_418_330 : 90_260,
    outcome: locked ? "needs_password" : "open_with_warning",
    service: known ? { id: "sellsy", name: "Sellsy", certainty: "certain" } : null,
    controller: known ? { id: "sellsy", name: "Sellsy" } : null,
    subject: known ? "Camille Aubépin" : null,
    exported: known ? "2026-11-02" : null,
    span: known ? ["2019-03-01", "2026-10-30"] : null,
    entries: entries.length,
    entries_read: statuses["read"] ?? 0,
    statuses,
    records: Object.values(kinds).reduce((sum, value) => sum + value, 0),
    kinds,
    notes: known
      ? [
          note("same_name_twice", "two entries are both named messages/brouillons.json; both are kept", {
            name: "messages/brouillons.json",
          }),
        ]
      : [],
    took_ms: 1384,
    state,
  };
}

function ledgerLines(book: Book): LedgerLine[] {
  const paid = new Map<string, string[]>();
  book.tables.forEach((table, t) => {
    if (table.what !== "payment") return;
    for (let i = 0; i < table.count; i += 1) {
      const of = table.row(i)["Facture"] ?? "";
      paid.set(of, [...(paid.get(of) ?? []), idOf(t, i)]);
    }
  });
  const words: Record<string, string> = {
    Payée: "paid",
    "En retard": "overdue",
    "À payer": "due",
    Remboursé: "refunded",
  };
  const lines: LedgerLine[] = [];
  book.tables.forEach((table, t) => {
    if ((table.corrected ?? table.kind) !== "billing") return;
    for (let i = 0; i < table.count; i += 1) {
      const row = table.row(i);
      const line = lineOf(book, t, i);
      const number = row["number"] ?? row["N° paiement"] ?? "";
      const payments = table.what === "invoice" ? (paid.get(number) ?? []) : [];
      const euro = (key: string): { amount: string; currency: string } | null =>
        row[key] === undefined ? null : { amount: row[key], currency: "EUR" };
      lines.push({
        id: line.id,
        what: table.what,
        date: line.date,
        number,
        label: row["label"] ?? row["Moyen"] ?? "",
        net: euro("net"),
        tax: euro("vat"),
        gross: amountOf(table, row),
        status_raw: row["status"] ?? "",
        status: table.what === "payment" ? "paid" : (words[row["status"] ?? ""] ?? "unknown"),
        payments,
        document: (table.what === "payment" ? row["Facture"] : row["of"]) || null,
        findings: payments.length > 1 ? ["paid_twice"] : words[row["status"] ?? ""] === "overdue" ? ["overdue"] : [],
        locator: line.locator,
      });
    }
  });
  return lines.sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1));
}

function moneyOf(lines: LedgerLine[]): MoneyYear[] {
  const years = new Map<number, { invoiced: number; paid: number; documents: number; payments: number }>();
  for (const line of lines) {
    const year = Number((line.date ?? "0").slice(0, 4));
    const sums = years.get(year) ?? { invoiced: 0, paid: 0, documents: 0, payments: 0 };
    const amount = Math.round(Number(line.gross?.amount ?? "0") * 100);
    if (line.what === "payment") {
      sums.paid += amount;
      sums.payments += 1;
    } else {
      sums.invoiced += amount;
      sums.documents += 1;
    }
    years.set(year, sums);
  }
  return [...years]
    .sort(([a], [b]) => b - a)
    .map(([year, s]) => ({
      currency: "EUR",
      year,
      invoiced: cents(s.invoiced),
      paid: cents(s.paid),
      documents: s.documents,
      payments: s.payments,
    }));
}

function threadLines(book: Book): ThreadLine[] {
  const t = book.tables.findIndex((table) => table.what === "ticket");
  if (t < 0) return [];
  return tickets.map((ticket, i) => ({
    id: idOf(t, i),
    number: ticket.number,
    subject: ticket.subject,
    opened: ticket.messages[0]?.at ?? null,
    last: ticket.messages.at(-1)?.at ?? null,
    messages: ticket.messages.length,
    status: ticket.status,
    internal: ticket.messages.filter((message) => message.internal).length,
    findings: ticket.number === "9120" ? ["other_customer"] : [],
    locator: lineOf(book, t, i).locator,
  }));
}

function monthsOf(book: Book): Month[] {
  const months = new Map<string, Record<string, number>>();
  for (const [t, table] of book.tables.entries()) {
    const step = Math.max(1, Math.floor(table.count / 20_000));
    for (let i = 0; i < table.count; i += step) {
      const month = lineOf(book, t, i).date?.slice(0, 7);
      if (!month) continue;
      const kinds = months.get(month) ?? {};
      const kind = table.corrected ?? table.kind;
      kinds[kind] = (kinds[kind] ?? 0) + step;
      months.set(month, kinds);
    }
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, kinds]) => ({ month, kinds }));
}

function findingsOf(book: Book, ledger: LedgerLine[]): Finding[] {
  if (book.total === 0) return [];
  const twice = ledger.find((line) => line.findings.includes("paid_twice"));
  const overdue = ledger.find((line) => line.findings.includes("overdue"));
  const at = (what: string): number => book.tables.findIndex((table) => table.what === what);
  const finding = (
    code: string,
    weight: string,
    kind: string,
    records: string[],
    right: string | null,
    args: Record<string, string> = {},
  ): Finding => ({
    code,
    weight,
    kind,
    args,
    records,
    right,
  });
  return [
    finding("paid_twice", "bad", "billing", twice ? [twice.id, ...twice.payments] : [], null, {
      number: twice?.number ?? "",
      paid: "237.60",
      gross: "118.80",
      currency: "EUR",
    }),
    finding(
      "mailing_after_withdrawal",
      "bad",
      "consent",
      [idOf(at("mail"), 0), idOf(at("consent_choice"), 1)],
      "erasure",
      { first: "2025-12-03", withdrawn: "2025-11-20" },
    ),
    finding(
      "addresses_differ",
      "warn",
      "account",
      [idOf(at("profile"), 0), idOf(at("subscription"), 0)],
      "rectification",
      { value: "12 rue des Lilas, 17000 La Rochelle", other: "8 quai Valin, 17000 La Rochelle" },
    ),
    finding("names_differ", "warn", "account", [idOf(at("profile"), 0)], "rectification", {
      value: "Aubépin",
      other: "Aubepin",
    }),
    finding(
      "other_customer",
      "warn",
      "ticket",
      [
        idOf(
          at("ticket"),
          Math.max(
            0,
            tickets.findIndex((ticket) => ticket.number === "9120"),
          ),
        ),
      ],
      "erasure",
    ),
    finding("older_than_term", "warn", "activity", [idOf(at("login"), 5000)], "erasure", {
      count: "4810",
      months: "12",
    }),
    finding("overdue", "info", "billing", overdue ? [overdue.id] : [], "rectification", {
      number: overdue?.number ?? "",
      due: "2023-07-31",
    }),
  ];
}

function identifiersOf(book: Book): { identifiers: Identifier[]; conflicts: Conflict[] } {
  const wanted = [
    "customer_number",
    "full_name",
    "last_name",
    "email",
    "phone",
    "address",
    "birth_date",
    "iban",
    "vat_number",
    "username",
  ];
  const found = new Map<string, Identifier>();
  for (const [t, table] of book.tables.entries()) {
    for (let i = 0; i < Math.min(table.count, 4); i += 1) {
      if (table.kind === "contact" && i !== 2) continue;
      for (const field of fieldsOf(table, i)) {
        if (!wanted.includes(field.role) || field.value === "") continue;
        const key = `${field.role} ${field.value}`;
        const known = found.get(key) ?? { role: field.role, value: field.value, places: [] };
        known.places.push({ record: idOf(t, i), locator: field.locator });
        found.set(key, known);
      }
    }
  }
  const identifiers = [...found.values()].sort((a, b) => wanted.indexOf(a.role) - wanted.indexOf(b.role));
  const conflicts = ["address", "email"]
    .map((role) => ({ role, values: identifiers.filter((identifier) => identifier.role === role) }))
    .filter((conflict) => conflict.values.length > 1);
  return { identifiers, conflicts };
}

/** The row at a position of the list, newest first within its kinds; found without sorting a hundred thousand. */
function listRow(book: Book, tables: number[], position: number): RecordRow | null {
  let rest = position;
  for (const t of tables) {
    const count = book.tables[t]?.count ?? 0;
    if (rest < count) return lineOf(book, t, rest);
    rest -= count;
  }
  return null;
}

export function pretend(options: URLSearchParams): Host {
  const state = options.get("state") ?? "";
  const big = state === "big";
  let locked = state === "password";
  let book = state === "empty" ? emptyBook : makeBook(big ? 100_000 : 5_870);
  let entries = entriesOf(book, locked);
  let head: Head | null = null;
  let hear: (event: Event) => void = () => undefined;
  let running = 0;
  /** How many entries are read; the others wait, which the contract calls unread. */
  let reached = Infinity;
  const waiting = { status: "unread", records: 0, kinds: {}, corrected: null, notes: [] };
  const seen = (): EntryLine[] => entries.map((entry, i) => (i < reached ? entry : { ...entry, ...waiting }));
  const months = new Map<Book, Month[]>();

  async function read(name: string, milliseconds: number, stuckAt = 1, steps = 24): Promise<void> {
    const mine = ++running;
    head = null;
    hear({ type: "opening", name });
    correct(new Map());
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (let step = 0; step <= steps * stuckAt; step += 1) {
      await wait(milliseconds / steps);
      if (mine !== running) return;
      const done = Math.floor((entries.length * step) / steps);
      reached = done;
      head = headOf(book, seen(), false, "reading");
      hear({
        type: "progress",
        progress: {
          entries_done: done,
          entries_total: entries.length,
          bytes_done: Math.floor((bytes * step) / steps),
          bytes_total: bytes,
          records: Math.floor((book.total * step) / steps),
          reading: entries[Math.min(done, entries.length - 1)]?.path ?? null,
          state: "reading",
        },
      });
    }
    if (stuckAt < 1) return;
    reached = Infinity;
    head = headOf(book, entries, locked, "done");
    correct(opened?.exports.get(head.name) ?? new Map());
    hear({ type: "done", head });
  }

  /** The case that is open: by export, the kind of each file that it says. */
  let opened: { name: string; exports: Map<string, Map<string, string>> } | null = null;

  /** Takes files for what is said, and all others for what they were recognised as. */
  function correct(kinds: Map<string, string>): void {
    book = { ...book, tables: book.tables.map((table) => ({ ...table, corrected: kinds.get(table.path) })) };
    entries = entriesOf(book, locked);
    if (head) head = headOf(book, entries, locked, head.state);
  }

  const corrected = (): Map<string, string> =>
    new Map(book.tables.flatMap(({ path, corrected }) => (corrected === undefined ? [] : [[path, corrected]])));

  function caseState(): CaseState {
    const names = [...(opened?.exports.keys() ?? [])];
    const read = head !== null && head.state !== "reading";
    const held = read ? opened?.exports.get(head?.name ?? "") : undefined;
    const own = read ? corrected() : new Map<string, string>();
    const paths = [...new Set([...own.keys(), ...(held?.keys() ?? [])])];
    return {
      name: opened?.name ?? null,
      exports: names,
      exports_total: names.length,
      export: read ? (held ? "held" : "new") : "none",
      kinds: held?.size ?? 0,
      left_out: 0,
      unkept: paths.filter((path) => own.get(path) !== held?.get(path)).length,
    };
  }

  const refused = trouble("nothing_open", "no export is open", "open one first");

  return {
    start: () =>
      Promise.resolve({
        version: "0.1.0",
        language: options.get("lang") ?? "fr",
        network: options.get("network") ?? "refused",
        samples: ["sellsy", "shop"],
      }),
    subscribe: (listener) => {
      hear = listener;
      if (["sample", "big", "empty", "password"].includes(state)) void read("sellsy-export-2026-11-02.zip", 0);
      if (state === "reading") void read("sellsy-export-2026-11-02.zip", 300, 0.42);
      if (state === "slow") void read("sellsy-export-2026-11-02.zip", 300_000, 1, 120);
      if (state === "trouble") {
        hear({ type: "opening", name: "connexion.zip" });
        hear({
          type: "refused",
          trouble: {
            ...trouble(
              "not_a_zip",
              "“connexion.zip” is not a ZIP archive: it is a web page (HTML)",
              "the link probably led to a log-in page; log in to the service and download the archive again",
            ),
            args: { name: "connexion.zip", what: "a web page (HTML)" },
          },
        });
      }
      if (state === "dragging") hear({ type: "dragging", over: true });
      return Promise.resolve();
    },
    openSample: (id) => {
      book = id === "shop" ? makeBook(40) : makeBook(5_870);
      void read(id === "shop" ? "shop" : "sellsy", 1_200);
      return Promise.resolve();
    },
    chooseFiles: async () => {
      await wait(50);
      void read("sellsy-export-2026-11-02.zip", 1_500);
      return true;
    },
    chooseFolder: async () => {
      await wait(50);
      return false;
    },
    unlock: async (passwords) => {
      await wait(400);
      if (passwords.includes("lazaret")) locked = false;
      entries = entriesOf(book, locked);
      head = headOf(book, entries, locked, "done");
      hear({ type: "done", head });
    },
    stop: () => {
      running += 1;
      head = headOf(book, seen(), false, "stopped");
      hear({ type: "done", head });
      return Promise.resolve();
    },
    close: () => {
      running += 1;
      head = null;
      return Promise.resolve();
    },
    head: () => Promise.resolve(head),
    overview: async () => {
      await wait(30);
      if (!head) throw refused;
      const ledger = ledgerLines(book);
      if (!months.has(book)) months.set(book, monthsOf(book));
      const whats: Record<string, number> = {};
      for (const table of book.tables) whats[table.what] = (whats[table.what] ?? 0) + table.count;
      if (book.total > 0) whats["ticket_message"] = tickets.reduce((sum, ticket) => sum + ticket.messages.length, 0);
      const overview: Overview = {
        head,
        money: moneyOf(ledger),
        consents:
          book.total > 0
            ? { in_force: 3, refused: 3, withdrawn: 2, expired: 1, unknown: 1 }
            : { in_force: 0, refused: 0, withdrawn: 0, expired: 0, unknown: 0 },
        whats,
        months: months.get(book) ?? [],
        findings: findingsOf(book, ledger),
      };
      return overview;
    },
    entries: async (offset, limit, status) => {
      await wait(20);
      return page(
        seen().filter((entry) => status === null || entry.status === status),
        offset,
        limit,
      );
    },
    correctKind: async (entry, kind) => {
      await wait(20);
      if (reached < Infinity)
        throw trouble("still_reading", "the export is still being read", "wait until it is read, then try again");
      if (kind !== null && !kindNames.includes(kind))
        throw trouble("unknown_kind", "there is no such kind", "choose one of the kinds that are offered");
      if (!book.tables[entry])
        throw trouble("no_records", "this file has no records", "choose a file of which records were read");
      const tables = book.tables.map((table, t) => (t === entry ? { ...table, corrected: kind ?? undefined } : table));
      book = { ...book, tables };
      entries = entriesOf(book, locked);
      head = headOf(book, entries, locked, "done");
    },
    list: async (query) => {
      await wait(big ? 60 : 20);
      const chosen = book.tables
        .map((table, t) => ({ table, t }))
        .filter(({ table }) => query.kinds.length === 0 || query.kinds.includes(table.corrected ?? table.kind))
        .filter(({ table }) => query.entry === null || entries[query.entry]?.path === table.path)
        .map(({ t }) => t);
      if (query.from !== null || query.to !== null || chosen.length > 1) {
        // Small enough to sort; the big log alone is not, and is in order already.
        const rows = chosen
          .flatMap((t) =>
            Array.from({ length: Math.min(book.tables[t]?.count ?? 0, 100_000) }, (_, i) => lineOf(book, t, i)),
          )
          .filter(
            (row) =>
              (query.from === null || (row.date ?? "") >= query.from) &&
              (query.to === null || (row.date ?? "") <= `${query.to}T99`),
          );
        if (query.sort !== "place") rows.sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1));
        if (query.sort === "date_up") rows.reverse();
        return page(rows, query.offset, Math.min(query.limit, 500));
      }
      const total = chosen.reduce((sum, t) => sum + (book.tables[t]?.count ?? 0), 0);
      const rows: RecordRow[] = [];
      for (let i = query.offset; i < Math.min(total, query.offset + query.limit); i += 1) {
        const row = listRow(book, chosen, query.sort === "date_up" ? total - 1 - i : i);
        if (row) rows.push(row);
      }
      return { total, offset: query.offset, rows };
    },
    search: async (query) => {
      await wait(8);
      return searchBook(book, query);
    },
    record: async (id, at) => {
      await wait(15);
      const card = cardOf(book, id, at);
      if (!card) throw trouble("no_such_record", "there is no such record", "open it from a list again");
      return card;
    },
    picture: async (entry) => {
      await wait(30);
      const format = (entries[entry]?.format ?? "").toUpperCase();
      if (format === "PNG") return signature();
      throw {
        ...trouble(
          "picture_undrawn",
          `images in the format ${format} are not drawn here`,
          "to look at this one, open the file in a program for images",
        ),
        args: { format },
      };
    },
    source: (entry, at) => {
      const found = findPlace(book, { entry, at });
      return found
        ? Promise.resolve(sourceOf(found.table, found.index, at))
        : Promise.reject(trouble("no_such_place", "this place is not in the export", "open it from a list again"));
    },
    ledger: async (query) => {
      await wait(30);
      const all = ledgerLines(book);
      const wanted = all
        .filter((line) => (line.what === "payment") === (query.tab === "payments"))
        .filter((line) => query.year === null || line.date?.startsWith(String(query.year)));
      const whats: Record<string, number> = {};
      for (const line of all) whats[line.what] = (whats[line.what] ?? 0) + 1;
      return { page: page(wanted, query.offset, query.limit), years: moneyOf(all), whats };
    },
    threads: async (offset, limit) => {
      await wait(20);
      return page(threadLines(book), offset, limit);
    },
    thread: async (id) => {
      await wait(20);
      const found = find(book, id);
      const ticket = tickets[found?.index ?? -1];
      const line = threadLines(book).find((thread) => thread.id === id);
      if (!ticket || !line)
        throw trouble("no_such_thread", "there is no such support request", "open it from the list again");
      return {
        line,
        messages: ticket.messages.map((message, i) => ({
          record: id,
          ...message,
          locator: {
            entry: line.locator.entry,
            at: i === 0 ? `${line.locator.at}/text` : `${line.locator.at}/answers`,
          },
        })),
      };
    },
    consents: async () => {
      await wait(20);
      const t = book.tables.findIndex((table) => table.what === "consent_choice");
      if (t < 0) return [];
      const histories = new Map<string, { purpose: string; channel: string; rows: number[] }>();
      choices.forEach((made, i) => {
        const key = `${made.purpose} ${made.channel}`;
        const history = histories.get(key) ?? { purpose: made.purpose, channel: made.channel, rows: [] };
        history.rows.push(i);
        histories.set(key, history);
      });
      return [...histories.values()].map(({ purpose, channel, rows }) => {
        const lines = rows.map((i, at) => {
          const made = choices[i] ?? choices[0];
          if (!made) throw refused;
          const last = at === rows.length - 1;
          const expired = made.expires !== "" && made.expires < "2026-11-02";
          const standing = made.choice === "given" ? (expired ? "expired" : "in_force") : made.choice;
          return {
            id: idOf(t, i),
            purpose,
            channel,
            basis: made.basis,
            choice: made.choice,
            state: last ? standing : "replaced",
            date: made.date || null,
            withdrawn: made.withdrawn || null,
            expires: made.expires || null,
            version: made.version,
            source: made.source,
            findings: purpose === "Lettre d’information" && last ? ["mailing_after_withdrawal"] : [],
            locator: lineOf(book, t, i).locator,
          };
        });
        return { purpose, channel, state: lines.at(-1)?.state ?? "unknown", choices: lines };
      });
    },
    accounts: async () => {
      await wait(20);
      const cards = book.tables
        .map((table, t) => ({ table, t }))
        .filter(({ table }) => table.kind === "account")
        .map(({ table, t }) => ({ row: lineOf(book, t, 0), fields: fieldsOf(table, 0) }));
      return { ...identifiersOf(book), cards };
    },
    controllers: () => Promise.resolve([{ id: "sellsy", name: "Sellsy" }]),
    newDraft: (right, language, items) => {
      const draft: Draft = {
        right,
        language,
        recipient: { profile: "sellsy", name: "", address: "", email: "" },
        requester: {
          name: "Camille Aubépin",
          address: "8 quai Valin\n17000 La Rochelle",
          email: "camille@atelier-aubepin.example",
          customer_number: "40117",
        },
        items: items.map((locator) => ({ locator })),
        place: "La Rochelle",
        day: "",
        received: "2026-11-02",
        reference: "2026-K7Q4",
        own_words: "",
        id_copy: false,
        justification: "",
      };
      return Promise.resolve(draft);
    },
    letter: async (draft) => {
      await wait(40);
      return letterOf(book, draft);
    },
    saveLetter: async (draft, format) => {
      await wait(300);
      const name = draft.right === "rectification" ? "rectification" : "effacement";
      return { files: [`${name}-sellsy-2026-11-23.${format}`] };
    },
    openDropped: () => {
      void read("sellsy-export-2026-11-02.zip", 600);
      return Promise.resolve();
    },
    leaveProgram: () => Promise.resolve(),
    caseState: async () => {
      await wait(5);
      return caseState();
    },
    chooseCase: async () => {
      await wait(50);
      return "aubepin.portolan";
    },
    openCase: async (passphrase) => {
      await wait(300);
      if (passphrase !== "quatre phares")
        throw trouble(
          "case_locked",
          "the passphrase does not open the case, or its file is damaged",
          "check capitals and the language of the keyboard: without the passphrase there is no way in",
        );
      const kinds = new Map([["crm/contacts.xlsx", "ticket"]]);
      opened = { name: "aubepin.portolan", exports: new Map([["sellsy-export-2026-11-02.zip", kinds]]) };
      if (head?.state === "done") correct(opened.exports.get(head.name) ?? corrected());
      return caseState();
    },
    keepCase: async (passphrase) => {
      await wait(300);
      if (!head) throw refused;
      if (passphrase !== null)
        opened = {
          name: options.get("lang") === "en" ? "my-case.portolan" : "mon-dossier.portolan",
          exports: new Map(),
        };
      if (!opened) throw trouble("no_case", "no case was chosen", "choose one first");
      opened.exports.set(head.name, corrected());
      return caseState();
    },
    closeCase: () => {
      opened = null;
      return Promise.resolve();
    },
  };
}
