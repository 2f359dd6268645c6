//! Old workbooks: records in a stream in a container, all built here.

use expect_test::expect;

use crate::check::{check, codes};

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;

/// A container with one stream of this name. The table of sectors is the first, the directory the second.
fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    // Streams below 4096 bytes lie elsewhere, so none here is that small.
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let long = |n: usize| u32::try_from(n).expect("samples are small").to_le_bytes();
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.resize(24, 0);
    out.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    out.resize(44, 0);
    for n in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        out.extend(n.to_le_bytes());
    }
    out.resize(SECTOR, 0xFF);
    let sectors = stream.len() / SECTOR;
    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((1..sectors).map(|n| u32::try_from(n + 2).expect("samples are small")));
    table.push(END);
    out.extend(table.iter().flat_map(|n| n.to_le_bytes()));
    out.resize(2 * SECTOR, 0xFF);
    for (name, kind, child, start, size) in
        [("Root Entry", 5, 1, END, 0), (name, 2, u32::MAX, 2, stream.len())]
    {
        let at = out.len();
        out.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        out.resize(at + 64, 0);
        out.extend([u8::try_from(2 * name.len() + 2).expect("short"), 0, kind, 1]);
        out.extend([0xFF; 8]);
        out.extend(child.to_le_bytes());
        out.resize(at + 116, 0);
        out.extend(start.to_le_bytes());
        out.extend(long(size));
        out.resize(at + 128, 0);
    }
    out.resize(3 * SECTOR, 0);
    out.extend(stream);
    out
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("records are short");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// A cell: row, column and style from 0, then what it holds.
fn cell(kind: u16, row: u16, column: u16, style: u16, data: &[u8]) -> Vec<u8> {
    let place: Vec<u8> = [row, column, style].into_iter().flat_map(u16::to_le_bytes).collect();
    record(kind, &[&place, data].concat())
}

const BEGIN: &[u8] = &[0, 6, 0x10, 0];

/// A workbook of one sheet: these shared strings (as written), these records.
fn workbook(strings: &[&[u8]], cells: &[Vec<u8>]) -> Vec<u8> {
    let mut globals = record(0x809, BEGIN);
    // Styles: plain, a day.
    globals.extend(record(0xE0, &[0; 20]));
    globals.extend(record(0xE0, &[&[0, 0, 14, 0][..], &[0; 16]].concat()));
    for (n, part) in strings.iter().enumerate() {
        globals.extend(record(if n == 0 { 0xFC } else { 0x3C }, part));
    }
    let name = b"Ventes";
    let at = u32::try_from(globals.len() + 4 + 8 + name.len() + 4).expect("small");
    globals.extend(record(0x85, &[&at.to_le_bytes()[..], &[1, 0, 6, 0], name].concat()));
    globals.extend(record(0x0A, &[]));
    globals.extend(record(0x809, BEGIN));
    globals.extend(cells.concat());
    globals.extend(record(0x0A, &[]));
    container("Workbook", &globals)
}

#[test]
fn cells_of_an_old_workbook() {
    // Two texts, the second cut between two records and wider behind the cut.
    let strings: [&[u8]; 2] =
        [b"\x02\0\0\0\x02\0\0\0\x03\0\x00nom\x06\0\x00Zo", b"\x01\xE9\0 \0\x41\x01\x21\0"];
    let shared = |row, column, n: u32| cell(0xFD, row, column, 0, &n.to_le_bytes());
    let formula = |value: [u8; 8]| [&value[..], &[0; 6]].concat();
    let cells = [
        shared(0, 0, 0),
        cell(0x204, 0, 1, 0, b"\x04\0\x00jour"),
        cell(0x204, 0, 2, 0, b"\x05\0\x00total"),
        shared(1, 0, 1),
        cell(0x203, 1, 1, 1, &45356_f64.to_le_bytes()),
        cell(0x27E, 1, 2, 0, &((123_456_u32 << 2) | 3).to_le_bytes()),
        // Two small numbers at once, and the row behind them hidden.
        record(0xBD, &[2, 0, 1, 0, 1, 0, 0xB6, 0xC4, 0x02, 0, 0, 0, 0x2E, 0, 0, 0, 2, 0]),
        record(0x208, &[3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]),
        cell(0x06, 3, 0, 0, &formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])),
        record(0x207, b"\x03\0\x00oui"),
        cell(0x06, 3, 1, 0, &formula([2, 0, 7, 0, 0, 0, 0xFF, 0xFF])),
        cell(0x205, 3, 2, 0, &[1, 0]),
        shared(4, 0, 9),
    ];
    check(
        "ventes.xls",
        workbook(&strings, &cells),
        expect![[r##"
            xls Partly, 3 records
            heading "sheet=Ventes,row=1" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A1 = "nom"
              sheet=Ventes,cell=B1 = "jour"
              sheet=Ventes,cell=C1 = "total"
            record "sheet=Ventes,row=2" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A2 = "Zoé Ł!"
              sheet=Ventes,cell=B2 = "2024-03-05"
              sheet=Ventes,cell=C2 = "1234.56" (number)
            record "sheet=Ventes,row=3" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=B3 = "2024-03-06"
              sheet=Ventes,cell=C3 = "11" (number)
            record "sheet=Ventes,row=4" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A4 = "oui"
              sheet=Ventes,cell=B4 = "#DIV/0!"
              sheet=Ventes,cell=C4 = "true" (bool)
            odd hidden_sheet at sheet=Ventes: the sheet "Ventes" is hidden; it is read like the others
            odd hidden_rows at sheet=Ventes: hidden rows of the sheet "Ventes", which are read: 1
            odd shared_text_missing at sheet=Ventes: cells of the sheet "Ventes" that point to a text which is not there: 1
        "##]],
    );
}

#[test]
fn damage_and_locks_are_told() {
    let locked = [record(0x809, BEGIN), record(0x2F, &[0; 6])].concat();
    assert_eq!(codes("a.xls", &container("Workbook", &locked)), ["document_sealed"]);
    assert_eq!(codes("a.xls", &container("Workbook", &record(0x809, BEGIN))), ["document_damaged"]);
    assert_eq!(codes("a.vsd", &container("VisioDocument", &[])), ["unread_format"]);
    assert_eq!(codes("a.xls", &container("Workbook", &[])[..40]), ["document_damaged"]);
    let whole = workbook(&[], &[cell(0x204, 0, 0, 0, b"\x03\0\x00nom")]);
    for end in [100, 600, 1100, 1600, 1700] {
        assert!(!codes("a.xls", &whole[..end]).is_empty(), "cut at {end}");
    }
}

#[test]
fn workbooks_that_are_one_xml_file() {
    let text = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
          xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="Ventes 2024"><Table>
        <Row><Cell><Data ss:Type="String">client</Data></Cell><Cell><Data ss:Type="String">total</Data></Cell>
          <Cell ss:Index="4"><Data ss:Type="String">jour</Data></Cell></Row>
        <Row ss:Index="3" ss:Hidden="1"><Cell><ss:Data ss:Type="String">Zoé <B xmlns="x">Leroy</B></ss:Data>
          <Comment ss:Author="Ali"><ss:Data>à voir</ss:Data></Comment></Cell>
          <Cell ss:MergeAcross="1"><Data ss:Type="Number">12.5</Data></Cell>
          <Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>
        <Row><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">2024-03-05T14:30:00.000</Data></Cell></Row>
        </Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
        <Worksheet ss:Name="Vide"><Table/></Worksheet></Workbook>"#;
    check(
        "ventes.xls",
        text,
        expect![[r#"
        xls Read, 2 records
        heading "sheet=Ventes 2024,row=1" of "sheet=Ventes 2024" "Ventes 2024"
          sheet=Ventes 2024,cell=A1 = "client"
          sheet=Ventes 2024,cell=B1 = "total"
          sheet=Ventes 2024,cell=D1 = "jour"
        record "sheet=Ventes 2024,row=3" of "sheet=Ventes 2024" "Ventes 2024"
          sheet=Ventes 2024,cell=A3 = "Zoé Leroy"
          sheet=Ventes 2024,cell=B3 = "12.5" (number)
          sheet=Ventes 2024,cell=D3 = "2024-03-05"
        record "sheet=Ventes 2024,row=4" of "sheet=Ventes 2024" "Ventes 2024"
          sheet=Ventes 2024,cell=A4 = "true" (bool)
          sheet=Ventes 2024,cell=D4 = "2024-03-05T14:30:00"
        heading "sheet=Ventes 2024,note=A3" of "sheet=Ventes 2024" "Ventes 2024"
          sheet=Ventes 2024,note=A3 = "à voir"
        odd hidden_sheet at sheet=Ventes 2024: the sheet "Ventes 2024" is hidden; it is read like the others
        odd hidden_rows at sheet=Ventes 2024: hidden rows of the sheet "Ventes 2024", which are read: 1
    "#]],
    );
    assert_eq!(codes("ventes.xml", text.as_bytes()), ["hidden_sheet", "hidden_rows"]);
    let cut = &text[..text.find("</Table>").unwrap_or(0)];
    assert_eq!(codes("ventes.xls", cut.as_bytes()), ["hidden_rows", "part_damaged"]);
}
