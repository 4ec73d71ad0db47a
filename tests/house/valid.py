#!/usr/bin/env python3
"""valid.py FILE: each line of a spool is valid by spool/record.schema.json."""
import json
import sys

import jsonschema

with open("spool/record.schema.json") as file:
    schema = jsonschema.Draft7Validator(json.load(file))
faults = 0
for number, line in enumerate(open(sys.argv[1]), 1):
    for error in schema.iter_errors(json.loads(line)):
        print("line %d: %s: %s" % (number, "/".join(map(str, error.path)), error.message))
        faults += 1
sys.exit(faults > 0)
