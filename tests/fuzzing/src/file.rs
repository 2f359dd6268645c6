//! What must hold for every row of every file, whatever its bytes.

use std::io::Read;

use files::wire::{Receiver, Sender};
use files::{Format, Kept, Layout, Reading, Row, read, read_again, source};
use records::{EntryId, Plan, RecordId, SAMPLE_ROWS};

/// Files up to this size are also read byte by byte.
const DROPS: usize = 2 << 10;

/// Rows that are made records of, and sent ones that are read again.
const SOME: usize = 50;

/// Reads a file of any bytes under this name.
pub fn any(name: &str, bytes: &[u8]) {
    let (reading, all) = rows(name, bytes);
    if bytes.len() <= DROPS {
        drop_by_drop(name, bytes, &all);
    }
    as_records(name, &reading, &all);
}

/// All rows of a file, after asserting what must hold for every one.
///
/// # Panics
///
/// If something does not hold.
#[track_caller]
pub fn rows(name: &str, bytes: &[u8]) -> (Reading, Vec<Row>) {
    let mut all = Vec::new();
    let reading = read(name, &mut &*bytes, Some(bytes.len() as u64), &mut |_, row| {
        all.push(row.clone());
        true
    });
    over_the_wire(name, bytes, &reading, &all);
    let records = all.iter().filter(|row| !row.span.heading).count();
    assert_eq!(reading.records, records as u64, "records are the rows that are no headings");
    for oddity in &reading.oddities {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(!oddity.code.is_empty() && oddity.code.chars().all(plain), "{oddity:?}");
    }
    let mut kept = Kept::default();
    for (number, row) in (0..).zip(&all).filter(|(_, row)| row.span.kept) {
        kept.push(number, row);
    }
    for (number, row) in (0..).zip(&all) {
        assert_eq!(kept.row(number).as_ref(), row.span.kept.then_some(row), "a row that is kept comes back");
        if row.span.kept {
            shows(&reading.layout, row);
        } else {
            holds(&reading.layout, row, bytes);
        }
    }
    (reading, all)
}

/// The same reading, sent as messages and received again.
#[track_caller]
fn over_the_wire(name: &str, bytes: &[u8], expected: &Reading, all: &[Row]) {
    let (mut sender, mut messages) = (Sender::default(), Vec::new());
    let reading = read(name, &mut &*bytes, None, &mut |layout, row| {
        messages.extend(sender.row(layout, row));
        true
    });
    messages.extend(sender.end(&reading));
    let (mut receiver, mut received, mut n) = (Receiver::default(), None, 0);
    for message in &messages {
        let end = receiver.take(message, &mut |_, row| {
            assert_eq!(row, &all[n], "the row as it was sent");
            n += 1;
            true
        });
        received = end.expect("the messages are whole");
    }
    assert_eq!(n, all.len());
    let received = received.expect("the last message ends the reading");
    assert_eq!(received.oddities, expected.oddities);
    assert_eq!((received.status, received.records), (expected.status, expected.records));
    let (a, b) = (&received.layout, &expected.layout);
    assert_eq!((a.format, a.decoding, &a.table, &a.lists), (b.format, b.decoding, &b.table, &b.lists));
    assert!(a.names.iter().eq(b.names.iter()), "the same fields with the same numbers");
    for row in all.iter().filter(|row| !row.span.kept).take(SOME) {
        let mut again = Row::default();
        read_again(a, &row.span, part(bytes, row.span.bytes()), &mut again);
        assert_eq!(&again, row, "a row read again by a layout that was received");
    }
}

/// The bytes at a place that must be inside.
#[track_caller]
fn part(bytes: &[u8], range: std::ops::Range<u64>) -> &[u8] {
    let place = |n: u64| usize::try_from(n).ok().filter(|n| *n <= bytes.len());
    match (place(range.start), place(range.end)) {
        (Some(from), Some(to)) if from <= to => &bytes[from..to],
        _ => panic!("{range:?} does not lie in an entry of {} bytes", bytes.len()),
    }
}

/// The same file, one byte at a time.
///
/// # Panics
///
/// If that gives other rows.
#[track_caller]
pub fn drop_by_drop(name: &str, bytes: &[u8], all: &[Row]) {
    let mut n = 0;
    let mut drops = Drops(bytes);
    read(name, &mut drops, None, &mut |_, row| {
        assert_eq!(Some(row), all.get(n), "the same rows, however the bytes arrive");
        n += 1;
        true
    });
    assert_eq!(n, all.len());
}

struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = buffer.len().min(1).min(self.0.len());
        buffer[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

/// The rows as records: each field of a record has a place, and every place belongs to one value of the row.
#[track_caller]
pub(crate) fn as_records(name: &str, reading: &Reading, all: &[Row]) {
    let mut plan = Plan::new(name, None);
    plan.learn(&reading.layout, &all[..all.len().min(SAMPLE_ROWS)]);
    plan.learn_rest(&reading.layout);
    for (number, row) in (0..).zip(all.iter().take(SOME)) {
        if !plan.knows(&reading.layout, row) {
            plan.learn(&reading.layout, std::slice::from_ref(row));
        }
        let id = RecordId { entry: EntryId(0), number };
        let record = plan.record(&reading.layout, row, id);
        let glance = plan.glance(row);
        assert_eq!((record.kind, record.what, record.day), (glance.kind, glance.what, glance.day));
        assert_eq!(record.money, glance.money);
        assert!(record.fields.len() >= row.len(), "every value is a field");
        for (field, value) in record.fields.iter().zip(row.values()) {
            assert_eq!(field.raw, value.text, "a field keeps what was read");
            assert_eq!(field.locator.at, row.place(value, &reading.layout.names));
        }
        // What was read in a paper stands in it, at the place that it names.
        for field in &record.fields[row.len()..] {
            let stands = |row: &Row| {
                row.values().any(|value| {
                    value.text.contains(&field.raw)
                        && row.place(value, &reading.layout.names) == field.locator.at
                })
            };
            assert!(stands(row) || all.iter().any(stands), "{field:?} stands nowhere");
        }
        let line = records::one_line(&record.title, 40);
        assert!(line.chars().count() <= 40, "{line:?} is short");
    }
}

#[track_caller]
fn holds(layout: &Layout, row: &Row, bytes: &[u8]) {
    let mut again = Row::default();
    read_again(layout, &row.span, part(bytes, row.span.bytes()), &mut again);
    assert_eq!(&again, row, "the row {:?} read again is the same", row.at);
    for value in row.values() {
        let Some((from, to)) = value.bytes else { continue };
        assert!(from <= to && to <= bytes.len() as u64, "the bytes of a value lie in the entry");
        let start = from.saturating_sub(20);
        let end = (to + 20).min(bytes.len() as u64);
        let shown = source(layout, part(bytes, start..end), start, from..to);
        assert!(shown.from <= shown.to && shown.to <= shown.text.chars().count(), "a mark lies in the text");
        let marked: String = shown.text.chars().skip(shown.from).take(shown.to - shown.from).collect();
        assert!(
            same(&marked).contains(&same(value.text))
                || escaped(layout.format, &marked, value.text)
                || doubled(&marked, value.text),
            "the source {marked:?} of {} contains {:?}",
            row.place(value, &layout.names),
            value.text
        );
    }
}

/// Every value of a row that is kept is shown at its place.
#[track_caller]
fn shows(layout: &Layout, row: &Row) {
    // What is shown is made anew for each value: a row of very many is looked at here and there.
    for value in row.values().step_by(1 + row.len() / 500) {
        let at = row.place(value, &layout.names);
        let shown = files::shown_row(layout, row, &at);
        let marked: String = shown.text.chars().skip(shown.from).take(shown.to - shown.from).collect();
        assert_eq!(marked, value.text, "the source of {at}");
    }
}

/// Without the differences that line ends and quotes make.
fn same(text: &str) -> String {
    text.replace("\r\n", "\n").replace("\"\"", "\"")
}

/// Whether a source shows its value in another form for a good reason.
fn escaped(format: Format, source: &str, value: &str) -> bool {
    match format {
        Format::Json | Format::Ndjson | Format::Jcard => source.contains('\\'),
        Format::Xml | Format::Svg | Format::Ofx | Format::Enex | Format::Opml => {
            source.contains('&') || source.contains("<![CDATA[")
        }
        Format::Csv | Format::Tsv => source.contains('"'),
        // Quotes are doubled or escaped, texts are joined.
        Format::Sql | Format::Settings | Format::Gettext => source.contains(['\\', '"', '\'']),
        // A name in pieces, or with its character set; folds; what stands outside the mails of a mailbox is not quoted.
        Format::Eml | Format::Mbox | Format::Mht => {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '>', "");
            ["*=", "*0=", "*0*="].iter().any(|m| source.contains(m)) || bare(source).contains(&bare(value))
        }
        // Lines are joined, indentation is taken off, quotes are doubled or escaped.
        Format::Yaml => {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '\'', "");
            bare(source).contains(&bare(value)) || source.contains('\\')
        }
        // How folds and escapes are to be taken off stands in the version of the card, which may be far away; how a value is
        // written stands before it, and may be folded itself.
        Format::Vcard | Format::Icalendar => {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '\\', "");
            let quoted = || bare(source).to_ascii_uppercase().contains("QUOTED-PRINTABLE");
            bare(source).contains(&bare(value)) || source.contains("\\n") || quoted()
        }
        // A title may have marks in it that mean nothing there, and everything elsewhere; its zeros are shown.
        Format::Html => value.contains(['<', '&', '\u{FFFD}']),
        _ => false,
    }
}

/// Whether a source shows a value that was repaired as it was written: each of its bytes as a character.
fn doubled(source: &str, value: &str) -> bool {
    let wrong = |text: &str| -> [String; 2] {
        let latin = text.bytes().map(char::from).collect();
        let windows = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        [latin, windows]
    };
    let once = wrong(value);
    once.iter()
        .any(|text| source.contains(text.as_str()) || wrong(text).iter().any(|t| source.contains(t.as_str())))
}
