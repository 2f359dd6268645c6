//! Tar files of all ages, and their lies.

use std::io::Read;

use super::check_named;
use super::wrap::{Member, bz2, gz, lzma, member, of_kind, open_tar, pax, tar, xz, zst};
use crate::{Archive, Container, EntryId, Nature};

fn check(bytes: Vec<u8>, expect: &[&str]) {
    check_named("export.tar", bytes, &[], expect);
}

const KEEP: &str = "keep.txt \"healthy\" []";

fn keep() -> Member {
    member("keep.txt", "healthy")
}

#[test]
fn accept_names_and_sizes_as_every_tar_has_them() {
    check(
        tar([member("a/b.txt", "one"), of_kind(b'5', "a/", ""), member("empty", ""), keep()]),
        &["a/b.txt \"one\" []", "empty \"\" []", KEEP],
    );
    // The seventh edition had no mark, no kinds, and folders that end in a slash.
    let old = |name: &str, content: &str| of_kind(0, name, content).with(257, &[0; 8]);
    check(tar([old("folder/", ""), old("folder/x", "old")]), &["folder/x \"old\" []"]);
    // POSIX splits a long name, GNU puts it before, and so does pax, in UTF-8.
    let front = member("b.txt", "split").with(345, b"data/2024");
    check(tar([front, keep()]), &["data/2024/b.txt \"split\" []", KEEP]);
    let long = format!("{}/été.json", "d".repeat(150));
    let before = of_kind(b'L', "././@LongLink", format!("{long}\0"));
    check(tar([before, member(&long[..100], "gnu"), keep()]), &[&format!("{long} \"gnu\" []"), KEEP]);
    let before = of_kind(b'x', "x", pax("mtime", "1.5") + &pax("path", &long));
    check(tar([before, member("short", "pax"), keep()]), &[&format!("{long} \"pax\" []"), KEEP]);
    let size = of_kind(b'x', "x", pax("size", "7"));
    check(tar([size, keep().with(124, b"00000000000\0")]), &[KEEP]);
    // Numbers too large for octal digits stand in bytes.
    let mut wide = [0u8; 12];
    (wide[0], wide[11]) = (0x80, 7);
    check(tar([keep().with(124, &wide)]), &[KEEP]);
    check(tar([of_kind(b'g', "g", pax("comment", "x")), of_kind(b'V', "tape", ""), keep()]), &[KEEP]);
}

#[test]
fn accept_legacy_names_by_all_of_them_together() {
    let cp1251 = |name: &str| encoding_rs::WINDOWS_1251.encode(name).0.into_owned();
    check(
        tar([member(cp1251("Счета/Январь.csv"), "1"), member(cp1251("Данные.txt"), "2")]),
        &["Счета/Январь.csv \"1\" []", "Данные.txt \"2\" []"],
    );
}

#[test]
fn accept_tar_files_packed_in_every_way() {
    let inner = tar([member("a.json", "[1]"), keep()]);
    for (name, bytes) in [
        ("x.tar.gz", gz(&inner)),
        ("x.tgz", gz(&inner)),
        ("x.tar.bz2", bz2(&inner)),
        ("x.tar.xz", xz(&inner, 1 << 20)),
        ("x.tar.zst", zst(&inner)),
        ("x.tar.lzma", lzma(&inner)),
        ("export.zip", gz(&inner)),
        ("download", gz(&inner)),
    ] {
        check_named(name, bytes, &[], &["a.json \"[1]\" []", KEEP]);
    }
    let nested = super::forge::zip([super::forge::stored("in.tar.gz", gz(&inner))]);
    check_named(
        "outer.zip",
        nested,
        &[],
        &["in.tar.gz archive []", "in.tar.gz > a.json \"[1]\" []", &format!("in.tar.gz > {KEEP}")],
    );
    let archive = Archive::from_bytes("x.tar", tar([member("y.tar", &inner)]), &[]).expect("opens");
    assert_eq!(archive.entries[0].nature, Nature::Container(Container::Tar));
}

#[test]
fn odd_links_devices_and_holes_are_named() {
    let link = |kind: u8| of_kind(kind, "link", "").with(157, b"../../etc/passwd");
    check(
        tar([
            link(b'2'),
            link(b'1').with(0, b"hard"),
            of_kind(b'3', "chr", ""),
            of_kind(b'6', "fifo", ""),
            of_kind(b'S', "holes", "x"),
            of_kind(b'?', "new", "kind"),
            member("../up", "1"),
            member("/etc/x", "2"),
            keep(),
            keep(),
        ]),
        &[
            "link -> ../../etc/passwd [link]",
            "hard -> ../../etc/passwd [link]",
            "chr special [special_file]",
            "fifo special [special_file]",
            "holes Refused [tar_sparse]",
            "new \"kind\" []",
            "../up \"1\" [name_climbs]",
            "/etc/x \"2\" [name_absolute]",
            "keep.txt \"healthy\" [name_twice]",
            "keep (2).txt \"healthy\" [name_twice]",
        ],
    );
}

#[test]
fn odd_tar_files_give_what_they_hold() {
    let wrong = {
        let mut member = member("a", "x");
        member.header[148..154].copy_from_slice(b"000000");
        member
    };
    check(tar([keep(), wrong]), &["!tar_checksums", KEEP, "a \"x\" [tar_checksum]"]);
    let whole = tar([member("a", "x"), keep()]);
    check(whole[..whole.len() - 1024].to_vec(), &["!archive_cut", "a \"x\" []", KEEP]);
    check(
        whole[..512 + 512 + 512 + 3].to_vec(),
        &["!archive_cut", "a \"x\" []", "keep.txt \"hea\" [cut_off size_mismatch]"],
    );
    check(whole[..1024 + 100].to_vec(), &["!archive_cut", "a \"x\" []"]);
    let lie = member("lie", "").with(124, b"77777777777\0");
    check(
        tar([member("a", "x"), lie]),
        &["!archive_cut", "a \"x\" []", "lie 1024 bytes [cut_off size_mismatch]"],
    );
    let joined = [whole.clone(), tar([member("b", "y")])].concat();
    check(joined, &["!archive_joined", "a \"x\" []", KEEP, "b \"y\" []"]);
    let junk = [open_tar([member("a", "x")]), vec![7; 1024], tar([keep()])].concat();
    check(junk, &["!unlisted_data", "a \"x\" []", KEEP]);
    let after = [whole.clone(), vec![7; 512]].concat();
    check(after, &["!data_after", "a \"x\" []", KEEP]);
    let huge = of_kind(b'L', "@LongLink", vec![b'n'; 2 << 20]);
    check(tar([huge, keep()]), &["!tar_extra_long", KEEP]);
    let packed = gz(&whole);
    let archive = Archive::from_bytes("x.tgz", packed[..packed.len() - 20].to_vec(), &[]).expect("opens");
    let codes: Vec<_> = archive.oddities.iter().map(|oddity| oddity.code).collect();
    assert!(codes.contains(&"data_cut") && !archive.entries.is_empty(), "{codes:?}");
}

/// Many files of some size, so that the whole is far larger than what is kept decoded.
fn large() -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let mut seed = 1u32;
    let mut text = |len: usize| {
        let mut out = Vec::with_capacity(len + 16);
        while out.len() < len {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            out.extend(format!("{},line\n", seed >> 18).into_bytes());
        }
        out
    };
    let files: Vec<_> = [3_000_000, 10, 1_200_000, 700_000, 5_000_000, 40, 2_500_000]
        .into_iter()
        .enumerate()
        .map(|(n, len)| (format!("f{n}.csv"), text(len)))
        .collect();
    (tar(files.iter().map(|(name, content)| member(name, content))), files)
}

#[test]
fn accept_any_place_of_a_large_packed_tar_from_many_threads() {
    let (bytes, files) = large();
    let halves = bytes.split_at(6_000_123);
    let wrapped = [
        ("x.tar.gz", gz(&bytes)),
        ("x.tar.gz", [gz(halves.0), gz(halves.1)].concat()),
        ("x.tar.bz2", bz2(&bytes)),
        ("x.tar.bz2", [bz2(halves.0), bz2(halves.1)].concat()),
        ("x.tar.xz", xz(&bytes, 1 << 20)),
        ("x.tar.zst", [zst(halves.0), zst(halves.1)].concat()),
    ];
    for (name, packed) in wrapped {
        let archive = Archive::from_bytes(name, packed, &[]).expect("honest");
        let runs = archive.runs();
        assert_eq!(runs.iter().map(Vec::len).sum::<usize>(), files.len(), "{name}");
        for run in &runs {
            for id in run {
                let mut read = Vec::new();
                std::io::Read::read_to_end(&mut archive.reader(*id).expect("readable"), &mut read)
                    .expect("never fails");
                assert!(read == files[usize::try_from(id.0).expect("small")].1, "{name} {id:?}");
            }
        }
        std::thread::scope(|scope| {
            for thread in 0..3u64 {
                let (archive, files) = (&archive, &files);
                scope.spawn(move || {
                    for step in 0..40u64 {
                        let file = (step * 5 + thread) % files.len() as u64;
                        let content = &files[usize::try_from(file).expect("small")].1;
                        let at = (step * 7_919_777 + thread * 1_300_021) % content.len() as u64;
                        let id = EntryId(u32::try_from(file).expect("small"));
                        let got = archive.bytes(id, at..at + 4096).expect("readable");
                        let from = usize::try_from(at).expect("small");
                        assert!(got == content[from..(from + 4096).min(content.len())], "{name} {file} {at}");
                    }
                });
            }
        });
    }
}

#[test]
fn accept_files_stored_without_their_empty_parts() {
    // Written by GNU tar in all the ways that it has: thirty lines, each 65,536 bytes behind the one before.
    for bytes in [
        &include_bytes!("samples/sparse_gnu.tar.gz")[..],
        include_bytes!("samples/sparse_0.0.tar.gz"),
        include_bytes!("samples/sparse_0.1.tar.gz"),
        include_bytes!("samples/sparse_1.0.tar.gz"),
    ] {
        let archive = Archive::from_bytes("x.tar.gz", bytes.to_vec(), &[]).expect("opens");
        let names: Vec<&str> = archive.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["trous.txt", "keep.txt"]);
        let entry = &archive.entries[0];
        assert_eq!((entry.size, entry.oddities.len()), (Some(30 * 65_536 + 5000), 0));
        for line in [0, 4, 29] {
            let bytes = archive.bytes(entry.id, line * 65_536..line * 65_536 + 12).expect("is read");
            let mut wanted = format!("ligne {line}\n").into_bytes();
            wanted.resize(12, 0);
            assert_eq!(bytes, wanted);
        }
        let mut all = Vec::new();
        archive.reader(entry.id).expect("is read").read_to_end(&mut all).expect("never fails");
        assert_eq!(all.len(), 30 * 65_536 + 5000);
        assert_eq!(archive.bytes(archive.entries[1].id, 0..7).expect("is read"), b"healthy");
    }
}

#[test]
fn odd_lists_of_empty_parts_are_named() {
    let number = |n: u64| format!("{n:011o}\0").into_bytes();
    // A part behind the end; parts in the wrong order; a size that nothing can fill.
    for (parts, size) in [(vec![(600, 1)], 100), (vec![(512, 1), (0, 1)], 1000), (vec![(0, 1)], 1 << 32)] {
        let mut member = of_kind(b'S', "holes", "x").with(483, &number(size));
        for (n, (at, len)) in parts.into_iter().enumerate() {
            member = member.with(386 + 24 * n, &number(at)).with(398 + 24 * n, &number(len));
        }
        let archive = Archive::from_bytes("x.tar", tar([member, keep()]), &[]).expect("opens");
        let codes: Vec<&str> = archive.entries[0].oddities.iter().map(|odd| odd.code).collect();
        let bytes = archive.bytes(archive.entries[0].id, 0..10);
        match size {
            // Nobody has to hold what is left out, and only so much of it may be claimed.
            0x1_0000_0000 => assert_eq!(bytes.expect("is read"), b"x\0\0\0\0\0\0\0\0\0"),
            _ => assert_eq!((codes, bytes.is_err()), (vec!["tar_sparse"], true)),
        }
    }
}
