//! Containers that are refused: one test for each reason, and the words that people read.

use super::forge::{Forge, file, forge, stored, zip};
use crate::source::Source;
use crate::zip::{Room, list};
use crate::{Archive, Refusal};

fn check(bytes: Vec<u8>, code: &str, words: &str) {
    match Archive::from_bytes("export.zip", bytes, &[]) {
        Ok(archive) => panic!("opened: {archive:?} {:?}", archive.oddities),
        Err(refusal) => {
            assert_eq!(refusal.code(), code);
            let text = refusal.to_string();
            assert!(text.contains(words) && text.contains("export.zip"), "{text}");
            assert!(!refusal.hint().is_empty());
        }
    }
}

#[test]
fn refuse_nothing_and_what_is_not_there() {
    assert_eq!(Archive::open(&[], &[]).err().map(|refusal| refusal.code()), Some("nothing_given"));
    let missing = Archive::open(&["/nowhere/at all.zip".into()], &[]).err();
    assert_eq!(missing, Some(Refusal::NotFound { name: "at all.zip".to_owned() }));
    #[cfg(unix)]
    assert_eq!(
        Archive::open(&["/dev/null".into()], &[]).err().map(|refusal| refusal.code()),
        Some("unreadable")
    );
}

#[test]
fn refuse_what_is_no_zip_by_the_name_of_what_it_is() {
    check(Vec::new(), "empty_file", "0 bytes");
    for (bytes, words) in [
        (b"<!DOCTYPE html><html><body>log in".as_slice(), "web page"),
        (b"\n <HTML lang=fr><head>", "web page"),
        (b"%PDF-1.7 ...........................", "PDF"),
        (b"Rar!\x1a\x07\x01\0..................", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\0\x04............", "7z"),
        (b"\x1f\x8b\x08\0......................", "gzip"),
        (b"{\"error\": \"expired\"}..............", "JSON"),
        (b"Dear customer, your data are attached.", "text file"),
        (&[0; 5000], "zero bytes"),
        (b"\x01\x02", "too short"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08", "unknown kind"),
    ] {
        check(bytes.to_vec(), "not_a_zip", words);
    }
    let hint = |bytes: &[u8]| {
        Archive::from_bytes("export.zip", bytes.to_vec(), &[])
            .err()
            .map(|refusal| refusal.hint())
            .unwrap_or_default()
    };
    assert!(hint(b"7z\xbc\xaf\x27\x1c\0\x04").contains("unpack"));
    assert!(hint(b"\x01\x02").contains("download"));
}

#[test]
fn refuse_a_download_of_which_nothing_whole_is_left() {
    let bytes = zip([stored("a.txt", "text ".repeat(100))]);
    for len in [1, 3, 20, 31, 200] {
        check(bytes[..len].to_vec(), "incomplete_download", "incomplete");
    }
}

#[test]
fn refuse_a_directory_beyond_the_end() {
    let bytes = Forge { directory_offset: Some(0x7FFF_FFF0), ..forge([file("a", "x")]) }.bytes();
    check(bytes, "damaged", "incomplete");
    check([b"PK\x05\x06".repeat(500), vec![0xFF; 4]].concat(), "damaged", "end records");
}

#[test]
fn refuse_parts_of_a_split_archive() {
    check(Forge { disk: 2, ..forge([file("a", "x")]) }.bytes(), "split_archive", "part");
    check([b"PK\x07\x08".to_vec(), zip([file("a", "x")])[..40].to_vec()].concat(), "split_archive", "part");
    for name in ["export.z01", "export.zip.001"] {
        let refusal = Archive::from_bytes(name, b"whatever".to_vec(), &[]).err();
        assert_eq!(refusal.map(|refusal| refusal.code()), Some("split_archive"));
    }
}

#[test]
fn refuse_entries_that_share_their_bytes() {
    let shared = file("b.txt", "x").change(|file| file.offset = Some(0));
    check(zip([file("a.txt", "x"), shared]), "overlap", "“a.txt” and “b.txt” overlap");
    // One file quotes the header of the next inside its own data.
    let inner = zip([stored("q", "y")]);
    let quoting = stored("p", &inner);
    let quoted = stored("q", "y").change(|file| file.offset = Some(31));
    check(zip([quoting, quoted]), "overlap", "“p” and “q” overlap");
    // The name of the file does not matter for that.
    let bytes = zip([file("a.txt", "x"), file("b.txt", "x").change(|file| file.offset = Some(0))]);
    assert!(matches!(Archive::from_bytes("export.bin", bytes, &[]), Err(Refusal::Overlap { .. })));
}

#[test]
fn refuse_more_than_fits() {
    let source = Source::memory(zip([file("a", "x"), file("b", "y"), file("c", "z")]));
    let few = list(&source, "x.zip", Room { entries: 2, directory_bytes: 10_000, unlisted: false }).err();
    assert_eq!(few.map(|refusal| refusal.code()), Some("too_many_entries"));
    let small = list(&source, "x.zip", Room { entries: 10, directory_bytes: 100, unlisted: false }).err();
    assert_eq!(small.map(|refusal| refusal.code()), Some("directory_too_large"));
}
