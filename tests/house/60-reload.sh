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
