//! Rows and places are looked at again, from the few bytes that they came from.

use std::ops::Range;

use crate::decode::decode_slice;
use crate::layout::{Format, Layout};
use crate::names::Namer;
use crate::out::as_written;
use crate::row::{Row, Span};
use crate::{eml, html, json, table, text, xml};

/// Reads one row again. `bytes` are the bytes of the entry that the span covers, no more and no fewer. The row gets
/// the same values, places and names as at the first reading.
pub fn read_again(layout: &Layout, span: &Span, bytes: &[u8], row: &mut Row) {
    row.clear();
    row.span = *span;
    let decoded = decode_slice(layout, bytes, span.start);
    let piece = decoded.piece();
    if span.heading && span.number == Span::AS_WRITTEN {
        as_written(piece, 0, piece.text.len(), &mut Namer::Find(&layout.names), row);
        return;
    }
    match layout.format {
        Format::Json => json::again(layout, span, piece, false, row),
        Format::Ndjson => json::again(layout, span, piece, true, row),
        Format::Csv | Format::Tsv => table::again(layout, span, piece, row),
        Format::Xml | Format::Svg => xml::again(layout, span, piece, row),
        Format::Html => html::again(layout, span, piece, row),
        Format::Eml => eml::again(layout, span, bytes, row),
        Format::Mbox => eml::mbox::again(layout, span, bytes, row),
        _ => text::again(layout, span, piece, row),
    }
    row.span = *span;
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
    if matches!(layout.format, Format::Eml | Format::Mbox) {
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

/// The part of a window that does not start or end inside a character.
fn whole_characters(layout: &Layout, window: &[u8]) -> (usize, usize) {
    let encoding = layout.decoding.encoding;
    if encoding != encoding_rs::UTF_8 {
        return (0, window.len());
    }
    let lead = window.iter().take(3).take_while(|b| (0x80..0xC0).contains(*b)).count();
    let tail = match std::str::from_utf8(&window[lead..]) {
        Err(e) if e.error_len().is_none() => lead + e.valid_up_to(),
        _ => window.len(),
    };
    (lead, tail)
}
