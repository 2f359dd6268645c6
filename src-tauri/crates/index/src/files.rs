//! Which entries a query means: a part of their names, or a pattern with `*` and `?`.

use records::EntryId;

use crate::fold::fold_all;

/// A part of an entry's name, or a pattern for the whole of it if it holds `*` or `?`; case and accents do not count.
/// `*` stands for any characters, slashes too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePattern {
    folded: Vec<char>,
    whole: bool,
}

impl FilePattern {
    /// The pattern that `text` means.
    pub fn new(text: &str) -> Self {
        Self { folded: fold_all(text.trim()).chars().collect(), whole: text.contains(['*', '?']) }
    }

    /// Whether it means the entry of this name.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = fold_all(name).chars().collect();
        if self.whole { glob(&self.folded, &name) } else { contains(&name, &self.folded) }
    }
}

fn contains(name: &[char], part: &[char]) -> bool {
    part.is_empty() || name.windows(part.len()).any(|w| w == part)
}

/// Goes back to the last star only, so the time is at most the product of the two lengths.
fn glob(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                p = at + 1;
                n = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// A set of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntrySet {
    sorted: Vec<EntryId>,
}

impl EntrySet {
    /// Whether the entry is in it.
    pub fn contains(&self, entry: EntryId) -> bool {
        self.sorted.binary_search(&entry).is_ok()
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}

impl FromIterator<EntryId> for EntrySet {
    fn from_iter<I: IntoIterator<Item = EntryId>>(entries: I) -> Self {
        let mut sorted: Vec<EntryId> = entries.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_part_or_pattern() {
        let check = |pattern: &str, name: &str, expect: bool| {
            assert_eq!(FilePattern::new(pattern).matches(name), expect, "{pattern} {name}");
        };
        check("facture", "billing/Factures 2020.csv", true);
        check("numérique", "a/NUMERIQUE.txt", true);
        check("*.csv", "billing/a.csv", true);
        check("*.csv", "billing/a.csv.zip", false);
        check("a*b*c", "aXXbYYc", true);
        check("a*b*c", "aXXcYYb", false);
        check("logins?.csv", "logins1.csv", true);
        check("logins?.csv", "logins.csv", false);
        check("*", "", true);
        check(&"*a".repeat(50), &"a".repeat(400), true);
        check(&format!("{}b", "*a".repeat(50)), &"a".repeat(400), false);
    }
}
