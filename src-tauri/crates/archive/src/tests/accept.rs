//! Honest archives: everything is there, and nothing is said.

use std::io::{Read, Write};

use super::forge::{self, Forge, descriptor, field, file, forge, packed, stored, unicode_path, zip};
use super::{check, told};
use crate::Archive;

#[test]
fn accept_an_ordinary_archive() {
    let bytes = zip([
        file("export/profile.json", "{}"),
        stored("export/a.txt", "plain"),
        file("export/empty.txt", ""),
        stored("export/", ""),
        packed("export/sub/", 8, vec![3, 0], ""),
        stored("export/locked/", "")
            .both(|head| (head.flags, head.packed) = (1, 12))
            .change(|file| file.data = vec![0; 12]),
    ]);
    check(bytes, &["export/profile.json \"{}\" []", "export/a.txt \"plain\" []", "export/empty.txt \"\" []"]);
    check(zip([]), &[]);
    check(zip([stored("only/", "")]), &[]);
}

#[test]
fn accept_streamed_entries_with_any_descriptor() {
    let streamed = |signed: bool, name: &str| {
        file(name, "streamed").both(|head| head.flags |= 8).change(|file| {
            file.descriptor = descriptor(signed, file.central.crc, file.central.packed, file.central.size);
            (file.local.crc, file.local.packed, file.local.size) = (0, 0, 0);
        })
    };
    check(zip([file("a", "x").both(|head| head.flags |= 8), file("b", "y")]), &["a \"x\" []", "b \"y\" []"]);
    check(
        zip([streamed(true, "a"), streamed(false, "b"), file("c", "")]),
        &["a \"streamed\" []", "b \"streamed\" []", "c \"\" []"],
    );
}

#[test]
fn accept_zip64() {
    let large = file("a", "zip64").change(|file| {
        let numbers =
            [u64::from(file.central.size), u64::from(file.central.packed)].map(u64::to_le_bytes).concat();
        for head in [&mut file.local, &mut file.central] {
            head.extra = field(1, &numbers);
            (head.packed, head.size) = (u32::MAX, u32::MAX);
        }
    });
    check(Forge { zip64: Some(None), ..forge([large]) }.bytes(), &["a \"zip64\" []"]);
}

#[test]
fn accept_a_zip64_record_beside_numbers_that_fit_without_it() {
    // Programs that do not know the sizes beforehand write it to be sure.
    let record = [b"PK\x06\x06".as_slice(), &44u64.to_le_bytes(), &[0; 44]].concat();
    let locator = [b"PK\x06\x07".as_slice(), &[0; 16]].concat();
    let directory_extra = [record, locator].concat();
    check(Forge { directory_extra, ..forge([file("a", "x")]) }.bytes(), &["a \"x\" []"]);
}

#[test]
fn accept_every_method_that_can_be_undone() {
    let text = "one line of many\n".repeat(40);
    let mut bzip2 = Vec::new();
    bzip2::read::BzEncoder::new(text.as_bytes(), bzip2::Compression::best())
        .read_to_end(&mut bzip2)
        .expect("memory");
    // Deflate64 reads what deflate wrote, as long as that holds no match of 258 bytes.
    let short = "no match";
    let deflate64 = miniz_oxide::deflate::compress_to_vec(short.as_bytes(), 6);
    check(
        zip([packed("b", 12, bzip2, &text), packed("d", 9, deflate64, short)]),
        &["b 680 bytes []", "d \"no match\" []"],
    );
    check(include_bytes!("samples/lzma.zip").to_vec(), &["l.txt 680 bytes []"]);
}

#[test]
fn accept_a_program_or_padding_before_the_archive() {
    for adjusted in [true, false] {
        let before = [b"MZ".as_slice(), &[0x90; 3000]].concat();
        check(Forge { before, adjusted, ..forge([file("a", "x")]) }.bytes(), &["a \"x\" []"]);
    }
    check(Forge { gap: vec![0; 512], ..forge([file("a", "x")]) }.bytes(), &["a \"x\" []"]);
}

#[test]
fn accept_a_nested_archive_stored_or_packed() {
    let inner = zip([file("deep.txt", "found"), stored("b.txt", "too")]);
    let lines =
        ["in.zip archive []", "in.zip > deep.txt \"found\" []", "in.zip > b.txt \"too\" []", "z \"last\" []"];
    check(zip([stored("in.zip", &inner), file("z", "last")]), &lines);
    check(zip([file("in.zip", &inner), file("z", "last")]), &lines);
    let twice = zip([file("mid.zip", zip([file("in", &inner)]))]);
    check(
        twice,
        &[
            "mid.zip archive []",
            "mid.zip > in archive []",
            "mid.zip > in > deep.txt \"found\" []",
            "mid.zip > in > b.txt \"too\" []",
        ],
    );
}

#[test]
fn accept_a_large_nested_archive_read_through_checkpoints() {
    let noise: Vec<u8> =
        (0..6_000_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0] & 15).collect();
    let inner = zip([stored("noise.bin", &noise), file("last.txt", "at the end")]);
    assert!(inner.len() as u64 > crate::limits::NESTED_IN_MEMORY_EACH);
    check(
        zip([file("in.zip", &inner)]),
        &["in.zip archive []", "in.zip > noise.bin 6000000 bytes []", "in.zip > last.txt \"at the end\" []"],
    );
}

#[test]
fn accept_documents_as_one_entry() {
    for mark in ["[Content_Types].xml", "mimetype"] {
        let document = zip([file(mark, "x"), file("content.xml", "y")]);
        check(zip([stored("letter", &document)]), &[format!("letter {} bytes []", document.len()).as_str()]);
        let alone =
            Archive::from_bytes("letter.docx", document, &[]).expect("a file is an export of one entry");
        assert_eq!(alone.entries.len(), 1);
    }
    // What is named like an archive is one, whatever is in it.
    let archive = zip([file("mimetype", "x"), file("b", "y")]);
    let lines = ["in.zip archive []", "in.zip > mimetype \"x\" []", "in.zip > b \"y\" []"];
    check(zip([stored("in.zip", archive)]), &lines);
}

#[test]
fn accept_names_in_every_script_and_encoding() {
    check(
        zip([
            file("données/été 2024.json", "1"),
            file("الرسائل/رسالة.txt", "2"),
            file("写真/個人情報.txt", "3"),
            file("emoji 🎉.txt", "4"),
        ]),
        &[
            "données/été 2024.json \"1\" []",
            "الرسائل/رسالة.txt \"2\" []",
            "写真/個人情報.txt \"3\" []",
            "emoji 🎉.txt \"4\" []",
        ],
    );
    let unmarked = |name: &[u8]| file(name, "x").both(|head| head.flags = 0);
    check(zip([unmarked("Übung.txt".as_bytes())]), &["Übung.txt \"x\" []"]);
    check(
        zip([unmarked(b"\x9Abung_\xE1.txt"), unmarked(b"\x82t\x82.json")]),
        &["Übung_ß.txt \"x\" []", "été.json \"x\" []"],
    );
    let extra = unicode_path(b"___.txt", "日本語.txt", true);
    check(zip([file("___.txt", "x").both(|head| head.extra = extra.clone())]), &["日本語.txt \"x\" []"]);
}

#[test]
fn accept_any_file_as_an_export_of_one_entry() {
    let archive = Archive::from_bytes("data.json", b"[1]".to_vec(), &[]).expect("not named .zip");
    assert_eq!(told(&archive), ["data.json \"[1]\" []"]);
    let archive = Archive::from_bytes("empty.csv", Vec::new(), &[]).expect("an empty file is an entry");
    assert_eq!(told(&archive), ["empty.csv \"\" []"]);
    let archive = Archive::from_bytes("export", zip([file("a", "x")]), &[]).expect("told by its content");
    assert_eq!(told(&archive), ["a \"x\" []"]);
}

#[test]
fn accept_the_same_entries_as_a_second_reader() {
    let bytes = zip([
        file("a.txt", "one"),
        file("a.txt", "two"),
        stored("ü/b.txt", "three"),
        file("c", "x".repeat(9000)),
    ]);
    let ours = Archive::from_bytes("x.zip", bytes.clone(), &[]).expect("honest");
    let theirs = rawzip::ZipArchive::from_slice(bytes.as_slice()).expect("honest");
    let names: Vec<_> = theirs
        .entries()
        .map(|entry| entry.map(|entry| entry.file_path().as_ref().to_vec()).expect("honest"))
        .collect();
    assert_eq!(ours.entries.iter().map(|entry| entry.raw_name.clone()).collect::<Vec<_>>(), names);
}

#[test]
fn accept_any_place_of_a_large_entry_at_once_from_many_threads() {
    let mut content = Vec::new();
    for n in 0..400_000u32 {
        writeln!(content, "{n},{:x}", n.wrapping_mul(2_654_435_761)).expect("memory");
    }
    let bytes = zip([file("large.csv", &content), forge::stored("plain.csv", &content)]);
    let archive = Archive::from_bytes("x.zip", bytes, &[]).expect("honest");
    std::thread::scope(|scope| {
        for thread in 0..4u64 {
            let (archive, content) = (&archive, &content);
            scope.spawn(move || {
                for step in 0..60u64 {
                    let at = (step * 7_919_777 + thread * 1_300_021) % content.len() as u64;
                    for entry in &archive.entries {
                        let got = archive.bytes(entry.id, at..at + 4096).expect("readable");
                        let from = usize::try_from(at).expect("small");
                        assert!(got == content[from..(from + 4096).min(content.len())], "at {at}");
                    }
                }
            });
        }
    });
    assert_eq!(archive.bytes(archive.entries[0].id, u64::MAX - 5..u64::MAX), Ok(Vec::new()));
}

#[test]
fn accept_the_hash_that_other_programs_print() {
    let archive = Archive::from_bytes("abc.txt", b"abc".to_vec(), &[]).expect("a file");
    let expect = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(archive.fingerprint().expect("memory"), expect);
    assert!(archive.sha256(1).is_err());
}
