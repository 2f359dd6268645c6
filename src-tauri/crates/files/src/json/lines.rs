//! One JSON value a line: NDJSON, and logs written so.

use std::fmt::Write as _;

use super::stream::{tell, top_step};
use super::value::{self, Odd, Scratch, skip_space};
use crate::decode::Piece;
use crate::names::Namer;
use crate::oddities::say;
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Window;

/// Reads a file of one JSON value a line.
pub(crate) fn read(mut window: Window<'_>, out: &mut Out<'_>) {
    let mut scratch = Scratch::default();
    out.list("", "");
    let mut number = 0_u32;
    'file: loop {
        let piece = window.piece();
        let bytes = piece.text.as_bytes();
        let mut at = window.start;
        loop {
            let end = match memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
                Some(n) => at + n,
                None if window.ended() || window.full() => bytes.len(),
                None => break,
            };
            if at >= bytes.len() {
                break;
            }
            let next = match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'\r'), None) if !window.ended() => break,
                (Some(b'\r'), Some(b'\n')) => end + 2,
                (Some(_), _) => end + 1,
                (None, _) => end,
            };
            number = number.saturating_add(1);
            let line = &piece.text[at..end];
            let bare = line.trim_start_matches(|c: char| c.is_whitespace() || c == char::from(value::RECORD));
            let from = (at + (line.len() - bare.len())).min(at + line.trim_end().len());
            let to = at + line.trim_end().len();
            // A list with a line for each item may have lost its brackets, and not its commas.
            let to = if line.trim_end().ends_with("},") { to - 1 } else { to };
            if from < to {
                out.row.span = Span { number, ..span(piece.bytes(from, to)) };
                scratch.odd.clear();
                let mut namer = window.namer(&mut out.layout);
                let line = line_row(piece, from, to, number, &mut namer, &mut out.row, &mut scratch);
                let place = format!("line={number}");
                let last = end == bytes.len();
                match line {
                    Line::Good => {}
                    Line::Cut if last => {
                        out.partly = true;
                        out.odd.add("truncated", |o| {
                            say(format!("the file ends in the middle of line {number}"))(o)
                                .with("line", number)
                                .at(place)
                        });
                    }
                    Line::Cut | Line::Broken => out.odd.add("broken_line", |o| {
                        let kept = if line == Line::Cut { "read as far as it goes" } else { "kept as text" };
                        say(format!("line {number} is not valid JSON and is {kept}"))(o)
                            .with("line", number)
                            .at(place)
                    }),
                }
                tell(&mut out.odd, piece, &scratch.odd, |o| o.at(format!("line={number}")));
                out.layout.decoding = window.decoding();
                if !out.emit() {
                    break 'file;
                }
            }
            at = next;
        }
        window.start = at;
        if !window.more() {
            break;
        }
    }
    out.partly |= window.report(&mut out.odd);
    out.layout.decoding = window.decoding();
}

/// How a line was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Good,
    /// It ends too early; what there is was read.
    Cut,
    /// It is kept as text.
    Broken,
}

/// Fills a row from a line.
pub(super) fn line_row(
    piece: Piece<'_>,
    from: usize,
    to: usize,
    number: u32,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) -> Line {
    row.at.clear();
    let _ = write!(row.at, "line={number}");
    row.notation = Notation::Pointer;
    let line = Piece { text: &piece.text[..to], ..piece };
    let step = top_step(line.text, from, namer);
    let behind = value::read(line, from, true, step, namer, row, scratch).unwrap_or(to);
    if !scratch.unexpected() && skip_space(line.text, behind) >= to {
        let cut = scratch.odd.iter().any(|o| matches!(o, Odd::CutOff(_)));
        scratch.odd.retain(|o| !matches!(o, Odd::CutOff(_)));
        return if cut { Line::Cut } else { Line::Good };
    }
    // A second look would only guess; the line as it stands keeps every word.
    let (at, span) = (std::mem::take(&mut row.at), row.span);
    row.clear();
    (row.at, row.span) = (at, span);
    scratch.odd.clear();
    let field = namer.path(&["text"]);
    row.push(field, ValueKind::Text, &line.text[from..to], &[], Some(piece.bytes(from, to)));
    Line::Broken
}
