#!/bin/bash
# What an operator asks of a source: to be looked at now, to rest, also after a
# restart and a reload, and to go on.
. tests/house/play.sh

ask() { "$build/dateline" "$1" --conf "$work/datelined.conf" "${@:2}" >"$work/said" 2>&1; }
of() { printf '.sources[] | select(.source == "%s") | %s' "$1" "$2"; }
polls() {
	"$build/dateline" status --json --conf "$work/datelined.conf" |
	    jq "$(of "$1" .polls)"
}

mine() { [ "$(truth | grep -E '^(vgp|vns):')" = "$(held)" ]; }

wire --every 0
agencies vgp vns
setting interval = 1h
daemon
until_so 60 status_is "[.sources[].polls] | min > 0"
until_so 60 mine

say "who has said all is answered all the same"
half() { # WORD: and nothing more is written
	python3 - "$work/control" "$1" <<-'PYTHON'
	import socket, sys
	with socket.socket(socket.AF_UNIX) as daemon:
	    daemon.connect(sys.argv[1])
	    daemon.sendall(sys.argv[2].encode() + b"\n")
	    daemon.shutdown(socket.SHUT_WR)
	    print(daemon.makefile().read(), end="")
	PYTHON
}
for word in status metrics 'pause vns' 'resume vns' reload; do
	for _ in 1 2 3; do
		half "$word" | jq -e 'type == "object"' >/dev/null ||
		    fail "no answer to $word"
	done
done

say "now"
[ "$(stat -c %a "$work/control")" = 660 ] || fail "who may ask? $(stat -c %a "$work/control")"
before=$(polls vgp) others=$(polls vns)
ask poll vgp || fail "$(cat "$work/said")"
grep -qx 'vgp: feeds asked now: [1-9]' "$work/said" || fail "$(cat "$work/said")"
until_so 20 status_is "$(of vgp ".polls > $before")"
[ "$(polls vns)" = "$others" ] || fail "another is asked, too"
ask poll nobody && fail "a source that there is not"
grep -q 'nobody: there is no such source' "$work/said" || fail "$(cat "$work/said")"
ask poll; [ $? = 64 ] || fail "no name, and no usage"

say "also while the configuration is wrong"
echo 'intervall = 1s' >>"$work/datelined.conf"
ask poll vgp || fail "$(cat "$work/said")"
ask reload; [ $? = 78 ] || fail "a bad configuration is taken"
sed -i '/^intervall/d' "$work/datelined.conf"

say "rest"
ask pause vgp || fail "$(cat "$work/said")"
status_is "$(of vgp '.state == "paused" and .next_poll == null')" ||
    fail "it is not paused, or looked at next"
ask poll vgp && fail "it is polled while it rests"
ask reload || fail "$(cat "$work/said")"
status_is "$(of vgp '.state == "paused"')" || fail "a reload has resumed it"
setting interval = 500ms
ask reload || fail "$(cat "$work/said")"
before=$(polls vgp) others=$(polls vns)
until_so 20 status_is "$(of vns ".polls > $others + 3")"
[ "$(polls vgp)" = "$before" ] || fail "it is looked at while it rests"

say "and after a restart"
kill -TERM "$daemon_pid"; daemon_ends
daemon
until_so 20 status_is "$(of vns ".polls > 3")"
status_is "$(of vgp '.state == "paused" and .polls == 0')" ||
    fail "a restart has resumed it"
for _ in 1 2 3 4 5; do
	ask_wire POST /publish >/dev/null
done

say "go on"
ask resume vgp || fail "$(cat "$work/said")"
ask poll vgp || fail "$(cat "$work/said")" # it was an hour to its turn
until_so 20 status_is "$(of vgp '.state == "fine" and .polls > 0')"
until_so 60 mine
