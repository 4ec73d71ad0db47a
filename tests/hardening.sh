#!/bin/bash
# hardening.sh BUILD [FILE...]: what makes a fault harder to use is in each
# program, plugin and library of BUILD, or in these files of it, which may be
# installed ones. readelf looks. Where they still know by which compiler they were
# made, what leaves no other mark is looked for there.
build=${1:-build}; shift
case $build in *sanitize*) echo "not with sanitizers"; exit 0 ;; esac
cd "$build" || exit 1
[ $# -gt 0 ] || set -- datelined dateline-worker dateline libdateline-spool.so.0 \
    plugins/*.so
status=0
fail() { echo "FAILED: $*"; status=1; }

# A line each: what is asked of readelf, what it has to say, and what for.
readonly everywhere='-hW|Type:.*DYN|is loaded where nobody knows
-lW|GNU_RELRO|has tables that are read-only after the start
-dW|FLAGS.* (BIND_)?NOW|binds all its names at the start
-lW|GNU_STACK.* RW +0x|has a stack that is no code'
# A plugin may be too plain to need them.
readonly programs='--dyn-syms -W|UND __stack_chk_fail|guards its stack
--dyn-syms -W|UND __[a-z]+_chk\b|has functions that know their bounds'
readonly executables='-dW|FLAGS_1.* PIE|is a program that lies where nobody knows'
# What gcc says that it was told.
readonly told='-fstack-protector-strong -fstack-clash-protection
    -ftrivial-auto-var-init=zero'

looked() { # FILE TABLE
	while IFS='|' read -r asked said for; do
		# shellcheck disable=SC2086
		readelf $asked "$1" 2>/dev/null | grep -Eq -- "$said" ||
		    fail "$1: nothing says that it $for"
	done <<<"$2"
}

# All of a file's units were made by the same options, or one lacks them.
made_by() { # FILE
	producers=$(readelf --debug-dump=info "$1" 2>/dev/null |
	    grep 'DW_AT_producer.*GNU C1')
	[ -n "$producers" ] || return 0
	for option in $told; do
		grep -qv -- " $option\b" <<<"$producers" &&
		    fail "$1: a part of it was made without $option"
	done
}

for file; do
	looked "$file" "$everywhere"
	case $file in *plugins/*) ;; *) looked "$file" "$programs" ;; esac
	case $file in *.so*) ;; *) looked "$file" "$executables" ;; esac
	made_by "$file"
done
[ $status != 0 ] || echo "$# files"
exit $status
