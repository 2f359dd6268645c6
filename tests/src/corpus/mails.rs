//! Mails, one file each and many in one mbox, in the codings that real ones have.

use std::fmt::Write as _;
use std::io;

use super::tables::push;
use super::{Maker, Take};
use crate::samples::{lines_of_base64, quoted_printable, word};

/// Of twenty mails, these are the last of each coding; the rest carry HTML or a file.
const PLAIN: u64 = 11;
const QUOTED: u64 = 15;
const BASE64: u64 = 16;

impl Maker {
    pub(super) fn mails(&mut self, take: Take<'_>) -> io::Result<()> {
        let total = self.counts.mails;
        for n in 0..total {
            self.count("mail");
            let name = format!(
                "mail/{}/{n:06}.eml",
                ["inbox", "sent", "archive"][usize::try_from(n % 3).unwrap_or(0)]
            );
            let mail = self.mail(n, &name, total).1;
            take(&name, mail.replace('\n', "\r\n").as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn mbox(&mut self) -> String {
        let mut out = String::new();
        for n in 0..self.counts.mbox {
            self.count("mbox_mail");
            // No needle: not every reader knows this format.
            let (separator, mail) = self.mail(n, "", 0);
            push!(out, "{separator}\n{}\n", mail.replace("\nFrom ", "\n>From "));
        }
        out
    }

    /// The separator that an mbox puts before it, and the mail; needles only where `total` is not 0.
    fn mail(&mut self, n: u64, entry: &str, total: u64) -> (String, String) {
        let at = self.moment(2019, 2026);
        let (first, last, from) = self.anyone();
        let to = self.anyone().2;
        let french = self.is_french();
        let words = self.rng.between(3, 8);
        let subject = word(&self.words(french, words));
        let id = self.rng.hex(12);
        let separator = format!("From {from} {}", at.mbox());
        let mut out = format!(
            "From: {} <{from}>\nTo: {to}\nSubject: {subject}\nDate: {}\nMessage-ID: <{id}.{n}@mail.example>\n\
             Received: from mx{}.example by mail.example with ESMTPS id {id}; {}\nMIME-Version: 1.0\n",
            word(&format!("{first} {last}")),
            at.mail(),
            n % 7,
            at.mail()
        );
        let mut paragraphs: Vec<String> =
            (0..self.rng.between(1, 4)).map(|_| wrapped(&self.text_in(french, 300, 1_100))).collect();
        let slot = n % 20;
        let needle = match slot {
            _ if total == 0 => String::new(),
            0 => self.needle("mail", n, on_slot(total, 500, 0), entry),
            PLAIN => self.needle("mail_quoted", n, on_slot(total, 700, PLAIN), entry),
            QUOTED => self.needle("mail_base64", n, on_slot(total, 300, QUOTED), entry),
            _ => String::new(),
        };
        paragraphs.push(needle);
        let body = paragraphs.join("\n\n");
        match slot {
            0..PLAIN => part(&mut out, "plain; charset=utf-8", "8bit", &body),
            PLAIN..QUOTED => {
                let latin1 = |c: char| vec![u8::try_from(u32::from(c)).unwrap_or(b'?')];
                part(
                    &mut out,
                    "plain; charset=iso-8859-1",
                    "quoted-printable",
                    &quoted_printable(&body, latin1),
                );
            }
            QUOTED..BASE64 => {
                part(&mut out, "plain; charset=utf-8", "base64", &lines_of_base64(body.as_bytes()));
            }
            _ => {
                push!(out, "Content-Type: multipart/mixed; boundary=\"=_{id}\"\n\n--=_{id}\n");
                part(&mut out, "plain; charset=utf-8", "8bit", &body);
                push!(out, "--=_{id}\n");
                let html = format!("<html><body><p>{}</p></body></html>", body.replace("\n\n", "</p>\n<p>"));
                part(&mut out, "html; charset=utf-8", "8bit", &html);
                if slot == 19 {
                    let bytes: Vec<u8> = (0..700).flat_map(|_| self.rng.bits().to_le_bytes()).collect();
                    push!(
                        out,
                        "--=_{id}\nContent-Type: application/pdf; name=\"facture-{n}.pdf\"\n\
                         Content-Transfer-Encoding: base64\n\
                         Content-Disposition: attachment; filename=\"facture-{n}.pdf\"\n\n{}\n",
                        lines_of_base64(&bytes)
                    );
                }
                push!(out, "--=_{id}--\n");
            }
        }
        (separator, out)
    }
}

/// A total for which the needle's part of a thousand falls on a mail of that slot of twenty.
fn on_slot(total: u64, part: u64, slot: u64) -> u64 {
    let at = (total * part / 1000).saturating_sub(slot) / 20 * 20 + slot;
    // The smallest total whose part is `at`, rounded as the search for needles rounds.
    (at * 1000).div_ceil(part)
}

fn part(out: &mut String, kind: &str, coding: &str, text: &str) {
    push!(out, "Content-Type: text/{kind}\nContent-Transfer-Encoding: {coding}\n\n{text}\n");
}

/// Text in lines of at most 72 bytes or one word.
fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + word.len() > 72 {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}
