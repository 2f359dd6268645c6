//! jCard (RFC 7095): the same cards as lists in JSON, `["vcard", [["fn", {}, "text", "Ada"], …]]`.

use super::fill::part_name;
use crate::blocks::{Block, Cut, Filling};
use crate::json::{self, skip_space};
use crate::oddities::say;

/// Cuts cards out of the lists that they stand in.
#[derive(Debug, Default)]
pub(crate) struct Jcards;

impl Cut for Jcards {
    fn next(&mut self, text: &str, at: usize, ended: bool) -> Option<Block> {
        let from = skip_space(text, at);
        if starts_card(&text[from..]) {
            return match json::skip(text, from) {
                Some(end) => Some(Block::record("card", from, end)),
                None if ended => Some(Block {
                    open: Some(("card", true)),
                    next: text.len(),
                    ..Block::record("card", from, text.trim_end().len())
                }),
                None => None,
            };
        }
        let brackets = text.as_bytes().iter().enumerate().skip(from);
        let next = brackets.filter(|(_, b)| **b == b'[').find(|(n, _)| starts_card(&text[*n..]));
        match next {
            Some((n, _)) => Some(Block::between(from, n)),
            None if ended => Some(Block::between(from, text.len())),
            None => None,
        }
    }
}

/// Whether a text starts with a card, or a list of them.
pub(crate) fn looks_like_jcard(start: &str) -> bool {
    starts_card(start) || start.strip_prefix('[').is_some_and(|rest| starts_card(rest.trim_start()))
}

fn starts_card(text: &str) -> bool {
    let name = text.strip_prefix('[').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
    name.and_then(|n| n.get(..6)).is_some_and(|n| n.eq_ignore_ascii_case("vcard\""))
}

/// Where in a card the reading is.
#[derive(Default)]
struct Property {
    name: String,
    /// Which element of the property comes next, and of its value, if that has parts.
    element: usize,
    part: usize,
    /// The parameter whose value comes next.
    parameter: String,
}

/// Lists of a card: the card is 1, its properties 2, each of them 3, its parameters or the parts of its value 4.
const PROPERTY: usize = 3;

/// Fills a row.
pub(super) fn fill(block: &mut Filling<'_>) {
    let text = block.text();
    if block.sort.is_empty() {
        // Between the cards stand commas and brackets; anything else is kept.
        let other = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']'));
        block.push(&["text"], other);
        return;
    }
    let bytes = text.as_bytes();
    let mut depth = 0;
    let mut property = Property::default();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'[' | b'{' => {
                depth += 1;
                if depth == PROPERTY {
                    property = Property::default();
                } else if depth == PROPERTY + 1 {
                    property.part = 0;
                }
                at += 1;
            }
            b']' | b'}' => {
                depth -= depth.min(1);
                at += 1;
            }
            b',' => {
                match depth {
                    PROPERTY => property.element += 1,
                    4 if property.element >= 3 => property.part += 1,
                    4 => property.parameter.clear(),
                    _ => {}
                }
                at += 1;
            }
            b':' | b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'"' => {
                let end =
                    json::string_end(bytes, at + 1, b'"', &mut None).map_or(bytes.len(), |(end, _)| end);
                let end = crate::out::floor(text, end);
                value(block, &mut property, depth, &text[at + 1..end]);
                at = end + 1;
            }
            _ => {
                let stop = |b: &u8| matches!(b, b',' | b']' | b'}' | b'[' | b'{' | b'"');
                let end = bytes[at..].iter().position(stop).map_or(bytes.len(), |n| at + n);
                value(block, &mut property, depth, text[at..end].trim());
                at = end.max(at + 1);
            }
        }
    }
}

/// Takes the text of an element of a property.
fn value(block: &mut Filling<'_>, property: &mut Property, depth: usize, written: &str) {
    let mut plain = String::new();
    json::unescape(written, &mut plain);
    let value = plain.trim();
    match (depth, property.element) {
        (PROPERTY, 0) => property.name = value.to_ascii_uppercase(),
        (PROPERTY, 2) | (0..=2, _) => {}
        (_, 1) if property.parameter.is_empty() => property.parameter = value.to_ascii_uppercase(),
        (_, 1) => {
            let path = [property.name.as_str(), property.parameter.as_str()];
            block.push_as_counted(&path, value, written);
        }
        (PROPERTY, _)
            if value.get(..5).is_some_and(|v| v.eq_ignore_ascii_case("data:")) && value.len() > 200 =>
        {
            let (name, size) = (property.name.clone(), value.len() / 4 * 3);
            let at = block.place(written).start;
            block.note("attachment_unread", at, |o, _| {
                say(format!("the {name} of about {size} bytes is not read"))(o)
                    .with("name", &name)
                    .with("bytes", size)
            });
        }
        (PROPERTY, _) => block.push_as_counted(&[&property.name], value, written),
        _ => match part_name(&property.name, property.part) {
            Some(part) => block.push_as_counted(&[&property.name, part], value, written),
            None => block.push_as_counted(&[&property.name], value, written),
        },
    }
}
