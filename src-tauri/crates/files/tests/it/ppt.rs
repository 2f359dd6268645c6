//! Old presentations: slides in their order, as they were saved last.

use expect_test::expect;

use crate::attached::{object, package};
use crate::check::{check, codes, words};
use crate::msg::Node::{Storage, Stream};
use crate::msg::container;

fn record(kind: u16, marks: u16, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("samples are small");
    [&marks.to_le_bytes()[..], &kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
}

/// A record that holds others.
fn holding(kind: u16, instance: u16, inner: &[Vec<u8>]) -> Vec<u8> {
    record(kind, (instance << 4) | 0xF, &inner.concat())
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn words_of(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn title(text: &str) -> Vec<u8> {
    [record(0x0F9F, 0, &words_of(&[0])), record(0x0FA0, 0, &wide(text))].concat()
}

/// A slide with its text, the number of its notes, and more.
fn slide(text: Vec<u8>, notes: u32, more: &[Vec<u8>]) -> Vec<u8> {
    let atom = record(0x03EF, 2, &words_of(&[0, 0, 0, 0, notes, 0]));
    let shape = holding(0xF004, 0, &[holding(0xF00D, 0, &[text])]);
    let drawing = holding(0x040C, 0, &[holding(0xF002, 0, &[holding(0xF003, 0, &[shape])])]);
    holding(0x03EE, 0, &[atom, drawing, more.concat()])
}

/// A presentation of a document and further records, saved twice: the first is not what it was.
fn presentation(records: &[Vec<u8>], secret: u32) -> Vec<u8> {
    let mut stream = Vec::new();
    let place = |stream: &Vec<u8>| u32::try_from(stream.len()).expect("samples are small");
    let old = place(&stream);
    stream.extend(slide(title("brouillon effacé"), 0, &[]));
    let list = place(&stream);
    stream.extend(record(0x1772, 0, &words_of(&[2 | (1 << 20), old])));
    let before = place(&stream);
    stream.extend(record(0x0FF5, 0, &words_of(&[0, 0, 0, list, 1, 9, 0])));
    let mut places = vec![1 | (u32::try_from(records.len()).expect("few") << 20)];
    for record in records {
        places.push(place(&stream));
        stream.extend(record);
    }
    let list = place(&stream);
    stream.extend(record(0x1772, 0, &words_of(&places)));
    let edit = place(&stream);
    stream.extend(record(0x0FF5, 0, &words_of(&[0, 0, before, list, 1, 9, 0, secret])));
    let user = record(0x0FF6, 0, &words_of(&[20, 0xE391_C05F, edit]));
    container(vec![Stream("PowerPoint Document".into(), stream), Stream("Current User".into(), user)])
}

/// Bytes as zlib keeps them that does not pack.
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("samples are small");
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    let sum = (b << 16 | a).to_be_bytes();
    [&[0x78, 0x01, 0x01], &length.to_le_bytes()[..], &(!length).to_le_bytes(), bytes, &sum].concat()
}

fn sample(secret: u32) -> Vec<u8> {
    let listed = |place: u32, id: u32| record(0x03F3, 0, &words_of(&[place, 0, 0, id, 0]));
    let slides = holding(0x0FF0, 0, &[listed(3, 256), title("Bilan 2024"), listed(2, 257)]);
    let notes = holding(0x0FF0, 2, &[listed(4, 77)]);
    let link = holding(0x0FD7, 0, &[record(0x0FBA, 1 << 4, &wide("https://example.org/z"))]);
    let margins = holding(0x0FD9, 3, &[record(0x0FBA, 2 << 4, &wide("Exemple SA"))]);
    let document = holding(0x03E8, 0, &[slides, notes, link, margins]);
    let comment =
        holding(0x2EE0, 0, &[record(0x0FBA, 0, &wide("Ada")), record(0x0FBA, 16, &wide("à revoir"))]);
    let body =
        [record(0x0F9F, 0, &words_of(&[1])), record(0x0FA8, 0, b"un\rdeux\x0Btrois \xE9t\xE9\r*")].concat();
    let noted = holding(0x03F0, 0, &[holding(0xF00D, 0, &[record(0x0FA0, 0, &wide("dire bonjour 🦊"))])]);
    presentation(&[document, slide(title("Fin"), 0, &[comment]), slide(body, 77, &[]), noted], secret)
}

#[test]
fn slides_in_their_order_with_notes_and_comments() {
    check(
        "a.ppt",
        sample(0),
        expect![[r#"
        ppt Read, 1 records
        record "slide=1" of "" ""
          slide=1,paragraph=1 = "Bilan 2024"
          slide=1,paragraph=2 = "un"
          slide=1,paragraph=3 = "deux\ntrois été"
          slide=1,paragraph=4 = "dire bonjour 🦊"
        heading "slide=2" of "" ""
          slide=2,paragraph=1 = "Fin"
          slide=2,paragraph=2 = "Ada à revoir"
        heading "" of "" ""
          paragraph=1 = "Exemple SA"
          paragraph=2 = "https://example.org/z"
    "#]],
    );
}

#[test]
fn files_in_a_presentation_are_named_whether_it_lists_them_or_not() {
    let list = holding(0x0FF0, 0, &[record(0x03F3, 0, &words_of(&[2, 0, 0, 256, 0])), title("Bilan 2024")]);
    let atom = record(0x0FC3, 1, &words_of(&[1, 0, 1, 0, 3, 0]));
    let names = [record(0x0FBA, 2 << 4, &wide("Package")), record(0x0FBA, 3 << 4, &wide("Paquet"))];
    let listed = holding(0x0409, 0, &[holding(0x0FCC, 0, &[atom, names.concat()])]);
    let document = holding(0x03E8, 0, &[list, listed]);
    let note = container(vec![Stream("\u{1}Ole10Native".into(), package("note.txt", "Zoé Leroy"))]);
    let sheet = container(vec![object("Feuille"), Stream("Workbook".into(), vec![7; 321])]);
    let packed = [&words_of(&[u32::try_from(sheet.len()).expect("small")])[..], &zlib(&sheet)].concat();
    let macros = container(vec![Storage("VBA".into(), vec![])]);
    let records = [
        document,
        slide(title("Fin"), 0, &[]),
        record(0x1011, 0, &note),
        record(0x1011, 1 << 4, &packed),
        record(0x1011, 0, &macros),
        record(0x1011, 0, b"cut"),
    ];
    check(
        "a.ppt",
        presentation(&records, 0),
        expect![[r#"
            ppt Read, 1 records
            record "" of "" ""
              info=attachment = "note.txt"
              info=attachment size = "10"
              info=attachment text = "Zoé Leroy"
              info=attachment 2 = "Feuille"
              info=attachment size 2 = "321"
              info=attachment 3 = "unnamed"
              info=attachment size 3 = "3"
            heading "slide=1" of "" ""
              slide=1,paragraph=1 = "Bilan 2024"
              slide=1,paragraph=2 = "Fin"
            odd attachment_unread: the file "Feuille" in the document, of 321 bytes, is named and not read
            odd attachment_unread: the file "unnamed" in the document, of 3 bytes, is named and not read
            odd macros_not_run: the document holds macros, which are never run
        "#]],
    );
}

#[test]
fn locks_and_damage_are_told() {
    assert_eq!(codes("a.ppt", &sample(5)), ["document_sealed"]);
    let loose = [slide(title("seul"), 0, &[]), vec![0xFF; 40]].concat();
    let bytes = container(vec![Stream("PowerPoint Document".into(), loose)]);
    assert_eq!((words("a.ppt", &bytes), codes("a.ppt", &bytes)), ("seul\n".into(), vec!["document_damaged"]));
    let whole = sample(0);
    for end in (600..whole.len() - 512).step_by(97) {
        assert!(!codes("a.ppt", &whole[..end]).is_empty(), "cut at {end} of {}", whole.len());
    }
}
