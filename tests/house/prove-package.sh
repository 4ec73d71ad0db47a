#!/bin/bash
# The packages of a commit are the same, byte for byte, whoever builds them: in
# another folder, at another time, in another zone, language and umask, and with
# another number of jobs.
set -u
fail() { echo "FAILED: $*"; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/dateline-package.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

built() { # FOLDER COMMAND...; builds there, and lists what came
	git clone -q . "$work/$1" || fail "no clone"
	(cd "$work/$1" && "${@:2}" make -s deb DEB="$work/$1.deb") >"$work/$1.log" 2>&1 ||
	    { cat "$work/$1.log"; fail "make deb"; }
	(cd "$work/$1.deb" && sha256sum ./*.deb ./*.tar.* ./*.dsc) >"$work/$1.sums"
}

export DEB_BUILD_OPTIONS=nocheck
built one env TZ=UTC LC_ALL=C
umask 077
DEB_BUILD_OPTIONS='nocheck parallel=1'
built of/another/name env TZ=Asia/Ho_Chi_Minh LC_ALL=C.UTF-8
[ "$(wc -l <"$work/one.sums")" -ge 7 ] || fail "not all has come"
diff "$work/one.sums" "$work/of/another/name.sums" || fail "two builds differ"
echo "$(wc -l <"$work/one.sums") files, twice the same"
