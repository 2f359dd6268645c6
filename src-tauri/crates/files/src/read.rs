//! One entry is read: its format told, its rows handed over.

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use archive::{Oddity, Password};
use serde::{Deserialize, Serialize};

use crate::charset;
use crate::foreign;
use crate::layout::{Format, Layout};
use crate::limits;
use crate::oddities::say;
use crate::out::Out;
use crate::row::Row;
use crate::sniff::{self, Kind};
use crate::window::{Feed, Window};
use crate::{
    bank, blocks, cards, catalog, chat, cues, eml, html, json, media, sealed, settings, sql, table, text,
    whole, xml, yaml,
};

/// How much of an entry was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// All of it.
    Read,
    /// A part; the oddities say which.
    Partly,
    /// Nothing: there is no reader for its format.
    Unread,
    /// There is nothing in it.
    Empty,
    /// Nothing: it is locked, and no password that was given opens it.
    Encrypted,
}

/// What a reading gave.
#[derive(Debug)]
pub struct Reading {
    /// What was found out about the file as a whole.
    pub layout: Layout,
    /// How much of it was read.
    pub status: Status,
    /// How many records it holds: the rows that are no headings.
    pub records: u64,
    /// What was odd: the first places of each kind, and a count where there are more.
    pub oddities: Vec<Oddity>,
}

/// Reads an entry and calls `row` for each record and each heading as it is met; the layout that goes with it grows
/// as fields are met. Reading stops when `row` returns false.
///
/// The name is a weak hint to the format; the content decides.
pub fn read(
    name: &str,
    bytes: &mut dyn Read,
    size_hint: Option<u64>,
    row: &mut dyn FnMut(&Layout, &Row) -> bool,
) -> Reading {
    read_with(name, bytes, size_hint, &[], row)
}

/// Reads an entry as [`read`] does, and tries these passwords where it is locked.
pub fn read_with(
    name: &str,
    bytes: &mut dyn Read,
    size_hint: Option<u64>,
    passwords: &[Password],
    row: &mut dyn FnMut(&Layout, &Row) -> bool,
) -> Reading {
    let mut out = Out::new(Layout::default(), row);
    out.passwords = passwords;
    read_into(out, name, bytes, size_hint)
}

/// Reads a file that is inside another one, with so many bytes of work.
pub(crate) fn read_inner(
    name: &str,
    bytes: &mut dyn Read,
    passwords: &[Password],
    work: Rc<Cell<u64>>,
    row: &mut dyn FnMut(&Layout, &Row) -> bool,
) -> Reading {
    let mut out = Out::new(Layout::default(), row);
    (out.passwords, out.inner, out.work) = (passwords, true, work);
    read_into(out, name, bytes, None)
}

fn read_into(mut out: Out<'_>, name: &str, bytes: &mut dyn Read, size_hint: Option<u64>) -> Reading {
    let mut feed = Feed::new(bytes);
    let mut head = Vec::new();
    let hint = size_hint.and_then(|n| usize::try_from(n).ok()).unwrap_or(limits::HEAD);
    head.reserve(hint.clamp(64, limits::HEAD) + 1);
    feed.fill(&mut head, limits::HEAD);
    if head.is_empty() {
        let failed = feed.report(&mut out.odd);
        return finish(out, if failed { Status::Unread } else { Status::Empty });
    }
    let whole = head.len() < limits::HEAD;
    if let Some(seal) = sealed::seal(name, &head) {
        feed.report(&mut out.odd);
        let how = seal.word();
        out.odd.add("encrypted_content", |o| {
            say(format!(
                "the content is encrypted ({how}): ask the sender for the key and decrypt it with their instructions, \
                 or ask for a copy that is not encrypted"
            ))(o)
            .with("how", how)
        });
        out.layout.format = sniff::tell(name, &head, &charset::tell(&head, whole), whole).format;
        return finish(out, Status::Encrypted);
    }
    let charset = charset::tell(&head, whole);
    let found = sniff::tell(name, &head, &charset, whole);
    out.layout.format = found.format;
    if !matches!(found.kind, Kind::Whole | Kind::Media) {
        out.layout.decoding = charset.decoding;
    }
    if let Some(said) = found.differs {
        let is = found.format.word();
        out.odd.add("extension_differs", |o| {
            say(format!("the name says {said}, the content is {is}"))(o)
                .with("name", said)
                .with("content", is)
        });
    }
    let markup = matches!(found.kind, Kind::Xml | Kind::Html);
    if let Some(said) = charset.contradicted.as_deref().filter(|_| markup) {
        let is = charset.decoding.encoding.name();
        out.odd.add("declared_encoding_wrong", |o| {
            say(format!("the file says that it is {said}, its bytes are {is}"))(o)
                .with("declared", said)
                .with("encoding", is)
        });
    }
    match found.kind {
        Kind::Unread => {
            feed.report(&mut out.odd);
            let named = foreign::tell(&head).filter(|_| found.format == Format::Binary);
            let (is, what) = match named {
                Some(foreign) => (foreign.word, foreign.what),
                None => (found.format.word(), sniff::described(found.format)),
            };
            out.odd.add("unread_format", |o| {
                say(format!("this is {what}, which this version does not read"))(o).with("format", is)
            });
            return finish(out, Status::Unread);
        }
        Kind::Mail => eml::read(feed, head, &mut out),
        Kind::Mailbox => eml::mbox::read(feed, head, &mut out),
        Kind::Whole => whole::read(feed, head, &mut out),
        Kind::Media => media::read(feed, head, &mut out),
        kind => {
            let window = Window::new(feed, head, &charset);
            match kind {
                Kind::Blank => return finish(out, Status::Empty),
                Kind::Json => json::read(window, &mut out),
                Kind::JsonLines => json::read_lines(window, &mut out),
                Kind::Table(delimiter) => table::read(window, &mut out, delimiter),
                Kind::Xml => xml::read(window, &mut out),
                Kind::Html => html::read(window, &mut out),
                Kind::Cards if found.format == Format::Jcard => {
                    blocks::read(window, &mut out, &mut cards::Jcards);
                }
                Kind::Cards => blocks::read(window, &mut out, &mut cards::Vcards),
                Kind::Calendar => blocks::read(window, &mut out, &mut cards::Calendars),
                Kind::Chat => blocks::read(window, &mut out, &mut chat::Messages::default()),
                Kind::Bank => match found.format {
                    Format::Qif => blocks::read(window, &mut out, &mut bank::Entries::default()),
                    Format::Ofx => blocks::read(window, &mut out, &mut bank::Responses::default()),
                    Format::Bai => blocks::read(window, &mut out, &mut bank::Accounts::default()),
                    _ => blocks::read(window, &mut out, &mut bank::Statements::default()),
                },
                Kind::Outlines => blocks::read(window, &mut out, &mut xml::Outlines::default()),
                Kind::Sql => blocks::read(window, &mut out, &mut sql::Rows::default()),
                Kind::Cues => blocks::read(window, &mut out, &mut cues::Cues),
                Kind::Settings => blocks::read(window, &mut out, &mut settings::Settings),
                Kind::Catalog => blocks::read(window, &mut out, &mut catalog::Messages),
                Kind::Yaml => yaml::read(window, &mut out),
                Kind::Log => text::read_log(window, &mut out),
                Kind::Text | Kind::Unread | Kind::Mail | Kind::Mailbox | Kind::Whole | Kind::Media => {
                    text::read(window, &mut out);
                }
            }
        }
    }
    if found.format == Format::Svg {
        let is = found.format.word();
        out.partly = true;
        out.odd.add("read_as_text", |o| {
            say(format!(
                "this is {}, of which this version reads only the text",
                sniff::described(found.format)
            ))(o)
            .with("format", is)
        });
    }
    let status = match (out.nothing, out.partly) {
        _ if out.locked => Status::Encrypted,
        (true, _) => Status::Unread,
        (_, true) => Status::Partly,
        _ => Status::Read,
    };
    finish(out, status)
}

fn finish(mut out: Out<'_>, status: Status) -> Reading {
    out.tell_mended();
    Reading { layout: out.layout, status, records: out.records, oddities: out.odd.finish() }
}
