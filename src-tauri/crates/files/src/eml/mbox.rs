//! A mailbox: mails one after the other, each behind a line that starts with `From `; a record each.
//!
//! There is no standard. Some writers quote lines of a text that start with `From ` (mboxo, mboxrd), some do not
//! (mboxcl2), and some forget the empty line in front of the separator. So a line separates mails if it looks like
//! one that a mail program wrote and a header follows.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Mail, documents, fill, fill_first};
use crate::decode::decode_slice;
use crate::layout::Layout;
use crate::limits;
use crate::names::Namer;
use crate::oddities::say;
use crate::out::{Out, span};
use crate::row::{Row, Span, ValueKind};
use crate::window::Feed;

/// A separator and the line below it are looked at no farther than this: mail programs write far shorter ones.
const LINE: usize = 2000;

/// Reads a mailbox of any size: no more than one mail is held at once.
pub(crate) fn read(mut feed: Feed<'_>, mut bytes: Vec<u8>, out: &mut Out<'_>) {
    out.list("", "");
    // The place of `bytes[0]` in the entry, and how far separators have been looked for.
    let (mut base, mut looked) = (0_u64, 0_usize);
    let mut number = 0_u32;
    let mut start = usize::from(bytes.starts_with(b"\xEF\xBB\xBF")) * 3;
    // Whether what starts at `start` is the rest of a mail that was too large to be held.
    let mut rest = false;
    loop {
        let next = next_separator(&bytes, looked.max(start), feed.ended());
        let end = match next {
            Next::At(end) if end == start => {
                // The first mail.
                looked = start + 1;
                continue;
            }
            Next::At(end) => end,
            Next::None if feed.ended() => bytes.len(),
            Next::None if bytes.len() - start >= limits::RECORD => bytes.len(),
            Next::None => {
                // What is behind here cannot be the start of a separator any more.
                looked = looked.max(bytes.len().saturating_sub(2 * LINE)).max(start);
                bytes.drain(..start);
                base += start as u64;
                looked -= start;
                start = 0;
                let want = (bytes.len() + (bytes.len() / 2).max(limits::CHUNK)).min(limits::RECORD);
                feed.fill(&mut bytes, want);
                continue;
            }
        };
        let whole = matches!(next, Next::At(_)) || feed.ended();
        if start < end && !rest {
            let first_byte = base + start as u64;
            if number == 0 && !is_separator(&bytes, start) && !has_headers(&bytes[start..end]) {
                before_mails(&bytes[start..end], first_byte, out);
            } else {
                number = number.saturating_add(1);
                emit(&bytes[start..end], first_byte, number, out);
                if !whole {
                    too_large(number, out);
                }
            }
            if out.stopped() {
                break;
            }
        }
        rest = !whole;
        start = if whole { end } else { end - 2 * LINE };
        looked = start + 1;
        if end == bytes.len() && feed.ended() {
            break;
        }
    }
    out.partly |= feed.report(&mut out.odd);
}

/// Reads a mail again from its own bytes.
pub(crate) fn again(layout: &Layout, span: &Span, bytes: &[u8], row: &mut Row) {
    row.span = *span;
    let mail = Mail { bytes, base: span.start, quoted: true, documents: None };
    let mut namer = Namer::Find(&layout.names);
    head(mail, span.number, &mut namer, row);
    fill(mail, &mut namer, row, &mut |_| {});
}

fn emit(bytes: &[u8], base: u64, number: u32, out: &mut Out<'_>) {
    let mut row = std::mem::take(&mut out.row);
    row.span = Span { number, ..span(base..base + bytes.len() as u64) };
    let mail = Mail { bytes, base, quoted: true, documents: documents(out) };
    head(mail, number, &mut Namer::Grow(&mut out.layout.names), &mut row);
    fill_first(mail, &mut row, out);
    out.row = row;
    out.emit();
}

/// The place of a mail, and what its separator says: who sent it, and when it came.
fn head(mail: Mail<'_>, number: u32, namer: &mut Namer<'_>, row: &mut Row) {
    row.at.clear();
    let _ = write!(row.at, "mail={number}");
    if let Some(line) = mail.bytes.strip_prefix(b"From ") {
        let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
        let text = super::charset_text(line, "");
        let lead = text.len() - text.trim_start().len();
        let text = text.trim();
        if !text.is_empty() {
            let field = namer.path(&["envelope", "From"]);
            let from = b"From ".len() + lead;
            let to = b"From ".len() + line.trim_ascii_end().len();
            row.push(field, ValueKind::Text, text, &[], Some(mail.place(from..to.max(from))));
        }
    }
}

/// Text that stands in front of the first mail.
fn before_mails(bytes: &[u8], base: u64, out: &mut Out<'_>) {
    if bytes.trim_ascii().is_empty() {
        return;
    }
    let count = bytes.len();
    out.odd.add("text_before_mails", |o| {
        say(format!("{count} bytes stand in front of the first mail"))(o).with("bytes", count)
    });
    let decoded = decode_slice(&out.layout, bytes, base);
    let piece = decoded.piece();
    out.as_written(piece, 0, piece.text.len());
}

/// Whether a place at which an entry begins, but for `blank`, is the text in front of its first mail: a mail starts
/// with a separator, or at once with a header.
pub(crate) fn is_before_mails(blank: &[u8], text: &[u8]) -> bool {
    let lead = blank.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(blank);
    let mail = if lead.is_empty() { has_headers(text) } else { is_separator(text, 0) };
    lead.trim_ascii().is_empty() && !mail
}

fn too_large(number: u32, out: &mut Out<'_>) {
    out.partly = true;
    out.odd.add("record_too_large", |o| {
        let most = limits::RECORD >> 20;
        say(format!("mail {number} is larger than {most} MiB and is read up to there"))(o)
            .with("limit_mib", most)
            .at(format!("mail={number}"))
    });
}

/// The next line that separates mails.
enum Next {
    At(usize),
    /// None in what is there; if more is to come, the last lines must be looked at again.
    None,
}

fn next_separator(bytes: &[u8], from: usize, ended: bool) -> Next {
    let mut at = from;
    loop {
        if starts_line(bytes, at) && bytes[at..].starts_with(b"From ") {
            if !ended && bytes.len() - at < 2 * LINE {
                return Next::None;
            }
            if is_separator(bytes, at) {
                return Next::At(at);
            }
        }
        match memchr::memmem::find(&bytes[at.min(bytes.len())..], b"\nFrom ") {
            Some(n) => at += n + 1,
            None => return Next::None,
        }
    }
}

fn starts_line(bytes: &[u8], at: usize) -> bool {
    at <= bytes.len() && (at == 0 || bytes[at - 1] == b'\n' || at == 3 && bytes.starts_with(b"\xEF\xBB\xBF"))
}

/// Whether the line at `at`, which starts with `From `, separates mails.
fn is_separator(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..bytes.len().min(at + LINE)];
    let Some(said) = rest.strip_prefix(b"From ") else { return false };
    let Some(line_end) = memchr::memchr(b'\n', said) else { return false };
    let (said, below) = (&said[..line_end], &bytes[at + b"From ".len() + line_end + 1..]);
    let below = &below[..below.len().min(LINE)];
    let dated = has_time(said);
    let sender = said.split(u8::is_ascii_whitespace).find(|word| !word.is_empty()).unwrap_or_default();
    let addressed = sender.contains(&b'@');
    let no_headers = below.starts_with(b"\n") || below.starts_with(b"\r\n");
    let before = bytes[..at].strip_suffix(b"\n").map(|b| b.strip_suffix(b"\r").unwrap_or(b));
    let gap = before.is_none_or(|b| b.is_empty() || b.ends_with(b"\n"));
    (dated || addressed) && starts_header(below) || dated && (gap || addressed && no_headers)
}

/// Whether a separator says when the mail came: a time of day and a year.
fn has_time(said: &[u8]) -> bool {
    let digits = |word: &[u8], n: usize| word.len() == n && word.iter().all(u8::is_ascii_digit);
    let words = || said.split(u8::is_ascii_whitespace);
    let time = words().any(|w| {
        let mut parts = w.split(|b| *b == b':');
        let two = |part: Option<&[u8]>| part.is_some_and(|p| matches!(p.len(), 1 | 2) && digits(p, p.len()));
        two(parts.next()) && two(parts.next())
    });
    time && words().any(|w| digits(w, 4))
}

/// Whether a line is a header: a name of printable letters and a colon.
fn starts_header(line: &[u8]) -> bool {
    let line = line.strip_prefix(b">").filter(|l| l.starts_with(b"From ")).unwrap_or(line);
    if line.starts_with(b"From ") {
        return true;
    }
    let name = line.iter().take_while(|b| (33..127).contains(*b) && **b != b':').count();
    name > 0 && line.get(name) == Some(&b':')
}

/// Whether a mail without its separator starts with headers.
fn has_headers(bytes: &[u8]) -> bool {
    starts_header(&bytes[..bytes.len().min(LINE)])
}

/// Whether a text is a mailbox: it starts with a separator, or is called one and has a separator somewhere.
pub(crate) fn looks_like_mbox(head: &[u8], called: bool) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if !called {
        let blank = head.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        return is_separator(head, blank);
    }
    matches!(next_separator(head, 0, true), Next::At(_))
}

/// Takes one `>` away from each quoted `From `. A writer that quotes only bare ones loses nothing by it either.
pub(crate) fn unquote(body: &[u8]) -> Cow<'_, [u8]> {
    let finder = memchr::memmem::Finder::new(b">From ");
    if finder.find(body).is_none() {
        return Cow::Borrowed(body);
    }
    let mut out = Vec::with_capacity(body.len());
    let mut done = 0;
    for at in finder.find_iter(body) {
        let marks = body[done..at].iter().rev().take_while(|b| **b == b'>').count();
        let start = at - marks;
        if start == 0 || body[start - 1] == b'\n' {
            out.extend_from_slice(&body[done..start]);
            done = start + 1;
        }
    }
    out.extend_from_slice(&body[done..]);
    Cow::Owned(out)
}
