#!/bin/bash
# Pages that no plugin understands lie in quarantine: `dateline quarantine` lists
# and shows them, also what the worker says of them now; when the plugin is
# mended a retry makes records of them, each once, also of a story that goes on
# elsewhere, and of those that a daemon had at hand when it was killed. What is
# not understood stays. A page that is older than its story's record changes
# nothing. What is cleared away is gone, with a daemon or without, and the
# status has the right numbers.
. tests/house/play.sh
dateline() { command=$1; shift; "$build/dateline" "$command" --conf "$work/datelined.conf" "$@"; }
quarantine() { act=$1; shift; "$build/dateline" quarantine "$act" --conf "$work/datelined.conf" "$@"; }
plugin() { # FLAG...: it takes the place of the one that is there
	cc -shared -fPIC -Iplugins "$@" tests/house/mast/mast.c -o "$work/new.so" ||
	    fail "the plugin does not build"
	mv "$work/new.so" "$work/mine/mast.so"
}
breaks() { plugin -DBEFORE && dateline reload || fail "reload"; }
mended() { plugin && dateline reload || fail "reload"; }
bulk() { ask_wire POST "/bulk/$1" >/dev/null || fail "the wire does not $1"; }
names() { quarantine list --json "$@" | jq -r .name; }
are_in() { # NUMBER: in the status and in the folder
	status_is ".entries.quarantined == $1 and .entries.pending == 0" &&
	    [ "$(names | wc -l)" = "$1" ]
}
held_ids() { lines | jq -r 'select(.source == "bulk") | .id' | sort -u; }
each_is_held() { [ "$(held_ids)" = "$(truth | sed 's/ .*//')" ]; }
no_line_twice() {
	lines | jq -s -e '[.[] | "\(.id) \(.revision)"] | length == (unique | length)' \
	    >/dev/null || fail "a line came twice"
	numbers_are_whole || fail "the numbers have holes"
}
second_goes() { # times of pages are that exact
	second=$(date +%s)
	next_second() { [ "$(date +%s)" -gt "$second" ]; }
	until_so 10 next_second
}

mkdir "$work/mine"
plugin -DBEFORE
wire --first 0 --every 0
bulk publish/20
setting "plugin_path = $PWD/$build/plugins $PWD/$build/evil $work/mine"
for feed in bulk:mast:bulk.localhost:/feed.rss part:mast:odd.localhost:/rss/part.rss \
    crash:crash:odd.localhost:/rss/crash.rss; do
	IFS=: read -r name plugin host path <<EOF
$feed
EOF
	source_file "$name" <<EOF
plugin = $plugin
feed = http://$host:@PORT@$path
allow_private = yes
connections = 4
recheck = none
EOF
done
daemon
until_so 60 are_in 22

# The list.
quarantine list >"$work/list" || fail "list ends with $?"
[ "$(tail -n 1 "$work/list" | cut -d, -f1)" = "22 pages" ] ||
    fail "the sum: $(tail -n 1 "$work/list")"
[ "$(grep -v '^    http' "$work/list" | LC_ALL=C.UTF-8 wc -L)" -le 80 ] ||
    fail "a row is longer than 80 columns: $(cat "$work/list")"
[ "$(grep -c '  bulk    *no <div class=mast> at http://bulk' "$work/list")" = 20 ] ||
    fail "the reasons: $(cat "$work/list")"
quarantine list --json >"$work/pages"
jq -s -e --arg port "$port" '
    length == 22 and (map(.kept) == (map(.kept) | sort | reverse)) and
    all(.[]; .name and .id and .bytes > 0 and .fetched <= .kept) and
    ([.[] | select(.source == "bulk")] | all(.[]; .tries == 3 and
	(.url | startswith("http://bulk.localhost:\($port)/story/")))) and
    ([.[] | select(.source == "crash") | .tries] == [1])' "$work/pages" >/dev/null ||
    fail "the list in JSON: $(cat "$work/pages")"
[ "$(quarantine list --source crash --json | wc -l)" = 1 ] || fail "--source"

# One of them.
name=$(names --source bulk | head -n 1)
short=$(printf '%s' "${name##*-}" | cut -c 1-8)
grep -q "^$short " "$work/list" || fail "$short is not in the list"
quarantine show "$short" >"$work/shown"
[ $? = 65 ] || fail "what is not understood is no 65"
grep -q '^now      not understood: no <div class=mast> at http://bulk' "$work/shown" &&
    grep -q '^tries    3$' "$work/shown" &&
    grep -q "^file     $work/state/quarantine/$name.page, [0-9]* bytes, text/html, charset utf-8$" "$work/shown" ||
    fail "it shows: $(cat "$work/shown")"
quarantine show --page "$short" >"$work/page" || fail "show --page ends with $?"
cmp -s "$work/page" "$work/state/quarantine/$name.page" || fail "these are other bytes"
url=$(quarantine show "$name" --json | jq -r .url)
curl -sf "$url" | cmp -s - "$work/page" || fail "the wire has other bytes"
quarantine show "$(names --source crash)" | grep -q '^now      not understood: plugin crash: the worker died' ||
    fail "a crash now is not told"
quarantine show nobody 2>/dev/null
[ $? = 66 ] || fail "a page that is not there is no 66"

# Nothing is mended: nothing is understood, and that is written down.
quarantine retry "$short" >"$work/out"
[ $? = 65 ] || fail "a retry in vain is no 65"
head -n 1 "$work/out" | grep -qx '1 page, 0 lines appended, 1 not understood' &&
    grep -q "^$short .*mast" "$work/out" || fail "it says: $(cat "$work/out")"
quarantine show "$short" | grep -q '^tries    4$' || fail "the try is not counted"
are_in 22 || fail "there are others now"
[ "$(lines | wc -l)" = 0 ] || fail "there is a line"

# Mended: first seen in the tool's own worker, then by the daemon's. One story
# is corrected and fetched before its old page is looked at once more.
second_goes
plugin
quarantine show "$short" >"$work/shown" || fail "it is not understood: $(cat "$work/shown")"
sed '1,/^now      understood$/d' "$work/shown" | jq -e '.source == "bulk" and .text' >/dev/null ||
    fail "it shows no record: $(cat "$work/shown")"
dateline reload || fail "reload"
bulk correct/10
one_line() { [ "$(lines | jq -r .id)" = bulk:000009 ]; }
until_so 60 one_line
old=$(quarantine list --json | jq -r 'select(.id == "bulk:000009") | .name')
[ -n "$old" ] || fail "its old page has gone by itself"
status_is '.entries.quarantined == 21' || fail "it counts as one in quarantine"
[ "$(quarantine retry "$old")" = "1 page, 0 lines appended" ] ||
    fail "an old page is believed"
are_in 21 || fail "the old page has not left"
said=$(quarantine retry --source bulk) || fail "retry ends with $?"
[ "$said" = "19 pages, 19 lines appended, from line 2 on" ] || fail "it says: $said"
are_in 2 || fail "the status has other numbers"
[ -z "$(find "$work/state/quarantine" -name 'bulk-*')" ] || fail "files are left"
each_is_held || fail "these are other stories"
lines | jq -s -e --slurpfile pages "$work/pages" '
    ($pages | map({(.id): .fetched[:19]}) | add) as $fetched |
    all(.[]; .revision == 1 and .published) and
    all(.[1:][]; .fetched[:19] == $fetched[.id])' >/dev/null ||
    fail "the pages were fetched at other times"
[ "$(quarantine retry --source bulk --json)" = \
    '{"ok":true,"pages":0,"lines":0,"failed":0}' ] || fail "a second retry does something"
no_line_twice

# A story that goes on elsewhere: the rest is fetched. The crash stays.
quarantine retry >"$work/out"
[ $? = 65 ] || fail "a page that stays is no 65"
head -n 1 "$work/out" |
    grep -qx "2 pages, 1 line appended, from line 21 on, 1 not understood" ||
    fail "it says: $(cat "$work/out")"
[ "$(names)" = "$(names --source crash)" ] || fail "these have not left: $(quarantine list)"
ask_wire GET /requests | jq -s -e 'any(.[]; .path == "/page/part-2")' >/dev/null ||
    fail "the rest of the story was not fetched"
are_in 1 || fail "the status has other numbers"

# The daemon is killed at a retry: nothing is lost and nothing is doubled.
breaks
bulk publish/60
until_so 60 are_in 61
mended
quarantine retry --source bulk >/dev/null 2>&1 &
retry=$!
some() { [ "$(names | wc -l)" -lt 61 ]; }
until_so 60 some
kill -9 "$daemon_pid"
daemon_ends
wait "$retry"
quarantine retry --source bulk 2>"$work/complaint"
[ $? = 69 ] && grep -q 'is datelined running' "$work/complaint" ||
    fail "that no daemon runs is not told: $(cat "$work/complaint")"
daemon
until_so 60 status_is '.state == "fine"'
quarantine retry --source bulk >/dev/null || fail "retry ends with $?"
until_so 60 are_in 1
each_is_held || fail "a story is lost"
no_line_twice

# Retries while pages come into quarantine, and while the plugin is mended.
breaks
for _ in 1 2 3 4 5 6 7 8; do
	bulk publish/5
	quarantine retry --source bulk >/dev/null 2>&1
done
mended
let_out() { quarantine retry --source bulk >/dev/null; each_is_held && are_in 1; }
until_so 60 let_out
no_line_twice

# Clearing away.
breaks
bulk publish/4
until_so 60 are_in 5
quarantine clear >/dev/null 2>"$work/complaint"
[ $? = 64 ] && grep -q -- --all "$work/complaint" || fail "all is cleared by accident"
quarantine clear --all "$(names | head -n 1)" >/dev/null 2>&1
[ $? = 64 ] || fail "--all and a name are no 64"
[ "$(quarantine clear --older-than 1h)" = "0 pages cleared" ] || fail "--older-than 1h"
quarantine clear --older-than 1x 2>&1 | grep -q 'want a duration' ||
    fail "a duration that is none is not told"
[ "$(quarantine clear "$(names --source bulk | head -n 1)")" = "1 page cleared" ] ||
    fail "a name"
are_in 4 || fail "the status has other numbers"
[ "$(quarantine clear --source crash --older-than 0s)" = "1 page cleared" ] || fail "--source"
are_in 3 || fail "the status has other numbers"

# Without a daemon, and not under one that does not answer.
mv "$work/control" "$work/elsewhere"
quarantine clear --all >/dev/null 2>"$work/complaint"
[ $? = 75 ] && grep -q 'datelined runs' "$work/complaint" ||
    fail "it clears under a daemon: $(cat "$work/complaint")"
mv "$work/elsewhere" "$work/control"
kill "$daemon_pid"
daemon_ends || fail "the daemon ends with $?"
[ "$(quarantine clear --all)" = "3 pages cleared" ] || fail "--all"
[ "$(quarantine list)" = "0 pages, 0 KiB (at most 1000 pages, 256 MiB: the oldest go)" ] ||
    fail "something is left: $(quarantine list)"
daemon
until_so 60 are_in 0

# There is an end to it: the oldest go, which is said, and counted.
bulk publish/1010
until_so 120 are_in 1000
[ "$(grep -c 'quarantine is full: 1000 pages or 256 MiB' "$work/log")" = 1 ] ||
    fail "that it is full is not told, or more than once"
quarantine list | tail -n 1 | grep -q '^1000 pages, ' || fail "the list has others"

# A page that cannot be kept is not given up: it waits, and will be fetched again.
rm -r "$work/state/quarantine"
touch "$work/state/quarantine"
bulk publish/1
waits() { grep -q 'it cannot be kept in quarantine: ' "$work/log" &&
	status_is '.entries.pending == 1'; }
until_so 60 waits
