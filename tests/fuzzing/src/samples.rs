//! One small sample or more for every target that reads text: valid, with what is special about its format in it.

/// The target, and what it is given.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
    (
        "json",
        r#"{"meta":{"v":1},"items":[{"id":1,"tags":["a","b"],"n":{"x":null}},{"id":2,"é":"\u00e9"}],"count":2}"#,
    ),
    ("json", "var a = [{\"x\":1,\"x\":2}];\nvar b = {\"l\":[{\"y\":1}],\"n\":1,\"n\":{\"é\":[1]},\"l\":[]};"),
    ("json", "[{\"n\":\"Zo\\u00c3\\u00ab\",\"PrÃ©nom\":\"dÃ©jÃ\u{A0}\"}]"),
    ("table", "a,b\nRÃ©sumÃ©,1\n"),
    ("ndjson", "{\"a\":1}\n{\"a\":[1,2]}\n{\"b\":\"x\"}\n"),
    ("json", r#"{"u1":{"n":1},"u2":{"n":2},"u3":{"n":3}}"#),
    ("table", "Notes:\n\na;b;c\n1;\"x;y\";3\n4;\"é\n\";6\n\nsum\n"),
    ("xml", "<f v='1'><t>x &amp; y</t><e id='1'><a>1</a><a>2</a></e><e id='2'><![CDATA[z]]></e></f>"),
    (
        "html",
        "<title>T</title><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>é &lt;</td></tr></table><dl><dt>k<dd>v</dl>",
    ),
    (
        "xml",
        "<?xml version='1.0'?><rss><channel><t>x</t>é<item a='1' b=\"2\"/><item>&amp;&#55357;&#56832;<b>&x;</b></item><!-- c --></channel></rss>",
    ),
    (
        "html",
        "<title>T</title><div><div class='outer-cell a'><p>x:</p><p>é</p><a href='https://x.example'>l</a></div><div class='outer-cell'><table><tr><td>k<div>v</div></td></tr></table></div>z</div>",
    ),
    (
        "eml",
        "From: a@example.org\r\nSubject: =?utf-8?Q?=C3=A9?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b--\r\n",
    ),
    (
        "mbox",
        "From a@example.org Thu Jan  1 00:00:00 1970\nSubject: x\n\n>From y\n\nFrom b@example.org Thu Jan  1 00:00:00 1970\r\nContent-Type: text/html\r\n\r\n<p>z\r\n",
    ),
    (
        "vcard",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;A=\r\nda;;\r\nitem1.TEL;TYPE=\"a,b\":1\\, 2\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\nNOTE:long\r\n er\r\nEND:VCARD\r\n",
    ),
    (
        "ical",
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:a\\nb\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    (
        "chat",
        "31/12/2023, 21:04 - Ada: hi\nthere\n31/12/2023, 21:05 - Ada left\n31/12/2023, 21:06 - Bo: <Media omitted>\n",
    ),
    ("chat", "[12/31/23, 9:04:05 PM] Ada: a\n\u{200e}[12/31/23, 9:04:06 PM] Bo: \u{200e}b\n"),
    ("qif", "!Account\nNx\n^\n!Type:Bank\nD12/31/23\nT-1,234.56\nPShop\nSFood\n$-1\n^\nD1/1'24\nT1\n^\n"),
    (
        "ofx",
        "OFXHEADER:100\n\n<OFX><CURDEF>EUR<BANKTRANLIST>\n<STMTTRN>\n<TRNAMT>-1.00\n<NAME>A &amp; B\n</STMTTRN>\n<STMTTRN><PAYEE><NAME>x</NAME></PAYEE></STMTTRN></OFX>",
    ),
    (
        "bai",
        "01,A,B,240501,1000,1,80,1,2/\n02,B,A,1,240430,2359,EUR,2/\n03,123,EUR,010,500000,,/\n16,475,1250,V,1,2,REF,CUST,CHECK ONE\n88,more\n49,5,2/\n98,5,1,4/\n99,5,1,6/\n",
    ),
    (
        "gettext",
        "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\n#: a.c:1\nmsgctxt \"x\"\nmsgid \"one\"\nmsgid_plural \"many\"\nmsgstr[0] \"un\"\n\"e\"\n",
    ),
    (
        "plist",
        "<plist version=\"1.0\"><dict><key>a</key><array><dict><key>b</key><integer>1</integer></dict><true/></array><key>d</key><data>AAE=</data></dict></plist>",
    ),
    (
        "settings",
        "# c\n[a.\"b c\"]\nk = \"v\\u00e9\" # c\nl = [1,\n 2]\n[[t]]\nx=1\n[[t]]\nm = \"\"\"\na\n\"\"\"\nc: d \\\n e\n",
    ),
    (
        "sql",
        "-- MySQL dump\nCREATE TABLE `t` (`a` int, `b` varchar(3) DEFAULT 'x,y', KEY (`a`));\nINSERT INTO `t` VALUES (1,'it\\'s'),(2,NULL);\nINSERT INTO t (a, b) VALUES (3, 'a''b') ON CONFLICT DO NOTHING;\n",
    ),
    (
        "sql",
        "-- PostgreSQL database dump\nSET x = 1;\nCOPY public.t (a, b) FROM stdin;\n1\tx\\ty\n2\t\\N\n\\.\n",
    ),
    (
        "subtitles",
        "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000 align:left\n<v Ada>Hello\nyou\n\n00:00:03.000 --> 00:00:04.000\nBye\n",
    ),
    (
        "mt940",
        ":20:S\r\n:25:1/2\r\n:60F:C240101EUR1,00\r\n:61:2401020102D12,34NTRFREF//B\r\nmore\r\n:86:166?00T?20a?21b?32Ada\r\n:62F:C240101EUR1,00\r\n-\r\n",
    ),
    (
        "yaml",
        "# c\ninvoices:\n  - id: 1\n    note: |\n      a\n\n      b\n    tags: [x, \"y, z\", {k: v}]\n  - &a\n    id: 2\n    long: one\n      two\nmeta: {v: 1}\n",
    ),
    ("yaml", "---\n- 'it''s'\n- \"\\u00e9\\n\"\n- - 1\n  - a: b\n    c:\n    - d\n...\n---\nx: *y\n"),
    ("markdown", "# T\ntext\n## U\n\nmore\n"),
    (
        "enex",
        "<en-export><note><title>t</title><content><![CDATA[<en-note>a <b>b</b></en-note>]]></content></note><note><resource><data encoding=\"base64\">QUJD</data></resource></note></en-export>",
    ),
    (
        "jcard",
        r#"[["vcard", [["fn", {"type":["a","b"]}, "text", "A\u00e9"], ["n", {}, "text", ["x", ["y","z"], ""]], ["rev", {}, "integer", 4]]], ["vcard", []]]"#,
    ),
    (
        "opml",
        "<opml><head><title>t</title></head><body><outline text='a &amp; b'><outline text=\"c\" xmlUrl=\"x\"/></outline><outline text='d'/></body></opml>",
    ),
    ("log", "2024-01-01 a\n2024-01-02 b\n2024-01-03 c\n"),
    ("markdown", "Hello\n\nworld é\n"),
    ("charset", "caf\u{e9}; na\u{ef}ve; \u{20ac} 12\nfichier ; donn\u{e9}es\n"),
    (
        "html",
        "<!doctype html><meta charset=utf-8><body><ul><li>a<li>b</ul><form><input name=x value='y'><select><option selected>z</select></form><script>var a = '<p>';</script><img alt=\"c\"><details><summary>d</summary>e</details>",
    ),
    (
        "mht",
        "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"q\"; type=\"text/html\"\r\n\r\n--q\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://x.example/\r\n\r\n<html><p>caf=C3=A9</p></html>\r\n--q\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--q--\r\n",
    ),
    (
        "rtf",
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}}{\\info{\\title T}{\\author A}}\\pard Zo\\'eb \\u8364? a\\par b\\tab c{\\*\\gen x;}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt y}}\\trowd\\cell 1\\cell\\row}",
    ),
    (
        "pdf",
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[<</T(name)/V(Ada)>>]>>>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R/Annots[<</Subtype/Link/A<</S/URI/URI(https://x.example)>>>>]>>\nendobj\n4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/B/eacute]>>>>\nendobj\n5 0 obj\n<</Length 71>>\nstream\nBT /F1 12 Tf 72 720 Td (Hello A) Tj 0 -14 Td [(wo)-20(rld)] TJ <4142> ' ET\nendstream\nendobj\n6 0 obj\n<</Title(\\376\\377\\000T)/Author<FEFF0041>>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Info 6 0 R/Size 7>>\nstartxref\n9\n%%EOF\n",
    ),
    ("image", "GIF89a\u{2}\0\u{1}\0\0\0\0!\u{fe}\u{5}hello\0,\0\0\0\0\u{2}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;"),
    (
        "image",
        "<svg xmlns='http://www.w3.org/2000/svg' width='2' height='3'><title>t</title><text>a &amp; b</text></svg>",
    ),
    (
        "xlsx",
        "\u{1e}[Content_Types].xml\n<Types/>\u{1e}xl/workbook.xml\n<workbook><workbookPr date1904='0'/><sheets><sheet name='A&amp;B' sheetId='1' r:id='r1'/><sheet name='C' state='hidden' r:id='r2'/></sheets></workbook>\u{1e}xl/_rels/workbook.xml.rels\n<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Target='/xl/worksheets/sheet2.xml'/></Relationships>\u{1e}xl/sharedStrings.xml\n<sst><si><t>name</t></si><si><r><t>Z</t></r><r><t>o\u{eb}</t></r></si></sst>\u{1e}xl/styles.xml\n<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd/mm/yyyy'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs></styleSheet>\u{1e}xl/worksheets/sheet1.xml\n<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>day</t></is></c></row><row r='2' hidden='1'><c r='A2' t='s'><v>1</v></c><c r='B2' s='1'><v>45356.5</v></c><c r='D2' t='b'><v>1</v></c><c t='e'><f>A1</f><v>#DIV/0!</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>\u{1e}xl/worksheets/sheet2.xml\n<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
    ),
    (
        "docx",
        "\u{1e}[Content_Types].xml\n<Types/>\u{1e}word/document.xml\n<w:document><w:body><w:p><w:r><w:t>Hello </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:tab/><w:br/></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>\u{1e}word/footnotes.xml\n<w:footnotes><w:footnote><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote></w:footnotes>\u{1e}docProps/core.xml\n<cp:coreProperties><dc:title>T</dc:title><dc:creator>A</dc:creator></cp:coreProperties>",
    ),
    (
        "pptx",
        "\u{1e}[Content_Types].xml\n<Types/>\u{1e}ppt/presentation.xml\n<p:presentation/>\u{1e}ppt/slides/slide1.xml\n<p:sld><p:sp><a:p><a:r><a:t>One</a:t></a:r></a:p></p:sp></p:sld>\u{1e}ppt/notesSlides/notesSlide1.xml\n<p:notes><a:p><a:r><a:t>say</a:t></a:r></a:p></p:notes>",
    ),
    (
        "epub",
        "\u{1e}mimetype\napplication/epub+zip\u{1e}META-INF/container.xml\n<container><rootfiles><rootfile full-path='o/b.opf'/></rootfiles></container>\u{1e}o/b.opf\n<package><metadata><dc:title>T</dc:title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='../b.html'/></manifest><spine><itemref idref='b'/><itemref idref='a'/></spine></package>\u{1e}o/a.xhtml\n<html><h1>One</h1><p>a &amp; b</p></html>\u{1e}b.html\n<p>two",
    ),
    (
        "ods",
        "\u{1e}mimetype\napplication/vnd.oasis.opendocument.spreadsheet\u{1e}content.xml\n<office:document-content><office:body><office:spreadsheet><table:table table:name='S'><table:table-row><table:table-cell office:value-type='string'><text:p>a<text:s text:c='3'/>b</text:p></table:table-cell><table:table-cell office:value-type='float' office:value='1.5' table:number-columns-repeated='2'><text:p>1,5</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated='3'><table:table-cell office:value-type='date' office:date-value='2024-02-01'/><table:covered-table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
    ),
    (
        "odt",
        "\u{1e}mimetype\napplication/vnd.oasis.opendocument.text\u{1e}content.xml\n<office:document-content><office:body><office:text><text:h>T</text:h><text:p>a<text:tab/>b<text:line-break/><office:annotation><dc:creator>A</dc:creator><text:p>c</text:p></office:annotation></text:p><text:list><text:list-item><text:p>d</text:p></text:list-item></text:list></office:text></office:body></office:document-content>\u{1e}meta.xml\n<office:document-meta><office:meta><dc:title>T</dc:title></office:meta></office:document-meta>",
    ),
    (
        "query",
        "mar* (kind:billing OR \"due date\") -paid date:2024-01..2024-03 amount:>=100 from:ada file:*.csv\nMarie paid 118.80 EUR on 2024-02-01; due date: l'\u{e9}t\u{e9} FR76 3000 6000",
    ),
    (
        "query",
        "\u{ab} caf\u{e9} \u{bb} OU th\u{e9} SAUF \"a b\"* NOT (x\nCAFE\u{301} the\u{301} +33 1 99 00 12 34",
    ),
    (
        "request",
        "{\"right\": \"erasure\", \"language\": \"en\", \"recipient\": {}, \"requester\": {\"name\": \"A\"}, \"items\": []}",
    ),
    (
        "request",
        "{\"right\": \"rectification\", \"language\": \"fr\", \"recipient\": {\"name\": \"DPO\", \"email\": \"dpo@x.example\", \"address\": \"1 rue\\nParis\"}, \"requester\": {\"name\": \"Ada B\", \"email\": \"ada@example.org\", \"address\": \"2 rue\"}, \"items\": [{\"locator\": {\"entry\": \"a.json\", \"at\": \"/a/0\"}, \"shown\": \"1\", \"correct\": \"2\", \"reason\": \"wrong\"}, {\"locator\": {\"entry\": \"b.csv\", \"at\": \"row=2,col=x\"}, \"ground\": \"withdrawn\"}], \"place\": \"Brest\", \"day\": \"2026-11-02\", \"own_words\": \"please\"}",
    ),
    (
        "services",
        "Takeout/YouTube/history/watch-history.json\nMyData/StreamingHistory0.json\naccount/profile.json\nmessages/inbox/a_1/message_1.json\ndata/tweets.js\n",
    ),
    ("services", "a.zip > connections.csv\nPayments\\2024.csv\n\u{e9}t\u{e9}/Archive.html\n"),
    (
        "values",
        "2024-02-01T10:22:33+01:00\n31/12/2024 9:05 PM\n1 234,56 \u{20ac}\n(12.00)\n1706783000\nada@example.org\n192.0.2.17\nFR7630006000011234567890189\n+33 1 99 00 12 34\nCPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA\n\"x\"\n",
    ),
    (
        "values",
        "14. Oktober 2023\nThu, 14 Dec 2023 10:22:33 +0200\nUSD 5\n13351256600000000\n728475800.5\n12/31'23\n-59,40\n",
    ),
];
