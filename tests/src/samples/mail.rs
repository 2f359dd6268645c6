//! Writes mails as EML, in the codings that mailing programs really use.

use crate::clock::Moment;

/// A mail to be written.
pub(crate) struct Mail<'a> {
    /// Name and address of the sender.
    pub(crate) from: (&'a str, &'a str),
    /// Name and address of the recipient.
    pub(crate) to: (&'a str, &'a str),
    /// The subject, in plain words.
    pub(crate) subject: &'a str,
    /// When it was sent.
    pub(crate) at: Moment,
    /// The left side of its message id.
    pub(crate) id: &'a str,
    /// Further headers, as they stand.
    pub(crate) headers: &'a [String],
    /// The body, in plain words.
    pub(crate) body: &'a str,
    /// How the body is coded.
    pub(crate) coding: Coding<'a>,
}

/// How a body is coded.
pub(crate) enum Coding<'a> {
    /// UTF-8 as it is.
    EightBit,
    /// Quoted-printable over UTF-8.
    QuotedPrintable,
    /// Quoted-printable over ISO-8859-1.
    QuotedLatin1,
    /// Base64 over UTF-8.
    Base64,
    /// Plain text beside the same as HTML.
    Alternative,
    /// Base64 text with a file: its name, its type, its bytes.
    Attachment(&'a str, &'a str, &'a [u8]),
}

impl Mail<'_> {
    /// The mail as bytes; lines end in CR LF.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        let mut line = |text: &str| {
            out.push_str(text);
            out.push('\n');
        };
        line(&format!("From: {} <{}>", word(self.from.0), self.from.1));
        line(&format!("To: {} <{}>", word(self.to.0), self.to.1));
        line(&format!("Subject: {}", word(self.subject)));
        line(&format!("Date: {}", self.at.mail()));
        line(&format!("Message-ID: <{}@mail.sellsy.example>", self.id));
        for header in self.headers {
            line(header);
        }
        line("MIME-Version: 1.0");
        let part = |charset: &str, coding: &str, text: &str| {
            format!(
                "Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {coding}\n\n{text}\n"
            )
        };
        let bound = format!("=_{}", self.id);
        match self.coding {
            Coding::EightBit => line(&part("utf-8", "8bit", self.body)),
            Coding::QuotedPrintable => {
                line(&part("utf-8", "quoted-printable", &quoted_printable(self.body, utf8)));
            }
            Coding::QuotedLatin1 => {
                line(&part("iso-8859-1", "quoted-printable", &quoted_printable(self.body, latin1)));
            }
            Coding::Base64 => line(&part("utf-8", "base64", &lines_of_base64(self.body.as_bytes()))),
            Coding::Alternative => {
                line(&format!("Content-Type: multipart/alternative; boundary=\"{bound}\"\n\n--{bound}"));
                line(&part("utf-8", "8bit", self.body));
                let html = quoted_printable(&html(self.subject, self.body), utf8);
                line(&format!("--{bound}\nContent-Type: text/html; charset=utf-8"));
                line(&format!("Content-Transfer-Encoding: quoted-printable\n\n{html}\n--{bound}--"));
            }
            Coding::Attachment(name, kind, bytes) => {
                line(&format!("Content-Type: multipart/mixed; boundary=\"{bound}\"\n\n--{bound}"));
                line(&part("utf-8", "base64", &lines_of_base64(self.body.as_bytes())));
                line(&format!("--{bound}\nContent-Type: {kind}; name=\"{name}\""));
                line("Content-Transfer-Encoding: base64");
                line(&format!("Content-Disposition: attachment; filename=\"{name}\"\n"));
                line(&format!("{}\n--{bound}--", lines_of_base64(bytes)));
            }
        }
        out.replace('\n', "\r\n").into_bytes()
    }
}

fn html(title: &str, body: &str) -> String {
    let paragraphs: String =
        body.split("\n\n").map(|p| format!("<p>{}</p>\n", escape(p).replace('\n', "<br>\n"))).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>{0}</title></head><body>\n<h1>{0}</h1>\n{paragraphs}</body></html>",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A header's text as RFC 2047 wants it: plain where it is ASCII, else encoded words in base64.
pub(crate) fn word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    // An encoded word holds 75 characters at most, and never half a character: 42 bytes leave room for the frame.
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if words.last().is_some_and(|w| w.len() + c.len_utf8() > 42) {
            words.push(String::new());
        }
        words.last_mut().expect("there is always one").push(c);
    }
    let words: Vec<String> = words.iter().map(|w| format!("=?UTF-8?B?{}?=", base64(w.as_bytes()))).collect();
    words.join("\n ")
}

fn utf8(c: char) -> Vec<u8> {
    c.to_string().into_bytes()
}

fn latin1(c: char) -> Vec<u8> {
    vec![u8::try_from(u32::from(c)).unwrap_or(b'?')]
}

/// Quoted-printable: soft breaks before column 76, nothing but ASCII, no blank at the end of a line.
pub(crate) fn quoted_printable(text: &str, bytes_of: impl Fn(char) -> Vec<u8>) -> String {
    let mut out = String::new();
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let mut column = 0;
        for c in line.chars() {
            let token: String = match c {
                ' '..='~' if c != '=' => c.to_string(),
                _ => bytes_of(c).iter().map(|b| format!("={b:02X}")).collect(),
            };
            if column + token.len() > 75 {
                out.push_str("=\n");
                column = 0;
            }
            column += token.len();
            out.push_str(&token);
        }
    }
    out
}

/// Base64 in lines of 76 characters.
pub(crate) fn lines_of_base64(bytes: &[u8]) -> String {
    let lines: Vec<String> = bytes.chunks(57).map(base64).collect();
    lines.join("\n")
}

/// Base64 in one piece.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0_usize, |n, &b| n << 8 | usize::from(b)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let six = n >> (18 - 6 * digit) & 63;
            out.push(if digit <= three.len() { char::from(DIGITS[six]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_one_of_rfc_4648() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (text, expected) in cases {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn quoted_printable_breaks_softly_and_hides_what_is_not_ascii() {
        assert_eq!(quoted_printable("é = e", utf8), "=C3=A9 =3D e");
        assert_eq!(quoted_printable("é", latin1), "=E9");
        let long = quoted_printable(&"ab ".repeat(60), utf8);
        assert!(long.lines().all(|l| l.len() <= 76));
        assert!(long.lines().next().is_some_and(|l| l.ends_with('=')));
    }

    #[test]
    fn a_long_subject_becomes_several_encoded_words() {
        assert_eq!(word("Invoice"), "Invoice");
        assert_eq!(word("Été"), "=?UTF-8?B?w4l0w6k=?=");
        assert!(word(&"é".repeat(60)).lines().all(|l| l.trim().len() <= 75));
    }
}
