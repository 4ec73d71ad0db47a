#!/bin/sh
# run.sh BUILD [units]: every test, a line each, and what a failing one had to
# say; or those alone that need nothing but what was built. As many run at once as
# there are processors (JOBS), for most of a play is waiting.
cd "$(dirname "$0")/.." || exit 1
build=$1 only=${2:-}

units() {
	echo tests/hardening.sh "$build"
	for program in "$build"/tests/*/*; do
		[ -f "$program" ] && [ -x "$program" ] && echo "$program"
	done
}

whole_house() {
	echo tests/layers.sh
	echo tests/abi/check.sh assertions
	echo tests/abi/next-minor.sh "$build"
	echo tests/abi/manual.py
	echo "$build/dateline" plugin test
	for play in tests/house/[0-9]*.sh; do
		echo timeout 300 "$play" "$build"
	done
}

said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT
trap 'exit 1' INT TERM
{
	units
	[ "$only" = units ] || whole_house
} | xargs -L 1 -P "${JOBS:-$(nproc)}" tests/one.sh | tee "$said"
failed=$(grep -c '^FAIL ' "$said")
echo "$(grep -c '^ok   ' "$said") passed, $failed failed"
[ "$failed" = 0 ]
