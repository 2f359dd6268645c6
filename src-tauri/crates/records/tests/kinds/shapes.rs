//! The labelled layouts: one a line, `kind | entry | how it is written | name:form; name:form`, by language.

use records::Kind;

/// The layouts by where they come from; the last two were written when rules and vocabulary stood.
const TEXTS: [(&str, &str); 9] = [
    ("french", include_str!("shapes/french.txt")),
    ("english", include_str!("shapes/english.txt")),
    ("german", include_str!("shapes/german.txt")),
    ("spanish", include_str!("shapes/spanish.txt")),
    ("italian", include_str!("shapes/italian.txt")),
    ("services", include_str!("shapes/services.txt")),
    ("bare", include_str!("shapes/bare.txt")),
    ("later", include_str!("shapes/later.txt")),
    ("unseen", include_str!("shapes/unseen.txt")),
];

/// One layout.
pub(crate) struct Shape {
    /// The text that it stands in.
    pub(crate) origin: &'static str,
    pub(crate) kind: Kind,
    pub(crate) entry: &'static str,
    /// The ways in which it is written; a file each.
    pub(crate) ways: Vec<&'static str>,
    pub(crate) language: &'static str,
    /// The path of each field, and the form of its values.
    pub(crate) fields: Vec<(Vec<&'static str>, &'static str)>,
    line: &'static str,
}

impl Shape {
    /// Every layout.
    pub(crate) fn all() -> Vec<Self> {
        TEXTS.into_iter().flat_map(|(origin, text)| read(origin, text)).collect()
    }

    /// A number of its own, the same on every machine (FNV-1a).
    pub(crate) fn number(&self) -> u64 {
        let add = |sum: u64, b: u8| (sum ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        self.line.bytes().fold(0xcbf2_9ce4_8422_2325, add)
    }

    /// Whether it is of the third that nobody looks at.
    pub(crate) fn held_out(&self) -> bool {
        (self.number() >> 20).is_multiple_of(3)
    }
}

fn read(origin: &'static str, text: &'static str) -> Vec<Shape> {
    let mut language = "en";
    let mut out = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(next) = line.strip_prefix("= ") {
            language = next;
            continue;
        }
        let parts: Vec<&str> = line.splitn(4, '|').map(str::trim).collect();
        let [kind, entry, ways, fields] = parts[..] else { panic!("not a shape: {line}") };
        out.push(Shape {
            origin,
            kind: kind.parse().unwrap_or_else(|()| panic!("no kind: {line}")),
            entry,
            ways: ways.split(',').collect(),
            language,
            fields: fields.split("; ").map(field).collect(),
            line,
        });
    }
    out
}

/// `a/b:form`, where the form may be one of `[several|values]`.
fn field(text: &'static str) -> (Vec<&'static str>, &'static str) {
    let at = if text.ends_with(']') { text.rfind(":[") } else { text.rfind(':') };
    let (name, form) = text.split_at(at.unwrap_or_else(|| panic!("a field of no form: {text}")));
    (name.split('/').collect(), &form[1..])
}
