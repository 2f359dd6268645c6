//! Reads a file and shows it; on the way it asserts what must hold for every row of every file.

use std::fmt::Write as _;
use std::io::Read;

use expect_test::Expect;
use files::wire::{Receiver, Sender};
use files::{Format, Kept, Layout, Reading, Row, ValueKind, read, read_again, source};

/// Reads the file and compares what came of it.
#[track_caller]
pub(crate) fn check(name: &str, bytes: impl AsRef<[u8]>, expect: Expect) {
    expect.assert_eq(&show(name, bytes.as_ref()));
}

/// All rows of a file, after asserting what must hold for every one.
#[track_caller]
pub(crate) fn rows(name: &str, bytes: &[u8]) -> (Reading, Vec<Row>) {
    let mut all = Vec::new();
    let reading = read(name, &mut &*bytes, Some(bytes.len() as u64), &mut |_, row| {
        all.push(row.clone());
        true
    });
    over_the_wire(name, bytes, &reading, &all);
    let records = all.iter().filter(|row| !row.span.heading).count();
    assert_eq!(reading.records, records as u64, "records are the rows that are no headings");
    if reading.layout.format.is_kept() {
        let mut kept = Kept::default();
        all.iter().for_each(|row| kept.push(row));
        for (number, row) in all.iter().enumerate() {
            assert_eq!(kept.row(number).as_ref(), Some(row), "a row that is kept comes back");
            shows(&reading.layout, row);
        }
        return (reading, all);
    }
    for row in &all {
        holds(&reading.layout, row, bytes);
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
    for row in all.iter().filter(|_| !a.format.is_kept()).take(50) {
        let span = row.span.bytes();
        let range = usize::try_from(span.start).expect("small")..usize::try_from(span.end).expect("small");
        let mut again = Row::default();
        read_again(a, &row.span, &bytes[range], &mut again);
        assert_eq!(&again, row, "a row read again by a layout that was received");
    }
}

/// The same file, one byte at a time.
#[track_caller]
pub(crate) fn drop_by_drop(name: &str, bytes: &[u8], all: &[Row]) {
    let mut n = 0;
    let mut drops = Drops(bytes);
    read(name, &mut drops, None, &mut |_, row| {
        assert_eq!(row, &all[n], "the same rows, however the bytes arrive");
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

#[track_caller]
fn holds(layout: &Layout, row: &Row, bytes: &[u8]) {
    let span = row.span.bytes();
    assert!(span.end <= bytes.len() as u64, "the span {span:?} of {} lies in the entry", row.at);
    let range = |from: u64, to: u64| {
        let place = |n: u64| usize::try_from(n).expect("samples are small");
        place(from)..place(to)
    };
    let mut again = Row::default();
    read_again(layout, &row.span, &bytes[range(span.start, span.end)], &mut again);
    assert_eq!(&again, row, "the row {:?} read again is the same", row.at);
    for value in row.values() {
        let Some((from, to)) = value.bytes else { continue };
        assert!(from <= to && to <= bytes.len() as u64, "the bytes of a value lie in the entry");
        let start = from.saturating_sub(20);
        let end = (to + 20).min(bytes.len() as u64);
        let shown = source(layout, &bytes[range(start, end)], start, from..to);
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
    for value in row.values() {
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
        // A name in pieces, or with its character set.
        Format::Eml | Format::Mbox | Format::Mht => ["*=", "*0=", "*0*="].iter().any(|m| source.contains(m)),
        // Lines are joined, indentation is taken off, quotes are doubled or escaped.
        Format::Yaml => {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '\'', "");
            bare(source).contains(&bare(value)) || source.contains('\\')
        }
        // How folds and escapes are to be taken off stands in the version of the card, which may be far away.
        Format::Vcard | Format::Icalendar => {
            let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '\\', "");
            bare(source).contains(&bare(value)) || source.contains("\\n")
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

#[track_caller]
pub(crate) fn show(name: &str, bytes: &[u8]) -> String {
    let (reading, all) = rows(name, bytes);
    drop_by_drop(name, bytes, &all);
    let mut out = String::new();
    let layout = &reading.layout;
    let _ = write!(out, "{} {:?}", layout.format.word(), reading.status);
    if layout.decoding.encoding != files::Encoding::UTF_8 || layout.decoding.told_by != files::ToldBy::Valid {
        let _ = write!(out, " {} {:?}", layout.decoding.encoding.name(), layout.decoding.told_by);
    }
    if let Some(table) = &layout.table {
        let _ = write!(out, " {:?}", char::from(table.delimiter));
        if !table.has_header {
            out.push_str(" no header");
        }
    }
    let _ = writeln!(out, ", {} records", reading.records);
    for row in &all {
        let list = &layout.lists[usize::from(row.span.list)];
        let kind = if row.span.heading { "heading" } else { "record" };
        let _ = writeln!(out, "{kind} {:?} of {:?} {:?}", row.at, list.at, list.name);
        for value in row.values() {
            let mark = match value.kind {
                ValueKind::Text => "",
                ValueKind::Number => " (number)",
                ValueKind::Bool => " (bool)",
                ValueKind::Null => " (null)",
            };
            let text: String = value.text.chars().take(60).collect();
            let _ = writeln!(out, "  {} = {text:?}{mark}", row.place(value, &layout.names));
        }
    }
    for oddity in &reading.oddities {
        let at = oddity.at.as_deref().map(|at| format!(" at {at}")).unwrap_or_default();
        let _ = writeln!(out, "odd {}{at}: {}", oddity.code, oddity.message);
    }
    out
}

/// Everything that can be found in a file, for cases that ask only for that.
#[track_caller]
pub(crate) fn words(name: &str, bytes: &[u8]) -> String {
    let (_, all) = rows(name, bytes);
    let mut words = String::new();
    for row in &all {
        for value in row.values() {
            words.push_str(value.text);
            words.push('\n');
        }
    }
    words
}

/// The codes of what was odd.
pub(crate) fn codes(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let mut codes: Vec<_> = rows(name, bytes).0.oddities.iter().map(|o| o.code).collect();
    codes.dedup();
    codes
}
