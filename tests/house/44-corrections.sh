#!/bin/bash
# Six hundred stories; five hundred are corrected, of which most do not show in
# the feed, and twenty withdrawn, by a 404, a 410 or a redirect to the front
# page: the spool has exactly these revisions. What is no news is counted, and
# brings no line.
. tests/house/play.sh

wire --every 0 --first 0
source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 4
recheck = 2s 4s 6s 9s 12s 16s 20s 25s 30s 40s 50s 60s 80s 100s 130s 160s 200s
CONF
bulk() { ask_wire POST "/bulk/$1" >/dev/null || fail "the wire does not $1"; }
bulk_counts() { # JQ-CONDITION on the source
	status_is "any(.sources[]; .source == \"bulk\" and ($1))"
}

of_bulk() { # JQ-EXPRESSION
	"$build/dateline" status --json --conf "$work/datelined.conf" |
	    jq -c ".sources[] | $1"
}

bulk publish/600
daemon
until_so 60 all_is_held
bulk_counts '.records == 600' || fail "not six hundred records"

# Looked at again, and nothing has changed: a 304, and no line.
until_so 60 bulk_counts '.rechecks > 0 and .rechecked_same > 0'
ask_wire GET /requests | jq -s -e 'any(.[]; .if_none_match and
    (.path | startswith("/story/")) and .status == 304)' >/dev/null ||
    fail "no page is looked at again with its validators"

bulk trivial/100
until_so 60 bulk_counts '.trivial == 100'
[ "$(lines | wc -l)" = 600 ] || fail "trifles bring lines"

bulk correct/500
bulk withdraw/20
until_so 120 all_is_held
# A withdrawal is a revision. Where the feed shows a correction that the ladder
# has brought already, the page is looked at once more, for nothing.
bulk_counts '.revisions == 520 and .withdrawn == 20 and .trivial <= 150' ||
    fail "the counts are others: $(of_bulk .)"

# Which, and of what kind.
ask_wire GET /truth | jq -r 'select(.source == "bulk" and .withdrawn) |
    "bulk:\(.key)"' | sort >"$work/withdrawn"
lines | jq -r 'select(.status == "withdrawn") | .id' | sort |
    cmp - "$work/withdrawn" || fail "others are withdrawn than should be"
[ "$(wc -l <"$work/withdrawn")" = 20 ] || fail "the wire has not withdrawn twenty"
lines | jq -s -e '[.[] | select(.revision == 2 and .status != "withdrawn")] |
    length == 500 and all(.[]; .changed | index("text"))' >/dev/null ||
    fail "corrections that do not say what has changed"
lines | jq -s -e '[.[] | select(.status == "withdrawn")] |
    length == 20 and all(.[]; has("text") | not)' >/dev/null ||
    fail "what is withdrawn is told once more"

# Quietly again: one more look at all of them brings no line.
trivial=$(of_bulk .trivial)
bulk trivial/580
until_so 120 bulk_counts ".trivial >= $trivial + 580"
[ "$(lines | wc -l)" = 1120 ] || fail "trifles bring lines"
numbers_are_whole || fail "the numbers have holes"
