#!/bin/bash
# What a new source brings: its backfill and no more, also when its first look
# fails; what comes later, all of it. Name and password in a feed's url, and a
# header of the source's own, are for that site alone: no log, no state, no line
# and no status has them.
. tests/house/play.sh

wire --every 0
source_file some <<CONF
plugin = feed
zone = UTC
feed = http://reader:Xyzzy@bulk.localhost:@PORT@/feed.rss
header = X-Secret: Plugh
backfill = 3
allow_private = yes
CONF
source_file none <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss?none
backfill = none
allow_private = yes
CONF
ask_wire POST /bulk/publish/20 >/dev/null
ask_wire POST /hosts/bulk.localhost/500 >/dev/null
setting keep_pages = 0s
setting retry = 50ms
daemon
failing() { status_is "all(.sources[]; .state == \"failing\" and .class == \"http-5xx\")"; }
until_so 30 failing
ask_wire POST /hosts/bulk.localhost/200 >/dev/null
settled() { status_is "([.sources[] | select(.source == \"$1\") | .records] == [$2]) and
    .entries.pending == 0 and all(.sources[]; .state != \"failing\")"; }
until_so 60 settled some 3
until_so 60 settled none 0
[ "$(lines | jq -r .id | sort | tail -n 1)" = some:000019 ] ||
    fail "these are not the newest"
# Else the two would find the same stories.
sed -i '1i enabled = no' "$work/sources.d/none.conf"
"$build/dateline" reload --conf "$work/datelined.conf" || fail "no reload"
ask_wire POST /bulk/publish/5 >/dev/null
until_so 60 settled some 8

kill "$daemon_pid"
daemon_ends || fail "it does not end well"
"$build/dateline" tail --from oldest -o json --spool "$work/spool" >"$work/lines"
if grep -raliE 'Xyzzy|Plugh' "$work/log" "$work/state" "$work/lines"; then
	fail "a secret is told"
fi
grep -q 'http://bulk.localhost' "$work/lines" || fail "feeds are not told at all"
