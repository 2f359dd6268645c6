//! What a name would do if a careless program used it as a path. This one never does; but it tells.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::{Oddity, limits, shown};

/// What is odd about one name, by itself.
pub(crate) fn oddities(name: &str) -> Vec<Oddity> {
    let escaped = shown::escape(name);
    let quoted = shown::quoted(name);
    let entry = shown::bare(&quoted);
    let mut found = Vec::new();
    let mut note = |code, message: String| found.push(Oddity::new(code, message).with("entry", entry));

    if name.len() > limits::NAME_BYTES_ODD {
        note(
            "name_long",
            format!("the name {quoted} is {} bytes long, more than any system allows", name.len()),
        );
    }
    if let Some(c) = escaped.control {
        let c = u32::from(c);
        note(
            "name_control",
            format!("the name {quoted} has control characters in it (U+{c:04X}), shown escaped"),
        );
    }
    if let Some(c) = escaped.hidden {
        let c = u32::from(c);
        let what = "hidden characters or changes of direction";
        note("name_hidden", format!("the name {quoted} has {what} in it (U+{c:04X}), shown escaped"));
    }
    if let Some(word) = shown::mixed_word(name) {
        let word = shown::quoted(word);
        note(
            "name_mixed_script",
            format!("the name {quoted} mixes letters of several alphabets in one word: {word}"),
        );
    }
    let plain = name.replace('\\', "/");
    let drive = plain.trim_start_matches(['/', '?']);
    let has_drive = drive.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && drive.as_bytes().get(1) == Some(&b':');
    if has_drive {
        note("name_drive", format!("the name {quoted} begins with a drive letter; it is not used as a path"));
    } else if plain.starts_with("//") && plain.len() > 2 {
        note(
            "name_network",
            format!("the name {quoted} points to another computer; it is not used as a path"),
        );
    } else if plain.starts_with('/') && plain.len() > 1 {
        note(
            "name_absolute",
            format!("the name {quoted} points to a fixed place on a disk; it is not used as a path"),
        );
    }
    if plain.split('/').any(|part| part == "..") {
        note("name_climbs", format!("the name {quoted} climbs out of its folder; it is not used as a path"));
    }
    if name.contains('\\') {
        note(
            "name_backslash",
            format!("the name {quoted} has backslashes, which only Windows takes for folders"),
        );
    }
    if let Some(part) = plain.split('/').find(|part| reserved(part)) {
        let part = shown::quoted(part);
        note(
            "name_reserved",
            format!("the name {quoted} cannot be saved as it is on Windows, where {part} is a device"),
        );
    }
    if plain.split('/').all(|part| part.is_empty() || part == ".") {
        note("name_empty", format!("the entry {quoted} has no real name"));
    }
    found
}

fn reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        _ => {
            (stem.starts_with("COM") || stem.starts_with("LPT"))
                && stem.len() == 4
                && stem.ends_with(|c: char| c.is_ascii_digit() && c != '0')
        }
    }
}

/// What is odd about the names of one directory together: twins, and files that are folders too.
/// Gives an oddity for the entry at each position.
pub(crate) fn twins(names: &[String]) -> Vec<(usize, Oddity)> {
    let mut found = Vec::new();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        by_name.entry(name).or_default().push(at);
    }
    for (at, name) in names.iter().enumerate() {
        let same = by_name.get(name.as_str()).map_or(1, Vec::len);
        if same > 1 {
            let quoted = shown::quoted(name);
            let message = format!("{same} entries have the same name, {quoted}; all are kept and numbered");
            let oddity = Oddity::new("name_twice", message).with("entry", shown::bare(&quoted));
            found.push((at, oddity.with("count", same)));
        }
    }

    // Zero sorts before everything else, so that what is in a folder follows the file of its name.
    let mut keys: Vec<(String, usize)> = names.iter().enumerate().map(|(at, name)| (key(name), at)).collect();
    keys.sort();
    for pair in keys.windows(2) {
        let [(key, at), (next, after)] = pair else { continue };
        let (one, other) = (&names[*at], &names[*after]);
        if key == next {
            if one != other {
                let (one, other) = (shown::quoted(one), shown::quoted(other));
                let message = format!("{one} and {other} are two spellings of one name; both are kept");
                let oddity = Oddity::new("name_spellings", message).with("entry", shown::bare(&other));
                found.push((*after, oddity.with("other", shown::bare(&one))));
            }
        } else if !key.is_empty()
            && next.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with('\0'))
        {
            let (one, other) = (shown::quoted(one), shown::quoted(other));
            let message = format!("{one} is a file and also the folder of {other}; both are kept");
            let oddity = Oddity::new("file_and_folder", message).with("entry", shown::bare(&one));
            found.push((*at, oddity.with("other", shown::bare(&other))));
        }
    }
    found
}

/// Equal for all spellings that some system would take for the same file; zeros stand between the folders.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut starts = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => key.truncate(starts.pop().unwrap_or(0)),
            part => {
                starts.push(key.len());
                if !key.is_empty() {
                    key.push('\0');
                }
                key.extend(part.nfc().flat_map(char::to_lowercase));
            }
        }
    }
    key
}

/// A number put before the extension: `profile (2).json`.
pub(crate) fn numbered(name: &str, number: usize) -> String {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name[file..].rfind('.').filter(|&dot| dot > 0) {
        Some(dot) => format!("{} ({number}){}", &name[..file + dot], &name[file + dot..]),
        None => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expect: &[&str]) {
        let codes: Vec<_> = oddities(name).iter().map(|oddity| oddity.code).collect();
        assert_eq!(codes, expect, "{name:?}");
    }

    #[test]
    fn accept_honest_names() {
        for name in [
            "a.json",
            "a/b/c.txt",
            "Acme Inc./x.csv",
            "2024-05-01T10:00:00.json",
            "a..b",
            ".hidden",
            "console.log",
        ] {
            check(name, &[]);
        }
    }

    #[test]
    fn odd_names_are_told() {
        check("../x", &["name_climbs"]);
        check("a/..", &["name_climbs"]);
        check("/etc/x", &["name_absolute"]);
        check("//host/x", &["name_network"]);
        check("\\\\host\\x", &["name_network", "name_backslash"]);
        check("C:\\x", &["name_drive", "name_backslash"]);
        check("c:x", &["name_drive"]);
        check("\\\\?\\C:\\x", &["name_drive", "name_backslash"]);
        check("a\\b.txt", &["name_backslash"]);
        check("a\0b", &["name_control"]);
        check("a\u{202E}b", &["name_hidden"]);
        check("p\u{430}ypal", &["name_mixed_script"]);
        check("x/CON", &["name_reserved"]);
        check("LPT9.txt", &["name_reserved"]);
        check("", &["name_empty"]);
        check("./", &["name_empty"]);
        check("/", &["name_empty"]);
        check(&"n".repeat(40_000), &["name_long"]);
    }

    fn check_twins(names: &[&str], expect: &[(usize, &str)]) {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut found: Vec<_> = twins(&names).into_iter().map(|(at, oddity)| (at, oddity.code)).collect();
        found.sort_unstable();
        assert_eq!(found, expect);
    }

    #[test]
    fn odd_twins_are_told() {
        check_twins(&["a", "b", "a/b"], &[(0, "file_and_folder")]);
        check_twins(&["x", "x", "y"], &[(0, "name_twice"), (1, "name_twice")]);
        check_twins(
            &["a/b", "a//b", "A/B"],
            &[(0, "name_spellings"), (1, "name_spellings")].map(|(n, c)| (n + 1, c)),
        );
        check_twins(&["caf\u{e9}", "cafe\u{301}"], &[(1, "name_spellings")]);
        check_twins(&["a", "a.txt", "ab/c"], &[]);
    }

    #[test]
    fn numbers_stand_before_the_extension() {
        assert_eq!(numbered("a.b/profile.json", 2), "a.b/profile (2).json");
        assert_eq!(numbered("a.b/profile", 3), "a.b/profile (3)");
        assert_eq!(numbered(".env", 2), ".env (2)");
    }
}
