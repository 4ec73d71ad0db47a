#!/bin/bash
# A source and an extractor are compiled again, with another version each time,
# put in the place of the old ones, and reloaded, again and again, while pages
# come and workers are replaced all the time: no page is lost, none comes twice,
# and records are stamped with ever newer versions. RELOADS says how often
# (default 50).
. tests/house/play.sh
reloads=${RELOADS:-50}

# A new file is renamed over the old one: see plugins/README.md.
rebuild() { # VERSION
	for plugin in rebuilt stamp; do
		cc -shared -fPIC -Iplugins -DEDITION="\"$1\"" \
		    "tests/house/rebuilt/$plugin.c" -o "$work/mine/$plugin.new" &&
		    mv "$work/mine/$plugin.new" "$work/mine/$plugin.so" ||
		    fail "$plugin $1 cannot be compiled"
	done
}
is_at_work() { # VERSION
	lines | tail -n 200 | grep -q "\"stamp $1\""
}

wire --every 0 --first 0
mkdir "$work/mine"
setting plugin_path = "$work/mine" "$PWD/$build/plugins"
setting pages_per_worker = 20
source_file bulk <<CONF
plugin = rebuilt
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 4
recheck = none
interval = 200ms
extractors = stamp
CONF
rebuild 0
daemon
until_so 20 daemon_is_ready
touch "$work/news"
while [ -e "$work/news" ]; do
	ask_wire POST /bulk/publish/20 >/dev/null
	sleep 0.05
done &
until_so 20 is_at_work 0
for version in $(seq "$reloads"); do
	rebuild "$version"
	"$build/dateline" reload --conf "$work/datelined.conf" ||
	    fail "version $version is refused"
	until_so 20 is_at_work "$version"
done
rm "$work/news"
wait $!
until_so 60 all_is_held
numbers_are_whole || fail "the numbers have holes"
status_is '.entries.quarantined == 0 and .workers.lost == 0' ||
    fail "pages were lost: $(grep -v reloaded "$work/log")"
lines | jq -s -e '[.[] | "\(.id) \(.revision)"] | length == (unique | length)' \
    >/dev/null || fail "a revision is there twice"

# A page that was with an old worker may come after the first one of a new one,
# but not after the second.
lines | jq -r '"\(.extractors[0] | ltrimstr("stamp ")) \(.extra.source_version)"' |
    awk '$1 + 1 < new || $2 + 1 < new { exit 1 } $1 > new { new = $1 }' ||
    fail "versions go back"
[ "$(lines | jq -r '.extractors[0]' | sort -u | wc -l)" = $((reloads + 1)) ] ||
    fail "a version has stamped nothing"
say "$reloads reloads, $(lines | wc -l) pages, $(jq .workers.started \
    <<<"$status") workers"
