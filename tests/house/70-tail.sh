#!/bin/bash
# `dateline tail` follows, starts where it is told, filters, and prints for
# people or for programs.
. tests/house/play.sh
tail_() { "$build/dateline" tail --spool "$work/spool" "$@"; }

wire --every 0
agencies
tail_ 2>"$work/said"
[ $? = 66 ] || fail "an empty folder is taken for a spool"
grep -q 'is no spool' "$work/said" || fail "it does not say that it is no spool"
daemon
until_so 20 test -e "$work/spool/.lock"
"$build/dateline" tail -f --from oldest --spool "$work/spool" >"$work/followed" &
follower=$!
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
same() { lines | cmp -s - "$work/followed"; }
until_so 20 same
kill "$follower"

lines >"$work/all"
n=$(wc -l <"$work/all")
tail_ | cmp - <(tail -n 10 "$work/all") || fail "ten lines are the default"
tail_ -n 3 | cmp - <(tail -n 3 "$work/all") || fail "-n 3"
tail_ -n 0 | cmp - /dev/null || fail "-n 0"
tail_ --from 42 | cmp - <(tail -n +42 "$work/all") || fail "--from 42"
tail_ --from newest | cmp - /dev/null || fail "--from newest"
tail_ --from oldest --source vns |
    cmp - <(grep '"source":"vns"' "$work/all") || fail "--source vns"
tail_ -n 2 --source vns | cmp - <(grep '"source":"vns"' "$work/all" | tail -n 2) ||
    fail "-n 2 --source vns"

# Times of commit: as the lines have them, and by the clocks here.
third=$(jq -r 'select(.seq == 30) | .spooled' "$work/all")
fifth=$(jq -r 'select(.seq == 50) | .spooled' "$work/all")
since() { jq -c --arg t "$1" 'select(.spooled >= $t) | .seq' "$work/all"; }
until_() { jq -c --arg t "$1" 'select(.spooled <= $t) | .seq' "$work/all"; }
tail_ --since "$third" | jq .seq | cmp - <(since "$third") || fail "--since $third"
tail_ --from oldest --until "$fifth" | jq .seq | cmp - <(until_ "$fifth") || fail "--until $fifth"
tail_ -n 4 --until "$fifth" | jq .seq | cmp - <(until_ "$fifth" | tail -n 4) ||
    fail "-n 4 --until $fifth"
timeout 20 "$build/dateline" tail -f --since "$third" --until "$third" --spool "$work/spool" |
    jq .seq | cmp - <(jq -c --arg t "$third" 'select(.spooled == $t) | .seq' "$work/all") ||
    fail "-f does not end where --until says"
tail_ --since 1h | cmp - "$work/all" || fail "--since 1h"
tail_ --since "$(TZ=Asia/Baku date -d '1 hour ago' '+%F %T%:z' | tr ' ' T)" | cmp - "$work/all" ||
    fail "--since with a zone"
TZ=Asia/Baku tail_ --since "$(TZ=Asia/Baku date -d '1 hour ago' '+%F %T')" | cmp - "$work/all" ||
    fail "--since in TZ"
tail_ --since "$(date -d '1 hour' '+%F %T')" | cmp - /dev/null || fail "--since what is to come"
tail_ --since "@$(date -d '1 hour ago' +%s)" | cmp - "$work/all" || fail "--since @SECONDS"
tail_ --from oldest --until 1h | cmp - /dev/null || fail "--until 1h"

# The filters, against jq.
filtered() { # JQ-CONDITION OPTION...
	condition=$1; shift
	tail_ --from oldest "$@" | jq .seq >"$work/got"
	jq -c "select($condition) | .seq" "$work/all" | cmp - "$work/got" ||
	    fail "$*"
	[ -s "$work/got" ] || fail "$* finds nothing"
}
filtered '.source == "vgp" or .source == "vna"' --source vgp --source vna
filtered '.agency == "AZERTAC"' --agency azərtac
filtered '.language == "zh"' --lang zh
filtered '.language == "zh" and .source == "xinhua"' --lang zh --source xinhua
filtered '.id | startswith("vgp:")' --id 'vgp:*'
filtered '.published >= "2026-11-10" and (.published | endswith("+07:00"))' \
    --published-since 2026-11-10T00:00:00+07:00 --source vgp --source vna --source vns
at='[.places[]?, .dateline.place // empty]'
filtered "$at | any(.country == \"AZ\")" --place AZ
filtered "$at | any(.code == \"VN-HN\")" --place vn-hn
for name in 'Hà Nội' 'ha noi' HANOI; do
	filtered "$at | any(.code == \"VN-HN\")" --place "$name"
done
for words in 'Hà Nội' 'Ha Noi' 'ha nội'; do
	tail_ --from oldest --grep "$words" | jq .seq | cmp -s "$work/grep" - ||
	    [ ! -e "$work/grep" ] || fail "--grep $words finds others"
	tail_ --from oldest --grep "$words" | jq .seq >"$work/grep"
done
[ "$(wc -l <"$work/grep")" -ge 5 ] || fail "--grep finds too few"

# What makes no sense is refused, and says what is wanted.
refused() { # STATUS WORDS OPTION...
	status=$1 words=$2; shift 2
	tail_ "$@" </dev/null >/dev/null 2>"$work/said"
	ended=$?
	[ "$ended" = "$status" ] || fail "$* ends with $ended"
	grep -qF -- "$words" "$work/said" || fail "$* says: $(cat "$work/said")"
}
refused 64 '--since soon: want a time ago' --since soon
refused 64 '--until 2024-02-30: want a time ago' --until 2024-02-30
refused 64 '--published-since x: want a time ago' --published-since x
refused 64 '--grep (: Unmatched ( or \(' --grep '('
refused 64 '-o xml: want json, text or ninjs' -o xml
refused 64 '-n x: want a number' -n x
refused 64 '--from x: want a number, oldest or newest' --from x
refused 64 'exclude each other' -n 3 --since 1h
refused 64 'exclude each other' --from 3 --since 1h
refused 64 '--ack wants a --consumer' --ack
refused 64 'usage: dateline tail' --colour
refused 65 "the last line of this spool is $n" --from $((n + 2))

[ "$(tail_ --from oldest -o text | wc -l)" = "$n" ] || fail "-o text"
tail_ --from oldest -o text | grep -q 'VNS  *Hà Nội' || fail "agency and place"
tail_ --from oldest | head -n 1 >/dev/null
[ "${PIPESTATUS[0]}" = 141 ] || [ "${PIPESTATUS[0]}" = 0 ] || fail "a closed pipe"
(trap '' PIPE; tail_ --from oldest 2>"$work/said") | head -n 1 >/dev/null
[ ! -s "$work/said" ] || fail "a closed pipe, where SIGPIPE is ignored: $(cat "$work/said")"
# Who waits for news for nobody learns it, too.
timeout 20 "$build/dateline" tail -f --from newest --spool "$work/spool" | true
[ "${PIPESTATUS[0]}" = 141 ] || fail "it goes on for nobody"

# On a terminal it is for people, in colour, unless they say NO_COLOR.
terminal() { script -qec "$1 $build/dateline tail -n 1 --spool $work/spool" /dev/null </dev/null; }
terminal "" | grep -q "$(printf '\033')\[" || fail "no colour on a terminal"
terminal NO_COLOR=1 | grep -q "$(printf '\033')\[" && fail "colour in spite of NO_COLOR"

# The time of the word is up: the daemon ends within ten seconds, with 0.
kill -TERM "$daemon_pid"
timeout 10 tail --pid="$daemon_pid" -f /dev/null || fail "it does not end"
daemon_ends || fail "it ends with $?"
