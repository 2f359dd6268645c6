//! PDF documents: the words of each page in the order of reading, what the document says of itself, and what is wrong.

use expect_test::expect;

use crate::check::{check, codes, rows};

/// A document of numbered objects, with the table of where they stand.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{n} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    file
}

fn stream(entries: &str, data: &str) -> String {
    format!("<< /Length {} {entries} >>\nstream\n{data}\nendstream", data.len())
}

/// One page with this content, with the fonts `/F` (WinAnsi) and `/G` (glyphs with a map), and the drawing `/D`.
fn page(content: &str) -> Vec<u8> {
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <00660069> <0002> <20AC> \
               endbfchar 3 beginbfrange <0010> <0029> <0061> <0030> <004A> <05D0> <0050> <0051> <FEFB> endbfrange";
    let encoding = "<< /BaseEncoding /WinAnsiEncoding /Differences [200 /ffi /uni20AC /nonsense] >>";
    let font = format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding} >>");
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F 4 0 R /G 7 0 R >> /XObject << /D 9 0 R >> >> >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R >>",
        &font,
        &stream("", content),
        "<< /Title (Relev\\351) /Author <FEFF004A00E9> /CreationDate (D:20240229101112+01'00') >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts \
         [<< /Type /Font /Subtype /CIDFontType2 /W [1 [600 600] 16 41 500 48 81 500] >>] >>",
        &stream("", map),
        &stream(
            "/Type /XObject /Subtype /Form /Resources << /Font << /F 4 0 R >> >>",
            "BT /F 10 Tf 50 20 Td (drawn below) Tj ET",
        ),
    ])
}

/// The text of the first page.
fn text(content: &str) -> String {
    let (reading, rows) = rows("a.pdf", &page(content));
    let row = rows.first().expect("a document is a record");
    let first = row.values().find(|v| row.place(*v, &reading.layout.names) == "page=1");
    first.map(|v| v.text.to_owned()).unwrap_or_default()
}

#[test]
fn a_document_is_one_record_with_its_pages_and_what_it_says_of_itself() {
    check(
        "a.pdf",
        page("BT /F 12 Tf 50 700 Td (Facture n\\260 12) Tj 0 -20 Td (Total 12,50 \\200) Tj ET"),
        expect![[r#"
            pdf Read, 1 records
            record "" of "" ""
              page=1 = "Facture n° 12\nTotal 12,50 €"
              info=Title = "Relevé"
              info=Author = "Jé"
              info=CreationDate = "2024-02-29T10:11:12+01:00"
        "#]],
    );
}

#[test]
fn words_are_neither_torn_nor_glued() {
    let cases = [
        // Letters that are moved a little stay a word, those moved by a space are two.
        ("BT /F 10 Tf 50 700 Td [(Ze)20(bu)-30(lon)-280(Qua)15(rk)] TJ ET", "Zebulon Quark"),
        ("BT /F 10 Tf 50 700 Td (one) Tj 30 0 Td (two) Tj ET", "one two"),
        ("BT /F 10 Tf 1 0 0 1 50 700 Tm (Por) Tj 1 0 0 1 66.1 700 Tm (to) Tj ET", "Porto"),
        ("BT /F 10 Tf 5 Tc 50 700 Td (wide) Tj ET", "wide"),
        (
            "BT /F 10 Tf 50 700 Td 14 TL (first) Tj (second) ' 1 0 (third) \" T* (fourth) Tj ET",
            "first\nsecond\nthird\nfourth",
        ),
        // The size may be in the font, in the text or on the page.
        ("10 0 0 10 0 0 cm BT /F 1 Tf 5 70 Td (ab) Tj 3 0 Td (cd) Tj ET", "ab cd"),
        ("BT /F 1 Tf 10 0 0 10 50 700 Tm (ab) Tj 1.2 0 Td (cd) Tj ET", "abcd"),
        // Turned text reads along its own line.
        ("BT /F 10 Tf 0 1 -1 0 50 100 Tm (turned) Tj 40 0 Td (text) Tj ET", "turned text"),
        // Accents that are drawn apart belong to their letter.
        ("BT /F 10 Tf 50 700 Td (caf) Tj 14 0 Td (\\264) Tj 1 0 Td (e) Tj ET", "café"),
        // Bold letters that are made by drawing twice are there once.
        ("BT /F 10 Tf 50 700 Td (bold) Tj ET BT /F 10 Tf 50.3 700 Td (bold) Tj ET", "bold"),
        ("BT /F 10 Tf 50 700 Td <C8C9> Tj ET", "ffi€"),
        ("BT /G 10 Tf 50 700 Td <0001001800100002> Tj ET", "fiia€"),
        ("BT /F 10 Tf 50 50 Td (page) Tj ET /D Do", "page\n\ndrawn below"),
        ("/Span << /ActualText <FEFF00660069> >> BDC BT /F 10 Tf 50 700 Td (?) Tj ET EMC", "fi"),
        (
            "BT /F 10 Tf 50 700 Td (before) Tj ET BI /W 1 /H 1 ID \u{1}EI\u{2} EI BT /F 10 Tf 50 600 Td (after) Tj ET",
            "before\n\nafter",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(text(content), expected, "{content}");
    }
}

#[test]
fn lines_come_in_the_order_of_reading() {
    let draw = |items: &[(i32, i32, &str)]| {
        let show = |(x, y, t): &(i32, i32, &str)| format!("BT /F 10 Tf {x} {y} Td ({t}) Tj ET\n");
        text(&items.iter().map(show).collect::<String>())
    };
    // A heading that was written last.
    assert_eq!(draw(&[(50, 700, "body"), (50, 688, "more"), (50, 780, "heading")]), "heading\n\nbody\nmore");
    // A table written column by column is read by its rows.
    let table =
        [(50, 700, "a"), (50, 680, "b"), (50, 660, "c"), (90, 700, "1"), (90, 680, "2"), (90, 660, "3")];
    assert_eq!(draw(&table), "a 1\nb 2\nc 3");
    // Columns of running text are not.
    let long = "some words of running text here";
    let columns = [
        (50, 700, long),
        (50, 688, long),
        (50, 676, long),
        (350, 700, long),
        (350, 688, long),
        (350, 676, long),
    ];
    assert_eq!(draw(&columns), format!("{long}\n{long}\n{long}\n\n{long}\n{long}\n{long}"));
    // Amounts that were written before what they are for.
    assert_eq!(draw(&[(300, 700, "12,50"), (50, 700, "Total")]), "Total 12,50");
}

#[test]
fn what_is_written_from_right_to_left_comes_as_it_is_read() {
    for (content, wanted) in [
        // As it is seen, and letter by letter from the right.
        ("BT /G 10 Tf 100 700 Td <003D0035003C0049> Tj ET", "שלום"),
        ("BT /G 10 Tf 100 700 Td <0049> Tj -5 0 Td <003C> Tj -5 0 Td <0035> Tj -5 0 Td <003D> Tj ET", "שלום"),
        // A number within it, a word of the other direction before it.
        ("BT /G 10 Tf 100 700 Td <003D> Tj /F 10 Tf ( 12.50 ) Tj /G 10 Tf <0049> Tj ET", "ש 12.50 ם"),
        (
            "BT /F 10 Tf 100 700 Td (Name: ) Tj /G 10 Tf <003D0049> Tj /F 10 Tf (, Haifa) Tj ET",
            "Name: שם, Haifa",
        ),
        // Two letters that are drawn as one.
        ("BT /G 10 Tf 100 700 Td <0050> Tj ET", "\u{644}\u{627}"),
    ] {
        assert_eq!(text(content), wanted, "{content}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let silent = page("q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{1} EI Q");
    assert_eq!(codes("scan.pdf", &silent), ["no_text"]);
    assert_eq!(codes("font.pdf", &page("BT /G 10 Tf <00F1> Tj /F 10 Tf <CA> Tj ET")), ["text_unreadable"]);
    let whole = page("BT /F 10 Tf 50 700 Td (kept) Tj ET");
    let table = whole.windows(5).rposition(|w| w == b"xref\n").expect("the sample has a table");
    let first = whole.windows(4).position(|w| w == b"xref").expect("the sample has a table");
    let cases: [(&str, Vec<u8>, &[&str]); 4] = [
        ("cut.pdf", whole[..first].to_vec(), &["pdf_repaired"]),
        ("end.pdf", whole[..whole.len() - 6].to_vec(), &["pdf_cut_off"]),
        ("moved.pdf", [b"some line\n", &b" ".repeat(3)[..], &whole[9..]].concat(), &["extension_differs"]),
        ("wrong.pdf", [&whole[..20], b"\n\n\n\n", &whole[20..]].concat(), &["pdf_repaired"]),
    ];
    assert!(table > 0);
    for (name, bytes, expected) in cases {
        assert_eq!(codes(name, &bytes), expected, "{name}");
        if name != "moved.pdf" {
            let (_, rows) = rows(name, &bytes);
            assert_eq!(rows[0].value(0).text, "kept", "{name}");
        }
    }
}

#[test]
fn forms_links_notes_and_files_are_read_and_nothing_is_run() {
    let invoice = "<?xml version=\"1.0\"?><rsm:Invoice><ram:ID>F-12</ram:ID><ram:Line>a</ram:Line><ram:Line>b</ram:Line></rsm:Invoice>";
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AcroForm << /Fields \
         [<< /T (client) /Kids [<< /T (name) /V (Jeanne Martin) >> << /T (vat) /V /Yes >>] >>] >> /Names << \
         /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (factur-x.xml) /EF << /F 5 0 R >> >> (y) << /F (far.bin) >>] \
         >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org/a) >> >> \
         << /Subtype /Text /T (Jeanne) /Contents (to be paid) >> << /Subtype /Link /A << /S /Launch /F (x.exe) >> >>] >>",
        "null",
        &stream("", invoice),
        "<< /Producer (Press) >>",
    ]);
    check(
        "form.pdf",
        file,
        expect![[r#"
        pdf Read, 1 records
        record "" of "" ""
          page=1,link=1 = "https://example.org/a"
          page=1,note=1 = "Jeanne: to be paid"
          info=Producer = "Press"
          info=field/client.name = "Jeanne Martin"
          info=field/client.vat = "Yes"
          info=attachment = "factur-x.xml"
          info=attachment/factur-x.xml/rsm:Invoice/ram:ID = "F-12"
          info=attachment/factur-x.xml/rsm:Invoice/ram:Line = "a"
          info=attachment/factur-x.xml/rsm:Invoice/ram:Line/2 = "b"
          info=attachment/2 = "far.bin"
        odd attachment_outside: the document points to the file "far.bin", which is not in it
        odd active_content: the document would run or open something (Launch): 1; this is never done
        odd active_content: the document would run or open something (JavaScript): 1; this is never done
    "#]],
    );
}

#[test]
fn forms_in_xml_and_files_on_pages_are_read() {
    let datasets = "<xfa:datasets xmlns:xfa=\"x\"><xfa:data><form1><Nom>Jeanne Martin</Nom></form1></xfa:data></xfa:datasets>";
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(template) null (datasets) 4 0 R] >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Annots [<< /Subtype /FileAttachment /Contents (see file) /FS << /UF (note.txt) \
         /EF << /F 5 0 R >> >> >>] >>",
        &stream("", datasets),
        &stream("", "a text in a file"),
        "<< /Trapped /False >>",
    ]);
    check(
        "xfa.pdf",
        file,
        expect![[r#"
        pdf Read, 1 records
        record "" of "" ""
          page=1,note=1 = "see file"
          info=attachment = "note.txt"
          info=attachment/note.txt = "a text in a file"
          info=field/form1/Nom = "Jeanne Martin"
    "#]],
    );
}

#[test]
fn letters_that_are_guessed_are_told() {
    let font = "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Sub /FontDescriptor << /Flags 4 >> >>";
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>",
        font,
        &stream("", "BT /F 9 Tf (letters) Tj ET"),
        "null",
    ]);
    assert_eq!(codes("sub.pdf", &file), ["text_guessed"]);
}

#[test]
fn a_damaged_document_breaks_nothing() {
    let whole =
        page("q 1 0 0 1 0 0 cm BT /F 12 Tf 50 700 Td [(Facture) -200 (12)] TJ /G 9 Tf <0001> Tj ET Q /D Do");
    for length in (0..whole.len()).step_by(13) {
        rows("a.pdf", &whole[..length]);
    }
    for (at, byte) in (0..whole.len()).step_by(3).zip(b"9<(/[ \0R".iter().cycle()) {
        let mut torn = whole.clone();
        torn[at] = *byte;
        rows("a.pdf", &torn);
    }
}

#[test]
fn a_workbook_in_a_document_is_read() {
    let sheet = crate::package::rows(&[&["client", "total"], &["Zoé Leroy", "12.5"]]);
    let book = crate::package::workbook(&[("Ventes", &sheet)], &[]);
    let hex: String = book.iter().map(|byte| format!("{byte:02X}")).collect();
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (ventes.xlsx) \
         /EF << /F 5 0 R >> >>] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R >>",
        "null",
        &stream("/Filter /ASCIIHexDecode", &format!("{hex}>")),
        "<< /Producer (Press) >>",
    ]);
    let words = crate::check::words("a.pdf", &file);
    assert!(words.contains("ventes.xlsx") && words.contains("Zoé Leroy\t12.5"), "{words}");
}
