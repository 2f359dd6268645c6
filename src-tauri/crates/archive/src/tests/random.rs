//! Whatever the bytes: an answer, no panic, no endless work, and nothing lost between the two ways of reading.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, TestRunner};

use super::forge::{Forge, descriptor, file, forge, stored, zip};
use super::told;
use super::wrap::{bz2, gz, member, of_kind, pax, tar, xz, zst};
use crate::{Archive, Password};

/// Opens and reads everything; `told` compares both ways of reading.
fn survive(bytes: Vec<u8>) {
    let passwords = [Password::from("correct horse")];
    for name in ["export.zip", "export"] {
        if let Ok(archive) = Archive::from_bytes(name, bytes.clone(), &passwords) {
            told(&archive);
        }
    }
}

fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |value| {
            test(value);
            Ok(())
        })
        .expect("no case fails");
}

#[test]
fn any_bytes_give_an_answer() {
    run(300, vec(any::<u8>(), 0..400), survive);
    let pieces = [
        "PK\u{3}\u{4}",
        "PK\u{1}\u{2}",
        "PK\u{5}\u{6}",
        "PK\u{6}\u{6}",
        "PK\u{6}\u{7}",
        "PK\u{7}\u{8}",
        "\0\0\0\0",
        "a",
    ];
    run(300, vec(0..pieces.len(), 0..200), |picks| {
        survive(picks.iter().flat_map(|&pick| pieces[pick].bytes()).collect());
    });
}

#[test]
fn mutated_archives_give_an_answer() {
    let samples = [
        zip([
            file("a.txt", "hello hello hello"),
            stored("b.zip", zip([file("c", "inner")])),
            file("d/", "x"),
        ]),
        Forge {
            zip64: Some(None),
            comment: b"comment".to_vec(),
            ..forge([file("s", "streamed").both(|head| head.flags |= 8).change(|file| {
                file.descriptor = descriptor(false, file.central.crc, file.central.packed, file.central.size);
            })])
        }
        .bytes(),
        include_bytes!("samples/aes128.zip").to_vec(),
        include_bytes!("samples/zipcrypto.zip").to_vec(),
        include_bytes!("samples/lzma.zip").to_vec(),
        tar([member("a.txt", "hello"), of_kind(b'x', "x", pax("path", "b.txt")), member("b", "long")]),
        gz(tar([member("a.txt", "hello")])),
        bz2(tar([member("a.txt", "hello")])),
        xz("hello ".repeat(40), 64),
        zst("hello ".repeat(40)),
        include_bytes!("samples/solid.7z").to_vec(),
        include_bytes!("samples/ppmd.7z").to_vec(),
        include_bytes!("samples/locked.7z").to_vec(),
    ];
    let change = (0..samples.len(), vec((any::<u16>(), any::<u8>()), 1..4), any::<u16>());
    run(1500, change, |(pick, changes, cut)| {
        let mut bytes = samples[pick].clone();
        for (at, to) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = to;
        }
        let cut = usize::from(cut);
        if cut < 3 * bytes.len() {
            bytes.truncate(cut);
        }
        survive(bytes);
    });
}

#[test]
fn any_names_come_back_and_stay_apart() {
    run(200, vec(".{0,20}", 0..12), |names| {
        let files: Vec<_> = names.iter().map(|name| file(name, format!("of {name}"))).collect();
        let archive = Archive::from_bytes("x.zip", zip(files), &[]).expect("honest headers");
        let kept: Vec<_> = archive.entries.iter().map(|entry| entry.raw_name.as_slice()).collect();
        assert_eq!(kept, names.iter().map(String::as_bytes).collect::<Vec<_>>());
        let mut shown: Vec<_> = archive.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert!(!shown.iter().any(|name| name.contains(char::is_control)));
        shown.sort_unstable();
        shown.dedup();
        assert_eq!(shown.len(), names.len(), "shown names are unique");
    });
}

#[test]
fn files_made_of_signatures_are_read_in_linear_time() {
    let start = std::time::Instant::now();
    survive(b"PK\x03\x04".repeat(200_000));
    survive(b"PK\x05\x06".repeat(200_000));
    survive(b"PK\x07\x08".repeat(200_000));
    survive([zip([file("a", "x")]), b"PK\x05\x06".repeat(200_000)].concat());
    // Headers of files of nothing, none of which follows the one before it directly.
    let header = [b"PK\x03\x04".as_slice(), &[0; 22], &[1, 0, 0, 0], b"a-"].concat();
    let source = crate::source::Source::memory(header.repeat(200_000));
    let room = crate::zip::Room { entries: 200_000, directory_bytes: 0, unlisted: false };
    assert!(crate::zip::list(&source, "x.zip", room).is_ok_and(|listing| listing.items.len() == 200_000));
    survive(Forge { gap: b"PK\x03\x04".repeat(200_000), ..forge([file("a", "x")]) }.bytes());
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
