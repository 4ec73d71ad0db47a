#!/bin/sh
# run.sh BUILD SECONDS [NAME]: each fuzzer for that time, a line each, and what it
# found; as many at once as there are processors. What it needs on the way goes
# away; what it found stays in BUILD/found.
cd "$(dirname "$0")/../.." || exit 1
build=$1 seconds=$2
mkdir -p "$build/found"

if [ $# -eq 2 ]; then
	for source in tests/fuzz/*.c; do
		basename "$source" .c
	done | xargs -n 1 -P "$(nproc)" "$0" "$build" "$seconds"
	exit
fi

name=$3
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)" \
    dateline-fuzz-XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export TMPDIR="$work"
mkdir "$work/$name"

# Seeds are only read: what is new goes to the first folder.
if "$build/fuzz/$name" -max_total_time="$seconds" -max_len=4096 \
    -timeout=20 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$build/found/$name-" \
    "$work/$name" "tests/fuzz/corpus/$name" >"$work/log" 2>&1 </dev/null
then
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log")
	echo "ok   fuzz/$name: $runs runs"
	exit
fi
{
	echo "FAIL fuzz/$name"
	tail -n 40 "$work/log" | sed 's/^/     /'
	for found in "$build/found/$name"-*; do
		[ -f "$found" ] && echo "     kept: $found"
	done
}
exit 1
