//! Documents: spreadsheets and texts of OpenDocument, Word documents, presentations.

use expect_test::expect;

use crate::check::{check, codes, rows as read, words};
use crate::package::{relations, zip};

/// A packed OpenDocument file.
fn packed(kind: &str, content: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let content =
        format!("<?xml version=\"1.0\"?><office:document-content>{content}</office:document-content>");
    let mut files: Vec<(&str, &[u8])> =
        vec![("mimetype", mimetype.as_bytes()), ("content.xml", content.as_bytes())];
    files.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&files)
}

#[test]
fn cells_of_a_spreadsheet_with_their_places() {
    let content = r#"<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/>
        </style:style></office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Ventes"><table:table-row>
          <table:table-cell office:value-type="string"><text:p>client</text:p></table:table-cell>
          <table:table-cell office:value-type="string"><text:p>total</text:p></table:table-cell>
          <table:table-cell office:value-type="string"><text:p>jour</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="1021"/></table:table-row>
        <table:table-row>
          <table:table-cell office:value-type="string"><office:annotation><dc:creator>Ali</dc:creator><text:p>à voir</text:p>
            </office:annotation><text:p>Zoé<text:s text:c="2"/>Leroy</text:p><text:p>Lyon</text:p></table:table-cell>
          <table:table-cell office:value-type="currency" office:value="12.5"><text:p>12,50 €</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="2024-03-05"><text:p>05/03/24</text:p></table:table-cell>
        </table:table-row>
        <table:table-row table:number-rows-repeated="2" table:visibility="collapse">
          <table:table-cell table:number-columns-repeated="2" office:value-type="time" office:time-value="PT14H30M00S"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row></table:table>
        <table:table table:name="Cachée" table:style-name="ta2"><table:table-row>
          <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell>
        </table:table-row></table:table></office:spreadsheet></office:body>"#;
    let meta = "<office:document-meta><office:meta><dc:creator>Ali Ben</dc:creator></office:meta></office:document-meta>";
    check(
        "ventes.ods",
        packed("spreadsheet", content, &[("meta.xml", meta)]),
        expect![[r#"
            ods Read, 4 records
            heading "" of "" ""
              info=creator = "Ali Ben"
            heading "sheet=Ventes,row=1" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A1 = "client"
              sheet=Ventes,cell=B1 = "total"
              sheet=Ventes,cell=C1 = "jour"
            record "sheet=Ventes,row=2" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A2 = "Zoé  Leroy\nLyon"
              sheet=Ventes,cell=B2 = "12.5" (number)
              sheet=Ventes,cell=C2 = "2024-03-05"
            record "sheet=Ventes,row=3" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A3 = "14:30:00"
              sheet=Ventes,cell=B3 = "14:30:00"
            record "sheet=Ventes,row=4" of "sheet=Ventes" "Ventes"
              sheet=Ventes,cell=A4 = "14:30:00"
              sheet=Ventes,cell=B4 = "14:30:00"
            heading "sheet=Ventes,note=A2" of "sheet=Ventes" "Ventes"
              sheet=Ventes,note=A2 = "Ali \nà voir"
            record "sheet=Cachée,row=1" of "sheet=Cachée" "Cachée"
              sheet=Cachée,cell=A1 = "true" (bool)
            odd hidden_rows at sheet=Ventes: hidden rows of the sheet "Ventes": 2
            odd hidden_sheet at sheet=Cachée: the sheet "Cachée" is hidden; it is read like the others
        "#]],
    );
}

#[test]
fn few_bytes_claim_no_whole_grid() {
    let content = r#"<table:table table:name="B"><table:table-row table:number-rows-repeated="1048576"><table:table-cell
        table:number-columns-repeated="16384" office:value-type="string"><text:p>bombe</text:p></table:table-cell>
        </table:table-row></table:table>"#;
    let bytes = packed("spreadsheet", content, &[]);
    let mut cells = 0;
    let reading = files::read("b.ods", &mut bytes.as_slice(), None, &mut |_, row| {
        cells += row.len();
        true
    });
    assert!(reading.oddities.iter().any(|o| o.code == "repeated_cells_cut"));
    assert!(cells < 3_000_000, "{cells} cells");
}

#[test]
fn a_flat_spreadsheet_is_one() {
    let content = r#"<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
        <office:meta><dc:title>Titre</dc:title></office:meta><office:body><office:spreadsheet><table:table table:name="A">
        <table:table-row><table:table-cell office:value-type="float" office:value="7"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document>"#;
    check(
        "a.fods",
        content,
        expect![[r#"
            ods Read, 1 records
            heading "" of "" ""
              info=title = "Titre"
            record "sheet=A,row=1" of "sheet=A" "A"
              sheet=A,cell=A1 = "7" (number)
        "#]],
    );
}

#[test]
fn paragraphs_of_a_text() {
    let content = r#"<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion>
        <text:p>supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:h text:outline-level="1">Vos factures</text:h>
        <text:p>Bonjour<text:tab/>Zoé<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>en bas</text:p>
        </text:note-body></text:note>, voici.<office:annotation><dc:creator>Ali</dc:creator><text:p>vu</text:p>
        </office:annotation></text:p>
        <text:p><text:a xlink:href="https://zoe.example/">ici</text:a></text:p>
        <table:table><table:table-row><table:table-cell><text:p>n°</text:p></table:table-cell><table:table-cell><text:p>total</text:p>
          </table:table-cell></table:table-row>
        <table:table-row><table:table-cell><text:p>F-1</text:p><text:p>bis</text:p></table:table-cell><table:table-cell>
          <text:p>12</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell><text:p><text:a xlink:href="https://zoe.example/f2">F-2</text:a></text:p></table:table-cell><table:table-cell><text:p>13</text:p>
          </table:table-cell></table:table-row></table:table>
        <table:table><table:table-row><table:table-cell><text:p><text:a xlink:href="de.html">De</text:a></text:p></table:table-cell><table:table-cell><text:p>à</text:p>
          </table:table-cell></table:table-row></table:table>
        </office:text></office:body>"#;
    let styles = "<office:styles><style:master-page><style:header><text:p>en-tête</text:p></style:header></style:master-page></office:styles>";
    let meta = "<office:document-meta><office:meta><meta:creation-date>2024-03-05</meta:creation-date></office:meta></office:document-meta>";
    check(
        "a.odt",
        packed("text", content, &[("meta.xml", meta), ("styles.xml", styles)]),
        expect![[r#"
            odt Read, 3 records
            heading "table=1" of "table=1" "Vos factures"
              table=1,col=n° = "n°"
              table=1,col=total = "total"
            record "table=1,row=1" of "table=1" "Vos factures"
              table=1,row=1,col=n° = "F-1\nbis"
              table=1,row=1,col=total = "12"
            record "table=1,row=2" of "table=1" "Vos factures"
              table=1,row=2,col=n° = "F-2"
              table=1,row=2,col=total = "13"
              table=1,row=2,col=n°/link = "https://zoe.example/f2"
            record "" of "" ""
              info=creation-date = "2024-03-05"
              paragraph=1 = "supprimé"
              paragraph=2 = "Vos factures"
              paragraph=3 = "en bas"
              paragraph=4 = "Ali vu"
              paragraph=5 = "Bonjour\tZoé , voici."
              paragraph=6 = "https://zoe.example/"
              paragraph=7 = "ici"
              paragraph=8 = "De\tà"
              paragraph=9 = "de.html"
              paragraph=10 = "en-tête"
        "#]],
    );
}

#[test]
fn one_that_hides_its_type_is_known_by_its_name() {
    let content: &[u8] = b"<office:document-content><text:p>ici</text:p></office:document-content>";
    let bytes = zip(&[("mimetype", b"(packed)"), ("content.xml", content)]);
    assert_eq!(words("a.odt", &bytes), "ici\n");
}

#[test]
fn an_encrypted_one_is_named_so() {
    let manifest = r#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>
        </manifest:file-entry></manifest:manifest>"#;
    let bytes = packed("text", "", &[("META-INF/manifest.xml", manifest)]);
    assert_eq!(codes("a.odt", &bytes), ["document_sealed"]);
}

/// A Word document with this body and further parts.
fn word(body: &str, related: &[(&str, &str, &str)], parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    let (top, related) = (relations(&[("r", "officeDocument", "word/document.xml")]), relations(related));
    let mut files: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", top.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", related.as_bytes()),
    ];
    files.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&files)
}

#[test]
fn paragraphs_of_a_word_document() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let body = String::from(
        r#"<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Vos factures</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Bonjour </w:t></w:r><w:r><w:tab/><w:t>Zoé</w:t></w:r><w:del><w:r><w:delText>caché</w:delText>
        </w:r></w:del><w:ins><w:r><w:t>!</w:t></w:r></w:ins></w:p>
        <w:p><w:hyperlink r:id="l"><w:r><w:t>ici</w:t></w:r></w:hyperlink><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><w:p><w:r><w:t>encadré</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p><w:tbl>"#,
    ) + &row("n°", "total")
        + &row("F-1", "12")
        + &row(
            r#"F-2</w:t></w:r><w:hyperlink r:id="l"><w:r><w:t> ici</w:t></w:r></w:hyperlink><w:r><w:t>"#,
            "13",
        )
        + "</w:tbl><w:tbl>"
        + &row("De", "à")
        + "</w:tbl>";
    check(
        "a.docx",
        word(
            &body,
            &[
                ("l", "hyperlink", "https://a.example/"),
                ("c", "comments", "comments.xml"),
                ("f", "footnotes", "footnotes.xml"),
                ("h", "header", "header1.xml"),
                ("t", "attachedTemplate", "http://modele.invalid/x.dotx"),
            ],
            &[
                (
                    "word/comments.xml",
                    r#"<w:comments><w:comment w:author="Ali" w:date="2024-03-05T10:00:00Z"><w:p><w:r><w:t>vu</w:t></w:r></w:p></w:comment></w:comments>"#,
                ),
                (
                    "word/footnotes.xml",
                    "<w:footnotes><w:footnote><w:p><w:r><w:t>en bas</w:t></w:r></w:p></w:footnote></w:footnotes>",
                ),
                ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>en-tête</w:t></w:r></w:p></w:hdr>"),
                (
                    "word/styles.xml",
                    r#"<w:styles><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>"#,
                ),
                (
                    "docProps/core.xml",
                    "<cp:coreProperties><dc:creator>Ali Ben</dc:creator></cp:coreProperties>",
                ),
            ],
        ),
        expect![[r#"
            docx Read, 3 records
            heading "table=1" of "table=1" "Vos factures"
              table=1,col=n° = "n°"
              table=1,col=total = "total"
            record "table=1,row=1" of "table=1" "Vos factures"
              table=1,row=1,col=n° = "F-1"
              table=1,row=1,col=total = "12"
            record "table=1,row=2" of "table=1" "Vos factures"
              table=1,row=2,col=n° = "F-2 ici"
              table=1,row=2,col=total = "13"
              table=1,row=2,col=n°/link = "https://a.example/"
            record "" of "" ""
              info=creator = "Ali Ben"
              info=external link = "http://modele.invalid/x.dotx"
              paragraph=1 = "Vos factures"
              paragraph=2 = "Bonjour \tZoé!"
              paragraph=3 = "caché"
              paragraph=4 = "ici"
              paragraph=5 = "https://a.example/"
              paragraph=6 = "https://b.example/"
              paragraph=7 = "encadré"
              paragraph=8 = "De\tà"
              paragraph=9 = "Ali 2024-03-05T10:00:00Z vu"
              paragraph=10 = "en bas"
              paragraph=11 = "en-tête"
            odd external_links: links of the document to other files, which are never followed: 1
        "#]],
    );
}

#[test]
fn damage_of_a_document_costs_its_part_alone() {
    let bytes = word("<w:p><w:r><w:t>reste</w:t></w:r></w:p><w:p><w:r><w:t>coupé", &[], &[]);
    assert_eq!(words("a.docx", &bytes), "reste\ncoupé\n");
    let bytes = word("<w:p><w:r><w:t>x</w:t></w:r></w:p>", &[("f", "footnotes", "footnotes.xml")], &[]);
    assert_eq!(codes("a.docx", &bytes), ["document_part_missing"]);
    assert_eq!(codes("a.docx", b"PK\x03\x04....word/document.xml"), ["document_damaged"]);
}

#[test]
fn a_long_text_is_one_record() {
    let paragraph = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "mot ".repeat(2_000));
    let (reading, all) = read("a.docx", &word(&paragraph.repeat(100), &[], &[]));
    assert_eq!(reading.records, 1);
    assert!(all.len() > 2, "{} rows", all.len());
}

#[test]
fn slides_of_a_presentation() {
    let top = relations(&[("r", "officeDocument", "ppt/presentation.xml")]);
    let related = relations(&[("r2", "slide", "slides/slide1.xml"), ("r1", "slide", "slides/slide2.xml")]);
    let slide = |title: &str, text: &str| {
        format!(
            "<p:sld><p:sp><p:nvPr><p:ph type=\"ctrTitle\"/></p:nvPr><p:txBody><a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:txBody></p:sp>
            <p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r><a:fld><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp></p:sld>"
        )
    };
    let (first, second) = (slide("Deux", "b"), slide("Un", "a"));
    let notes = relations(&[("n", "notesSlide", "../notesSlides/notesSlide1.xml")]);
    check(
        "a.pptx",
        zip(&[
            ("_rels/.rels", top.as_bytes()),
            ("ppt/presentation.xml", b"<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/><p:sldId id=\"257\" r:id=\"r2\"/></p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", related.as_bytes()),
            ("ppt/slides/slide1.xml", first.as_bytes()),
            ("ppt/slides/slide2.xml", second.as_bytes()),
            ("ppt/slides/_rels/slide1.xml.rels", notes.as_bytes()),
            ("ppt/notesSlides/notesSlide1.xml", b"<p:notes><a:p><a:r><a:t>dire ceci</a:t></a:r></a:p></p:notes>"),
        ]),
        expect![[r#"
            pptx Read, 1 records
            record "slide=1" of "" ""
              slide=1,paragraph=1 = "Un"
              slide=1,paragraph=2 = "a"
            heading "slide=2" of "" ""
              slide=2,paragraph=1 = "Deux"
              slide=2,paragraph=2 = "b"
              slide=2,paragraph=3 = "dire ceci"
        "#]],
    );
}
