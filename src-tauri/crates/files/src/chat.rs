//! Chats written as text: a record a message, with its date, its author and what was said, however many lines it has.
//!
//! WhatsApp writes dates as the phone does, so no order of day and month is taken for granted and the date stays as
//! it is written.

use crate::blocks::{Block, Cut, Filling, line};

/// How the first line of a message looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `31/12/2023, 21:04 - Ada: text`, as WhatsApp writes it on Android.
    Dash,
    /// `[31/12/2023, 21:04:05] Ada: text`, as WhatsApp writes it on iOS, and as Skype did.
    Bracket,
    /// `[21:04] <ada> text`, `2023-12-31 21:04:05 <ada> text`.
    Nick,
    /// `Ada, [31.12.23 21:04]`, and the text below it: copied from Telegram.
    Name,
    /// `21:04:05 From Ada to Everyone : text`, as Zoom saves it.
    From,
}

/// The first line of a message.
struct Start<'a> {
    shape: Shape,
    date: &'a str,
    author: Option<&'a str>,
    /// Who is spoken to, if that is said.
    to: Option<&'a str>,
    /// What is said in this line.
    text: &'a str,
}

/// Marks of direction that WhatsApp puts in front of lines and texts, and that nobody sees.
const MARKS: &[char] = &['\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{FEFF}'];

/// Cuts a chat into its messages.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    shape: Option<Shape>,
}

impl Cut for Messages {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let (mut end, mut next) = line(text, at, ended)?;
        let first = start(&text[at..end]);
        if self.shape.is_none() {
            self.shape = first.as_ref().map(|s| s.shape);
        }
        let record = first.is_some_and(|s| Some(s.shape) == self.shape);
        loop {
            if next >= text.len() && !ended {
                return None;
            }
            let following = match next < text.len() {
                true => Some(line(text, next, ended)?),
                false => None,
            };
            let over = following.is_none_or(|(line_end, _)| {
                let known = start(&text[next..line_end]).map(|s| s.shape);
                known.is_some() && (self.shape.is_none() || known == self.shape)
            });
            if over {
                let block = if record { Block::record("message", at, end) } else { Block::between(at, end) };
                return Some(Block { next, ..block });
            }
            if let Some((line_end, after)) = following {
                (end, next) = (line_end, after);
            }
        }
    }
}

/// Fills a row with a message.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let (from, to) = (block.from, block.to);
    let text = block.text();
    let first_end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    let found = if block.sort.is_empty() { None } else { start(text[..first_end].trim_end_matches('\r')) };
    let Some(found) = found else {
        block.push_text(&["text"], from, to);
        return;
    };
    block.push(&["date"], found.date);
    if let Some(author) = found.author {
        block.push(&["author"], author);
    }
    if let Some(to) = found.to {
        block.push(&["to"], to);
    }
    let said = block.place(found.text).start;
    block.push_text(&["text"], said, to);
}

/// Whether a text is a chat: it starts with a message, and many lines do. `called`: its name says so; `log`: its name
/// says that it is a log, in which only nicks in angle brackets are sure to be people.
pub(crate) fn looks_like_chat(head: &str, called: bool, log: bool) -> bool {
    let mut shape = None;
    let (mut lines, mut starts, mut said) = (0_u32, 0_u32, 0_u32);
    for line in head.lines().filter(|l| !l.trim().is_empty()).take(400) {
        lines += 1;
        let found = start(line.trim_end_matches('\r')).filter(|s| shape.is_none_or(|k| k == s.shape));
        match found {
            Some(found) => {
                shape = Some(found.shape);
                starts += 1;
                let author = found.author.filter(|a| !is_level(a));
                said += u32::from(author.is_some());
            }
            None if lines == 1 => return false,
            None => {}
        }
    }
    // Logs have lines of this shape too, but nobody who speaks.
    if log && !called && shape != Some(Shape::Nick) {
        return false;
    }
    let enough = if called { 1 } else { 2 };
    said >= enough && said * 2 >= starts && (called || starts * 10 >= lines)
}

/// Words that stand where an author would in lines of logs.
fn is_level(author: &str) -> bool {
    let last = author.rsplit(['.', ' ']).next().unwrap_or(author).to_ascii_uppercase();
    matches!(
        last.as_str(),
        "INFO" | "WARN" | "WARNING" | "ERROR" | "DEBUG" | "TRACE" | "NOTICE" | "CRITICAL" | "FATAL" | "ALERT"
    ) || author.contains(['[', ']', '{', '=', '/'])
}

/// What a line says if a message starts in it.
fn start(line: &str) -> Option<Start<'_>> {
    let line = line.trim_start_matches(MARKS);
    let first = line.chars().next()?;
    if first == '[' {
        return bracket(line);
    }
    if first.is_ascii_digit() {
        return dash(line);
    }
    named(line)
}

/// `[31/12/2023, 21:04:05] Ada: text`, `[21:04] <ada> text`.
fn bracket(line: &str) -> Option<Start<'_>> {
    let inner = &line[1..];
    let dated = date(inner).and_then(|n| clock(inner, gap(inner, n)));
    let end = dated.or_else(|| clock(inner, 0))?;
    let rest = inner[end..].strip_prefix(']')?;
    let rest = rest.trim_start_matches(SPACES).trim_start_matches(MARKS);
    if let Some((author, text)) = nick(rest) {
        return Some(Start { shape: Shape::Nick, date: &inner[..end], author, to: None, text });
    }
    dated?;
    let (author, text) = said(rest);
    Some(Start { shape: Shape::Bracket, date: &inner[..end], author, to: None, text })
}

/// `31/12/2023, 21:04 - Ada: text`, `2023-12-31 21:04:05 <ada> text`, `21:04:05 From Ada to Everyone : text`.
fn dash(line: &str) -> Option<Start<'_>> {
    let dated = date(line).and_then(|n| clock(line, gap(line, n)));
    let end = dated.or_else(|| clock(line, 0))?;
    let rest = line[end..].trim_start_matches(SPACES);
    let date = &line[..end];
    if let Some((author, text)) = nick(rest) {
        return Some(Start { shape: Shape::Nick, date, author, to: None, text });
    }
    if let Some(from) = rest.strip_prefix("From ") {
        let (who, text) = from.split_once(" : ").or_else(|| from.split_once(": "))?;
        let who = who.trim();
        let (author, to) = match who.rsplit_once(" to ") {
            Some((author, to)) => (author, Some(to.trim())),
            None => (who, None),
        };
        return Some(Start { shape: Shape::From, date, author: Some(author.trim()), to, text });
    }
    dated?;
    let rest = rest.strip_prefix(['-', '–']).filter(|r| r.starts_with(SPACES))?;
    let (author, text) = said(rest.trim_start_matches(SPACES).trim_start_matches(MARKS));
    Some(Start { shape: Shape::Dash, date, author, to: None, text })
}

/// `Ada, [31.12.23 21:04]`.
fn named(line: &str) -> Option<Start<'_>> {
    let (author, rest) = line.split_once(", [")?;
    let end = date(rest).and_then(|n| clock(rest, gap(rest, n)))?;
    let text = rest[end..].strip_prefix(']')?;
    let author = author.trim();
    (!author.is_empty() && author.len() <= AUTHOR).then(|| Start {
        shape: Shape::Name,
        date: &rest[..end],
        author: Some(author),
        to: None,
        text: text.trim_start_matches(':'),
    })
}

/// Names are no longer than this.
const AUTHOR: usize = 200;

/// The spaces that stand inside dates.
const SPACES: &[char] = &[' ', '\t', '\u{A0}', '\u{202F}'];

/// Author and text; what the program itself says has no author.
fn said(rest: &str) -> (Option<&str>, &str) {
    let found = rest.split_once(':').filter(|(author, text)| {
        let named = !author.trim().is_empty() && author.len() <= AUTHOR && !author.contains(['"', '“', '«']);
        named && (text.is_empty() || text.starts_with([' ', '\u{200E}', '\u{202F}']))
    });
    match found {
        Some((author, text)) => (Some(author.trim_matches(MARKS).trim()), text),
        None => (None, rest),
    }
}

/// `<ada> text`, `* ada waves`, `-!- ada joined`, and what is said.
fn nick(rest: &str) -> Option<(Option<&str>, &str)> {
    if let Some(inner) = rest.strip_prefix('<') {
        let (author, text) = inner.split_once('>')?;
        let author = author.trim_start_matches([' ', '@', '+', '%', '&', '~']);
        let fits = !author.is_empty() && author.len() <= 64 && !author.contains(char::is_whitespace);
        return (fits && text.starts_with(' ')).then_some((Some(author), text));
    }
    let told = ["* ", "*** ", "-!- ", "--> ", "<-- ", "==> "].into_iter().any(|mark| rest.starts_with(mark));
    told.then_some((None, rest))
}

/// The end of a date at the start of a text: three numbers with the same mark between them.
fn date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(0);
    let mark = *bytes.get(first)?;
    if !matches!(first, 1 | 2 | 4) || !matches!(mark, b'/' | b'.' | b'-') {
        return None;
    }
    let blank = |at: usize| at + usize::from(mark == b'.' && bytes.get(at) == Some(&b' '));
    let at = blank(first + 1);
    let second = digits(at);
    if !matches!(second, 1 | 2) || bytes.get(at + second) != Some(&mark) {
        return None;
    }
    let at = blank(at + second + 1);
    let third = digits(at);
    let years = matches!((first, third), (4, 1 | 2) | (1 | 2, 2 | 4));
    years.then_some(at + third)
}

/// The place behind what stands between a date and a time: `, `, ` à `, ` um `.
fn gap(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(['.', ',']).trim_start_matches(SPACES);
    let word = ["à", "at", "um", "kl.", "a las", "alle", "om", "às", "ore"]
        .into_iter()
        .find_map(|word| rest.strip_prefix(word).filter(|r| r.starts_with(SPACES)));
    text.len() - word.map_or(rest, |r| r.trim_start_matches(SPACES)).len()
}

/// The end of a time of day at `at`, with what says which half of the day it is in.
fn clock(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let hour = digits(at);
    let mark = *bytes.get(at + hour)?;
    if !matches!(hour, 1 | 2) || !matches!(mark, b':' | b'.' | b'h') {
        return None;
    }
    let mut end = at + hour + 1;
    if digits(end) != 2 {
        return None;
    }
    end += 2;
    if bytes.get(end) == Some(&mark) && digits(end + 1) == 2 {
        end += 3;
    }
    let rest = text[end..].trim_start_matches(SPACES);
    let lower: String = rest.chars().take(5).flat_map(char::to_lowercase).collect();
    let half = [
        "am",
        "pm",
        "a.m.",
        "p.m.",
        "a. m.",
        "p. m.",
        "a.\u{a0}m.",
        "p.\u{a0}m.",
        "a.\u{202f}m.",
        "p.\u{202f}m.",
    ]
    .into_iter()
    .find(|half| lower.starts_with(half));
    if let Some(half) = half {
        end = text.len() - rest.len() + half.len();
    }
    Some(end)
}
