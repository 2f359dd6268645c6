//! Plain text and logs. A text is one record; a log is a record a line.

use std::fmt::Write as _;

use crate::decode::Piece;
use crate::layout::{Format, Layout};
use crate::limits;
use crate::mend::trimmed;
use crate::names::{Namer, TOP};
use crate::out::{Out, cut, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;

/// Reads a text. The first row is the record; what does not fit into it follows in headings, so that the text counts
/// once.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>) {
    out.list("", "");
    let mut line = 1_u32;
    loop {
        while window.piece().text.len() - window.start <= limits::TEXT_ROW && window.more() {}
        let piece = window.piece();
        let from = window.start;
        if from >= piece.text.len() {
            break;
        }
        let end = cut(piece.text, from, piece.text.len(), limits::TEXT_ROW);
        out.row.span = Span { number: line, heading: out.records > 0, ..span(piece.bytes(from, end)) };
        let markdown = out.layout.format == Format::Markdown;
        fill(piece, from, end, line, markdown, &mut window.namer(&mut out.layout), &mut out.row);
        line = line.saturating_add(lines(&piece.text[from..end]));
        window.start = end;
        out.layout.decoding = window.decoding();
        if out.row.is_empty() {
            out.row.clear();
        } else if !out.emit() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// Reads a log: each line that is not empty is a record.
pub(crate) fn read_log(mut window: Window<'_>, out: &mut Out<'_>) {
    out.list("", "");
    let mut number = 0_u32;
    'file: loop {
        let piece = window.piece();
        let bytes = piece.text.as_bytes();
        let mut at = window.start;
        while at < bytes.len() {
            let end = match memchr::memchr(b'\n', &bytes[at..]) {
                Some(n) => at + n,
                None if window.ended() => bytes.len(),
                None if window.full() => cut(piece.text, at, bytes.len(), limits::TEXT_ROW),
                None => break,
            };
            number = number.saturating_add(1);
            if !piece.text[at..end].trim().is_empty() {
                out.row.span = Span { number, ..span(piece.bytes(at, end)) };
                fill_line(piece, at, end, number, &mut window.namer(&mut out.layout), &mut out.row);
                out.layout.decoding = window.decoding();
                if !out.emit() {
                    break 'file;
                }
            }
            at = (end + 1).min(bytes.len());
        }
        window.start = at;
        if !window.more() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    let mut namer = Namer::Find(&layout.names);
    // The two are told apart by their first field: lines for a log, blocks for a text.
    let log = layout.names.path(crate::names::FieldId(0)).first().is_some_and(|name| name == LINE);
    row.span = *span;
    if log {
        fill_line(piece, 0, piece.text.len(), span.number, &mut namer, row);
    } else {
        let markdown = layout.format == Format::Markdown;
        fill(piece, 0, piece.text.len(), span.number, markdown, &mut namer, row);
    }
}

/// The field of a line of a log.
const LINE: &str = "line";

/// The field of a heading in Markdown.
const HEADING: &str = "heading";

/// The field of the blocks of a text.
const TEXT: &str = "text";

fn fill_line(piece: Piece<'_>, from: usize, to: usize, number: u32, namer: &mut Namer<'_>, row: &mut Row) {
    row.notation = Notation::Whole;
    row.at.clear();
    let _ = write!(row.at, "line={number}");
    let field = namer.step(crate::names::NOWHERE, TOP, LINE);
    let field = namer.field(field);
    let line = &piece.text[from..to];
    let start = from + line.len() - line.trim_start().len();
    let line = trimmed(line);
    row.push(field, ValueKind::Text, line, &[], Some(piece.bytes(start, start + line.len())));
}

/// Fills a row with the blocks of a text: what stands between empty lines, each with the number of its first line.
fn fill(
    piece: Piece<'_>,
    from: usize,
    to: usize,
    first: u32,
    markdown: bool,
    namer: &mut Namer<'_>,
    row: &mut Row,
) {
    row.notation = Notation::Whole;
    row.at.clear();
    let begin = piece.bytes(from, from).start;
    // A mark may stand before all; a line longer than a row goes on in rows told by where they start.
    let cut_off = first == 1 && begin > 3;
    if cut_off {
        let _ = write!(row.at, "line=1,byte={begin}");
    } else if first > 1 {
        let _ = write!(row.at, "line={first}");
    }
    let mut alone = !cut_off;
    let text = namer.step(crate::names::NOWHERE, TOP, TEXT);
    let text = namer.field(text);
    let heading = markdown.then(|| namer.path(&[HEADING]));
    let mut line = first;
    let mut at = from;
    while at < to {
        let headed = heading.zip(heading_end(&piece.text[..to], at));
        let (field, end) = headed.unwrap_or_else(|| (text, block_end(&piece.text[..to], at, markdown)));
        let mut start = at;
        while start < end {
            let stop = cut(piece.text, start, end, limits::TEXT_VALUE);
            let block = &piece.text[start..stop];
            let lead = block.len() - block.trim_start().len();
            let shown = trimmed(block);
            if !shown.is_empty() {
                let passed = lines(&block[..lead]);
                let number = line.saturating_add(passed);
                let from = start + lead;
                let bytes = piece.bytes(from, from + shown.len());
                let place = [number, u32::try_from(bytes.start).unwrap_or(u32::MAX)];
                let place = if alone || passed > 0 { &place[..1] } else { &place };
                row.push(field, ValueKind::Text, shown, place, Some(bytes));
                alone = false;
            }
            let passed = lines(block);
            alone |= passed > 0;
            line = line.saturating_add(passed);
            start = stop;
        }
        at = end;
    }
}

/// Behind the heading of Markdown that stands at `from`, if one does: `# Title`.
fn heading_end(text: &str, from: usize) -> Option<usize> {
    let rest = text[from..].trim_start_matches(['\r', '\n']);
    let marks = rest.bytes().take_while(|b| *b == b'#').count();
    let fits = matches!(marks, 1..=6) && rest[marks..].starts_with([' ', '\t']);
    let start = text.len() - rest.len();
    fits.then(|| memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |n| start + n + 1))
}

/// The place behind the next empty line, or in front of the next heading.
fn block_end(text: &str, from: usize, markdown: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(n) = memchr::memchr(b'\n', &bytes[at..]) {
        at += n + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"\n") {
            return at + 1;
        }
        if rest.starts_with(b"\r\n") {
            return at + 2;
        }
        if markdown && rest.starts_with(b"#") && heading_end(text, at).is_some() {
            return at;
        }
    }
    bytes.len()
}

fn lines(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

/// Whether most lines of a text start with a time or an address, as the lines of logs do.
pub(crate) fn looks_like_log(head: &str, called_log: bool) -> bool {
    let (mut all, mut stamped) = (0_u32, 0_u32);
    for line in head.lines().filter(|l| !l.trim().is_empty()).take(200) {
        all += 1;
        stamped += u32::from(is_stamped(line));
    }
    let enough = if called_log { 1 } else { 3 };
    // What failed is told in many lines.
    all >= enough && stamped * 10 >= all * if called_log { 3 } else { 8 }
}

/// Whether a line starts with a date, a time or an IP address.
fn is_stamped(line: &str) -> bool {
    // Some name what stands first (logfmt).
    let named = ["time=", "ts=", "timestamp=", "t="].into_iter().find_map(|name| line.strip_prefix(name));
    let line = named.unwrap_or(line).trim_start_matches(['[', '<', '(', ' ', '"']);
    // Syslog puts a number in angle brackets in front, and the version of the format (RFC 5424).
    let line = line
        .split_once('>')
        .filter(|(n, _)| n.len() <= 3 && n.parse::<u8>().is_ok())
        .map_or(line, |(_, rest)| rest.strip_prefix("1 ").unwrap_or(rest));
    let bytes = line.as_bytes();
    let form: String =
        bytes.iter().take(24).map(|b| if b.is_ascii_digit() { '9' } else { char::from(*b) }).collect();
    let months =
        ["Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "];
    let address = line.split([' ', '\t', ',', ']']).next().unwrap_or("");
    form.starts_with("9999-99-99")
        || form.starts_with("9999/99/99")
        || form.starts_with("99/99/9999")
        || form.starts_with("99.99.9999")
        || form.starts_with("99-99-9999")
        || form.starts_with("99:99:99")
        || form.starts_with("9999999999 ")
        || form.starts_with("9999999999.")
        || months
            .iter()
            .any(|m| line.starts_with(m) && bytes.get(4).is_some_and(|b| b.is_ascii_digit() || *b == b' '))
        || address.parse::<std::net::IpAddr>().is_ok()
}
