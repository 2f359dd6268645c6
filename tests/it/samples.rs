//! Both samples, as a folder and packed: every entry accounted for, counts as documented, every needle found, every
//! field traced back to text that holds it.

use std::collections::BTreeMap;

use serde_json::Value;
use session::wire::Opened;
use session::{SearchOptions, Session};

use crate::{open, root, sample};

const SAMPLES: [&str; 2] = ["sellsy", "shop"];

fn expected(name: &str) -> Value {
    let file = root().join(format!("sample-exports/{name}.expected.json"));
    let text = std::fs::read_to_string(file).expect("each sample says what is expected of it");
    serde_json::from_str(&text).expect("what is expected is JSON")
}

/// A sample packed to a ZIP, opened and read to the end. Gives the ZIP's folder too, which is removed with it.
fn packed(name: &'static str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().expect("tests may write");
    let zip = folder.path().join(format!("{name}.zip"));
    let bytes = portolan_tests::pack::pack(&root().join("sample-exports").join(name))
        .expect("the sample can be packed");
    std::fs::write(&zip, bytes).expect("tests may write");
    let session = open(zip, |_| {});
    session.wait();
    (folder, session)
}

fn check_entries(name: &str, opened: &Opened) {
    let expected = expected(name);
    let mut listed: BTreeMap<&str, &session::wire::EntryLine> =
        opened.entries.iter().map(|e| (e.path.as_str(), e)).collect();
    let mut wrong = Vec::new();
    for entry in expected["entries"].as_array().expect("entries are a list") {
        let path = entry["path"].as_str().expect("an entry has a path");
        let Some(got) = listed.remove(path) else {
            wrong.push(format!("{path}: not listed"));
            continue;
        };
        let kinds: BTreeMap<String, u64> =
            serde_json::from_value(entry["kinds"].clone()).expect("kinds are counts");
        let wanted = format!("{} {} {} {kinds:?}", entry["format"], entry["status"], entry["records"]);
        let told = format!("{:?} {:?} {} {:?}", got.format, got.status, got.records, got.kinds);
        if wanted != told {
            wrong.push(format!("{path}: wanted {wanted}, got {told}"));
        }
    }
    wrong.extend(listed.keys().map(|path| format!("{path}: not expected")));
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    let kinds: BTreeMap<String, u64> =
        serde_json::from_value(expected["kinds"].clone()).expect("kinds are counts");
    assert_eq!(opened.kinds, kinds, "{name}");
}

#[test]
fn every_entry_of_the_samples_is_accounted_for() {
    for name in SAMPLES {
        check_entries(name, &sample(name).opened());
    }
}

#[test]
fn a_packed_sample_reads_as_its_folder_does() {
    for name in SAMPLES {
        let (_folder, session) = packed(name);
        check_entries(name, &session.opened());
    }
}

#[test]
fn every_needle_is_found_in_its_entry() {
    let options = SearchOptions { limit: 0, ..SearchOptions::default() };
    let mut lost = Vec::new();
    for name in SAMPLES {
        let (_folder, session) = packed(name);
        for needle in expected(name)["needles"].as_array().expect("needles are a list") {
            let (query, entry) =
                (needle["query"].as_str().expect("a query"), needle["entry"].as_str().expect("an entry"));
            let found = session.find(query, &options);
            if !found.hits.iter().any(|hit| hit.locator.entry == entry) {
                let others: Vec<&str> = found.hits.iter().map(|h| h.locator.entry.as_str()).collect();
                lost.push(format!("{name}: {query} in {entry}, found in {others:?}"));
            }
            if let Some(at) = needle["at"].as_str() {
                let shown = session.show(&format!("{entry}#{at}"));
                if let Err(trouble) = shown {
                    lost.push(format!("{name}: {query}: {}", trouble.message));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn every_field_of_the_samples_is_traced_to_text_that_holds_it() {
    for name in SAMPLES {
        let session = sample(name);
        let mut records = Vec::new();
        session.each_record(None, |record| records.push(record));
        let (mut wrong, mut fields) = (Vec::new(), 0);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for record in &records {
            // A table of thousands of rows proves as much with its first and its last hundred.
            let of_entry = seen.entry(record.locator.entry.clone()).or_default();
            *of_entry += 1;
            if *of_entry > 150 {
                continue;
            }
            for field in &record.fields {
                fields += 1;
                let locator = format!("{}#{}", field.locator.entry, field.locator.at);
                match session.show(&locator) {
                    Ok(shown) => {
                        let mark = shown.source.mark.map(|n| n as usize);
                        let marked: String =
                            shown.source.text.chars().skip(mark[0]).take(mark[1] - mark[0]).collect();
                        // Two values may stand at one place: a key twice in one object, a link in a line. Then the text
                        // around the first one shows the other.
                        let twice = record.fields.iter().filter(|f| f.locator == field.locator).count() > 1;
                        let text = if twice { shown.source.text.as_str() } else { marked.as_str() };
                        if !text.contains(field.raw.trim()) && !unescaped(text).contains(field.raw.trim()) {
                            wrong.push(format!("{locator}: {:?} is not in {:?}", field.raw, marked));
                        }
                    }
                    Err(trouble) => wrong.push(format!("{locator}: {}", trouble.message)),
                }
            }
        }
        assert!(fields > 100, "{name}: only {fields} fields were looked at");
        assert!(
            wrong.is_empty(),
            "{name}: {} of {fields}\n{}",
            wrong.len(),
            wrong[..wrong.len().min(30)].join("\n")
        );
    }
}

/// Text as it is written in JSON, CSV, XML and HTML, with its commonest escapes resolved.
fn unescaped(text: &str) -> String {
    let json: Result<String, _> = serde_json::from_str(text);
    let plain = json.unwrap_or_else(|_| text.replace("\"\"", "\""));
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&#160;", "\u{a0}")
        .replace("&#171;", "«")
        .replace("&#187;", "»")
        .replace("&rsquo;", "’")
        .replace("&eacute;", "é")
        .replace("&amp;", "&")
}
