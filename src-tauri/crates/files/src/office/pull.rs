//! Elements and text of a part, one after the other, by their names without prefixes.

use std::borrow::Cow;
use std::io::Read;

use archive::{EntryReader, Oddity};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};

use super::decoded::Decoded;
use crate::xml::resolve;

/// One thing in a part.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    Open(Tag<'a>),
    /// The name of the element that ends.
    Close(&'a str),
    /// Text, in pieces as they come.
    Text(&'a str),
    /// The part is over.
    End,
}

/// An element that begins. Every one ends by a [`Event::Close`] of its own, also where it is empty.
#[derive(Debug)]
pub(crate) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// The attribute of this name without its prefix.
    pub(crate) fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|a| local(a.key.0) == name)?;
        Some(match found.value {
            Cow::Borrowed(value) if !value.contains('&') => Cow::Borrowed(value),
            value => {
                let mut text = String::with_capacity(value.len());
                resolve(&value, &mut text);
                Cow::Owned(text)
            }
        })
    }

    /// Hands over every attribute, its name without the prefix.
    pub(crate) fn each(&self, mut each: impl FnMut(&str, &str)) {
        let mut text = String::new();
        let mut all = self.0.attributes();
        for attribute in all.with_checks(false).flatten() {
            text.clear();
            resolve(&attribute.value, &mut text);
            each(local(attribute.key.0), &text);
        }
    }

    /// The attribute as a yes or no.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.attr(name).is_some_and(|v| matches!(&*v, "1" | "true" | "on"))
    }

    /// The attribute as a number.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.attr(name)?.trim().parse().ok()
    }
}

fn local(name: &str) -> &str {
    memchr::memchr(b':', name.as_bytes()).map_or(name, |n| &name[n + 1..])
}

/// Why a part could not be read to its end, or not as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    CutOff,
    TooLong,
    /// There is no element in it.
    Empty,
    /// Its marks do not fit together; what was understood is read.
    Broken,
}

/// Where the bytes of a part come from.
pub(crate) enum Source<'a> {
    /// From a package.
    Part(Box<EntryReader<'a>>),
    /// From memory.
    Bytes(&'a [u8]),
}

impl Source<'_> {
    /// What was wrong with the bytes.
    pub(super) fn finish(self) -> Vec<Oddity> {
        match self {
            Self::Part(part) => part.finish(),
            Self::Bytes(_) => Vec::new(),
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Part(part) => part.read(buffer),
            Self::Bytes(bytes) => bytes.read(buffer),
        }
    }
}

/// A part that is being read.
pub(crate) struct Pull<'a> {
    /// Its name in the package.
    pub(crate) name: String,
    reader: Reader<Decoded<Source<'a>>>,
    buffer: Vec<u8>,
    scratch: String,
    /// Elements that are open.
    depth: usize,
    /// Whether an element was met.
    any: bool,
    odd: Option<Odd>,
    declares_entities: bool,
    unknown_entities: u64,
    ended: bool,
}

impl<'a> Pull<'a> {
    pub(crate) fn new(name: &str, part: Source<'a>) -> Self {
        let mut reader = Reader::from_reader(Decoded::new(part));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Self {
            name: name.to_owned(),
            reader,
            buffer: Vec::new(),
            scratch: String::new(),
            depth: 0,
            any: false,
            odd: None,
            declares_entities: false,
            unknown_entities: 0,
            ended: false,
        }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// The next element or piece of text.
    pub(crate) fn next(&mut self) -> Event<'_> {
        // What an event says is copied out of the buffer, so that the loop may go on to the next one.
        let found = loop {
            if self.ended {
                return Event::End;
            }
            self.buffer.clear();
            self.reader.get_mut().allow();
            let before = self.reader.buffer_position();
            let found = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Xml::Start(tag) | Xml::Empty(tag)) => {
                    self.scratch.clear();
                    self.scratch.push_str(&tag);
                    Found::Open
                }
                Ok(Xml::End(end)) => {
                    self.scratch.clear();
                    self.scratch.push_str(local(end.name().0));
                    Found::Close
                }
                Ok(Xml::Text(text)) => {
                    self.scratch.clear();
                    self.scratch.push_str(&text);
                    Found::Text
                }
                Ok(Xml::CData(text)) => {
                    self.scratch.clear();
                    self.scratch.push_str(&text);
                    Found::Text
                }
                Ok(Xml::GeneralRef(name)) => {
                    self.scratch.clear();
                    let written = format!("&{};", &*name);
                    self.unknown_entities += u64::from(resolve(&written, &mut self.scratch));
                    Found::Text
                }
                Ok(Xml::DocType(doc)) => {
                    self.declares_entities |= doc.contains("<!ENTITY");
                    Found::Nothing
                }
                Ok(Xml::Eof) => Found::End,
                Ok(_) => Found::Nothing,
                Err(quick_xml::Error::Syntax(_) | quick_xml::Error::Io(_)) => Found::Cut,
                Err(_) if self.reader.buffer_position() > before => Found::Nothing,
                Err(_) => Found::Cut,
            };
            if self.reader.get_ref().exhausted() {
                self.odd = Some(Odd::TooLong);
                self.ended = true;
            }
            match found {
                Found::Nothing => {}
                Found::End | Found::Cut => {
                    if self.odd.is_none() && (found == Found::Cut || self.depth > 0) {
                        self.odd = Some(Odd::CutOff);
                    } else if !self.any {
                        self.odd.get_or_insert(Odd::Empty);
                    }
                    self.ended = true;
                }
                found => break found,
            }
        };
        match found {
            Found::Open => {
                self.depth += 1;
                self.any = true;
                // No name and no value may hold it.
                if self.scratch.contains('<') {
                    self.odd.get_or_insert(Odd::Broken);
                }
                let name = self.scratch.find(|c: char| c.is_ascii_whitespace()).unwrap_or(self.scratch.len());
                Event::Open(Tag(BytesStart::from_content(self.scratch.as_str(), name)))
            }
            Found::Close => {
                if self.depth == 0 {
                    self.odd.get_or_insert(Odd::Broken);
                }
                self.depth = self.depth.saturating_sub(1);
                Event::Close(&self.scratch)
            }
            _ => Event::Text(&self.scratch),
        }
    }

    /// Appends all text up to the end of the element that was opened last.
    pub(crate) fn text(&mut self, out: &mut String) {
        let inside = self.depth;
        loop {
            match self.next() {
                Event::Text(text) => out.push_str(text),
                Event::End => return,
                Event::Open(_) => {}
                Event::Close(_) => {
                    if self.depth < inside {
                        return;
                    }
                }
            }
        }
    }

    /// Passes over the element that was opened last.
    pub(crate) fn skip(&mut self) {
        let inside = self.depth;
        while self.depth >= inside {
            if matches!(self.next(), Event::End) {
                return;
            }
        }
    }

    /// What was odd in the part, and whether something of it is missing.
    pub(crate) fn finish(self) -> (Vec<Oddity>, bool) {
        let name = crate::oddities::quoted(&self.name);
        let mut all: Vec<Oddity> = Vec::new();
        let mut partly = false;
        for odd in self.reader.into_inner().reader.finish() {
            partly = true;
            let message = format!("the part {name} is damaged: {}", odd.message);
            all.push(Oddity::new("part_damaged", message).with("part", &self.name));
        }
        if let Some(odd) = self.odd.filter(|_| all.is_empty()) {
            partly = true;
            let message = match odd {
                Odd::CutOff => format!("the part {name} ends in the middle"),
                Odd::TooLong => format!("the part {name} has more text in one place than can be held"),
                Odd::Empty => format!("the part {name} holds nothing"),
                Odd::Broken => format!("the marks of the part {name} do not fit together"),
            };
            all.push(Oddity::new("part_damaged", message).with("part", &self.name));
        }
        if self.declares_entities || self.unknown_entities > 0 {
            let message = format!("the part {name} has entities of its own, which are shown as written");
            all.push(Oddity::new("entity_not_expanded", message).with("part", &self.name));
        }
        (all, partly)
    }
}

/// What an event turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Open,
    Close,
    Text,
    Nothing,
    End,
    Cut,
}
