#!/usr/bin/env python3
"""valid.py FILE [PART]: each line of a spool is valid by
spool/record.schema.json; with a PART, by that of its $defs: `extracted` is a
record as a worker makes it."""
import json
import sys

import jsonschema

with open("spool/record.schema.json") as file:
    whole = json.load(file)
if len(sys.argv) > 2:
    whole["$ref"] = "#/$defs/" + sys.argv[2]
    del whole["oneOf"]
schema = jsonschema.Draft7Validator(whole)
faults = 0
for number, line in enumerate(open(sys.argv[1]), 1):
    for error in schema.iter_errors(json.loads(line)):
        print("line %d: %s: %s" % (number, "/".join(map(str, error.path)), error.message))
        faults += 1
sys.exit(faults > 0)
