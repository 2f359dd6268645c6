// Made from the wire shapes in Rust by `cargo run -p portolan-tests --bin make-contract`; a test proves it current.

export type Note = { 
/**
 * A stable word, in snake_case; the window has a sentence for it in each language.
 */
code: string, 
/**
 * The sentence in English.
 */
message: string, 
/**
 * The values that the sentence names.
 */
args: { [key in string]: string }, 
/**
 * The place inside the entry.
 */
at: string | null, };

export type Trouble = { 
/**
 * A stable word that callers branch on.
 */
code: string, 
/**
 * The sentence for people, in English.
 */
message: string, 
/**
 * What to do next.
 */
hint: string, 
/**
 * The values that the sentence names.
 */
args: { [key in string]: string }, };

export type Start = { 
/**
 * The program's version.
 */
version: string, 
/**
 * The language of the system: `fr` or `en`.
 */
language: string, 
/**
 * Whether the system refuses internet sockets to this program: `refused`, or `promised` where only design and
 * tests keep the promise.
 */
network: string, 
/**
 * The sample exports that can be opened: ids.
 */
samples: Array<string>, };

export type Event = { "type": "dragging", 
/**
 * Whether they are.
 */
over: boolean, } | { "type": "dropped", } | { "type": "closing", } | { "type": "opening", 
/**
 * Its name.
 */
name: string, } | { "type": "progress", 
/**
 * How far.
 */
progress: Progress, } | { "type": "done", 
/**
 * The export.
 */
head: Head, } | { "type": "refused", 
/**
 * Why.
 */
trouble: Trouble, };

export type Progress = { 
/**
 * Entries done.
 */
entries_done: number, 
/**
 * Entries in all.
 */
entries_total: number, 
/**
 * Bytes done, unpacked.
 */
bytes_done: number, 
/**
 * Bytes in all, unpacked, as far as the archive says.
 */
bytes_total: number, 
/**
 * Records so far.
 */
records: number, 
/**
 * The entry being read.
 */
reading: string | null, 
/**
 * `reading`, `done` or `stopped`.
 */
state: string, };

export type Head = { 
/**
 * File or folder name.
 */
name: string, 
/**
 * SHA-256 in hexadecimal, once computed.
 */
sha256: string | null, 
/**
 * Bytes of all parts.
 */
bytes: number, 
/**
 * `open`, `open_with_warning` or `needs_password`.
 */
outcome: string, 
/**
 * The service that the layout was recognised as.
 */
service: ServiceLine | null, 
/**
 * The controller with a profile: id and name.
 */
controller: Named | null, 
/**
 * The person whose export it seems to be.
 */
subject: string | null, 
/**
 * The day of the export, if it says.
 */
exported: string | null, 
/**
 * First and last day of its records.
 */
span: [string, string] | null, 
/**
 * Entries in all.
 */
entries: number, 
/**
 * Entries read without anything left out.
 */
entries_read: number, 
/**
 * Entries by status.
 */
statuses: Record<string, number>, 
/**
 * Records in all.
 */
records: number, 
/**
 * Records by kind.
 */
kinds: Record<string, number>, 
/**
 * Notes on the export as a whole.
 */
notes: Array<Note>, 
/**
 * How long reading took, in milliseconds.
 */
took_ms: number, 
/**
 * `reading`, `done` or `stopped`.
 */
state: string, };

export type Named = { 
/**
 * The id.
 */
id: string, 
/**
 * The name.
 */
name: string, };

export type ServiceLine = { 
/**
 * `sellsy`.
 */
id: string, 
/**
 * `Sellsy`.
 */
name: string, 
/**
 * `guess`, `likely` or `certain`.
 */
certainty: string, };

export type EntryLine = { 
/**
 * Its position in the export.
 */
id: number, 
/**
 * Its name as shown.
 */
path: string, 
/**
 * Its format: `json`, `csv`, `pdf`.
 */
format: string, 
/**
 * `read`, `partly`, `unread`, `empty`, `refused` or `encrypted`.
 */
status: string, 
/**
 * Size in bytes, unpacked.
 */
bytes: number, 
/**
 * How many records it holds.
 */
records: number, 
/**
 * Records by kind.
 */
kinds: Record<string, number>, 
/**
 * The kind that the user said its records are of, where it was told wrongly.
 */
corrected: string | null, 
/**
 * Whether it is an image, which may be looked at.
 */
image: boolean, 
/**
 * What was odd.
 */
notes: Array<Note>, };

export type Page<T> = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The position of the first one given.
 */
offset: number, 
/**
 * At most 500.
 */
rows: Array<T>, };

export type RecordRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * What it is within its kind.
 */
what: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The day it is about, ISO 8601.
 */
date: string | null, 
/**
 * Its main amount.
 */
money: Amount | null, 
/**
 * The beginning of its text.
 */
text: string, 
/**
 * Where it stands.
 */
locator: Place, 
/**
 * How certain the kind is.
 */
certainty: string, };

export type Amount = { 
/**
 * Decimal in major units with a point: `-118.80`.
 */
amount: string, 
/**
 * ISO 4217; none where the export does not say.
 */
currency: string | null, };

export type ListQuery = { 
/**
 * Only these kinds; all when empty.
 */
kinds: Array<string>, 
/**
 * Only this entry.
 */
entry: number | null, 
/**
 * From this day on, ISO 8601.
 */
from: string | null, 
/**
 * Up to this day, ISO 8601.
 */
to: string | null, 
/**
 * `date` (newest first), `date_up`, or `place` (the order of the export).
 */
sort: string, 
/**
 * The position of the first one wanted.
 */
offset: number, 
/**
 * How many; at most 500.
 */
limit: number, };

export type SearchQuery = { 
/**
 * What was typed.
 */
query: string, 
/**
 * Whether the last word is still being typed.
 */
typing: boolean, 
/**
 * Only these kinds; all when empty.
 */
kinds: Array<string>, 
/**
 * Only this year.
 */
year: number | null, 
/**
 * Only this entry, by its shown name.
 */
entry: string | null, 
/**
 * The position of the first hit wanted.
 */
offset: number, 
/**
 * How many; at most 100.
 */
limit: number, };

export type Found = { 
/**
 * The query as given.
 */
query: string, 
/**
 * Exactly how many records match.
 */
total: number, 
/**
 * The best of them.
 */
hits: Array<HitLine>, 
/**
 * How the matches spread.
 */
facets: Facets, 
/**
 * Wall time in milliseconds.
 */
took_ms: number, 
/**
 * Why the query cannot mean anything.
 */
trouble: QueryTrouble | null, };

export type QueryTrouble = { 
/**
 * A stable word.
 */
code: string, 
/**
 * The sentence in English.
 */
message: string, 
/**
 * What to type instead.
 */
hint: string, 
/**
 * First character of the part that is meant.
 */
from: number, 
/**
 * One past its last character.
 */
to: number, 
/**
 * The values that the sentence names.
 */
args: { [key in string]: string }, };

export type HitLine = { 
/**
 * The record's id for the window.
 */
id: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * What it is within its kind.
 */
what: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The day it is about, ISO 8601.
 */
date: string | null, 
/**
 * Where it stands.
 */
locator: Place, 
/**
 * A piece of its text around what matched.
 */
snippet: string, 
/**
 * What matched: character ranges in the snippet.
 */
marks: Array<[number, number]>, 
/**
 * How well it matches.
 */
score: number, };

export type Facets = { 
/**
 * By kind.
 */
kinds: Array<Facet>, 
/**
 * By year.
 */
years: Array<Facet>, 
/**
 * By entry, the fullest first; at most 50.
 */
entries: Array<Facet>, };

export type Facet = { 
/**
 * The value.
 */
value: string, 
/**
 * How many matches have it.
 */
count: number, };

export type Source = { 
/**
 * Decoded text.
 */
text: string, 
/**
 * The characters of it that the place covers: from, to.
 */
mark: [number, number], 
/**
 * The number of its first line in the entry, from 1, where known.
 */
first_line: number | null, 
/**
 * How the bytes were decoded where that is not plain: `quoted-printable`, `base64`, `windows-1252`.
 */
decoded: string | null, 
/**
 * The entry.
 */
entry: string, 
/**
 * The place.
 */
at: string, };

export type Overview = { 
/**
 * The export.
 */
head: Head, 
/**
 * Money by currency and year.
 */
money: Array<MoneyYear>, 
/**
 * Consents by state.
 */
consents: ConsentCounts, 
/**
 * Invoices, credit notes, payments; tickets and messages: counts by what they are.
 */
whats: Record<string, number>, 
/**
 * Months with records, by kind.
 */
months: Array<Month>, 
/**
 * What stands out, the gravest first.
 */
findings: Array<Finding>, };

export type MoneyYear = { 
/**
 * ISO 4217, or `?` where the export does not say.
 */
currency: string, 
/**
 * The year; none where documents have no date.
 */
year: number | null, 
/**
 * Gross of invoices less credit notes, decimal.
 */
invoiced: string, 
/**
 * Payments less refunds, decimal.
 */
paid: string, 
/**
 * Documents.
 */
documents: number, 
/**
 * Payments.
 */
payments: number, };

export type ConsentCounts = { 
/**
 * Given and still in force.
 */
in_force: number, 
/**
 * Refused.
 */
refused: number, 
/**
 * Withdrawn.
 */
withdrawn: number, 
/**
 * Expired.
 */
expired: number, 
/**
 * Not told.
 */
unknown: number, };

export type Month = { 
/**
 * `2024-02`.
 */
month: string, 
/**
 * Records by kind.
 */
kinds: Record<string, number>, };

export type Finding = { 
/**
 * A stable word: `paid_twice`, `addresses_differ`, `names_differ`, `other_customer`, `mailing_after_withdrawal`,
 * `older_than_term`, `overdue`.
 */
code: string, 
/**
 * `bad`, `warn` or `info`.
 */
weight: string, 
/**
 * The kind of view that shows it.
 */
kind: string, 
/**
 * The values that the sentence names.
 */
args: { [key in string]: string }, 
/**
 * The records meant, the most telling first; at most 20.
 */
records: Array<string>, 
/**
 * The right that answers it: `rectification`, `erasure`, or none.
 */
right: string | null, };

export type LedgerLine = { 
/**
 * The record.
 */
id: string, 
/**
 * `invoice`, `credit_note`, `order`, `payment`, `refund`, `payment_means` …
 */
what: string, 
/**
 * ISO 8601.
 */
date: string | null, 
/**
 * Its number.
 */
number: string, 
/**
 * What it is for.
 */
label: string, 
/**
 * Net.
 */
net: Amount | null, 
/**
 * Tax.
 */
tax: Amount | null, 
/**
 * Gross, or the amount of a payment.
 */
gross: Amount | null, 
/**
 * As the export says it.
 */
status_raw: string, 
/**
 * `paid`, `due`, `overdue`, `cancelled`, `refunded`, `failed`, `draft` or `unknown`.
 */
status: string, 
/**
 * Payments that belong to it: record ids.
 */
payments: Array<string>, 
/**
 * The document that a payment or credit note belongs to: its number.
 */
document: string | null, 
/**
 * Findings about it: codes.
 */
findings: Array<string>, 
/**
 * Where it stands.
 */
locator: Place, };

export type LedgerQuery = { 
/**
 * `documents` or `payments`.
 */
tab: string, 
/**
 * Only this year.
 */
year: number | null, 
/**
 * The position of the first line wanted.
 */
offset: number, 
/**
 * How many; at most 500.
 */
limit: number, };

export type Ledger = { 
/**
 * Lines, newest first.
 */
page: Page<LedgerLine>, 
/**
 * Totals by currency and year.
 */
years: Array<MoneyYear>, 
/**
 * Counts by what they are.
 */
whats: Record<string, number>, };

export type ThreadLine = { 
/**
 * The record that opened it.
 */
id: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Its subject.
 */
subject: string, 
/**
 * First day, ISO 8601.
 */
opened: string | null, 
/**
 * Last day, ISO 8601.
 */
last: string | null, 
/**
 * How many messages.
 */
messages: number, 
/**
 * As the export says it.
 */
status: string, 
/**
 * How many internal notes.
 */
internal: number, 
/**
 * Findings about it: codes.
 */
findings: Array<string>, 
/**
 * Where it stands.
 */
locator: Place, };

export type Thread = { 
/**
 * Its line.
 */
line: ThreadLine, 
/**
 * Its messages in time.
 */
messages: Array<ThreadMessage>, };

export type ThreadMessage = { 
/**
 * The record that holds it.
 */
record: string, 
/**
 * Who wrote, as the export says.
 */
author: string, 
/**
 * `customer`, `agent`, `system` or `unknown`.
 */
role: string, 
/**
 * Date and time, ISO 8601.
 */
at: string | null, 
/**
 * The text.
 */
text: string, 
/**
 * Whether it is a note between agents.
 */
internal: boolean, 
/**
 * Names of attachments.
 */
attachments: Array<string>, 
/**
 * Where it stands.
 */
locator: Place, };

export type ConsentLine = { 
/**
 * The record.
 */
id: string, 
/**
 * For what.
 */
purpose: string, 
/**
 * By what channel.
 */
channel: string, 
/**
 * The legal basis as the export says it.
 */
basis: string, 
/**
 * `given`, `refused`, `withdrawn` or `unknown`: what this record says.
 */
choice: string, 
/**
 * `in_force`, `refused`, `withdrawn`, `expired`, `replaced` or `unknown`: what became of it.
 */
state: string, 
/**
 * When, ISO 8601.
 */
date: string | null, 
/**
 * When withdrawn.
 */
withdrawn: string | null, 
/**
 * When it ends.
 */
expires: string | null, 
/**
 * The version of the text agreed to.
 */
version: string, 
/**
 * Where it was given.
 */
source: string, 
/**
 * Findings about it: codes.
 */
findings: Array<string>, 
/**
 * Where it stands.
 */
locator: Place, };

export type ConsentHistory = { 
/**
 * For what.
 */
purpose: string, 
/**
 * By what channel.
 */
channel: string, 
/**
 * How it stands today: `in_force`, `refused`, `withdrawn`, `expired` or `unknown`.
 */
state: string, 
/**
 * Choices, oldest first.
 */
choices: Array<ConsentLine>, };

export type AccountCard = { 
/**
 * The record.
 */
row: RecordRow, 
/**
 * Its fields.
 */
fields: Array<FieldRow>, };

export type Accounts = { 
/**
 * What identifies the person, over the whole export.
 */
identifiers: Array<Identifier>, 
/**
 * Details that differ from file to file.
 */
conflicts: Array<Conflict>, 
/**
 * The cards.
 */
cards: Array<AccountCard>, };

export type Identifier = { 
/**
 * The role: `email`, `phone`, `customer_number` …
 */
role: string, 
/**
 * The value.
 */
value: string, 
/**
 * Where it stands; at most 20.
 */
places: Array<FieldPlace>, };

export type Conflict = { 
/**
 * The role: `address`, `last_name` …
 */
role: string, 
/**
 * The values, the most frequent first.
 */
values: Array<Identifier>, };

export type FieldPlace = { 
/**
 * The record.
 */
record: string, 
/**
 * The field's locator.
 */
locator: Place, };

export type FieldRow = { 
/**
 * Its name in the file.
 */
name: string, 
/**
 * A label made from the name.
 */
label: string, 
/**
 * What it is for; `other` when nothing is known.
 */
role: string, 
/**
 * The value as read.
 */
value: string, 
/**
 * The text as it stands in the file.
 */
raw: string, 
/**
 * `text`, `date`, `money` or `flag`.
 */
reading: string, 
/**
 * Whether day and month could be swapped.
 */
ambiguous: boolean, 
/**
 * Where it stands.
 */
locator: Place, };

export type RecordCard = { 
/**
 * The record.
 */
row: RecordRow, 
/**
 * Why it is taken for that kind.
 */
reason: string, 
/**
 * Whether the file that it stands in is an image, which may be looked at.
 */
image: boolean, 
/**
 * Its fields; at most 2,000.
 */
fields: Array<FieldRow>, 
/**
 * How many fields it has in all.
 */
fields_total: number, 
/**
 * The raw source with the record or the wanted field marked.
 */
source: Source, 
/**
 * Records that belong to it: payments of an invoice, the ticket of a message.
 */
related: Array<RecordRow>, 
/**
 * Notes of its entry that touch it.
 */
notes: Array<Note>, };

export type LetterBlock = { "type": "date", 
/**
 * `La Rochelle, 23 November 2026`.
 */
text: string, } | { "type": "address", 
/**
 * `sender` or `recipient`.
 */
who: string, 
/**
 * Its lines.
 */
lines: Array<string>, } | { "type": "subject", 
/**
 * Its text.
 */
text: string, } | { "type": "heading", 
/**
 * Its text.
 */
text: string, } | { "type": "paragraph", 
/**
 * Its text.
 */
text: string, 
/**
 * Whether these are the person's own words.
 */
own: boolean, } | { "type": "table", 
/**
 * Its header.
 */
header: Array<string>, 
/**
 * Its rows.
 */
rows: Array<Array<string>>, } | { "type": "list", 
/**
 * Its points.
 */
items: Array<string>, } | { "type": "signature", 
/**
 * Its lines.
 */
lines: Array<string>, } | { "type": "annex", 
/**
 * Its title.
 */
title: string, };

export type LetterPreview = { 
/**
 * The language it is written in.
 */
language: string, 
/**
 * E-mail address it would go to.
 */
to: string, 
/**
 * Its subject.
 */
subject: string, 
/**
 * Its pieces.
 */
blocks: Array<LetterBlock>, 
/**
 * What is still missing: codes such as `requester_name`, `items`, `right_value`, `ground`, `recipient`.
 */
missing: Array<Note>, 
/**
 * What the company asks beside what the law says, warnings on what will be refused: codes with values.
 */
advice: Array<Note>, 
/**
 * The items as they stand in the export, in the order of the draft.
 */
items: Array<DraftItem>, };

export type DraftItem = { 
/**
 * The record; none when the place is not in this export.
 */
record: string | null, 
/**
 * The record's kind.
 */
kind: string, 
/**
 * The record's title.
 */
title: string, 
/**
 * The field's label; empty when the item is a whole record.
 */
label: string, 
/**
 * The field's role; empty when the item is a whole record.
 */
role: string, 
/**
 * What stands there.
 */
present: string, 
/**
 * Where it stands.
 */
locator: Place, };

export type Saved = { 
/**
 * The names of the files written, without their folder.
 */
files: Array<string>, };

export type CaseState = { 
/**
 * The name of its file; none while no case is open.
 */
name: string | null, 
/**
 * The exports that it holds, under the names that they had; at most 20.
 */
exports: Array<string>, 
/**
 * How many it holds in all.
 */
exports_total: number, 
/**
 * `held` where the open export is one of them, `new` where it is none of them, `none` while nothing is read.
 */
export: string, 
/**
 * Files of the open export whose kind it keeps.
 */
kinds: number, 
/**
 * Those of them that have no records as the export is open now.
 */
left_out: number, 
/**
 * Files of the open export whose kind was changed by hand, and which would be forgotten.
 */
unkept: number, };

export type Draft = { 
/**
 * The right exercised.
 */
right: Right, 
/**
 * The language of the letter.
 */
language: Language, 
/**
 * To whom.
 */
recipient: Recipient, 
/**
 * From whom.
 */
requester: Requester, 
/**
 * About what.
 */
items: Array<Item>, 
/**
 * Place of writing, before the date: `La Rochelle`.
 */
place: string, 
/**
 * Day of the letter, ISO 8601; the program's day where empty.
 */
day: string, 
/**
 * Day on which the export was received, ISO 8601, if known.
 */
received: string, 
/**
 * A reference of the person's own.
 */
reference: string, 
/**
 * Words of the person's own, put in as a paragraph.
 */
own_words: string, 
/**
 * Whether a copy of an ID goes with it. Off by default: Art. 12(6) allows asking only on reasonable doubt.
 */
id_copy: boolean, 
/**
 * A justification where the company asks for one; the law asks none for Art. 16 and 17.
 */
justification: string, };

export type Right = "rectification" | "erasure";

export type Language = "fr" | "en";

export type Ground = "no_longer_necessary" | "consent_withdrawn" | "objection" | "unlawful" | "legal_obligation" | "child";

export type Place = { 
/**
 * The entry's name as shown.
 */
entry: string, 
/**
 * The place in it; empty for the whole entry.
 */
at: string, };

export type Item = { 
/**
 * Where it stands in the export.
 */
locator: Place, 
/**
 * Rectification: how it should read.
 */
right_value?: string, 
/**
 * Rectification: what proves it, in the person's words.
 */
proof?: string, 
/**
 * Erasure: the ground in Art. 17(1).
 */
ground?: Ground, 
/**
 * Why, in the person's own words.
 */
reason?: string, };

export type Recipient = { 
/**
 * The id of a controller's profile (`sellsy`); what is left empty below is taken from it.
 */
profile?: string, 
/**
 * The company's name.
 */
name: string, 
/**
 * Its postal address, one line a line.
 */
address: string, 
/**
 * The e-mail address of its Data Protection Officer.
 */
email: string, };

export type Requester = { 
/**
 * Full name.
 */
name: string, 
/**
 * Postal address, one line a line.
 */
address: string, 
/**
 * The e-mail address of the account.
 */
email: string, 
/**
 * The customer number or user name by which the company knows the person.
 */
customer_number: string, };

