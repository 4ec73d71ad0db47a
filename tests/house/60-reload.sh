#!/bin/bash
# `dateline reload` brings a new source in, refuses a bad configuration with 78
# and goes on with the old one; SIGHUP does the same without an answer.
. tests/house/play.sh
reload() { "$build/dateline" reload --conf "$work/datelined.conf"; }
records() { # SOURCE
	status_is "any(.sources[]; .source == \"$1\" and .records > 10)"
}

wire --every 0
agencies vgp
daemon
until_so 60 records vgp
agencies vns
reload || fail "a good configuration is refused"
until_so 60 records vns

echo 'intervall = 1s' >>"$work/sources.d/vns.conf"
complaint=$(reload 2>&1)
[ $? = 78 ] || fail "a bad configuration is not refused with 78"
case $complaint in
*'vns.conf:'*'did you mean "interval"'*) ;;
*) fail "the refusal does not say why: $complaint" ;;
esac
printf '[options]\nnonsense = 1\n' >>"$work/sources.d/vgp.conf"
agencies vns
complaint=$(reload 2>&1)
[ $? = 78 ] || fail "what the plugins refuse is not refused with 78"
case $complaint in
*'unknown key "nonsense"'*) ;;
*) fail "the plugins' refusal does not say why: $complaint" ;;
esac
agencies vgp
status_is '(.sources | length) == 2' || fail "the old configuration is gone"

agencies vns
agencies azertac
kill -HUP "$daemon_pid"
until_so 60 records azertac

# Sources that were there before kept their state: nothing came twice.
numbers_are_whole || fail "the numbers have holes"
lines | jq -s -e '[.[] | .id] | length == (unique | length)' >/dev/null ||
    fail "a reload brought records twice"

# Nor did they lose anything else: a turn that is an hour away, what their
# servers said last, and the connections to them.
setting distrust = 1000000
{
	cat tests/wire/sources.d/xinhua.conf
	echo 'interval = 1h'
} | source_file xinhua
reload || fail "a slow source is refused"
until_so 60 records xinhua
all_is_idle() { status_is '.entries.pending == 0 and .workers.working == 0'; }
until_so 60 all_is_idle
turns() {
	status_is true
	jq -c '.sources[] | select(.source == "xinhua") | [.feeds[].next_poll]' <<<"$status"
}
feeds='select(.host == "vgp.localhost" and (.path | endswith(".rss")))'
asked() { ask_wire GET /requests | jq -s "[.[] | $feeds] | length"; }
later() { [ "$(asked)" -gt $((before + ${1:-0})) ]; }
connections() { # the daemon's to the wire, by their inodes
	readlink /proc/"$daemon_pid"/fd/* |
	    sed -n 's/^socket:\[\(.*\)\]$/\1/p' | sort >"$work/sockets"
	awk -v port="$(printf ':%04X' "$port")" \
	    'substr($3, length($3) - 4) == port && $4 == "01" { print $10 }' \
	    /proc/net/tcp /proc/net/tcp6 | sort | comm -12 - "$work/sockets"
}
turns=$(turns) generation=$(jq .generation <<<"$status")
connections >"$work/connections"
[ -s "$work/connections" ] || fail "there are no connections to keep"
before=$(asked)
reload || fail "a reload of nothing is refused"
status_is ".generation == $generation + 1" || fail "the generation is the same"
[ "$(turns)" = "$turns" ] || fail "turns were $turns, and are $(turns)"
until_so 60 later 8
ask_wire GET /requests | jq -s -e "[.[] | $feeds][$before:] |
    all(.[]; .if_none_match or .if_modified_since != null)" >/dev/null ||
    fail "feeds are asked without their validators"
connections | comm -12 - "$work/connections" | grep -q . ||
    fail "no connection was kept"
