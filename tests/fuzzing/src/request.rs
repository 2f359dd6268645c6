//! Request files: what is read can be written and read again, and becomes a letter.

use records::Day;
use requests::{Cited, Draft, ExportFacts};

/// Reads any text as a request file.
pub(crate) fn any(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match Draft::parse(&text) {
        Err(trouble) => assert!(!trouble.field.is_empty() && !trouble.message.is_empty()),
        Ok(draft) => {
            let written = serde_json::to_string(&draft).expect("a draft can be written");
            assert_eq!(Draft::parse(&written).as_ref(), Ok(&draft), "what is written is read again");
            let cited: Vec<Cited<'_>> =
                draft.items.iter().map(|item| Cited { item, record: None, field: None }).collect();
            let today: Day = "2026-11-23".parse().expect("a day");
            let facts = |id: Option<&str>| ExportFacts {
                name: "export.zip".to_owned(),
                sha256: None,
                controller: id.map(str::to_owned),
            };
            for facts in [facts(None), facts(Some("sellsy"))] {
                let letter = requests::letter(&draft, &cited, &facts, today);
                let text = requests::text(&letter);
                assert!(!letter.subject.contains(['\r', '\n']), "{:?} is one line", letter.subject);
                assert!(!letter.to.contains(['\r', '\n', ',', ' ']), "{:?} is one address", letter.to);
                assert!(
                    !text.contains(|c: char| c.is_control() && c != '\n'),
                    "nothing unseen is in a letter"
                );
            }
        }
    }
}
