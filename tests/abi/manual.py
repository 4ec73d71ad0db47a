#!/usr/bin/env python3
"""Whether dateline-plugin(3) has all that plugin.h has: each function in its
synopsis, as it is declared, and in a list with words about it; each type with
its members, each enumerator, each macro."""
import re
import shlex
import sys

sys.dont_write_bytecode = True  # the tree stays as it is

from header import Header

PAGE = "plugins/dateline-plugin.3"
HEADER = "plugins/plugin.h"


def sections(page):
    """Title and lines of each .Sh."""
    for part in re.split(r"^\.Sh ", page, flags=re.M)[1:]:
        title, _, lines = part.partition("\n")
        yield title.strip(), lines


def spaced(declaration):
    """As nobody has broken it into lines."""
    return re.sub(r"\s+", " ", declaration).replace("( ", "(").strip()


def synopsis(lines):
    """{function: (result, arguments)} from .Ft, .Fn, .Fo, .Fa and .Fc."""
    functions, result, name, args = {}, None, None, []
    for line in lines.splitlines():
        macro, *words = shlex.split(line.replace("\\(dq", "'")) or [""]
        if macro == ".Ft":
            result = " ".join(words)
        elif macro == ".Fn":
            functions[words[0]] = (result, ", ".join(words[1:]))
        elif macro == ".Fo":
            name, args = words[0], []
        elif macro == ".Fa":
            args += words
        elif macro == ".Fc":
            functions[name] = (result, ", ".join(args))
    return functions


def words(lines):
    return set(re.findall(r"\w+", lines))


def told_of(struct, parts):
    """Words in the macros of the struct's place in a list, or else in those of
    the sections that name it."""
    own = r"^\.It Vt struct " + struct + r"\n(.*?)(?=^\.It Vt |\Z)"
    for lines in parts.values():
        for place in re.findall(own, lines, re.M | re.S):
            return marked(place)
    return set().union(*(
        marked(lines) for lines in parts.values()
        if re.search(rf"\bVt struct {struct}\b", lines)
    ))


def marked(lines):
    return words(" ".join(re.findall(r"^\.(?:It )?(?:Va|Fn) (.*)", lines, re.M)))


def missing(header, page):
    parts = dict(sections(page))
    shown = synopsis(parts.pop("SYNOPSIS"))
    for name, (result, args) in header.functions.items():
        want = (spaced(result), spaced(args))
        if name not in shown:
            yield f"{name}() is not in the SYNOPSIS"
        elif shown[name] != want:
            yield f"{name}() is {want} in the header, {shown[name]} here"
        if not re.search(rf"^\.It.* Fn {name}\b", page, re.M):
            yield f"{name}() has no words about it"
    for name in shown.keys() - header.functions.keys():
        yield f"{name}() is not in the header"

    for struct, members in header.structs.items():
        told = told_of(struct, parts)
        for _, member in members:
            if member not in told:
                yield f"{struct}.{member} has no words about it"
    everything = words(" ".join(parts.values()))
    rest = [*header.macros, *header.variables, *header.opaque, *header.enums]
    for constants in header.enums.values():
        rest += [one.split(" = ")[0] for one in constants]
    for name in rest:
        if name not in everything:
            yield f"{name} has no words about it"


def main():
    page = open(PAGE, encoding="utf-8").read()
    sentences = list(missing(Header(HEADER), page))
    for sentence in sentences:
        print(f"{PAGE}: {sentence}")
    sys.exit(bool(sentences))


if __name__ == "__main__":
    main()
