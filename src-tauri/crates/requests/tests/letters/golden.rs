//! Whole letters as text, with their remarks, against `tests/expected/`. `UPDATE_EXPECT=1` writes them anew.

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use requests::{Letter, Remark};

use crate::book::{letter, read};

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let request = std::fs::read_to_string(folder.join(format!("requests/{name}.json"))).expect(name);
    let letter = letter(&read(&request));
    let expected: PathBuf = folder.join(format!("expected/{name}.txt"));
    expect_file![expected].assert_eq(&shown(&letter));
}

fn shown(letter: &Letter) -> String {
    let mut out = requests::text(letter);
    out.push_str(&format!("\n{}\nto: {}\nsubject: {}\n", "=".repeat(72), letter.to, letter.subject));
    for (word, remarks) in [("missing", &letter.missing), ("advice", &letter.advice)] {
        for Remark { code, message, args } in remarks {
            let args: Vec<String> = args.iter().map(|(name, value)| format!("{name}={value}")).collect();
            out.push_str(&format!("{word} {code}: {message} [{}]\n", args.join(", ")));
        }
    }
    out
}

#[test]
fn rectification_in_french() {
    check("rectification-fr");
}

#[test]
fn rectification_in_english() {
    check("rectification-en");
}

#[test]
fn completion_alone() {
    check("completion-fr");
    check("completion-en");
}

#[test]
fn erasure_on_every_ground_in_french() {
    check("erasure-fr");
}

#[test]
fn erasure_on_every_ground_in_english() {
    check("erasure-en");
}

#[test]
fn erasure_at_a_company_without_profile() {
    check("erasure-elsewhere-en");
}

#[test]
fn a_first_draft_says_what_is_missing() {
    check("first-draft-fr");
}

#[test]
fn every_request_of_the_folder_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    let tested = include_str!("golden.rs");
    for entry in std::fs::read_dir(folder).expect("the folder of requests can be read") {
        let path = entry.expect("the folder of requests can be read").path();
        let name = path.file_stem().and_then(|n| n.to_str()).expect("requests have plain names");
        assert!(tested.contains(&format!("check(\"{name}\")")), "{name} is not tested");
    }
}
