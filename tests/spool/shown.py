#!/usr/bin/env python3
"""shown.py FOLDER N: what spool/reader.py shows of the spools FOLDER/0 to
FOLDER/N-1, a line each: the numbers of the records."""
import os
import re
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "spool"))

from reader import lines  # noqa: E402

for n in range(int(sys.argv[2])):
    numbers = (re.match(rb'{"seq":(\d+)', line)
               for line in lines(os.path.join(sys.argv[1], str(n))))
    print(*(number[1].decode() for number in numbers if number))
