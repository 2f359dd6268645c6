//! Several files given together as one export: pieces of one archive, parts of a series, and one file twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::{Oddity, Refusal, limits, platform, shown};

/// Files that make one archive, or one file or folder by itself.
pub(crate) enum Unit {
    One(PathBuf),
    /// Pieces in their order, and the name that they have together.
    Joined(String, Vec<PathBuf>),
}

/// How the pieces of an archive are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Numbering {
    /// `x.zip.001`, `x.zip.002`: cut anywhere.
    Cut,
    /// `x.z01`, `x.z02`, `x.zip`: written on several disks.
    Disks,
}

/// What the name of a piece says: the name of the whole, how it is numbered, and its number.
fn piece(name: &str) -> Option<(String, Numbering, usize)> {
    let (stem, end) = name.rsplit_once('.')?;
    let lower = end.to_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(n) = lower.strip_prefix('z')
        && (n.len() == 2 || n.len() == 3)
        && digits(n)
    {
        return Some((format!("{stem}.zip"), Numbering::Disks, n.parse().ok()?));
    }
    let archive = [".zip", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst"];
    let of_archive = archive.iter().any(|ending| stem.to_lowercase().ends_with(ending));
    (of_archive && end.len() == 3 && digits(end))
        .then(|| Some((stem.to_owned(), Numbering::Cut, end.parse().ok()?)))?
}

/// Whether a name is that of a piece which makes sense only together with others.
pub(crate) fn is_piece(name: &str) -> bool {
    piece(name).is_some()
}

fn name_of(path: &Path) -> String {
    String::from_utf8_lossy(&platform::name_bytes(path.file_name().unwrap_or(path.as_os_str()))).into_owned()
}

/// Puts the pieces of archives together that were given.
pub(crate) fn group(given: &[PathBuf]) -> Result<Vec<Unit>, Refusal> {
    let mut sets: BTreeMap<(PathBuf, String, Numbering), BTreeMap<usize, PathBuf>> = BTreeMap::new();
    let key = |path: &Path, whole: &str, numbering| {
        (path.parent().unwrap_or(Path::new("")).to_path_buf(), whole.to_lowercase(), numbering)
    };
    for path in given.iter().filter(|path| !path.is_dir()) {
        if let Some((whole, numbering, number)) = piece(&name_of(path)) {
            sets.entry(key(path, &whole, numbering)).or_default().insert(number, path.clone());
        }
    }
    let mut units = Vec::new();
    for path in given {
        let name = name_of(path);
        let own = if path.is_dir() { None } else { piece(&name) };
        let (whole, numbering) = match own {
            Some((whole, numbering, _)) => (whole, numbering),
            // The last of the disks is named like any ZIP.
            None => (name.clone(), Numbering::Disks),
        };
        let set = key(path, &whole, numbering);
        let is_last = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        match (sets.get_mut(&set), piece(&name)) {
            (Some(_), None) if !is_last => units.push(Unit::One(path.clone())),
            (Some(pieces), own) if numbering == Numbering::Disks => {
                if own.is_none() {
                    pieces.insert(usize::MAX, path.clone());
                }
            }
            (Some(_), _) => {}
            (None, _) => units.push(Unit::One(path.clone())),
        }
    }
    for ((_, _, numbering), pieces) in sets {
        let Some(first) = pieces.values().next().map(|path| name_of(path)) else { continue };
        let whole = piece(&first).map_or_else(|| first.clone(), |(whole, ..)| whole);
        let last = pieces.contains_key(&usize::MAX);
        let most = pieces.keys().copied().filter(|n| *n != usize::MAX).max().unwrap_or(0);
        let mut missing: Vec<String> = (1..=most)
            .filter(|n| !pieces.contains_key(n))
            .take(limits::SAME_ODDITY_MAX)
            .map(|n| match numbering {
                Numbering::Cut => format!("{whole}.{n:03}"),
                Numbering::Disks => format!("{}.z{n:02}", whole.strip_suffix(".zip").unwrap_or(&whole)),
            })
            .collect();
        match numbering {
            Numbering::Disks if !last => missing.push(whole.clone()),
            _ => {}
        }
        if !missing.is_empty() {
            let name = shown::escape(&first).text;
            let missing = shown::escape(&missing.join(", ")).text;
            return Err(Refusal::PieceMissing { name, missing });
        }
        units.push(Unit::Joined(whole, pieces.into_values().collect()));
    }
    Ok(units)
}

/// A name that is one of a series: what is before the number, the number, and what is behind it.
fn numbered(name: &str) -> Option<(&str, usize, &str)> {
    let stem_len = name.rfind('.').unwrap_or(name.len());
    let (stem, end) = name.split_at(stem_len);
    let stem = stem.strip_suffix(".tar").unwrap_or(stem);
    let from = stem.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (before, number) = stem.split_at(from);
    // `-001`, as Google and others number their parts; `2024` is a year, `12` may be anything.
    let fits = number.len() == 3 && before.ends_with(['-', '_', '.']);
    fits.then(|| Some((before, number.parse().ok()?, end)))?
}

/// The parts of a numbered series that were not given.
pub(crate) fn missing(names: &[&str]) -> Vec<Oddity> {
    let mut series: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for name in names {
        if let Some((before, number, end)) = numbered(name) {
            series.entry((before.to_lowercase(), end.to_lowercase())).or_default().insert(number);
        }
    }
    let mut oddities = Vec::new();
    for ((before, end), numbers) in series {
        // One file alone is a part only if it is known to be named so.
        if numbers.len() < 2 && !before.starts_with("takeout-") {
            continue;
        }
        let most = numbers.last().copied().unwrap_or(0);
        let missing: Vec<String> =
            (1..most).filter(|n| !numbers.contains(n)).map(|n| format!("{n:03}")).collect();
        if missing.is_empty() {
            continue;
        }
        let count = missing.len();
        let listed = missing.into_iter().take(10).collect::<Vec<_>>().join(", ");
        let example = shown::quoted(&format!("{before}{most:03}{end}"));
        let message = format!(
            "{} of the export that {example} belongs to {} missing: {listed}",
            shown::count(count as u64, "part", "parts"),
            if count == 1 { "is" } else { "are" }
        );
        let oddity = Oddity::new("part_missing", message).with("entry", shown::bare(&example));
        oddities.push(oddity.with("count", count).with("parts", listed));
    }
    oddities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_known_by_their_names() {
        for (name, expect) in [
            ("x.zip.001", Some(("x.zip", Numbering::Cut, 1))),
            ("x.7z.012", Some(("x.7z", Numbering::Cut, 12))),
            ("x.Z01", Some(("x.zip", Numbering::Disks, 1))),
            ("x.zip", None),
            ("x.json.001", None),
            ("x.001", None),
            ("z01", None),
        ] {
            let expect = expect.map(|(whole, numbering, n)| (whole.to_owned(), numbering, n));
            assert_eq!(piece(name), expect, "{name}");
        }
    }

    #[test]
    fn odd_gaps_in_a_series_are_told() {
        let check = |names: &[&str], expect: Option<&str>| {
            let found = missing(names);
            let parts = found.first().and_then(|oddity| oddity.args.iter().find(|(key, _)| *key == "parts"));
            assert_eq!(parts.map(|(_, value)| value.as_str()), expect, "{names:?}");
        };
        check(&["takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-002.zip"], None);
        check(&["takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-004.zip"], Some("002, 003"));
        check(&["takeout-20240516T230250Z-3-002.zip"], Some("001"));
        check(&["takeout-20240516T230250Z-001.tgz"], None);
        check(&["report-007.zip"], None);
        check(&["export-2024.zip", "export-2026.zip"], None);
        check(&["a-001.zip", "b-003.zip"], None);
    }
}
