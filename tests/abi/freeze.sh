#!/bin/sh
# freeze.sh [--again]: keeps plugins/plugin.h of today in released/, as what a
# release promises to the plugins that are made for it.
#
# It is a part of a release that has something new in plugin.h: raise
# DL_ABI_MINOR, add its line to the list above it, a row to core/worker/table.c,
# and run this. What is in released/ stays as it is for as long as its major
# number lives: tests/abi/check.sh compares the header with all of them. A
# number that no release has had yet may be frozen --again.
cd "$(dirname "$0")/../.." || exit 1
number() { sed -n "s/^#define DL_ABI_$1 //p" plugins/plugin.h; }
file=tests/abi/released/plugin-$(number MAJOR).$(number MINOR).h

if [ -e "$file" ] && [ "${1:-}" != --again ]; then
	cmp -s plugins/plugin.h "$file" && exit 0
	echo "$file is there already: raise DL_ABI_MINOR, or, if no release" >&2
	echo "has had this number, say tests/abi/freeze.sh --again" >&2
	exit 1
fi
mkdir -p "${file%/*}"
cp plugins/plugin.h "$file"
echo "$file"
