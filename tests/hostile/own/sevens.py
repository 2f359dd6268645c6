"""7z archives, written here byte by byte: nothing is packed unless a case is about packing."""
import lzma

from .kit import Ent, MiB, W, case, crc, inside, le


def number(n):
    """A number as 7z writes it: the first byte says how many follow."""
    for extra in range(8):
        if n < 1 << (7 * (extra + 1)):
            first = (0xFF00 >> extra) & 0xFF | n >> (8 * extra)
            return bytes([first]) + (n & ((1 << (8 * extra)) - 1)).to_bytes(extra, "little")
    return b"\xff" + n.to_bytes(8, "little")


COPY = b"\x01\x01\x00"


def header(files, coders=COPY, sizes=None, pack=None, pack_at=0, count=None, crcs=None, names=True, packed=None):
    data = b"".join(d for _, d in files)
    sizes = [len(d) for _, d in files] if sizes is None else sizes
    crcs = [crc(d) for _, d in files] if crcs is None else crcs
    out = b"\x01\x04"
    out += b"\x06" + number(pack_at) + number(1) + b"\x09" + number(len(data) if pack is None else pack) + b"\x00"
    out += b"\x07\x0b" + number(1) + b"\x00" + coders + b"\x0c" + number(sum(sizes) if packed is None else packed) + b"\x00"
    out += b"\x08\x0d" + number(len(sizes)) + b"\x09" + b"".join(number(s) for s in sizes[:-1])
    out += b"\x0a\x01" + b"".join(le("I", c) for c in crcs) + b"\x00\x00"
    out += b"\x05" + number(len(files) if count is None else count)
    if names:
        text = b"\x00" + b"".join(n.encode("utf-16-le") + b"\0\0" for n, _ in files)
        out += b"\x11" + number(len(text)) + text
    return out + b"\x00\x00"


def seven(files, body=None, head=None, at=None, size=None, head_crc=None, start_crc=None, **more):
    files = [(n, d if isinstance(d, bytes) else d.encode()) for n, d in files]
    body = b"".join(d for _, d in files) if body is None else body
    head = header(files, **more) if head is None else head
    start = le("QQI", len(body) if at is None else at, len(head) if size is None else size, crc(head) if head_crc is None else head_crc)
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + le("I", crc(start) if start_crc is None else start_crc) + start + body + head


TWO = [("a.txt", "sevenfirst one"), ("b/c.json", '{"t":"sevensecond"}')]
BOTH = ["sevenfirst", "sevensecond"]


def s7(name, outcome, build, why, **more):
    case("7z_" + name, outcome, build, why, ext=".7z", **more)


def lzma_raw(data):
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
    packer = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=filters)
    return packer.compress(data) + packer.flush()


def lzma_coder(dictionary=1 << 16):
    return b"\x01\x23\x03\x01\x01\x05\x5d" + le("I", dictionary)


def encoded(packed, unpacked, coder, pack_size=None):
    """A header that says where the true one lies, packed."""
    return (b"\x17\x06\x00\x01\x09" + number(len(packed) if pack_size is None else pack_size) + b"\x00"
            + b"\x07\x0b\x01\x00" + coder + b"\x0c" + number(unpacked) + b"\x00\x00")


s7("control", "open", lambda: seven(TWO), "two files in one folder", find=BOTH, entries=2)
s7("start_checksum", "error", lambda: seven(TWO, start_crc=1), "the checksum of its beginning is wrong", say=[["damaged"]])
s7("header_checksum", "error", lambda: seven(TWO, head_crc=1), "the checksum of its header is wrong", say=[["damaged"]])
s7("header_outside", "error", lambda: seven(TWO, at=1 << 40), "the header lies a terabyte further on: a download that was cut off", say=[["incomplete", "damaged", "cut"]])
s7("header_huge", "error", lambda: seven(TWO, size=1 << 62), "a header of 4 EiB", say=[["incomplete", "damaged", "large", "cut", "directory"]], rss=200)
s7("count_huge", "error", lambda: seven(TWO, count=1 << 40), "2^40 files: nothing is made room for by a count", say=[["damaged", "entries"]], rss=200)
s7("file_checksum", W, lambda: seven(TWO, crcs=[1, crc(TWO[1][1].encode())]), "the checksum of one file is wrong: shown, and said", find=BOTH, note={"a.txt": "crc_mismatch"})
s7("packed_outside", W, lambda: seven(TWO, pack_at=1 << 30), "the packed bytes lie outside the file", outcome_alt="error", say=[["damaged", "outside", "early", "cut"]])
s7("unpacks_to_more", W, lambda: seven(TWO, sizes=[14, 5000], crcs=[crc(TWO[0][1].encode()), 1]), "says that more comes out than goes in", find=["sevenfirst"], say=["c.json"])
s7("names_missing", W, lambda: seven(TWO, names=False), "no names at all: both files are there all the same", find=BOTH, outcome_alt="open", entries=2)
s7("names_control", W, lambda: seven([("../../tmp/portolan_pwned_7.txt", "sevenslip"), ("x\x1b[31m\n.txt", "sevenesc"), ("", "sevennameless")]), "names that lead out, that command a terminal, that are empty", find=["sevenslip", "sevenesc", "sevennameless"], outcome_alt="open", must_not_show=["\x1b", "\n"], must_not_create=["/tmp/portolan_pwned_7.txt"], entries=3)
s7("names_twice", W, lambda: seven([("p.txt", "sevenone"), ("p.txt", "seventwo")]), "one name twice", find=["sevenone", "seventwo"], say=["p.txt"], entries=2)
s7("method_unknown", W, lambda: seven(TWO, coders=b"\x01\x04\x04\xf7\x11\x22"), "packed by nobody knows what: both files are named", say=["a.txt", "c.json"], entries=2)
s7("coders_in_a_ring", W, lambda: seven(TWO, coders=b"\x02\x11\x00\x01\x01\x11\x00\x01\x01\x00\x00\x00"), "two coders that feed each other", outcome_alt="error", say=[["damaged", "method", "cannot"]])
s7("dictionary_huge", W, lambda: seven(TWO, body=lzma_raw(b"".join(d.encode() for _, d in TWO)), pack=len(lzma_raw(b"".join(d.encode() for _, d in TWO))), coders=lzma_coder(0xFFFFFFFF)), "asks for a dictionary of 4 GiB for thirty bytes", rss=250, outcome_alt="open", entries=2)
s7("header_bomb", "error", lambda: (lambda p: seven([], body=p, head=encoded(p, 400 * MiB, lzma_coder())))(lzma_raw(bytes(100 * MiB))), "a header of 400 MiB of zeros, as it says, from 15 kB", say=[["damaged", "large", "directory", "entries"]], rss=500, sec=10)
s7("header_in_itself", "error", lambda: (lambda h: seven([], body=b"", head=h))(encoded(b"", 24, COPY, pack_size=24)), "a packed header that unpacks to nothing but bytes that are not there", say=[["damaged", "incomplete"]])
s7("names_encrypted", "needs_password", lambda: seven([], body=b"\x5a" * 64, head=encoded(b"\x5a" * 64, 50, b"\x01\x24\x06\xf1\x07\x01\x02\x13\x00")), "even the names are encrypted: say so, and ask", say=[["password", "encrypted"]], outcome_alt="error", password=["x"])
s7("empty", "open", lambda: seven([], head=b"", size=0, head_crc=0), "an archive of nothing", outcome_alt=W, entries=0, say=[["no files", "empty", "0 "]])
s7("cut", "error", lambda: seven([("a.txt", "sevencut " * 500)])[:2000], "cut off: the header stands at the end", say=[["incomplete", "cut"]])
inside("7z_inside", W, lambda: [Ent("old.7z", seven([("deep/a.txt", "seveninside"), ("b.zip", "no zip")]), method=0)], "an archive in an archive, with something in it that is not what it says", find=["seveninside"], outcome_alt="open")
inside("7z_inside_broken", W, lambda: [Ent("old.7z", seven(TWO, head_crc=7), method=0)], "a broken archive in an archive costs itself alone", say=["old.7z"])
inside("7z_inside_locked", W, lambda: [Ent("old.7z", seven([], body=b"\x5a" * 64, head=encoded(b"\x5a" * 64, 50, b"\x01\x24\x06\xf1\x07\x01\x02\x13\x00")), method=0)], "a locked archive in an archive", say=["old.7z"], outcome_alt="needs_password", password=["x"])
