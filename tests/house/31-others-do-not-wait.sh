#!/bin/bash
# Forty pages that a plugin never comes back from, and five agencies: whose
# pages have cost a worker does not get all workers, so that the agencies are
# all in when few of the forty have had their turn.
. tests/house/play.sh

wire --every 0
agencies
setting workers = 2
{
	for n in $(seq 40); do
		echo "feed = http://odd.localhost:@PORT@/rss/spin-$n.rss"
	done
	echo "allow_private = yes"
	echo "patience = 5s"
} | source_file spin
daemon
until_so 150 all_is_held
status_is '.entries.quarantined <= 8' ||
    fail "the agencies have waited for $(jq .entries.quarantined <<<"$status")"
until_so 60 status_is 'any(.plugins[]; .plugin == "spin" and .lost > 0)'
