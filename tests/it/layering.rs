//! One way only: each crate may use those before it, and only the desktop package names the window's library.

use std::collections::BTreeSet;

/// What each package of ours may use of ours.
const MAY_USE: &[(&str, &[&str])] = &[
    ("archive", &[]),
    ("files", &["archive"]),
    ("records", &["archive", "files"]),
    ("index", &["records"]),
    ("views", &["records"]),
    ("requests", &["records"]),
    ("worker", &["archive", "files"]),
    ("session", &["archive", "files", "worker", "records", "index", "views", "requests"]),
    ("cli", &["session"]),
];

/// Libraries that one package alone may name.
const ALONE: &[(&str, &str)] = &[("typst", "requests"), ("clap", "cli")];

#[test]
fn crates_know_only_those_before_them() {
    let ours: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    for (name, may_use) in MAY_USE {
        let manifest = manifest(&format!("src-tauri/crates/{name}/Cargo.toml"));
        for used in dependencies(&manifest) {
            assert!(!ours.contains(used) || may_use.contains(&used), "{name} must not know {used}");
            assert!(!used.starts_with("tauri"), "{name} must not know the window's library");
            for (library, owner) in ALONE {
                assert!(used != *library || name == owner, "only {owner} may name {library}, not {name}");
            }
        }
    }
    let tests = manifest("tests/Cargo.toml");
    assert!(dependencies(&tests).all(|d| !d.starts_with("tauri")), "the tests must not need a webview");
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    let mut folders = vec![crate::root().join("src-tauri"), crate::root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository can be read") {
            let path = entry.expect("a folder of the repository can be read").path();
            if path.is_dir() && !path.ends_with("target") && !path.ends_with("gen") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file can be read");
                if !text.starts_with("//!") && !text.starts_with("#!") {
                    silent.push(path);
                }
            }
        }
    }
    assert!(silent.is_empty(), "these files begin without a line on what they are for: {silent:#?}");
}

fn manifest(path: &str) -> String {
    std::fs::read_to_string(crate::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Names of all dependencies, of tests and builds too.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
            return None;
        }
        let name = line.split(['.', '=', ' ']).next().unwrap_or_default().trim();
        (inside && !name.is_empty() && !line.starts_with('#')).then_some(name)
    })
}
