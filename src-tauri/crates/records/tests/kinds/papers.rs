//! Papers in running text: bills, wages, talks with support, consents, profile sheets, logs, and the contracts, guides and
//! letters that only speak of such things. Each `=== kind entry` line starts one, `# ` a title, ` || ` stands between
//! two columns and ` | ` between cells.

use records::Kind;

/// One paper, and the kinds that a person would give it.
pub(crate) struct Paper {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) entry: &'static str,
    pub(crate) text: String,
}

impl Paper {
    /// Whether it is of the half that nobody looks at (FNV-1a of its name).
    pub(crate) fn held_out(&self) -> bool {
        let add = |sum: u64, b: u8| (sum ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        (self.entry.bytes().fold(0xcbf2_9ce4_8422_2325, add) >> 20).is_multiple_of(2)
    }
}

/// Every paper as text.
pub(crate) fn all() -> Vec<Paper> {
    let mut out: Vec<Paper> = Vec::new();
    for line in include_str!("papers.txt").split_inclusive('\n') {
        if let Some((kinds, entry)) = line.strip_prefix("=== ").and_then(|h| h.trim_end().split_once(' ')) {
            let kind = |word: &str| word.parse().unwrap_or_else(|()| panic!("no kind: {line}"));
            out.push(Paper { kinds: kinds.split('/').map(kind).collect(), entry, text: String::new() });
        } else if let Some(paper) = out.last_mut() {
            let line = line.strip_prefix("# ").unwrap_or(line);
            paper.text.push_str(&line.replace(" || ", "    ").replace(" | ", "  ").replace(" |", ""));
        }
    }
    out
}
