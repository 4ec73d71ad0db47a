#!/bin/bash
# Each evil plugin costs its page, which is kept in quarantine with a reason,
# and nothing else: the five agencies come in all the same.
. tests/house/play.sh

wire --every 0
agencies
for evil in crash spin memory heap files network process liar long; do
	source_file "$evil" <<CONF
feed = http://odd.localhost:@PORT@/rss/$evil.rss
allow_private = yes
CONF
done
echo 'patience = 2s' >>"$work/sources.d/spin.conf"
daemon
until_so 60 all_is_held
until_so 60 status_is '.entries.quarantined == 9 and .entries.pending == 0'

# The sanitizers need so much room that the process' own limit is off there.
heap='no more after|crashed|ended by itself'
case $build in *sanitize*) heap='nobody has stopped it' ;; esac

# name of the plugin, and what the reason has to say
while read -r evil reason; do
	jq -s -e --arg source "$evil" --arg reason "$reason" \
	    'any(.[]; .source == $source and (.reason | test($reason)))' \
	    "$work"/state/quarantine/*.json >/dev/null ||
	    fail "$evil: not in quarantine, or not because of \"$reason\""
done <<REASONS
crash crashed: Segmentation fault|ended by itself
spin patience
memory more memory than a worker may have
heap $heap
files Operation not permitted
network bad system call|ended by itself
process bad system call|ended by itself
liar broke the protocol
long too-big: a record that is longer than max_line
REASONS
[ "$(find "$work/state/quarantine" -name '*.page' -size +0 | wc -l)" = 9 ] ||
    fail "the pages themselves are not kept"
status_is '[.sources[] | select(.source | test("v|xinhua|azertac"))
    | .quarantined] | add == 0' || fail "another source lost a page"
