#!/bin/bash
# Pages are kept, and extraction is run over them again. A selector and a line of
# extractors are changed: `dateline replay` shows which stories would change and
# how, --append appends just that, and once; of a story that was fetched twice
# only the newer page counts. A daemon that stops ends a replay, one that is
# killed leaves kept pages whole, and keep_pages = 0s keeps none.
. tests/house/play.sh
RANDOM=${SEED:-$$}
dateline() { command=$1; shift; "$build/dateline" "$command" --conf "$work/datelined.conf" "$@"; }
kept() { # the ids of the pages that are kept
	"$build/dateline" tail --from oldest -o json --spool "$work/state/pages" |
	    jq -r 'select(.kind == "page") | .id'
}
ids() { lines | jq -r .id | sort -u; }
all_is_kept() { [ "$(kept | sort -u)" = "$(ids)" ] && [ -n "$(ids)" ]; }
gazette() { # OPTION...: lines of its [options]
	source_file gazette <<EOF
plugin = feed
zone = Asia/Ho_Chi_Minh
agency = Gazette
feed = http://vns.localhost:@PORT@/rss/all.rss
allow_private = yes
[options]
text = .vnnews-text-post
$*
EOF
}
vgp() { # OTHER-LINE...
	agencies vgp
	printf '%s\n' "$@" >>"$work/sources.d/vgp.conf"
}
whole() { "$build/dateline" verify --spool "$work/state/pages" >"$work/verified"; }

wire --first 12 --every 0
gazette
vgp
setting patience = 60s
daemon
came() { [ "$(ids | wc -l)" = "$(truth | grep -c '^v[gn][ps]:')" ]; }
until_so 60 came
ask_wire POST /correct >/dev/null || fail "nothing to correct"
corrected() { lines | jq -s -e 'any(.[]; .revision == 2)'; }
until_so 60 corrected
until_so 30 all_is_kept
twice_kept() { [ "$(kept | wc -l)" -gt "$(ids | wc -l)" ]; }
until_so 30 twice_kept
whole || fail "the pages are damaged: $(cat "$work/verified")"
zstdcat "$work"/state/pages/*.zst 2>/dev/null | head -n 1 |
    jq -e '.kind == "page" and .status == 200 and .encoding == "latin1" and
	(.body | test("<html"))' >/dev/null || fail "a line is no page"

stories=$(ids | wc -l)
said=$(dateline replay) || fail "replay ends with $?"
[ "$said" = "$stories pages, 0 stories would change" ] || fail "it shows: $said"

# Another title for all of one source, other texts for some of another.
gazette 'title = .vnnews-time-post span'
vgp 'extractors = dateline dates captions bylines places diacritics language credits'
dateline reload || fail "reload"
before=$(lines | wc -l)
shown=$(dateline replay --json) || fail "replay ends with $?"
printf '%s' "$shown" | jq -e '
    (.stories | map(select(.source == "gazette"))) as $gazette |
    (.stories | map(select(.source == "vgp"))) as $vgp |
    .failed == 0 and .absent == 0 and .changed == (.stories | length) and
    ($gazette | length) > 4 and ($vgp | length) > 0 and
    all($gazette[]; (.fields | keys - ["places"]) == ["title"] and
	(.fields.title.to | test("^[A-Z][a-z]+, [0-9]"))) and
    all($vgp[]; .fields.text.out != .fields.text.in)' >/dev/null ||
    fail "it shows: $shown"
one=$(printf '%s' "$shown" | jq -r '[.stories[] | select(.source == "vgp")][0].id')
dateline replay --id "$one" | grep -q "^$one  " || fail "--id shows not that one"
dateline replay --id "$one" | grep -q '^1 page, 1 story would change$' ||
    fail "--id shows others"
dateline replay --source gazette --json |
    jq -e 'all(.stories[]; .source == "gazette")' >/dev/null || fail "--source"
[ "$(dateline replay --since "@$(($(date +%s) + 60))")" = \
    "0 pages, 0 stories would change" ] || fail "--since"
[ "$(lines | wc -l)" = "$before" ] || fail "to show it appends"

# A replay is under way as long as the workers stand still; another is refused.
children() { pgrep -P "$daemon_pid"; }
busy() { dateline replay --append 2>"$work/second"; [ $? = 75 ]; }
held_up() { # the first one, whose process is $first
	children | xargs -r kill -STOP
	dateline replay --append >"$work/first" 2>&1 &
	first=$!
	until_so 30 status_is '.workers.working > 0'
}
held_up
busy() { dateline replay --append 2>"$work/second"; [ $? = 75 ]; }
busy || fail "a second one is not refused"
grep -q 'another replay is under way' "$work/second" || fail "it is not told why"
children | xargs -r kill -CONT
wait "$first" || fail "the first one ends with $?: $(cat "$work/first")"
expected=$(printf '%s' "$shown" | jq -r '.stories[] |
    "\(.id) \(.revision + 1) \(.fields | keys_unsorted | join(" "))"' | sort)
appended=$(lines | tail -n "+$((before + 1))" |
    jq -r '"\(.id) \(.revision) \(.changed | join(" "))"' | sort)
[ "$appended" = "$expected" ] || fail "shown: $expected
appended: $appended"
n=$(printf '%s\n' "$expected" | wc -l)
[ "$(cat "$work/first")" = \
    "$stories pages, $n revisions appended, from line $((before + 1)) on" ] ||
    fail "it says: $(cat "$work/first")"
[ "$(dateline replay --append --json)" = \
    "{\"ok\":true,\"pages\":$stories,\"revisions\":0,\"failed\":0}" ] ||
    fail "a second one appends, or does not say what"
[ "$(dateline replay)" = "$stories pages, 0 stories would change" ] ||
    fail "something would still change"
numbers_are_whole || fail "the numbers have holes"

# What is not understood any more is told, and costs nothing else.
gazette 'text = .nowhere'
sed -i '/^text = .vnnews/d' "$work/sources.d/gazette.conf"
dateline reload || fail "reload"
dateline replay >"$work/shown" 2>"$work/complaints"
[ $? = 65 ] || fail "pages that are not understood are no 65"
grep -q 'stories would change, [0-9]* not understood$' "$work/shown" ||
    fail "it shows: $(cat "$work/shown")"
dateline replay --append >"$work/shown"
[ $? = 65 ] || fail "appending pages that are not understood is no 65"
gazette 'title = .vnnews-time-post span'
dateline reload || fail "reload"

# The daemon ends, and with it a replay.
vgp
dateline reload || fail "reload"
held_up
busy || fail "a second one is not refused"
kill "$daemon_pid"
wait "$first"
[ $? = 69 ] || fail "it does not say that the daemon ends: $(cat "$work/first")"
daemon_ends || fail "the daemon ends with $?"

# Nothing is kept any more, and nothing that was.
daemon
until_so 60 status_is '.state == "fine"'
setting keep_pages = 0s
dateline reload || fail "reload"
nothing_is_kept() { [ "$(kept | wc -l)" = 0 ]; }
until_so 60 nothing_is_kept
have=$(lines | wc -l)
grown() { ask_wire POST /publish >/dev/null; [ "$(lines | wc -l)" -gt "$have" ]; }
until_so 60 grown
[ "$(dateline replay --append)" = "0 pages, 0 revisions appended" ] ||
    fail "a page is kept"
kill "$daemon_pid"
daemon_ends || fail "the daemon ends with $?"
nothing_is_kept || fail "what waited was kept at the end"

# It is killed while it keeps, and while it begins anew with nothing.
setting keep_pages = 3d
setting pause = 200ms
rm -r "$work/spool" "$work/state"
mkdir "$work/spool" "$work/state"
for kill in $(seq "${KILLS:-6}"); do
	ask_wire POST /publish >/dev/null
	daemon
	until_so 30 status_is '.state == "fine"'
	sleep "$((RANDOM % 2)).$(printf %03d $((RANDOM % 1000)))"	# any moment
	kill -9 "$daemon_pid"
	daemon_ends
done
daemon
until_so 60 status_is '.state == "fine"'
until_so 60 came
whole || fail "the pages are damaged: $(cat "$work/verified")"
numbers_are_whole || fail "the numbers have holes"
dateline replay --append >/dev/null || fail "replay ends with $?"
dateline replay | grep -q ' 0 stories would change$' || fail "something would still change"

kill "$daemon_pid"
daemon_ends || fail "the daemon ends with $?"
rm -r "$work/state/pages"
dateline replay 2>"$work/complaints"
[ $? = 66 ] && grep -q keep_pages "$work/complaints" ||
    fail "that there are no pages is not told: $(cat "$work/complaints")"
