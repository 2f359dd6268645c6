//! A letter as a mail draft: a message that mail programs open for sending, with text and attachments.

use mail_builder::MessageBuilder;
use mail_builder::headers::Header;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use records::Day;

use crate::letter::Letter;
use crate::{clean, text};

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name; anything but plain letters, digits, `.`, `_` and `-` becomes `-`.
    pub name: String,
    /// Its media type: `application/pdf`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The letter as a mail draft, with the given day for its date. The same letter and day give the same bytes.
///
/// There is no Message-ID: the program that sends it makes one, and ours could only tell on which computer it was made.
pub fn eml(letter: &Letter, attachments: &[Attachment], today: Day) -> Vec<u8> {
    let mut out = Vec::new();
    // `X-Unsent` makes Outlook open the file for sending; others take any .eml without Received lines as a draft.
    raw(&mut out, "X-Unsent", "1");
    if let Some(from) = clean::address(&letter.from) {
        raw(&mut out, "From", &mailbox(&letter.sender, from));
    }
    if let Some(to) = clean::address(&letter.to) {
        raw(&mut out, "To", to);
    }
    header(&mut out, "Subject", &Text::new(clean::line(&letter.subject)));
    header(&mut out, "Date", &Date::new(noon(today)));
    raw(&mut out, "MIME-Version", "1.0");
    // Base64 and quoted-printable bodies hide line ends from the library, so they are made those of mail here.
    let body = text::text(letter).replace('\n', "\r\n");
    let text_part = MimePart::new("text/plain", body.clone());
    let whole = if attachments.is_empty() {
        text_part
    } else {
        let mut parts = vec![text_part];
        parts.extend(attachments.iter().map(|a| {
            MimePart::new(media_type(&a.media_type), a.bytes.as_slice()).attachment(file_name(&a.name))
        }));
        let boundary = ContentType::new("multipart/mixed").attribute("boundary", boundary(&body));
        MimePart::new(boundary, parts)
    };
    MessageBuilder::new().body(whole).write_body(&mut out).expect("writing into memory cannot fail");
    out
}

fn header(out: &mut Vec<u8>, name: &str, value: &impl Header) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    value.write_header(out, name.len() + 2).expect("writing into memory cannot fail");
}

fn raw(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
}

/// `Name <address>`. The library would put encoded words between quotes, where RFC 2047, section 5, forbids them.
fn mailbox(name: &str, address: &str) -> String {
    let name = clean::line(name);
    if name.is_empty() {
        return address.to_owned();
    }
    if name.is_ascii() {
        let name = clean::short(&name.replace(['"', '\\'], "'"), 60).replace('…', "...");
        return format!("\"{name}\"\r\n <{address}>");
    }
    let mut encoded = Vec::new();
    Text::new(name).write_header(&mut encoded, "From: ".len()).expect("writing into memory cannot fail");
    let encoded = String::from_utf8_lossy(&encoded).trim_end().to_owned();
    format!("{encoded}\r\n <{address}>")
}

/// Noon in Greenwich is the same day nearly everywhere.
fn noon(day: Day) -> i64 {
    day.and_hms_opt(12, 0, 0).map(|t| t.and_utc().timestamp()).unwrap_or_default()
}

/// A boundary that does not occur in the text; encoded attachments cannot hold `=_`.
fn boundary(body: &str) -> String {
    let mut boundary = "=_portolan".to_owned();
    while body.contains(&boundary) {
        boundary.push('_');
    }
    boundary
}

fn media_type(typed: &str) -> String {
    let fits = |part: &str| {
        !part.is_empty()
            && part.len() <= 100
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-+.".contains(c))
    };
    match typed.split_once('/') {
        Some((kind, sub)) if fits(kind) && fits(sub) && !kind.eq_ignore_ascii_case("multipart") => {
            typed.to_owned()
        }
        _ => "application/octet-stream".to_owned(),
    }
}

fn file_name(name: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let name: String = name.chars().map(fits).take(100).collect();
    let name = name.trim_start_matches(['.', '-']);
    if name.is_empty() { "attachment".to_owned() } else { name.to_owned() }
}
