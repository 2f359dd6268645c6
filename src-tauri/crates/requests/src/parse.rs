//! Beginning a draft, and reading one from the text of a request file.

use crate::draft::{Draft, Language, Recipient, Requester, Right};

/// A request file of more bytes than this is not one that a person or a program would write for a letter.
pub const REQUEST_BYTES_MAX: usize = 4 << 20;

/// A letter about more items than this would be read by nobody.
pub const ITEMS_MAX: usize = 2_000;

/// Why a text is not a request file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct DraftTrouble {
    /// The field meant, as a path: `items[1].ground`; `request` for the whole.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl Draft {
    /// An empty draft.
    pub fn new(right: Right, language: Language) -> Self {
        Self {
            right,
            language,
            recipient: Recipient::default(),
            requester: Requester::default(),
            items: Vec::new(),
            place: String::new(),
            day: String::new(),
            received: String::new(),
            reference: String::new(),
            own_words: String::new(),
            id_copy: false,
            justification: String::new(),
        }
    }

    /// Reads a request file.
    ///
    /// # Errors
    /// Names the first field that does not fit, with what was expected there.
    pub fn parse(json: &str) -> Result<Self, DraftTrouble> {
        let whole = |message: String| DraftTrouble { field: "request".to_owned(), message };
        if json.len() > REQUEST_BYTES_MAX {
            return Err(whole(format!("{} bytes where at most {REQUEST_BYTES_MAX} are read", json.len())));
        }
        // A byte order mark is what some editors write, and no part of the request.
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let mut reader = serde_json::Deserializer::from_str(json);
        let draft: Self = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
            match e.path().to_string().as_str() {
                "" | "." => whole(e.inner().to_string()),
                path => DraftTrouble { field: path.to_owned(), message: e.inner().to_string() },
            }
        })?;
        reader.end().map_err(|e| whole(e.to_string()))?;
        if draft.items.len() > ITEMS_MAX {
            return Err(DraftTrouble {
                field: "items".to_owned(),
                message: format!("{} items where a letter can hold {ITEMS_MAX}", draft.items.len()),
            });
        }
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str =
        r#"{"right": "erasure", "language": "en", "recipient": {}, "requester": {"name": "A"}, "items": []}"#;

    #[test]
    fn the_least_request_is_a_new_draft_with_a_name() {
        let mut draft = Draft::new(Right::Erasure, Language::En);
        draft.requester.name = "A".to_owned();
        assert_eq!(Draft::parse(LEAST), Ok(draft.clone()));
        assert_eq!(Draft::parse(&format!("\u{feff}{LEAST}\n")), Ok(draft.clone()));
        let text = serde_json::to_string(&draft).expect("a draft can be written");
        assert_eq!(Draft::parse(&text), Ok(draft));
    }

    #[test]
    fn trouble_names_the_field() {
        let item = r#""items": [{"locator": {"entry": "a", "at": ""}}, {"locator": {"entry": "a", "at": ""}, "ground": "x"}]"#;
        for (from, to, field, part) in [
            ("\"erasure\"", "\"revenge\"", "right", "revenge"),
            ("\"en\"", "3", "language", "expected value"),
            ("\"items\": []", item, "items[1].ground", "unknown variant `x`"),
            ("{\"name\": \"A\"}", "{}", "requester", "missing field `name`"),
            ("\"recipient\": {}", "\"recipient\": {\"fax\": \"1\"}", "recipient.fax", "unknown field"),
            (
                "[]",
                r#"[{"locator": {"entry": "a", "at": "", "line": 3}}]"#,
                "items[0].locator.line",
                "unknown field",
            ),
            (", \"items\": []", "", "request", "missing field `items`"),
            ("[]}", "[]} x", "request", "trailing"),
            ("\"right\": \"erasure\"", "\"right\"", "request", "expected"),
        ] {
            let text = LEAST.replace(from, to);
            let trouble = Draft::parse(&text).expect_err(&text);
            assert!(trouble.field == field && trouble.message.contains(part), "{text}\n{trouble:?}");
        }
    }

    #[test]
    fn too_many_items_are_refused_with_both_numbers() {
        let item = r#"{"locator": {"entry": "a", "at": ""}}"#;
        let items = vec![item; ITEMS_MAX + 1].join(",");
        let trouble = Draft::parse(&LEAST.replace("[]", &format!("[{items}]"))).expect_err("too many");
        assert_eq!(trouble.to_string(), "items: 2001 items where a letter can hold 2000");
    }
}
