#!/bin/bash
# The daemon keeps its spool in order: finished segments are sealed and say the
# same as before, old ones go, and the state can be made anew from the spool.
. tests/house/play.sh
verified() { "$build/dateline" verify --json --spool "$work/spool" | jq -e "$1"; }

wire --every 0
agencies
setting segment_bytes = 4096B
daemon
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
all_are_sealed() { verified '.segments > 3 and .sealed == .segments - 1'; }
until_so 60 all_are_sealed
numbers_are_whole || fail "the numbers have holes"
lines >"$work/all"
zstdcat "$work"/spool/*.zst | cmp - "$work/all" || fail "zstdcat says otherwise"
until_so 20 status_is '.spool.sealing | not'
grep -q 'segments* sealed: ' "$work/log" || fail "the log does not say so"

# A state that is lost, or not believed any more. Not under a running daemon.
rebuild() { "$build/dateline" state rebuild --conf "$work/datelined.conf"; }
rebuild 2>>"$work/log"
[ $? = 75 ] || fail "the state is rebuilt under a running daemon"
kill -TERM "$daemon_pid"
daemon_ends || fail "it ends with $?"
rm -rf "$work/state/"state.sqlite*
echo nonsense >"$work/state/state.sqlite"
rebuild 2>>"$work/log" || fail "the state cannot be made from the spool"
[ "$(cat "$work/state/state.sqlite.old")" = nonsense ] || fail "the old one is gone"
daemon
until_so 60 status_is '[.sources[].polls] | min > 1'
until_so 60 status_is '.entries.pending == 0 and .workers.working == 0'
lines | cmp - "$work/all" || fail "lines came twice"

# What is too much goes, the oldest first, and readers are told.
setting retention_bytes = 8KiB
"$build/dateline" reload --conf "$work/datelined.conf" || fail "reload"
until_so 60 status_is '.spool.bytes <= 12288 and .spool.oldest_seq > 1'
from_one() { "$build/dateline" tail --from 1 -o json --spool "$work/spool"; }
first=$(from_one | head -n 1)
jq -e '.kind == "gap" and .from == 1' <<<"$first" >/dev/null || fail "no gap: $first"
from_one | tail -n +2 | cmp - <(tail -n +$(($(jq .to <<<"$first") + 1)) "$work/all") ||
    fail "what is left is not what was"
