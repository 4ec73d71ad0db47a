#!/bin/bash
# Twelve thousand pages by a plugin that leaks a mebibyte a page, and over their
# records an extractor that keeps statics: the memory of daemon and workers is
# at the end what it was at a third, both plugins are named, once, no page sees
# what another one left, and none is lost. LEAKED_PAGES says how many (default
# 12000).
. tests/house/play.sh
pages=${LEAKED_PAGES:-12000}

memory() { # PROCESS...: KiB
	for pid; do
		sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' \
		    "/proc/$pid/status" 2>/dev/null
	done | awk '{ sum += $1 } END { print sum + 0 }'
}

# Until so many records have come; then $most is the most that daemon and
# workers have taken on the way, in KiB, and $daemon what the daemon takes.
come() {
	most=0
	limit=$(($(date +%s) + 300))
	until status_is ".sources[0].records >= $1"; do
		[ "$(date +%s)" -lt "$limit" ] || fail "no $1 records came"
		# shellcheck disable=SC2046
		now=$(memory "$daemon_pid" $(pgrep -P "$daemon_pid"))
		[ "$now" -le "$most" ] || most=$now
	done
	daemon=$(memory "$daemon_pid")
}

flat() { # WHAT AT-A-THIRD AT-THE-END
	[ "$(($3 * 10))" -le "$(($2 * 12))" ] ||
	    fail "the memory of $1 grew from $2 KiB to $3 KiB"
}

wire --every 0 --first 0
ask_wire POST "/bulk/publish/$pages" >/dev/null ||
    fail "the wire does not publish"
source_file bulk <<CONF
plugin = leaky
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 8
recheck = none
extractors = keeps
CONF
daemon
until_so 20 daemon_is_ready
come $((pages / 6))
come $((pages / 3))
third=$most daemon_third=$daemon
come $((pages * 5 / 6))
come "$pages"
flat "daemon and workers" "$third" "$most"
flat "the daemon" "$daemon_third" "$daemon"
until_so 60 all_is_held
numbers_are_whole || fail "the numbers have holes"

kept=$(lines | jq -r .extra.kept | sort -u)
[ "$kept" = "1 1 itself" ] ||
    fail "pages see what others left: $(head -n 3 <<<"$kept")"
for told in 'plugin leaky: 1.0 MiB more after each page: its worker is replaced' \
    'plugin keeps keeps statics between pages (28 bytes): they are put back'; do
	[ "$(grep -cF "$told" "$work/log")" = 1 ] ||
	    fail "not told once: $told"
done
status_is "[.plugins[] | {(.plugin): .}] | add |
    .leaky.lost + .keeps.lost == 0 and .leaky.leaks > 0 and
    .keeps.statics >= $pages" ||
    fail "the counts are others: $(jq -c .plugins <<<"$status")"
say "$pages pages, $(jq '.plugins[] | select(.leaks > 0).leaks' <<<"$status")" \
    "workers replaced; at most $third KiB up to a third, $most at the end, the" \
    "daemon's $daemon_third and $daemon"
