//! Tags and text with their places, through quick-xml, whatever the nesting.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::json::NeedMore;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Start,
    End,
    /// An element with nothing inside.
    Empty,
    Text,
    CData,
    /// `&name;`
    Reference,
    /// A document type with declarations inside (`true`) or without.
    DocType(bool),
    /// Comments, instructions, the declaration.
    Skip,
}

/// One token: its place with all its marks, and the place of its name or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) what: What,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) inner: (usize, usize),
}

/// Tokens of a text from somewhere on.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    ended: bool,
    /// Reads what is more than a plain tag or text; kept while it goes on where the last token ended.
    reader: Option<Reader<&'a [u8]>>,
    base: usize,
    at: usize,
    /// Whether the text ended inside a token.
    pub(crate) cut: bool,
}

impl<'a> Tokens<'a> {
    /// The tokens from `at` on; the text may go on behind its end unless `ended`.
    pub(crate) fn new(text: &'a str, at: usize, ended: bool) -> Self {
        Self { text, ended, reader: None, base: at, at, cut: false }
    }

    fn restart(&mut self, at: usize) {
        self.base = at;
        self.at = at;
        self.reader = None;
    }

    /// A plain start tag, end tag or text at `from`, which are nearly all there is: cut without more ado.
    fn quick(&self, from: usize) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let rest = &bytes[from..];
        if rest[0] != b'<' {
            // A mark of the byte order at the start is swallowed by a reader, and is text here all the same.
            if matches!(rest[0], b'&' | 0xEF) {
                return None;
            }
            let n = memchr::memchr2(b'<', b'&', rest)?;
            let to = from + n;
            return Some(Token { what: What::Text, from, to, inner: (from, to) });
        }
        let second = *rest.get(1)?;
        if second == b'/' {
            let n = memchr::memchr3(b'>', b'"', b'\'', rest)?;
            let named = rest.get(2).is_some_and(u8::is_ascii_alphabetic);
            let to = from + n + 1;
            return (named && rest[n] == b'>').then_some(Token {
                what: What::End,
                from,
                to,
                inner: (from + 2, to - 1),
            });
        }
        if !second.is_ascii_alphabetic() {
            return None;
        }
        let mut at = 1;
        loop {
            at += memchr::memchr3(b'>', b'"', b'\'', &rest[at..])?;
            if rest[at] == b'>' {
                break;
            }
            at += 1 + memchr::memchr(rest[at], &rest[at + 1..])? + 1;
        }
        let what = if rest[at - 1] == b'/' { What::Empty } else { What::Start };
        let to = from + at + 1;
        let end = rest[..=at].iter().position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/'));
        Some(Token { what, from, to, inner: (from + 1, from + end.unwrap_or(at)) })
    }

    fn reader(&mut self) -> &mut Reader<&'a [u8]> {
        if self.reader.is_none() {
            self.base = self.at;
        }
        let (text, base) = (self.text, self.base);
        self.reader.get_or_insert_with(|| plain_reader(&text[base..]))
    }
}

/// A reader that lets everything pass.
fn plain_reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    {
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = false;
    }
    reader
}

impl Tokens<'_> {
    /// The end of what looks like markup at `from` and is text: a `<` that starts no tag (`a < b`), or a byte order
    /// mark where a reader starts, which it would swallow.
    fn plain(&self, from: usize) -> Result<Option<usize>, NeedMore> {
        let rest = &self.text[from..];
        if (self.base == from || self.reader.is_none()) && rest.starts_with('\u{FEFF}') {
            return Ok(Some(from + '\u{FEFF}'.len_utf8()));
        }
        let Some(tag) = rest.strip_prefix('<') else { return Ok(None) };
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        match tag.chars().next() {
            None if !self.ended => Err(NeedMore),
            Some(c) if c.is_alphanumeric() || matches!(c, '_' | ':') => Ok(None),
            Some('!' | '?') if !rest.starts_with("</") => Ok(None),
            _ => Ok(Some(from + 1)),
        }
    }

    /// The next token; none at the end of the text.
    pub(crate) fn next(&mut self) -> Result<Option<Token>, NeedMore> {
        let from = self.at;
        if from >= self.text.len() {
            return if self.ended { Ok(None) } else { Err(NeedMore) };
        }
        if let Some(token) = self.quick(from) {
            self.restart(token.to);
            return Ok(Some(token));
        }
        if let Some(to) = self.plain(from)? {
            self.restart(to);
            return Ok(Some(Token { what: What::Text, from, to, inner: (from, to) }));
        }
        let what = match self.reader().read_event() {
            Ok(Event::Eof) => return if self.ended { Ok(None) } else { Err(NeedMore) },
            Ok(event) => match event {
                Event::Start(_) => What::Start,
                Event::Empty(_) => What::Empty,
                Event::End(_) => What::End,
                Event::Text(_) => What::Text,
                Event::CData(_) => What::CData,
                Event::GeneralRef(_) => What::Reference,
                Event::DocType(doc) => What::DocType(doc.contains("<!ENTITY")),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Eof => What::Skip,
            },
            Err(quick_xml::Error::Syntax(_)) => {
                if !self.ended {
                    return Err(NeedMore);
                }
                // What does not end is text, behind its first mark.
                self.cut = true;
                let at = self.text.len();
                self.at = at;
                return Ok(Some(Token { what: What::Text, from, to: at, inner: (from, at) }));
            }
            Err(_) => What::Skip,
        };
        let position = self.reader().buffer_position();
        let mut to = self.base + usize::try_from(position).unwrap_or(usize::MAX);
        if to <= from || to > self.text.len() || !self.text.is_char_boundary(to) {
            to = self.text[from..].find('>').map_or(self.text.len(), |n| from + n + 1);
            self.restart(to);
            return Ok(Some(Token { what: What::Text, from, to, inner: (from, to) }));
        }
        self.at = to;
        if what == What::Text && to == self.text.len() && !self.ended {
            return Err(NeedMore);
        }
        let token = &self.text.as_bytes()[from..to];
        let inner = match what {
            What::Start | What::Empty => {
                let end = token.iter().position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/'));
                (from + 1, from + end.unwrap_or(token.len()).max(1))
            }
            What::End => (from + 2, to - 1),
            What::CData => (from + 9, (to - 3).max(from + 9)),
            What::Reference => (from + 1, (to - 1).max(from + 1)),
            _ => (from, to),
        };
        let what = if what == What::Reference && !token.ends_with(b";") { What::Text } else { what };
        let inner = if what == What::Text { (from, to) } else { inner };
        Ok(Some(Token { what, from, to, inner }))
    }
}

/// The name of a tag.
pub(crate) fn name<'a>(text: &'a str, token: &Token) -> &'a str {
    text[token.inner.0..token.inner.1].trim()
}

/// The attributes of a tag: name, and the place of the value inside its quotes. Written without checks, so that many
/// attributes cost no more than their text.
pub(crate) fn attributes<'a>(text: &'a str, token: &Token) -> impl Iterator<Item = (&'a str, usize, usize)> {
    let end = token.to - 1 - usize::from(token.what == What::Empty);
    let mut at = token.inner.1;
    let bytes = text.as_bytes();
    std::iter::from_fn(move || {
        while at < end && (bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'/' | b'=' | b'"' | b'\''))
        {
            at += 1;
        }
        if at >= end {
            return None;
        }
        let from = at;
        while at < end && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' {
            at += 1;
        }
        let name = &text[from..at];
        let mut look = at;
        while look < end && bytes[look].is_ascii_whitespace() {
            look += 1;
        }
        if look >= end || bytes[look] != b'=' {
            return Some((name, at, at));
        }
        look += 1;
        while look < end && bytes[look].is_ascii_whitespace() {
            look += 1;
        }
        match bytes.get(look).filter(|_| look < end) {
            Some(quote @ (b'"' | b'\'')) => {
                let from = look + 1;
                let to = memchr::memchr(*quote, &bytes[from..end]).map_or(end, |n| from + n);
                at = (to + 1).min(end);
                Some((name, from, to))
            }
            _ => {
                let from = look;
                while look < end && !bytes[look].is_ascii_whitespace() {
                    look += 1;
                }
                at = look;
                Some((name, from, look))
            }
        }
    })
}

/// Appends text with its references resolved: the five of XML and numeric ones; others stay as written. True if there
/// was such a one.
pub(crate) fn resolve(text: &str, out: &mut String) -> bool {
    let mut unknown = false;
    let mut rest = text;
    while let Some(n) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..n]);
        rest = &rest[n..];
        if let Some((c, len)) = pair(rest) {
            out.push(c);
            rest = &rest[len..];
            continue;
        }
        let end = rest.as_bytes().iter().take(40).position(|b| *b == b';');
        match end.map(|end| (end, reference(&rest[1..end]))) {
            Some((end, Some(c))) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            Some((end, None)) => {
                unknown |= end > 1
                    && rest[1..end]
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
                out.push('&');
                rest = &rest[1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    unknown
}

/// A character that is written as the two halves of UTF-16, one reference each, as old programs on phones do; and how
/// long that is.
fn pair(text: &str) -> Option<(char, usize)> {
    let half = |text: &str| -> Option<(u32, usize)> {
        let digits = text.strip_prefix("&#")?;
        let len = digits.bytes().take(8).position(|b| b == b';')?;
        let code = match digits[..len].strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits[..len].parse().ok()?,
        };
        Some((code, len + 3))
    };
    let (high, first) = half(text).filter(|(code, _)| (0xD800..0xDC00).contains(code))?;
    let (low, second) = half(&text[first..]).filter(|(code, _)| (0xDC00..0xE000).contains(code))?;
    let c = char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?;
    Some((c, first + second))
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).unwrap_or('\u{FFFD}')
        }
    })
}
