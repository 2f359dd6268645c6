//! YAML as companies write it: the items of the list that a file is, or holds under its keys, are records; a file
//! without such a list is one, and so is each of several documents. Nothing is expanded: an alias stays an alias.
//!
//! Records are cut by indentation alone, so that each can be read again from its own lines.

mod fill;
mod flow;
mod scalar;

use std::fmt::Write as _;

use self::fill::fill;
use self::scalar::key;
use crate::decode::Piece;
use crate::layout::Layout;
use crate::limits;
use crate::names::Namer;
use crate::oddities::say;
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span};
use crate::window::Window;

/// What the records of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// The items of the list that it is, which start at this column.
    Items(usize),
    /// The items of lists under its keys.
    Lists,
    /// Each document.
    Documents,
}

/// A line that says something.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    from: usize,
    /// Behind its line end.
    next: usize,
    indent: usize,
    content: &'a str,
}

/// What a piece of the file becomes.
struct Part {
    list: u16,
    number: u32,
    heading: bool,
    from: usize,
    to: usize,
}

/// Reads a file.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>) {
    window.fill(limits::OUTLINE);
    let (plan, several) = plan(&window.piece().text[window.start..]);
    // The list whose items are being met: where it is, the column of its items, and how many there were.
    let mut open: Option<(u16, usize)> = None;
    let mut counts: Vec<u32> = Vec::new();
    let root = out.list("", "");
    if let Plan::Items(column) = plan {
        open = Some((root, column));
    }
    loop {
        let text = window.piece().text;
        let ended = window.ended();
        let Some(line) = next_line(text, window.start, text.len()) else {
            window.start = text.len();
            if window.more() {
                continue;
            }
            break;
        };
        let whole = |end: usize| end < text.len() || ended;
        let mut part = Part { list: root, number: 0, heading: true, from: line.from, to: line.next };
        if is_mark(&line) {
            // A mark between documents says nothing itself.
            if !whole(line.next) && !text.ends_with('\n') {
                window.more();
                continue;
            }
            if plan == Plan::Lists {
                open = None;
            }
            let next = line.next;
            window.start = next;
            continue;
        }
        let item = open.filter(|(_, column)| line.indent == *column && is_item(line.content));
        let end = match (plan, item) {
            (Plan::Documents, _) => document_end(text, line.next),
            (_, Some((_, column))) => block_end(text, line.next, column, false),
            _ => block_end(text, line.next, line.indent, true),
        };
        if !whole(end) {
            if window.full() {
                out.partly = true;
                out.odd.add("record_too_large", |o| {
                    let most = limits::RECORD >> 20;
                    say(format!("a record is larger than {most} MiB and the rest is kept as text"))(o)
                        .with("limit_mib", most)
                });
                out.rest_as_written(&mut window);
                break;
            }
            window.more();
            continue;
        }
        part.to = end;
        if let Some((list, _)) = item {
            (part.list, part.heading) = (list, false);
        } else if plan == Plan::Documents {
            part.heading = false;
        } else if plan == Plan::Lists
            && line.indent == 0
            && let Some((name, column, first)) = list_under(text, &line)
        {
            open = Some((out.list(&format!("/{}", escaped(&name)), &name), column));
            window.start = first;
            continue;
        }
        if !part.heading {
            let n = usize::from(part.list);
            if counts.len() <= n {
                counts.resize(n + 1, 0);
            }
            let alone = plan == Plan::Documents && !several;
            part.number = if alone { Span::ALONE } else { counts[n] };
            counts[n] = counts[n].saturating_add(1);
        }
        emit(&window, out, &part);
        window.start = end;
        if out.stopped() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

fn emit(window: &Window<'_>, out: &mut Out<'_>, part: &Part) {
    let piece = window.piece();
    let Part { list, number, heading, from, to } = *part;
    let mut row = std::mem::take(&mut out.row);
    row.span = Span { list, number, heading, ..span(piece.bytes(from, to)) };
    place(&out.layout, list, number, heading, &mut row);
    let broken = fill(piece, from, to, !heading, &mut window.namer(&mut out.layout), &mut row);
    for at in broken {
        let byte = piece.raw(at.min(piece.text.len()));
        let at = &row.at;
        out.odd.add("loose_yaml", |o| {
            say(format!("what stands at byte {byte} is no valid YAML; it is kept as text"))(o)
                .with("byte", byte)
                .at(at)
        });
    }
    out.layout.decoding = window.decoding();
    let nothing = heading && row.is_empty();
    out.row = row;
    if nothing {
        out.row.clear();
    } else {
        out.emit();
    }
}

/// Reads a row again from its own text.
pub(crate) fn again(layout: &Layout, span: &Span, piece: Piece<'_>, row: &mut Row) {
    row.span = *span;
    place(layout, span.list, span.number, span.heading, row);
    let mut namer = Namer::Find(&layout.names);
    fill(piece, 0, piece.text.len(), !span.heading, &mut namer, row);
}

fn place(layout: &Layout, list: u16, number: u32, heading: bool, row: &mut Row) {
    row.notation = Notation::Pointer;
    row.at.clear();
    if heading || number == Span::ALONE {
        return;
    }
    if let Some(list) = layout.lists.get(usize::from(list)) {
        row.at.push_str(&list.at);
    }
    let _ = write!(row.at, "/{number}");
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The next line that is not empty and no comment.
fn next_line(text: &str, mut at: usize, to: usize) -> Option<Line<'_>> {
    while at < to {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..to]).map_or(to, |n| at + n + 1);
        let line = text[at..end].trim_end().trim_start_matches('\u{FEFF}');
        let content = line.trim_start_matches(' ');
        if !content.trim_start().is_empty() && !content.starts_with('#') {
            return Some(Line { from: at, next: end, indent: line.len() - content.len(), content });
        }
        at = end;
    }
    None
}

/// Whether a line stands between documents.
fn is_mark(line: &Line<'_>) -> bool {
    let word = line.content.split(' ').next().unwrap_or("");
    line.indent == 0 && (matches!(word, "---" | "...") || word.starts_with('%'))
        // `--- text` starts a document with this text.
        && !(word == "---" && line.content.len() > 4 && !line.content[4..].trim_start().starts_with(['#', '!', '&']))
}

fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// Whether a text is one item of a list.
fn alone(text: &str, from: usize, to: usize) -> bool {
    let Some(first) = next_line(text, from, to).filter(|line| is_item(line.content)) else { return false };
    let mut at = first.next;
    while let Some(line) = next_line(text, at, to) {
        if line.indent <= first.indent {
            return false;
        }
        at = line.next;
    }
    true
}

/// Tells what the records are, and whether there are several documents.
fn plan(text: &str) -> (Plan, bool) {
    let mut several = 0;
    let mut lists = false;
    let mut first = None;
    let mut at = 0;
    let mut fresh = true;
    while let Some(line) = next_line(text, at, text.len()) {
        at = line.next;
        if is_mark(&line) {
            fresh = true;
            continue;
        }
        several += u32::from(fresh);
        fresh = false;
        first = first.or(Some(line));
        lists = lists || line.indent == 0 && list_under(text, &line).is_some();
    }
    let plan = match first {
        Some(line) if is_item(line.content) => Plan::Items(line.indent),
        _ if lists && several < 2 => Plan::Lists,
        _ => Plan::Documents,
    };
    (plan, several > 1)
}

/// The list of mappings that stands under the key of a line: the key, the column of its items, where the first starts.
fn list_under(text: &str, line: &Line<'_>) -> Option<(String, usize, usize)> {
    let (name, value) = key(line.content)?;
    let value = line.content[value..].trim_start();
    if !(value.is_empty() || value.starts_with('#')) {
        return None;
    }
    let item = next_line(text, line.next, text.len())?;
    let inner = item.content.strip_prefix('-').filter(|_| is_item(item.content))?.trim_start();
    let inner = match inner.is_empty() {
        true => next_line(text, item.next, text.len())?.content,
        false => inner,
    };
    (inner.starts_with('{') || key(inner).is_some()).then_some((name, item.indent, item.from))
}

/// The place where a block ends that goes on in lines indented by more than `column`; with `list_below`, a list in
/// the same column belongs to it.
fn block_end(text: &str, at: usize, column: usize, list_below: bool) -> usize {
    let mut at = at;
    loop {
        match next_line(text, at, text.len()) {
            Some(line) if line.indent > column && !is_mark(&line) => at = line.next,
            Some(line) if list_below && line.indent == column && is_item(line.content) => at = line.next,
            Some(line) => return line.from,
            None => return text.len(),
        }
    }
}

/// The place of the mark that ends a document.
fn document_end(text: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        match next_line(text, at, text.len()) {
            Some(line) if is_mark(&line) => return line.from,
            Some(line) => at = line.next,
            None => return text.len(),
        }
    }
}

/// Whether a text without a telling name is YAML: it starts as one document of several may.
pub(crate) fn looks_like_yaml(start: &str) -> bool {
    let Some(rest) = start.strip_prefix("%YAML").or_else(|| start.strip_prefix("---\n")) else {
        return start.strip_prefix("---\r\n").is_some_and(keyed);
    };
    start.starts_with('%') || keyed(rest)
}

fn keyed(text: &str) -> bool {
    let mut lines =
        text.lines().filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#')).take(20);
    let first = lines.next().unwrap_or("");
    let first = first.trim_start_matches(['-', ' ']);
    // What is closed by another mark stands in front of a text.
    key(first).is_some() && !text.lines().skip(1).take(200).any(|l| l.trim_end() == "---")
}
