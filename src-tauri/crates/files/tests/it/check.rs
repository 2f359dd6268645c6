//! Reads a file and shows it; on the way it asserts what must hold for every row of every file, and of files that are
//! nearly the same.

use std::fmt::Write as _;

use expect_test::Expect;
use files::{Reading, Row, ValueKind};
pub(crate) use fuzzing::file::drop_by_drop;
use fuzzing::{file, mutate, seeds};

/// Samples up to this size are also read with changes in them.
const CHANGED: usize = 4 << 10;

/// So often.
const CHANGES: u64 = 3;

/// Reads the file and compares what came of it.
#[track_caller]
pub(crate) fn check(name: &str, bytes: impl AsRef<[u8]>, expect: Expect) {
    expect.assert_eq(&show(name, bytes.as_ref()));
}

/// All rows of a file, after asserting what must hold for every one.
#[track_caller]
pub(crate) fn rows(name: &str, bytes: &[u8]) -> (Reading, Vec<Row>) {
    let (reading, all) = file::rows(name, bytes);
    seeds::keep(reading.layout.format, bytes);
    if bytes.len() <= CHANGED {
        mutate::each(bytes, 0..CHANGES, |changed| file::any(name, changed));
    }
    (reading, all)
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
