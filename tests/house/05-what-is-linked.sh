#!/bin/bash
# What a program is linked with is what it can do; and a worker shows plugins the
# functions of plugin.h, all of them, and nothing else.
build=${1:-build}
status=0
fail() { echo "FAILED: $*"; status=1; }

needs() { readelf -d "$build/$1" | sed -n 's/.*NEEDED.*\[lib\([^.]*\).*/\1/p'; }
never() { # PROGRAM LIBRARY...
	program=$1; shift
	for library; do
		needs "$program" | grep -qx "$library" &&
		    fail "$program is linked with $library"
	done
}
never datelined gumbo xml2 seccomp
never dateline-worker curl zstd uv sqlite3 inih
# The tool reads OPML files with libxml2: they are the operator's own. Pages and
# feeds of the network it gives to a worker.
never dateline gumbo sqlite3
nm -D --undefined-only "$build/datelined" | grep -q dlopen &&
    fail "datelined can load plugins"

declared() { # but what is inline
	python3 tests/abi/header.py names plugins/plugin.h | sed -n 's/()$//p' |
	    grep -vx text_or | sort
}
shown() {
	nm -D --defined-only "$build/dateline-worker" | awk '$2 == "T" {print $3}' |
	    grep -Ev '^(_|main$|__)' | sort -u
}
case $build in *sanitize*) exit $status ;; esac # those show their own
diff <(declared) <(shown) || fail "plugin.h and what the worker shows differ"

# Else the library would call the worker's, or a plugin that is linked with it
# the library's.
ldd "$build/dateline-worker" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' |
    while read -r library; do
	nm -D --defined-only "$library" | awk '{print $3}' | sed 's/@.*//' |
	    sort -u | comm -12 - <(declared) | sed "s|^|$library: |"
done | grep . && fail "a library has a function of plugin.h"
exit $status
