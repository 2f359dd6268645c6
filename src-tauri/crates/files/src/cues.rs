//! Subtitles and transcripts of calls (SubRip, WebVTT): a record a cue, with its times and what is said.

use crate::blocks::{Block, Cut, Filling, line};

/// Between the times of a cue.
const ARROW: &str = "-->";

/// Cuts cues: lines up to an empty one.
#[derive(Debug, Default)]
pub(crate) struct Cues;

impl Cut for Cues {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        let mut timed = is_timing(&text[at..end]);
        while next < text.len() {
            let (line_end, after) = line(text, next, ended)?;
            let this = &text[next..line_end];
            if this.trim().is_empty() {
                break;
            }
            // Some leave out the empty line: the number and the times of the next cue tell.
            if timed
                && (is_timing(this)
                    || is_number(this)
                        && line(text, after, true).is_some_and(|(e, _)| is_timing(&text[after.min(e)..e])))
            {
                break;
            }
            timed |= is_timing(this);
            (end, next) = (line_end, after);
        }
        if next >= text.len() && !ended {
            return None;
        }
        let block = if timed { Block::record("cue", at, end) } else { Block::between(at, end) };
        Some(Block { next, ..block })
    }
}

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let (from, to) = (block.from, block.to);
    if block.sort.is_empty() {
        block.push_text(&["text"], from, to);
        return;
    }
    let text = block.text();
    let mut at = 0;
    for this in text.split_inclusive('\n') {
        at += this.len();
        if let Some((start, end)) = this.split_once(ARROW) {
            block.push(&["start"], start);
            let end = end.trim();
            let (end, settings) = end.split_once([' ', '\t']).unwrap_or((end, ""));
            block.push(&["end"], end);
            block.push(&["settings"], settings);
            break;
        }
        block.push(&["id"], this);
    }
    // `<v Ada>` says who speaks.
    let said = &text[at..];
    let voice = said.trim_start().strip_prefix("<v ").and_then(|rest| rest.split_once('>'));
    if let Some((who, rest)) = voice {
        block.push(&["speaker"], who);
        at = text.len() - rest.len();
    }
    block.push_text(&["text"], from + at, to);
}

/// `00:01:02,500 --> 00:01:04,000`.
fn is_timing(line: &str) -> bool {
    let time = |t: &str| {
        let t = t.trim();
        t.contains(':') && t.starts_with(|c: char| c.is_ascii_digit())
    };
    line.split_once(ARROW).is_some_and(|(a, b)| time(a) && time(b))
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is of that kind.
pub(crate) fn looks_like_cues(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim).filter(|l| !l.is_empty());
    let Some(first) = lines.next() else { return false };
    let heading = first.starts_with("WEBVTT");
    is_timing(first)
        || (heading || is_number(first)) && lines.take(if heading { 40 } else { 1 }).any(is_timing)
}
