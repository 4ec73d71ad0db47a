#!/usr/bin/env python3
"""ninjs.py FOLDER FILE: each line is valid by IPTC's schema of ninjs 3.1, which
lies in FOLDER; what is said to be a time or an address is one."""
import json
import pathlib
import re
import sys
import warnings

import jsonschema

warnings.simplefilter("ignore", DeprecationWarning)  # of RefResolver, in later ones

folder, path = pathlib.Path(sys.argv[1]), sys.argv[2]
ninjs = json.loads((folder / "ninjs-schema_3.1.json").read_text())
geojson = json.loads((folder / "GeoJSON-schema.json").read_text())

formats = jsonschema.FormatChecker(())


@formats.checks("uri")
def is_uri(value):
    return re.fullmatch(r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})+",
                        value) is not None


@formats.checks("date-time")
def is_time(value):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None


resolver = jsonschema.RefResolver(
    ninjs["$id"], ninjs, {geojson["$id"]: geojson})
schema = jsonschema.Draft202012Validator(
    ninjs, resolver=resolver, format_checker=formats)
faults = 0
for number, line in enumerate(open(path), 1):
    for error in schema.iter_errors(json.loads(line)):
        print("line %d: %s: %s" % (number, "/".join(map(str, error.path)), error.message))
        faults += 1
sys.exit(faults > 0)
