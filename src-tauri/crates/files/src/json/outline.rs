//! Which lists a JSON file is made of, told from its outline: the keys of the first levels and what stands behind
//! them.

use std::collections::{BTreeMap, HashSet};

use super::value::{self, Odd, Scratch, member_key, skip, skip_space};
use super::words::{ABOUT, AROUND, COLLECTIONS, PARTS, STRONG, WEAK};
use crate::decode::{Map, Piece};
use crate::names::{Namer, Names, TOP};
use crate::row::Row;

/// How deep wrappers are looked into for lists, and one level more for the keys of what may be a map.
const LEVELS: usize = 4;

/// So many members of an object are looked at.
const MEMBERS: usize = 2_000;

/// What an object's members are to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    /// One record.
    Record,
    /// An array of records.
    List,
    /// An object of records, each under its id.
    Map,
    /// Lists stand inside; what is not in the map is decided when it is met.
    Wrapper(BTreeMap<String, Plan>),
    /// Stands around the records and is none.
    Heading,
}

impl Plan {
    /// The first list below this, as the keys that lead to it.
    pub(crate) fn first_list(&self) -> Option<Vec<&str>> {
        let mut path = Vec::new();
        let mut at = self;
        // A wrapper always holds a list, so this goes straight down, at most `LEVELS` deep.
        loop {
            match at {
                Self::List | Self::Map => return Some(path),
                Self::Wrapper(plans) => {
                    let lists = |p: &Self| matches!(p, Self::List | Self::Map | Self::Wrapper(_));
                    let (key, plan) = plans.iter().find(|(_, p)| lists(p))?;
                    path.push(key.as_str());
                    at = plan;
                }
                Self::Record | Self::Heading => return None,
            }
        }
    }
}

#[derive(Debug)]
enum Shape {
    Scalar,
    Array {
        items: usize,
        nested: usize,
        /// Nothing but names with their values: the details of one thing.
        pairs: bool,
    },
    Object(Outline),
}

#[derive(Debug, Default)]
struct Outline {
    members: Vec<(String, Shape)>,
}

/// Whether the head of a file reads as JSON: nothing unexpected up to where it ends.
pub(crate) fn looks_like_json(head: &str, whole: bool) -> bool {
    let at = skip_space(head, 0);
    let rest = &head.as_bytes()[at..];
    if rest.len() < 2 || !matches!(rest[0], b'{' | b'[') {
        return false;
    }
    let mut scratch = Scratch::default();
    let piece = Piece { text: head, base: 0, map: &Map::default() };
    let mut names = Names::default();
    let _ =
        value::read(piece, at, whole, TOP, &mut Namer::Grow(&mut names), &mut Row::default(), &mut scratch);
    !scratch.odd.iter().any(|o| matches!(o, Odd::Unexpected(_)))
}

/// Whether text starts with a whole value of JSON, or goes on as one to its end.
pub(crate) fn starts_as_json(text: &str, whole: bool) -> bool {
    let end = skip(text, 0).unwrap_or(text.len());
    looks_like_json(&text[..end], whole || end < text.len())
}

/// Plans the object that starts at `at`.
pub(crate) fn plan(text: &str, at: usize) -> Plan {
    match shape(text, at, 1).0 {
        Shape::Object(outline) => decide(&outline, 1),
        Shape::Array { .. } => Plan::List,
        Shape::Scalar => Plan::Record,
    }
}

fn shape(text: &str, at: usize, level: usize) -> (Shape, Option<usize>) {
    match text.as_bytes().get(at) {
        Some(b'{') if level <= LEVELS => object(text, at, level),
        Some(b'{') => (Shape::Object(Outline::default()), skip(text, at)),
        Some(b'[') => array(text, at),
        Some(_) => (Shape::Scalar, skip(text, at)),
        None => (Shape::Scalar, None),
    }
}

/// `LEVELS` bounds how deep this and [`shape`] call one another.
fn object(text: &str, at: usize, level: usize) -> (Shape, Option<usize>) {
    let mut outline = Outline::default();
    let mut key = String::new();
    let mut at = at + 1;
    loop {
        at = skip_space(text, at);
        match text.as_bytes().get(at) {
            Some(b'}') => return (Shape::Object(outline), Some(at + 1)),
            Some(b',') => {
                at += 1;
                continue;
            }
            None => return (Shape::Object(outline), None),
            Some(_) => {}
        }
        let Ok(Some(behind)) = member_key(text, at, true, &mut key) else {
            return (Shape::Object(outline), None);
        };
        let (shape, end) = shape(text, skip_space(text, behind), level + 1);
        if outline.members.len() < MEMBERS {
            outline.members.push((key.clone(), shape));
        }
        let Some(end) = end else { return (Shape::Object(outline), None) };
        at = end.max(behind);
    }
}

fn array(text: &str, at: usize) -> (Shape, Option<usize>) {
    let (mut items, mut nested, mut pairs) = (0, 0, true);
    let mut at = at + 1;
    loop {
        at = skip_space(text, at);
        match text.as_bytes().get(at) {
            Some(b']') => return (Shape::Array { items, nested, pairs: pairs && items > 0 }, Some(at + 1)),
            Some(b',') => {
                at += 1;
                continue;
            }
            None => return (Shape::Array { items, nested, pairs: pairs && items > 0 }, None),
            Some(b) => {
                items += 1;
                nested += usize::from(matches!(b, b'{' | b'['));
                pairs = pairs && is_pair(text, at);
            }
        }
        match skip(text, at) {
            Some(end) if end > at => at = end,
            _ => return (Shape::Array { items, nested, pairs: pairs && items > 0 }, None),
        }
    }
}

/// Whether an object is a name with its value and nothing else.
fn is_pair(text: &str, at: usize) -> bool {
    let mut key = String::new();
    let mut keys = 0;
    if text.as_bytes().get(at) != Some(&b'{') {
        return false;
    }
    let mut at = at + 1;
    loop {
        at = skip_space(text, at);
        match text.as_bytes().get(at) {
            Some(b'}') => return keys == 2,
            Some(b',') => {
                at += 1;
                continue;
            }
            Some(_) if keys < 2 => {}
            _ => return false,
        }
        let Ok(Some(behind)) = member_key(text, at, true, &mut key) else { return false };
        let value = skip_space(text, behind);
        let flat = !matches!(text.as_bytes().get(value), Some(b'{' | b'['));
        let expected = if keys == 0 { "name" } else { "value" };
        let Some(end) = skip(text, value).filter(|end| *end > at && flat && key == expected) else {
            return false;
        };
        keys += 1;
        at = end;
    }
}

fn decide(outline: &Outline, level: usize) -> Plan {
    if level == 1
        && let Some(plan) = nothing_but_lists(outline)
    {
        return plan;
    }
    let named = |name: &str| outline.members.iter().any(|(key, _)| plain(key) == name);
    let traffic = named("entries") && named("creator");
    let details =
        !outline.members.is_empty() && outline.members.iter().all(|(key, shape)| is_details(key, shape));
    let mut plans = BTreeMap::new();
    let mut lists = false;
    let mut records = 0;
    for (key, shape) in &outline.members {
        let plan = match shape {
            Shape::Array { .. } if details => Plan::Record,
            // The pages of recorded traffic say where its entries belong.
            _ if traffic && matches!(plain(key).as_str(), "pages" | "browser") => Plan::Heading,
            // Who takes part in a conversation stands around its messages.
            Shape::Array { .. } if AROUND.contains(&plain(key).as_str()) => Plan::Heading,
            Shape::Array { items, nested, .. } if *nested * 2 > *items => Plan::List,
            Shape::Scalar | Shape::Array { .. } => Plan::Heading,
            // `{"gifts": {"sent": []}}` says that there are none.
            Shape::Object(inner) if level < LEVELS && hollow(inner, level + 1) => Plan::Heading,
            Shape::Object(inner) if level < LEVELS => decide(inner, level + 1),
            Shape::Object(_) => Plan::Record,
        };
        lists |= matches!(plan, Plan::List | Plan::Map | Plan::Wrapper(_));
        lists |= details;
        records += usize::from(plan == Plan::Record);
        plans.insert(key.clone(), plan);
    }
    let ids = outline.members.len() >= 2 && outline.members.iter().all(|(key, _)| is_id(key));
    // Under plain numbers stand things, with whatever lists of their own.
    let numbers = ids && outline.members.iter().all(|(key, _)| is_number(key));
    let things = records == outline.members.len() && (records >= 3 || ids);
    if (things || numbers) && !details && alike(outline) {
        return Plan::Map;
    }
    if !lists || one_thing(outline, &plans) {
        return Plan::Record;
    }
    for (key, shape) in &outline.members {
        if let Shape::Object(inner) = shape
            && plans.get(key) == Some(&Plan::Record)
            && (about_the_file(key, inner))
        {
            plans.insert(key.clone(), Plan::Heading);
        }
    }
    Plan::Wrapper(plans)
}

/// The plan of a file that is an object of lists and nothing else, whatever their items are. Lists of one thing's own
/// details (its mail addresses, its phone numbers) are none of these.
fn nothing_but_lists(outline: &Outline) -> Option<Plan> {
    let lists = |shape: &Shape| matches!(shape, Shape::Array { .. });
    let own = |key: &str| {
        let name = plain(key);
        let one = name.strip_suffix('s').unwrap_or(&name);
        [name.as_str(), one].iter().any(|n| STRONG.contains(n) || WEAK.contains(n))
    };
    let all = outline.members.iter().all(|(key, shape)| lists(shape) && !own(key));
    if !all || outline.members.is_empty() || outline.members.iter().all(|(key, shape)| is_details(key, shape))
    {
        return None;
    }
    let plan = |shape: &Shape| match shape {
        Shape::Array { items, .. } if *items > 0 => Plan::List,
        _ => Plan::Heading,
    };
    Some(Plan::Wrapper(outline.members.iter().map(|(key, shape)| (key.clone(), plan(shape))).collect()))
}

/// Whether a member is a thing as names and values under its id, as WordPress writes personal data.
fn is_details(key: &str, shape: &Shape) -> bool {
    matches!(shape, Shape::Array { pairs: true, .. }) && key.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a key is the id of something and not what it is called.
fn is_id(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && (digits == key.len() || key.ends_with(|c: char| c.is_ascii_digit()) || key.len() >= 16)
        || key.contains('@')
}

/// Whether a key is a number, or long enough to be drawn by lot.
fn is_number(key: &str) -> bool {
    key.bytes().all(|b| b.is_ascii_digit()) || key.len() >= 16 && is_id(key)
}

/// Whether nothing but empty lists stands in an object. Objects below the last level are not known.
fn hollow(outline: &Outline, level: usize) -> bool {
    outline.members.iter().all(|(_, shape)| match shape {
        Shape::Scalar => false,
        Shape::Array { items, .. } => *items == 0,
        Shape::Object(inner) => level < LEVELS && hollow(inner, level + 1),
    })
}

/// Whether the members of an object are things of one sort, so that its keys are their ids.
fn alike(outline: &Outline) -> bool {
    let mut first: Option<HashSet<&str>> = None;
    for (_, shape) in outline.members.iter().take(50) {
        let Shape::Object(inner) = shape else { return false };
        let keys: HashSet<&str> = inner.members.iter().map(|(k, _)| k.as_str()).collect();
        match &first {
            None => first = Some(keys),
            Some(first) => {
                let common = first.intersection(&keys).count();
                if common == 0 || common * 2 < first.union(&keys).count() {
                    return false;
                }
            }
        }
    }
    first.is_some_and(|keys| !keys.is_empty())
}

/// Whether an object with lists inside is one thing all the same: an invoice with its lines, a ticket with its
/// messages. It says so by a name of its own, and its lists are parts of it.
fn one_thing(outline: &Outline, plans: &BTreeMap<String, Plan>) -> bool {
    let (mut strong, mut weak) = (0, 0);
    let (mut parts, mut others, mut collections, mut longest) = (0, 0, 0, 0);
    for (key, shape) in &outline.members {
        let name = plain(key);
        match shape {
            Shape::Scalar => {
                strong += usize::from(STRONG.contains(&name.as_str()));
                weak += usize::from(WEAK.contains(&name.as_str()));
            }
            Shape::Array { items, .. } if plans.get(key) == Some(&Plan::List) => {
                longest = longest.max(*items);
                if PARTS.contains(&name.as_str()) {
                    parts += 1;
                } else if COLLECTIONS.contains(&name.as_str()) {
                    collections += 1;
                } else {
                    others += 1;
                }
            }
            Shape::Array { .. } => {}
            Shape::Object(_) => {
                if matches!(plans.get(key), Some(Plan::Wrapper(_) | Plan::Map)) {
                    others += 1;
                }
                // `{"name": {"first": …}, "birthday": {"day": …}}`
                strong += usize::from(matches!(name.as_str(), "name" | "birthday" | "dateofbirth"));
            }
        }
    }
    if collections > 0 || is_chat(outline, longest) {
        return false;
    }
    if strong > 0 {
        return others == 0 || longest <= 50;
    }
    weak >= 2 && others == 0 && parts > 0 && longest <= 50
}

/// Whether an object is a conversation whose messages stand for themselves: a chat, and not a ticket with a subject.
fn is_chat(outline: &Outline, longest: usize) -> bool {
    let named = |name: &str| outline.members.iter().any(|(key, _)| plain(key) == name);
    let topic = ["subject", "status", "state", "priority", "createdat"].into_iter().any(named);
    named("messages") && !topic && (longest > 50 || named("name") && named("type"))
}

/// Whether an object beside lists speaks of the file and not of a thing.
fn about_the_file(key: &str, inner: &Outline) -> bool {
    let flat = inner.members.iter().all(|(_, s)| matches!(s, Shape::Scalar));
    flat && ABOUT.contains(&plain(key).as_str())
}

/// A key without case, accents and marks.
fn plain(key: &str) -> String {
    key.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'à' | 'â' | 'ä' => Some('a'),
            'ô' | 'ö' => Some('o'),
            'î' | 'ï' => Some('i'),
            'û' | 'ü' | 'ù' => Some('u'),
            'ç' => Some('c'),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// Whether a line is one whole value.
pub(crate) fn is_whole(line: &str) -> bool {
    skip(line, 0).is_some_and(|end| skip_space(line, end) == line.len())
}
