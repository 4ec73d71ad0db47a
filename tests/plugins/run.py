#!/usr/bin/env python3
"""run.py BUILD [NAME...]: saved pages through the plugins, in a real worker.

A folder beside this file is a test: pages, and expected.jsonl with an object a
line. `path` and `url` (and `title`, `type`) say what is read; what else stands
there is compared, field by field, null being "it must not be there":

    {"path": "page.html", "url": "https://…", "title": "…", "authors": ["…"]}
    {"path": "gone.html", "fails": "part of the reason"}
    {"path": "feed.xml", "url": "https://…", "entries": 2, "first": {"id": "…"}}
    {"path": "feed.xml", "url": "https://…", "entries": 2, "all": [{…}, {…}]}

`canonical` is compared with the record's url. A folder's source.conf is the
.conf it is read under; without one it is conf/sources.d/NAME.conf. Each record
is valid by spool/record.schema.json.
"""
import json
import os
import subprocess
import sys
import tempfile

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
GIVEN = ("path", "url", "title", "type")


def schema():
    with open(os.path.join(TOP, "spool", "record.schema.json")) as file:
        whole = json.load(file)
    whole = dict(whole, **{"$ref": "#/$defs/extracted"})
    whole.pop("oneOf", None)
    return jsonschema.Draft7Validator(whole)


def conf_for(name, folder, build, work):
    """A configuration with this one source, in a folder of its own."""
    sources = os.path.join(work, "sources.d")
    os.makedirs(sources)
    own = os.path.join(folder, "source.conf")
    if not os.path.exists(own):
        own = os.path.join(TOP, "conf", "sources.d", name + ".conf")
    with open(own) as file, open(os.path.join(sources, name + ".conf"), "w") as to:
        to.write("enabled = no\n" + "".join(
            line for line in file if not line.startswith("enabled")))
    path = os.path.join(work, "datelined.conf")
    with open(path, "w") as to:
        to.write("worker = %s/dateline-worker\nplugin_path = %s/plugins\n"
                 "gazetteer = %s/gazetteer.tsv\n" % (build, build, build))
    return path


def run(build, command, conf, name, rest, folder):
    done = subprocess.run(
        [os.path.join(build, "dateline"), command, "--conf", conf, "--source", name]
        + rest, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return lines, done.stderr.decode()


def differences(want, have, at=""):
    for key, value in want.items():
        got = have.get(key) if isinstance(have, dict) else None
        if isinstance(value, dict) and isinstance(got, dict):
            yield from differences(value, got, at + key + ".")
        elif got != value:
            yield "%s%s is\n      %s, not\n      %s" % (
                at, key, json.dumps(got, ensure_ascii=False),
                json.dumps(value, ensure_ascii=False))


def extract(build, conf, name, folder, rows, work, valid):
    """All pages by one worker; yields (path, complaint or None)."""
    manifest = os.path.join(work, "manifest.jsonl")
    with open(manifest, "w") as to:
        for row in rows:
            given = {k: row[k] for k in GIVEN if k in row and (k != "title" or row.get("given"))}
            to.write(json.dumps(given) + "\n")
    records, errors = run(build, "extract", conf, name, ["--manifest", manifest], folder)
    for row in rows:
        record = records.pop(0) if records else None
        if "fails" in row:
            told = [e for e in errors.splitlines() if ": %s: " % row["path"] in e]
            fine = record is None and any(row["fails"] in e for e in told)
            yield row["path"], None if fine else "it did not fail so: %s" % told
            continue
        if record is None:
            told = [e for e in errors.splitlines() if ": %s: " % row["path"] in e]
            yield row["path"], "no record: %s" % (told or errors)
            continue
        want = {"url" if k == "canonical" else k: v for k, v in row.items()
                if k not in ("path", "url", "type", "given", "why")}
        faults = list(differences(want, record))
        record.pop("path")
        faults += ["%s: %s" % ("/".join(map(str, e.path)), e.message)
                   for e in valid.iter_errors(record)]
        yield row["path"], "; ".join(faults) or None


def feed(build, conf, name, folder, row):
    rest = ["--url", row["url"]] if "url" in row else []
    entries, errors = run(build, "feed", conf, name, rest + [row["path"]], folder)
    if "fails" in row:
        return None if row["fails"] in errors else "it did not fail so: %s" % errors
    if errors or len(entries) != row["entries"]:
        return "%d entries, not %d; %s" % (len(entries), row["entries"], errors)
    want = row["all"] if "all" in row else [row.get("first", {})]
    return "; ".join(fault for one, entry in zip(want, entries)
                     for fault in differences(one, entry)) or None


def folder_test(name, build, valid):
    folder = os.path.join(HERE, name)
    with open(os.path.join(folder, "expected.jsonl")) as file:
        rows = [json.loads(line) for line in file if line.strip()]
    with tempfile.TemporaryDirectory() as work:
        conf = conf_for(name, folder, build, work)
        pages = [row for row in rows if "entries" not in row]
        results = list(extract(build, conf, name, folder, pages, work, valid))
        results += [(row["path"], feed(build, conf, name, folder, row))
                    for row in rows if "entries" in row]
    return results


def main():
    build = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or sorted(
        n for n in os.listdir(HERE) if os.path.isdir(os.path.join(HERE, n))
        and not n.startswith("_"))
    valid, passed, failed = schema(), 0, 0
    for name in names:
        for path, fault in folder_test(name, build, valid):
            if fault is None:
                passed += 1
            else:
                failed += 1
                print("%s/%s: %s" % (name, path, fault))
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
