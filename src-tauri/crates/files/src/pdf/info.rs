//! What a document says of itself: title, author, when it was made, the fields of its forms.

use std::collections::HashSet;

use super::encodings;
use super::file::File;
use super::object::{Dict, Object, Stream};
use crate::limits;
use crate::named::Named;

/// The names that come first, in this order.
const FIRST: &[&str] =
    &["Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"];

/// The information of the document.
pub(super) fn info(file: &File<'_>) -> Vec<Named> {
    let info = file.follow(&file.trailer("Info")).into_owned();
    let Some(dict) = info.dict() else { return Vec::new() };
    let mut names: Vec<&Vec<u8>> = dict.0.keys().collect();
    names.sort_by_key(|name| {
        FIRST.iter().position(|f| f.as_bytes() == name.as_slice()).unwrap_or(FIRST.len())
    });
    names
        .into_iter()
        .take(limits::PDF_NOTES)
        .filter(|name| name.as_slice() != b"Trapped")
        .filter_map(|name| {
            let text = plain(&file.follow(dict.0.get(name)?))?;
            let text = if name.ends_with(b"Date") { date(&text).unwrap_or(text) } else { text };
            Some((vec![String::from_utf8_lossy(name).into_owned()], text))
        })
        .collect()
}

/// A value as text; none if there is nothing in it.
fn plain(object: &Object) -> Option<String> {
    let text = match object {
        Object::Text(text) => encodings::text(text),
        Object::Name(name) => encodings::text(name),
        Object::Int(n) => n.to_string(),
        Object::Real(n) => n.to_string(),
        Object::Bool(b) => b.to_string(),
        Object::Stream(_) | Object::Null | Object::Array(_) | Object::Dict(_) | Object::Ref(_) => {
            return None;
        }
    };
    (!text.is_empty()).then_some(text)
}

/// `D:20210304101112+01'00'` as everyone writes it: `2021-03-04T10:11:12+01:00`.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim().strip_prefix("D:").unwrap_or(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |from: usize, to: usize| text.get(from..to).filter(|_| digits >= to);
    let mut made = part(0, 4)?.to_owned();
    for (from, before) in [(4, "-"), (6, "-"), (8, "T"), (10, ":"), (12, ":")] {
        let Some(two) = part(from, from + 2) else { break };
        // An hour stands only with its minutes.
        if from == 8 && digits < 12 {
            break;
        }
        made.push_str(before);
        made.push_str(two);
    }
    if digits >= 12 {
        let zone: String = text[digits..].chars().filter(|c| *c != '\'').collect();
        let is_zone =
            |z: &str| z.len() == 5 && z.starts_with(['+', '-']) && z[1..].bytes().all(|b| b.is_ascii_digit());
        if zone.starts_with('Z') {
            made.push('Z');
        } else if let Some(zone) = zone.get(..5).filter(|z| is_zone(z)) {
            made.push_str(&zone[..3]);
            made.push(':');
            made.push_str(&zone[3..]);
        }
    }
    Some(made)
}

/// The fields of the document's form, with the names of what they stand in.
pub(super) fn form(file: &File<'_>) -> Vec<Named> {
    let catalog = file.catalog();
    let form = file.entry(&catalog, "AcroForm").into_owned();
    let Some(form) = form.dict() else { return Vec::new() };
    let fields = file.entry(form, "Fields").into_owned();
    let mut seen = HashSet::new();
    let mut found = filled_in(file, form);
    let mut left: Vec<(Object, String, Object)> = fields
        .array()
        .unwrap_or(&[])
        .iter()
        .rev()
        .map(|f| (f.clone(), String::new(), Object::Null))
        .collect();
    while let Some((object, above, inherited)) = left.pop() {
        if let Object::Ref(number) = object
            && !seen.insert(number)
        {
            continue;
        }
        if found.len() >= limits::PDF_NOTES || !file.spend(64 + above.len()) {
            break;
        }
        let field = file.follow(&object).into_owned();
        let Some(dict) = field.dict() else { continue };
        let mut name = above;
        if let Some(own) = file.entry(dict, "T").text().map(encodings::text) {
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&own);
            name.truncate(crate::out::floor(&name, 1024));
        }
        let value = match file.entry(dict, "V").into_owned() {
            Object::Null => inherited,
            value => value,
        };
        let kids = file.entry(dict, "Kids").into_owned();
        let named =
            |kid: &&Object| file.follow(kid).dict().is_some_and(|d| !matches!(d.get("T"), Object::Null));
        match kids.array().filter(|kids| kids.iter().take(8).any(|kid| named(&kid))) {
            Some(kids) => {
                left.extend(kids.iter().rev().map(|kid| (kid.clone(), name.clone(), value.clone())));
            }
            None => {
                if let Some(text) = value_text(file, &value) {
                    found.push((vec!["field".to_owned(), name], text));
                }
            }
        }
    }
    found
}

fn value_text(file: &File<'_>, value: &Object) -> Option<String> {
    match value {
        Object::Array(items) => {
            let texts: Vec<String> =
                items.iter().take(limits::PDF_NOTES).filter_map(|i| plain(&file.follow(i))).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        }
        Object::Stream(stream) => {
            let text = encodings::text(&file.data(stream, limits::INNER_PART));
            (!text.is_empty()).then_some(text)
        }
        value => plain(value),
    }
}

/// What was filled into a form that is described in XML (XFA).
fn filled_in(file: &File<'_>, form: &Dict) -> Vec<Named> {
    let parts = file.entry(form, "XFA").into_owned();
    let parts = parts.array().unwrap_or(&[]);
    let data = parts.chunks_exact(2).find(|pair| pair[0].text() == Some(b"datasets"));
    let Some(Object::Stream(stream)) = data.map(|pair| file.follow(&pair[1]).into_owned()) else {
        return Vec::new();
    };
    let mut found = crate::xmp::leaves(&file.data(&stream, limits::INNER_PART), limits::XMP_VALUES);
    for (path, _) in &mut found {
        path.retain(|step| !step.starts_with("xfa:"));
        path.insert(0, "field".to_owned());
    }
    found
}

/// The description of the document in XMP.
pub(super) fn metadata(file: &File<'_>) -> Vec<Named> {
    let catalog = file.catalog();
    match file.entry(&catalog, "Metadata").as_ref() {
        Object::Stream(stream) => crate::xmp::values(&file.data(stream, limits::INNER_PART)),
        _ => Vec::new(),
    }
}

/// A file that stands in the document.
pub(super) struct Attached {
    pub(super) name: String,
    pub(super) data: Option<Stream>,
}

/// The files that stand in the document.
pub(super) fn attached(file: &File<'_>) -> Vec<Attached> {
    let catalog = file.catalog();
    let names = file.entry(&catalog, "Names").into_owned();
    let tree = names.dict().map(|d| d.get("EmbeddedFiles").clone()).unwrap_or(Object::Null);
    let mut left = vec![tree];
    let mut seen = HashSet::new();
    let mut found: Vec<Attached> = Vec::new();
    let mut add = |spec: &Object| {
        if let Object::Ref(number) = spec
            && !seen.insert(*number)
        {
            return;
        }
        let spec = file.follow(spec).into_owned();
        if let Some(spec) = spec.dict().filter(|_| found.len() < limits::PDF_NOTES) {
            found.push(attachment(file, spec));
        }
    };
    let mut nodes = HashSet::new();
    while let Some(node) = left.pop() {
        if let Object::Ref(number) = node
            && !nodes.insert(number)
        {
            continue;
        }
        if !file.spend(64) {
            break;
        }
        let node = file.follow(&node).into_owned();
        let Some(dict) = node.dict() else { continue };
        left.extend(file.entry(dict, "Kids").array().unwrap_or(&[]).iter().rev().cloned());
        for pair in file.entry(dict, "Names").array().unwrap_or(&[]).chunks_exact(2) {
            add(&pair[1]);
        }
    }
    for spec in file.entry(&catalog, "AF").array().unwrap_or(&[]) {
        add(spec);
    }
    found
}

/// A file that a document tells of.
pub(super) fn attachment(file: &File<'_>, spec: &Dict) -> Attached {
    let name = ["UF", "F"].iter().find_map(|n| file.entry(spec, n).text().map(encodings::text));
    let files = file.entry(spec, "EF").into_owned();
    let data = ["UF", "F"].iter().find_map(|n| match files.dict().map(|d| file.entry(d, n).into_owned()) {
        Some(Object::Stream(stream)) => Some(stream),
        _ => None,
    });
    Attached { name: name.unwrap_or_default(), data }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_everyone_does() {
        let cases = [
            ("D:20210304101112+01'00'", "2021-03-04T10:11:12+01:00"),
            ("D:20210304101112Z00'00'", "2021-03-04T10:11:12Z"),
            ("D:20210304101112", "2021-03-04T10:11:12"),
            ("20210304", "2021-03-04"),
            ("D:2021", "2021"),
        ];
        for (given, made) in cases {
            assert_eq!(date(given).as_deref(), Some(made), "{given}");
        }
        assert_eq!(date("yesterday"), None);
    }
}
