//! Binary workbooks: the same rows as from any other workbook.

use expect_test::expect;

use crate::check::{check, codes, rows as read, words};
use crate::package::{relations, zip};

/// A record: what it is, how long, its content.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let byte = |n: usize| u8::try_from(n).expect("seven bits");
    let mut out = Vec::new();
    let kind = usize::from(kind);
    if kind < 0x80 {
        out.push(byte(kind));
    } else {
        out.extend([byte(kind & 0x7F | 0x80), byte(kind >> 7)]);
    }
    let mut length = content.len();
    while length >= 0x80 {
        out.push(byte(length & 0x7F | 0x80));
        length >>= 7;
    }
    out.push(byte(length));
    out.extend(content);
    out
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u32::try_from(units.len()).expect("short").to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    out
}

fn rich(said: &str) -> Vec<u8> {
    [vec![0], text(said)].concat()
}

fn range(row: u32, column: u32) -> Vec<u8> {
    [row, row, column, column].iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A row: its number from 0, then its cells by kind, column, style and value.
fn row(number: u32, hidden: bool, cells: &[(u16, u32, u8, Vec<u8>)]) -> Vec<u8> {
    let mut head = number.to_le_bytes().to_vec();
    head.extend([0, 0, 0, 0, 44, 1, 0, if hidden { 0x10 } else { 0 }, 0, 0, 0, 0, 0]);
    let mut out = record(0, &head);
    for (kind, column, style, value) in cells {
        let short = (12..19).contains(kind);
        let mut cell = if short { Vec::new() } else { column.to_le_bytes().to_vec() };
        cell.extend([*style, 0, 0, 0]);
        cell.extend(value);
        out.extend(record(*kind, &cell));
    }
    out
}

fn shared(n: u32) -> Vec<u8> {
    n.to_le_bytes().to_vec()
}

/// A sheet of these records.
fn sheet(content: &[Vec<u8>]) -> Vec<u8> {
    [record(129, &[]), record(145, &[]), content.concat(), record(146, &[]), record(130, &[])].concat()
}

fn strings(all: &[&str]) -> Vec<u8> {
    let items: Vec<Vec<u8>> = all.iter().map(|t| record(19, &rich(t))).collect();
    [record(159, &[0; 8]), items.concat(), record(160, &[])].concat()
}

/// Styles that show numbers in these formats; the first 164 stand in no list.
fn styles(own: &[(u16, &str)], cells: &[u16]) -> Vec<u8> {
    let mut out = record(278, &[]);
    for (id, code) in own {
        out.extend(record(44, &[id.to_le_bytes().to_vec(), text(code)].concat()));
    }
    // Styles of styles come first and are no styles of cells.
    out.extend([record(626, &[0; 4]), record(47, &[0xFF, 0xFF, 14, 0, 0, 0]), record(627, &[])].concat());
    out.extend(record(617, &[0; 4]));
    for id in cells {
        out.extend(record(47, &[[0; 2].as_slice(), &id.to_le_bytes(), &[0; 12]].concat()));
    }
    [out, record(618, &[]), record(279, &[])].concat()
}

/// A workbook of sheets, by name and state, and of further parts.
fn workbook(sheets: &[(&str, u32, Vec<u8>)], globals: &[Vec<u8>], parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut main = record(131, &[]);
    let mut related = Vec::new();
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
        ("_rels/.rels".to_owned(), relations(&[("r", "officeDocument", "xl/workbook.bin")]).into_bytes()),
    ];
    for (n, (name, state, content)) in (1..).zip(sheets) {
        let id = format!("rId{n}");
        let bundle = [state.to_le_bytes(), [1, 0, 0, 0]].concat();
        main.extend(record(156, &[bundle, text(&id), text(name)].concat()));
        related.push((id, format!("worksheets/sheet{n}.bin")));
        files.push((format!("xl/worksheets/sheet{n}.bin"), content.clone()));
    }
    main.extend(globals.concat());
    main.extend(record(132, &[]));
    let related: Vec<(&str, &str, &str)> =
        related.iter().map(|(id, part)| (id.as_str(), "worksheet", part.as_str())).collect();
    files.push(("xl/_rels/workbook.bin.rels".to_owned(), relations(&related).into_bytes()));
    files.push(("xl/workbook.bin".to_owned(), main));
    files.extend(parts.iter().map(|(name, content)| ((*name).to_owned(), content.clone())));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
    zip(&files)
}

fn real(n: f64) -> Vec<u8> {
    n.to_le_bytes().to_vec()
}

/// A whole number or, as it may be, hundredths in four bytes.
fn packed(n: u32, hundredths: bool) -> Vec<u8> {
    (n << 2 | 2 | u32::from(hundredths)).to_le_bytes().to_vec()
}

fn sample() -> Vec<u8> {
    let sheet = sheet(&[
        record(60, &[range(0, 3), vec![1, 0]].concat()),
        row(0, false, &[(7, 0, 0, shared(0)), (6, 1, 0, text("valeur")), (62, 2, 0, rich("actif"))]),
        row(1, false, &[(7, 0, 0, shared(1)), (2, 1, 0, packed(123_456, true)), (4, 2, 0, vec![1])]),
        row(2, true, &[(7, 0, 0, shared(2)), (5, 1, 1, real(45_356.0)), (10, 2, 0, vec![0, 0, 0])]),
        row(4, false, &[(8, 0, 0, text("calculé")), (9, 1, 2, real(45_356.5)), (11, 2, 0, vec![7])]),
        row(5, false, &[(7, 0, 0, shared(40)), (1, 1, 0, vec![]), (3, 2, 0, vec![0x2A])]),
        row(6, false, &[(7, 0, 0, shared(1)), (13, 0, 0, packed(12, false)), (16, 0, 0, real(-0.5))]),
    ]);
    let strings = strings(&["nom", "Zoé Leroy", "Bo 🦊", "effacé"]);
    let styles = styles(&[(164, "dd/mm/yyyy hh:mm")], &[0, 14, 164]);
    workbook(
        &[("Ventes 2024", 0, sheet)],
        &[],
        &[("xl/sharedStrings.bin", strings), ("xl/styles.bin", styles)],
    )
}

#[test]
fn cells_of_every_kind_with_their_places() {
    check(
        "ventes.xlsb",
        sample(),
        expect![[r##"
            xlsb Partly, 5 records
            heading "sheet=Ventes 2024,row=1" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A1 = "nom"
              sheet=Ventes 2024,cell=B1 = "valeur"
              sheet=Ventes 2024,cell=C1 = "actif"
            record "sheet=Ventes 2024,row=2" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A2 = "Zoé Leroy"
              sheet=Ventes 2024,cell=B2 = "1234.56" (number)
              sheet=Ventes 2024,cell=C2 = "true" (bool)
            record "sheet=Ventes 2024,row=3" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A3 = "Bo 🦊"
              sheet=Ventes 2024,cell=B3 = "2024-03-05"
              sheet=Ventes 2024,cell=C3 = "false" (bool)
            record "sheet=Ventes 2024,row=5" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A5 = "calculé"
              sheet=Ventes 2024,cell=B5 = "2024-03-05T12:00:00"
              sheet=Ventes 2024,cell=C5 = "#DIV/0!"
            record "sheet=Ventes 2024,row=6" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=C6 = "#N/A"
            record "sheet=Ventes 2024,row=7" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A7 = "Zoé Leroy"
              sheet=Ventes 2024,cell=B7 = "12" (number)
              sheet=Ventes 2024,cell=C7 = "-0.5" (number)
            heading "string=3" of "" ""
              string=3 = "effacé"
            odd hidden_rows at sheet=Ventes 2024: hidden rows of the sheet "Ventes 2024", which are read: 1
            odd hidden_columns at sheet=Ventes 2024: groups of hidden columns of the sheet "Ventes 2024", which are read: 1
            odd shared_text_missing at sheet=Ventes 2024: cells of the sheet "Ventes 2024" that point to a text which is not there: 1
            odd unused_texts: texts in the workbook that no cell shows, perhaps deleted ones: 1
        "##]],
    );
}

#[test]
fn hidden_sheets_days_from_1904_and_what_stands_around() {
    let cells = |first: &str, n: u32| {
        sheet(&[
            row(2, false, &[(6, 0, 0, text(first)), (6, 1, 0, text("note"))]),
            row(3, false, &[(2, 0, 0, packed(n, false)), (6, 1, 0, text("x"))]),
            record(479, &[vec![0, 0], text("&LCamille &P"), u32::MAX.to_le_bytes().to_vec()].concat()),
            record(494, &[range(3, 1), text("l1"), text(""), text("bulle"), text("")].concat()),
            record(494, &[range(3, 0), vec![0xFF; 4], text("Autre!A1")].concat()),
        ])
    };
    let related = relations(&[
        ("l1", "hyperlink", "https://example.org/z"),
        ("c1", "comments", "../comments1.bin"),
        ("t1", "table", "../tables/table1.bin"),
    ]);
    let notes = [
        record(632, &text("Ada")),
        record(635, &[shared(0), range(3, 1), vec![0; 16]].concat()),
        record(637, &rich("à vérifier")),
    ]
    .concat();
    let table = record(343, &[range(2, 0), vec![0; 8], shared(1), shared(0)].concat());
    let bytes = workbook(
        &[("2024", 0, cells("jour", 43_894)), ("Caché", 1, cells("jour", 43_895))],
        &[record(153, &[1, 0, 0, 0, 0, 0, 0, 0])],
        &[
            ("xl/styles.bin", styles(&[], &[14])),
            ("xl/worksheets/_rels/sheet1.bin.rels", related.into_bytes()),
            ("xl/comments1.bin", notes),
            ("xl/tables/table1.bin", table),
        ],
    );
    check(
        "a.xlsb",
        &bytes,
        expect![[r#"
        xlsb Read, 2 records
        heading "sheet=2024,row=3" of "sheet=2024" "2024"
          sheet=2024,cell=A3 = "jour"
          sheet=2024,cell=B3 = "note"
        record "sheet=2024,row=4" of "sheet=2024" "2024"
          sheet=2024,cell=A4 = "2024-03-05"
          sheet=2024,cell=B4 = "x"
        heading "sheet=2024,margin=1" of "sheet=2024" "2024"
          sheet=2024,margin=1 = "Camille"
        heading "sheet=2024,link=B4" of "sheet=2024" "2024"
          sheet=2024,link=B4 = "https://example.org/z"
        heading "sheet=2024,link=A4" of "sheet=2024" "2024"
          sheet=2024,link=A4 = "Autre!A1"
        heading "sheet=2024,note=B4" of "sheet=2024" "2024"
          sheet=2024,note=B4 = "Ada: à vérifier"
        heading "sheet=Caché,row=3" of "sheet=Caché" "Caché"
          sheet=Caché,cell=A3 = "jour"
          sheet=Caché,cell=B3 = "note"
        record "sheet=Caché,row=4" of "sheet=Caché" "Caché"
          sheet=Caché,cell=A4 = "2024-03-06"
          sheet=Caché,cell=B4 = "x"
        heading "sheet=Caché,margin=1" of "sheet=Caché" "Caché"
          sheet=Caché,margin=1 = "Camille"
        heading "sheet=Caché,link=A4" of "sheet=Caché" "Caché"
          sheet=Caché,link=A4 = "Autre!A1"
        odd hidden_sheet at sheet=Caché: the sheet "Caché" is hidden; it is read like the others
    "#]],
    );
}

#[test]
fn a_filter_says_where_the_header_is() {
    // The filter of the first sheet stands on row 2: `Feuil!$A$2:$B$3`.
    let mut area = vec![0x3B, 0, 0];
    area.extend([1_u32, 2].iter().flat_map(|n| n.to_le_bytes()));
    area.extend([0, 0, 1, 0]);
    let formula = [u32::try_from(area.len()).expect("short").to_le_bytes().to_vec(), area].concat();
    let name = [vec![0x20, 0, 0, 0, 0], shared(0), text("_FilterDatabase"), formula].concat();
    let cells = sheet(&[
        row(0, false, &[(6, 0, 0, text("1")), (6, 1, 0, text("2"))]),
        row(1, false, &[(6, 0, 0, text("3")), (6, 1, 0, text("4"))]),
        row(2, false, &[(6, 0, 0, text("5")), (6, 1, 0, text("6"))]),
    ]);
    let bytes = workbook(&[("S", 0, cells)], &[record(39, &name)], &[]);
    let (reading, rows) = read("a.xlsb", &bytes);
    assert_eq!((reading.records, rows[1].span.heading), (1, true));
}

#[test]
fn what_is_cut_or_nonsense_is_read_as_far_as_it_goes() {
    let whole = sheet(&[row(0, false, &[(6, 0, 0, text("nom"))]), row(1, false, &[(6, 0, 0, text("Zoé"))])]);
    let cut = whole[..whole.len() - 8].to_vec();
    let bytes = workbook(&[("S", 0, cut)], &[], &[]);
    assert_eq!(
        (words("a.xlsb", &bytes), codes("a.xlsb", &bytes)),
        ("nom\nZo\n".into(), vec!["part_damaged"])
    );
    // A text that claims more letters than its record has; a cell that is too short; a record longer than any.
    let lies = sheet(&[
        row(0, false, &[(6, 0, 0, [&[200, 0, 0, 0][..], b"l\0o\0i\0n\0"].concat()), (5, 1, 0, vec![1])]),
        row(u32::MAX, false, &[(6, 0x4000_0000, 0, text("x"))]),
        vec![6, 0xFF, 0xFF, 0xFF, 0x7F],
    ]);
    let bytes = workbook(&[("S", 0, lies)], &[], &[]);
    assert_eq!(words("a.xlsb", &bytes), "loin\nx\n");
    assert_eq!(codes("a.xlsb", &bytes), ["cell_outside", "part_damaged"]);
    // Anything else than records.
    let bytes = workbook(&[("S", 0, vec![0xFF; 1000])], &[vec![0xC0; 100]], &[]);
    assert_eq!(codes("a.xlsb", &bytes), ["part_damaged"]);
}

#[test]
fn a_workbook_without_its_list_of_sheets() {
    let cells = sheet(&[row(0, false, &[(6, 0, 0, text("perdu"))])]);
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.bin", &cells),
        ("xl/worksheets/binaryIndex1.bin", &record(42, &[])),
    ]);
    let (reading, _) = read("a.xlsb", &bytes);
    assert_eq!((words("a.xlsb", &bytes), reading.status), ("perdu\n".into(), files::Status::Partly));
    assert_eq!(codes("a.xlsb", &bytes), ["document_part_missing"]);
}
