//! 7z archives, written by another program than this one, and their lies.

use super::check_named;
use super::forge::{stored, zip};
use crate::{Archive, Container, Nature};

const SOLID: &[u8] = include_bytes!("samples/solid.7z");
const LOCKED: &[u8] = include_bytes!("samples/locked.7z");
const HIDDEN: &[u8] = include_bytes!("samples/hidden.7z");
const ALL: [&str; 3] =
    ["dossier/été.txt 92 bytes []", "empty.txt \"\" []", "b.json \"[{\\\"id\\\": 1}]\" []"];

#[test]
fn accept_solid_archives_alone_and_nested() {
    check_named("x.7z", SOLID.to_vec(), &[], &ALL);
    check_named("x.7z", include_bytes!("samples/ppmd.7z").to_vec(), &[], &ALL);
    let zstd = include_bytes!("samples/zstd.7z");
    check_named("x.7z", zstd.to_vec(), &[], &["keep.txt \"healthy\" []", "a.csv 800 bytes []"]);
    check_named("renamed.zip", SOLID.to_vec(), &[], &ALL);
    let nested: Vec<String> = ALL.iter().map(|line| format!("in.7z > {line}")).collect();
    let lines: Vec<&str> =
        std::iter::once("in.7z archive []").chain(nested.iter().map(String::as_str)).collect();
    check_named("outer.zip", zip([stored("in.7z", SOLID)]), &[], &lines);
    let archive = Archive::from_bytes("x.zip", zip([stored("in.7z", SOLID)]), &[]).expect("opens");
    assert_eq!(archive.entries[0].nature, Nature::Container(Container::SevenZip));
}

#[test]
fn accept_locked_archives_with_their_password() {
    for sample in [LOCKED, HIDDEN] {
        check_named("x.7z", sample.to_vec(), &["wrong", "correct horse"], &ALL);
    }
    for (passwords, code) in [(&[][..], "needs_password"), (&["wrong"][..], "wrong_password")] {
        let closed = |name: &str| format!("{name} NeedsPassword [{code}]");
        check_named(
            "x.7z",
            LOCKED.to_vec(),
            passwords,
            &[&closed("dossier/été.txt"), ALL[1], &closed("b.json")],
        );
        check_named("x.7z", HIDDEN.to_vec(), passwords, &[&closed("x.7z")]);
        check_named("o.zip", zip([stored("x.7z", HIDDEN)]), passwords, &[&closed("x.7z")]);
    }
}

#[test]
fn refuse_or_tell_what_is_damaged() {
    let code =
        |bytes: &[u8]| Archive::from_bytes("x.7z", bytes.to_vec(), &[]).err().map(|refusal| refusal.code());
    assert_eq!(code(&SOLID[..20]), Some("incomplete_download"));
    assert_eq!(code(&SOLID[..SOLID.len() - 5]), Some("incomplete_download"));
    let mut wrong = SOLID.to_vec();
    wrong[9] ^= 1;
    assert_eq!(code(&wrong), Some("damaged"));
    // The packed data of the files come first, and the headers do not vouch for them.
    let mut wrong = SOLID.to_vec();
    wrong[40] ^= 0x11;
    let archive = Archive::from_bytes("x.7z", wrong, &[]).expect("its header is whole");
    let told = super::told(&archive);
    assert!(told[0].contains("[") && !told[0].ends_with("[]"), "{told:?}");
}

#[test]
fn odd_headers_of_any_bytes_get_an_answer() {
    // Every byte of the header behind its checksum, changed: a wrong count must not take memory or time.
    let at = 32;
    for (place, to) in (at..SOLID.len()).flat_map(|place| [(place, 0xFF), (place, 0), (place, 0x7F)]) {
        let mut bytes = SOLID.to_vec();
        bytes[place] = to;
        let start =
            usize::try_from(u64::from_le_bytes(bytes[12..20].try_into().expect("eight"))).expect("small");
        let crc = crc32fast::hash(&bytes[32 + start..]);
        bytes[28..32].copy_from_slice(&crc.to_le_bytes());
        let crc = crc32fast::hash(&bytes[12..32]);
        bytes[8..12].copy_from_slice(&crc.to_le_bytes());
        if let Ok(archive) = Archive::from_bytes("x.7z", bytes, &[]) {
            super::told(&archive);
        }
    }
}
