#!/bin/sh
# prove.sh BUILD: the long proofs, a line each.
cd "$(dirname "$0")/.." || exit 1
build=$1
passed=0 failed=0

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
n=0

# How one has ended, and the last thing that it said, or all of it.
told() { # NAME CODE FILE
	if [ "$2" = 0 ]; then
		echo "ok   $1: $(tail -n 1 "$3")"
		passed=$((passed + 1))
	else
		echo "FAIL $1"
		sed 's/^/     /' "$3"
		failed=$((failed + 1))
	fi
}

prove() {
	"$@" </dev/null >"$work/said" 2>&1
	told "$*" $? "$work/said"
}

# Side by side: for what takes a processor and asks nobody how long. They are
# told by settle().
aside() {
	n=$((n + 1))
	echo "$*" >"$work/$n.name"
	("$@" </dev/null >"$work/$n.said" 2>&1; echo $? >"$work/$n.code") &
}
settle() {
	wait
	i=0
	while [ $((i += 1)) -le "$n" ]; do
		told "$(cat "$work/$i.name")" "$(cat "$work/$i.code")" \
		    "$work/$i.said"
	done
	n=0
}

prove timeout 1200 tests/house/20-killed-at-any-moment.sh "$build"
prove timeout 600 tests/house/prove-short-turns.sh "$build"
prove timeout 900 tests/house/prove-loaded-loop.sh "$build"
prove timeout 900 tests/house/prove-leaks.sh "$build"
prove timeout 900 tests/house/prove-reloads.sh "$build"
prove timeout 3600 tests/house/prove-soak.sh "$build"
aside env SCORE_SECONDS="${SCORE_SECONDS:-300}" timeout 3600 \
    tests/house/43-strict-owners.sh "$build"
aside timeout 1200 "$build/tests/spool/states"
aside timeout 1200 "$build/tests/spool/model"
aside timeout 1200 "$build/tests/sim/sim" --sources 200 --days 30 \
    --seeds "${SEEDS:-20}"
aside timeout 1800 tests/house/prove-package.sh
settle
prove timeout 1200 "$build/tests/sim/sim" --cost
sed 's/^/     /' "$work/said"
prove tests/fuzz/run.sh build-sanitize-fuzzer-clang "${FUZZ_SECONDS:-60}"
# The daemon under the thread sanitizer; a race ends it, and so fails the play.
export DATELINED=build-sanitize-thread/datelined
export TSAN_OPTIONS="halt_on_error=1 suppressions=tests/thread.supp"
for play in 10-the-news-flows 30-evil-plugins 60-reload 65-the-spool-is-kept \
    93-web; do
	prove timeout 300 tests/house/$play.sh "$build"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
