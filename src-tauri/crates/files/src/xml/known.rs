//! Formats whose records stand deep inside, or beside much that is none: what their elements are called.

use std::collections::HashMap;

use super::outline::Role;
use super::tokens::{Tokens, What, name};

/// By the name of the root, without its prefix: the elements that are records, wherever they stand.
const FORMATS: &[(&str, &[&str])] = &[
    // Bank statements and notices (ISO 20022 camt.052 to 054): the entries of the account; orders to a bank (pain.001 and
    // pain.008): what is to be paid.
    ("Document", &["Ntry", "CdtTrfTxInf", "DrctDbtTxInf"]),
    // Notes of Evernote, messages and calls of a phone: one of them, too.
    ("en-export", &["note"]),
    ("smses", &["sms", "mms"]),
    ("calls", &["call"]),
    ("gpx", &["wpt", "rtept", "trkpt"]),
    ("kml", &["Placemark"]),
    ("rss", &["item"]),
    ("RDF", &["item"]),
    ("feed", &["entry"]),
];

/// How deep records are looked for.
const DEPTH: usize = 12;

/// The roles of elements by their path, if the root is that of a known format and has any of its records.
pub(super) fn roles(text: &str, from: usize, ended: bool) -> Option<HashMap<String, Role>> {
    let mut tokens = Tokens::new(text, from, ended);
    let mut roles = HashMap::new();
    let mut open: Vec<String> = Vec::new();
    let mut records: &[&str] = &[];
    // Inside a record, and below what is looked through.
    let mut skipped = 0_usize;
    while let Ok(Some(token)) = tokens.next() {
        match token.what {
            What::Start | What::Empty => {
                let tag = name(text, &token);
                let start = usize::from(token.what == What::Start);
                if skipped > 0 {
                    skipped += start;
                    continue;
                }
                let local = tag.rsplit(':').next().unwrap_or(tag);
                if open.is_empty() {
                    records = FORMATS.iter().find(|(root, _)| *root == local)?.1;
                }
                if records.contains(&local) {
                    let mut path = String::new();
                    for step in &open {
                        path = path + "/" + step;
                        roles.entry(path.clone()).or_insert(Role::Enter);
                    }
                    roles.insert(path + "/" + tag, Role::Record);
                    skipped = start;
                } else if open.len() >= DEPTH {
                    skipped = start;
                } else if start > 0 {
                    open.push(tag.to_owned());
                }
            }
            What::End if skipped > 0 => skipped -= 1,
            What::End => {
                let tag = name(text, &token);
                if let Some(n) = open.iter().rposition(|o| o == tag) {
                    open.truncate(n);
                }
                if open.is_empty() {
                    break;
                }
            }
            _ => {}
        }
    }
    (!roles.is_empty()).then_some(roles)
}
