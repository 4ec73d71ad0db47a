#!/bin/bash
# SOAK_PAGES pages (default 40000) pour in, a portion of 250 at a time, while
# somebody looks at /live and /metrics are read at each portion: from a tenth of
# them on the daemon's resident memory and its file descriptors stay as they are,
# within 5 %; the daemon never takes 40 MB, nor a worker 80; at the end no
# descriptor and no child is left. The marks are numbers of pages, not times.
#
# What settles first, within some 4000 pages, is bounded: the cache of the state
# (2 MiB, SQLite's default), and what malloc has put by in its arenas, one for
# each thread. What is in use of them stays as it is.
. tests/house/play.sh
pages=${SOAK_PAGES:-40000}
portion=250 connections=8
most_daemon=40000000 most_worker=80000000

number_of() { # FIELD PID: of its status, in bytes; 0 for who has ended
	awk -v field="$1:" '$1 == field { n = $2 * 1024 } END { print n + 0 }' \
	    "/proc/$2/status" 2>/dev/null || echo 0
}
workers() { pgrep -P "$daemon_pid"; }

# Those to the wire, which are kept as long as they may be used again.
connections() {
	awk -v there="$(printf ':%04X$' "$port")" \
	    '$3 ~ there && ($4 == "01" || $4 == "08") { n++ } END { print n + 0 }' \
	    /proc/net/tcp
}
descriptors() { # but those
	echo $(($(find "/proc/$daemon_pid/fd" -type l | wc -l) - $(connections)))
}

come() { # NUMBER: so many records are there
	until_so 120 status_is ".sources[0].records >= $1"
}

# PAGES, memory and descriptors of the daemon; of the workers the most that one
# of them ever took.
mark() {
	for pid in $(workers); do
		took=$(number_of VmHWM "$pid")
		[ "$took" -le "$worker" ] || worker=$took
	done
	[ "$(connections)" -le $((connections + 1)) ] ||
	    fail "$(connections) connections to one host"
	echo "$1 $(number_of VmRSS "$daemon_pid") $(descriptors)" >>"$work/marks"
}

# From a tenth on within 5 % of what it was there.
flat() { # WHAT COLUMN
	awk -v what="$1" -v column="$2" -v from=$((pages / 10)) '
	    $1 < from { next }
	    !first { first = $column }
	    $column * 100 > first * 105 {
		print what, "grew from", first, "to", $column, "by page", $1
		exit 1
	    }' "$work/marks" >"$work/said" || {
		cat "$work/marks"
		fail "$(cat "$work/said")"
	}
}
of_mark() { # PAGES COLUMN
	awk -v from="$1" -v column="$2" '$1 >= from { print $column; exit }' \
	    "$work/marks"
}

setting web = 127.0.0.1:0
setting segment_bytes = 1MiB
wire --every 0 --first 0 --shown $((2 * portion))
source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = $connections
CONF
daemon
until_so 20 daemon_is_ready
web=$("$build/dateline" status --json --conf "$work/datelined.conf" | jq -r .web)
curl -sN "${web}live" >/dev/null &
other_pid=$!

worker=0 came=0
began=$(date +%s)
while [ "$came" -lt "$pages" ]; do
	curl -sf "${web}metrics" >/dev/null || fail "no metrics"
	ask_wire POST "/bulk/publish/$portion" >/dev/null ||
	    fail "the wire does not publish"
	came=$((came + portion))
	come "$came"
	mark "$came"
done
seconds=$(($(date +%s) - began))
flat "the daemon's memory" 2
flat "the number of its file descriptors" 3
daemon=$(number_of VmHWM "$daemon_pid")
[ "$daemon" -lt "$most_daemon" ] || fail "the daemon took $daemon bytes"
[ "$worker" -lt "$most_worker" ] || fail "a worker took $worker bytes"

# Nobody looks on any more, and nothing comes.
kill "$other_pid"
wait "$other_pid" 2>/dev/null
other_pid=
none_more() { [ "$(descriptors)" -le "$(of_mark 1 3)" ]; }
until_so 40 none_more
left=$(workers)
[ "$(wc -w <<<"$left")" -le 3 ] || fail "these are left: $left"
numbers_are_whole || fail "the numbers have holes"
kill -TERM "$daemon_pid"
daemon_ends || fail "the daemon ended with $?"
for pid in $left; do
	[ ! -e "/proc/$pid" ] || fail "worker $pid is left"
done
say "$came pages, $((came / (seconds + 1))) a second: the daemon took" \
    "$(of_mark 1 2) bytes at first, $(of_mark $((pages / 10)) 2) at a tenth," \
    "$(of_mark "$pages" 2) at the end, $daemon at most; a worker $worker at" \
    "most; $(of_mark $((pages / 10)) 3) descriptors at a tenth," \
    "$(of_mark "$pages" 3) at the end"
