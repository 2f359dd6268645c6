//! Files that are packed as a whole: one file inside, or an archive, or a lie.

use super::forge::{packed, stored, zip};
use super::wrap::{bz2, gz, gz_named, lzma, xz, zst};
use super::{check_named, told};
use crate::{Archive, Container, Nature};

#[test]
fn accept_one_file_by_its_own_name_or_that_of_its_wrapping() {
    let json = "[{\"a\":1}]";
    let line = |name: &str| format!("{name} {json:?} []");
    for (name, bytes, inner) in [
        ("users.json.gz", gz(json), "users.json"),
        ("users.json.gz", gz_named("données.json", json), "données.json"),
        ("users.json.gz", gz_named("../../etc/users.json", json), "users.json"),
        ("users.json.bz2", bz2(json), "users.json"),
        ("users.json.xz", xz(json, 1 << 20), "users.json"),
        ("users.json.zst", zst(json), "users.json"),
        ("users.json.lzma", lzma(json), "users.json"),
        ("USERS.JSON.GZ", gz(json), "USERS.JSON"),
        ("download", gz(json), "download"),
    ] {
        check_named(name, bytes, &[], &[&line(inner)]);
    }
    check_named(
        "outer.zip",
        zip([stored("u.json.gz", gz(json))]),
        &[],
        &["u.json.gz archive []", &format!("u.json.gz > {}", line("u.json"))],
    );
    let archive = Archive::from_bytes("x.zip", zip([stored("a.xz", xz(json, 1 << 20))]), &[]).expect("opens");
    assert_eq!(archive.entries[0].nature, Nature::Container(Container::Xz));
}

#[test]
fn accept_several_members_streams_and_frames() {
    let twice = ["one,two\n".repeat(2), String::new()].concat();
    let line = format!("x.csv {twice:?} []");
    let half = "one,two\n";
    for (name, bytes) in [
        ("x.csv.gz", [gz(half), gz(half)].concat()),
        ("x.csv.gz", [gz(half), gz(half), vec![0; 100]].concat()),
        ("x.csv.bz2", [bz2(half), bz2(half)].concat()),
        ("x.csv.xz", [xz(half, 1 << 20), vec![0; 8], xz(half, 1 << 20)].concat()),
        ("x.csv.xz", xz(half.repeat(2), 8)),
        ("x.csv.zst", [zst(half), b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zst(half)].concat()),
    ] {
        check_named(name, bytes, &[], &[&line]);
    }
    check_named("empty.json.gz", gz(""), &[], &["empty.json \"\" []"]);
}

#[test]
fn accept_wrappings_inside_wrappings_to_a_limit() {
    let three = gz(gz(gz("deep")));
    check_named(
        "x.txt.gz.gz.gz",
        three.clone(),
        &[],
        &[
            "x.txt.gz.gz archive []",
            "x.txt.gz.gz > x.txt.gz archive []",
            "x.txt.gz.gz > x.txt.gz > x.txt \"deep\" []",
        ],
    );
    let seven = (0..4).fold(three, |inner, _| gz(inner));
    let archive = Archive::from_bytes("x.gz.gz.gz.gz.gz.gz.gz", seven, &[]).expect("opens");
    let last = archive.entries.last().expect("several");
    assert_eq!(last.oddities.first().map(|oddity| oddity.code), Some("nested_too_deep"));
}

#[test]
fn odd_damage_is_told_and_what_is_there_is_read() {
    let text = "row,1\n".repeat(4000);
    let (packed, len) = (gz(&text), gz(&text).len());
    let changed = |at: usize| {
        let mut bytes = packed.clone();
        bytes[at] ^= 0x55;
        bytes
    };
    let cases = [
        (changed(len - 8), "x.csv 24000 bytes [crc_mismatch]"),
        (changed(len - 1), "x.csv 24000 bytes [size_mismatch]"),
        (packed[..len - 4].to_vec(), "x.csv 24000 bytes [data_cut]"),
        ([packed.clone(), b"behind".to_vec()].concat(), "x.csv 24000 bytes [packed_left_over]"),
    ];
    for (bytes, line) in cases {
        check_named("x.csv.gz", bytes, &[], &[line]);
    }
    // All before the end is read, whatever the format.
    let mut seed = 1u32;
    let noise: Vec<u8> = (0..3_000_000)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0] & 31
        })
        .collect();
    for (name, bytes) in [
        ("x.gz", gz(&noise)),
        ("x.bz2", bz2(&noise)),
        ("x.xz", xz(&noise, 1 << 20)),
        ("x.zst", zst(&noise)),
        ("x.lzma", lzma(&noise)),
    ] {
        let cut = bytes[..bytes.len() * 3 / 4].to_vec();
        let archive = Archive::from_bytes(name, cut, &[]).expect("opens");
        let mut read = Vec::new();
        let mut reader = archive.reader(archive.entries[0].id).expect("readable");
        std::io::Read::read_to_end(&mut reader, &mut read).expect("never fails");
        assert!(noise.starts_with(&read) && read.len() > noise.len() / 2, "{name} {}", read.len());
        let codes: Vec<_> = reader.finish().iter().map(|oddity| oddity.code).collect();
        // LZMA does not tell a sudden end from nonsense.
        let expect = if name == "x.lzma" { "data_damaged" } else { "data_cut" };
        assert_eq!(codes, [expect], "{name}");
    }
}

#[test]
fn odd_bombs_are_stopped() {
    let zeros = vec![0; 70 << 20];
    for (name, bytes) in [
        ("bomb.gz", gz(&zeros)),
        ("bomb.bz2", bz2(&zeros)),
        ("bomb.xz", xz(&zeros, u64::MAX)),
        ("bomb.zst", zst(&zeros)),
    ] {
        let archive = Archive::from_bytes(name, bytes, &[]).expect("opens");
        assert_eq!(told(&archive), ["bomb 67108864 bytes [ratio_stop]"], "{name}");
    }
    // Many of them in one archive share a budget.
    let bomb = gz(&zeros[..40 << 20]);
    let many: Vec<_> = (0..12).map(|n| stored(format!("{n}.gz"), &bomb)).collect();
    let archive = Archive::from_bytes("x.zip", zip(many), &[]).expect("opens");
    let out: u64 = archive.entries.iter().filter(|e| e.parent.is_some()).filter_map(|e| e.size).sum();
    assert!(out < 400 << 20, "{out}");
}

#[test]
fn refuse_what_begins_like_a_wrapping_and_is_none() {
    let code = |name: &str, bytes: &[u8]| {
        Archive::from_bytes(name, bytes.to_vec(), &[]).err().map(|refusal| refusal.code())
    };
    assert_eq!(code("x.gz", b"\x1f\x8b\x08\0\0"), Some("incomplete_download"));
    assert_eq!(code("x.json.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff"), Some("damaged"));
    assert_eq!(code("x.xz", b"\xfd7zXZ\0\0\x04\0\0\0\0\0\0\0"), Some("damaged"));
    assert_eq!(code("x.tar.zst", b"\x28\xb5\x2f\xfd\x04"), Some("incomplete_download"));
    // What is not called so is a file of its own.
    let archive = Archive::from_bytes("x.bin", b"\x1f\x8b\x08\0\0".to_vec(), &[]).expect("a file");
    assert_eq!(archive.entries.len(), 1);
    // An archive of nothing that is called what it is not.
    assert_eq!(code("x.zip", &gz(vec![0; 10240])), Some("not_a_zip"));
}

#[test]
fn accept_the_newer_methods_of_zip() {
    let text = "one line of many\n".repeat(40);
    check_named(
        "x.zip",
        zip([
            packed("z", 93, zst(&text), &text),
            packed("x", 95, xz(&text, 1 << 20), &text),
            packed("p", 98, ppmd(&text), &text),
        ]),
        &[],
        &["z 680 bytes []", "x 680 bytes []", "p 680 bytes []"],
    );
}

/// PPMd as ZIP has it: order 6 and 1 MB of memory in front.
fn ppmd(text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = ppmd_rust::Ppmd8Encoder::new(Vec::new(), 6, 1 << 20, ppmd_rust::RestoreMethod::Restart)
        .expect("honest");
    encoder.write_all(text.as_bytes()).expect("memory");
    let data = encoder.finish(false).expect("memory");
    [5u16.to_le_bytes().to_vec(), data].concat()
}
