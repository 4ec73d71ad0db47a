#!/bin/bash
# `dateline tail` follows, starts where it is told, filters, and prints for
# people or for programs.
. tests/house/play.sh
tail_() { "$build/dateline" tail --spool "$work/spool" "$@"; }

wire --every 0
agencies
"$build/dateline" tail -f --from oldest --spool "$work/spool" >"$work/followed" &
follower=$!
daemon
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
same() { lines | cmp -s - "$work/followed"; }
until_so 20 same
kill "$follower"

lines >"$work/all"
n=$(wc -l <"$work/all")
tail_ | cmp - <(tail -n 10 "$work/all") || fail "ten lines are the default"
tail_ -n 3 | cmp - <(tail -n 3 "$work/all") || fail "-n 3"
tail_ -n 0 | cmp - /dev/null || fail "-n 0"
tail_ --from 42 | cmp - <(tail -n +42 "$work/all") || fail "--from 42"
tail_ --from newest | cmp - /dev/null || fail "--from newest"
tail_ --from oldest --source vns |
    cmp - <(grep '"source":"vns"' "$work/all") || fail "--source vns"
tail_ -n 2 --source vns | cmp - <(grep '"source":"vns"' "$work/all" | tail -n 2) ||
    fail "-n 2 --source vns"
[ "$(tail_ --from oldest -o text | wc -l)" = "$n" ] || fail "-o text"
tail_ --from oldest -o text | grep -q 'VNS  *Hà Nội' || fail "agency and place"
tail_ --from oldest | head -n 1 >/dev/null
[ "${PIPESTATUS[0]}" = 141 ] || [ "${PIPESTATUS[0]}" = 0 ] || fail "a closed pipe"

# On a terminal it is for people, in colour, unless they say NO_COLOR.
terminal() { script -qec "$1 $build/dateline tail -n 1 --spool $work/spool" /dev/null </dev/null; }
terminal "" | grep -q "$(printf '\033')\[" || fail "no colour on a terminal"
terminal NO_COLOR=1 | grep -q "$(printf '\033')\[" && fail "colour in spite of NO_COLOR"

# The time of the word is up: the daemon ends within ten seconds, with 0.
kill -TERM "$daemon_pid"
timeout 10 tail --pid="$daemon_pid" -f /dev/null || fail "it does not end"
daemon_ends || fail "it ends with $?"
