"""How a case is said: what stands in the archive, what a user must see, and why.

The outcome of a case is what somebody who opens the archive should see, whatever the program says today.

  note     entry -> code, or a list of codes of which one must stand there: what must be said of that entry
  find     words that a search must find; the healthy file beside the bad one has a word of its own
  say      words of the messages, as in make.py
"""
import json, os, struct, sys, zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from make import Ent, K, W, eocd, keep, zipf  # noqa: E402, F401  (the modules beside this one take them from here)

MiB = 1 << 20
CASES = []

# Any of these says that something is cut off, or damaged.
CUT = ["cut_off", "data_cut", "truncated", "data_damaged", "archive_cut", "pdf_cut_off", "image_cut_off", "end_missing"]
BAD = CUT + ["crc_mismatch", "size_mismatch", "directory_damaged", "document_damaged", "pdf_damaged", "pdf_repaired",
             "database_damaged", "image_damaged", "part_damaged", "nested_unreadable", "pdf_part_damaged",
             "pdf_pages_damaged", "document_part_missing", "loose_json", "loose_yaml", "unexpected_text"]


def case(name, outcome, build, why, ext=".zip", find=(), say=(), note=None, sec=5, rss=400, **more):
    """A file as it stands: `build` gives its bytes."""
    entry = dict(file="own_" + name + ext, cat="own", outcome=outcome, why=why, max_rss_mb=rss, max_seconds=sec,
                 must_contain_in_message=list(say), must_find=list(find), must_note=note or {}, big=False)
    entry.update(more)
    CASES.append((entry, build))


def inside(name, outcome, files, why, find=(), **more):
    """Files in an honest ZIP, with a healthy one behind them."""
    word = K("own" + name)

    def build():
        made = files() if callable(files) else files
        return zipf([f if isinstance(f, Ent) else Ent(f[0], f[1], method=8 if len(f[1]) > 200 else 0) for f in made]
                    + [Ent("zz_keep.json", json.dumps({"note": "healthy", "token": word}).encode())])

    case(name, outcome, build, why, find=list(find) + [word], **more)


def text_of(words, n, line="row %d %s\n"):
    return "".join(line % (i, words) for i in range(n))


def le(fmt, *numbers):
    return struct.pack("<" + fmt, *numbers)


def crc(data):
    return zlib.crc32(data) & 0xFFFFFFFF
