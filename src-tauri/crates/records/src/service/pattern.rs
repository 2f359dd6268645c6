//! Name patterns of a description: the end of an entry's name, or a folder anywhere in it, whatever case and accents.

use crate::words::fold;

/// The end of an entry's name, `Payments/*.csv`; or, with a slash behind it, folders at any depth, `Takeout/`.
/// `*` stands for anything but a slash.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    folded: String,
    depth: usize,
    folder: bool,
}

impl Pattern {
    pub(crate) fn new(written: &str) -> Self {
        let folder = written.ends_with('/');
        let folded = fold(written.trim_end_matches('/'));
        Self { depth: folded.matches('/').count(), written: written.to_owned(), folded, folder }
    }

    /// As it stands in the description.
    pub fn written(&self) -> &str {
        &self.written
    }

    pub(crate) fn is_folder(&self) -> bool {
        self.folder
    }

    /// The name of a single folder, if that is all it asks for.
    pub(crate) fn one_folder(&self) -> Option<&str> {
        (self.folder && self.depth == 0 && !self.folded.contains('*')).then_some(self.folded.as_str())
    }

    /// Its last step.
    pub(crate) fn last(&self) -> &str {
        self.folded.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it fits a name that went through [`plain`].
    pub(crate) fn fits(&self, name: &str) -> bool {
        if self.folder {
            return self.fits_folder(name);
        }
        // Exports are often wrapped in one more folder, and lists repacked inside other archives.
        let start = name.rmatch_indices('/').nth(self.depth).map_or(0, |(at, _)| at + 1);
        glob(&self.folded, &name[start..])
    }

    fn fits_folder(&self, name: &str) -> bool {
        let mut from = 0;
        loop {
            let rest = &name[from..];
            let end = rest.match_indices('/').nth(self.depth).map(|(at, _)| at);
            let Some(end) = end else { return false };
            if glob(&self.folded, &rest[..end]) {
                return true;
            }
            from += rest.find('/').map_or(rest.len(), |at| at + 1);
        }
    }
}

/// An entry's name as patterns see it: folded, one sign between steps, archives inside archives as folders.
pub(crate) fn plain(name: &str) -> String {
    let folded = fold(name);
    if folded.contains(['>', '\\']) { folded.replace(" > ", "/").replace('\\', "/") } else { folded }
}

/// Whether `*`, anything but a slash, makes the pattern fit the whole text.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    let (mut p, mut t) = (pattern.as_bytes(), text.as_bytes());
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        match (p.first(), t.first()) {
            (Some(b'*'), _) => {
                p = &p[1..];
                again = Some((p, t));
            }
            (Some(a), Some(b)) if a == b => {
                p = &p[1..];
                t = &t[1..];
            }
            (None, None) => return true,
            _ => match again {
                Some((after, from)) if from.first().is_some_and(|b| *b != b'/') => {
                    p = after;
                    t = &from[1..];
                    again = Some((p, t));
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, name: &str, wanted: bool) {
        assert_eq!(Pattern::new(pattern).fits(&plain(name)), wanted, "{pattern} {name}");
    }

    #[test]
    fn a_star_stops_at_a_slash() {
        check("mails/*.eml", "mails/2024-01.eml", true);
        check("*.csv", "a.csv", true);
        check("mails/*.eml", "mails/old/2024.eml", false);
        check("a*b", "ac", false);
    }

    #[test]
    fn case_accents_and_wrapping_folders_do_not_count() {
        check("Archiv_Übersicht.html", "Takeout/archiv_ubersicht.html", true);
        check("Mon activité/*/*.json", "takeout.zip > Takeout/Mon activite\u{301}/Chrome/a.json", true);
        check("inbox/*.json", "box.json", false);
        check("account.json", "my-account.json", false);
    }

    #[test]
    fn folders_are_met_at_any_depth() {
        check("Takeout/", "x/Takeout/YouTube/a.json", true);
        check("Takeout/YouTube*/", "Takeout/YouTube and YouTube Music/history/a.json", true);
        check("Takeout/", "Takeout.json", false);
        check("Takeout/", "MyTakeout/a.json", false);
    }
}
