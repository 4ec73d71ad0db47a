#!/bin/sh
# run.sh BUILD [units]: every test, a line each, and what a failing one had to
# say; or those alone that need nothing but what was built.
cd "$(dirname "$0")/.." || exit 1
build=$1 only=${2:-}
passed=0 failed=0

run() {
	if out=$("$@" </dev/null 2>&1); then
		echo "ok   $*"
		passed=$((passed + 1))
	else
		echo "FAIL $*"
		echo "$out" | sed 's/^/     /'
		failed=$((failed + 1))
	fi
}

whole_house() {
	run tests/layers.sh
	run tests/abi/check.sh assertions
	run tests/abi/next-minor.sh "$build"
	run tests/abi/manual.py
	run "$build/dateline" plugin test
	for play in tests/house/[0-9]*.sh; do
		run timeout 300 "$play" "$build"
	done
}

run tests/hardening.sh "$build"
for program in "$build"/tests/*/*; do
	[ -f "$program" ] && [ -x "$program" ] && run "$program"
done
[ "$only" = units ] || whole_house
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
