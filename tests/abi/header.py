#!/usr/bin/env python3
"""What a header such as plugin.h declares, by its text: for the checks here.

    header.py names HEADER      what is public, a line each
    header.py promise HEADER    C that compiles only against a header that keeps
                                what this one has promised
    header.py news OLD NEW      what has come since
    header.py stubs HEADER      C that defines each function and shows each type:
                                a shared object for abidiff
    header.py growing HEADER    the structs that may grow at their end

A declaration that is of no form known here is an error, never left out.
"""
import re
import sys


class Header:
    def __init__(self, path):
        text = open(path, encoding="utf-8").read()
        self.macros = dict(re.findall(r"^#define (\w+)[ \t]*(.*)$", text, re.M))
        guard = re.search(r"^#ifndef (\w+)\n#define \1$", text, re.M)
        del self.macros[guard.group(1)]
        self.abi = tuple(
            int(self.macros[f"DL_ABI_{part}"]) for part in ("MAJOR", "MINOR")
        )
        # A struct that plugins make says so in the comment before it.
        self.fixed = {
            struct
            for comment, struct in re.findall(
                r"/\*((?:(?!\*/).)*)\*/\s*struct (\w+) \{", text, re.S
            )
            if "does not grow" in " ".join(comment.replace("*", " ").split())
        }
        self.structs, self.enums, self.functions = {}, {}, {}
        self.opaque, self.variables, self.inline = [], {}, set()
        for statement in statements(plain(text)):
            self.add(statement)

    def add(self, statement):
        forms = [
            (r"struct (\w+)", self.add_opaque),
            (r"struct (\w+) \{(.*)\}", self.add_struct),
            (r"enum (\w+) \{(.*)\}", self.add_enum),
            (r"extern (.+[ *])(\w+)", self.add_variable),
            (r"(static inline )?(.+?[ *])(\w+)\(([^()]*)\)( \{.*\})?",
                self.add_function),
        ]
        for form, add in forms:
            match = re.fullmatch(form, statement)
            if match:
                add(*match.groups())
                return
        sys.exit(f"header.py: what is this? {statement}")

    def add_opaque(self, name):
        self.opaque.append(name)

    def add_struct(self, name, body):
        self.structs[name] = [
            member
            for declaration in body.split(";")
            if declaration.strip()
            for member in members(declaration.strip())
        ]

    def add_enum(self, name, body):
        constants = [one.strip() for one in body.split(",") if one.strip()]
        self.enums[name] = constants

    def add_variable(self, kind, name):
        self.variables[name] = kind.strip()

    def add_function(self, inline, result, name, args, _body):
        self.functions[name] = (result.strip(), args.strip())
        if inline:
            self.inline.add(name)

    def names(self):
        yield from self.macros
        yield from (f"struct {name}" for name in self.opaque)
        for struct, its in self.structs.items():
            yield f"struct {struct}"
            yield from (f"struct {struct}.{member}" for _, member in its)
        for enum, constants in self.enums.items():
            yield f"enum {enum}"
            yield from (one.split(" = ")[0] for one in constants)
        yield from self.variables
        yield from (f"{name}()" for name in self.functions)


def plain(text):
    """The text without comments, directives, attributes and extern "C"."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^#ifdef __cplusplus\n.*?^#endif$", "", text, flags=re.M | re.S)
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    return re.sub(r"__attribute__\(\((?:[^()]|\([^()]*\))*\)\)", "", text)


def statements(text):
    """Each ends with a semicolon or, of a function, with its brace."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        body = sign == "}" and "(" in text[start:at].split("{")[0]
        if depth == 0 and (sign == ";" or body):
            yield " ".join(text[start : at + body].split())
            start = at + 1
    if text[start:].strip():
        sys.exit(f"header.py: what is this? {text[start:].strip()}")


def members(declaration):
    """(type, name) of each that it declares."""
    match = re.fullmatch(r"(.+)\(\*(\w+)\)\s*\((.*)\)", declaration)
    if match:
        result, name, args = match.groups()
        return [(f"{result}(*)({args})", name)]
    match = re.fullmatch(r"(.*?[\w ])\s*((?:\**\w+)(?:,\s*\**\w+)*)", declaration)
    if not match or not match.group(1).strip():
        sys.exit(f"header.py: what is this? {declaration}")
    kind, names = match.groups()
    return [
        (f"{kind.strip()} {'*' * one.count('*')}".strip(), one.strip().lstrip("*"))
        for one in names.split(",")
    ]


def old(text):
    return re.sub(r"\b(dl_|DL_)", r"old_\1", text)


def promise(header):
    major, minor = header.abi
    out = ["#include <stddef.h>", "#include <stdint.h>", '#include "plugin.h"']

    def must(condition, sentence):
        out.append(f'_Static_assert({condition}, "{sentence}");')

    out += [f"struct old_{name};" for name in (*header.opaque, *header.structs)]
    for name, constants in header.enums.items():
        out.append(old(f"enum {name} {{ {', '.join(constants)} }};"))
        for one in (constant.split(" = ")[0] for constant in constants):
            must(f"(long){one} == (long)old_{one}", f"{one} has another value")
    for name, its in header.structs.items():
        body = " ".join(f"__typeof__({old(kind)}) {member};" for kind, member in its)
        out.append(f"struct old_{name} {{ {body} }};")
        for kind, member in its:
            must(f"offsetof(struct {name}, {member}) == "
                 f"offsetof(struct old_{name}, {member})",
                 f"{name}.{member} has moved")
            must(f"__builtin_types_compatible_p({kind}, "
                 f"__typeof__(((struct {name} *)0)->{member}))",
                 f"{name}.{member} is of another type")
        relation = "==" if name in header.fixed else ">="
        must(f"sizeof(struct {name}) {relation} sizeof(struct old_{name})",
             f"{name} has another size")
    for name, kind in header.variables.items():
        must(f"__builtin_types_compatible_p(__typeof__(&{name}), {kind} *)",
             f"{name} is of another type")
    for name, (result, args) in header.functions.items():
        must(f"__builtin_types_compatible_p(__typeof__({name}), {result}({args}))",
             f"{name}() is of another type")
    for name in header.macros:
        out += [f"#ifndef {name}", f"#error {name} is gone", "#endif"]
    must(f"DL_ABI_MAJOR == {major}", "the major number is another one")
    must(f"DL_ABI_MINOR >= {minor}", "the minor number has fallen")
    return out


def stubs(header):
    out = ['#include "plugin.h"']
    for kind, names in (("struct", header.structs), ("enum", header.enums)):
        for name in names:
            out.append(f"{kind} {name} *shown_{kind}_{name};")
    for name, (result, args) in header.functions.items():
        if name not in header.inline:
            out.append(f"{result} {name}({args}) {{ __builtin_trap(); }}")
    return out


def news(before, after):
    """What is new may stand at the end of a struct only, not in a gap of it."""
    for struct, its in before.structs.items():
        if after.structs[struct][: len(its)] != its:
            sys.exit(f"header.py: something new stands amid struct {struct}")
    known = set(before.names())
    return [name for name in after.names() if name not in known]


def growing(header):
    return [name for name in header.structs if name not in header.fixed]


def main(what, *paths):
    says = {
        "names": lambda header: list(header.names()),
        "promise": promise,
        "news": news,
        "stubs": stubs,
        "growing": growing,
    }
    for line in says[what](*map(Header, paths)):
        print(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
