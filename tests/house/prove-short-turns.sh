#!/bin/bash
# While one worker loops and another crashes, again and again, and five agencies
# come in: after the warm-up no turn of the daemon's loop takes more than 20 ms
# of its thread's CPU time. TURNS says over how many turns (default 2000).
. tests/house/play.sh
most=${TURN_MS:-20}

wire --every 0.2
agencies
setting workers = 3
setting interval = 100ms
for evil in crash spin; do
	{
		for n in $(seq 40); do
			echo "feed = http://odd.localhost:@PORT@/rss/$evil-$n.rss"
		done
		echo "allow_private = yes"
		echo "patience = 500ms"
		echo "interval = 1s"
	} | source_file "$evil"
done
daemon
until_so 240 status_is ".loop.turns > ${TURNS:-2000} and .workers.lost >= 80"
until_so 60 all_is_held
"$build/dateline" status --json --conf "$work/datelined.conf" >"$work/status"
longest=$(jq .loop.longest_ms "$work/status")
jq -e ".loop.longest_ms <= $most" "$work/status" >/dev/null ||
    fail "a turn took $longest ms"
say "$(jq .loop.turns "$work/status") turns, the longest $longest ms, with" \
    "$(jq .workers.lost "$work/status") workers lost"
