//! The texts that the cells of a workbook share.

use super::binary;
use crate::limits;
use crate::office::{Event, Package};
use crate::out::Out;

/// Every shared text, by its number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
    used: Vec<bool>,
}

impl Strings {
    pub(super) fn read(package: &Package, part: &str, out: &mut Out<'_>) -> Self {
        if binary::is(part) {
            return binary::strings(package, part, out);
        }
        let mut strings = Self::default();
        let Some(mut part) = package.part(part) else { return strings };
        loop {
            match part.next() {
                Event::Open(tag) if tag.name() == "si" => {
                    if strings.text.len() >= limits::WHOLE {
                        out.partly = true;
                        break;
                    }
                    rich_text(&mut part, &mut strings.text);
                    strings.end();
                }
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
        strings
    }

    /// Adds a text. False if there is no room for more.
    pub(super) fn push(&mut self, text: &str) -> bool {
        let fits = self.text.len() < limits::WHOLE;
        if fits {
            self.text.push_str(text);
            self.end();
        }
        fits
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
        self.used.push(false);
    }

    /// The text of this number, which counts as used from now on.
    pub(super) fn get(&mut self, number: usize) -> Option<&str> {
        *self.used.get_mut(number)? = true;
        self.text(number)
    }

    fn text(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).and_then(|n| self.ends.get(n)).copied().unwrap_or(0);
        Some(&self.text[start..end])
    }

    /// The texts that no cell shows, with their numbers.
    pub(super) fn unused(&self) -> impl Iterator<Item = (usize, &str)> {
        let unused = self.used.iter().enumerate().filter(|(_, used)| !**used);
        unused.filter_map(|(n, _)| self.text(n).map(|text| (n, text))).filter(|(_, t)| !t.trim().is_empty())
    }
}

/// Appends the text of the element that was opened last: its runs without how they are pronounced, and with what is
/// written as `_x000D_` resolved.
pub(super) fn rich_text(part: &mut crate::office::Pull<'_>, out: &mut String) {
    let inside = part.depth();
    let from = out.len();
    let mut wanted = false;
    loop {
        match part.next() {
            Event::Open(tag) => match tag.name() {
                "rPh" => part.skip(),
                "t" => wanted = true,
                _ => {}
            },
            Event::Text(text) if wanted => out.push_str(text),
            Event::Text(_) => {}
            Event::Close(name) => {
                wanted &= name != "t";
                if part.depth() < inside {
                    break;
                }
            }
            Event::End => break,
        }
    }
    if out[from..].contains("_x") {
        let resolved = unescape(&out[from..]);
        out.truncate(from);
        out.push_str(&resolved);
    }
}

/// Resolves `_x000D_` and the like: characters that XML cannot hold, and the underscore itself.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..6)
            .filter(|_| rest.as_bytes().get(6) == Some(&b'_'))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .filter(|code| *code < 0x20 || *code == 0x5F)
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_characters_that_xml_cannot_hold() {
        let check = |text: &str, wanted: &str| assert_eq!(unescape(text), wanted);
        check("a_x000D_\nb", "a\r\nb");
        check("_x005F_x000D_", "_x000D_");
        check("_x00e9_ _xyz _x", "_x00e9_ _xyz _x");
        check("é_xé000_", "é_xé000_");
    }
}
