#!/usr/bin/env python3
"""compare.py PUBLISHED SPOOLED: each story as the wire has it (JSON lines with
id, title, published, place) against its record. Where the wire names no place,
none is asked for."""
import json
import sys
import unicodedata

published, spooled = ({line["id"]: line for line in map(json.loads, open(path))}
                      for path in sys.argv[1:3])
faults = 0


def plain(text):
    """Quotes and spaces as they are read, not as they are set."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


for key, want in published.items():
    have = spooled.get(key, {})
    for field in ("title", "published", "place"):
        if field == "place" and want.get("place") is None:
            continue
        if plain(want[field]) != plain(have.get(field)):
            print("%s: %s is %r, not %r" % (key, field, have.get(field), want[field]))
            faults += 1
sys.exit(faults > 0)
