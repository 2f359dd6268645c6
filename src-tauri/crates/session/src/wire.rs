//! The shapes that cross to the window and to the command line. Domain types are not serialisable; these are.
//!
//! The command line's shapes are a contract with programs outside this repository: add to them, change nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use requests::{Draft, Ground, Item, Language, Place, Recipient, Requester, Right};

/// Something odd, or something to know, about an entry or the export.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Note {
    /// A stable word, in snake_case; the window has a sentence for it in each language.
    pub code: String,
    /// The sentence in English.
    pub message: String,
    /// The values that the sentence names.
    pub args: BTreeMap<String, String>,
    /// The place inside the entry.
    pub at: Option<String>,
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Trouble {
    /// A stable word that callers branch on.
    pub code: String,
    /// The sentence for people, in English.
    pub message: String,
    /// What to do next.
    pub hint: String,
    /// The values that the sentence names.
    pub args: BTreeMap<String, String>,
}

// ---------------------------------------------------------------- the command line's contract

/// What `open --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opened {
    /// `open`, `open_with_warning`, `needs_password` or `error`.
    pub outcome: &'static str,
    /// Why not, when the outcome is `error`.
    pub error: Option<Trouble>,
    /// The export; none when the outcome is `error`.
    pub export: Option<ExportLine>,
    /// Every entry and its fate.
    pub entries: Vec<EntryLine>,
    /// Notes on the export as a whole.
    pub notes: Vec<Note>,
    /// Records by kind.
    pub kinds: BTreeMap<String, u64>,
    /// What became of the case that was given with it.
    pub case: Option<CaseUse>,
    /// Wall time in milliseconds.
    pub took_ms: u64,
}

/// A case given with an export, in `open --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseUse {
    /// Whether the case holds this export.
    pub matches: bool,
    /// Files whose kind was corrected as the case says.
    pub corrected: u32,
    /// Files of which the case says a kind, and which have no records here.
    pub left_out: u32,
}

/// The export in `open --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportLine {
    /// File or folder name.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Bytes of all parts.
    pub bytes: u64,
    /// The service that the layout was recognised as.
    pub service: Option<ServiceLine>,
}

/// A recognised service.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ServiceLine {
    /// `sellsy`.
    pub id: String,
    /// `Sellsy`.
    pub name: String,
    /// `guess`, `likely` or `certain`.
    pub certainty: String,
}

/// One entry's fate.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EntryLine {
    /// Its position in the export.
    pub id: u32,
    /// Its name as shown.
    pub path: String,
    /// Its format: `json`, `csv`, `pdf`.
    pub format: String,
    /// `read`, `partly`, `unread`, `empty`, `refused` or `encrypted`.
    pub status: String,
    /// Size in bytes, unpacked.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many records it holds.
    #[ts(type = "number")]
    pub records: u64,
    /// Records by kind.
    #[ts(type = "Record<string, number>")]
    pub kinds: BTreeMap<String, u64>,
    /// The kind that the user said its records are of, where it was told wrongly.
    pub corrected: Option<String>,
    /// Whether it is an image, which may be looked at.
    pub image: bool,
    /// What was odd.
    pub notes: Vec<Note>,
}

/// What `search --json` prints for one query.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Found {
    /// The query as given.
    pub query: String,
    /// Exactly how many records match.
    #[ts(type = "number")]
    pub total: u64,
    /// The best of them.
    pub hits: Vec<HitLine>,
    /// How the matches spread.
    pub facets: Facets,
    /// Wall time in milliseconds.
    pub took_ms: f64,
    /// Why the query cannot mean anything.
    pub trouble: Option<QueryTrouble>,
}

/// Why a query cannot mean anything.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct QueryTrouble {
    /// A stable word.
    pub code: String,
    /// The sentence in English.
    pub message: String,
    /// What to type instead.
    pub hint: String,
    /// First character of the part that is meant.
    pub from: u32,
    /// One past its last character.
    pub to: u32,
    /// The values that the sentence names.
    pub args: BTreeMap<String, String>,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HitLine {
    /// The record's id for the window.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What it is within its kind.
    pub what: String,
    /// Its title.
    pub title: String,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// Where it stands.
    pub locator: Place,
    /// A piece of its text around what matched.
    pub snippet: String,
    /// What matched: character ranges in the snippet.
    pub marks: Vec<[u32; 2]>,
    /// How well it matches.
    pub score: f32,
}

/// How matches spread over kinds, years and entries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<Facet>,
    /// By year.
    pub years: Vec<Facet>,
    /// By entry, the fullest first; at most 50.
    pub entries: Vec<Facet>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// How many matches have it.
    #[ts(type = "number")]
    pub count: u64,
}

/// A record as `records --format ndjson` and `show` print it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordLine {
    /// Its kind.
    pub kind: &'static str,
    /// What it is within its kind.
    pub what: &'static str,
    /// How certain the kind is.
    pub certainty: &'static str,
    /// Why it is taken for that kind.
    pub reason: String,
    /// Its title.
    pub title: String,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// Where it stands.
    pub locator: Place,
    /// All its text, one value a line.
    pub text: String,
    /// Its fields.
    pub fields: Vec<FieldLine>,
}

/// A field as the command line prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldLine {
    /// Its name in the file.
    pub name: String,
    /// A label for people.
    pub label: String,
    /// What it is for.
    pub role: &'static str,
    /// The value as read.
    pub value: String,
    /// The text as it stands in the file.
    pub raw: String,
    /// Where it stands.
    pub locator: Place,
}

/// What `show --json` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The record.
    pub record: RecordLine,
    /// The raw source around the place.
    pub source: Source,
}

/// Raw source around a place.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Source {
    /// Decoded text.
    pub text: String,
    /// The characters of it that the place covers: from, to.
    pub mark: [u32; 2],
    /// The number of its first line in the entry, from 1, where known.
    pub first_line: Option<u32>,
    /// How the bytes were decoded where that is not plain: `quoted-printable`, `base64`, `windows-1252`.
    pub decoded: Option<String>,
    /// The entry.
    pub entry: String,
    /// The place.
    pub at: String,
}

// ---------------------------------------------------------------- the window

/// What the window learns first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Start {
    /// The program's version.
    pub version: String,
    /// The language of the system: `fr` or `en`.
    pub language: String,
    /// Whether the system refuses internet sockets to this program: `refused`, or `promised` where only design and
    /// tests keep the promise.
    pub network: String,
    /// The sample exports that can be opened: ids.
    pub samples: Vec<String>,
}

/// What the window is told while something goes on.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Files are being dragged over the window, or no longer.
    Dragging {
        /// Whether they are.
        over: bool,
    },
    /// Files were dropped; they are opened once the page says that the present export may go.
    Dropped {},
    /// The window is about to close; it does once the page says that it may.
    Closing {},
    /// An export is being opened.
    Opening {
        /// Its name.
        name: String,
    },
    /// Reading goes on; what is read so far is searchable.
    Progress {
        /// How far.
        progress: Progress,
    },
    /// Everything is read, or reading was stopped.
    Done {
        /// The export.
        head: Box<Head>,
    },
    /// It could not be opened.
    Refused {
        /// Why.
        trouble: Trouble,
    },
}

/// How far reading is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Progress {
    /// Entries done.
    pub entries_done: u32,
    /// Entries in all.
    pub entries_total: u32,
    /// Bytes done, unpacked.
    #[ts(type = "number")]
    pub bytes_done: u64,
    /// Bytes in all, unpacked, as far as the archive says.
    #[ts(type = "number")]
    pub bytes_total: u64,
    /// Records so far.
    #[ts(type = "number")]
    pub records: u64,
    /// The entry being read.
    pub reading: Option<String>,
    /// `reading`, `done` or `stopped`.
    pub state: String,
}

/// The export in one glance: header, navigation and counts.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Head {
    /// File or folder name.
    pub name: String,
    /// SHA-256 in hexadecimal, once computed.
    pub sha256: Option<String>,
    /// Bytes of all parts.
    #[ts(type = "number")]
    pub bytes: u64,
    /// `open`, `open_with_warning` or `needs_password`.
    pub outcome: String,
    /// The service that the layout was recognised as.
    pub service: Option<ServiceLine>,
    /// The controller with a profile: id and name.
    pub controller: Option<Named>,
    /// The person whose export it seems to be.
    pub subject: Option<String>,
    /// The day of the export, if it says.
    pub exported: Option<String>,
    /// First and last day of its records.
    pub span: Option<[String; 2]>,
    /// Entries in all.
    pub entries: u32,
    /// Entries read without anything left out.
    pub entries_read: u32,
    /// Entries by status.
    #[ts(type = "Record<string, number>")]
    pub statuses: BTreeMap<String, u64>,
    /// Records in all.
    #[ts(type = "number")]
    pub records: u64,
    /// Records by kind.
    #[ts(type = "Record<string, number>")]
    pub kinds: BTreeMap<String, u64>,
    /// Notes on the export as a whole.
    pub notes: Vec<Note>,
    /// How long reading took, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
    /// `reading`, `done` or `stopped`.
    pub state: String,
}

/// An id and its name.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A page of a long list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Page<T> {
    /// How many there are in all.
    #[ts(type = "number")]
    pub total: u64,
    /// The position of the first one given.
    #[ts(type = "number")]
    pub offset: u64,
    /// At most 500.
    pub rows: Vec<T>,
}

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RecordRow {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What it is within its kind.
    pub what: String,
    /// Its title.
    pub title: String,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// Its main amount.
    pub money: Option<Amount>,
    /// The beginning of its text.
    pub text: String,
    /// Where it stands.
    pub locator: Place,
    /// How certain the kind is.
    pub certainty: String,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Amount {
    /// Decimal in major units with a point: `-118.80`.
    pub amount: String,
    /// ISO 4217; none where the export does not say.
    pub currency: Option<String>,
}

/// What a list of records should hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
pub struct ListQuery {
    /// Only these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Only this entry.
    pub entry: Option<u32>,
    /// From this day on, ISO 8601.
    pub from: Option<String>,
    /// Up to this day, ISO 8601.
    pub to: Option<String>,
    /// `date` (newest first), `date_up`, or `place` (the order of the export).
    pub sort: String,
    /// The position of the first one wanted.
    pub offset: u32,
    /// How many; at most 500.
    pub limit: u32,
}

/// A search from the window.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
pub struct SearchQuery {
    /// What was typed.
    pub query: String,
    /// Whether the last word is still being typed.
    pub typing: bool,
    /// Only these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only this entry, by its shown name.
    pub entry: Option<String>,
    /// The position of the first hit wanted.
    pub offset: u32,
    /// How many; at most 100.
    pub limit: u32,
}

/// The first screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Overview {
    /// The export.
    pub head: Head,
    /// Money by currency and year.
    pub money: Vec<MoneyYear>,
    /// Consents by state.
    pub consents: ConsentCounts,
    /// Invoices, credit notes, payments; tickets and messages: counts by what they are.
    #[ts(type = "Record<string, number>")]
    pub whats: BTreeMap<String, u64>,
    /// Months with records, by kind.
    pub months: Vec<Month>,
    /// What stands out, the gravest first.
    pub findings: Vec<Finding>,
}

/// Money of one currency in one year.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MoneyYear {
    /// ISO 4217, or `?` where the export does not say.
    pub currency: String,
    /// The year; none where documents have no date.
    pub year: Option<i32>,
    /// Gross of invoices less credit notes, decimal.
    pub invoiced: String,
    /// Payments less refunds, decimal.
    pub paid: String,
    /// Documents.
    pub documents: u32,
    /// Payments.
    pub payments: u32,
}

/// Consents by state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct ConsentCounts {
    /// Given and still in force.
    pub in_force: u32,
    /// Refused.
    pub refused: u32,
    /// Withdrawn.
    pub withdrawn: u32,
    /// Expired.
    pub expired: u32,
    /// Not told.
    pub unknown: u32,
}

/// One month of the chart.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Month {
    /// `2024-02`.
    pub month: String,
    /// Records by kind.
    #[ts(type = "Record<string, number>")]
    pub kinds: BTreeMap<String, u64>,
}

/// Something that stands out: two addresses, an invoice paid twice, a mailing after withdrawal.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Finding {
    /// A stable word: `paid_twice`, `addresses_differ`, `names_differ`, `other_customer`, `mailing_after_withdrawal`,
    /// `older_than_term`, `overdue`.
    pub code: String,
    /// `bad`, `warn` or `info`.
    pub weight: String,
    /// The kind of view that shows it.
    pub kind: String,
    /// The values that the sentence names.
    pub args: BTreeMap<String, String>,
    /// The records meant, the most telling first; at most 20.
    pub records: Vec<String>,
    /// The right that answers it: `rectification`, `erasure`, or none.
    pub right: Option<String>,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LedgerLine {
    /// The record.
    pub id: String,
    /// `invoice`, `credit_note`, `order`, `payment`, `refund`, `payment_means` …
    pub what: String,
    /// ISO 8601.
    pub date: Option<String>,
    /// Its number.
    pub number: String,
    /// What it is for.
    pub label: String,
    /// Net.
    pub net: Option<Amount>,
    /// Tax.
    pub tax: Option<Amount>,
    /// Gross, or the amount of a payment.
    pub gross: Option<Amount>,
    /// As the export says it.
    pub status_raw: String,
    /// `paid`, `due`, `overdue`, `cancelled`, `refunded`, `failed`, `draft` or `unknown`.
    pub status: String,
    /// Payments that belong to it: record ids.
    pub payments: Vec<String>,
    /// The document that a payment or credit note belongs to: its number.
    pub document: Option<String>,
    /// Findings about it: codes.
    pub findings: Vec<String>,
    /// Where it stands.
    pub locator: Place,
}

/// What the ledger should show.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
pub struct LedgerQuery {
    /// `documents` or `payments`.
    pub tab: String,
    /// Only this year.
    pub year: Option<i32>,
    /// The position of the first line wanted.
    pub offset: u32,
    /// How many; at most 500.
    pub limit: u32,
}

/// The ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Ledger {
    /// Lines, newest first.
    pub page: Page<LedgerLine>,
    /// Totals by currency and year.
    pub years: Vec<MoneyYear>,
    /// Counts by what they are.
    #[ts(type = "Record<string, number>")]
    pub whats: BTreeMap<String, u64>,
}

/// A support request in the list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ThreadLine {
    /// The record that opened it.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// First day, ISO 8601.
    pub opened: Option<String>,
    /// Last day, ISO 8601.
    pub last: Option<String>,
    /// How many messages.
    pub messages: u32,
    /// As the export says it.
    pub status: String,
    /// How many internal notes.
    pub internal: u32,
    /// Findings about it: codes.
    pub findings: Vec<String>,
    /// Where it stands.
    pub locator: Place,
}

/// A support request read as a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Thread {
    /// Its line.
    pub line: ThreadLine,
    /// Its messages in time.
    pub messages: Vec<ThreadMessage>,
}

/// One message of a thread.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ThreadMessage {
    /// The record that holds it.
    pub record: String,
    /// Who wrote, as the export says.
    pub author: String,
    /// `customer`, `agent`, `system` or `unknown`.
    pub role: String,
    /// Date and time, ISO 8601.
    pub at: Option<String>,
    /// The text.
    pub text: String,
    /// Whether it is a note between agents.
    pub internal: bool,
    /// Names of attachments.
    pub attachments: Vec<String>,
    /// Where it stands.
    pub locator: Place,
}

/// One choice in the history of consents.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConsentLine {
    /// The record.
    pub id: String,
    /// For what.
    pub purpose: String,
    /// By what channel.
    pub channel: String,
    /// The legal basis as the export says it.
    pub basis: String,
    /// `given`, `refused`, `withdrawn` or `unknown`: what this record says.
    pub choice: String,
    /// `in_force`, `refused`, `withdrawn`, `expired`, `replaced` or `unknown`: what became of it.
    pub state: String,
    /// When, ISO 8601.
    pub date: Option<String>,
    /// When withdrawn.
    pub withdrawn: Option<String>,
    /// When it ends.
    pub expires: Option<String>,
    /// The version of the text agreed to.
    pub version: String,
    /// Where it was given.
    pub source: String,
    /// Findings about it: codes.
    pub findings: Vec<String>,
    /// Where it stands.
    pub locator: Place,
}

/// The history of one purpose on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConsentHistory {
    /// For what.
    pub purpose: String,
    /// By what channel.
    pub channel: String,
    /// How it stands today: `in_force`, `refused`, `withdrawn`, `expired` or `unknown`.
    pub state: String,
    /// Choices, oldest first.
    pub choices: Vec<ConsentLine>,
}

/// An account, a profile, settings: one card.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AccountCard {
    /// The record.
    pub row: RecordRow,
    /// Its fields.
    pub fields: Vec<FieldRow>,
}

/// Everything about who the person is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Accounts {
    /// What identifies the person, over the whole export.
    pub identifiers: Vec<Identifier>,
    /// Details that differ from file to file.
    pub conflicts: Vec<Conflict>,
    /// The cards.
    pub cards: Vec<AccountCard>,
}

/// Something that identifies the person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Identifier {
    /// The role: `email`, `phone`, `customer_number` …
    pub role: String,
    /// The value.
    pub value: String,
    /// Where it stands; at most 20.
    pub places: Vec<FieldPlace>,
}

/// Details of one role that differ.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Conflict {
    /// The role: `address`, `last_name` …
    pub role: String,
    /// The values, the most frequent first.
    pub values: Vec<Identifier>,
}

/// A field's place.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FieldPlace {
    /// The record.
    pub record: String,
    /// The field's locator.
    pub locator: Place,
}

/// A field on the screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FieldRow {
    /// Its name in the file.
    pub name: String,
    /// A label made from the name.
    pub label: String,
    /// What it is for; `other` when nothing is known.
    pub role: String,
    /// The value as read.
    pub value: String,
    /// The text as it stands in the file.
    pub raw: String,
    /// `text`, `date`, `money` or `flag`.
    pub reading: String,
    /// Whether day and month could be swapped.
    pub ambiguous: bool,
    /// Where it stands.
    pub locator: Place,
}

/// A record in full.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RecordCard {
    /// The record.
    pub row: RecordRow,
    /// Why it is taken for that kind.
    pub reason: String,
    /// Whether the file that it stands in is an image, which may be looked at.
    pub image: bool,
    /// Its fields; at most 2,000.
    pub fields: Vec<FieldRow>,
    /// How many fields it has in all.
    pub fields_total: u32,
    /// The raw source with the record or the wanted field marked.
    pub source: Source,
    /// Records that belong to it: payments of an invoice, the ticket of a message.
    pub related: Vec<RecordRow>,
    /// Notes of its entry that touch it.
    pub notes: Vec<Note>,
}

/// A piece of a letter as the page draws it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LetterBlock {
    /// Place and date.
    Date {
        /// `La Rochelle, 23 November 2026`.
        text: String,
    },
    /// An address, one line a line.
    Address {
        /// `sender` or `recipient`.
        who: String,
        /// Its lines.
        lines: Vec<String>,
    },
    /// The subject line.
    Subject {
        /// Its text.
        text: String,
    },
    /// A heading inside the letter or its annex.
    Heading {
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
        /// Whether these are the person's own words.
        own: bool,
    },
    /// A table.
    Table {
        /// Its header.
        header: Vec<String>,
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
    /// A list of points.
    List {
        /// Its points.
        items: Vec<String>,
    },
    /// The closing and the name.
    Signature {
        /// Its lines.
        lines: Vec<String>,
    },
    /// From here on, the annex.
    Annex {
        /// Its title.
        title: String,
    },
}

/// A letter as it would be saved.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LetterPreview {
    /// The language it is written in.
    pub language: String,
    /// E-mail address it would go to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its pieces.
    pub blocks: Vec<LetterBlock>,
    /// What is still missing: codes such as `requester_name`, `items`, `right_value`, `ground`, `recipient`.
    pub missing: Vec<Note>,
    /// What the company asks beside what the law says, warnings on what will be refused: codes with values.
    pub advice: Vec<Note>,
    /// The items as they stand in the export, in the order of the draft.
    pub items: Vec<DraftItem>,
}

/// An item of a draft together with what stands in the export.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DraftItem {
    /// The record; none when the place is not in this export.
    pub record: Option<String>,
    /// The record's kind.
    pub kind: String,
    /// The record's title.
    pub title: String,
    /// The field's label; empty when the item is a whole record.
    pub label: String,
    /// The field's role; empty when the item is a whole record.
    pub role: String,
    /// What stands there.
    pub present: String,
    /// Where it stands.
    pub locator: Place,
}

/// The case that is open, and how the open export stands to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct CaseState {
    /// The name of its file; none while no case is open.
    pub name: Option<String>,
    /// The exports that it holds, under the names that they had; at most 20.
    pub exports: Vec<String>,
    /// How many it holds in all.
    pub exports_total: u32,
    /// `held` where the open export is one of them, `new` where it is none of them, `none` while nothing is read.
    pub export: String,
    /// Files of the open export whose kind it keeps.
    pub kinds: u32,
    /// Those of them that have no records as the export is open now.
    pub left_out: u32,
    /// Files of the open export whose kind was changed by hand, and which would be forgotten.
    pub unkept: u32,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Saved {
    /// The names of the files written, without their folder.
    pub files: Vec<String>,
}
