//! The part of an entry that is in memory: raw bytes are fetched as they are needed and become text, and what has
//! been read is let go.

use std::io::Read;

use crate::charset::{self, Charset};
use crate::decode::{self, Map, Piece, Trouble, Way};
use crate::layout::{Decoding, Encoding, Layout, ToldBy};
use crate::limits;
use crate::mend::Rule;
use crate::names::Namer;
use crate::oddities::{Oddities, say};

/// The entry's bytes, as they come.
pub(crate) struct Feed<'r> {
    reader: &'r mut dyn Read,
    ended: bool,
    failed: Option<String>,
    /// How many bytes have come.
    total: u64,
}

impl<'r> Feed<'r> {
    pub(crate) fn new(reader: &'r mut dyn Read) -> Self {
        Self { reader, ended: false, failed: None, total: 0 }
    }

    /// Appends bytes until `buffer` holds `want` of them or there are no more. The outcome does not depend on how
    /// the bytes happen to arrive.
    pub(crate) fn fill(&mut self, buffer: &mut Vec<u8>, want: usize) {
        while buffer.len() < want && !self.ended {
            let missing = (want - buffer.len()) as u64;
            match self.reader.take(missing).read_to_end(buffer) {
                Ok(0) => self.ended = true,
                Ok(n) => self.total += n as u64,
                Err(error) => {
                    self.failed = Some(error.to_string());
                    self.ended = true;
                }
            }
        }
    }

    /// Whether there are no more bytes.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Tells of a reading that broke off; true if it did.
    pub(crate) fn report(&self, odd: &mut Oddities) -> bool {
        if let Some(error) = &self.failed {
            odd.add("read_failed", |o| {
                say(format!("the entry could only be read up to byte {}: {error}", self.total))(o)
                    .with("bytes", self.total)
            });
        }
        self.failed.is_some()
    }
}

/// The text of an entry around the place that is being read.
pub(crate) struct Window<'r> {
    pub(crate) feed: Feed<'r>,
    /// Fetched, not yet decoded.
    raw: Vec<u8>,
    raw_at: u64,
    decoding: Decoding,
    declared: Option<&'static encoding_rs::Encoding>,
    /// Whether the encoding cannot be thought over any more.
    settled: bool,
    utf8_seen: bool,
    /// Whether the text was encoded twice.
    rule: Rule,
    trouble: Trouble,
    /// Zero bytes in the text: how many, and the place of the first.
    zeros: (u64, u64),
    text: String,
    base: u64,
    map: Map,
    ended: bool,
    /// The place in `text` up to which all has been read.
    pub(crate) start: usize,
}

impl<'r> Window<'r> {
    /// Starts with `head`, the first bytes of the entry, already fetched.
    pub(crate) fn new(feed: Feed<'r>, mut head: Vec<u8>, charset: &Charset) -> Self {
        head.drain(..charset.mark);
        let mark = charset.mark as u64;
        let mut window = Self {
            feed,
            raw: head,
            raw_at: mark,
            decoding: charset.decoding,
            declared: charset.declared,
            settled: charset.decoding.encoding != Encoding::UTF_8
                && charset.decoding.told_by != ToldBy::Declared,
            // A mark says more than the first bytes do.
            utf8_seen: charset.decoding.told_by == ToldBy::Bom,
            rule: Rule::default(),
            trouble: Trouble::default(),
            zeros: (0, 0),
            text: String::new(),
            // Text that is the bytes themselves keeps their places.
            base: mark,
            map: Map::default(),
            ended: false,
            start: 0,
        };
        window.decode();
        window
    }

    /// The decoding as it is known by now.
    pub(crate) fn decoding(&self) -> Decoding {
        self.decoding
    }

    /// Where the fields of the next row get their names. What is known by now of how the file was written holds for
    /// the row.
    pub(crate) fn namer<'a>(&self, layout: &'a mut Layout) -> Namer<'a> {
        layout.names.set_mends(self.rule == Rule::Mend);
        Namer::Grow(&mut layout.names)
    }

    /// The text in memory; what has been read may still be in front.
    pub(crate) fn piece(&self) -> Piece<'_> {
        Piece { text: &self.text, base: self.base, map: &self.map }
    }

    /// Whether the text in memory goes to the end of the entry.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether a single record has filled all the memory that it may.
    pub(crate) fn full(&self) -> bool {
        self.text.len() - self.start >= limits::RECORD
    }

    /// Lets go of what has been read and fetches more: at least as much again as is left. False at the end.
    pub(crate) fn more(&mut self) -> bool {
        let left = self.text.len() - self.start;
        self.fill((left * 2).max(limits::CHUNK))
    }

    /// Lets go of what has been read and makes the text `want` bytes long, if the entry has them.
    pub(crate) fn fill(&mut self, want: usize) -> bool {
        if self.ended {
            return false;
        }
        self.map.forget(&self.text, self.base, self.start);
        self.text.drain(..self.start);
        self.base += self.start as u64;
        self.start = 0;
        let before = self.text.len();
        while self.text.len() < want && !self.ended {
            let wanted = self.raw.len() + limits::CHUNK;
            self.feed.fill(&mut self.raw, wanted);
            self.decode();
        }
        self.text.len() > before
    }

    fn decode(&mut self) {
        let known = self.text.len();
        self.decode_all();
        let zeros = memchr::memchr_iter(0, &self.text.as_bytes()[known..]).count() as u64;
        if zeros > 0 && self.zeros.0 == 0 {
            let at = known + memchr::memchr(0, &self.text.as_bytes()[known..]).unwrap_or(0);
            self.zeros.1 = self.piece().raw(at);
        }
        self.zeros.0 += zeros;
        if self.rule == Rule::Unknown {
            self.rule = Rule::tell(&self.text[known..]);
        }
    }

    fn decode_all(&mut self) {
        loop {
            let last = self.feed.ended();
            let before = self.text.len();
            let way = Way::of(self.decoding);
            let done = decode::decode(
                way,
                &self.raw,
                self.raw_at,
                last,
                self.settled,
                &mut self.text,
                self.base,
                &mut self.map,
                &mut self.trouble,
            );
            if way == Way::Utf8 && !self.settled {
                self.utf8_seen = self.utf8_seen || !self.text.as_bytes()[before..].is_ascii();
            }
            self.raw.drain(..done);
            self.raw_at += done as u64;
            let stopped = !self.settled
                && std::str::from_utf8(&self.raw).is_err_and(|e| last || e.error_len().is_some());
            if !stopped {
                self.ended = last;
                return;
            }
            self.decoding = charset::decide(&self.raw, self.declared, self.utf8_seen);
            self.settled = true;
        }
    }

    /// Tells what was wrong with the bytes; true if some could not be read at all.
    pub(crate) fn report(&self, odd: &mut Oddities) -> bool {
        let Trouble { invalid, strays, first } = self.trouble;
        let first = first.unwrap_or(0);
        if invalid > 0 {
            odd.add("invalid_bytes", |o| {
                let name = self.decoding.encoding.name();
                say(format!("{invalid} places are not valid {name}, the first at byte {first}"))(o)
                    .with("count", invalid)
                    .with("byte", first)
                    .with("encoding", name)
            });
        }
        if strays > 0 {
            odd.add("mixed_encodings", |o| {
                let other = match self.decoding.encoding {
                    Encoding::Mixed(other) => other.name(),
                    _ => "",
                };
                say(format!("{strays} places in UTF-8 text are {other}, the first at byte {first}"))(o)
                    .with("count", strays)
                    .with("byte", first)
                    .with("encoding", other)
            });
        }
        let (zeros, at) = self.zeros;
        if zeros > 0 {
            odd.add("zero_bytes", |o| {
                say(format!("{zeros} zero bytes stand in the text, the first at byte {at}"))(o)
                    .with("count", zeros)
                    .with("byte", at)
            });
        }
        self.feed.report(odd)
    }
}
