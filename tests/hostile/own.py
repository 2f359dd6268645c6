#!/usr/bin/env python3
"""Makes the archives of `own/`, beside those of make.py: own.py --out DIR --expect FILE [--only 'tar_*'] [--list]

Judged by check.py as those are. A case is said in a line: what stands in the archive, what a user must see, and why.
"""
import argparse, fnmatch, importlib, json, os

MODULES = "tapes sevens zips office old databases papers mails texts".split()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    ap.add_argument("--expect", required=True)
    ap.add_argument("--only", default="*")
    ap.add_argument("--list", action="store_true")
    a = ap.parse_args()
    for module in MODULES:
        importlib.import_module("own." + module)
    from own.kit import CASES
    names = [entry["file"] for entry, _ in CASES]
    assert len(names) == len(set(names)), "two cases of one name"
    if a.list:
        for entry, _ in CASES:
            print("%-40s %-18s %s" % (entry["file"], entry["outcome"], entry["why"]))
    else:
        os.makedirs(a.out, exist_ok=True)
        total = 0
        for entry, build in CASES:
            if fnmatch.fnmatch(entry["file"], "own_" + a.only + "*"):
                data = build()
                total += len(data)
                with open(os.path.join(a.out, entry["file"]), "wb") as f:
                    f.write(data)
        with open(a.expect, "w", encoding="utf-8") as f:
            json.dump([entry for entry, _ in CASES], f, indent=1)
        print("%d cases, %.1f MB in %s" % (len(CASES), total / 1e6, a.out))


if __name__ == "__main__":
    main()
