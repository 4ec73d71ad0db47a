#!/bin/sh
# run.sh BUILD: how fast the spool is, on the disk that BUILD is on, and in
# memory. What it needs for that is removed when it ends.
cd "$(dirname "$0")/../.." || exit 1
build=$1
folder=$(mktemp -d "$build/bench.XXXXXX") || exit 1
memory=$(mktemp -d /dev/shm/dateline-bench.XXXXXX 2>/dev/null)
trap 'rm -rf "$folder" $memory' EXIT
trap 'exit 1' INT TERM
# shellcheck disable=SC2086
"$build/bench-spool" "$build" "$folder" $memory
