//! Something strange met while reading: what, and where.

/// Something strange met while reading. Reading never fails; it returns what was understood and its oddities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// A stable word that the window branches on and translates, in snake_case, e.g. `crc_mismatch`.
    pub code: &'static str,
    /// The sentence for people, in English: lower case, no full stop, everything from the archive escaped.
    pub message: String,
    /// The values that the sentence names, for a translated sentence: `("declared", "3")`.
    pub args: Vec<(&'static str, String)>,
    /// The place inside the entry, in the notation of a locator (`row=17`, `/a/0/b`); none for the entry itself.
    pub at: Option<String>,
}

impl Oddity {
    /// An oddity of the whole entry (or of the whole archive).
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), args: Vec::new(), at: None }
    }

    /// Adds a value that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds the place inside the entry.
    #[must_use]
    pub fn at(mut self, at: impl Into<String>) -> Self {
        self.at = Some(at.into());
        self
    }
}
