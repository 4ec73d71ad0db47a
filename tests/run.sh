#!/bin/sh
# run.sh BUILD: every test, a line each, and what a failing one had to say.
cd "$(dirname "$0")/.." || exit 1
build=$1
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

run tests/layers.sh
run tests/hardening.sh "$build"
run tests/abi/check.sh assertions
run tests/abi/next-minor.sh "$build"
run tests/abi/manual.py
for program in "$build"/tests/*/*; do
	[ -f "$program" ] && [ -x "$program" ] && run "$program"
done
run "$build/dateline" plugin test
for play in tests/house/[0-9]*.sh; do
	run timeout 300 "$play" "$build"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
