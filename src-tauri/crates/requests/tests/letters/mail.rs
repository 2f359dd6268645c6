//! Mail drafts, read back by a mail parser: what was written arrives, and nothing typed becomes a header.

use mail_parser::{MessageParser, MimeHeaders};
use requests::{Attachment, eml};

use crate::book::{letter, read, today};

const FRENCH: &str = include_str!("../requests/rectification-fr.json");

fn draft_of(change: impl Fn(&mut requests::Draft)) -> (requests::Letter, Vec<u8>) {
    let mut draft = read(FRENCH);
    change(&mut draft);
    let letter = letter(&draft);
    let attachments = [
        Attachment {
            name: "lettre.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: vec![0, 255, 13, 10],
        },
        Attachment {
            name: "à/..\r\nX: y\".txt".into(),
            media_type: "text/plain\r\nX-Evil: 1".into(),
            bytes: b"=_portolan".to_vec(),
        },
    ];
    let mail = eml(&letter, &attachments, today());
    (letter, mail)
}

fn head(mail: &[u8]) -> String {
    let end = mail.windows(4).position(|w| w == b"\r\n\r\n").expect("a mail has a head");
    String::from_utf8(mail[..end].to_vec()).expect("a head is plain text")
}

#[test]
fn a_mail_reads_back_as_it_was_written() {
    let (letter, mail) = draft_of(|_| {});
    let read = MessageParser::default().parse(&mail).expect("a mail can be read");
    assert_eq!(read.subject(), Some(letter.subject.as_str()));
    let from = read.from().and_then(|a| a.first()).expect("it has a sender");
    assert_eq!(from.name.as_deref(), Some("Camille Aubépin"));
    assert_eq!(from.address.as_deref(), Some("camille@atelier-aubepin.example"));
    let to = read.to().and_then(|a| a.first()).expect("it has a recipient");
    assert_eq!(to.address.as_deref(), Some("dpo@sellsy.com"));
    assert_eq!(read.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert_eq!(read.header_raw("Message-ID"), None);
    assert!(read.date().is_some_and(|d| d.to_rfc3339().starts_with("2026-11-23T12:00")));
    let body = read.body_text(0).expect("it has a text").replace("\r\n", "\n");
    assert_eq!(body.trim_end(), requests::text(&letter).trim_end());
    let files: Vec<(&str, &[u8])> =
        read.attachments().map(|a| (a.attachment_name().unwrap_or_default(), a.contents())).collect();
    assert_eq!(files, [("lettre.pdf", [0, 255, 13, 10].as_slice()), ("X--y-.txt", b"=_portolan")]);
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(draft_of(|_| {}).1, draft_of(|_| {}).1);
}

#[test]
fn every_line_is_short_enough_and_ends_as_mail_lines_do() {
    let (_, mail) = draft_of(|d| {
        d.own_words = "mot ".repeat(2_000) + &"x".repeat(5_000);
        d.reference = "é".to_owned() + &"x".repeat(5_000);
    });
    check_lines(mail);
    let (_, mail) = draft_of(|d| {
        d.language = requests::Language::En;
        d.reference = "x".repeat(5_000);
    });
    check_lines(mail);
}

fn check_lines(mail: Vec<u8>) {
    let text = String::from_utf8(mail).expect("a mail of text and base64 is plain text");
    assert!(text.is_ascii());
    assert!(text.split("\r\n").all(|l| l.len() <= 998 && !l.contains(['\n', '\r'])));
}

#[test]
fn nothing_typed_becomes_a_header() {
    const EVIL: &str = "x\r\nBcc: eve@evil.example\r\n\r\nbody\nX-Evil: 1\u{2028}\u{85}";
    let (_, mail) = draft_of(|d| {
        d.requester.name = EVIL.into();
        d.requester.email = format!("camille@atelier-aubepin.example{EVIL}");
        d.recipient.name = EVIL.into();
        d.recipient.email = "dpo@sellsy.com\r\nBcc: eve@evil.example".into();
        d.reference = EVIL.into();
        d.place = EVIL.into();
    });
    let head = head(&mail);
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|l| !l.starts_with([' ', '\t']))
        .filter_map(|l| l.split(':').next())
        .collect();
    assert_eq!(names, ["X-Unsent", "Subject", "Date", "MIME-Version", "Content-Type"], "{head}");
    let read = MessageParser::default().parse(&mail).expect("a mail can be read");
    assert!(read.bcc().is_none() && read.header_raw("X-Evil").is_none());
}

#[test]
fn a_letter_without_attachments_is_one_part() {
    let mail = eml(&letter(&read(FRENCH)), &[], today());
    let read = MessageParser::default().parse(&mail).expect("a mail can be read");
    assert_eq!((read.text_body_count(), read.attachment_count()), (1, 0));
    assert!(head(&mail).contains("charset=\"utf-8\""), "{}", head(&mail));
}
