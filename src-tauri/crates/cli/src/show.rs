//! What is printed, for people and for programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use session::wire::{Found, Opened, RecordLine, Shown};

/// Text with everything escaped that a terminal could act on, or that hides what it says.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let hidden = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c == '\n' || (!c.is_control() && !hidden) {
            out.push(c);
        } else {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
    out
}

/// One line of JSON in which no control character stands unescaped, C1 controls included.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // serde_json escapes C0; DEL and C1 would still reach a terminal.
        if c.is_control() {
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe.push('\n');
    out.write_all(safe.as_bytes())
}

/// What `open` says to people.
pub(crate) fn opened(out: &mut impl Write, opened: &Opened) -> io::Result<()> {
    if let Some(export) = &opened.export {
        writeln!(out, "{}  {} bytes  SHA-256 {}", plain(&export.name), export.bytes, export.sha256)?;
        if let Some(service) = &export.service {
            writeln!(out, "layout of {} ({})", service.name, service.certainty)?;
        }
    }
    let total: u64 = opened.entries.iter().map(|e| e.records).sum();
    let read = opened.entries.iter().filter(|e| e.status == "read" || e.status == "empty").count();
    writeln!(out, "{read} of {} entries read, {total} records", opened.entries.len())?;
    for (kind, count) in &opened.kinds {
        writeln!(out, "  {kind:<10} {count}")?;
    }
    if let Some(case) = opened.case.as_ref().filter(|case| case.matches) {
        writeln!(out, "kinds corrected as the case says, in files: {}", case.corrected)?;
    }
    writeln!(out)?;
    let width = opened.entries.iter().map(|e| e.path.chars().count()).max().unwrap_or(0).min(60);
    for entry in &opened.entries {
        writeln!(
            out,
            "{:<9} {:<7} {:>8}  {:<width$}",
            entry.status,
            entry.format,
            entry.records,
            plain(&entry.path)
        )?;
        for note in &entry.notes {
            let at = note.at.as_deref().map(|at| format!(" ({})", plain(at))).unwrap_or_default();
            writeln!(out, "          - {}{at}", plain(&note.message))?;
        }
    }
    for note in &opened.notes {
        writeln!(out, "note: {}", plain(&note.message))?;
    }
    Ok(())
}

/// What `search` says to people.
pub(crate) fn found(out: &mut impl Write, found: &Found) -> io::Result<()> {
    if let Some(trouble) = &found.trouble {
        writeln!(out, "{}: {}", plain(&found.query), plain(&trouble.message))?;
        return writeln!(out, "  {}", plain(&trouble.hint));
    }
    writeln!(out, "{} for {}", found.total, plain(&found.query))?;
    for hit in &found.hits {
        let date = hit.date.as_deref().unwrap_or("          ");
        writeln!(out, "{date}  {:<8}  {}", hit.kind, plain(&hit.title))?;
        writeln!(out, "            {}", plain(&hit.snippet.replace('\n', " ")))?;
        writeln!(out, "            {}#{}", plain(&hit.locator.entry), plain(&hit.locator.at))?;
    }
    Ok(())
}

/// What `show` says to people.
pub(crate) fn shown(out: &mut impl Write, shown: &Shown) -> io::Result<()> {
    record(out, &shown.record)?;
    writeln!(out)?;
    let source = &shown.source;
    let decoded = source.decoded.as_deref().map(|d| format!("  ({d})")).unwrap_or_default();
    writeln!(out, "{}#{}{decoded}", plain(&source.entry), plain(&source.at))?;
    let chars: Vec<char> = source.text.chars().collect();
    let [from, to] = source.mark.map(|n| (n as usize).min(chars.len()));
    let piece = |range: &[char]| plain(&range.iter().collect::<String>());
    // The place stands between marks that no terminal acts on.
    writeln!(
        out,
        "{}»{}«{}",
        piece(&chars[..from]),
        piece(&chars[from..to.max(from)]),
        piece(&chars[to.max(from)..])
    )
}

/// A record for people.
pub(crate) fn record(out: &mut impl Write, record: &RecordLine) -> io::Result<()> {
    let date = record.date.as_deref().unwrap_or("no date");
    writeln!(out, "{} ({}, {}): {}", record.kind, record.what, record.certainty, plain(&record.title))?;
    writeln!(out, "  {date}  {}#{}", plain(&record.locator.entry), plain(&record.locator.at))?;
    for field in &record.fields {
        writeln!(out, "  {}: {}", plain(&field.label), plain(&field.value.replace('\n', "\n      ")))?;
    }
    Ok(())
}

/// One row a field.
pub(crate) fn csv(out: &mut impl Write, record: &RecordLine, header: bool) -> io::Result<()> {
    if header {
        row(out, &["kind", "what", "date", "title", "entry", "at", "field", "value", "raw"])?;
    }
    for field in &record.fields {
        let date = record.date.as_deref().unwrap_or_default();
        let place = &field.locator;
        row(
            out,
            &[
                record.kind,
                record.what,
                date,
                &record.title,
                &place.entry,
                &place.at,
                &field.name,
                &field.value,
                &field.raw,
            ],
        )?;
    }
    Ok(())
}

fn row(out: &mut impl Write, cells: &[&str]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A quoted cell that no spreadsheet takes for a formula and no terminal for a command.
fn cell(text: &str) -> String {
    const FORMULA: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '|', '＝', '＋', '－', '＠'];
    let guard = if text.trim_start_matches(' ').starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", plain(text).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_act_on() {
        assert_eq!(plain("a\u{1b}[31mb\u{9b}c\u{7}\r\u{202e}"), "a\\u{1b}[31mb\\u{9b}c\\u{7}\\u{d}\\u{202e}");
        let mut out = Vec::new();
        json(&mut out, &"\u{1b}\u{9b}\u{7f}é").expect("memory can be written");
        assert_eq!(String::from_utf8(out).expect("JSON is UTF-8"), "\"\\u001b\\u009b\\u007fé\"\n");
    }

    #[test]
    fn a_cell_never_becomes_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell(" @x"), "\"' @x\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
    }
}
