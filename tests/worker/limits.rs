//! What is said where a worker reaches a limit, cannot be locked away, or lies. What the system allows less than the
//! program does holds, too: so the limits are reached with files that a test can make.

use std::fs::File;
use std::io::Write as _;

use session::SearchOptions;

use crate::program::{LIAR, REAL, open_with};
use crate::{alone, codes};

/// A folder with a small table, and one file more.
fn export(name: &str, write: impl FnOnce(&mut File)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("tests may write");
    std::fs::write(folder.path().join("small.csv"), "order_no,total\nB-1,5.00\nB-2,6.00\n")
        .expect("tests may write");
    write(&mut File::create(folder.path().join(name)).expect("tests may write"));
    folder
}

/// A PDF document of some kilobytes whose pages all draw the same nothing, millions of times.
fn endless() -> Vec<u8> {
    let drawn = miniz_oxide::deflate::compress_to_vec_zlib(&b"q 1 0 0 1 0 0 cm Q\n".repeat(1 << 21), 9);
    let mut pdf = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n".to_vec();
    let kids: String = (0..PAGES).map(|n| format!("{} 0 R ", n + 4)).collect();
    let _ = writeln!(pdf, "2 0 obj <</Type/Pages/Count {PAGES}/Kids[{kids}]>> endobj");
    let _ = writeln!(pdf, "3 0 obj <</Length {}/Filter/FlateDecode>> stream", drawn.len());
    pdf.extend(drawn);
    pdf.extend(b"\nendstream endobj\n");
    for n in 0..PAGES {
        let _ = writeln!(pdf, "{} 0 obj <</Type/Page/Parent 2 0 R/Contents 3 0 R>> endobj", n + 4);
    }
    pdf.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    pdf
}

const PAGES: usize = 12;

#[test]
fn what_takes_too_long_is_named() {
    let _alone = alone();
    let folder = export("endless.pdf", |file| file.write_all(&endless()).expect("tests may write"));
    // Two seconds, of which the last is left to tell of it.
    let session = open_with(&format!("ulimit -t 2\n{REAL}"), folder.path());
    session.wait();
    assert_eq!(codes(&session, "endless.pdf"), ["reader_too_slow"]);
    assert_eq!(codes(&session, "small.csv"), [""; 0]);
    assert_eq!(session.find("B-2", &SearchOptions::default()).total, 1);
    assert_eq!(session.entries(0, 500, Some("unread")).total, 1);
}

#[test]
fn what_needs_too_much_memory_is_named() {
    let _alone = alone();
    // A record is held as bytes, as text, as values, and as the message about it.
    let folder = export("large.json", |file| {
        let text = "a word ".repeat(8 << 20);
        write!(file, "[{{\"order_no\":1,\"note\":\"{text}\"}}]").expect("tests may write");
    });
    let session = open_with(&format!("ulimit -v 200000\n{REAL}"), folder.path());
    session.wait();
    assert_eq!(codes(&session, "large.json"), ["reader_too_large"]);
    assert_eq!(codes(&session, "small.csv"), [""; 0]);
    assert_eq!(session.find("B-2", &SearchOptions::default()).total, 1);
    assert_eq!(session.entries(0, 500, Some("unread")).total, 1);
}

#[test]
fn a_worker_that_cannot_be_locked_away_does_not_read() {
    let _alone = alone();
    let folder = export("more.csv", |file| file.write_all(b"a,b\n1,2\n").expect("tests may write"));
    let session = open_with("exit 1", folder.path());
    session.wait();
    let opened = session.opened();
    let note = opened.notes.iter().find(|note| note.code == "no_worker").expect("it is said");
    assert!(note.message.contains("without a process of their own"), "{}", note.message);
    // The program reads them itself.
    assert_eq!(codes(&session, "small.csv"), [""; 0]);
    assert_eq!(session.find("B-2", &SearchOptions::default()).total, 1);
    assert_eq!(session.entries(0, 500, Some("read")).total, 2);
}

#[test]
fn a_worker_that_counts_wrongly_is_found_out() {
    let _alone = alone();
    let folder = export("empty.csv", |_| {});
    let session = open_with(LIAR, folder.path());
    session.wait();
    let opened = session.opened();
    let entry = opened.entries.iter().find(|e| e.path.ends_with("small.csv")).expect("it is listed");
    let note = entry.notes.iter().find(|note| note.code == "records_differ").expect("it is said");
    assert!(note.message.contains('3') && note.message.contains('2'), "{}", note.message);
    assert_eq!(session.find("B-2", &SearchOptions::default()).total, 1);
}
