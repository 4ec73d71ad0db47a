#!/bin/sh
# cost.sh BUILD: instructions per KiB of texts that are dear, for 1 KiB of them,
# 32 KiB and 1 MiB, and the last one beside the first: cost is flat where that
# is 1. Ends with 1 where it is above AIM. Callgrind counts what is done within
# measured() of tests/bench/cost/main.c, and writes a file for each call.
cd "$(dirname "$0")/../.." || exit 1
build=$1
: "${AIM:=1.5}"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
valgrind --tool=callgrind --collect-atstart=no --toggle-collect=measured \
    --zero-before=measured --dump-after=measured \
    --callgrind-out-file="$work/out" "$build/bench-cost" "$build" \
    >"$work/texts" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

n=0
while IFS= read -r text; do
	n=$((n + 1))
	printf '%s\t%s\n' "$text" "$(sed -n 's/^totals: //p' "$work/out.$n")"
done <"$work/texts" >"$work/counts"
awk -F '\t' -v aim="$AIM" '
    NR == 1 { printf "%-9s %9s %9s %9s  %6s  of\n", "", "1 KiB", "32 KiB", "1 MiB", "ratio" }
    { cost[$3] = $4 / $3 }
    $3 == 1024 {
	ratio = cost[1024] / cost[1]
	above += ratio > aim
	printf "%-9s %9d %9d %9d  %6.2f  %s%s\n", $1, cost[1], cost[32],
	    cost[1024], ratio, $2, (ratio > aim) ? "  above" : ""
    }
    END {
	printf "instructions per KiB; aim: 1 MiB costs at most %s times as much for each as 1 KiB\n", aim
	exit NR == 0 || above > 0
    }' "$work/counts"
