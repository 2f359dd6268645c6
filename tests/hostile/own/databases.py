"""SQLite databases with damage in one place each, and what lies beside them."""
import sqlite3, struct

from .kit import Ent, W, inside

PAGE = 512


def made(sql, page=PAGE, values=()):
    c = sqlite3.connect(":memory:")
    c.execute("PRAGMA page_size=%d" % page)
    c.executescript(sql)
    for statement, rows in values:
        c.executemany(statement, rows)
    c.commit()
    out = bytearray(c.serialize())
    c.close()
    return out


SMALL = "CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT, town TEXT); INSERT INTO people VALUES(1,'dbada','dbbrest'),(2,'dbbo','dblyon');"
MANY = SMALL + "WITH RECURSIVE c(x) AS (SELECT 3 UNION ALL SELECT x+1 FROM c WHERE x<300) INSERT INTO people SELECT x,'name'||x,'town of '||x FROM c;"
LONG = SMALL + "INSERT INTO people VALUES(3,'dblong',hex(zeroblob(6000))||' dbtail');"


def changed(sql, how, page=PAGE):
    data = made(sql, page)
    how(data)
    return bytes(data)


def number(data, at, value, size=4):
    data[at:at + size] = value.to_bytes(size, "big")


def interior(data):
    """Where the first page inside a tree starts."""
    return next(at for at in range(PAGE, len(data), PAGE) if data[at] == 5)


def leaves(data):
    return [at for at in range(PAGE, len(data), PAGE) if data[at] == 13]


def overflow(data):
    """Pages of neither kind: the rest of long values."""
    return [at for at in range(PAGE, len(data), PAGE) if data[at] not in (2, 5, 10, 13)]


def db(name, outcome, build, why, **more):
    inside("sqlite_" + name, outcome, lambda: files(build()), why, **more)


def files(made):
    return made if isinstance(made, list) else [Ent("data.db", made)]


TWO = ["dbada", "dblyon"]
db("without_rowid", "open", lambda: bytes(made("CREATE TABLE words(word TEXT PRIMARY KEY, n INT) WITHOUT ROWID; INSERT INTO words VALUES('dbword',1),('dbother',2);" + SMALL)), "a table without row numbers", find=TWO + ["dbword", "dbother"], outcome_alt=W)
db("right_child_is_root", W, lambda: changed(MANY, lambda d: number(d, interior(d) + 8, interior(d) // PAGE + 1)), "the last child of a page is the page", find=["dbada"], note={"data.db": "database_damaged"})
db("children_all_one", W, lambda: changed(MANY, same_children), "every child of a page is the same one", find=[], say=["data.db"])
db("child_outside", W, lambda: changed(MANY, lambda d: number(d, interior(d) + 8, 0xFFFFFFFF)), "a child that is page 2^32", find=["dbada"], note={"data.db": "database_damaged"})
db("child_zero", W, lambda: changed(MANY, lambda d: number(d, interior(d) + 8, 0)), "a child that is no page", find=["dbada"], note={"data.db": "database_damaged"})
db("overflow_in_a_ring", W, lambda: changed(LONG, ring), "a long value whose pages lead back to the first", find=["dbada"], note={"data.db": "database_damaged"}, rss=200)
db("overflow_outside", W, lambda: changed(LONG, lambda d: number(d, overflow(d)[3], 0x7FFFFFFF)), "a long value whose pages lead out of the file", find=["dbada"], note={"data.db": "database_damaged"})
db("record_header_lies", W, lambda: changed(SMALL, lambda d: number(d, cell(d) + 2, 0x7F, 1)), "a record whose header is said to be longer than the record", find=["dblyon"], say=["data.db"])
db("record_kinds_huge", W, lambda: changed(SMALL, lambda d: d.__setitem__(slice(cell(d) + 3, cell(d) + 6), b"\xff\xff\x7f")), "a value of two megabytes in a cell of twenty bytes", find=["dblyon"], say=["data.db"], rss=200)
db("cells_outside", W, lambda: changed(SMALL, lambda d: number(d, PAGE + 8, 0xFFFF, 2)), "a cell that starts behind its page", find=["dblyon"], say=["data.db"])
db("cells_65535", W, lambda: changed(SMALL, lambda d: number(d, PAGE + 3, 0xFFFF, 2)), "65,535 cells in a page of 512 bytes", find=TWO, say=["data.db"])
db("free_pages_in_a_ring", W, lambda: changed("PRAGMA auto_vacuum=0;" + MANY + "DELETE FROM people WHERE id>4;", lambda d: number(d, 32, 2)), "the list of free pages leads into a table", find=TWO, outcome_alt="open")
db("page_size_0", W, lambda: changed(SMALL, lambda d: number(d, 16, 0, 2)), "pages of no bytes", say=["data.db"])
db("page_size_3", W, lambda: changed(SMALL, lambda d: number(d, 16, 3, 2)), "pages of three bytes", say=["data.db"])
db("reserved_all", W, lambda: changed(SMALL, lambda d: number(d, 20, 255, 1)), "pages of which half is kept for others", outcome_alt="open", say=[])
db("encoding_9", W, lambda: changed(SMALL, lambda d: number(d, 56, 9)), "an encoding that does not exist", find=["dbada"], outcome_alt="open")
db("schema_is_no_sql", W, lambda: changed(SMALL, lambda d: d.__setitem__(slice(0, len(d)), bytes(d).replace(b"CREATE TABLE people", b"\xff\xfeEATE TABLE peo((("))), "how the table was created makes no sense", find=["dbada", "dblyon"], outcome_alt="open")
db("schema_in_a_ring", W, lambda: changed(SMALL, lambda d: d.__setitem__(slice(100, 112), b"\x05\0\0\0\0\0\0\0\0\0\0\1")), "the list of tables is a page that leads to itself", say=["data.db"])
db("root_is_schema", W, lambda: [Ent("data.db", rooted(1))], "a table that begins where the list of tables does", outcome_alt="open", say=[])
db("root_negative", W, lambda: [Ent("data.db", rooted(-7))], "a table that begins before the file", say=["data.db"])
db("columns_2000", "open", lambda: bytes(made("CREATE TABLE wide(%s); INSERT INTO wide(c0,c1999) VALUES('dbfirst','dblast');" % ",".join("c%d" % n for n in range(2000)), 4096)), "2,000 columns", find=["dbfirst", "dblast"], outcome_alt=W)
db("defaults_and_generated", "open", lambda: bytes(made("CREATE TABLE g(a TEXT, b TEXT GENERATED ALWAYS AS (a||'x') VIRTUAL, c TEXT DEFAULT (random()), \"d,e(\" TEXT, [f] TEXT, `g``h` TEXT); INSERT INTO g(a,\"d,e(\",[f],`g``h`) VALUES('dbgen','dbd','dbf','dbg');")), "generated columns, quoted names", find=["dbgen", "dbd", "dbf", "dbg"], outcome_alt=W)
db("virtual_table", "open", lambda: bytes(made(SMALL + "CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES('dbfulltext words');")), "a table of a search engine: its words lie in a table of their own", find=TWO + ["dbfulltext"], outcome_alt=W)
db("cut", W, lambda: bytes(made(MANY))[:PAGE * 4 + 100], "cut off", find=["dbada"], say=["data.db"])
db("journal_beside", "open", lambda: [Ent("data.db", bytes(made(SMALL))), Ent("data.db-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", 0xFFFFFFFF, 0, 99, 512, PAGE) + b"\xff" * 2000), Ent("data.db-wal", b"\x37\x7f\x06\x83" + b"\xff" * 3000), Ent("data.db-shm", bytes(4096))], "journals of noise beside it: never played back", find=TWO, outcome_alt=W)
db("wal_only", W, lambda: [Ent("data.db", changed(SMALL, lambda d: d.__setitem__(slice(18, 20), b"\2\2")))], "made with a journal (WAL) that was not sent along", find=TWO, outcome_alt="open")


def same_children(data):
    at = interior(data)
    count = struct.unpack(">H", data[at + 3:at + 5])[0]
    first = struct.unpack(">H", data[at + 12:at + 14])[0]
    for n in range(count):
        place = struct.unpack(">H", data[at + 12 + 2 * n:at + 14 + 2 * n])[0]
        data[at + place:at + place + 4] = data[at + first:at + first + 4]


def ring(data):
    pages = overflow(data)
    number(data, pages[-2], pages[0] // PAGE + 1)


def cell(data):
    """Where the first record of the first leaf starts."""
    return PAGE + struct.unpack(">H", data[PAGE + 8:PAGE + 10])[0]


def rooted(page):
    c = sqlite3.connect(":memory:")
    c.execute("PRAGMA page_size=%d" % PAGE)
    c.executescript(SMALL + "PRAGMA writable_schema=ON; INSERT INTO sqlite_schema VALUES('table','ghost','ghost',%d,'CREATE TABLE ghost(x)');" % page)
    return c.serialize()
