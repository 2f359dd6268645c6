//! Rows and places are looked at again, from the few bytes that they came from.

use std::ops::Range;

use crate::decode::{Piece, decode_slice};
use crate::layout::{Format, Layout};
use crate::names::Namer;
use crate::out::as_written;
use crate::row::{Notation, Row, Span};
use crate::{blocks, cards, eml, html, json, table, text, xml, yaml};

/// Reads one row again. `bytes` are the bytes of the entry that the span covers, no more and no fewer. The row gets
/// the same values, places and names as at the first reading.
pub fn read_again(layout: &Layout, span: &Span, bytes: &[u8], row: &mut Row) {
    row.clear();
    row.span = *span;
    let decoded = decode_slice(layout, bytes, span.start);
    let piece = decoded.piece();
    if span.heading && span.number == Span::AS_WRITTEN {
        as_written(piece, 0, piece.text.len(), &mut Namer::Find(&layout.names), row);
    } else {
        by_format(layout, span, bytes, piece, row);
        row.span = *span;
    }
    if layout.names.mends() {
        row.mend();
    }
}

fn by_format(layout: &Layout, span: &Span, bytes: &[u8], piece: Piece<'_>, row: &mut Row) {
    match layout.format {
        Format::Json => json::again(layout, span, piece, false, row),
        Format::Ndjson => json::again(layout, span, piece, true, row),
        Format::Csv | Format::Tsv => table::again(layout, span, piece, row),
        Format::Xml | Format::Svg | Format::Enex => xml::again(layout, span, piece, row),
        Format::Html => html::again(layout, span, piece, row),
        Format::Yaml => yaml::again(layout, span, piece, row),
        Format::Eml | Format::Mht => eml::again(layout, span, bytes, row),
        Format::Vcard
        | Format::Jcard
        | Format::Icalendar
        | Format::Chat
        | Format::Qif
        | Format::Ofx
        | Format::Opml
        | Format::Mt940
        | Format::Bai
        | Format::Sql
        | Format::Subtitles
        | Format::Settings
        | Format::Gettext => {
            blocks::again(layout, span, piece, row);
        }
        Format::Mbox => eml::mbox::again(layout, span, bytes, row),
        _ => text::again(layout, span, piece, row),
    }
}

/// The source around a place, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The text.
    pub text: String,
    /// Where the place starts in it, in characters.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What was done to show it, if it is not simply what is in the file: `decoded from base64`.
    pub note: Option<String>,
}

/// The source text around a place. `window` are bytes of the entry from `window_start` on, `mark` is the place in
/// bytes of the entry; it should lie inside the window.
///
/// What is written in a way that hides the text (a part of a mail, markup between words) is shown as the text.
pub fn source(layout: &Layout, window: &[u8], window_start: u64, mark: Range<u64>) -> Source {
    let clamp =
        |at: u64| usize::try_from(at.saturating_sub(window_start)).unwrap_or(usize::MAX).min(window.len());
    let (from, to) = (clamp(mark.start), clamp(mark.end.max(mark.start)));
    let before_mails = layout.format == Format::Mbox
        && window_start == 0
        && eml::mbox::is_before_mails(&window[..from], &window[from..to]);
    if matches!(layout.format, Format::Eml | Format::Mbox | Format::Mht) && !before_mails {
        let (text, note) = eml::shown(&window[from..to], layout.format == Format::Mbox);
        if !text.is_empty() {
            let chars = text.chars().count();
            return Source { text, from: 0, to: chars, note };
        }
    }
    let text = |bytes: &[u8]| decode_slice(layout, bytes, 0).text.into_owned();
    let (lead, tail) = whole_characters(layout, window);
    let before = text(&window[lead.min(from)..from]);
    let marked = text(&window[from..to]);
    let after = text(&window[to..tail.max(to)]);
    // A value that stands as it is starts inside its line, a property that has to be decoded at the start of one.
    if matches!(layout.format, Format::Vcard | Format::Icalendar)
        && (before.is_empty() || before.ends_with('\n'))
        && let Some((shown, note)) = cards::shown(&marked, &before)
    {
        let chars = shown.chars().count();
        return Source { text: shown, from: 0, to: chars, note: Some(note.to_owned()) };
    }
    if layout.format == Format::Enex
        && let Some(page) = marked.strip_prefix("<![CDATA[").and_then(|m| m.strip_suffix("]]>"))
        && !page.contains("]]>")
        && let Some(shown) = xml::note(page)
    {
        let chars = shown.chars().count();
        return Source { text: shown, from: 0, to: chars, note: Some("text of the note".to_owned()) };
    }
    if layout.format == Format::Html
        && let Some(shown) = html::shown(&marked)
    {
        let chars = shown.chars().count();
        return Source { text: shown, from: 0, to: chars, note: Some("text of the web page".to_owned()) };
    }
    let from = before.chars().count();
    let to = from + marked.chars().count();
    Source { text: before + &marked + &after, from, to, note: None }
}

/// What is shown for a row of a format in which nothing stands as it is read: its values, the one at the place marked,
/// or all of them where the place is that of the row.
pub fn shown_row(layout: &Layout, row: &Row, at: &str) -> Source {
    let named = !matches!(row.notation, Notation::Page | Notation::Paragraph | Notation::Mail);
    let marked = (0..row.len()).find(|n| row.place(row.value(*n), &layout.names) == at);
    let mut text = String::new();
    let (mut from, mut to) = (0, None);
    // Values far from the marked one are left out: a document may have thousands.
    let first = marked.map_or(0, |n| n.saturating_sub(AROUND));
    for n in first..row.len() {
        if text.len() > SHOWN && to.is_some_and(|to| text.len() > to + SHOWN / 8) {
            break;
        }
        let value = row.value(n);
        if named {
            text.push_str(&layout.names.path(value.field).join("/"));
            text.push_str(": ");
        }
        let start = text.len();
        text.push_str(value.text);
        if marked == Some(n) {
            (from, to) = (start, Some(text.len()));
        }
        text.push('\n');
        if marked.is_none() {
            to = Some(text.len() - 1);
        }
    }
    let chars = |n: usize| text[..n].chars().count();
    let (from, to) = (chars(from), chars(to.unwrap_or(0)));
    Source { text, from, to, note: Some("values as they were read".to_owned()) }
}

/// Values shown before the marked one.
const AROUND: usize = 20;

/// Bytes of values that are shown around a place.
const SHOWN: usize = 16 << 10;

/// The part of a window that does not start or end inside a character.
fn whole_characters(layout: &Layout, window: &[u8]) -> (usize, usize) {
    if !layout.decoding.encoding.is_utf8() {
        return (0, window.len());
    }
    let lead = window.iter().take(3).take_while(|b| (0x80..0xC0).contains(*b)).count();
    let tail = match std::str::from_utf8(&window[lead..]) {
        Err(e) if e.error_len().is_none() => lead + e.valid_up_to(),
        _ => window.len(),
    };
    (lead, tail)
}
