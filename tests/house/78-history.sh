#!/bin/bash
# `dateline tail --id` tells the history of a story, and `--diff` what changed
# from one revision to the next.
. tests/house/play.sh
tail_() { "$build/dateline" tail --spool "${spool:-$work/spool}" "$@"; }
says() { # WHAT FILE TEXT: a line that is in it
	grep -qxF -- "$3" "$2" || fail "$1 does not say \"$3\" but: $(cat "$2")"
}

wire --every 0
agencies
daemon
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
"$build/dateline" tail --spool "$work/spool" -f --from oldest --diff -o text \
    >"$work/followed" 2>&1 &
follower=$!
tail_ --diff --consumer reader >/dev/null || fail "a consumer cannot have --diff"
while ask_wire POST /correct >/dev/null; do :; done
until_so 60 all_is_held
lines >"$work/all"
train=$(jq -r 'select(.title == "Panorama train to run over Hai Van Pass") | .id' "$work/all")
corrected=$(jq -r 'select(.revision == 2) | .id' "$work/all")
[ "$(echo "$corrected" | wc -l)" = 3 ] || fail "not three corrections: $corrected"

# A history is all of it, oldest first; it is a filter like any other.
for id in $corrected; do
	tail_ --id "$id" | cmp - <(jq -c --arg id "$id" 'select(.id == $id)' "$work/all") ||
	    fail "--id $id"
	[ "$(tail_ --id "$id" | jq -c .revision | tr '\n' ' ')" = "1 2 " ] ||
	    fail "--id $id has not all revisions"
done
second=$(jq --arg id "$train" 'select(.id == $id and .revision == 2) | .seq' "$work/all")
[ "$(tail_ --id "$train" -n 1 | jq .revision)" = 2 ] || fail "--id -n 1"
[ "$(tail_ --id "$train" --from "$second" | jq .revision)" = 2 ] || fail "--id --from"
tail_ --id "$train" --source vgp | cmp - /dev/null || fail "--id --source"
tail_ --id "${train}0" | cmp - /dev/null || fail "an id that is not there"
[ "$(tail_ --id "$train" --id 'vns:*' | jq -r .source | sort -u | tr '\n' ' ')" = "vna vns " ] ||
    fail "--id twice"
tail_ --id "$train" --consumer train >"$work/got"
[ "$(wc -l <"$work/got")" = 2 ] || fail "a consumer's history"
tail_ --id "$train" --consumer train | cmp - /dev/null || fail "it comes to the consumer again"

# What changed, for people.
tail_ --id "$train" --diff >"$work/got"
[ "$(head -n 1 "$work/got" | cut -c 1-16)" = "2026-11-09 16:40" ] || fail "the first is a line as always"
sed -n 2p "$work/got" | grep -q " UTC revision 2 of $train: title, text, updated\$" ||
    fail "no heading: $(sed -n 2p "$work/got")"
says --diff "$work/got" \
    '    title: Panorama train to run over Hai Van Pass {+from December 12+}'
says --diff "$work/got" \
    '        Tickets cost [-390,000-]{+350,000+} VND ([-14.80-]{+13.30+} USD); children under six ride free on a lap.'
says --diff "$work/got" \
    '    updated: [-2026-11-09T16:40:00+07:00-]{+2026-11-18T20:05:00+07:00+}'
grep -q Stationmaster "$work/got" && fail "a paragraph that is the same is shown"
tail_ --id 'vgp:*' --diff >"$work/vgp"
says --diff "$work/vgp" '    summary: Bốn cảng cá được nạo vét luồng và xây kho lạnh với tổng kinh phí [-286-]{+268+} tỷ đồng, hoàn thành trước tháng 3/2027.'

# Wherever it begins, it is known what was there before.
sed 1d "$work/got" >"$work/change"
spooled=$(jq -r --arg id "$train" 'select(.id == $id and .revision == 2) | .spooled' "$work/all")
tail_ --id "$train" --diff --from "$second" | cmp - "$work/change" || fail "--diff --from"
tail_ --id "$train" --diff --since "$spooled" | cmp - "$work/change" || fail "--diff --since"
tail_ --id "$train" --diff -n 1 | cmp - "$work/change" || fail "--diff -n 1"
tail_ --source vna --diff --from "$second" | cmp - "$work/change" || fail "--diff without --id"
tail_ --source vna --diff --since "$spooled" | cmp - "$work/change" || fail "--diff --since without --id"
tail_ --source vna --diff -n 1 | cmp - "$work/change" || fail "--diff -n 1 without --id"
tail_ --diff -n 3 | grep -c '^2.* revision 2 of ' | grep -qx 3 || fail "--diff -n 3"
tail_ --diff --consumer reader >"$work/consumed"
tail_ --diff -n 3 | cmp - "$work/consumed" || fail "--diff for a consumer"
tail_ --diff --from oldest >"$work/whole"
same() { cmp -s "$work/whole" "$work/followed"; }
until_so 20 same
kill "$follower"

# For programs: the line, with what changed in it.
tail_ --diff -o json --from oldest >"$work/json"
jq -c 'del(.diff, .diff_from)' "$work/json" | cmp - <(jq -c . "$work/all") || fail "--diff -o json"
jq -e -s --arg id "$train" '[.[] | select(.id == $id)] | (.[0] | has("diff") | not) and
    .[1].diff_from == 1 and (.[1].diff | keys_unsorted) == ["title", "text", "updated"] and
    .[1].diff.title == {from: .[0].title, to: .[1].title} and
    (.[1].diff.text.out | length) == 2 and (.[1].diff.text.in | length) == 2' "$work/json" >/dev/null ||
    fail "the diff: $(jq -c 'select(.diff) | .diff' "$work/json")"

tail_ --diff -o ninjs >/dev/null 2>"$work/said"
[ $? = 64 ] || fail "--diff with ninjs ends with another status"
grep -q 'want json or text for --diff' "$work/said" || fail "it says: $(cat "$work/said")"
# On a terminal in colour, unless they say NO_COLOR.
terminal() { script -qec "$1 $build/dateline tail --diff -n 1 --spool $work/spool" /dev/null </dev/null; }
terminal "" | grep -q "$(printf '\033')\[32m{+" || fail "no colour on a terminal"
terminal NO_COLOR=1 | grep -q "$(printf '\033')\[" && fail "colour in spite of NO_COLOR"

# A story that went and came back, and one whose begin is not there.
spool=$work/made
part='"v":1,"kind":"record","source":"gazette","agency":"Gazette","url":"http://a.example/"'
tests/house/spool.py "$spool" >"$work/made.jsonl" <<LINES
{$part,"id":"gazette:1","revision":1,"status":"usable","title":"Ferry stops","text":"The ferry stops on Monday.\n\nBuses go instead."}
{$part,"id":"gazette:2","revision":3,"changed":["title"],"status":"usable","title":"Bridge opens","text":"It opens."}
{$part,"id":"gazette:1","revision":2,"changed":["text"],"status":"usable","title":"Ferry stops","text":"The ferry stops on Tuesday.\n\nBuses go instead."}
{$part,"id":"gazette:1","revision":3,"changed":["status"],"status":"withdrawn","title":"Ferry stops"}
{$part,"id":"gazette:1","revision":4,"changed":["text","status"],"status":"usable","title":"Ferry stops","text":"The ferry stops on Tuesday.\n\nNo buses go."}
LINES
[ "$(tail_ --id gazette:1 | jq -r .status | tr '\n' ' ')" = "usable usable withdrawn usable " ] ||
    fail "a withdrawal is no part of the history"
tail_ --diff --from oldest | sed 's/^2026[-0-9: ]*UTC/TIME/; s/  *$//' | diff - <(cat <<'TEXT'
-                    Gazette                   Ferry stops
-                    Gazette                   Bridge opens  [revision 3: title]
TIME revision 3 of gazette:2: title
    What it was before is not known: revision 2 is not there any more, or came too long ago.
TIME revision 2 of gazette:1: text
    text:
        The ferry stops on [-Monday-]{+Tuesday+}.
        ...
TIME revision 3 of gazette:1: status
    The story was withdrawn: Ferry stops
TIME revision 4 of gazette:1: text, status
    text:
        ...
        [-Buses-]{+No buses+} go [-instead-].
    status: [-withdrawn-]{+usable+}
TEXT
) || fail "it is told in another way"
tail_ --diff --from oldest -o json | jq -c 'if has("diff") then [.diff_from, (.diff | keys_unsorted? // null)] else "first" end' |
    tr '\n' ' ' | grep -qxF '"first" [null,null] [1,["text"]] [2,["status"]] [3,["text","status"]] ' ||
    fail "-o json of a story that went: $(tail_ --diff --from oldest -o json | jq -c .diff)"

# The state of things, for people; and of one source.
status() { "$build/dateline" status --conf "$work/datelined.conf" "$@"; }
status | grep -q '^vna  *fine ' || fail "status: $(status)"
status --source vna | grep -q '^vna  *fine ' || fail "status --source: $(status --source vna)"
status --source vna | grep -q '^vgp' && fail "status --source has others"
[ "$(status --source vna --json | jq -r .source)" = vna ] || fail "status --source --json"
status --source nobody 2>"$work/said"
[ $? = 66 ] || fail "a source that is not there"
grep -q 'nobody: the daemon has no such source' "$work/said" || fail "it says: $(cat "$work/said")"
