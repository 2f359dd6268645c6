//! What a file is, whatever it is called.

use files::{Status, read};

#[track_caller]
fn is(name: &str, bytes: &[u8], format: &str, status: Status) {
    let reading = read(name, &mut &*bytes, None, &mut |_, _| true);
    assert_eq!((reading.layout.format.word(), reading.status), (format, status), "{name}");
    assert!(status != Status::Unread || reading.oddities.iter().any(|o| o.code == "unread_format"));
}

#[test]
fn formats_without_a_reader_are_named() {
    is("a", b"PK\x03\x04....a.txt", "zip", Status::Unread);
    is("a", b"\x1F\x8B\x08", "gzip", Status::Unread);
    is("a", b"7z\xBC\xAF\x27\x1C\x00", "7z", Status::Unread);
    is("a", b"Rar!\x1A\x07\x01", "rar", Status::Unread);
    is("a.db-wal", b"\x37\x7F\x06\x82", "sqlite-journal", Status::Unread);
    is("a", &[0; 100], "binary", Status::Unread);
    is("a", b"", "empty", Status::Empty);
    is("a.json", b"  \n", "empty", Status::Empty);
}

#[test]
fn the_content_decides() {
    is("noextension", br#"{"t":"x"}"#, "json", Status::Read);
    is("page.txt", b"<script>alert(1)</script> text", "html", Status::Read);
    is("photo.jpg", b"<html><body>text</body></html>", "html", Status::Read);
    is("kunde.txt", b"Stammdatenblatt\nName: Sauer\n", "text", Status::Read);
    is("data.txt", b"a;b\n1;2\n3;4\n", "csv", Status::Read);
    is("noextension", b"date,ip\n2024-01-05,192.0.2.1\n2024-01-06,192.0.2.2\n", "csv", Status::Read);
    is("note.txt", b"Dear Ada, dear Bo,\nthank you, and so on.\nBye, yours\n", "text", Status::Read);
    is(
        "log.txt",
        b"[2024-01-01 10:00:00] a\n[2024-01-01 10:00:01] b\n[2024-01-01 10:00:02] c\n",
        "text",
        Status::Read,
    );
    is("x.md", b"[link](x) and text", "markdown", Status::Read);
    is("feed", b"<?xml version='1.0'?><a><b>1</b></a>", "xml", Status::Read);
    is("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>t</text></svg>", "svg", Status::Partly);
    is("m", b"From a@example.org Thu Jan  1 00:00:00 1970\nSubject: x\n\nbody\n", "mbox", Status::Read);
    is("m", b"Received: by x\nFrom: a@example.org\nTo: b@example.org\n\nbody\n", "eml", Status::Read);
    is("c.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "icalendar", Status::Read);
}

#[test]
fn a_name_that_lies_is_told() {
    let reading = read("data.json", &mut &b"<html><p>x</p></html>"[..], None, &mut |_, _| true);
    assert!(reading.oddities.iter().any(|o| o.code == "extension_differs"));
    let reading = read("data.json", &mut &b"{}"[..], None, &mut |_, _| true);
    assert!(reading.oddities.is_empty());
}

#[test]
fn reading_stops_when_told_and_says_when_it_had_to() {
    let mut rows = 0;
    let lines = "{\"a\":1}\n".repeat(100);
    read("a.jsonl", &mut lines.as_bytes(), None, &mut |_, _| {
        rows += 1;
        rows < 3
    });
    assert_eq!(rows, 3);

    struct Torn(usize);
    impl std::io::Read for Torn {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the archive is torn"));
            }
            let n = buffer.len().min(self.0);
            buffer[..n].copy_from_slice(&b"[{\"a\":1},{\"a\":2},".repeat(10)[..n]);
            self.0 -= n;
            Ok(n)
        }
    }
    let reading = read("a.json", &mut Torn(17), None, &mut |_, _| true);
    assert_eq!((reading.status, reading.records), (Status::Partly, 2));
    assert!(reading.oddities.iter().any(|o| o.code == "read_failed" && o.message.contains("torn")));
}

#[test]
fn oddities_are_counted_and_not_piled_up() {
    let table = format!("a,b,c\n{}", "1,2\n".repeat(1000));
    let reading = read("a.csv", &mut table.as_bytes(), None, &mut |_, _| true);
    let ragged: Vec<_> = reading.oddities.iter().filter(|o| o.code == "ragged_row").collect();
    assert_eq!(ragged.len(), files::limits::ODDITIES_OF_A_KIND + 1);
    assert!(ragged.last().is_some_and(|o| o.args.contains(&("count", "1000".to_owned()))));
}

#[test]
fn tabs_make_a_table_of_a_text() {
    for (text, records) in [
        ("Made for you\n\nid\tname\tcity\n1\tAda\tLyon\n2\tBo\tNice\n", 2),
        ("id\tname\tcity\n1\tAda\tLyon\n", 1),
        ("id\tname\n1\tAda\n\nORDERS\nref\ttotal\tdate\nA\t1.00\t2024-01-01\n", 2),
    ] {
        let (reading, _) = crate::check::rows("a.txt", text.as_bytes());
        assert_eq!((reading.layout.format.word(), reading.records), ("tsv", records), "{text}");
    }
}

#[test]
fn what_is_not_read_is_called_by_its_name() {
    let named = |bytes: &[u8]| {
        let reading = read("a", &mut &*bytes, None, &mut |_, _| true);
        assert_eq!((reading.layout.format.word(), reading.status), ("binary", Status::Unread));
        reading.oddities[0].args.iter().find(|(key, _)| *key == "format").map(|(_, word)| word.clone())
    };
    let cpio = [b"070701".to_vec(), vec![b'0'; 104], b"notes.txt\0Dear Ada\n".to_vec()].concat();
    assert_eq!(named(&cpio).as_deref(), Some("cpio"));
    assert_eq!(
        named(b"!<arch>\nnotes.txt/      0           0     0     644     4         `\ntext"),
        Some("ar".into())
    );
    assert_eq!(named(&[b"!BDN".to_vec(), vec![0; 60]].concat()).as_deref(), Some("pst"));
    // Keys and other noise are no letters of an old code page.
    let mut noise = vec![0x30, 0x82];
    noise.extend((0..300_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[1] | 1));
    assert_eq!(named(&noise).as_deref(), Some("binary"));
    is("a", "Чтобы увидеть заказ, войдите".as_bytes(), "text", Status::Read);
    is("a", b"\xD7\xF2\xEE\xE1\xFB \xF3\xE2\xE8\xE4\xE5\xF2\xFC", "text", Status::Read);
}

#[test]
fn a_mark_of_text_in_front_of_a_document_is_no_text() {
    let bytes = b"\xEF\xBB\xBF%PDF-1.4\n1 0 obj\n<<>>\nendobj\n";
    let reading = read("a.pdf", &mut &bytes[..], None, &mut |_, _| true);
    assert_eq!(reading.layout.format.word(), "pdf");
}
