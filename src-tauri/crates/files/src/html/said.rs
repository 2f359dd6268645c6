//! What the tags of a page say beside its text: where links lead, what pictures are called, who wrote it.

/// An attribute that says something.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) key: &'static [u8],
    pub(super) value: String,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What a block is that does not stand in the text of a page, but beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Where a link leads, a picture comes from, a form goes.
    Link,
    /// What is shown in place of a picture, or where the mouse rests.
    Hint,
}

/// Attributes that say something to people, or about what is said.
const KEPT: [&[u8]; 18] = [
    b"alt",
    b"title",
    b"aria-label",
    b"href",
    b"xlink:href",
    b"src",
    b"poster",
    b"data",
    b"action",
    b"formaction",
    b"cite",
    b"type",
    b"value",
    b"name",
    b"property",
    b"content",
    b"placeholder",
    b"label",
];

/// What a head may say of its page, besides what starts with [`ABOUT`].
const HEAD: [&str; 7] = ["author", "creator", "description", "keywords", "subject", "date", "copyright"];

/// Names of what a head says of its page start so in some vocabularies: Open Graph, Dublin Core.
const ABOUT: [&str; 6] = ["og:", "article:", "profile:", "dc.", "dcterms.", "twitter:"];

/// The name of an attribute that says something.
pub(super) fn kept(name: &[u8]) -> Option<&'static [u8]> {
    KEPT.into_iter().find(|key| *key == name)
}

/// What an attribute of an element says beside the text, if it does.
pub(super) fn beside(element: &[u8], attribute: &Attribute, all: &[Attribute]) -> Option<Beside> {
    match attribute.key {
        b"alt" | b"title" | b"aria-label" => Some(Beside::Hint),
        b"placeholder" if matches!(element, b"input" | b"textarea") => Some(Beside::Hint),
        b"label" if matches!(element, b"optgroup" | b"option" | b"track") => Some(Beside::Hint),
        b"content" if element == b"meta" => {
            let name =
                all.iter().find(|a| matches!(a.key, b"name" | b"property"))?.value.to_ascii_lowercase();
            let about = HEAD.contains(&name.as_str()) || ABOUT.iter().any(|start| name.starts_with(start));
            about.then_some(Beside::Hint)
        }
        key => (leads(element, key) && is_target(&attribute.value)).then_some(Beside::Link),
    }
}

/// Whether an attribute of an element is where something leads. What only makes the page work (its scripts and
/// styles) is none.
fn leads(element: &[u8], key: &[u8]) -> bool {
    match key {
        b"href" => matches!(element, b"a" | b"area" | b"image"),
        b"xlink:href" => matches!(element, b"a" | b"image"),
        b"src" => matches!(
            element,
            b"img" | b"audio" | b"video" | b"source" | b"track" | b"embed" | b"iframe" | b"frame" | b"input"
        ),
        b"poster" => element == b"video",
        b"data" => element == b"object",
        b"action" => element == b"form",
        b"formaction" => matches!(element, b"button" | b"input"),
        b"cite" => matches!(element, b"blockquote" | b"q" | b"ins" | b"del"),
        _ => false,
    }
}

/// Whether a target says where something leads: not to another place of the page, nor to what stands in the target
/// itself, nor nowhere.
fn is_target(target: &str) -> bool {
    let target = target.trim_ascii();
    let starts = |start: &str| target.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    !(starts("#")
        || starts("data:")
        || starts("about:blank")
        || starts("javascript:void")
        || starts("javascript:;"))
}

/// Whether what a form field holds was typed, or is to be read.
pub(super) fn is_typed(element: &[u8], all: &[Attribute]) -> bool {
    let kind = all.iter().find(|a| a.key == b"type").map(|a| a.value.trim());
    element == b"input" && !matches!(kind, Some("hidden" | "password" | "checkbox" | "radio"))
}
