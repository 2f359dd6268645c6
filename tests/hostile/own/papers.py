"""PDF, pictures and Rich Text."""
import struct, zlib

from make import mkpdf, pdfobjs, pdfraw, strm

from .kit import Ent, MiB, W, inside, le


def pdf(name, outcome, build, why, **more):
    inside("pdf_" + name, outcome, lambda: [Ent("paper.pdf", build(), method=0)], why, **more)


def words(text):
    return b"BT /F1 18 Tf 72 720 Td (%s) Tj ET" % text.encode()


def objects(text, **others):
    """The objects of an ordinary page, some of them said anew by number: o5=b"..."."""
    new = {int(k[1:]): v for k, v in others.items()}
    return [(n, new.pop(n, b)) for n, b in pdfobjs(text)] + sorted(new.items())


PAPER = {"paper.pdf": ["pdf_repaired", "pdf_damaged", "pdf_part_damaged", "pdf_pages_damaged", "pdf_cut_off", "pdf_too_large", "no_text", "document_part_missing"]}
pdf("object_stream_in_itself", W, lambda: pdfraw(objects("x", o6=strm(b"7 0 << /Extends 6 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R "))), "a stream of objects that extends itself", outcome_alt="open", say=[])
pdf("object_stream_counts", "open", lambda: pdfraw(objects("pdfobjstm", o6=strm(b"7 0 true", b"/Type /ObjStm /N 2147483647 /First -5 "))), "a stream that is said to hold 2^31 objects, before its beginning", find=["pdfobjstm"], outcome_alt=W, rss=200)
pdf("pages_in_a_ring", W, lambda: pdfraw(objects("pdfring", o2=b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>", o6=b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>")), "pages that hold the pages that hold them", find=["pdfring"], outcome_alt="open")
pdf("pages_shared", "open", lambda: pdfraw(objects("pdfshared", o2=b"<< /Type /Pages /Kids [" + b"3 0 R " * 3000 + b"] /Count 3000 >>")), "one page, 3,000 times", find=["pdfshared"], outcome_alt=W, sec=10)
pdf("length_of_itself", "open", lambda: pdfraw(objects("x", o5=b"<< /Length 5 0 R >>\nstream\n" + words("pdflength") + b"\nendstream")), "the length of a stream is that stream", find=["pdflength"], outcome_alt=W)
pdf("length_negative", "open", lambda: pdfraw(objects("x", o5=b"<< /Length -1 >>\nstream\n" + words("pdfnegative") + b"\nendstream")), "a length of -1", find=["pdfnegative"], outcome_alt=W)
pdf("contents_in_a_ring", W, lambda: pdfraw(objects("x", o5=b"[5 0 R 6 0 R]", o6=strm(words("pdfcontents")))), "the contents of a page are a list that holds itself", find=["pdfcontents"], outcome_alt="open")
pdf("form_draws_itself", W, lambda: pdfraw(objects("x", o3=b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> /Contents 5 0 R >>", o5=strm(words("pdfform") + b" /X Do /X Do"), o6=strm(words("pdfinner") + b" /X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> "))), "a drawing that draws itself, twice", find=["pdfform", "pdfinner"], outcome_alt="open", sec=5)
pdf("forms_doubling", W, lambda: pdfraw(doubling()), "twenty-five drawings, each of which draws the next one four times", find=["pdftopform"], outcome_alt="open", sec=10, rss=500)
pdf("filters_9", W, lambda: mkpdf("x", content=chain(9), filt=b"/Filter [" + b"/FlateDecode " * 9 + b"] "), "nine filters over one another", say=["paper.pdf"])
pdf("filter_bomb_lzw", W, lambda: mkpdf("x", content=b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 20000, filt=b"/Filter /LZWDecode "), "another way of packing, with noise in it", outcome_alt="open", sec=10)
pdf("filter_ascii_endless", W, lambda: mkpdf("x", content=b"z" * (1 << 20), filt=b"/Filter [/ASCII85Decode /RunLengthDecode] "), "a million z, each of which is four zeros, each of which is one more byte", outcome_alt="open", rss=300)
pdf("predictor_huge", W, lambda: mkpdf("x", content=zlib.compress(words("pdfpredictor")), filt=b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 2147483647 >> "), "rows of 2^93 bits", outcome_alt="open", rss=200)
pdf("xref_entries_huge", "open", lambda: mkpdf("pdfxref").replace(b"xref\n0 6", b"xref\n0 4294967295"), "a table of 2^32 places of which six are there", find=["pdfxref"], outcome_alt=W, rss=200)
pdf("xref_two_in_a_ring", W, lambda: xref_ring(), "two tables, each of which comes before the other", find=["pdftworings"], outcome_alt="open")
pdf("xref_points_into_text", W, lambda: pdfmoved(), "every place in the table is wrong", find=["pdfmoved"], outcome_alt="open")
pdf("strings_deep", "open", lambda: mkpdf("pdfbrackets", content=words("pdfbrackets") + b" BT (" + b"(" * 50000 + b"x" + b")" * 50000 + b") Tj ET"), "a text in 50,000 brackets", find=["pdfbrackets"], outcome_alt=W)
pdf("dictionaries_deep", W, lambda: mkpdf("pdfdict", content=words("pdfdict") + b" /X " + b"<< /A " * 20000 + b" BDC"), "20,000 dictionaries in one another in a drawing", find=["pdfdict"], outcome_alt="open")
pdf("states_saved", "open", lambda: mkpdf("pdfstates", content=b"q " * 300000 + words("pdfstates") + b" Q" * 600000), "300,000 states saved, twice as many taken back", find=["pdfstates"], outcome_alt=W)
pdf("outlines_in_a_ring", W, lambda: mkpdf("pdfoutline", cat=b"/Outlines << /First 6 0 R >> /Names << /Dests << /Kids [2 0 R 1 0 R] >> /EmbeddedFiles << /Kids [1 0 R] >> >> "), "names, outlines and attached files that lead back to the beginning", find=["pdfoutline"], outcome_alt="open")
pdf("fields_in_a_ring", W, lambda: pdfraw(objects("pdffields", o1=b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 6 0 R] >> >>", o6=b"<< /T (a) /V (pdfvalue) /Kids [6 0 R] /Parent 6 0 R >>")), "a field that is its own child and its own parent", find=["pdffields"], outcome_alt="open")
pdf("widths_huge", "open", lambda: pdfraw(objects("pdfwidths", o4=b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar -2147483648 /LastChar 2147483647 /Widths [1e308 -1e308 " + b"9 " * 1000 + b"] >>")), "a font with 2^32 letters, some of them wider than the world", find=["pdfwidths"], outcome_alt=W, rss=200)
pdf("locked_by_noise", W, lambda: pdfraw(pdfobjs("pdflocked") + [(6, b"<< /Filter /Standard /V 99 /R 99 /Length 2147483647 /P -4 /O <00> /U <00> >>")], trailer="/Encrypt 6 0 R "), "encrypted in a way that nobody knows", note={"paper.pdf": "document_sealed"})
pdf("two_in_one", W, lambda: mkpdf("pdfone") + mkpdf("pdftwo"), "two PDF one behind the other: one is read, the other is not passed over in silence", find=["pdfone"], note={"paper.pdf": "pdf_joined"})
pdf("garbage_before", "open", lambda: b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + mkpdf("pdfbefore"), "the answer of a server before it", find=["pdfbefore"], outcome_alt=W)


def chain(n):
    data = words("pdfnine")
    for _ in range(n):
        data = zlib.compress(data)
    return data


def doubling():
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 4 0 R >> /XObject << /X %d 0 R >> >> "
    made = {"o3": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >> /Contents 5 0 R >>", "o5": strm(words("pdftopform") + b" /X Do")}
    for n in range(6, 31):
        made["o%d" % n] = strm(b"/X Do " * 4, form % (n + 1))
    made["o31"] = strm(words("pdfbottom"))
    return objects("x", **made)


def xref_ring():
    data = pdfraw(pdfobjs("pdftworings"), trailer="/Prev 99999999 ")
    first = data.rindex(b"xref\n0", 0, data.rindex(b"startxref"))
    second = len(data)
    return (data.replace(b"99999999", b"%08d" % second) + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (first, first))


def pdfmoved():
    head, rest = mkpdf("pdfmoved").split(b"xref\n0", 1)
    return head + b"xref\n0" + rest.replace(b"00000000", b"00000099")


def picture(name, outcome, file, build, why, **more):
    inside("image_" + name, outcome, lambda: [Ent(file, build(), method=0)], why, **more)


def chunk(kind, data, length=None):
    return struct.pack(">I", len(data) if length is None else length) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide, high, *more, pixels=b"\0\xff\0\0"):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)) + b"".join(more)
            + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))


def tiff(entries, next_directory=0):
    out = b"II*\0" + le("I", 8) + le("H", len(entries))
    for tag, kind, count, value in entries:
        out += le("HHI", tag, kind, count) + (value if isinstance(value, bytes) else le("I", value))
    return out + le("I", next_directory)


def jpeg(exif=b"", comment=b"", more=b""):
    app = b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif if exif else b""
    com = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return b"\xff\xd8" + app + com + more + b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x7f\xff\xd9"


picture("png_4_billion", W, "a.png", lambda: png(0xFFFFFFFF, 0xFFFFFFFF, chunk(b"tEXt", b"Title\0pngtitle")), "a picture of 2^64 points in 100 bytes: never made", find=["pngtitle"], outcome_alt="open", rss=200)
picture("png_text_bomb", W, "a.png", lambda: png(1, 1, chunk(b"tEXt", b"Title\0pngbeside"), chunk(b"zTXt", b"C\0\0" + zlib.compress(bytes(200 * MiB), 9))), "a comment of 200 MiB in 200 kB", find=["pngbeside"], outcome_alt="open", rss=300, sec=10)
picture("png_chunk_lies", W, "a.png", lambda: png(1, 1, chunk(b"tEXt", b"Title\0pngchunk"), chunk(b"tEXt", b"x", length=0xFFFFFFF0)), "a piece that is longer than the file", find=["pngchunk"], say=["a.png"])
picture("png_cut", W, "a.png", lambda: png(9, 9, chunk(b"tEXt", b"Title\0pngcut"))[:70], "cut off", find=["pngcut"], say=["a.png"])
picture("exif_in_a_ring", W, "a.jpg", lambda: jpeg(tiff([(0x010E, 2, 4, b"one\0"), (0x8769, 4, 1, 8)], next_directory=8)), "descriptions that lead back to their beginning", outcome_alt="open")
picture("exif_counts", W, "a.jpg", lambda: jpeg(tiff([(0x010E, 2, 0xFFFFFFFF, 30), (0x010F, 12, 0x20000000, 0xFFFFFFFF), (0x0110, 99, 5, 5)]), comment=b"jpegcomment"), "a maker whose name has 2^32 letters", find=["jpegcomment"], outcome_alt="open", rss=200)
picture("jpeg_segment_0", W, "a.jpg", lambda: jpeg(comment=b"jpegshort", more=b"\xff\xe2\x00\x00" + b"\xff\xe2\x00\x01"), "pieces of no length at all", find=["jpegshort"], outcome_alt="open")
picture("gif_endless", W, "a.gif", lambda: b"GIF89a\xff\xff\xff\xff\x00\x00\x00" + b"!\xfe\x07gifnote\x00" + b"!\xff\x0bNETSCAPE2.0" + b"\x01\x00" * 50000, "blocks without an end", find=["gifnote"], outcome_alt="open")
picture("webp_sizes", W, "a.webp", lambda: b"RIFF" + le("I", 0xFFFFFFFF) + b"WEBPVP8X" + le("I", 10) + b"\x08\0\0\0\xff\xff\xff\xff\xff\xff" + b"EXIF" + le("I", 0xFFFFFFF0) + b"II*\0", "a piece of 4 GiB", outcome_alt="open", say=[])
picture("tiff_ring", W, "a.tif", lambda: tiff([(0x010E, 2, 4, b"tif\0")], next_directory=8) + bytes(50), "a directory that follows itself", outcome_alt="open")
picture("heic_boxes", W, "a.heic", lambda: struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + struct.pack(">IIQ", 1, 0x6D657461, (1 << 64) - 1) + struct.pack(">I", 0) + b"meta" + struct.pack(">I", 4) + b"iinf" * 3000, "boxes of 2^64 bytes, of none, of less than their own head", outcome_alt="open")
picture("svg_deep", "open", "a.svg", lambda: ("<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 60000 + "<text>svgdeep</text>" + "</g>" * 60000 + "</svg>").encode(), "a drawing of 60,000 groups", find=["svgdeep"], outcome_alt=W)
picture("svg_uses_itself", "open", "a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><g id='a'><use xlink:href='#a'/><image href='http://canary-svg.invalid/x'/></g><text>svguse</text><script>alert(1)</script></svg>", "a drawing that uses itself, and somebody's server", find=["svguse"], outcome_alt=W)


def rtf(name, outcome, text, why, **more):
    inside("rtf_" + name, outcome, lambda: [Ent("note.rtf", (text() if callable(text) else text).encode("latin-1"))], why, **more)


rtf("deep", "open", lambda: "{\\rtf1 rtfbefore " + "{\\b " * 100000 + "rtfdeep" + "}" * 100000 + " rtfafter}", "100,000 groups", find=["rtfbefore", "rtfdeep", "rtfafter"], outcome_alt=W)
rtf("never_closed", W, lambda: "{\\rtf1 rtfopen " + "{\\i " * 5000, "groups that never close", find=["rtfopen"], outcome_alt="open")
rtf("numbers", "open", "{\\rtf1\\ansicpg99999\\uc4294967295\\fs-2147483649 rtfnumber\\bin99999999999 rtfbin}", "a code page, a skip and a length that are none", find=["rtfnumber"], outcome_alt=W)
rtf("binary", W, lambda: "{\\rtf1 rtfpict{\\pict\\bin4000000000 xyz}} rtftail", "a picture of 4 GB that is not there", find=["rtfpict"], outcome_alt="open")
rtf("unicode", "open", "{\\rtf1\\uc1 rtfhalf\\u-10179?\\u-10179?\\u99999?\\u-70000? rtfend}", "halves of characters, and characters that do not exist", find=["rtfhalf", "rtfend"], outcome_alt=W)
rtf("ends_too_often", "open", lambda: "{\\rtf1 rtfone }" + "}" * 50000 + " rtfbehind", "50,000 ends too many", find=["rtfone"], outcome_alt=W)
