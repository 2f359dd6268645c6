//! One element, or a run of them, becomes the values of a row.

use super::tokens::{Token, Tokens, What, attributes, name, resolve};
use crate::decode::Piece;
use crate::html;
use crate::json::NeedMore;
use crate::limits;
use crate::mend::trimmed;
use crate::names::{NOWHERE, Namer, Step, TOP};
use crate::row::{Row, ValueKind};

/// How far back an end tag looks for its start: further is no slip but noise, and must not cost a search each.
const REACH: usize = 64;

/// Something odd in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Odd {
    MisNested(usize),
    CutOff(usize),
    Entity(usize),
    EntityDeclared(usize),
    TooDeep(usize),
    /// `&` that starts no reference, or `<` that starts no tag.
    Ampersand(usize),
    /// A character that XML does not allow.
    Character(usize),
    /// A second element, or text, beside the one that the file should be.
    Beside(usize),
    /// Bytes written in base64.
    Binary(usize),
}

/// Base64 no longer than this is shown: it may be a word or a key. Longer, it is a picture or the like.
const BINARY: usize = 200;

/// The tokens of one element or of a run of them.
#[derive(Default)]
pub(crate) struct Scratch {
    tokens: Vec<Token>,
    /// For each token: the number of the element in which it stands.
    parents: Vec<u32>,
    text: String,
    pub(crate) odd: Vec<Odd>,
}

struct Frame {
    step: Step,
    /// The element before, inside this one.
    last: Step,
    name: (usize, usize),
    serial: u32,
    indexes: usize,
    /// Text inside is no text for people.
    hidden: bool,
    /// Text inside is base64.
    base64: bool,
}

/// How much to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The element that starts here.
    Element,
    /// All there is.
    All,
}

/// Gathers the tokens of the element that starts at `at`, or all of them; gives the place behind the last. `outer`
/// are the names of the elements around: the end of one of them ends all inside.
pub(crate) fn gather(
    text: &str,
    at: usize,
    ended: bool,
    extent: Extent,
    outer: &[String],
    scratch: &mut Scratch,
) -> Result<usize, NeedMore> {
    scratch.tokens.clear();
    scratch.parents.clear();
    scratch.odd.clear();
    let mut tokens = Tokens::new(text, at, ended);
    let mut open: Vec<((usize, usize), u32)> = Vec::new();
    let mut serial = 0;
    let mut end = at;
    loop {
        let Some(token) = tokens.next()? else {
            if extent == Extent::Element || !open.is_empty() && outer.is_empty() {
                scratch.odd.push(Odd::CutOff(end));
            }
            return Ok(end.max(text.len()));
        };
        if tokens.cut {
            scratch.odd.push(Odd::CutOff(token.from));
        }
        let parent = open.last().map_or(0, |o| o.1);
        match token.what {
            What::Start => {
                if open.is_empty() && extent == Extent::All && outer.is_empty() && serial > 0 {
                    scratch.odd.push(Odd::Beside(token.from));
                }
                serial += 1;
                scratch.tokens.push(token);
                scratch.parents.push(parent);
                open.push((token.inner, serial));
            }
            What::End => {
                let wanted = name(text, &token);
                let near = open.iter().rev().take(REACH).position(|o| text[o.0.0..o.0.1] == *wanted);
                match near {
                    Some(n) => {
                        if n > 0 {
                            scratch.odd.push(Odd::MisNested(token.from));
                        }
                        for _ in 0..=n {
                            open.pop();
                            scratch.tokens.push(token);
                            scratch.parents.push(0);
                        }
                    }
                    None if extent == Extent::Element && outer.iter().any(|o| o == wanted) => {
                        scratch.odd.push(Odd::MisNested(token.from));
                        return Ok(token.from);
                    }
                    None if outer.is_empty() || !outer.iter().any(|o| o == wanted) => {
                        scratch.odd.push(Odd::MisNested(token.from));
                    }
                    // The end of an element around a run.
                    None => {
                        scratch.tokens.push(token);
                        scratch.parents.push(u32::MAX);
                    }
                }
            }
            What::DocType(true) => scratch.odd.push(Odd::EntityDeclared(token.from)),
            What::DocType(false) | What::Skip => {}
            What::Empty | What::Text | What::CData | What::Reference => {
                match forbidden(&text[token.from..token.to]) {
                    Some(n) if token.what == What::Text => scratch.odd.push(Odd::Character(token.from + n)),
                    None if token.what == What::Text
                        && !tokens.cut
                        && text[token.from..].starts_with(['&', '<']) =>
                    {
                        scratch.odd.push(Odd::Ampersand(token.from));
                    }
                    _ => {}
                }
                serial += u32::from(token.what == What::Empty);
                scratch.tokens.push(token);
                scratch.parents.push(parent);
            }
        }
        end = token.to;
        if extent == Extent::Element && open.is_empty() {
            return Ok(end);
        }
    }
}

/// The first character that XML does not allow, in a text.
fn forbidden(text: &str) -> Option<usize> {
    text.bytes().position(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'))
}

/// Fills the row with what was gathered. The first `around` are the names of the elements in which it stands; they
/// are part of the paths only for a run ([`Extent::All`]).
pub(crate) fn fill(
    piece: Piece<'_>,
    extent: Extent,
    around: &[&str],
    drop_code: bool,
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) {
    let text = piece.text;
    // Names that stand more than once in an element: only what repeats is counted in paths.
    let mut names: Vec<(u32, &str)> = scratch
        .tokens
        .iter()
        .zip(&scratch.parents)
        .filter(|(token, _)| matches!(token.what, What::Start | What::Empty))
        .map(|(token, parent)| (*parent, name(text, token)))
        .collect();
    names.sort_unstable();
    // With how many of each were met. What does not repeat is alone, and needs no count.
    let mut repeated: Vec<((u32, &str), u32)> =
        names.windows(2).filter(|w| w[0] == w[1]).map(|w| (w[0], 0)).collect();
    repeated.dedup_by_key(|r| r.0);
    drop(names);
    let mut attribute_name = String::new();
    let mut indexes: Vec<u32> = Vec::new();
    let mut serial = 0;
    let mut frames: Vec<Frame> = Vec::new();
    let mut top = TOP;
    for name in around {
        top = namer.step(NOWHERE, top, name);
    }
    frames.push(Frame {
        step: top,
        last: NOWHERE,
        name: (0, 0),
        serial: 0,
        indexes: 0,
        hidden: false,
        base64: false,
    });
    let mut closed_around = 0;
    // Told once: looking for it among all that is odd would cost the square of it.
    let mut too_deep = false;
    let mut n = 0;
    while n < scratch.tokens.len() {
        let token = scratch.tokens[n];
        match token.what {
            What::Start | What::Empty => {
                serial += 1;
                let deep = frames.len() > limits::DEPTH;
                let parent = frames.last_mut().expect("the frame of the top is never taken away");
                let tag = name(text, &token);
                let first = extent == Extent::Element && n == 0;
                let mut step = parent.step;
                let depth = indexes.len();
                let mut hidden = parent.hidden;
                if deep {
                    if !too_deep {
                        scratch.odd.push(Odd::TooDeep(token.from));
                    }
                    too_deep = true;
                } else if !first {
                    step = namer.step(parent.last, step, tag);
                    parent.last = step;
                    let key = (parent.serial, tag);
                    let plural =
                        parent.name.1 > parent.name.0 && is_plural(&text[parent.name.0..parent.name.1], tag);
                    let counted = if repeated.is_empty() {
                        None
                    } else {
                        repeated.binary_search_by_key(&key, |r| r.0).ok()
                    };
                    if plural || counted.is_some() {
                        let which = counted.map_or(0, |n| {
                            repeated[n].1 += 1;
                            repeated[n].1 - 1
                        });
                        indexes.push(which);
                        step = namer.step(NOWHERE, step, "*");
                    }
                }
                hidden |=
                    drop_code && (tag.eq_ignore_ascii_case("script") || tag.eq_ignore_ascii_case("style"));
                let mut last_attribute = NOWHERE;
                let mut base64 = false;
                for (attribute, from, to) in attributes(text, &token) {
                    if attribute.starts_with("xmlns") || drop_code && is_code(attribute) {
                        continue;
                    }
                    base64 |= attribute.eq_ignore_ascii_case("encoding") && &text[from..to] == "base64";
                    attribute_name.clear();
                    attribute_name.push('@');
                    attribute_name.push_str(attribute);
                    let at = namer.step(last_attribute, step, &attribute_name);
                    last_attribute = at;
                    let field = namer.field(at);
                    let bytes = Some(piece.bytes(from, to));
                    let odd = &mut scratch.odd;
                    row.push_with(field, ValueKind::Text, &indexes, bytes, |out| {
                        if resolve(&text[from..to], out) {
                            odd.push(Odd::Entity(from));
                        }
                    });
                }
                if token.what == What::Start {
                    frames.push(Frame {
                        step,
                        last: NOWHERE,
                        name: token.inner,
                        serial,
                        indexes: depth,
                        hidden,
                        base64,
                    });
                } else {
                    indexes.truncate(depth);
                }
                n += 1;
            }
            What::End => {
                if scratch.parents[n] == u32::MAX {
                    // An element around the run ends: what follows stands one step further out.
                    closed_around += 1;
                    top = TOP;
                    for name in &around[..around.len().saturating_sub(closed_around)] {
                        top = namer.step(NOWHERE, top, name);
                    }
                    frames.truncate(1);
                    frames[0].step = top;
                    indexes.clear();
                } else if frames.len() > 1
                    && let Some(frame) = frames.pop()
                {
                    indexes.truncate(frame.indexes);
                }
                n += 1;
            }
            What::Text | What::CData | What::Reference => {
                let mut last = n;
                while let Some(next) = scratch.tokens.get(last + 1)
                    && matches!(next.what, What::Text | What::CData | What::Reference)
                    && next.from == scratch.tokens[last].to
                {
                    last += 1;
                }
                let frame = frames.last().expect("the frame of the top is never taken away");
                let (from, to) = (token.from, scratch.tokens[last].to);
                if frame.base64 && to - from > BINARY {
                    scratch.odd.push(Odd::Binary(from));
                } else if !frame.hidden {
                    let own = extent == Extent::Element && frames.len() == 2 || frames.len() == 1;
                    let mut step = frame.step;
                    if own {
                        step = namer.step(NOWHERE, step, "text()");
                    }
                    text_value(piece, n, last, step, &indexes, namer, row, scratch);
                }
                n = last + 1;
            }
            What::DocType(_) | What::Skip => n += 1,
        }
    }
}

/// Adds the text of the tokens `first..=last`, which stand next to one another.
#[expect(clippy::too_many_arguments, reason = "the state of the one loop above")]
fn text_value(
    piece: Piece<'_>,
    first: usize,
    last: usize,
    step: Step,
    indexes: &[u32],
    namer: &mut Namer<'_>,
    row: &mut Row,
    scratch: &mut Scratch,
) {
    let text = piece.text;
    let token = scratch.tokens[first];
    if first == last && token.what == What::Text {
        // Nothing to put together or to resolve: it is what is written.
        let written = &text[token.from..token.to];
        if !written.contains('&') {
            let shown = trimmed(written);
            if !shown.is_empty() {
                let from = token.from + (written.len() - written.trim_start().len());
                let field = namer.field(step);
                let bytes = piece.bytes(from, from + shown.len());
                row.push(field, ValueKind::Text, shown, indexes, Some(bytes));
            }
            return;
        }
    }
    let mut value = std::mem::take(&mut scratch.text);
    value.clear();
    let mut links = Vec::new();
    for token in &scratch.tokens[first..=last] {
        match token.what {
            What::CData => {
                let inner = &text[token.inner.0..token.inner.1];
                if is_note(inner) {
                    let (said, leads) = html::plain_and_links(inner);
                    value.push_str(&said);
                    links.extend(leads);
                } else {
                    value.push_str(inner);
                }
            }
            _ => {
                if resolve(&text[token.from..token.to], &mut value) {
                    scratch.odd.push(Odd::Entity(token.from));
                }
            }
        }
    }
    let shown = trimmed(&value);
    let (mut from, mut to) = (scratch.tokens[first].from, scratch.tokens[last].to);
    let written = &text[from..to];
    from += written.len() - written.trim_start().len();
    to = from + trimmed(written).len();
    if !shown.is_empty() {
        let field = namer.field(step);
        row.push(field, ValueKind::Text, shown, indexes, Some(piece.bytes(from, to.max(from))));
    }
    scratch.text = value;
    let mut place = indexes.to_vec();
    for (n, link) in (0..).zip(&links) {
        let step = namer.step(NOWHERE, step, "link");
        let step = namer.step(NOWHERE, step, "*");
        let field = namer.field(step);
        place.truncate(indexes.len());
        place.push(n);
        row.push(field, ValueKind::Text, link, &place, Some(piece.bytes(from, to.max(from))));
    }
}

/// What a whole note of Evernote says, with where its links lead: it is a page of its own.
pub(crate) fn note(text: &str) -> Option<String> {
    is_note(text).then(|| html::with_links(text))
}

fn is_note(text: &str) -> bool {
    let start = text.trim_start();
    let page =
        start.starts_with("<?xml") || start.starts_with("<!DOCTYPE en-note") || start.starts_with("<en-note");
    page && start.contains("<en-note")
}

/// Whether an element's name is the plural of its child's: `lines` of `line`, `addresses` of `address`.
pub(crate) fn is_plural(parent: &str, child: &str) -> bool {
    let local = |name: &str| name.rfind(':').map_or(0, |n| n + 1);
    let (parent, child) = (&parent[local(parent)..], &child[local(child)..]);
    // A plural starts like its singular; most names are told apart here.
    if !parent
        .as_bytes()
        .first()
        .zip(child.as_bytes().first())
        .is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
    {
        return false;
    }
    let (parent, child) = (parent.to_lowercase(), child.to_lowercase());
    if child.len() < 2 || parent.len() <= child.len() {
        return match child.strip_suffix('y') {
            Some(stem) => parent.strip_prefix(stem) == Some("ies"),
            None => false,
        };
    }
    match parent.strip_prefix(&child) {
        Some(rest) => matches!(rest, "s" | "es" | "x" | "en" | "list" | "_list" | "-list" | "slist"),
        None => child.strip_suffix('y').is_some_and(|stem| parent.strip_prefix(stem) == Some("ies")),
    }
}

/// Attributes that hold code.
fn is_code(name: &str) -> bool {
    name.len() > 2 && name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"))
        || name.eq_ignore_ascii_case("style")
}
