//! Files of companies and languages as a stranger recalled them, written before rules and vocabulary were read: each
//! `=== kind entry` line starts one, and several kinds with a stroke between them are all right.

use records::Kind;

/// One file, and the kinds that a person would give it, the likeliest first.
pub(crate) struct Foreign {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) entry: &'static str,
    pub(crate) text: String,
}

/// Every file.
pub(crate) fn all() -> Vec<Foreign> {
    let mut out: Vec<Foreign> = Vec::new();
    for line in include_str!("foreign.txt").split_inclusive('\n') {
        let head = line.strip_prefix("=== ").and_then(|head| head.trim_end().split_once(' '));
        if let Some((kinds, entry)) = head {
            let kind = |word: &str| word.parse().unwrap_or_else(|()| panic!("no kind: {line}"));
            out.push(Foreign { kinds: kinds.split('/').map(kind).collect(), entry, text: String::new() });
        } else if let Some(file) = out.last_mut() {
            file.text.push_str(line);
        }
    }
    out
}
