//! What people give to the program: folders, single files, several parts at once. These need a disk.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use archive::{Archive, EntryState, Nature};

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("left over from the last run");
    }
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

fn write(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("in the folder")).expect("writable");
    fs::write(&path, content).expect("writable");
    path
}

/// A ZIP with one stored file, written by hand.
fn zip(name: &str, content: &str) -> Vec<u8> {
    let head = |signature: &[u8]| {
        let mut head = signature.to_vec();
        head.extend([0; 2 + 2 + 2 + 4]);
        head.extend(crc32fast::hash(content.as_bytes()).to_le_bytes());
        for _ in 0..2 {
            head.extend(u32::try_from(content.len()).expect("small").to_le_bytes());
        }
        head.extend(u16::try_from(name.len()).expect("small").to_le_bytes());
        head
    };
    let mut out = head(b"PK\x03\x04");
    out.extend([0, 0]);
    out.extend(name.bytes().chain(content.bytes()));
    let at = out.len();
    // The header in the directory has two more bytes of version at its beginning.
    out.extend(head(b"PK\x01\x02\0\0"));
    out.extend([0; 2 + 2 + 2 + 2 + 4 + 4]);
    out.extend(name.bytes());
    let len = out.len() - at;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(u32::try_from(len).expect("small").to_le_bytes());
    out.extend(u32::try_from(at).expect("small").to_le_bytes());
    out.extend([0, 0]);
    out
}

fn names(archive: &Archive) -> Vec<&str> {
    archive.entries.iter().map(|entry| entry.name.as_str()).collect()
}

fn text(archive: &Archive, name: &str) -> String {
    let entry = archive.entries.iter().find(|entry| entry.name == name).expect("listed");
    let mut text = String::new();
    let mut reader = archive.reader(entry.id).expect("readable");
    reader.read_to_string(&mut text).expect("reading never fails");
    assert_eq!(reader.finish(), []);
    text
}

#[test]
fn accept_a_folder_with_all_that_is_in_it() {
    let folder = folder("accept_a_folder");
    write(&folder, "b/two.json", b"2");
    write(&folder, "a.csv", b"1");
    write(&folder, "__MACOSX/._a.csv", b"litter");
    write(&folder, "b/inner.zip", &zip("deep.txt", "found"));
    fs::create_dir(folder.join("empty")).expect("writable");
    let archive = Archive::open(std::slice::from_ref(&folder), &[]).expect("a folder");
    assert_eq!(
        names(&archive),
        ["__MACOSX/._a.csv", "a.csv", "b/inner.zip", "b/inner.zip > deep.txt", "b/two.json"]
    );
    assert!(archive.oddities.is_empty());
    assert_eq!(archive.entries[2].nature, Nature::Container(archive::Container::Zip));
    assert_eq!(text(&archive, "b/inner.zip > deep.txt"), "found");
    assert_eq!(archive.parts[0].bytes, archive.entries.iter().filter_map(|e| e.size).sum::<u64>() - 5);
    let before = archive.fingerprint().expect("readable");
    assert_eq!(before, archive.fingerprint().expect("readable"));
    write(&folder, "new.txt", b"");
    let after = Archive::open(&[folder], &[]).expect("a folder").fingerprint().expect("readable");
    assert_ne!(before, after);
}

#[test]
fn accept_several_parts_and_name_them_apart_only_where_needed() {
    let folder = folder("accept_several_parts");
    let one = write(&folder, "part-1.zip", &zip("profile.json", "one"));
    let two = write(&folder, "part-2.zip", &zip("profile.json", "two"));
    let more = write(&folder, "more.txt", b"three");
    let archive = Archive::open(&[one.clone(), two, more], &[]).expect("three parts");
    assert_eq!(names(&archive), ["part-1.zip > profile.json", "part-2.zip > profile.json", "more.txt"]);
    assert_eq!(archive.name, "part-1.zip, part-2.zip, more.txt");
    assert_eq!(text(&archive, "part-2.zip > profile.json"), "two");
    assert_eq!(archive.fingerprint().expect("readable").len(), 64);
    let alone = Archive::open(&[one], &[]).expect("one part");
    assert_eq!(names(&alone), ["profile.json"]);
}

#[cfg(unix)]
#[test]
fn odd_links_in_a_folder_are_shown_not_followed() {
    let folder = folder("odd_links");
    write(&folder, "real.txt", b"real");
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link")).expect("writable");
    std::os::unix::fs::symlink(".", folder.join("loop")).expect("writable");
    let archive = Archive::open(&[folder], &[]).expect("a folder");
    assert_eq!(names(&archive), ["link", "loop", "real.txt"]);
    assert_eq!(archive.entries[0].nature, Nature::Link { target: "/etc/passwd".to_owned() });
    assert_eq!(archive.bytes(archive.entries[0].id, 0..100).expect("its target"), b"/etc/passwd");
}

#[test]
fn odd_files_that_change_while_open_are_told() {
    let folder = folder("odd_changes");
    let path = write(&folder, "a.csv", b"first");
    let in_folder = Archive::open(&[folder], &[]).expect("a folder");
    let alone = Archive::open(std::slice::from_ref(&path), &[]).expect("a file");
    assert_eq!(text(&in_folder, "a.csv"), "first");
    fs::write(&path, b"something longer").expect("writable");
    for archive in [in_folder, alone] {
        let id = archive.entries[0].id;
        assert_eq!(archive.entries[0].state, EntryState::Readable);
        assert_eq!(archive.reader(id).err().map(|oddity| oddity.code), Some("file_changed"));
        assert_eq!(archive.bytes(id, 0..4).err().map(|oddity| oddity.code), Some("file_changed"));
        assert!(archive.fingerprint().is_err());
    }
}

#[test]
fn accept_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Archive>();
}

#[test]
fn odd_files_that_vanish_are_told() {
    let folder = folder("odd_vanished");
    let path = write(&folder, "a.csv", b"first");
    let archive = Archive::open(&[folder], &[]).expect("a folder");
    fs::remove_file(path).expect("writable");
    let why = archive.reader(archive.entries[0].id).err().expect("it is gone");
    assert_eq!(why.code, "read_failed");
    assert!(why.message.contains("a.csv"), "{}", why.message);
}

#[test]
fn odd_encrypted_entries_of_a_file_that_vanishes_are_not_called_altered() {
    let folder = folder("odd_vanished_locked");
    let path = write(&folder, "in.zip", include_bytes!("../src/tests/samples/aes256.zip"));
    let archive = Archive::open(&[folder], &["correct horse".into()]).expect("a folder");
    let mut reader = archive.reader(archive.entries[1].id).expect("readable");
    fs::remove_file(path).expect("writable");
    reader.read_to_end(&mut Vec::new()).expect("reading never fails");
    assert_eq!(reader.finish().iter().map(|oddity| oddity.code).collect::<Vec<_>>(), ["read_failed"]);
}

#[cfg(unix)]
#[test]
fn accept_the_hash_of_a_listing_that_no_name_can_forge() {
    let hash = |files: &[&str]| {
        let folder = folder("accept_listing");
        for file in files {
            write(&folder, file, b"");
        }
        Archive::open(&[folder], &[]).expect("a folder").fingerprint().expect("readable")
    };
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_ne!(hash(&["a", "b"]), hash(&[&format!("a\n{empty}  b")]));
    // sha256sum $'a\nb\\c' | sha256sum
    assert_eq!(hash(&["a\nb\\c"]), "14f063a76b5f15de50ecf06dab126ffac14bc218eb64d0a3e6715fd3fe1d1988");
}

#[test]
fn odd_folders_without_end_are_left() {
    let folder = folder("odd_deep");
    let deep: PathBuf = std::iter::once(folder.clone()).chain((0..514).map(|_| PathBuf::from("d"))).collect();
    fs::create_dir_all(&deep).expect("the path is short enough");
    write(&deep, "lost.txt", b"x");
    write(&folder, "near.txt", b"y");
    let archive = Archive::open(&[folder], &[]).expect("a folder");
    assert_eq!(names(&archive), ["near.txt"]);
    assert_eq!(archive.oddities.iter().map(|oddity| oddity.code).collect::<Vec<_>>(), ["folder_too_deep"]);
}

#[test]
fn accept_pieces_of_one_archive_in_any_order() {
    let folder = folder("accept_pieces");
    let whole = zip("deep.txt", "found in the middle of all pieces");
    let cut: Vec<&[u8]> = whole.chunks(whole.len().div_ceil(3)).collect();
    let piece = |n: usize| write(&folder, &format!("x.zip.00{}", n + 1), cut[n]);
    let (one, two, three) = (piece(0), piece(1), piece(2));
    let archive = Archive::open(&[three.clone(), one.clone(), two], &[]).expect("all pieces");
    assert_eq!(names(&archive), ["deep.txt"]);
    assert_eq!(text(&archive, "deep.txt"), "found in the middle of all pieces");
    assert_eq!(
        archive.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(),
        ["x.zip.001", "x.zip.002", "x.zip.003"]
    );
    let refusal = Archive::open(&[one.clone(), three], &[]).expect_err("one is missing");
    assert_eq!((refusal.code(), refusal.to_string().contains("x.zip.002")), ("split_archive", true));
    let refusal = Archive::open(&[one], &[]).expect_err("two are missing");
    assert_eq!(refusal.code(), "split_archive");
    let small = write(&folder, "small.zip.001", &whole);
    assert_eq!(names(&Archive::open(&[small], &[]).expect("one piece was enough")), ["deep.txt"]);
}

#[test]
fn accept_an_archive_on_several_disks() {
    let folder = folder("accept_disks");
    // The mark, the file on the first disk, the directory and the end record on the second.
    let whole = zip("deep.txt", "found");
    let directory = whole.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    let first = [b"PK\x07\x08", &whole[..directory]].concat();
    let mut last = whole[directory..].to_vec();
    let end = last.len() - 22;
    // The file begins at byte 4 of disk 0, the directory at byte 0 of disk 1, which is the last.
    last[42] = 4;
    (last[end + 4], last[end + 6]) = (1, 1);
    last[end + 16..end + 20].fill(0);
    let first = write(&folder, "x.z01", &first);
    let last = write(&folder, "x.zip", &last);
    let archive = Archive::open(&[last.clone(), first.clone()], &[]).expect("both disks");
    assert_eq!((names(&archive), archive.oddities.len()), (vec!["deep.txt"], 0), "{:?}", archive.oddities);
    assert_eq!(text(&archive, "deep.txt"), "found");
    for alone in [first, last] {
        let refusal = Archive::open(&[alone], &[]).expect_err("the other is missing");
        assert_eq!(refusal.code(), "split_archive");
    }
}

#[test]
fn odd_series_with_gaps_and_copies_is_told() {
    let folder = folder("odd_series");
    let part = |n: usize, content: &str| {
        write(&folder, &format!("takeout-20240516T230250Z-00{n}.zip"), &zip("Takeout/a.json", content))
    };
    let (one, three) = (part(1, "[1]"), part(3, "[3]"));
    let copy = write(&folder, "takeout-20240516T230250Z-001 (1).zip", &fs::read(&one).expect("written"));
    let archive = Archive::open(&[one, copy, three], &[]).expect("two parts");
    let codes: Vec<_> = archive.oddities.iter().map(|oddity| oddity.code).collect();
    assert_eq!(codes, ["part_twice", "part_missing"]);
    assert_eq!(archive.parts.len(), 2);
    // The same path in two parts is two files.
    assert_eq!(
        names(&archive),
        [
            "takeout-20240516T230250Z-001.zip > Takeout/a.json",
            "takeout-20240516T230250Z-003.zip > Takeout/a.json",
        ]
    );
}

#[test]
fn accept_litter_apart_by_what_it_is() {
    let folder = folder("accept_litter");
    write(&folder, "__MACOSX/._a.csv", b"\0\x05\x16\x07\0\x02\0\0Mac OS X");
    write(&folder, "._notes.json", b"{\"real\": true}");
    write(&folder, ".DS_Store", b"\0\0\0\x01Bud1\0\0");
    write(&folder, "b/Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...");
    write(&folder, "b/desktop.ini", b"[.ShellClassInfo]\r\nIconResource=x\r\n");
    write(&folder, "desktop.ini.json", b"[1]");
    let archive = Archive::open(&[folder], &[]).expect("a folder");
    let litter = archive.entries.iter().filter(|entry| entry.litter).map(|entry| entry.name.as_str());
    assert_eq!(litter.collect::<Vec<_>>(), [".DS_Store", "__MACOSX/._a.csv", "b/Thumbs.db", "b/desktop.ini"]);
    assert!(
        archive.entries.iter().all(|entry| entry.litter == entry.oddities.iter().any(|o| o.code == "litter"))
    );
}

#[test]
fn odd_part_that_is_no_archive_does_not_hide_the_others() {
    let folder = folder("odd_part");
    let good = write(&folder, "export-1.zip", &zip("a.json", "[1]"));
    let page = write(&folder, "export-2.zip", b"<!DOCTYPE html><html><body>Please log in</body></html>");
    for given in [[good.clone(), page.clone()], [page.clone(), good]] {
        let archive = Archive::open(&given, &[]).expect("one of the parts is an archive");
        assert_eq!(archive.parts.len(), 2);
        let page = archive.entries.iter().find(|entry| entry.raw_name == b"export-2.zip").expect("named");
        assert_eq!(page.oddities.iter().map(|odd| odd.code).collect::<Vec<_>>(), ["part_unreadable"]);
        assert!(archive.reader(page.id).is_ok(), "what it is can be read");
        assert!(archive.entries.iter().any(|entry| entry.raw_name == b"a.json"));
    }
    let refusal = Archive::open(&[page], &[]).expect_err("it is all that was given");
    assert_eq!(refusal.code(), "not_a_zip");
}

#[test]
fn accept_archives_under_the_names_of_tables() {
    let folder = folder("accept_misnamed");
    write(&folder, "orders.csv", &zip("in.json", "[1]"));
    write(&folder, "list.docx", &zip("in.json", "[1]"));
    let archive = Archive::open(&[folder], &[]).expect("a folder");
    assert_eq!(names(&archive), ["list.docx", "orders.csv", "orders.csv > in.json"]);
    assert_eq!(text(&archive, "orders.csv > in.json"), "[1]");
}
