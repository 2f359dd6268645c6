"""Workbooks and documents of today: ZIPs of XML that point at each other."""
from make import NS, mkxlsx

from .kit import Ent, W, inside, zipf

XML = '<?xml version="1.0"?>'


def sheet(rows, around=""):
    return XML + "<worksheet %s><sheetData>%s</sheetData>%s</worksheet>" % (NS, rows, around)


def cell(ref, text):
    return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, text)


def book(name, outcome, build, why, **more):
    inside("xlsx_" + name, outcome, lambda: [Ent("book.xlsx", build(), method=0)], why, **more)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join('<!ENTITY a%d "%s">' % (n, "&a%s;" % (n - 1 or "") * 20) for n in range(1, 12)) + "]>"

book("reference_far", W, lambda: mkxlsx(sheetxml=sheet('<row r="1">%s</row><row r="99999999">%s</row>' % (cell("A1", "bookfirst"), cell("ZZZ99999999", "bookfar")))), "a cell at ZZZ99999999: read, and no room is made for those before it", find=["bookfirst", "bookfar"], outcome_alt="open", rss=200)
book("reference_backwards", "open", lambda: mkxlsx(sheetxml=sheet('<row r="3">%s</row><row r="1">%s</row><row r="2">%s</row>' % (cell("C3", "bookthird"), cell("A1", "bookone"), cell("B2", "booktwo")))), "rows in no order", find=["bookone", "booktwo", "bookthird"], outcome_alt=W)
book("reference_twice", "open", lambda: mkxlsx(sheetxml=sheet('<row r="1">%s%s</row>' % (cell("A1", "bookonce"), cell("A1", "bookagain")))), "two values for one cell: both stay", find=["bookonce", "bookagain"], outcome_alt=W)
book("shared_laughs", W, lambda: mkxlsx(sheetxml=sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), extra=[("xl/sharedStrings.xml", XML + LAUGHS + "<sst %s><si><t>booklaugh &a11;</t></si></sst>" % NS)]), "20^11 times ha in the texts that cells share", find=["booklaugh"], note={"book.xlsx": ["entity_not_expanded", "loose_xml", "document_damaged", "document_part_missing"]}, rss=200)
book("shared_beyond", W, lambda: mkxlsx(sheetxml=sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>18446744073709551615</v></c><c r="C1" t="s"><v>x</v></c></row>'), extra=[("xl/sharedStrings.xml", XML + "<sst %s><si><t>bookshared</t></si></sst>" % NS)]), "cells that point far behind the last text", find=["bookshared"], note={"book.xlsx": "shared_text_missing"})
book("zip_inside", W, lambda: mkxlsx({"A1": "bookembeds"}, extra=[Ent("xl/embeddings/inner.zip", zipf([("x.txt", "inner")]), method=0), Ent("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))]), "a ZIP and an old document inside the workbook: not read, and said", find=["bookembeds"], outcome_alt="open")
book("part_twice", W, lambda: mkxlsx({"A1": "bookpart"}, extra=[("xl/worksheets/sheet1.xml", sheet('<row r="1">%s</row>' % cell("A1", "bookother")))]), "two sheets of one name in the package: a virus scanner sees one, Excel the other", find=["bookpart"], outcome_alt="open")
book("target_outside", W, lambda: mkxlsx({"A1": "booktarget"}).replace(b"worksheets/sheet1.xml", b"../../../../etc/passw"), "the sheet is said to lie outside the package", outcome_alt="open", must_not_find=["root:x:0:0"])
book("workbook_of_itself", W, lambda: mkxlsx({"A1": "bookself"}, wb=XML + '<workbook %s xmlns:r="r"><sheets>%s</sheets></workbook>' % (NS, "".join('<sheet name="S%d" sheetId="1" r:id="rId1"/>' % n for n in range(500)))), "500 sheets that are all the same one", find=["bookself"], outcome_alt="open", sec=10)
book("merged_million", "open", lambda: mkxlsx(sheetxml=sheet('<row r="1">%s</row>' % cell("A1", "bookmerged"), "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 60000 + "</mergeCells>")), "60,000 times the whole sheet is one cell", find=["bookmerged"], outcome_alt=W)
book("styles_many", "open", lambda: mkxlsx({"A1": "bookstyles"}, extra=[("xl/styles.xml", XML + "<styleSheet %s><numFmts>%s</numFmts><cellXfs>%s</cellXfs></styleSheet>" % (NS, '<numFmt numFmtId="200" formatCode="yyyy%s"/>' % ('"' * 999) * 300, '<xf numFmtId="200"/>' * 60000))]), "60,000 styles, with endless quotes in their formats", find=["bookstyles"], outcome_alt=W)
book("inline_deep", W, lambda: mkxlsx(sheetxml=sheet('<row r="1"><c r="A1" t="inlineStr">%sbookdeep%s</c></row>' % ("<is>" * 60000, "</is>" * 60000))), "a text in 60,000 wrappers", find=[], outcome_alt="open")
book("dates_impossible", "open", lambda: mkxlsx(sheetxml=sheet('<row r="1">%s<c r="B1" s="1"><v>1e308</v></c><c r="C1" s="1"><v>-45000</v></c><c r="D1" s="1"><v>NaN</v></c><c r="E1" s="1"><v>60</v></c></row>' % cell("A1", "bookdates")), extra=[("xl/styles.xml", XML + '<styleSheet %s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>' % NS)]), "dates before the beginning and after the end of time, and 29 February 1900", find=["bookdates"], outcome_alt=W)
book("sheet_cut", W, lambda: mkxlsx(sheetxml=sheet('<row r="1">%s</row><row r="2">%s' % (cell("A1", "bookkept"), cell("A2", "bookcut")))[:-80]), "a sheet that stops in the middle", find=["bookkept"], say=["book.xlsx"])
book("sheet_wide", "open", lambda: mkxlsx(sheetxml=(XML.replace("?>", ' encoding="UTF-16"?>') + sheet('<row r="1">%s</row>' % cell("A1", "bookwide"))[len(XML):]).encode("utf-16")), "a sheet in UTF-16", find=["bookwide"], outcome_alt=W)
book("package_cut", W, lambda: mkxlsx(sheetxml=sheet("".join('<row r="%d">%s</row>' % (n, cell("A%d" % n, "bookrow%d" % (n * 7919 % 1000003))) for n in range(1, 3000))))[:9000], "a workbook whose download was cut off", say=["book.xlsx"])
book("formulas_deep", "open", lambda: mkxlsx(sheetxml=sheet('<row r="1">%s<c r="B1"><f>%s1%s</f><v>bookformula</v></c></row>' % (cell("A1", "bookcell"), "SUM(" * 20000, ")" * 20000))), "a formula of 20,000 brackets: nothing is computed", find=["bookcell"], outcome_alt=W)


def document(name, outcome, parts, why, ext="docx", **more):
    inside("%s_%s" % (ext, name), outcome, lambda: [Ent("letter." + ext, package(parts() if callable(parts) else parts), method=0)], why, **more)


def package(parts):
    return zipf([p if isinstance(p, Ent) else Ent(p[0], p[1], method=8) for p in parts])


TYPES = ("[Content_Types].xml", XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
WNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def word(body):
    return [TYPES, ("_rels/.rels", XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
            ("word/document.xml", XML + "<w:document %s><w:body>%s</w:body></w:document>" % (WNS, body))]


def p(text):
    return "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


document("tables_deep", "open", lambda: word(p("lettertop") + "<w:tbl><w:tr><w:tc>" * 30000 + p("letterdeep") + "</w:tc></w:tr></w:tbl>" * 30000), "a table in a table, 30,000 times", find=["lettertop", "letterdeep"], outcome_alt=W)
document("laughs", W, lambda: [(n, d.replace(XML, XML + LAUGHS) if n.endswith("document.xml") else d) for n, d in word(p("letterlaugh &a11; lettertail"))], "20^11 times ha in a letter", find=["letterlaugh", "lettertail"], say=["letter.docx"], rss=200)
document("remote_template", "open", lambda: word(p("letterremote")) + [("word/_rels/settings.xml.rels", XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://canary-template.invalid/t.dotm" TargetMode="External"/></Relationships>')], "a template that lies on somebody's server: never fetched", find=["letterremote"], outcome_alt=W)
document("cut", W, lambda: [(n, d[:-60] if n.endswith("document.xml") else d) for n, d in word(p("letterkept") + p("lettercut"))], "a letter that stops in the middle", find=["letterkept"], say=["letter.docx"])
document("no_text", W, lambda: [part for part in word("") if part[0] != "word/document.xml"], "a letter without its text", say=["letter.docx"])
document("deleted", "open", lambda: word(p("lettershown") + "<w:p><w:del><w:r><w:delText>letterdeleted</w:delText></w:r></w:del><w:ins><w:r><w:t>letterinserted</w:t></w:r></w:ins></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>letterhidden</w:t></w:r></w:p>"), "deleted, inserted and hidden words: all of it is about the person", find=["lettershown", "letterdeleted", "letterinserted", "letterhidden"], outcome_alt=W)

ONS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def ods(rows):
    return [Ent("mimetype", "application/vnd.oasis.opendocument.spreadsheet", method=0), ("content.xml", XML + "<office:document-content %s><office:body><office:spreadsheet><table:table table:name='S'>%s</table:table></office:spreadsheet></office:body></office:document-content>" % (ONS, rows))]


def odt(body, extra=()):
    return [Ent("mimetype", "application/vnd.oasis.opendocument.text", method=0), ("content.xml", XML + "<office:document-content %s><office:body><office:text>%s</office:text></office:body></office:document-content>" % (ONS, body))] + list(extra)


document("repeated_rows", W, lambda: ods("<table:table-row table:number-rows-repeated='4294967295'><table:table-cell table:number-columns-repeated='2147483647' office:value-type='string'><text:p>odsrepeat</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type='string'><text:p>odsafter</text:p></table:table-cell></table:table-row>"), "a cell that is there 2^63 times", ext="ods", find=["odsrepeat"], outcome_alt="open", rss=300, sec=10)
document("repeated_spaces", "open", lambda: odt("<text:p>odtbefore<text:s text:c='4000000000'/>odtafter</text:p>"), "four thousand million spaces", ext="odt", find=["odtbefore", "odtafter"], outcome_alt=W, rss=200)
document("lists_deep", "open", lambda: odt("<text:p>odttop</text:p>" + "<text:list><text:list-item>" * 30000 + "<text:p>odtdeep</text:p>" + "</text:list-item></text:list>" * 30000), "a list in a list, 30,000 times", ext="odt", find=["odttop", "odtdeep"], outcome_alt=W)
document("encrypted", W, lambda: odt("x")[:1] + [Ent("content.xml", bytes(range(256)) * 4, method=0), ("META-INF/manifest.xml", XML + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:size="999"><manifest:encryption-data manifest:checksum="eA=="><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>')], "a text under a password: said so, and not that it is broken", ext="odt", note={"letter.odt": "document_sealed"})
document("laughs", W, lambda: odt("")[:1] + [("content.xml", XML + LAUGHS + "<office:document-content %s><office:body><office:text><text:p>odtlaugh &a11;</text:p></office:text></office:body></office:document-content>" % ONS)], "20^11 times ha in an open document", ext="odt", find=["odtlaugh"], say=["letter.odt"], rss=200)
document("slide_missing", W, lambda: [("[Content_Types].xml", XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'), ("ppt/presentation.xml", XML + '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId9"/></p:sldIdLst></p:presentation>'), ("ppt/_rels/presentation.xml.rels", XML + '<Relationships><Relationship Id="rId1" Target="slides/slide1.xml"/></Relationships>'), ("ppt/slides/slide1.xml", XML + '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>slideone</a:t></a:r></a:p></p:sld>')], "a slide that is listed and not there", ext="pptx", find=["slideone"], outcome_alt="open")
