#!/bin/bash
# What a plugin leaves behind in its worker is no other page's matter: statics
# are put back after each page, a worker that was leaked into is replaced, and
# the plugin is named in the log, once until the next reload, in the status, and
# by the tool.
. tests/house/play.sh

told() { # TIMES
	[ "$(grep -c 'plugin keeps keeps statics between pages' "$work/log")" = "$1" ] &&
	    [ "$(grep -c 'plugin leaky: 1.0 MiB more after' "$work/log")" = "$1" ]
}

wire --every 0 --first 0
source_file bulk <<CONF
plugin = leaky
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 4
extractors = keeps
CONF
setting workers = 1
ask_wire POST /bulk/publish/150 >/dev/null
daemon
until_so 60 all_is_held
[ "$(lines | jq -r .extra.kept | sort -u)" = "1 1 itself" ] ||
    fail "pages see what others left: $(lines | jq -r .extra.kept | sort -u)"
told 1 || fail "not told once"
status_is '[.plugins[] | {(.plugin): .}] | add |
    .leaky.leaks == 2 and .leaky.leak_bytes > 1048576 and .leaky.statics == 0
    and .keeps.leaks == 0 and .keeps.statics == 150 and
    .keeps.statics_bytes == 28' ||
    fail "the counts are others: $(jq -c .plugins <<<"$status")"
"$build/dateline" status --conf "$work/datelined.conf" |
    grep -q '^keeps  *0  *0  *150$' || fail "the status for people has none"

"$build/dateline" reload --conf "$work/datelined.conf" || fail "no reload"
ask_wire POST /bulk/publish/80 >/dev/null
until_so 60 all_is_held
told 2 || fail "not told once more after a reload"

# Who writes a plugin is told before it is at work anywhere.
curl -s "http://bulk.localhost:$port/story/000001.html" >"$work/page.html"
"$build/dateline" extract --conf "$work/datelined.conf" --source bulk \
    --url https://bulk.example/1 \
    "$work/page.html" "$work/page.html" >"$work/records" 2>"$work/said"
[ "$(wc -l <"$work/records")" = 2 ] || fail "the tool makes no records: $(cat "$work/said")"
[ "$(grep -c 'plugin keeps keeps statics between pages' "$work/said")" = 1 ] ||
    fail "the tool says $(cat "$work/said")"
