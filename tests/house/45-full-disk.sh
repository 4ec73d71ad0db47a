#!/bin/bash
# The spool's disk, of 8 MiB, is filled to the brim. Fetching pauses, readers are
# served, and status says so all the while; when there is room again everything
# goes on, and nothing is lost. Where retention may make room, it does, but not
# at the cost of a consumer.
[ -n "${OWN_MOUNTS:-}" ] || exec env OWN_MOUNTS=1 unshare -Urm "$0" "$@"
. tests/house/play.sh
mount -t tmpfs -o size=8m spool "$work/spool" || fail "no small disk"
trap 'was=$?; umount -l "$work/spool"; (exit $was); end' EXIT
tail_() { "$build/dateline" tail --spool "$work/spool" "$@"; }
brim() { cat /dev/zero >"$work/spool/ballast" 2>/dev/null; }
publish() { for _ in $(seq "$1"); do ask_wire POST /publish >/dev/null; done; }

wire --first 5 --every 0
agencies
setting segment_bytes = 4096B
setting retention_free = 0B
daemon
until_so 60 all_is_held
rest() { status_is '.spool.sealing | not'; }
until_so 60 rest	# what seals takes room, and gives it back

brim
publish 12
is_full() { status_is '.state | test("No space left")'; }
until_so 30 is_full
idle() { status_is '.network.under_way == 0 and .network.waiting == 0'; }
until_so 30 idle
status_of() { "$build/dateline" status --json --conf "$work/datelined.conf" | jq "$1"; }
requests=$(status_of .network.requests) now=$(status_of .uptime)
later() { is_full && status_is ".uptime > $now + 2"; }
until_so 30 later
[ "$(status_of .network.requests)" = "$requests" ] || fail "it goes on fetching"
# One of the twelve may have found room behind the last line.
[ "$(lines | wc -l)" = "$(status_of .spool.last_seq)" ] ||
    fail "readers are not served: $(lines | wc -l) lines, $(status_of .spool)"

rm "$work/spool/ballast"
until_so 60 all_is_held
until_so 30 status_is '.state == "fine"'
numbers_are_whole || fail "the numbers have holes"
[ "$(grep -c 'fetching pauses' "$work/log")" = 1 ] || fail "it is not told once"

# A disk that another fills up: the oldest segments go, as far as a consumer has
# acknowledged them.
tail_ --consumer slow >/dev/null
publish 12
until_so 60 all_is_held
all=$(lines | wc -l)
head -c 7500k /dev/zero >"$work/spool/ballast"
setting retention_free = 1MiB
"$build/dateline" reload --conf "$work/datelined.conf" || fail "reload"
publish 1
kept() { status_is ".spool.oldest_seq > 1"; }
until_so 90 kept
tail_ --from 1 -o json | head -n 1 | jq -e '.kind == "gap" and .from == 1' >/dev/null ||
    fail "no gap is told"
[ "$(tail_ --consumer slow | jq -r .kind | sort -u)" = record ] ||
    fail "a consumer lost lines"
came() { lines | tail -n 1 | jq -e ".seq > $all"; }
until_so 60 came
