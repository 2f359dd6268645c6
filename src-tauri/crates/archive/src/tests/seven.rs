//! 7z archives, written by another program than this one, and their lies.

use std::io::Read;

use super::check_named;
use super::forge::{stored, zip};
use crate::{Archive, Container, Nature};

const SOLID: &[u8] = include_bytes!("samples/solid.7z");
const LOCKED: &[u8] = include_bytes!("samples/locked.7z");
const HIDDEN: &[u8] = include_bytes!("samples/hidden.7z");
const BCJ2: &[u8] = include_bytes!("samples/bcj2.7z");
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
fn accept_programs_in_four_streams() {
    let lines = ["code.bin 6007 bytes []", "note.txt \"note de Zoé Leroy\\n\" []"];
    check_named("x.7z", BCJ2.to_vec(), &[], &lines);
    let locked = include_bytes!("samples/bcj2_locked.7z");
    check_named("x.7z", locked.to_vec(), &["wrong", "secret"], &lines);
    let closed = ["code.bin NeedsPassword [wrong_password]", "note.txt NeedsPassword [wrong_password]"];
    check_named("x.7z", locked.to_vec(), &["wrong"], &closed);
}

#[test]
fn tell_what_is_damaged_in_any_of_four_streams() {
    let whole = Archive::from_bytes("x.7z", BCJ2.to_vec(), &[]).expect("opens");
    let mut told = 0;
    for place in (32..32 + header_at(BCJ2)).step_by(7) {
        let mut bytes = BCJ2.to_vec();
        bytes[place] ^= 0x11;
        let archive = Archive::from_bytes("x.7z", bytes, &[]).expect("its header is whole");
        for at in 0..2 {
            // The last bytes of a stream may say nothing.
            let (found, codes) = content(&archive, at);
            assert!(codes > 0 || found == content(&whole, at).0, "changed at {place}");
            told += codes;
        }
    }
    assert!(told > 300, "{told}");
}

/// The bytes of an entry, and how much was said of them.
fn content(archive: &Archive, at: usize) -> (Vec<u8>, usize) {
    let mut content = Vec::new();
    let mut codes = archive.entries[at].oddities.len();
    if let Ok(mut reader) = archive.reader(archive.entries[at].id) {
        reader.read_to_end(&mut content).expect("reading an entry never fails");
        codes += reader.finish().len();
    }
    (content, codes)
}

/// Where the header begins behind the first 32 bytes.
fn header_at(bytes: &[u8]) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[12..20].try_into().expect("eight"))).expect("small")
}

/// An archive with a byte changed and all checksums made right again.
fn lying(archive: &[u8], place: usize, to: u8) -> Vec<u8> {
    let mut bytes = archive.to_vec();
    bytes[place] = to;
    let crc = bytes.get(32 + header_at(&bytes)..).map_or(0, crc32fast::hash);
    bytes[28..32].copy_from_slice(&crc.to_le_bytes());
    let crc = crc32fast::hash(&bytes[12..32]);
    bytes[8..12].copy_from_slice(&crc.to_le_bytes());
    bytes
}

#[test]
fn odd_headers_of_any_bytes_get_an_answer() {
    // Every byte of the header behind its checksum, changed: a wrong count must not take memory or time.
    for (place, to) in (32..SOLID.len()).flat_map(|place| [(place, 0xFF), (place, 0), (place, 0x7F)]) {
        if let Ok(archive) = Archive::from_bytes("x.7z", lying(SOLID, place, to), &[]) {
            super::told(&archive);
        }
    }
}

#[test]
fn odd_plans_of_four_streams_never_give_other_bytes_unsaid() {
    let whole = Archive::from_bytes("x.7z", BCJ2.to_vec(), &[]).expect("opens");
    let known: Vec<_> = (0..2).map(|at| content(&whole, at).0).collect();
    // Its header is not packed, so that each change is one of what it says: how the coders hang together, how long
    // their streams are.
    let changes = (32 + header_at(BCJ2)..BCJ2.len())
        .flat_map(|place| [0, 1, 2, 3, 0x14, 0x7F, 0xFF, BCJ2[place].wrapping_add(1)].map(|to| (place, to)));
    for (place, to) in changes {
        let Ok(archive) = Archive::from_bytes("x.7z", lying(BCJ2, place, to), &[]) else { continue };
        for at in 0..archive.entries.len() {
            let (content, codes) = content(&archive, at);
            let told = codes > 0 || content.is_empty() || known.contains(&content);
            assert!(told, "{place} is {to}: {} bytes of {}", content.len(), archive.entries[at].name);
        }
    }
}
