"""Tapes (tar), and streams that are packed as a whole: gzip, bzip2, xz, Zstandard."""
import bz2, gzip, lzma, zlib

from .kit import MiB, W, case, crc, inside, le

PWNED = "portolan_pwned"


def header(name, size, kind=b"0", link=b"", size_field=None, checksum=None, prefix=b""):
    name = name if isinstance(name, bytes) else name.encode()
    link = link if isinstance(link, bytes) else link.encode()
    size_field = size_field if size_field is not None else b"%011o\0" % size
    head = bytearray(512)
    head[0:100] = name[:100].ljust(100, b"\0")
    head[100:148] = b"0000644\0" b"0001750\0" b"0001750\0" + size_field[:12].ljust(12, b"\0") + b"14621100000\0"
    head[148:156] = b" " * 8
    head[156:157] = kind
    head[157:257] = link[:100].ljust(100, b"\0")
    head[257:265] = b"ustar\00000"
    head[345:500] = prefix[:155].ljust(155, b"\0")
    head[148:156] = b"%06o\0 " % (sum(head) if checksum is None else checksum)
    return bytes(head)


def member(name, data=b"", kind=b"0", **more):
    data = data.encode() if isinstance(data, str) else data
    return header(name, len(data), kind, **more) + data + bytes(-len(data) % 512)


def pax(*pairs, kind=b"x", raw=None):
    body = raw if raw is not None else b""
    for key, value in pairs:
        value = value if isinstance(value, bytes) else value.encode()
        line = b" " + key.encode() + b"=" + value + b"\n"
        n = len(line) + 1
        while len(b"%d" % n) + len(line) != n:
            n = len(b"%d" % n) + len(line)
        body += b"%d" % n + line
    return member("pax_header", body, kind)


END = bytes(1024)


def tape(name, outcome, parts, why, **more):
    case("tar_" + name, outcome, lambda: b"".join(parts() if callable(parts) else parts), why, ext=".tar", **more)


A, B = member("a.txt", "tapefirst one"), member("b.txt", "tapelast two")
BOTH = ["tapefirst", "tapelast"]

tape("control", "open", [member("d/", kind=b"5"), A, B, END], "an ordinary tape", find=BOTH, entries=2)
tape("pax_size_huge", W, [A, pax(("size", "9223372036854775807")), member("big.txt", "x"), B, END], "attributes say 8 EiB: what comes before is read, the rest is named", find=["tapefirst"], say=["big.txt"])
tape("pax_size_negative", W, [A, pax(("size", "-512")), member("neg.txt", "tapeneg"), B, END], "attributes say -512 bytes: never read backwards", find=BOTH, outcome_alt="open")
tape("pax_size_word", W, [A, pax(("size", "0x10")), member("word.txt", "tapeword"), B, END], "attributes say a size that is no number", find=BOTH, outcome_alt="open")
tape("size_negative", W, [A, member("neg.txt", "x", size_field=b"\xff" * 12), B, END], "a size in base 256 that is negative", find=["tapefirst"], say=[["neg.txt", "damaged", "size"]])
tape("size_base256_huge", W, [A, member("big.txt", "x", size_field=b"\x80" + b"\xff" * 11), B, END], "a size in base 256 of 2^88: no number of ours holds it", find=["tapefirst"], say=[["big.txt", "damaged", "size", "cut"]])
tape("size_garbage", W, [A, member("odd.txt", "", size_field=b"12x9z\0\0\0\0\0\0\0"), B, END], "a size that is no number", find=["tapefirst"], outcome_alt="open")
tape("size_to_the_end", W, [A, header("rest.txt", 1 << 32), b"tapeinrest " * 100], "a size of 4 GiB where 4 KiB are left: the member is cut, and what there is of it is read", find=["tapefirst", "tapeinrest"], say=["rest.txt"])
tape("names_control", W, [member("line\nbreak.txt", "tapenl"), member(b"\x1b[31mred.txt", "tapeesc"), member(b"\x9b31m.txt", "tapecone"), END], "line breaks and terminal commands in names", find=["tapenl", "tapeesc", "tapecone"], outcome_alt="open", must_not_show=["\n", "\x1b", "\x9b"], entries=3)
tape("slip", W, [member("../../../tmp/%s_t1.txt" % PWNED, "tapeslip"), member("/tmp/%s_t2.txt" % PWNED, "tapeabs"), END], "names that lead out of any folder", find=["tapeslip", "tapeabs"], must_not_create=["/tmp/%s_t1.txt" % PWNED, "/tmp/%s_t2.txt" % PWNED], outcome_alt="open")
tape("links_outside", W, [A, member("hard", kind=b"1", link="/etc/passwd"), member("soft", kind=b"2", link="../../../../etc/shadow"), B, END], "a hard and a soft link out of the archive: told, never followed", find=BOTH, say=["soft"], must_not_find=["root:x:0:0"], must_list=["hard", "soft"])
tape("link_then_through", W, [member("out", kind=b"2", link="/tmp"), member("out/%s_t3.txt" % PWNED, "tapethrough"), END], "a link, then a file through it", find=["tapethrough"], say=["out"], must_not_create=["/tmp/%s_t3.txt" % PWNED])
tape("hard_link_loop", W, [A, member("x", kind=b"1", link="y"), member("y", kind=b"1", link="x"), member("z", kind=b"1", link="z"), B, END], "hard links to each other, and to itself", find=BOTH, entries=5)
tape("names_thrice", W, [member("p.json", '{"t":"tapeonce"}'), member("p.json", '{"t":"tapetwice"}'), member("p.json", '{"t":"tapethrice"}'), END], "three files of one name: an update of a tape; all are kept", find=["tapeonce", "tapetwice", "tapethrice"], entries=3, say=["p.json"])
tape("cut_in_data", W, lambda: [(A + member("b.txt", "tapecut " * 500))[:2000]], "cut in the middle of a file", find=["tapefirst", "tapecut"], say=[["cut", "incomplete", "early", "ends"]])
tape("cut_in_header", W, lambda: [(A + B)[:1024 + 200]], "cut in the middle of a header", find=["tapefirst"], say=[["cut", "incomplete", "early", "ends"]])
tape("no_end", W, [A, B], "no blocks of zeros at the end", find=BOTH, outcome_alt="open", entries=2)
tape("checksum_wrong", W, [A, header("bad.txt", 9, checksum=1) + b"tapebad..".ljust(512, b"\0"), B, END], "the checksum of one header is wrong: those around it are read", find=BOTH, say=[["checksum", "damaged"]])
tape("global_path", W, [pax(("path", "evil.txt"), ("comment", "x"), kind=b"g"), A, B, END], "a name for all files at once: both stay, and can be told apart", find=BOTH, outcome_alt="open", entries=2)
tape("global_size", W, [pax(("size", "1"), kind=b"g"), A, B, END], "a size for all files at once", find=[], outcome_alt="open", say=[])
tape("sparse_old", W, lambda: [A, sparse(), B, END], "a sparse file that claims a terabyte of nothing", find=BOTH, outcome_alt="open", rss=200)
tape("sparse_pax", W, [A, pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "holes.txt"), ("GNU.sparse.realsize", "1099511627776")), member("GNUSparseFile.0/holes.txt", (b"1\n1099511627000\n9\n".ljust(512, b"\0") + b"tapeholes")), B, END], "the same in attributes", find=BOTH, say=["holes.txt"], rss=200)
tape("sparse_map_lies", W, [A, pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "-5")), member("x.txt", b"99999999999999999999\n" * 20), B, END], "a map of a sparse file with 10^20 pieces", find=BOTH, outcome_alt="open", rss=200)
tape("long_name_huge", W, [A, header("././@LongLink", 1 << 33, b"L"), b"n" * 512, B, END], "a name of 8 GiB", find=["tapefirst"], say=[["cut", "long", "ends", "damaged", "name"]], rss=200)
tape("long_name_twice", W, [member("././@LongLink", b"first.txt\0", b"L"), member("././@LongLink", b"second.txt\0", b"L"), A, B, END], "two long names for one file", find=BOTH, outcome_alt="open", entries=2)
tape("only_attributes", W, [A, pax(("path", "nothing-follows.txt"))], "attributes, and then no file", find=["tapefirst"], outcome_alt="open", entries=1)
tape("special", W, [A, member("tty", kind=b"3"), member("disk", kind=b"4"), member("pipe", kind=b"6"), B, END], "devices and a pipe", find=BOTH, say=["pipe"], entries=5)
tape("unknown_kind", "open", [A, member("volume", kind=b"V"), member("new.txt", "tapenew", kind=b"Z"), B, END], "a kind that nobody knows is a file (POSIX)", find=BOTH + ["tapenew"], outcome_alt=W)
tape("folder_with_bytes", W, [member("folder/", "tapeinfolder"), B, END], "a file whose name ends as a folder's, with bytes", find=["tapeinfolder", "tapelast"], outcome_alt="open")
tape("lone_zero_block", W, [A, bytes(512), B, END], "one block of zeros, and then the tape goes on", find=BOTH, outcome_alt="open")
tape("second_behind", W, [A, END, B, END], "a second tape behind the first: what most programs never show", find=["tapefirst"], say=[["behind", "after", "second", "more", "unlisted"]])
tape("attributes_lie", W, [A, pax(raw=b"999999 path=x\n"), B, END], "the length of an attribute is longer than all of them", find=BOTH, outcome_alt="open", entries=2)
tape("attributes_nul", W, [pax(("path", b"safe.txt\0../../evil")), A, B, END], "a name with a zero in it", find=BOTH, outcome_alt="open", must_not_show=["\0"])
tape("attributes_chain", "open", lambda: [A] + [pax(("comment", "x"))] * 3000 + [B, END], "3,000 sets of attributes before one file", find=BOTH, outcome_alt=W)
tape("mixed_names", W, [member("été.txt".encode("latin-1"), "tapelatin"), member("naïve.txt", "tapeutf"), member(b"bad\xff\xfe.txt", "tapebytes"), END], "names in three encodings", find=["tapelatin", "tapeutf", "tapebytes"], outcome_alt="open", entries=3)
tape("many_empty", "open", lambda: [member("e/%d" % n) for n in range(3000)] + [B, END], "3,000 files of nothing", find=["tapelast"], entries=3001)


def sparse():
    head = bytearray(header("sparse.txt", 512, b"S"))
    head[257:265] = b"ustar  \0"
    head[386:398] = b"%011o\0" % (1 << 32)
    head[398:410] = b"%011o\0" % 9
    head[483:495] = b"77777777777\0"
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"tapesparse".ljust(512, b"\0")


def gz(data, **more):
    return gzip.compress(data if isinstance(data, bytes) else data.encode(), mtime=0, **more)


LINES = b"".join(b"streamline%d %x goes on\n" % (n, n * 2654435761 * 40503) for n in range(4000))

inside("gz_two_members", "open", lambda: [("a.log.gz", gz("gzone first\n") + gz("gztwo second\n"))], "a log that was packed twice and joined: both parts are there", find=["gzone", "gztwo"], outcome_alt=W)
inside("gz_cut", W, lambda: [("a.log.gz", gz(LINES)[:5000])], "cut off: what there is, is read", find=["streamline3"], say=["a.log"])
inside("gz_checksum", W, lambda: [("a.txt.gz", gz("gzchecksum text")[:-8] + b"\1\2\3\4" + le("I", 15))], "the checksum is wrong: shown, and said", find=["gzchecksum"], say=[["damaged", "checksum"]])
inside("gz_length", W, lambda: [("a.txt.gz", gz("gzlength text")[:-4] + le("I", 7))], "the length is wrong", find=["gzlength"], say=[["7", "length", "bytes"]])
inside("gz_garbage_behind", W, lambda: [("a.txt.gz", gz("gzgarbage text") + b"\xde\xad\xbe\xef" * 50)], "something else behind it", find=["gzgarbage"], say=["a.txt"])
inside("gz_name_lies", "open", lambda: [("a.txt.gz", gz_named(b"../../../tmp/%s_g1.txt" % PWNED.encode(), b"gznamed text"))], "the name inside leads out of any folder", find=["gznamed"], outcome_alt=W, must_not_create=["/tmp/%s_g1.txt" % PWNED])
inside("gz_header_cut", W, lambda: [("a.txt.gz", b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\xff\xffabc")], "an extra field of 64 KiB of which 3 bytes are there", say=["a.txt"])
inside("gz_many_members", "open", lambda: [("m.txt.gz", gz("gzmany ") * 20000)], "20,000 members of seven bytes", find=["gzmany"], outcome_alt=W, sec=10)
inside("gz_deep", W, lambda: [("deep.gz", deep_gz(40))], "packed forty times over: to a limit", say=["deep"])


def gz_named(name, data):
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + name + b"\0" + raw.compress(data) + raw.flush() + le("II", crc(data), len(data))


def deep_gz(n):
    data = b"deepest"
    for _ in range(n):
        data = gz(data)
    return data


inside("bz2_joined", "open", lambda: [("a.txt.bz2", bz2.compress(b"bzone text\n") + bz2.compress(b"bztwo text\n"))], "two streams joined", find=["bzone", "bztwo"], outcome_alt=W)
inside("bz2_cut", W, lambda: [("a.txt.bz2", bz2.compress(b"bzcut text\n" * 9)[:-12])], "cut off", say=["a.txt"])
inside("bz2_checksum", W, lambda: [("a.txt.bz2", flip(bz2.compress(b"bzflip text\n"), -3))], "the checksum of the whole is wrong", say=["a.txt"])
inside("bz2_bomb", W, lambda: [("zeros.txt.bz2", bz2.compress(bytes(150 * MiB)))], "150 MiB of zeros in 120 bytes", say=["zeros.txt"], sec=10)
inside("xz_joined", "open", lambda: [("a.txt.xz", lzma.compress(b"xzone text\n") + bytes(8) + lzma.compress(b"xztwo text\n"))], "two streams with padding between them", find=["xzone", "xztwo"], outcome_alt=W)
inside("xz_cut", W, lambda: [("a.txt.xz", lzma.compress(LINES)[:3000])], "cut off", say=["a.txt"])
inside("xz_check", W, lambda: [("a.txt.xz", flip(lzma.compress(b"xzflip text\n", check=lzma.CHECK_CRC32), -33))], "a flipped bit near the check", say=["a.txt"])
inside("xz_bomb", W, lambda: [("zeros.txt.xz", lzma.compress(bytes(150 * MiB), preset=0))], "150 MiB of zeros in 25 kB", say=["zeros.txt"], sec=10)
inside("xz_dictionary", W, lambda: [("a.txt.xz", xz_dictionary())], "asks for a dictionary of 4 GiB for ten bytes", rss=250, outcome_alt="open", say=[])


def flip(data, at):
    out = bytearray(data)
    out[at] ^= 0x10
    return bytes(out)


def xz_dictionary():
    out = bytearray(lzma.compress(b"xzdict text\n"))
    # The block header: size, flags, filter 0x21, one property byte, then its checksum.
    at = out.index(b"\x21\x01", 12)
    out[at + 2] = 40
    size = (out[12] + 1) * 4
    out[12 + size - 4:12 + size] = le("I", crc(bytes(out[12:12 + size - 4])))
    return bytes(out)


def zst(blocks, window=b"\x20", fcs=None):
    """A frame of blocks: (0, data) as they are, (1, byte, count) one byte again and again."""
    head = b"\x28\xb5\x2f\xfd" + (b"\x00" + window if fcs is None else b"\xc0" + window + le("Q", fcs))
    out = bytearray(head)
    for n, block in enumerate(blocks):
        last = n == len(blocks) - 1
        if block[0] == 0:
            out += le("I", len(block[1]) << 3 | int(last))[:3] + block[1]
        else:
            out += le("I", block[2] << 3 | 1 << 1 | int(last))[:3] + block[1]
    return bytes(out)


inside("zst_control", "open", lambda: [("a.txt.zst", zst([(0, b"zstone text\n"), (0, b"zsttwo text\n")]))], "two blocks as they are", find=["zstone", "zsttwo"])
inside("zst_bomb", W, lambda: [("zeros.txt.zst", zst([(1, b"\0", 100000)] * 12000, window=b"\x50"))], "1.2 GB of zeros in 48 kB", say=["zeros.txt"], sec=10)
inside("zst_window", W, lambda: [("a.txt.zst", zst([(0, b"zstwindow text\n")], window=b"\xff"))], "asks for a window of 3.75 TiB", say=["a.txt"], rss=250)
inside("zst_cut", W, lambda: [("a.txt.zst", zst([(0, b"zstcut text\n" * 50), (0, b"x" * 500)])[:700])], "cut off in its second block", find=["zstcut"], say=["a.txt"])
inside("zst_size_lies", W, lambda: [("a.txt.zst", zst([(0, b"zstsize text\n")], fcs=1 << 40))], "says that it holds a terabyte, and holds thirteen bytes", say=["a.txt"], rss=250)
inside("zst_skippable", "open", lambda: [("a.txt.zst", b"\x50\x2a\x4d\x18" + le("I", 5) + b"notes" + zst([(0, b"zstskip text\n")]) + b"\x5f\x2a\x4d\x18" + le("I", 0))], "frames to be passed over, around the one that counts", find=["zstskip"], outcome_alt=W)
inside("zst_skippable_lies", W, lambda: [("a.txt.zst", zst([(0, b"zstlie text\n")]) + b"\x50\x2a\x4d\x18" + le("I", 0xFFFFFFF0))], "a frame to be passed over of 4 GiB that is not there", find=["zstlie"], say=["a.txt"])
inside("tar_gz_inside", W, lambda: [("backup.tar.gz", gz(A + member("../../tmp/%s_t4.txt" % PWNED, "tapenested") + END))], "a tape in gzip in a ZIP, with a name that leads out", find=["tapefirst", "tapenested"], outcome_alt="open", must_not_create=["/tmp/%s_t4.txt" % PWNED])
inside("tar_xz_cut_inside", W, lambda: [("backup.tar.xz", lzma.compress(A + member("big.txt", LINES) + B + END)[:2500])], "the same in xz, cut off", say=["backup.tar"])
case("tgz_cut", W, lambda: gz(A + member("big.txt", LINES) + B + END)[:9000], "a .tar.gz whose download was cut off: what arrived is read", ext=".tar.gz", find=["tapefirst", "streamline9"], say=[["cut", "incomplete", "early", "ends"]])
case("gz_alone", "open", lambda: gz('{"t":"gzalone"}'), "one file in gzip, given as it is", ext=".json.gz", find=["gzalone"], entries=1)
case("gz_alone_bomb", W, lambda: gz(bytes(300 * MiB)), "300 MiB of zeros, given as they are", ext=".txt.gz", say=[["stopped", "unpacks", "bomb"]], sec=10)
