//! Files in documents: in old workbooks and in new documents; those in old documents and presentations are tested there.

use crate::check::{codes, words};
use crate::msg::Node::{self, Storage, Stream};
use crate::msg::container;
use crate::package::zip;

/// A text as the program for packages puts it into a document.
pub(crate) fn package(name: &str, text: &str) -> Vec<u8> {
    let long = |n: usize| u32::try_from(n).expect("samples are small").to_le_bytes();
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&long(units.len() / 2)[..], &units].concat()
    };
    let mut rest = b"\x02\0x.txt\0C:\\x.txt\0\0\0\x03\0".to_vec();
    rest.extend([&long(4)[..], b"C:\\\0", &long(text.len()), text.as_bytes()].concat());
    rest.extend([wide("C:\\"), wide(name), wide("C:\\x.txt")].concat());
    [&long(rest.len())[..], &rest].concat()
}

/// What an object is called by its program.
pub(crate) fn object(kind: &str) -> Node {
    let mut bytes = vec![0; 28];
    bytes.extend(u32::try_from(kind.len() + 1).expect("short").to_le_bytes());
    bytes.extend([kind.as_bytes(), b"\0"].concat());
    Stream("\u{1}CompObj".into(), bytes)
}

#[test]
fn files_in_a_workbook_are_named() {
    let bytes = container(vec![
        Stream("Workbook".into(), vec![]),
        Storage("MBD0001".into(), vec![Stream("\u{1}Ole10Native".into(), package("a.csv", "nom;Zoé Leroy"))]),
        Storage("MBD0002".into(), vec![object("Document"), Stream("Package".into(), b"PK..".to_vec())]),
        Storage("Autre".into(), vec![object("Autre")]),
    ]);
    assert_eq!(words("a.xls", &bytes), "a.csv\n14\nnom;Zoé Leroy\nDocument\n4\n");
    assert!(codes("a.xls", &bytes).contains(&"attachment_unread"));
}

#[test]
fn files_in_a_new_document_are_named() {
    let inside = container(vec![Stream("\u{1}Ole10Native".into(), package("note.txt", "Zoé Leroy"))]);
    let bytes = zip(&[
        ("[Content_Types].xml", &b"<Types/>"[..]),
        (
            "word/document.xml",
            b"<w:document><w:body><w:p><w:r><w:t>Voici</w:t></w:r></w:p></w:body></w:document>",
        ),
        ("word/embeddings/oleObject1.bin", &inside),
        ("word/embeddings/Feuille.xlsx", b"PK.."),
        ("word/embeddings/vide.bin", &[]),
    ]);
    let wanted = "note.txt\n10\nZoé Leroy\nFeuille.xlsx\n4\nvide.bin\n0\nVoici\n";
    assert_eq!(
        (words("a.docx", &bytes).as_str(), codes("a.docx", &bytes)),
        (wanted, vec!["attachment_unread"])
    );
}

#[test]
fn objects_that_share_what_they_hold_cost_no_more_than_it_does() {
    let lie = |size: u32| {
        let mut bytes = container(vec![
            Stream("WordDocument".into(), vec![]),
            Storage("ObjectPool".into(), (0..40).map(|n| Storage(format!("_{n}"), vec![])).collect()),
        ]);
        for at in (512..bytes.len().saturating_sub(128)).step_by(128) {
            if bytes[at..].starts_with(b"_\0") {
                // Each storage holds the directory from its beginning on.
                bytes[at + 76..at + 80].copy_from_slice(&1_u32.to_le_bytes());
                bytes[at + 120..at + 124].copy_from_slice(&size.to_le_bytes());
            }
        }
        bytes
    };
    for size in [0, 100, u32::MAX] {
        words("a.doc", &lie(size));
    }
}
