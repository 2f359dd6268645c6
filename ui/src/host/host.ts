// What the window may ask of the program behind it. No path, address or query language ever crosses from here:
// files are chosen in Rust, everything else goes by id.
import type {
  Accounts,
  CaseState,
  ConsentHistory,
  Draft,
  EntryLine,
  Event,
  Found,
  Head,
  Language,
  Ledger,
  LedgerQuery,
  LetterPreview,
  ListQuery,
  Named,
  Overview,
  Page,
  Place,
  RecordCard,
  RecordRow,
  Right,
  Saved,
  SearchQuery,
  Source,
  Start,
  Thread,
  ThreadLine,
  Trouble,
} from "./contract";
import type { Picture } from "./picture";

export type LetterFormat = "pdf" | "eml" | "txt";

/** Every answer may be refused; what it is refused with is always a `Trouble`. */
export interface Host {
  start(): Promise<Start>;
  /** Hears what goes on: dragging, opening, progress, done, refused. */
  subscribe(hear: (event: Event) => void): Promise<void>;
  openSample(id: string): Promise<void>;
  /** Shows the system's dialog; false when it was cancelled. */
  chooseFiles(): Promise<boolean>;
  chooseFolder(): Promise<boolean>;
  unlock(passwords: string[]): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
  head(): Promise<Head | null>;
  overview(): Promise<Overview>;
  entries(offset: number, limit: number, status: string | null): Promise<Page<EntryLine>>;
  /** Says what the records of a file are; with no kind, that they are what they were recognised as. */
  correctKind(entry: number, kind: string | null): Promise<void>;
  list(query: ListQuery): Promise<Page<RecordRow>>;
  search(query: SearchQuery): Promise<Found>;
  record(id: string, at: string | null): Promise<RecordCard>;
  /** The image that a file is, as pixels. */
  picture(entry: number): Promise<Picture>;
  source(entry: string, at: string): Promise<Source>;
  ledger(query: LedgerQuery): Promise<Ledger>;
  threads(offset: number, limit: number): Promise<Page<ThreadLine>>;
  thread(id: string): Promise<Thread>;
  consents(): Promise<ConsentHistory[]>;
  accounts(): Promise<Accounts>;
  controllers(): Promise<Named[]>;
  /** A draft with the recipient's profile and the requester filled in from the export. */
  newDraft(right: Right, language: Language, items: Place[]): Promise<Draft>;
  letter(draft: Draft): Promise<LetterPreview>;
  /** Shows the system's dialog and writes; null when it was cancelled. */
  saveLetter(draft: Draft, format: LetterFormat): Promise<Saved | null>;
  /** Opens what was dropped last, in place of the present export. */
  openDropped(): Promise<void>;
  /** Says whether the window may close, after it was asked. */
  leaveProgram(really: boolean): Promise<void>;
  caseState(): Promise<CaseState>;
  /** Shows the system's dialog; the name of the case chosen, null when it was cancelled. */
  chooseCase(): Promise<string | null>;
  /** Opens the case that was chosen; what it says of the open export is made at once. */
  openCase(passphrase: string): Promise<CaseState>;
  /** With a passphrase a new case, where the system's dialog says; without, the open one. Null when it was cancelled. */
  keepCase(passphrase: string | null): Promise<CaseState | null>;
  closeCase(): Promise<void>;
}

/** Whatever a command was refused with, as trouble: a window never shows an exception's text as it comes. */
export function troubleOf(reason: unknown): Trouble {
  if (typeof reason === "object" && reason !== null && "code" in reason && typeof reason.code === "string") {
    const { code, message, hint, args } = reason as Partial<Trouble> & { code: string };
    return { code, message: message ?? code, hint: hint ?? "", args: args ?? {} };
  }
  return { code: "unexpected", message: String(reason), hint: "", args: {} };
}
