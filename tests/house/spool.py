#!/usr/bin/env python3
"""spool.py FOLDER: a spool of the records on standard input, which the daemon
has numbered and dated; each is a commit, a second and a half after the other.
Standard output has them as they are in it."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../spool/vectors"))
sys.dont_write_bytecode = True
import make  # noqa: E402

segment = make.header(1)
for seq, text in enumerate(sys.stdin, 1):
    line = make.dumped({"seq": seq, "spooled": make.moment(make.at(seq)),
                        **json.loads(text)})
    segment += make.commit(seq, seq + 1, make.at(seq), make.joined([line]))
    print(line)
os.makedirs(sys.argv[1])
with open(os.path.join(sys.argv[1], make.name(1)), "wb") as file:
    file.write(segment)
