//! Fields: a code that is not shown, and behind it what it came to.

use crate::limits;

/// How deep fields may stand in one another before their codes are taken for text.
const DEPTH: usize = 32;

/// A code longer than this has lost its end.
const CODE: usize = limits::TEXT_VALUE;

#[derive(Debug, Default)]
struct Field {
    code: Vec<u16>,
    /// What follows is what it came to.
    shown: bool,
}

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

/// What a letter is, with regard to fields.
pub(super) enum Letter {
    /// It is shown.
    Shown,
    /// It belongs to a code, or is a mark.
    Hidden,
    /// What was taken for a code is text: it has no end.
    Lost(Vec<u16>),
}

impl Fields {
    /// Takes a letter. What a field leads to is added to `links`.
    pub(super) fn take(&mut self, letter: u16, links: &mut Vec<String>) -> Letter {
        match letter {
            0x13 if self.0.len() < DEPTH => self.0.push(Field::default()),
            0x13 => {}
            0x14 => {
                if let Some(field) = self.0.last_mut() {
                    field.shown = true;
                    links.extend(link(&String::from_utf16_lossy(&field.code)));
                }
            }
            0x15 => {
                if let Some(field) = self.0.pop().filter(|field| !field.shown) {
                    links.extend(link(&String::from_utf16_lossy(&field.code)));
                }
            }
            _ => {
                let Some(hidden) = self.0.iter().rposition(|field| !field.shown) else {
                    return Letter::Shown;
                };
                let field = &mut self.0[hidden];
                field.code.push(letter);
                if letter == 0x0D || field.code.len() > CODE {
                    let lost = std::mem::take(&mut field.code);
                    field.shown = true;
                    return Letter::Lost(lost);
                }
            }
        }
        Letter::Hidden
    }

    /// What follows has nothing to do with the fields before.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Where a code leads.
pub(super) fn link(code: &str) -> Option<String> {
    let mut parts = code.trim_start().strip_prefix("HYPERLINK")?.split('"');
    // What leads to a place in the document itself says so first.
    let inside = parts.next()?.contains("\\l");
    let target = parts.next()?.trim();
    (!inside && !target.is_empty()).then(|| target.to_owned())
}
