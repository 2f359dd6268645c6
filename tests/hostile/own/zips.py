"""ZIPs whose own statements about themselves disagree, in ways that make.py does not have."""
import struct, zlib

from .kit import Ent, W, case, crc, eocd, inside, le, zipf

PWNED = "portolan_pwned"


def zips(name, outcome, build, why, **more):
    case("zip_" + name, outcome, build, why, **more)


def laid(entries, comment=b"", records=None, count=None, tail=b""):
    """Entries one behind the other; `records` builds the directory from their offsets."""
    out, offsets = bytearray(), []
    for entry in entries:
        offsets.append(len(out))
        out += entry.pre + entry.lfh() + entry.raw + entry.desc()
    directory = b"".join(e.cdh(o) for e, o in zip(entries, offsets)) if records is None else records(entries, offsets)
    n = len(entries) if count is None else count
    return bytes(out) + directory + eocd(n, len(directory), len(out), comment) + tail


def txt(name, words, **more):
    return Ent(name, words, method=0, **more)


def z64(*numbers):
    return le("HH", 1, 8 * len(numbers)) + b"".join(le("Q", n) for n in numbers)


inside("zip64_local_lies", W, lambda: [txt("a.txt", "zsixlocal", l=dict(csize=0xFFFFFFFF, usize=0xFFFFFFFF), lextra=z64(5, 5))], "the zip64 sizes before the file say 5 bytes, the directory 9", find=["zsixlocal"], say=["a.txt"])
inside("zip64_local_only", "open", lambda: [txt("a.txt", "zsixonly", l=dict(csize=0xFFFFFFFF, usize=0xFFFFFFFF), lextra=z64(8, 8))], "zip64 sizes before the file, where none are needed: as streaming programs write them", find=["zsixonly"], outcome_alt=W)
inside("zip64_short", W, lambda: [txt("a.txt", "zsixshort", c=dict(usize=0xFFFFFFFF), cextra=le("HHI", 1, 4, 9))], "a zip64 size of four bytes", say=["a.txt"], outcome_alt="open")
inside("zip64_twice", W, lambda: [txt("a.txt", "zsixtwice", c=dict(usize=0xFFFFFFFF), cextra=z64(9) + z64(77))], "two zip64 sizes that differ", find=["zsixtwice"], outcome_alt="open")
inside("zip64_needless", "open", lambda: [txt("a.txt", "zsixneedless", cextra=z64(1, 2, 3))], "zip64 sizes that nothing asks for must not be taken", find=["zsixneedless"], outcome_alt=W)
zips("zip64_end_disagrees", W, lambda: zipf([txt("a.txt", "zendone"), txt("b.txt", "zendtwo")], e64=dict(n=1)), "the large end record counts one file, the directory has two", find=["zendone", "zendtwo"], entries=2)
zips("zip64_end_offset", W, lambda: zipf([txt("a.txt", "zendoff")], e64=dict(off=(1 << 64) - 1)), "the directory begins at 2^64 - 1", outcome_alt="error", say=[["damaged", "directory", "offset", "place"]])
zips("zip64_end_size", W, lambda: zipf([txt("a.txt", "zendsize")], e64=dict(size=1 << 63)), "a directory of 2^63 bytes", outcome_alt="error", say=[["damaged", "directory", "size", "large"]], rss=200)
zips("empty_end_behind", W, lambda: zipf([txt("a.txt", "zemptyend")]) + eocd(0, 0, 0), "a second end record behind the first says that there is nothing: not so", say=[["before", "end record", "unlisted", "hidden", "no files"]])
zips("ends_in_comment", W, lambda: zipf([txt("a.txt", "zcommentend")], comment=b"note " + eocd(1, 46, 5)[:22] + b" end"), "the comment holds something like an end record", find=["zcommentend"], outcome_alt="open")
zips("comment_too_long", W, lambda: zipf([txt("a.txt", "zcommentlong")], e=dict(clen=65535)), "a comment of 64 KiB that is not there", find=["zcommentlong"], outcome_alt="error", say=[["cut", "comment", "end", "incomplete"]])
zips("comment_too_short", W, lambda: zipf([txt("a.txt", "zcommentshort")], comment=b"x" * 100, e=dict(clen=10)), "a comment of ten bytes, and ninety more", find=["zcommentshort"], outcome_alt="open")
inside("descriptor_zip64", "open", lambda: [txt("a.txt", "zdesc", dd="sig64")], "sizes behind the file in eight bytes, without a zip64 field", find=["zdesc"], outcome_alt=W)
inside("descriptor_missing", W, lambda: [txt("a.txt", "zdescmissing", flags=8)], "the flag says that sizes follow, and none do", find=["zdescmissing"], outcome_alt="open")
inside("descriptor_of_another", W, lambda: [txt("a.txt", "zdescother", dd=("sig", 7, 70, 700)), txt("b.txt", "zdescnext", dd="sig")], "sizes behind the file that are those of no file", find=["zdescother", "zdescnext"], say=["a.txt"], outcome_alt="open")
inside("descriptor_nested", "open", lambda: [Ent("in.zip", zipf([txt("in.txt", "zdescinner", dd="sig")]), method=0, dd="sig")], "streamed, stored, and a ZIP itself: its own marks stand inside", find=["zdescinner"], outcome_alt=W)


def shared_local():
    a = txt("a.txt", "zshared one")
    return laid([a], records=lambda e, o: b"".join(txt(n, "zshared one").cdh(o[0]) for n in ("a.txt", "b.txt", "c.txt")), count=3)


zips("three_share_one", "error", shared_local, "three names for one file's bytes", say=[["overlap", "share", "same data"]], outcome_alt=W)


def one_in_another():
    inner = txt("b.txt", "zinner text")
    a = txt("a.txt", b"zouter " + inner.lfh() + inner.raw)
    return laid([a], records=lambda e, o: a.cdh(0) + inner.cdh(len(a.lfh()) + 7), count=2)


zips("one_in_another", "error", one_in_another, "the second file lies inside the bytes of the first", say=[["overlap", "share", "same data"]], outcome_alt=W)


def directory_in_data():
    inner = txt("b.txt", "zfake").cdh(0)
    a = txt("a.txt", b"zreal " + inner)
    out = a.lfh() + a.raw
    return out + a.cdh(0) + eocd(1, len(inner), len(a.lfh()) + 6)


zips("directory_in_data", W, directory_in_data, "the directory that counts lies inside a file, and says something else than the one at the end", outcome_alt="error", say=[["directory", "damaged", "overlap", "place", "unlisted"]])
zips("names_unicode_twins", W, lambda: zipf([txt(n, "ztwin%d" % i) for i, n in enumerate(["r\u00e9sum\u00e9.txt", "re\u0301sume\u0301.txt", "R\u00c9SUM\u00c9.TXT", "r\u00e9sum\u00e9.txt"])]), "one name composed, decomposed, in capitals, and again", find=["ztwin0", "ztwin1", "ztwin2", "ztwin3"], entries=4, outcome_alt="open")
zips("names_invisible", W, lambda: zipf([txt(n, "zinvis%d" % i) for i, n in enumerate(["a\u2066.exe\u2069.txt", "\u3164.txt", "b\U000e0041.txt", "c\u00ad.txt", "d\ufeff.txt", "\u2028e.txt"])]), "direction marks, tags, soft hyphens, a byte order mark, a line separator in names", find=["zinvis%d" % i for i in range(6)], entries=6, must_not_show=["\u2066", "\U000e0041", "\ufeff", "\u2028"], outcome_alt="open")
zips("names_devices", "open", lambda: zipf([txt(n, "zdevice%d" % i) for i, n in enumerate(["CONIN$", "COM\u00b9.txt", "clock$", "a\\nul\\b.txt", "prn."])]), "more names that Windows keeps to itself", find=["zdevice%d" % i for i in range(5)], entries=5, outcome_alt=W)
zips("names_control", W, lambda: zipf([txt(n, "zctl%d" % i) for i, n in enumerate([b"a\0b.txt", b"a\tb.txt", b"a\x7fb.txt", b"\x85.txt", b"a\rb.txt"])]), "zeros, tabs, line ends in names", find=["zctl%d" % i for i in range(5)], entries=5, must_not_show=["\0", "\t", "\x7f", "\r"], outcome_alt="open")


def unicode_path(name, new):
    return le("HHBI", 0x7075, 5 + len(new), 1, crc(name)) + new


inside("unicode_path_slip", W, lambda: [Ent(b"plain.txt", "zupslip", method=0, cextra=unicode_path(b"plain.txt", b"../../tmp/%s_z1.txt" % PWNED.encode()))], "a second name with a right checksum that leads out", find=["zupslip"], must_not_create=["/tmp/%s_z1.txt" % PWNED], outcome_alt="open")
inside("unicode_path_cut", W, lambda: [Ent(b"plain.txt", "zupcut", method=0, cextra=le("HH", 0x7075, 3) + b"\1\2\3")], "a second name of three bytes", find=["zupcut"], outcome_alt="open", must_list=["plain.txt"])
inside("unicode_path_garbage", W, lambda: [Ent(b"plain.txt", "zupbad", method=0, cextra=unicode_path(b"plain.txt", b"\xff\xfe\x80"))], "a second name that is no UTF-8", find=["zupbad"], outcome_alt="open", must_list=["plain.txt"])
inside("name_overlong", W, lambda: [Ent(b"..\xc0\xaf..\xc0\xaftmp\xc0\xafx.txt", "zoverlong", method=0, flags=0x800)], "slashes in more bytes than they need (C0 AF): no UTF-8", find=["zoverlong"], outcome_alt="open")
inside("name_surrogates", W, lambda: [Ent(b"\xed\xa0\x80x.txt", "zsurrogate", method=0, flags=0x800)], "half a character in a name", find=["zsurrogate"], outcome_alt="open")
zips("same_name_3000", W, lambda: zipf([txt("a.txt", "zsame%d" % (i % 7)) for i in range(3000)]), "3,000 files of one name: each is shown by a name of its own, soon", find=["zsame3"], entries=3000, sec=10)
inside("version_255", "open", lambda: [txt("a.txt", "zversion", c=dict(ver=255), l=dict(ver=255))], "needs a version that does not exist", find=["zversion"], outcome_alt=W)
inside("stored_sizes_differ", W, lambda: [txt("a.txt", "zstored text", c=dict(usize=4), l=dict(usize=4))], "stored, and of two sizes", say=["a.txt"])
inside("checksum_zero", W, lambda: [txt("a.txt", "zcrczero", crc=0)], "a checksum of zero for a file of eight bytes", find=["zcrczero"], say=["a.txt"])
inside("packed_left_over", W, lambda: [Ent("a.txt", raw=deflated(b"zleft text") + b"hidden " * 50, crc=crc(b"zleft text"), usize=10)], "bytes behind the packed data, inside what is counted as packed", find=["zleft"], say=["a.txt"])
inside("damage_at_the_end", W, lambda: [Ent("a.txt", raw=deflated(b"zgood line\n" * 900, sync=True) + b"\x06\xff\xff\xff", crc=1, usize=99999)], "good text, then nonsense: the text is shown", find=["zgood"], say=["a.txt"])
inside("extra_outside", W, lambda: [txt("a.txt", "zextra", l=dict(extra=b"\xca\xfe\xff\xff12"))], "an extra field that is longer than its place", find=["zextra"], outcome_alt="open")
inside("disk_5", W, lambda: [txt("a.txt", "zdisk", c=dict(disk=5))], "one file is said to be on the fifth disk", say=["a.txt"], outcome_alt="open")
inside("locked_empty", W, lambda: [Ent("a.txt", raw=b"", flags=1, crc=0, usize=0, method=0)], "an encrypted file of no bytes at all", outcome_alt="needs_password", password=["x"], say=["a.txt"])
inside("locked_inside", "needs_password", lambda: [Ent("old.zip", zipf([Ent("secret.txt", "zlockedinner", enc=("aes256", "open sesame")), txt("open.txt", "zopeninner")]), method=0)], "an encrypted file in a ZIP in a ZIP", find=["zopeninner"], password=["open sesame"], find_after=["zlockedinner"], say=[["password", "encrypted"]])
case("zip_named_tar", "open", lambda: zipf([txt("a.txt", "znamedtar")]), "a ZIP that is called .tar: the content decides", ext=".tar", find=["znamedtar"], outcome_alt=W)
zips("name_beyond_directory", W, lambda: long_name(), "a name that is said to be longer than the directory", outcome_alt="error", say=[["damaged", "directory", "incomplete", "cut"]])
inside("half_of_a_pair", W, lambda: [Ent("a.zip", zipf([txt("x.txt", "zhalf one"), txt("y.txt", "zhalf two")])[:-40], method=0)], "an inner ZIP without its end: what is in it is saved", find=["zhalf"], say=["a.zip"])
inside("many_inner", "open", lambda: [Ent("n%03d.zip" % i, zipf([txt("x%d.txt" % i, "zinner%d" % i)]), method=0) for i in range(300)], "300 small ZIPs in one", find=["zinner299"], sec=10, outcome_alt=W)


def deflated(data, sync=False):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    out = packer.compress(data)
    return out + packer.flush(zlib.Z_SYNC_FLUSH if sync else zlib.Z_FINISH)


def long_name():
    data = bytearray(laid([txt("a.txt", "zlongname")]))
    at = data.index(b"PK\1\2")
    data[at + 28:at + 30] = struct.pack("<H", 60000)
    return bytes(data)
