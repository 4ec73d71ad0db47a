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
never dateline gumbo xml2 sqlite3
nm -D --undefined-only "$build/datelined" | grep -q dlopen &&
    fail "datelined can load plugins"

declared() {
	sed -e '/^#/d' -e 's/^static inline.*//' plugins/plugin.h |
	    grep -oE '\b(job|feed|listing|entry|page|dom|url|date|record|text|place)_[a-z_]+\(' |
	    tr -d '(' | grep -vx text_or | sort -u
}
shown() {
	nm -D --defined-only "$build/dateline-worker" | awk '$2 == "T" {print $3}' |
	    grep -Ev '^(_|main$|__)' | sort -u
}
case $build in *sanitize*) exit $status ;; esac # those show their own
diff <(declared) <(shown) || fail "plugin.h and what the worker shows differ"
exit $status
