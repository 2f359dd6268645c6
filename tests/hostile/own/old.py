"""Containers of old office documents (CFB), and what is in them: workbooks (XLS) and mails of Outlook (MSG)."""
from .kit import Ent, W, inside, le

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def entry(name, kind, start=END, size=0, left=FREE, right=FREE, child=FREE):
    text = (name + "\0").encode("utf-16-le")
    return (text.ljust(64, b"\0")[:64] + le("H", min(len(text), 64)) + bytes([kind, 1]) + le("III", left, right, child)
            + bytes(36) + le("IQ", start, size))


def compound(streams, table=None, directory=None, header=None):
    """A container of these streams, each padded beyond the size of small ones. Sector 0 is the table, 1 and on the directory."""
    streams = [(n, d.ljust(4096, b"\0")) for n, d in streams]
    entries = [entry("Root Entry", 5, child=1 if streams else FREE)]
    slots = (len(streams) + 1 + 3) // 4
    at, chain, body = 1 + slots, [TABLE] + [2 + n if n < slots - 1 else END for n in range(slots)], b""
    for n, (name, data) in enumerate(streams):
        count = -(-len(data) // SECTOR)
        entries.append(entry(name, 2, start=at, size=len(data), right=n + 2 if n + 1 < len(streams) else FREE))
        chain += [at + i + 1 for i in range(count - 1)] + [END]
        body += data.ljust(count * SECTOR, b"\0")
        at += count
    if directory:
        entries = directory(entries)
    if table:
        table(chain)
    chain = b"".join(le("I", c) for c in chain).ljust(SECTOR, b"\xff")
    assert len(chain) == SECTOR
    fields = dict(minor=0x3E, major=3, order=0xFFFE, shift=9, mini=6, tables=1, first_dir=1, cutoff=4096, first_mini=END,
                  minis=0, first_difat=END, difats=0, difat=[0])
    fields.update(header or {})
    f = fields
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + le("HHHHH", f["minor"], f["major"], f["order"], f["shift"], f["mini"])
            + bytes(6) + le("IIIIIIIII", 0, f["tables"], f["first_dir"], 0, f["cutoff"], f["first_mini"], f["minis"], f["first_difat"], f["difats"])
            + b"".join(le("I", d) for d in f["difat"]))
    return head.ljust(SECTOR, b"\xff") + chain + b"".join(entries).ljust(slots * SECTOR, b"\0") + body


def record(kind, data=b""):
    return le("HH", kind, len(data)) + data


BEGIN = record(0x809, le("HHHH", 0x600, 0x10, 0, 0) + bytes(8))


def label(row, column, text, length=None):
    return record(0x204, le("HHHHB", row, column, 0, len(text) if length is None else length, 0) + text.encode("latin-1"))


def workbook(cells, strings=(), sst=None, sheet_at=None, extra=b""):
    head = BEGIN + extra
    if strings or sst:
        body = b"".join(le("HB", len(s), 0) + s.encode("latin-1") for s in strings)
        head += record(0xFC, (le("II", len(strings), len(strings)) if sst is None else sst) + body)
    at = len(head) + 4 + 8 + 5 + 4
    head += record(0x85, le("IHBB", at if sheet_at is None else sheet_at, 0, 5, 0) + b"Sheet") + record(0x0A)
    return head + BEGIN + cells + record(0x0A)


TWO = label(0, 0, "oldname") + label(0, 1, "oldcity") + label(1, 0, "oldada") + label(1, 1, "oldbrest")


def xls(name, outcome, build, why, **more):
    inside("xls_" + name, outcome, lambda: [Ent("old.xls", build(), method=0)], why, **more)


def book(cells=TWO, **more):
    inner = {k: more.pop(k) for k in list(more) if k in ("strings", "sst", "sheet_at", "extra")}
    return compound([("Workbook", workbook(cells, **inner))], **more)


def ring(chain):
    chain[5] = 3


def far(chain):
    chain[4] = 0x00FFFFFF


def one(entries):
    return entries[:1] + [entry("Workbook", 2, start=2, size=4096, left=1, right=1, child=1)]


xls("control", "open", lambda: book(), "an ordinary old workbook", find=["oldada", "oldbrest"], outcome_alt=W)
xls("chain_in_a_ring", W, lambda: book(TWO + label(2, 0, "x" * 200) * 40, table=ring), "the sectors of a stream lead back to its beginning", find=["oldada"], say=["old.xls"], rss=250)
xls("chain_leads_out", W, lambda: book(TWO + label(2, 0, "oldpad" * 30) * 40, table=far), "the sectors of a stream lead out of the file", find=["oldada"], say=["old.xls"])
xls("directory_in_a_ring", W, lambda: book(directory=one), "an entry that is its own neighbour and its own child", find=["oldada"], outcome_alt="open")
xls("directory_table_ring", W, lambda: book(table=lambda c: c.__setitem__(1, 1)), "the directory follows itself", outcome_alt="open", find=["oldada"])
xls("sector_size_65535", W, lambda: book(header=dict(shift=0xFFFF)), "sectors of 2^65535 bytes", say=["old.xls"])
xls("sector_size_0", W, lambda: book(header=dict(shift=0)), "sectors of one byte", say=["old.xls"])
xls("small_sector_size_0", W, lambda: book(header=dict(mini=0xFFFF, cutoff=0xFFFFFFFF)), "every stream is said to be a small one, in sectors of 2^65535 bytes", say=["old.xls"], outcome_alt="open")
xls("table_of_tables_ring", W, lambda: book(header=dict(first_difat=0, difats=0xFFFFFFFF, tables=0xFFFFFFFF)), "the table of tables is a table, 2^32 times", find=["oldada"], outcome_alt="open", rss=250)
xls("stream_of_8_exabytes", W, lambda: book(directory=lambda e: e[:1] + [entry("Workbook", 2, start=2, size=(1 << 63) + 0xFFFFFFF0)]), "a stream that is said to have 8 EiB", find=["oldada"], say=["old.xls"], rss=250)
xls("cut", W, lambda: book(TWO + label(2, 0, "oldmore" * 30) * 60)[:6000], "cut off", find=["oldada"], say=["old.xls"])
xls("sheet_elsewhere", W, lambda: book(sheet_at=0x7FFFFFFF), "the sheet begins two gigabytes further on", say=["old.xls"])
xls("sheet_in_its_own_head", W, lambda: book(sheet_at=0), "the sheet begins where the list of sheets does", outcome_alt="open", say=[])
xls("strings_4_billion", W, lambda: book(TWO, strings=["oldshared"], sst=le("II", 0xFFFFFFFF, 0xFFFFFFFF)), "four thousand million shared texts, of which one is there", find=["oldada"], outcome_alt="open", rss=200)
xls("string_longer_than_record", W, lambda: book(TWO + label(2, 0, "oldshort", length=60000)), "a text that is longer than its record", find=["oldada"], outcome_alt="open")
xls("record_beyond", W, lambda: book(TWO + le("HH", 0x204, 60000) + b"abc"), "a record that is longer than its stream", find=["oldada"], outcome_alt="open")
xls("locked", W, lambda: book(extra=record(0x2F, le("HHH", 1, 1, 1) + bytes(48))), "a workbook under a password: said so", note={"old.xls": "encrypted_document"}, outcome_alt="needs_password")
xls("no_workbook", W, lambda: compound([("Something", b"else" * 2000)]), "a container with something else in it", say=["old.xls"])
xls("names_odd", W, lambda: compound([("Workbook", workbook(TWO)), ("\x05\x1b[31m", b"x"), ("..\\..\\x", b"x")]), "streams whose names are commands", find=["oldada"], outcome_alt="open", must_not_show=["\x1b"])


def prop(tag, kind, text):
    return ("__substg1.0_%04X%04X" % (tag, kind), text.encode("utf-16-le") if kind == 0x1F else text)


def mail(properties, **more):
    return compound([("__properties_version1.0", bytes(32))] + properties, **more)


def padded(text):
    # Streams are padded with zeros here; Outlook ends none with them.
    return text + " " * (2048 - len(text))


def msg(name, outcome, build, why, **more):
    inside("msg_" + name, outcome, lambda: [Ent("mail.msg", build(), method=0)], why, **more)


SUBJECT, BODY = prop(0x37, 0x1F, padded("msgsubject")), prop(0x1000, 0x1F, padded("msgbody text"))
msg("control", "open", lambda: mail([SUBJECT, BODY]), "an ordinary mail of Outlook", find=["msgsubject", "msgbody"], outcome_alt=W)
msg("twice", W, lambda: mail([SUBJECT, prop(0x37, 0x1F, padded("msgother")), BODY]), "two subjects", find=["msgsubject", "msgbody"], outcome_alt="open")
msg("odd_bytes", W, lambda: mail([("__substg1.0_0037001F", b"\x00\xd8" * 2048), BODY]), "a subject of half characters", find=["msgbody"], outcome_alt="open")
msg("packed_rtf_lies", W, lambda: mail([SUBJECT, ("__substg1.0_10090102", le("IIII", 0xFFFFFFF0, 0xFFFFFFFF, 0x75465A4C, 0) + b"\xff" * 4080)]), "a body that unpacks to 4 GiB by pointing back into nothing", find=["msgsubject"], outcome_alt="open", rss=250)
msg("names_lie", W, lambda: mail([SUBJECT, ("__substg1.0_ZZZZ001F", b"x"), ("__substg1.0_", b"x"), ("__attach_version1.0_#FFFFFFFF", b"x"), BODY]), "properties with numbers that are none", find=["msgsubject", "msgbody"], outcome_alt="open")
msg("cut", W, lambda: mail([SUBJECT, BODY])[:9000], "cut off", find=["msgsubject"], say=["mail.msg"])
