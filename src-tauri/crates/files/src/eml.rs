//! A mail: its headers, the texts of its parts and those of attached documents are the values of one record; what else is
//! attached is named.

pub(crate) mod mbox;
mod parameters;
mod parts;
mod telling;
mod words;

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use archive::{Oddity, Password};

use crate::attached::{self, Document};
use crate::charset;
use crate::decode::{self, Map, Trouble, Way};
use crate::html;
use crate::layout::Layout;
use crate::limits;
use crate::names::Namer;
use crate::oddities::{quoted, say};
use crate::out::{Out, span};
use crate::row::{Notation, Row, Span, ValueKind};
use crate::window::Feed;

pub(crate) use parts::lenient;

use self::parameters::unfold;
use self::parts::{Part, Transfer, headers, walk};
pub(crate) use self::telling::{looks_like_mail, looks_like_saved_page};

/// The bytes of one mail, and how it stands in its entry.
#[derive(Clone, Copy)]
struct Mail<'a> {
    bytes: &'a [u8],
    /// The place of its first byte in the entry.
    base: u64,
    /// Whether lines of its texts that start with `From ` are quoted, as in a mailbox.
    quoted: bool,
    /// What to try on documents in it; none where those are not looked into.
    documents: Option<&'a [Password]>,
}

impl Mail<'_> {
    /// The place in the entry of a range of its bytes.
    fn place(&self, range: Range<usize>) -> Range<u64> {
        self.base + range.start as u64..self.base + range.end as u64
    }
}

/// Reads a mail.
pub(crate) fn read(mut feed: Feed<'_>, mut bytes: Vec<u8>, out: &mut Out<'_>) {
    feed.fill(&mut bytes, limits::RECORD);
    if bytes.len() == limits::RECORD && !feed.ended() {
        out.partly = true;
        out.odd.add("record_too_large", |o| {
            let most = limits::RECORD >> 20;
            say(format!("the mail is larger than {most} MiB and is read up to there"))(o)
                .with("limit_mib", most)
        });
    }
    out.list("", "");
    let mut row = std::mem::take(&mut out.row);
    row.span = Span { number: Span::ALONE, ..span(0..bytes.len() as u64) };
    let mail = Mail { bytes: &bytes, base: 0, quoted: false, documents: documents(out) };
    fill_first(mail, &mut row, out);
    out.partly |= feed.report(&mut out.odd);
    out.row = row;
    out.emit();
}

/// What to try on documents in a mail, which are looked into unless the mail itself is in a document.
fn documents<'a>(out: &Out<'a>) -> Option<&'a [Password]> {
    (!out.inner).then_some(out.passwords)
}

/// Fills a row for the first time, and tells what was odd.
fn fill_first(mail: Mail<'_>, row: &mut Row, out: &mut Out<'_>) {
    let mut odd = Vec::new();
    fill(mail, &mut Namer::Grow(&mut out.layout.names), row, &mut |oddity| odd.push(oddity));
    for oddity in odd {
        out.partly |=
            matches!(oddity.code, "attachment_unread" | "attachment_partly" | "too_deep" | "truncated");
        let code = oddity.code;
        out.odd.add(code, |_| oddity);
    }
}

/// Reads the record again from its own bytes.
pub(crate) fn again(layout: &Layout, span: &Span, bytes: &[u8], row: &mut Row) {
    row.span = *span;
    let mail = Mail { bytes, base: span.start, quoted: false, documents: None };
    fill(mail, &mut Namer::Find(&layout.names), row, &mut |_| {});
}

/// Fills a row whose own place is set already.
fn fill(mail: Mail<'_>, namer: &mut Namer<'_>, row: &mut Row, odd: &mut dyn FnMut(Oddity)) {
    row.notation = Notation::Mail;
    let (parts, met) = walk(mail.bytes);
    if met.cut {
        let message = "the mail ends in the middle of its parts: their last boundary is missing";
        odd(Oddity::new("truncated", message).at(&row.at));
    }
    if met.too_deep {
        let most = limits::MAIL_DEPTH;
        let message = format!("parts are nested deeper than {most} levels; the rest is kept as text");
        odd(Oddity::new("too_deep", message).with("limit", most).at(&row.at));
    }
    let work = Rc::new(Cell::new(limits::ATTACHED_WORK));
    let mut met = Attachments { count: 0, text: limits::CELL, work };
    for part in &parts {
        if part.message {
            fill_headers(mail, part, namer, row);
        }
        fill_part(mail, part, &mut met, namer, row, odd);
    }
}

/// What was met of the attachments of a mail.
struct Attachments {
    count: u32,
    /// How much text of documents among them may still be taken.
    text: usize,
    /// And how many bytes of them may still be unpacked.
    work: Rc<Cell<u64>>,
}

/// The headers of the mail, or of a mail inside it.
fn fill_headers(mail: Mail<'_>, part: &Part, namer: &mut Namer<'_>, row: &mut Row) {
    let bytes = mail.bytes;
    let mut seen = std::collections::HashMap::<String, u32>::new();
    let mut above: Vec<&str> = Vec::new();
    if let Some(number) = &part.inner {
        above.push("part");
        above.extend(number.split('.'));
    }
    above.push("header");
    for header in &part.headers {
        let name = canonical(&String::from_utf8_lossy(&bytes[header.name.clone()]));
        let value = header_text(&bytes[header.name.end + 1..header.to]);
        if value.is_empty() {
            continue;
        }
        let count = seen.entry(name.to_ascii_lowercase()).or_insert(0);
        *count += 1;
        let one = [*count];
        let mut path = above.clone();
        path.push(&name);
        let field = namer.path(&path);
        let place = mail.place(header.name.start..header.to);
        row.push(field, ValueKind::Text, &value, if *count > 1 { &one } else { &[] }, Some(place));
    }
}

fn fill_part(
    mail: Mail<'_>,
    part: &Part,
    attachments: &mut Attachments,
    namer: &mut Namer<'_>,
    row: &mut Row,
    odd: &mut dyn FnMut(Oddity),
) {
    if part.container {
        return;
    }
    let comma = if row.at.is_empty() { "" } else { "," };
    let at = format!("{}{comma}part={}", row.at, part.number);
    if part.is_attachment() {
        attachments.count += 1;
        let number = attachments.count.to_string();
        let place = Some(mail.place(part.from..part.headers_end));
        if !part.name.is_empty() {
            let field = namer.path(&["attachment", &number, "name"]);
            row.push(field, ValueKind::Text, &part.name, &[], place.clone());
        }
        if !part.kind.is_empty() {
            let field = namer.path(&["attachment", &number, "type"]);
            row.push(field, ValueKind::Text, &part.kind, &[], place);
        }
    }
    if !part.is_text() {
        if let Some(document) = document(mail, part, attachments, row) {
            let mut path = vec!["part"];
            path.extend(part.number.split('.'));
            let text = document.text.trim();
            if !text.is_empty() {
                let field = namer.path(&path);
                row.push(field, ValueKind::Text, text, &[], None);
            }
            for oddity in document.oddities {
                odd(oddity.at(&at));
            }
            return;
        }
        let name = if part.name.is_empty() { &part.kind } else { &part.name };
        let size = part.to - part.body;
        let message = format!("the attachment {} of {size} bytes is not read", quoted(name));
        odd(Oddity::new("attachment_unread", message).with("name", name).with("bytes", size).at(at));
        return;
    }
    let (text, bad) = part_text(mail.bytes, part, mail.quoted);
    let (text, links) = if part.is_html() { html::plain_and_links(&text) } else { (text, Vec::new()) };
    if let Some(bad) = bad {
        odd(Oddity::new("bad_transfer_encoding", format!("part {} is not valid {bad}", part.number))
            .with("part", &part.number)
            .with("encoding", bad)
            .at(at));
    }
    let mut path = vec!["part"];
    path.extend(part.number.split('.'));
    let place = mail.place(part.from..part.to);
    let text = text.trim();
    if !text.is_empty() {
        let field = namer.path(&path);
        row.push(field, ValueKind::Text, text, &[], Some(place.clone()));
    }
    // Where the links of a page lead is no part of what it says.
    path.push("link");
    for (n, link) in (1_u32..).zip(&links) {
        let field = namer.path(&path);
        row.push(
            field,
            ValueKind::Text,
            link,
            if n > 1 { std::slice::from_ref(&n) } else { &[] },
            Some(place.clone()),
        );
    }
}

/// A part that is a document. A mail with one is kept: read again it would have to be parsed again.
fn document(mail: Mail<'_>, part: &Part, attachments: &mut Attachments, row: &mut Row) -> Option<Document> {
    let passwords = mail.documents?;
    let (data, bad) = part.transfer.decode(&mail.bytes[part.body..part.to]);
    if bad.is_some() || !attached::is_document(&data) {
        return None;
    }
    row.span.kept = true;
    let document = Document::read(&part.name, &data, passwords, attachments.text, &attachments.work)?;
    attachments.text -= document.text.len();
    Some(document)
}

/// The text of a part as it is written, and the encoding that it claims wrongly.
fn part_text(bytes: &[u8], part: &Part, quoted: bool) -> (String, Option<&'static str>) {
    let body = &bytes[part.body..part.to];
    let body =
        if quoted && part.transfer != Transfer::Base64 { mbox::unquote(body) } else { Cow::Borrowed(body) };
    let (decoded, bad) = part.transfer.decode(&body);
    (charset_text(&decoded, &part.charset), bad)
}

/// Bytes of a part as text: as it declares if its bytes agree, else as they are.
fn charset_text(bytes: &[u8], label: &str) -> String {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !label.to_ascii_lowercase().starts_with("utf-16")
        && !label.eq_ignore_ascii_case("iso-2022-jp")
    {
        return text.to_owned();
    }
    let declared = encoding_rs::Encoding::for_label(label.as_bytes()).filter(|e| *e != encoding_rs::UTF_8);
    if let Some(encoding) = declared {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let way = Way::of(charset::decide(bytes, None, false));
    let mut text = String::new();
    decode::decode(way, bytes, 0, true, true, &mut text, 0, &mut Map::default(), &mut Trouble::default());
    text
}

/// Text in quoted-printable, as cards have it too.
pub(crate) fn quoted_printable_text(bytes: &[u8], charset: &str) -> String {
    charset_text(&Transfer::QuotedPrintable.decode(bytes).0, charset)
}

/// The value of a header: unfolded, encoded words decoded.
fn header_text(value: &[u8]) -> String {
    let value = charset_text(value, "");
    let value = unfold(&value);
    if value.contains("=?") { words::decoded(&value) } else { value }
}

/// `MESSAGE-ID` and `message-id` are one header.
fn canonical(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "message-id" => "Message-ID".to_owned(),
        "mime-version" => "MIME-Version".to_owned(),
        "dkim-signature" => "DKIM-Signature".to_owned(),
        lower => {
            let mut up = true;
            lower
                .chars()
                .map(|c| {
                    let shown = if up { c.to_ascii_uppercase() } else { c };
                    up = c == '-';
                    shown
                })
                .collect()
        }
    }
}

/// The decoded text of a header or a part, from its own bytes, and how it was written. `mailbox` is set for what stands
/// in one.
pub(crate) fn shown(bytes: &[u8], mailbox: bool) -> (String, Option<String>) {
    let (found, body) = headers(bytes, 0, &|_| false);
    let part = Part::new(bytes, 0, found, body, bytes.len(), String::new(), false);
    // Headers alone have nothing behind them; a part has an empty line, or no headers at all.
    if body < bytes.len() && (part.headers_end < body || part.headers.is_empty()) {
        let (mut text, _) = part_text(bytes, &part, mailbox);
        let mut how: Vec<String> = Vec::new();
        if part.is_html() {
            text = html::with_links(&text);
            how.push("text of the web page".to_owned());
        }
        match part.transfer {
            Transfer::Base64 => how.push("decoded from base64".to_owned()),
            Transfer::QuotedPrintable => how.push("decoded from quoted-printable".to_owned()),
            Transfer::Plain => {}
        }
        if !part.charset.is_empty()
            && !matches!(part.charset.to_ascii_lowercase().as_str(), "utf-8" | "us-ascii")
        {
            how.push(format!("character set {}", quoted(&part.charset)));
        }
        return (text, (!how.is_empty()).then(|| how.join(", ")));
    }
    let mut text = String::new();
    let encoded = memchr::memmem::find(bytes, b"=?").is_some();
    for header in &part.headers {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&String::from_utf8_lossy(&bytes[header.name.clone()]));
        text.push_str(": ");
        text.push_str(&header_text(&bytes[header.name.end + 1..header.to]));
    }
    (text, encoded.then(|| "encoded words decoded".to_owned()))
}
