#!/bin/sh
# prove.sh BUILD: the long proofs, a line each.
cd "$(dirname "$0")/.." || exit 1
build=$1
passed=0 failed=0

prove() {
	if out=$("$@" </dev/null 2>&1); then
		echo "ok   $*: $(echo "$out" | tail -n 1)"
		passed=$((passed + 1))
	else
		echo "FAIL $*"
		echo "$out" | sed 's/^/     /'
		failed=$((failed + 1))
	fi
}

prove timeout 1200 tests/house/20-killed-at-any-moment.sh "$build"
prove timeout 600 tests/house/prove-short-turns.sh "$build"
prove timeout 900 tests/house/prove-loaded-loop.sh "$build"
prove timeout 900 tests/house/prove-leaks.sh "$build"
prove timeout 900 tests/house/prove-reloads.sh "$build"
prove timeout 3600 tests/house/prove-soak.sh "$build"
prove timeout 900 tests/house/prove-package.sh
prove env SCORE_SECONDS="${SCORE_SECONDS:-300}" timeout 3600 \
    tests/house/43-strict-owners.sh "$build"
prove timeout 1200 "$build/tests/spool/states"
prove timeout 1200 "$build/tests/spool/model"
prove timeout 1200 "$build/tests/sim/sim" --sources 200 --days 30 \
    --seeds "${SEEDS:-20}"
prove timeout 1200 "$build/tests/sim/sim" --cost
echo "$out" | sed 's/^/     /'
prove tests/fuzz/run.sh build-sanitize-fuzzer-clang "${FUZZ_SECONDS:-60}"
# The daemon under the thread sanitizer; a race ends it, and so fails the play.
export DATELINED=build-sanitize-thread/datelined
export TSAN_OPTIONS="halt_on_error=1 suppressions=tests/thread.supp"
for play in 10-the-news-flows 30-evil-plugins 60-reload 65-the-spool-is-kept; do
	prove timeout 300 tests/house/$play.sh "$build"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
