//! A card, an event or what stands around them becomes a row: a value for each property and each of its parameters.

use std::collections::HashMap;

use super::mark;
use super::property::{Line, Property, Written, parameter_text, parts, unescaped, unfolded};
use crate::blocks::Filling;
use crate::names::FieldId;
use crate::oddities::quoted;

/// Properties whose value has parts with names of their own.
const STRUCTURED: &[(&str, &[&str])] = &[
    ("N", &["family", "given", "additional", "prefix", "suffix"]),
    ("ADR", &["post box", "extended", "street", "city", "region", "postal code", "country"]),
    ("ORG", &["name", "unit"]),
    ("GENDER", &["sex", "identity"]),
];

/// The name of the n-th part of a property's value, if it has parts with names.
pub(super) fn part_name(property: &str, n: usize) -> Option<&'static str> {
    let (_, names) = STRUCTURED.iter().find(|(name, _)| *name == property)?;
    names.get(n.min(names.len() - 1)).copied()
}

/// Parameters that say how a value is written and nothing about it.
const TECHNICAL: &[&str] = &["ENCODING", "CHARSET", "VALUE"];

/// So many components inside one another are told apart; calendars have two.
const NESTED: usize = 16;

/// A component that is open.
struct Open {
    name: String,
    /// How many components of each name it has had.
    counts: HashMap<String, u32>,
}

/// Where in the block the reading is.
struct Reader<'a, 'b> {
    block: &'a mut Filling<'b>,
    open: Vec<Open>,
    /// Path and positions of the open components.
    path: Vec<String>,
    indexes: Vec<u32>,
    /// How many values each field has had.
    counts: HashMap<(FieldId, Vec<u32>), u32>,
    /// vCard 2.1.
    old: bool,
    /// Whether the last property is base64, which may go on in lines that are not folded.
    base64: bool,
    /// Deeper components than are told apart.
    deeper: usize,
}

/// Fills a row.
pub(crate) fn fill(block: &mut Filling<'_>) {
    let (text, from, to) = (block.piece.text, block.from, block.to);
    let old = block.sort == "card" && text[from..to].lines().take(50).any(|l| l.trim() == "VERSION:2.1");
    let mut reader = Reader {
        block,
        open: vec![Open { name: String::new(), counts: HashMap::new() }],
        path: Vec::new(),
        indexes: Vec::new(),
        counts: HashMap::new(),
        old,
        base64: false,
        deeper: 0,
    };
    let mut at = from;
    let mut first = true;
    while at < to {
        let line = unfolded(text, at, to, old);
        at = line.next;
        reader.line(&line, first);
        first = false;
    }
}

impl Reader<'_, '_> {
    fn line(&mut self, line: &Line<'_>, first: bool) {
        let content = line.text.trim_matches(['\u{FEFF}', '\r']);
        if content.trim().is_empty() {
            self.base64 = false;
            return;
        }
        match mark(content) {
            // The record's own marks are not inside it; a calendar is only what stands around.
            Some((_, name)) if name.eq_ignore_ascii_case("VCALENDAR") => return,
            Some((true, _)) if first && !self.block.sort.is_empty() => return,
            Some((true, name)) => return self.begin(name),
            Some((false, name)) => return self.end(name, line),
            None => {}
        }
        let Some(property) = Property::of(content) else {
            if self.base64 && content.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/= ".contains(&b)) {
                return;
            }
            self.block.note("odd_property", line.from, |o, n| {
                crate::oddities::say(format!("line {n} is no property; it is kept as text"))(o)
                    .with("line", n)
            });
            let text = &self.block.piece.text[line.from..line.to];
            let start = line.from + text.len() - text.trim_start().len();
            self.value(&["text"], text.trim(), start, start + text.trim().len());
            return;
        };
        self.property(&property, line);
    }

    fn begin(&mut self, name: &str) {
        if self.open.len() > NESTED {
            self.deeper += 1;
            return;
        }
        let name = name.to_ascii_uppercase();
        let above = self.open.last_mut().expect("the block itself is never closed");
        let count = above.counts.entry(name.clone()).or_insert(0);
        self.indexes.push(*count);
        *count += 1;
        self.path.push(name.clone());
        self.path.push("*".to_owned());
        self.open.push(Open { name, counts: HashMap::new() });
    }

    fn end(&mut self, name: &str, line: &Line<'_>) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if let Some(n) = self.open.iter().rposition(|o| o.name.eq_ignore_ascii_case(name)) {
            self.open.truncate(n.max(1));
            self.path.truncate(2 * (self.open.len() - 1));
            self.indexes.truncate(self.open.len() - 1);
            return;
        }
        let last = line.to >= self.block.to;
        if self.block.sort.is_empty() || !last {
            let name = quoted(name);
            self.block.note("stray_end", line.from, |o, n| {
                crate::oddities::say(format!("line {n} ends {name}, which is not open"))(o)
                    .with("line", n)
                    .with("name", name)
            });
        }
    }

    fn property(&mut self, property: &Property<'_>, line: &Line<'_>) {
        let name = property.name.to_ascii_uppercase();
        let written = property.written();
        self.base64 = written == Written::Base64;
        if self.base64 {
            let size = property.value.len() / 4 * 3;
            let called = name.clone();
            self.block.note("attachment_unread", line.from, |o, _| {
                crate::oddities::say(format!("the {called} of about {size} bytes is not read"))(o)
                    .with("name", &called)
                    .with("bytes", size)
            });
        } else {
            let decoded = property.decoded();
            // Where the value stands exactly as it is read, its own bytes are its place; else those of the property.
            let plain = written == Written::Plain && matches!(line.text, std::borrow::Cow::Borrowed(_));
            let start = (plain && line.to >= property.value.len()).then(|| line.to - property.value.len());
            let parted = self.block.sort == "card" && part_name(&name, 0).is_some();
            match parted {
                true => {
                    for (n, (from, to)) in parts(&decoded, b';').enumerate() {
                        let part = part_name(&name, n).unwrap_or_default();
                        self.text(&[&name, part], &decoded[from..to], line, start.map(|s| s + from));
                    }
                }
                false => self.text(&[&name], &decoded, line, start),
            }
        }
        for (parameter, value) in &property.parameters {
            let parameter =
                if parameter.is_empty() { "TYPE".to_owned() } else { parameter.to_ascii_uppercase() };
            let bare = matches!(value.to_ascii_uppercase().as_str(), "QUOTED-PRINTABLE" | "BASE64");
            if TECHNICAL.contains(&parameter.as_str()) || bare {
                continue;
            }
            let value = parameter_text(value);
            self.value(&[&name, &parameter], value.trim(), line.from, line.to);
        }
        if !property.group.is_empty() {
            self.value(&[&name, "group"], property.group, line.from, line.to);
        }
    }

    /// Adds a value, escapes taken away. `start` is where it stands in the text, if it stands there as it is.
    fn text(&mut self, path: &[&str], value: &str, line: &Line<'_>, start: Option<usize>) {
        let lead = value.len() - value.trim_start().len();
        let value = value.trim();
        let text = unescaped(value, self.old);
        let text = text.trim();
        let exact = start.map(|s| s + lead).filter(|s| {
            text.len() == value.len() && self.block.piece.text.get(*s..s + value.len()) == Some(text)
        });
        let (from, to) = exact.map_or((line.from, line.to), |s| (s, s + value.len()));
        self.value(path, text, from, to);
    }

    fn value(&mut self, path: &[&str], value: &str, from: usize, to: usize) {
        if value.is_empty() {
            return;
        }
        let mut steps: Vec<&str> = self.path.iter().map(String::as_str).collect();
        steps.extend_from_slice(path);
        let field = self.block.field(&steps);
        let mut indexes = self.indexes.clone();
        let count = self.counts.entry((field, indexes.clone())).or_insert(0);
        *count += 1;
        if *count > 1 {
            indexes.push(*count);
        }
        self.block.push_at(field, value, &indexes, from, to);
    }
}
