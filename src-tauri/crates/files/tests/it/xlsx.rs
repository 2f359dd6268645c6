//! Workbooks: what is in them comes out with the place of every cell.

use expect_test::expect;

use crate::check::{check, codes, rows as read, words};
use crate::package::{relations, rows, workbook, zip};

#[test]
fn rows_of_a_sheet_with_their_places() {
    let sheet =
        rows(&[&["N° facture", "Client", "Total TTC"], &["F-1", "Camille Martin", "120.5"], &["F-2"]]);
    check(
        "ventes.xlsx",
        workbook(&[("Ventes 2024", &sheet)], &[]),
        expect![[r#"
            xlsx Read, 2 records
            heading "sheet=Ventes 2024,row=1" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A1 = "N° facture"
              sheet=Ventes 2024,cell=B1 = "Client"
              sheet=Ventes 2024,cell=C1 = "Total TTC"
            record "sheet=Ventes 2024,row=2" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A2 = "F-1"
              sheet=Ventes 2024,cell=B2 = "Camille Martin"
              sheet=Ventes 2024,cell=C2 = "120.5" (number)
            record "sheet=Ventes 2024,row=3" of "sheet=Ventes 2024" "Ventes 2024"
              sheet=Ventes 2024,cell=A3 = "F-2"
        "#]],
    );
}

#[test]
fn texts_numbers_dates_and_the_rest() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>"#;
    let strings = r#"<sst count="9"><si><t>nom</t></si><si><r><t xml:space="preserve">Zoé </t></r><r><t>Leroy</t></r>
        <rPh sb="0" eb="1"><t>zo-e</t></rPh></si><si><t>a_x000D_b &amp; c &#233;</t></si><si><t>effacé</t></si></sst>"#;
    let sheet = r#"<dimension ref="A1:ZZZZZ9"/><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>valeur</t></is></c></row>
        <row><c t="s"><v>1</v></c><c s="1"><v>45356</v></c></row>
        <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="2"><v>45356.604166666664</v></c></row>
        <row r="4"><c r="B4" s="3"><v>0.2</v></c><c r="D4"><v>1234.5599999999999</v></c></row>
        <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="e"><v>#REF!</v></c><c r="C5" t="d"><v>2024-03-05</v></c></row>
        <row r="6"><c r="A6" t="str"><f>UPPER("x")</f><v>X</v></c><c r="B6"><f>SUM(D1:D4)</f></c></row>
        <row r="8"><c r="A8" t="s"><v>40</v></c><c r="XFD8"><v>7</v></c></row></sheetData>"#;
    check(
        "a.xlsx",
        workbook(&[("S,1", sheet)], &[("xl/styles.xml", styles), ("xl/sharedStrings.xml", strings)]),
        expect![[r##"
            xlsx Partly, 5 records
            heading "sheet=S%2C1,row=1" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=A1 = "nom"
              sheet=S%2C1,cell=B1 = "valeur"
            record "sheet=S%2C1,row=2" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=A2 = "Zoé Leroy"
              sheet=S%2C1,cell=B2 = "2024-03-05"
            record "sheet=S%2C1,row=3" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=A3 = "a\rb & c é"
              sheet=S%2C1,cell=B3 = "2024-03-05T14:30:00"
            record "sheet=S%2C1,row=4" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=B4 = "0.2" (number)
              sheet=S%2C1,cell=D4 = "1234.56" (number)
            record "sheet=S%2C1,row=5" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=A5 = "true" (bool)
              sheet=S%2C1,cell=B5 = "#REF!"
              sheet=S%2C1,cell=C5 = "2024-03-05"
            record "sheet=S%2C1,row=6" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=A6 = "X"
              sheet=S%2C1,cell=B6 = "=SUM(D1:D4)"
            heading "sheet=S%2C1,row=8" of "sheet=S%2C1" "S,1"
              sheet=S%2C1,cell=XFD8 = "7" (number)
            heading "string=3" of "" ""
              string=3 = "effacé"
            odd shared_text_missing at sheet=S%2C1: cells of the sheet "S,1" that point to a text which is not there: 1
            odd formula_without_value at sheet=S%2C1: formulas of the sheet "S,1" without a value, shown as written: 1
            odd unused_texts: texts in the workbook that no cell shows, perhaps deleted ones: 1
        "##]],
    );
}

#[test]
fn days_may_start_in_1904() {
    let book =
        r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="S" r:id="s1"/></sheets></workbook>"#;
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let bytes = workbook(
        &[("S", &rows(&[&["jour"], &["43894"]]))],
        &[("xl/workbook.xml", book), ("xl/styles.xml", styles)],
    );
    assert_eq!(words("a.xlsx", &bytes), "jour\n2024-03-05\n");
}

/// How many records a sheet gives, and the texts of its headings.
#[track_caller]
fn shape(sheet: &[&[&str]], wanted: &str) {
    let bytes = workbook(&[("S", &rows(sheet))], &[]);
    let (reading, all) = read("a.xlsx", &bytes);
    let headings: Vec<String> = all
        .iter()
        .filter(|r| r.span.heading)
        .map(|r| r.values().map(|v| v.text).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(format!("{} under {}", reading.records, headings.join(" / ")), wanted);
}

#[test]
fn headers_are_found_where_they_are() {
    shape(&[&["nom", "ville"], &["Zoé", "Lyon"]], "1 under nom|ville");
    shape(&[&["1", "Lyon"], &["2", "Paris"]], "2 under ");
    shape(&[&["Clients"], &["nom", "ville"], &["Zoé", "Lyon"]], "1 under Clients / nom|ville");
    shape(
        &[&["Export"], &["du", "2024-03-05"], &[], &["nom", "ville", "pays"], &["Zoé", "Lyon", "FR"]],
        "1 under Export / du|2024-03-05 / nom|ville|pays",
    );
    shape(
        &[&["Client", "Zoé"], &["n°", "7"], &["jour", "ip", "pays"], &["1", "a", "b"], &["2", "c", "d"]],
        "2 under Client|Zoé / n°|7 / jour|ip|pays",
    );
    shape(&[&["produit", "2023", "2024"], &["thé", "10", "12"]], "1 under produit|2023|2024");
    shape(&[&["nom"], &["Zoé"], &["Ali"]], "2 under nom");
    shape(&[&["clé", "valeur"], &["nom", "Zoé"], &["ville", "Lyon"]], "2 under clé|valeur");
    shape(&[], "0 under ");
}

#[test]
fn another_table_below() {
    shape(
        &[
            &["jour", "ip"],
            &["1", "a"],
            &[],
            &["Factures"],
            &["n°", "total", "devise"],
            &["F-1", "12", "EUR"],
            &["F-2", "13", "EUR"],
            &["jour", "ip"],
        ],
        "4 under jour|ip / Factures / n°|total|devise",
    );
    shape(&[&["nom", "ville"], &["Zoé", "Lyon"], &[], &["Ali", "Nice"]], "2 under nom|ville");
    shape(&[&["nom", "n"], &["Zoé", "1"], &["nom", "n"], &["Ali", "2"]], "2 under nom|n / nom|n");
    shape(&[&["nom", "n"], &["Zoé", "1"], &[], &["Fin de l'export"]], "1 under nom|n / Fin de l'export");
}

#[test]
fn tables_and_filters_tell_their_headers() {
    let sheet = rows(&[&["12", "13"], &["x", "y"], &["1", "2"], &["3", "4"]]);
    let table = r#"<table ref="A2:B4" displayName="t"/>"#;
    let bytes = workbook(
        &[("S", &sheet)],
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", &relations(&[("r", "table", "../tables/t1.xml")])),
            ("xl/tables/t1.xml", table),
        ],
    );
    assert_eq!(read("a.xlsx", &bytes).0.records, 2);
    let book = r#"<workbook><sheets><sheet name="S" r:id="s1"/></sheets><definedNames><definedName
        name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">S!$A$2:$B$4</definedName></definedNames></workbook>"#;
    let bytes = workbook(&[("S", &sheet)], &[("xl/workbook.xml", book)]);
    assert_eq!(read("a.xlsx", &bytes).0.records, 2);
}

#[test]
fn what_stands_around_the_cells() {
    let sheet = rows(&[&["nom"], &["Zoé"]])
        + r#"<hyperlinks><hyperlink ref="A2" r:id="l"/></hyperlinks>
            <headerFooter><oddHeader>&amp;L&amp;"Arial"&amp;9Confidentiel</oddHeader></headerFooter>"#;
    let related = relations(&[
        ("l", "hyperlink", "https://zoe.example/"),
        ("c", "comments", "../comments1.xml"),
        ("d", "drawing", "../drawings/drawing1.xml"),
    ]);
    let comments = r#"<comments><authors><author>Ali</author></authors><commentList><comment ref="A2" authorId="0">
        <text><r><t>à vérifier</t></r></text></comment></commentList></comments>"#;
    let drawing = "<wsDr><sp><txBody><p><r><t>Note </t></r><r><t>libre</t></r></p></txBody></sp></wsDr>";
    let core =
        "<coreProperties><creator>Ali Ben</creator><created>2024-03-05T10:00:00Z</created></coreProperties>";
    let book = r#"<workbook><sheets><sheet name="S" state="hidden" r:id="s1"/></sheets><definedNames><definedName
        name="Clients">S!$A$1</definedName></definedNames></workbook>"#;
    check(
        "a.xlsx",
        workbook(
            &[("S", &sheet)],
            &[
                ("xl/workbook.xml", book),
                ("xl/worksheets/_rels/sheet1.xml.rels", &related),
                ("xl/comments1.xml", comments),
                ("xl/drawings/drawing1.xml", drawing),
                ("docProps/core.xml", core),
                ("xl/vbaProject.bin", "\u{1}"),
                ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
                (
                    "xl/externalLinks/_rels/externalLink1.xml.rels",
                    &relations(&[("r", "externalLinkPath", "file://ailleurs.invalid/b.xlsx")]),
                ),
            ],
        ),
        expect![[r#"
            xlsm Read, 1 records
            heading "" of "" ""
              info=creator = "Ali Ben"
              info=created = "2024-03-05T10:00:00Z"
              info=name Clients = "S!$A$1"
              info=external link = "file://ailleurs.invalid/b.xlsx"
            heading "sheet=S,row=1" of "sheet=S" "S"
              sheet=S,cell=A1 = "nom"
            record "sheet=S,row=2" of "sheet=S" "S"
              sheet=S,cell=A2 = "Zoé"
            heading "sheet=S,margin=1" of "sheet=S" "S"
              sheet=S,margin=1 = "Confidentiel"
            heading "sheet=S,link=A2" of "sheet=S" "S"
              sheet=S,link=A2 = "https://zoe.example/"
            heading "sheet=S,note=A2" of "sheet=S" "S"
              sheet=S,note=A2 = "Ali: à vérifier"
            heading "sheet=S,shape=1" of "sheet=S" "S"
              sheet=S,shape=1 = "Note libre"
            odd macros_not_run: the workbook holds macros, which are never run
            odd external_links: links of the workbook to other files, which are never followed: 1
            odd hidden_sheet at sheet=S: the sheet "S" is hidden; it is read like the others
        "#]],
    );
}

#[test]
fn damage_costs_its_part_alone() {
    let good = rows(&[&["nom"], &["Zoé"]]);
    let cut = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>reste</t></is></c><c"#;
    let bytes = workbook(&[("A", cut), ("B", &good)], &[]);
    assert_eq!(words("a.xlsx", &bytes), "reste\nnom\nZoé\n");
    assert_eq!(codes("a.xlsx", &bytes), ["part_damaged"]);
    // Nothing at all in a sheet, and marks that are none.
    for part in
        ["", "<worksheet><sheetData><<<row r=\"1\"><c t=\"str\"><v>x</v></c></row></sheetData></worksheet>"]
    {
        let bytes = workbook(&[("A", ""), ("B", &good)], &[("xl/worksheets/sheet1.xml", part)]);
        assert!(words("a.xlsx", &bytes).ends_with("nom\nZoé\n"));
        assert_eq!(codes("a.xlsx", &bytes), ["part_damaged"], "{part}");
    }
    // No workbook part: the sheets are found by their names.
    let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", good.as_bytes())]);
    assert_eq!(words("a.xlsx", &bytes), "nom\nZoé\n");
    assert_eq!(codes("a.xlsx", &bytes), ["document_part_missing"]);
    // A sheet that is not there.
    let book =
        r#"<workbook><sheets><sheet name="A" r:id="s9"/><sheet name="B" r:id="s1"/></sheets></workbook>"#;
    let bytes = workbook(&[("B", &good)], &[("xl/workbook.xml", book)]);
    assert_eq!(words("a.xlsx", &bytes), "nom\nZoé\n");
    assert_eq!(codes("a.xlsx", &bytes), ["document_part_missing"]);
    // Entities are never expanded.
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    let bytes = workbook(&[("A", "")], &[("xl/worksheets/sheet1.xml", bomb)]);
    assert_eq!(words("a.xlsx", &bytes), "&b;\n");
    assert_eq!(codes("a.xlsx", &bytes), ["entity_not_expanded"]);
}

#[test]
fn cells_that_no_sheet_has_keep_their_text() {
    let sheet = r#"<sheetData><row r="4294967295"><c r="ZZZZZZZ4294967295" t="str"><v>loin</v></c></row>
        <row r="0"><c r="A0"><v>1</v></c></row><row r="2"><c r="A2" t="str"><v>ici</v></c></row></sheetData>"#;
    let bytes = workbook(&[("S", sheet)], &[]);
    assert_eq!(words("a.xlsx", &bytes), "loin\n1\nici\n");
    assert_eq!(codes("a.xlsx", &bytes), ["cell_outside"]);
}

#[test]
fn an_encrypted_workbook_is_named_so() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.extend([0; 1000]);
    bytes.extend(name);
    assert_eq!(codes("a.xls", &bytes), ["document_sealed"]);
}
