//! A message of Outlook: who wrote it to whom, when and what, the names of its attachments and the text of those that are
//! text; messages in messages are read as parts.
//!
//! File format: [MS-OXMSG], properties by [MS-OXPROPS], packed text by [MS-OXRTFCP].

mod packed;
mod properties;

use self::properties::Properties;
pub(crate) use self::properties::{of_code_page, written};
use crate::attached::{self, Said};
use crate::compound::{Compound, ROOT};
use crate::html;
use crate::layout::Format;
use crate::limits;
use crate::named::Places;
use crate::oddities::{quoted, say};
use crate::out::Out;
use crate::row::{Notation, Row, Span};
use crate::rtf;

/// The stream that every message has, and other documents in such containers have not.
const MARK: &str = "__properties_version1.0";

/// More recipients or attachments than a message has.
const PARTS: usize = 10_000;

/// Whether a container holds a message.
pub(crate) fn is_message(file: &Compound<'_>) -> bool {
    file.children(ROOT).iter().any(|(_, entry)| entry.name == MARK)
}

/// Reads a message.
pub(crate) fn read(file: &Compound<'_>, out: &mut Out<'_>) {
    out.layout.format = Format::Msg;
    out.list("", "");
    let mut message = Message {
        file,
        row: Row {
            span: Span { number: Span::ALONE, ..Span::default() },
            notation: Notation::Mail,
            ..Row::default()
        },
        places: Places::default(),
        part: 0,
        attachments: 0,
    };
    // Messages in messages are read after one another, not inside one another.
    let mut left = vec![(ROOT, Vec::<String>::new())];
    while let Some((storage, above)) = left.pop() {
        if above.len() > limits::MAIL_DEPTH {
            out.partly = true;
            out.odd.add("too_deep", |o| {
                let most = limits::MAIL_DEPTH;
                say(format!("messages are nested deeper than {most} levels; the rest is left out"))(o)
                    .with("limit", most)
            });
            continue;
        }
        let inner = message.read(storage, &above, out);
        left.extend(inner.into_iter().rev());
    }
    if file.damaged.get() {
        out.partly = true;
        out.odd.add("document_damaged", say("the message is damaged: parts of it lead out of the file"));
    }
    let mut row = message.row;
    out.emit_other(&mut row);
}

/// The record of a message while it is filled.
struct Message<'f, 'a> {
    file: &'f Compound<'a>,
    row: Row,
    places: Places,
    /// How many parts with text there were.
    part: u32,
    attachments: u32,
}

impl Message<'_, '_> {
    fn put(&mut self, above: &[String], steps: &[&str], text: &str, out: &mut Out<'_>) {
        let text = text.trim().trim_matches('\0');
        if !text.is_empty() {
            let path: Vec<String> =
                above.iter().cloned().chain(steps.iter().map(|s| (*s).to_owned())).collect();
            self.places.push(&mut out.layout, &mut self.row, &path, text);
        }
    }

    /// Reads one message; gives the messages in it with the parts that they are.
    fn read(&mut self, storage: usize, above: &[String], out: &mut Out<'_>) -> Vec<(usize, Vec<String>)> {
        let file = self.file;
        let head = if storage == ROOT { 32 } else { 24 };
        let said = Properties::read(file, storage, head, None);
        let page = said.page();
        let from = person(&said.text(0x0C1A), &[said.text(0x5D01), said.text(0x0C1F), said.text(0x5D02)]);
        let meant = person(&said.text(0x0042), &[said.text(0x5D02), said.text(0x0065)]);
        let header = |name: &'static str| ["header", name];
        self.put(above, &header("Subject"), &said.text(0x0037), out);
        self.put(above, &header("From"), if from.is_empty() { &meant } else { &from }, out);
        if !meant.is_empty() && !from.is_empty() && meant != from {
            self.put(above, &header("On-Behalf-Of"), &meant, out);
        }
        let children = file.children(storage);
        let mut to: [Vec<String>; 3] = Default::default();
        for (entry, _) in
            children.iter().filter(|(_, e)| e.name.starts_with("__recip_version1.0")).take(PARTS)
        {
            let one = Properties::read(file, *entry, 8, page);
            let name = one.text(0x3001);
            let shown = person(&name, &[one.text(0x39FE), one.text(0x3003)]);
            let way = match one.number(0x0C15) {
                Some(2) => 1,
                Some(3) => 2,
                _ => 0,
            };
            to[way].push(shown);
        }
        for (name, (people, tag)) in
            ["To", "Cc", "Bcc"].into_iter().zip(to.iter().zip([0x0E04, 0x0E03, 0x0E02]))
        {
            let text = if people.is_empty() { said.text(tag) } else { people.join(", ") };
            self.put(above, &["header", name], &text, out);
        }
        let date = said.time(0x0039).or_else(|| said.time(0x0E06)).or_else(|| said.time(0x3007));
        self.put(above, &header("Date"), &date.unwrap_or_default(), out);
        for (name, tag) in [("Message-ID", 0x1035), ("In-Reply-To", 0x1042), ("References", 0x1039)] {
            self.put(above, &["header", name], &said.text(tag), out);
        }
        self.transported(above, &said.text(0x007D), out);
        let body = body(&said, out);
        self.text(&body, out);
        let mut inner = Vec::new();
        for (entry, _) in
            children.iter().filter(|(_, e)| e.name.starts_with("__attach_version1.0")).take(PARTS)
        {
            if let Some(message) = self.attachment(*entry, page, out) {
                inner.push(message);
            }
        }
        inner
    }

    /// A part of the message: its text, and where its links lead.
    fn text(&mut self, (text, links): &Said, out: &mut Out<'_>) {
        self.part += 1;
        let part = self.part.to_string();
        self.put(&[], &["part", &part], text, out);
        for (n, link) in (1..).zip(links) {
            let number = n.to_string();
            let steps: &[&str] =
                if n > 1 { &["part", &part, "link", &number] } else { &["part", &part, "link"] };
            self.put(&[], steps, link, out);
        }
    }

    /// Headers as they were sent, beside those that are properties too.
    fn transported(&mut self, above: &[String], text: &str, out: &mut Out<'_>) {
        const KNOWN: &[&str] =
            &["subject", "from", "to", "cc", "bcc", "date", "message-id", "in-reply-to", "references"];
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in text.lines().take(PARTS) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        for (name, value) in headers {
            if !KNOWN.contains(&name.to_ascii_lowercase().as_str()) && name.len() < 100 {
                self.put(above, &["header", &name], &value, out);
            }
        }
    }

    /// An attachment: its name, and its text if it is text. A message is given back with its number.
    fn attachment(
        &mut self,
        storage: usize,
        page: Option<&'static encoding_rs::Encoding>,
        out: &mut Out<'_>,
    ) -> Option<(usize, Vec<String>)> {
        let said = Properties::read(self.file, storage, 8, page);
        self.attachments += 1;
        let number = self.attachments.to_string();
        let name = [0x3707, 0x3704, 0x3001].iter().map(|tag| said.text(*tag)).find(|t| !t.is_empty());
        let name = name.unwrap_or_default();
        let kind = said.text(0x370E);
        self.put(&[], &["attachment", &number, "name"], &name, out);
        self.put(&[], &["attachment", &number, "type"], &kind, out);
        let inner = self
            .file
            .children(storage)
            .into_iter()
            .find(|(_, e)| e.is_storage && e.name.ends_with("3701000D"));
        if let Some((inner, _)) = inner {
            self.part += 1;
            return Some((inner, vec!["part".to_owned(), self.part.to_string()]));
        }
        let data = said.bytes(0x3701);
        let size = data.len();
        match attached::said(&name, &kind, data, out) {
            Some(said) => self.text(&said, out),
            None => {
                out.partly = true;
                let name = if name.is_empty() { kind } else { name };
                out.odd.add("attachment_unread", |o| {
                    say(format!("the attachment {} of {size} bytes is not read", quoted(&name)))(o)
                        .with("name", &name)
                        .with("bytes", size)
                });
            }
        }
        None
    }
}

/// A name and the first address that there is.
fn person(name: &str, addresses: &[String]) -> String {
    let usable = |a: &&String| a.contains('@');
    let address = addresses.iter().find(usable).or_else(|| addresses.iter().find(|a| !a.is_empty()));
    match (name, address) {
        (name, None) => name.to_owned(),
        ("", Some(address)) => address.clone(),
        (name, Some(address)) if name == address => address.clone(),
        (name, Some(address)) => format!("{name} <{address}>"),
    }
}

/// The text of a message: plain, else that of its page, else that of its packed text. Where links lead only the page
/// tells.
fn body(said: &Properties, out: &mut Out<'_>) -> Said {
    let page = said.bytes(0x1013);
    let text = match std::str::from_utf8(page) {
        _ if page.is_empty() => said.text(0x1013),
        Ok(text) => text.to_owned(),
        Err(_) => said.page().unwrap_or(encoding_rs::WINDOWS_1252).decode(page).0.into_owned(),
    };
    let (shown, links) = html::plain_and_links(&text);
    let plain = said.text(0x1000);
    if !plain.trim().is_empty() {
        return (plain, links);
    }
    if !text.is_empty() {
        return (shown, links);
    }
    let packed = said.bytes(0x1009);
    if packed.is_empty() {
        return Said::default();
    }
    match packed::unpack(packed) {
        Some(text) => rtf::text_and_links(&text),
        None => {
            out.partly = true;
            out.odd.add(
                "document_damaged",
                say("the text of the message is packed in a way that cannot be undone"),
            );
            Said::default()
        }
    }
}
