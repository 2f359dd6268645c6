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
    reader: Reader<&'a [u8]>,
    base: usize,
    at: usize,
    /// Whether the text ended inside a token.
    pub(crate) cut: bool,
}

impl<'a> Tokens<'a> {
    /// The tokens from `at` on; the text may go on behind its end unless `ended`.
    pub(crate) fn new(text: &'a str, at: usize, ended: bool) -> Self {
        let mut tokens = Self { text, ended, reader: Reader::from_str(""), base: at, at, cut: false };
        tokens.restart(at);
        tokens
    }

    fn restart(&mut self, at: usize) {
        self.base = at;
        self.at = at;
        self.reader = Reader::from_str(&self.text[at..]);
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = false;
    }

    /// The end of what looks like markup at `from` and is text: a `<` that starts no tag (`a < b`), or a byte order
    /// mark where a reader starts, which it would swallow.
    fn plain(&self, from: usize) -> Result<Option<usize>, NeedMore> {
        let rest = &self.text[from..];
        if self.base == from && rest.starts_with('\u{FEFF}') {
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
        if let Some(to) = self.plain(from)? {
            self.restart(to);
            return Ok(Some(Token { what: What::Text, from, to, inner: (from, to) }));
        }
        let what = match self.reader.read_event() {
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
        let mut to = self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
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
