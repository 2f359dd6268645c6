//! Archives that lie or are damaged, one lie each: what is told, and that everything else is still there.

use super::check;
use super::forge::{Forge, descriptor, field, file, forge, packed, stored, unicode_path, zip};

/// A healthy neighbour: whatever is wrong elsewhere, it must be there.
const KEEP: &str = "keep.txt \"healthy\" []";

fn keep() -> super::forge::File {
    file("keep.txt", "healthy")
}

#[test]
fn odd_contents_give_what_they_have() {
    let cases = [
        (file("a", "text").both(|head| head.crc = 1), "a \"text\" [crc_mismatch]"),
        (file("a", "text").both(|head| head.size = 9), "a \"text\" [size_mismatch]"),
        (file("a", "text").both(|head| head.size = 2), "a \"te\" [longer_than_declared]"),
        (file("a", "text").both(|head| head.size = u32::MAX - 1), "a \"text\" [size_mismatch]"),
        (packed("a", 8, vec![0xFF; 50], "text"), "a \"\" [data_damaged]"),
        (
            packed("a", 8, [crate_deflate("text"), b"hidden".to_vec()].concat(), "text"),
            "a \"text\" [packed_left_over]",
        ),
        (packed("a", 12, b"BZh9nonsense".to_vec(), "text"), "a \"\" [data_damaged]"),
        (packed("a", 14, b"\x09\x04\x05".to_vec(), "text"), "a \"\" [data_cut]"),
        (packed("a", 14, vec![9, 4, 5, 0, 93, 0, 0, 0, 255, 1, 2], "text"), "a \"\" [data_damaged]"),
        (packed("a", 9, vec![0xFF; 50], "text"), "a \"\" [data_damaged]"),
    ];
    for (file, line) in cases {
        check(zip([file, keep()]), &[line, KEEP]);
    }
    let whole = crate_deflate(&"row,1\n".repeat(5000));
    let cut = packed("a", 8, whole[..whole.len() - 5].to_vec(), "row,1\n".repeat(5000));
    let archive = crate::Archive::from_bytes("x.zip", zip([cut]), &[]).expect("one bad entry");
    let lines = super::told(&archive);
    assert!(lines[0].ends_with("bytes [data_cut]") && !lines[0].starts_with("a 0 "), "{lines:?}");
}

fn crate_deflate(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6)
}

#[test]
fn odd_bombs_are_stopped() {
    let zeros = vec![0; 80 << 20];
    let bomb = file("bomb", &zeros);
    check(zip([bomb, keep()]), &["bomb 67108864 bytes [ratio_stop]", KEEP]);
    drop(zeros);
    // Each alone is small enough; the budget is for all of them.
    let half = file("half", vec![0; 60 << 20]);
    let many: Vec<_> =
        (0..7).map(|n| half.clone().both(|head| head.name = vec![b'a' + n])).chain([keep()]).collect();
    let archive = crate::Archive::from_bytes("x.zip", zip(many), &[]).expect("opens");
    let refused: Vec<_> =
        archive.entries.iter().map(|entry| entry.oddities.iter().any(|o| o.code == "ratio_budget")).collect();
    assert_eq!(refused, [false, false, false, false, false, true, true, false]);
    // What says nothing of its size cannot get around the budget by that.
    let endless = half.both(|head| head.flags |= 8).change(|file| {
        (file.local.packed, file.local.size) = (0, 0);
    });
    let many = zip(vec![endless; 7]);
    let cut = [zip([keep()])[..50].to_vec(), many[..many.len() - 500].to_vec()].concat();
    let salvaged = crate::Archive::from_bytes("x.zip", cut, &[]).expect("one whole entry");
    let out: usize =
        salvaged.entries.iter().filter_map(|e| salvaged.bytes(e.id, 0..u64::MAX).ok()).map(|b| b.len()).sum();
    assert!(out as u64 <= crate::limits::RATIO_BUDGET_BYTES, "{out}");
    // Reading twice does not use up anything.
    for _ in 0..3 {
        assert_eq!(archive.bytes(archive.entries[0].id, 1_000_000..1_000_004), Ok(vec![0; 4]));
    }
}

#[test]
fn odd_entries_that_cannot_be_read_are_named() {
    let method = |n: u16| packed("a", n, b"whatever".to_vec(), "x");
    let cases = [
        (method(1), "method_unsupported"),
        (method(96), "method_unsupported"),
        (method(255), "method_unsupported"),
        (file("a", "x").both(|head| head.flags |= 0x41), "strong_encryption"),
        (file("a", "x").both(|head| head.flags |= 0x20), "patched_data"),
        (file("a", "x").change(|file| file.disk = 3), "other_part"),
        (method(99).both(|head| head.flags |= 1), "encryption_unknown"),
        (
            method(99).both(|head| {
                head.flags |= 1;
                head.extra = field(0x9901, &[9, 0, b'A', b'E', 7, 8, 0]);
            }),
            "encryption_unknown",
        ),
        (stored("a", "abc").both(|head| head.flags |= 1), "encryption_damaged"),
        (file("a", "x").change(|file| file.central.packed = 9_999_999).change(lie_locally), "data_outside"),
    ];
    for (file, code) in cases {
        check(zip([keep(), file]), &[KEEP, &format!("a Refused [{code}]")]);
    }
    let lost = file("a", "x").change(|file| file.offset = Some(0x00FF_FFFF));
    check(zip([lost, keep()]), &["!unlisted_entries", "a Refused [local_header_missing]", KEEP]);
    let unsigned = file("a", "x").change(|file| file.local.signature += 1);
    check(zip([unsigned, keep()]), &["a Refused [local_header_missing]", KEEP]);
}

fn lie_locally(file: &mut super::forge::File) {
    file.local.packed = 9_999_999;
}

#[test]
fn odd_headers_that_disagree_are_told_and_the_directory_believed() {
    let cases = [
        (file("a", "text").change(|file| file.local.name = b"b".to_vec()), "name_differs"),
        (file("a", "text").change(|file| file.local.method = 0), "method_differs"),
        (file("a", "text").change(|file| file.local.flags |= 1), "encryption_differs"),
        (file("a", "text").change(|file| file.local.size = 3), "size_differs"),
        (file("a", "text").change(|file| file.local.crc = 3), "crc_differs"),
        (file("a", "text").change(|file| file.central.packed = u32::MAX), "size_impossible"),
        (file("a", "text").change(|file| file.local.extra = unicode_path(b"a", "z", true)), "name_differs"),
        (
            file("a", "text").change(|file| file.central.extra = unicode_path(b"a", "z", false)),
            "unicode_name_stale",
        ),
        (
            file("a", "text").both(|head| head.flags |= 8).change(|file| {
                file.descriptor = descriptor(true, 7, 3, 3);
            }),
            "descriptor_differs",
        ),
    ];
    for (file, code) in cases {
        check(zip([file, keep()]), &[&format!("a \"text\" [{code}]"), KEEP]);
    }
}

#[test]
fn odd_end_records_do_not_hide_entries() {
    let two = || forge([file("a", "x"), keep()]);
    let lines = |code| [code, "a \"x\" []", KEEP];
    check(Forge { count: Some(1), ..two() }.bytes(), &lines("!entry_count"));
    check(Forge { count: Some(5), ..two() }.bytes(), &lines("!entry_count"));
    check(Forge { directory_bytes: Some(46), ..two() }.bytes(), &lines("!directory_size"));
    let nothing = Forge { count: Some(0), directory_bytes: Some(0), ..two() };
    check(nothing.bytes(), &["!entry_count", "!directory_size", "a \"x\" []", KEEP]);
    check(Forge { directory_offset: Some(7), ..two() }.bytes(), &lines("!directory_offset"));
    check(Forge { zip64: Some(Some(1 << 62)), ..two() }.bytes(), &lines("!zip64_locator"));
    check(Forge { after: vec![7; 1000], ..two() }.bytes(), &lines("!data_after"));
    check(Forge { before: vec![7; 100], ..two() }.bytes(), &lines("!data_before"));
    check(Forge { gap: vec![7; 100], ..two() }.bytes(), &lines("!unlisted_data"));
    check(Forge { comment: zip([file("fake", "f")]), ..two() }.bytes(), &lines("!end_record_ambiguous"));
    let joined = Forge { before: zip([file("first", "f")]), adjusted: false, ..two() };
    check(joined.bytes(), &lines("!data_before"));
    let hidden = file("hidden", "h").change(|file| file.listed = false);
    check(zip([file("a", "x"), hidden, keep()]), &lines("!unlisted_entries"));
}

#[test]
fn odd_damaged_directory_is_made_up_for_by_local_headers() {
    let broken = file("b", "y").change(|file| file.central.signature = 0);
    check(
        zip([keep(), broken]),
        &["!entry_count", "!directory_damaged", KEEP, "b \"y\" [from_local_header]"],
    );
}

#[test]
fn odd_cut_download_gives_its_whole_entries() {
    let streamed = file("b", "streamed").both(|head| head.flags |= 8).change(|file| {
        file.descriptor = descriptor(true, file.central.crc, file.central.packed, file.central.size);
        (file.local.crc, file.local.packed, file.local.size) = (0, 0, 0);
    });
    let bytes = zip([file("a", "x"), streamed, stored("c", "y".repeat(500))]);
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    let found = "[from_local_header]";
    let (a, b) = (format!("a \"x\" {found}"), format!("b \"streamed\" {found}"));
    for len in [directory, directory + 60, bytes.len() - 22, bytes.len() - 1] {
        let c = format!("c 500 bytes {found}");
        check(bytes[..len].to_vec(), &["!incomplete_download", &a, &b, &c]);
    }
    check(
        bytes[..directory - 100].to_vec(),
        &["!incomplete_download", &a, &b, "c 400 bytes [cut_off size_mismatch crc_mismatch]"],
    );
}

#[test]
fn odd_checksum_that_stands_for_a_password_is_no_lie() {
    // Info-ZIP writes the time there when it streams and encrypts; nothing else is known yet.
    let locked = |crc: u32| {
        let streamed = file("a", "text").both(|head| head.flags |= 9).change(|file| {
            file.descriptor = descriptor(true, file.central.crc, file.central.packed, file.central.size);
            (file.local.packed, file.local.size, file.local.crc) = (0, 0, crc);
        });
        let archive =
            crate::Archive::from_bytes("export.zip", zip([streamed, keep()]), &[]).expect("two entries");
        archive.entries[0].oddities.iter().any(|oddity| oddity.code == "crc_differs")
    };
    // All samples are of 10:24.
    assert!(!locked(0x5300_0000));
    assert!(locked(0x5301_0000));
}

#[test]
fn odd_cut_download_gives_streamed_entries_of_any_size() {
    let streamed = |name: &str, content: &str, wide: bool| {
        file(name, content).both(|head| head.flags |= 8).change(|file| {
            file.descriptor = descriptor(true, file.central.crc, file.central.packed, file.central.size);
            if wide {
                let numbers = [file.central.packed, file.central.size].map(|n| u64::from(n).to_le_bytes());
                file.descriptor = [&file.descriptor[..8], &numbers.concat()].concat();
                // The mark of zip64, without the field that it calls for.
                (file.local.packed, file.local.size) = (u32::MAX, u32::MAX);
            } else {
                (file.local.packed, file.local.size) = (0, 0);
            }
            file.local.crc = 0;
        })
    };
    let files = [
        streamed("a", "", false),
        streamed("b", "wide", true),
        streamed("c", "", true),
        streamed("d", "small", false),
    ];
    let bytes = zip(files);
    check(
        bytes[..bytes.len() - 22].to_vec(),
        &[
            "!incomplete_download",
            "a \"\" [from_local_header]",
            "b \"wide\" [from_local_header]",
            "c \"\" [from_local_header]",
            "d \"small\" [from_local_header]",
        ],
    );
}

#[test]
fn odd_inner_archive_at_the_end_of_a_cut_download_is_not_taken_for_the_whole() {
    let inner = zip([file("inside", "z")]);
    let bytes = zip([file("a", "x"), stored("in.zip", &inner), file("c", "y")]);
    let end = bytes.windows(inner.len()).position(|part| part == inner).expect("it is stored") + inner.len();
    for len in [end, end + 10] {
        check(
            bytes[..len].to_vec(),
            &[
                "!incomplete_download",
                "a \"x\" [from_local_header]",
                "in.zip archive [from_local_header]",
                "in.zip > inside \"z\" []",
            ],
        );
    }
}

#[test]
fn odd_names_are_shown_and_kept_apart() {
    check(
        zip([file("a.txt", "1"), file("a.txt", "2"), file("a (2).txt", "3")]),
        &["a.txt \"1\" [name_twice]", "a (2).txt \"2\" [name_twice]", "a (2) (2).txt \"3\" []"],
    );
    check(zip([file("a/b", "1"), file("a//b", "2")]), &["a/b \"1\" []", "a//b \"2\" [name_spellings]"]);
    check(zip([file("a", "1"), file("a/b", "2")]), &["a \"1\" [file_and_folder]", "a/b \"2\" []"]);
    check(zip([file("../x", "1")]), &["../x \"1\" [name_climbs]"]);
    check(zip([file("a\u{202E}b", "1")]), &["a\\u{202E}b \"1\" [name_hidden]"]);
    check(zip([file("a\0\x1b", "1")]), &["a\\u{0000}\\u{001B} \"1\" [name_control]"]);
    check(zip([file("", "1")]), &["(no name) \"1\" [name_empty]"]);
    check(zip([file("folder/", "1")]), &["folder/ \"1\" [folder_with_data]"]);
    let bad = file(b"a\xff", "1").both(|head| head.flags = 0x800);
    check(zip([bad]), &["a\u{FFFD} \"1\" [name_not_utf8]"]);
    // Chinese and Russian in one archive: one of them cannot be read with the code page of the other.
    let unmarked = |name: &[u8]| file(name, "1").both(|head| head.flags = 0);
    let (gbk, cp1251) =
        (encoding_rs::GBK.encode("个人信息订单.json").0, encoding_rs::WINDOWS_1251.encode("я.a").0);
    let archive =
        crate::Archive::from_bytes("x.zip", zip([unmarked(&gbk), unmarked(&cp1251)]), &[]).expect("opens");
    let codes: Vec<_> =
        archive.entries.iter().flat_map(|entry| &entry.oddities).map(|oddity| oddity.code).collect();
    assert_eq!(codes, ["name_encoding"]);
    assert_eq!(archive.entries[0].name, "个人信息订单.json");
    // However long the names, those of what is in an archive stay short.
    let long = zip([stored(format!("{}.zip", "n".repeat(40_000)), zip([file("in", "1")]))]);
    let archive = crate::Archive::from_bytes("x.zip", long, &[]).expect("opens");
    assert_eq!(archive.entries[0].oddities[0].code, "name_long");
    assert!(archive.entries[1].name.len() < 1100 && archive.entries[1].name.ends_with(".zip > in"));
}

#[test]
fn odd_links_and_devices_are_shown_not_followed() {
    let special =
        |name: &str, mode: u32, content: &str| stored(name, content).change(|file| file.mode = mode);
    check(
        zip([
            special("link", 0o120_777, "/etc/passwd"),
            special("fifo", 0o010_644, ""),
            special("-", 0o010_600, "from a pipe"),
            special("chr", 0o020_644, ""),
            special("suid", 0o104_777, "x"),
        ]),
        &[
            "link -> /etc/passwd [link]",
            "fifo special [special_file]",
            "- \"from a pipe\" []",
            "chr special [special_file]",
            "suid \"x\" []",
        ],
    );
}

#[test]
fn odd_nested_archives_have_limits() {
    let mut nest = zip([file("bottom.txt", "x")]);
    for level in 0..6 {
        nest = zip([stored(format!("{level}.zip"), &nest)]);
    }
    let archive = crate::Archive::from_bytes("x.zip", nest, &[]).expect("opens");
    let last = archive.entries.last().expect("five entries");
    assert_eq!(last.name, "5.zip > 4.zip > 3.zip > 2.zip > 1.zip");
    assert_eq!(last.oddities.first().map(|oddity| oddity.code), Some("nested_too_deep"));

    let overlapping = zip([file("a", "x"), file("b", "x").change(|file| file.offset = Some(0))]);
    let line = format!("in.zip {} bytes [nested_unreadable]", overlapping.len());
    check(zip([file("in.zip", &overlapping), keep()]), &[&line, KEEP]);

    let many: Vec<_> = (0..1002).map(|n| stored(format!("{n}.zip"), zip([]))).collect();
    let archive = crate::Archive::from_bytes("x.zip", zip(many), &[]).expect("opens");
    let left: Vec<_> =
        archive.entries.iter().filter(|e| e.oddities.iter().any(|o| o.code == "nested_too_many")).collect();
    assert_eq!(left.len(), 2);
}

#[test]
fn odd_questions_get_an_answer() {
    let archive = crate::Archive::from_bytes("x.zip", zip([keep()]), &[]).expect("opens");
    let missing = crate::EntryId(7);
    assert_eq!(archive.reader(missing).err().map(|oddity| oddity.code), Some("no_such_entry"));
    assert_eq!(archive.bytes(missing, 0..1).err().map(|oddity| oddity.code), Some("no_such_entry"));
    assert_eq!(archive.bytes(crate::EntryId(0), std::ops::Range { start: 5, end: 2 }), Ok(Vec::new()));
    let passwords: Vec<_> = (0..1001).map(|n| crate::Password::from(n.to_string().as_str())).collect();
    let archive = crate::Archive::from_bytes("x.zip", zip([keep()]), &passwords).expect("opens");
    assert_eq!(super::told(&archive), ["!passwords_too_many", KEEP]);
}

#[test]
fn odd_hidden_files_and_wrong_letters_can_be_asked_for() {
    let open = |bytes: Vec<u8>, how: &crate::Opening| {
        super::told(&crate::gather::open_bytes("x.zip", bytes, how).expect("opens"))
    };
    let hidden = file("hidden", "h").change(|file| file.listed = false);
    let how = crate::Opening { unlisted: true, ..crate::Opening::default() };
    assert_eq!(open(zip([hidden, keep()]), &how), [KEEP, "hidden \"h\" [from_local_header]"]);

    let bytes = zip([file(b"\x80.txt", "x").both(|head| head.flags = 0)]);
    let usual = crate::Archive::from_bytes("x.zip", bytes.clone(), &[]).expect("opens");
    assert_eq!((usual.entries[0].name.as_str(), usual.code_page), ("Ç.txt", Some(crate::CodePage::Cp437)));
    let how = crate::Opening { code_page: Some(crate::CodePage::Cp866), ..crate::Opening::default() };
    assert_eq!(open(bytes, &how), ["А.txt \"x\" []"]);
    let plain = crate::Archive::from_bytes("x.zip", zip([keep()]), &[]).expect("opens");
    assert_eq!(plain.code_page, None);
}
