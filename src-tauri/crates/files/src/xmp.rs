//! XML that stands inside other files, as values with the names of the elements around them: descriptions (XMP), invoices.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::limits;
use crate::named::Named;

/// Elements that only hold others together in a description.
const FRAME: &[&str] = &["xmpmeta", "RDF", "Description", "Alt", "Seq", "Bag", "li"];

/// The values of a description. Names are written without the elements that only hold others together.
pub(crate) fn values(xml: &[u8]) -> Vec<Named> {
    let mut found = leaves(xml, limits::XMP_VALUES);
    for (path, _) in &mut found {
        path.retain(|step| {
            let local = step.rsplit(':').next().unwrap_or("");
            !FRAME.contains(&local)
        });
        path.insert(0, "XMP".to_owned());
    }
    // What programs say to one another says nothing to people.
    let inner = |step: &String| step == "@x:xmptk" || step.starts_with("@rdf:") || step.contains("History");
    found.retain(|(path, _)| path.len() > 1 && !path.iter().any(inner));
    found
}

/// The texts and attributes of all elements, with the names of the elements around them.
pub(crate) fn leaves(xml: &[u8], most: usize) -> Vec<Named> {
    let text = decoded(xml);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut path: Vec<String> = Vec::new();
    // Elements beyond the depth that is told of.
    let mut beyond = 0_usize;
    let mut found: Vec<Named> = Vec::new();
    let mut said = String::new();
    loop {
        if found.len() >= most {
            return found;
        }
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                flush(&path, &mut said, &mut found);
                if path.len() >= limits::MAIL_DEPTH {
                    beyond += 1;
                    continue;
                }
                path.push(short(tag.name().as_ref()));
                attributes(&tag, &path, &mut found);
            }
            Ok(Event::Empty(tag)) => {
                flush(&path, &mut said, &mut found);
                path.push(short(tag.name().as_ref()));
                attributes(&tag, &path, &mut found);
                path.pop();
            }
            Ok(Event::End(_)) => {
                flush(&path, &mut said, &mut found);
                if beyond > 0 {
                    beyond -= 1;
                } else {
                    path.pop();
                }
            }
            Ok(Event::Text(text)) => said.push_str(&text),
            Ok(Event::CData(text)) => said.push_str(&text),
            Ok(Event::GeneralRef(entity)) => said.push_str(&resolved(&entity)),
            Ok(Event::Eof) | Err(_) => {
                flush(&path, &mut said, &mut found);
                return found;
            }
            Ok(_) => {}
        }
    }
}

fn decoded(xml: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(xml).map_or(encoding_rs::UTF_8, |(e, _)| e);
    encoding.decode(xml).0.into_owned()
}

/// A name that is not longer than a place may show.
fn short(name: &str) -> String {
    name.chars().take(120).collect()
}

fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    match &**entity {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

fn attributes(tag: &BytesStart<'_>, path: &[String], found: &mut Vec<Named>) {
    for attribute in tag.attributes().with_checks(false).flatten().take(256) {
        let key = short(attribute.key.as_ref());
        if key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xml:") || key == "rdf:about" {
            continue;
        }
        let raw = &attribute.value;
        let value = quick_xml::escape::unescape(raw).unwrap_or(std::borrow::Cow::Borrowed(raw));
        if !value.trim().is_empty() {
            let mut path = path.to_vec();
            path.push(format!("@{key}"));
            found.push((path, value.trim().to_owned()));
        }
    }
}

fn flush(path: &[String], said: &mut String, found: &mut Vec<Named>) {
    let text = said.trim();
    if !text.is_empty() && !path.is_empty() {
        found.push((path.to_vec(), text.to_owned()));
    }
    said.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: &[Named]) -> Vec<String> {
        found.iter().map(|(path, text)| format!("{} = {text}", path.join("/"))).collect()
    }

    #[test]
    fn a_description_is_told_without_its_frame() {
        let xml = br#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description rdf:about=""
            xmlns:dc="http://purl.org/dc/elements/1.1/" pdf:Producer="Press 1"><dc:title><rdf:Alt>
            <rdf:li xml:lang="x-default">Fa&#99;ture &amp; Co</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>
            </x:xmpmeta>"#;
        assert_eq!(shown(&values(xml)), ["XMP/@pdf:Producer = Press 1", "XMP/dc:title = Facture & Co"]);
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = format!("{}x{}", "<a>".repeat(5000), "</a>".repeat(5000));
        assert_eq!(leaves(deep.as_bytes(), 10).len(), 1);
        assert_eq!(leaves("<a><b>1</b></a>".repeat(50).as_bytes(), 10).len(), 10);
    }
}
