//! Books: one document, chapter by chapter in the order of reading.

use expect_test::expect;

use crate::check::{check, codes, rows as read, words};
use crate::package::zip;

const CONTAINER: &[u8] =
    br#"<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"#;

/// A book: its list of files, and further parts.
fn book(list: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let list = format!("<?xml version=\"1.0\"?><package version=\"3.0\">{list}</package>");
    let mut files: Vec<(&str, &[u8])> =
        vec![("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER)];
    files.push(("OEBPS/content.opf", list.as_bytes()));
    files.extend(parts.iter().map(|(name, content)| (*name, content.as_bytes())));
    zip(&files)
}

#[test]
fn chapters_in_the_order_of_reading() {
    let list = r##"<metadata xmlns:dc="x"><dc:title>Mémoires</dc:title><dc:creator>Camille Martin</dc:creator>
        <dc:language>fr</dc:language><meta name="cover" content="img"/><meta property="dcterms:modified">2024-03-05</meta>
        </metadata><manifest><item id="b" href="Text/ch%202.xhtml" media-type="application/xhtml+xml"/>
        <item id="a" href="Text/ch1.xhtml" media-type="application/xhtml+xml"/><item id="ncx" href="toc.ncx"
        media-type="application/x-dtbncx+xml"/><item id="n" href="nav.xhtml" properties="nav"/><item id="img"
        href="c.png" media-type="image/png"/></manifest><spine toc="ncx"><itemref idref="a"/><itemref idref="b"/>
        <itemref idref="a"/><itemref idref="gone"/></spine>"##;
    let one = "<?xml version='1.0'?><html><head><title>Un</title><style>p{}</style></head><body><h1>Chapitre un</h1>
        <p>Né à <b>Lyon</b>.<a href='ch2.xhtml'>suite</a></p><script>x()</script></body></html>";
    let two = "<html><body><h2>Chapitre deux</h2><p>Voir <a href='https://example.org/z'>ici</a> &eacute;t&#233;</p></body></html>";
    let toc =
        "<ncx><navMap><navPoint><navLabel><text>Chapitre un</text></navLabel></navPoint><navPoint><navLabel>
        <text>Annexe perdue</text></navLabel></navPoint></navMap></ncx>";
    let parts = [
        ("OEBPS/Text/ch1.xhtml", one),
        ("OEBPS/Text/ch 2.xhtml", two),
        ("OEBPS/toc.ncx", toc),
        ("OEBPS/nav.xhtml", "<html><nav><ol><li>Chapitre deux</li></ol></nav></html>"),
        ("OEBPS/extra.html", "<p>hors de l'ordre</p>"),
    ];
    check(
        "livre.epub",
        book(list, &parts),
        expect![[r#"
        epub Read, 1 records
        record "" of "" ""
          info=title = "Mémoires"
          info=creator = "Camille Martin"
          info=language = "fr"
          info=modified = "2024-03-05"
        heading "chapter=1" of "" ""
          chapter=1,paragraph=1 = "Un"
          chapter=1,paragraph=2 = "Chapitre un"
          chapter=1,paragraph=3 = "Né à Lyon.suite"
        heading "chapter=2" of "" ""
          chapter=2,paragraph=1 = "Chapitre deux"
          chapter=2,paragraph=2 = "https://example.org/z"
          chapter=2,paragraph=3 = "Voir ici été"
        heading "chapter=3" of "" ""
          chapter=3,paragraph=1 = "hors de l'ordre"
        heading "contents" of "" ""
          contents,paragraph=1 = "Annexe perdue"
    "#]],
    );
}

#[test]
fn what_is_missing_or_locked_is_said() {
    let list = r#"<manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/><item id="c" href="c.xhtml"/>
        </manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine>"#;
    let locks = r#"<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/c.xhtml"/></CipherData>
        </EncryptedData></encryption>"#;
    let parts = [
        ("OEBPS/a.xhtml", "<p>lisible"),
        ("OEBPS/c.xhtml", "\u{1}\u{2}secret"),
        ("META-INF/encryption.xml", locks),
    ];
    let bytes = book(list, &parts);
    assert_eq!(words("a.epub", &bytes), "lisible\n");
    assert_eq!(codes("a.epub", &bytes), ["document_part_missing", "chapters_locked"]);
    let all = [("OEBPS/c.xhtml", "\u{1}"), ("META-INF/encryption.xml", locks)];
    let bytes = book(
        r#"<manifest><item id="c" href="c.xhtml"/></manifest><spine><itemref idref="c"/></spine>"#,
        &all,
    );
    assert_eq!(read("a.epub", &bytes).0.status, files::Status::Unread);
}

#[test]
fn a_chapter_that_breaks_off_is_told() {
    let chapter = |end: &str| {
        zip(&[
            ("mimetype", b"application/epub+zip"),
            ("OPS/ch1.xhtml", format!("<html><body><p>un</p><p>deux{end}").as_bytes()),
        ])
    };
    assert_eq!(codes("a.epub", &chapter("</p></body></html>")), ["document_part_missing"]);
    assert_eq!(codes("a.epub", &chapter("")), ["document_part_missing", "part_damaged"]);
}

#[test]
fn a_book_without_its_list_is_read_by_its_pages() {
    let bytes = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("OPS/ch10.xhtml", b"<p>dix</p>"),
        ("OPS/ch2.xhtml", b"<p>deux</p>"),
    ]);
    let (reading, _) = read("a.epub", &bytes);
    assert_eq!((reading.status, reading.records), (files::Status::Partly, 1));
    assert_eq!(words("a.epub", &bytes), "deux\ndix\n");
    assert_eq!(codes("a.epub", &bytes), ["document_part_missing"]);
}
