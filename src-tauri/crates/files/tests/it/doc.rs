//! Old Word documents: pieces in their order, stories, tables, fields.

use expect_test::expect;

use crate::attached::{object, package};
use crate::check::{check, codes, rows as read, words};
use crate::msg::Node::{self, Storage, Stream};
use crate::msg::container;

fn long(n: usize) -> [u8; 4] {
    u32::try_from(n).expect("samples are small").to_le_bytes()
}

/// A piece of text: one byte a letter or two.
enum Piece {
    Narrow(&'static [u8]),
    Wide(&'static str),
}
use Piece::{Narrow, Wide};

/// A document of pieces that stand in the stream in another order, with the lengths of its stories (all is text if there
/// are none) and the marks of its paragraphs and cells, in their order.
fn document(pieces: &[Piece], lengths: &[usize], marks: &[&[u8]], flags: u16) -> Vec<u8> {
    container(streams(pieces, lengths, marks, flags))
}

fn streams(pieces: &[Piece], lengths: &[usize], marks: &[&[u8]], flags: u16) -> Vec<Node> {
    let mut main = vec![0; 2048];
    let (mut starts, mut letters) = (vec![(0, false, 0); pieces.len()], Vec::new());
    // The last piece stands first.
    for (n, piece) in pieces.iter().enumerate().rev() {
        let (bytes, wide) = match piece {
            Narrow(bytes) => (bytes.to_vec(), false),
            Wide(text) => (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), true),
        };
        main.resize(main.len().next_multiple_of(2), 0);
        starts[n] = (main.len(), wide, bytes.len() / if wide { 2 } else { 1 });
        main.extend(bytes);
    }
    for (start, wide, count) in &starts {
        letters.extend((0..*count).map(|n| start + n * if *wide { 2 } else { 1 }));
    }
    let mut table = Vec::new();
    // The pieces, behind a change of the layout that says nothing of the text.
    let clx = table.len();
    table.extend([1, 2, 0, 9, 9, 2]);
    table.extend(long(4 * (pieces.len() + 1) + 8 * pieces.len()));
    let mut count = 0;
    table.extend(long(0));
    for (_, _, n) in &starts {
        count += n;
        table.extend(long(count));
    }
    for (start, wide, _) in &starts {
        table.extend([0, 0]);
        table.extend(if *wide { long(*start) } else { long((start * 2) | 0x4000_0000) });
        table.extend([0, 0]);
    }
    let clx = (clx, table.len() - clx);
    // One page of marks.
    main.resize(main.len().next_multiple_of(512), 0);
    let mut page = vec![0; 512];
    let ending = letters.iter().filter(|at| matches!(main[**at], 7 | 13));
    let mut ends: Vec<(usize, &[u8])> = ending.map(|at| at + 1).zip(marks.iter().copied()).collect();
    ends.sort_unstable();
    let mut at = 512;
    for (n, (end, mark)) in ends.iter().enumerate() {
        page[4 * (n + 1)..4 * (n + 2)].copy_from_slice(&long(*end));
        let mut mark = mark.to_vec();
        mark.resize(mark.len() | 1, 0);
        mark.insert(0, u8::try_from(mark.len() / 2 + 1).expect("short"));
        at = (at - mark.len() - 1) / 2 * 2;
        page[at..at + mark.len()].copy_from_slice(&mark);
        page[4 * (ends.len() + 1) + 13 * n] = u8::try_from(at / 2).expect("in the page");
    }
    page[511] = u8::try_from(ends.len()).expect("few");
    let list = table.len();
    table.extend([long(2048), long(main.len())].concat());
    table.extend(long(main.len() / 512));
    main.extend(page);
    let mut head = vec![0xEC, 0xA5, 0xC1, 0];
    head.resize(10, 0);
    head.extend((flags | 0x0200).to_le_bytes());
    head.resize(32, 0);
    head.extend([14, 0]);
    head.resize(62, 0);
    head.extend([22, 0]);
    head.resize(76, 0);
    let all = [letters.len()];
    head.extend(if lengths.is_empty() { &all } else { lengths }.iter().flat_map(|n| long(*n)));
    head.resize(152, 0);
    head.extend([93, 0]);
    head.resize(154 + 8 * 93, 0);
    for (n, (from, length)) in [(33, clx), (13, (list, table.len() - list))] {
        head[154 + 8 * n..158 + 8 * n].copy_from_slice(&long(from));
        head[158 + 8 * n..162 + 8 * n].copy_from_slice(&long(length));
    }
    main[..head.len()].copy_from_slice(&head);
    vec![
        Stream("WordDocument".into(), main),
        Stream("1Table".into(), table),
        Stream("\u{5}SummaryInformation".into(), summary()),
    ]
}

/// A title in the code page of Central Europe, and a time.
fn summary() -> Vec<u8> {
    let mut out = vec![0xFE, 0xFF, 0, 0];
    out.resize(44, 0);
    out.extend(long(48));
    out.extend([long(100), long(3), long(1), long(32), long(2), long(40), long(12), long(56)].concat());
    out.extend([long(2), long(1250)].concat());
    out.extend([long(0x1E), long(6)].concat());
    out.extend(b"\xA3\xF3d\x9F\0\0\0\0");
    out.extend(long(0x40));
    out.extend(133_536_750_720_000_000_u64.to_le_bytes());
    out
}

const HEADING: &[u8] = &[1, 0];
const CELL: &[u8] = &[0, 0, 0x16, 0x24, 1];
const ROW: &[u8] = &[0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1];
const PLAIN: &[u8] = &[0, 0, 0x03, 0x24, 1];

#[test]
fn pieces_stories_tables_and_fields() {
    let pieces = [
        Narrow(b"Titre\r"),
        Wide("Zoé 🦊 \u{13}HYPERLINK \"https://example.org/z\"\u{14}ici\u{15} été\r"),
        Narrow(b"nom\x07ville\x07\x07Bo\x07Lyon\rNord\x07\x07Ada\x07\x07\x07"),
        Narrow(b"fin\x0Bligne\r"),
        Narrow(b"\x02 note \x93basse\x94\r"),
    ];
    let table = [CELL, CELL, ROW, CELL, CELL, CELL, ROW, CELL, CELL, ROW];
    let marks = [&[HEADING, PLAIN][..], &table, &[PLAIN, PLAIN]].concat();
    let bytes = document(&pieces, &[98, 14], &marks, 4);
    check(
        "a.doc",
        &bytes,
        expect![[r#"
        doc Read, 3 records
        heading "table=1" of "table=1" "Titre"
          table=1,col=nom = "nom"
          table=1,col=ville = "ville"
        record "table=1,row=1" of "table=1" "Titre"
          table=1,row=1,col=nom = "Bo"
          table=1,row=1,col=ville = "Lyon\nNord"
        record "table=1,row=2" of "table=1" "Titre"
          table=1,row=2,col=nom = "Ada"
        record "" of "" ""
          info=title = "Łódź"
          info=created = "2024-02-29T10:11:12Z"
          paragraph=1 = "Titre"
          paragraph=2 = "Zoé 🦊 ici été"
          paragraph=3 = "https://example.org/z"
          paragraph=4 = "fin\nligne"
          paragraph=5 = "note “basse”"
    "#]],
    );
}

#[test]
fn without_marks_a_table_is_guessed() {
    let bytes = document(&[Narrow(b"a\x07b\x07\x07c\x07d\x07\x07fin\r")], &[], &[], 0);
    assert_eq!(words("a.doc", &bytes), "Łódź\n2024-02-29T10:11:12Z\na\tb\nc\td\nfin\n");
}

#[test]
fn locks_and_damage_are_told() {
    let locked = document(&[Narrow(b"x\r")], &[], &[], 0x0100);
    assert_eq!(codes("a.doc", &locked), ["document_sealed"]);
    assert_eq!(read("a.doc", &locked).0.status, files::Status::Encrypted);
    let short = document(&[Narrow(b"trop court\r")], &[5000], &[], 0);
    assert!(words("a.doc", &short).contains("trop court"));
    assert_eq!(codes("a.doc", &short), ["document_damaged"]);
    // A field without its end costs nothing of the text.
    let lost = document(&[Narrow(b"\x13PAGE perdu\rsuite\r")], &[], &[], 0);
    assert!(words("a.doc", &lost).ends_with("PAGE perdu\nsuite\n"));
    let whole = document(&[Narrow(b"Camille\r")], &[], &[], 0);
    for end in (600..whole.len() - 1024).step_by(97) {
        assert!(!codes("a.doc", &whole[..end]).is_empty(), "cut at {end} of {}", whole.len());
    }
}

#[test]
fn files_in_a_document_are_named_and_read_where_they_are_text() {
    let mut streams = streams(&[Narrow(b"Voici\r")], &[], &[], 0);
    let sheet = vec![object("Feuille"), Stream("Workbook".into(), vec![7; 321])];
    let paper = vec![object("Acrobat"), Stream("CONTENTS".into(), b"%PDF-1.4".to_vec())];
    streams.push(Storage(
        "ObjectPool".into(),
        vec![
            Storage(
                "_1".into(),
                vec![Stream("\u{1}Ole10Native".into(), package("été.csv", "nom;Zoé Leroy"))],
            ),
            Storage("_2".into(), sheet),
            Storage("_3".into(), paper),
        ],
    ));
    check(
        "a.doc",
        container(streams),
        expect![[r#"
            doc Read, 1 records
            record "" of "" ""
              info=title = "Łódź"
              info=created = "2024-02-29T10:11:12Z"
              info=attachment = "été.csv"
              info=attachment size = "14"
              info=attachment text = "nom;Zoé Leroy"
              info=attachment 2 = "Feuille"
              info=attachment size 2 = "321"
              info=attachment 3 = "Acrobat"
              info=attachment size 3 = "8"
              paragraph=1 = "Voici"
            odd attachment_unread: the file "Feuille" in the document, of 321 bytes, is named and not read
            odd attachment_unread: the file "Acrobat" in the document, of 8 bytes, is named and not read
        "#]],
    );
}

#[test]
fn before_word_97_the_text_stands_in_one_stream() {
    let mut main = vec![0xDC, 0xA5, 0x65, 0, 0, 0, 0x19, 0x04];
    main.resize(24, 0);
    main.extend([long(512), long(520)].concat());
    main.resize(52, 0);
    main.extend(long(8));
    main.resize(512, 0);
    main.extend(b"\xCF\xF0\xE8\xE2\xE5\xF2!\r");
    main.resize(8192, 0);
    let bytes = container(vec![Stream("WordDocument".into(), main)]);
    assert_eq!(words("a.doc", &bytes), "Привет!\n");
}
