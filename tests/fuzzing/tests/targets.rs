//! Every target with its seeds and with changes made to them; and each is there for a fuzzer, too.

use std::path::Path;

use fuzzing::{TARGETS, mutate, seeds};

/// Changes made to the seeds of each target, together.
const CHANGES: u64 = 120;

#[test]
fn seeds_and_what_changes_make_of_them_break_nothing() {
    // Named by FUZZ_SEEDS where a fuzzer is about to begin with them; the tests of `files` add theirs.
    if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
        seeds::write(Path::new(&folder)).expect("the folder for seeds can be written");
    }
    for target in TARGETS {
        let seeds = seeds::of(target.name).expect("the samples can be read");
        let each = CHANGES / (seeds.len() as u64).max(1) + 1;
        for seed in &seeds {
            (target.run)(seed);
            mutate::each(seed, 0..each, target.run);
        }
        for length in 0..40 {
            mutate::each(&vec![0; length], 0..1, target.run);
        }
    }
}

#[test]
fn every_target_is_there_for_a_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest can be read");
    let mut listed: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")?.strip_suffix(".rs\""))
        .collect();
    listed.sort_unstable();
    let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(listed, known, "the targets listed in fuzz/Cargo.toml");
    let files = std::fs::read_dir(folder.join("fuzz_targets")).expect("the folder can be read");
    assert_eq!(files.count(), known.len(), "one file for each target");
    for name in known {
        let path = folder.join(format!("fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(path).expect("every target has a file");
        assert!(text.contains(&format!("fuzzing::run(\"{name}\", data)")), "{name}.rs runs its own target");
    }
}
