//! Tickets, chats, pages and contact cards: what people write to one another.

use std::fmt::Write as _;
use std::io;

use super::tables::push;
use super::{Maker, Take};

/// Messages of a chat file.
const CHAT: u64 = 100;

impl Maker {
    pub(super) fn tickets(&mut self) -> String {
        let total = self.counts.tickets;
        let mut out = String::from("{\"tickets\":[");
        let mut message = 0_u64;
        for n in 0..total {
            self.count("ticket");
            let french = self.is_french();
            let opened = self.moment(2019, 2026);
            let mut at = opened;
            let (first, last, mail) = self.anyone();
            let mut thread = String::new();
            for turn in 0..self.rng.between(2, 10) {
                self.count("ticket_message");
                at = at.plus(i64::from(self.rng.between(180, 180_000)));
                let needle = if turn == 0 {
                    self.needle("ticket", n, total, "support/tickets.json")
                } else {
                    String::new()
                };
                let body = self.text_in(french, 150, 900) + &needle;
                let (author, comma) = if turn % 2 == 0 { ("customer", "") } else { ("agent", ",") };
                let comma = if turn > 0 { "," } else { comma };
                push!(
                    thread,
                    "{comma}{{\"message_id\":\"MSG-{message:07}\",\"author_role\":\"{author}\",\"sent_at\":\"{}\",\"body\":\"{body}\"}}",
                    at.iso()
                );
                message += 1;
            }
            let (subject, language) = (self.words(french, 6), if french { "fr" } else { "en" });
            let priority = self.rng.pick(&["low", "normal", "high", "urgent"]);
            let status = self.rng.pick(&["open", "solved", "closed"]);
            let comma = if n > 0 { "," } else { "" };
            push!(
                out,
                "{comma}{{\"ticket_id\":\"TCK-{n:06}\",\"subject\":\"{subject}\",\"opened_at\":\"{}\",\"language\":\"{language}\",\
                 \"priority\":\"{priority}\",\"status\":\"{status}\",\"requester\":{{\"name\":\"{first} {last}\",\
                 \"email\":\"{mail}\"}},\"messages\":[{thread}]}}",
                opened.iso()
            );
        }
        out.push_str("]}\n");
        out
    }

    pub(super) fn chats(&mut self, take: Take<'_>) -> io::Result<()> {
        let total = self.counts.chats;
        for (thread, start) in (0..total).step_by(usize::try_from(CHAT).unwrap_or(usize::MAX)).enumerate() {
            let name = format!("messages/thread-{thread:04}.json");
            let (first, last, _) = self.person(thread as u64);
            let mut at = self.moment(2019, 2026);
            let mut messages = String::new();
            for n in start..total.min(start + CHAT) {
                self.count("chat");
                at = at.plus(i64::from(self.rng.between(20, 90_000)));
                let sender = if self.rng.percent(50) { format!("{first} {last}") } else { "Moi".to_owned() };
                let text = self.text(20, 260) + &self.needle("chat", n, total, &name);
                let comma = if n > start { "," } else { "" };
                push!(
                    messages,
                    "{comma}\n  {{\n   \"sender_name\": \"{}\",\n   \"timestamp_ms\": {}000,\n   \"content\": \"{}\"\n  }}",
                    escaped(&sender),
                    at.0,
                    escaped(&text)
                );
            }
            let title = escaped(&format!("{first} {last}"));
            let file = format!("{{\n \"title\": \"{title}\",\n \"messages\": [{messages}\n ]\n}}\n");
            take(&name, file.as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn pages(&mut self, take: Take<'_>) -> io::Result<()> {
        let total = self.counts.pages;
        for n in 0..total {
            self.count("page");
            let name = format!("activity/{}/page-{n:05}.html", 2019 + n % 8);
            let french = self.is_french();
            let (title, at, id) =
                (entities(&self.words(french, 5)), self.moment(2019, 2026), self.rng.hex(16));
            let language = if french { "fr" } else { "en" };
            let mut out = format!(
                "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
                 <style>body{{font-family:sans-serif;margin:2rem}}td,th{{border:1px solid #ccc;padding:.3rem}}</style>\
                 <script>window.page={{\"number\":{n},\"id\":\"{id}\"}};</script></head>\n<body><h1>{title}</h1>\
                 <p><time datetime=\"{}\">{}</time></p>\n",
                at.iso(),
                at.slashed()
            );
            for _ in 0..self.rng.between(3, 8) {
                push!(out, "<p>{}</p>\n", entities(&self.text_in(french, 300, 900)));
            }
            let needle = entities(&self.needle("page", n, total, &name));
            push!(out, "<p>{needle}</p>\n<table><tr><th>Date</th><th>Action</th><th>IP</th></tr>\n");
            for _ in 0..self.rng.between(5, 24) {
                let (at, action, ip) =
                    (self.moment(2019, 2026).iso(), entities(&self.words(french, 3)), self.ip());
                push!(out, "<tr><td>{at}</td><td>{action}</td><td>{ip}</td></tr>\n");
            }
            out.push_str(
                "</table>\n<p><a href=\"privacy.html\">Confidentialit&eacute;</a></p></body></html>\n",
            );
            take(&name, out.as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn contacts(&mut self) -> String {
        let total = self.counts.contacts;
        let mut out = String::new();
        for n in 0..total {
            self.count("contact");
            let (first, last, mail) = self.person(n);
            let (phone, at) = (self.rng.between(1000, 9999), self.moment(2019, 2026).iso());
            let note = self.text(40, 160) + &self.needle("contact", n, total, "contacts/contacts.vcf");
            let note = folded(&format!("NOTE:{}", note.replace(',', "\\,").replace(';', "\\;")));
            push!(
                out,
                "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{first} {last}\r\nEMAIL;TYPE=INTERNET:{mail}\r\n\
                 TEL;TYPE=CELL:+33 6 39 98 {phone}\r\nREV:{at}\r\n{note}\r\nEND:VCARD\r\n"
            );
        }
        out
    }
}

/// JSON text in which everything beyond ASCII is written as `\uXXXX`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut units = [0; 2];
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            c.encode_utf16(&mut units).iter().for_each(|u| push!(out, "\\u{u:04x}"));
        }
    }
    out
}

/// HTML text in which accented letters are written as entities.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for c in text.chars() {
        match c {
            'é' => out.push_str("&eacute;"),
            'è' => out.push_str("&egrave;"),
            'ê' => out.push_str("&ecirc;"),
            'à' => out.push_str("&agrave;"),
            'ç' => out.push_str("&ccedil;"),
            '&' => out.push_str("&amp;"),
            _ if c.is_ascii() => out.push(c),
            _ => push!(out, "&#{};", u32::from(c)),
        }
    }
    out
}

/// A line of a vCard in pieces of 70 characters, each further one behind a blank.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    for (n, c) in line.chars().enumerate() {
        if n > 0 && n % 70 == 0 {
            out.push_str("\r\n ");
        }
        out.push(c);
    }
    out
}
