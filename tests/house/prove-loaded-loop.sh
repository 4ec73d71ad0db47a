#!/bin/bash
# While news pours in from hundreds of sources and by the portion, four clients
# ask for /metrics, /status.json and / without a pause, two look at /live, and
# the tool asks for the status and has all reloaded, again and again: after the
# warm-up no turn of the daemon's loop takes more than 20 ms of its thread's CPU
# time. TURNS says over how many turns (default 2000), LOADED_SOURCES how many
# there are, RELOADS how often all is reloaded (default 50).
. tests/house/play.sh
most=${TURN_MS:-20}
sources=${LOADED_SOURCES:-500}
reloads=${RELOADS:-50}

client() {
	while [ -e "$work/asking" ]; do
		for path in metrics status.json ''; do
			curl -sf -o /dev/null "$web$path" &&
			    echo "/$path" >>"$work/asked"
		done
	done
}
pour() {
	while [ -e "$work/asking" ]; do
		ask_wire POST /bulk/publish/20 >/dev/null
		sleep 0.1
	done
}
asked() { grep -c . "$work/asked"; }
records() { # NUMBER
	status_is "any(.sources[]; .source == \"bulk\" and .records >= $1)"
}

setting web = 127.0.0.1:0
setting interval = 2s
wire --every 0.5 --shown 400
agencies
source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 4
interval = 500ms
CONF
for n in $(seq "$sources"); do
	source_file "odd-$n" <<CONF
plugin = feed
zone = UTC
feed = http://odd.localhost:@PORT@/rss/n-$n.rss
allow_private = yes
CONF
done
daemon
until_so 60 daemon_is_ready
web=$("$build/dateline" status --json --conf "$work/datelined.conf" | jq -r .web)
touch "$work/asking" "$work/asked"
pids=
for n in 1 2; do
	curl -sN "${web}live" >"$work/live$n" & pids="$pids $!"
done
other_pid=$pids
for n in 1 2 3 4; do client & pids="$pids $!"; done
pour & pids="$pids $!"
other_pid=$pids
until_so 120 records 100
for n in $(seq "$reloads"); do
	"$build/dateline" reload --conf "$work/datelined.conf" >/dev/null ||
	    fail "reload $n is refused"
	"$build/dateline" status --conf "$work/datelined.conf" >/dev/null ||
	    fail "no status after reload $n"
done
until_so 240 status_is ".loop.turns > ${TURNS:-2000}"
until_so 240 records 1000
rm "$work/asking"
"$build/dateline" status --json --conf "$work/datelined.conf" >"$work/status"
longest=$(jq .loop.longest_ms "$work/status")
jq -e ".loop.longest_ms <= $most" "$work/status" >/dev/null ||
    fail "a turn took $longest ms: $(jq -c .loop "$work/status")"
[ "$(asked)" -ge "$reloads" ] || fail "they asked $(asked) times only"
for n in 1 2; do
	grep -q '^data: ' "$work/live$n" || fail "follower $n was told nothing"
done
say "$(jq .loop.turns "$work/status") turns, the longest $longest ms, with" \
    "$(jq '.sources | length' "$work/status") sources, $reloads reloads," \
    "$(asked) answers and" \
    "$(jq '[.sources[].records] | add' "$work/status") records"
