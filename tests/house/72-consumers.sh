#!/bin/bash
# A consumer gets each line at least once, whenever its `dateline tail` is
# killed; one at a time has it; what it has dealt with is kept, and told.
. tests/house/play.sh
tail_() { "$build/dateline" tail --spool "$work/spool" "$@"; }
consumers() { "$build/dateline" consumers --spool "$work/spool" "$@"; }
of() { consumers --json | jq -e ".consumers[] | select(.name == \"$1\") | $2"; }
position_is() { [ "$(of "$1" .position)" = "$2" ]; }
is_held() { of "$1" .held; }
publish() { ask_wire POST /publish >/dev/null && until_so 60 all_is_held; }
last() { lines | jq -s 'last.seq'; }

# refused STATUS WORDS COMMAND...
refused() {
	status=$1 words=$2; shift 2
	"$@" </dev/null >/dev/null 2>"$work/said"
	ended=$?
	[ "$ended" = "$status" ] || fail "$* ends with $ended: $(cat "$work/said")"
	grep -qF -- "$words" "$work/said" || fail "$* says: $(cat "$work/said")"
}

# Small segments, so that the oldest can go.
setting segment_bytes = 16KiB
wire --every 0
agencies
daemon
until_so 60 all_is_held
n=$(last)
[ "$n" -ge 60 ] || fail "only $n lines"
lines >"$work/all"

say "it goes on where it was"
[ "$(consumers | wc -l)" = 1 ] || fail "there are consumers"
tail_ --consumer a | cmp - "$work/all" || fail "a new one begins with the oldest"
tail_ --consumer a | cmp - /dev/null || fail "it gets what it had"
position_is a "$n" || fail "its position"
tail_ --consumer b --from 10 | cmp - <(tail -n +10 "$work/all") || fail "a new one with --from"
tail_ --consumer b --from 3 | cmp - /dev/null || fail "--from counts for one that has a position"
tail_ --consumer c --since 1h | cmp - "$work/all" || fail "a new one with --since"
tail_ --consumer new --from newest | cmp - /dev/null || fail "a new one with --from newest"
tail_ --consumer late --since 0s | cmp - /dev/null || fail "a new one with --since 0s"
tail_ --consumer vns --source vns | cmp - <(grep '"source":"vns"' "$work/all") || fail "a filter"
position_is vns "$n" || fail "what did not count was not dealt with"
publish || fail "the wire has no more"
lines | tail -n +$((n + 1)) >"$work/more"
[ -s "$work/more" ] || fail "nothing came"
for name in a b; do
	tail_ --consumer $name | cmp - "$work/more" || fail "consumer $name, and what came"
done
tail_ --consumer new --from newest | cmp - "$work/more" || fail "its beginning was not kept"
tail_ --consumer late --since 0s | cmp - "$work/more" || fail "its beginning was not kept (--since)"
tail_ --consumer b --until 1h --from oldest | cmp - /dev/null || fail "--until, and nothing new"
tail_ --consumer until --until 1h | cmp - /dev/null || fail "--until"
position_is until 0 || fail "what --until left out is dealt with"

say "at least once, and kill -9"
lines >"$work/all"
n=$(last)
mkfifo "$work/pipe"
"$build/dateline" tail --spool "$work/spool" -f --consumer killed >"$work/pipe" &
follower=$!
exec 9<"$work/pipe"
# A slow reader: the other side has to acknowledge while it catches up.
(while read -r line; do printf '%s\n' "$line"; sleep 0.04; done) <&9 >"$work/first" &
reader=$!
until_so 30 of killed .position
kill -9 "$follower"
wait "$follower" 2>/dev/null
exec 9<&-
wait "$reader"
acknowledged=$(of killed .position)
[ "$acknowledged" -lt "$n" ] || fail "it was killed too late to show anything"
tail_ --consumer killed >"$work/second"
[ "$(head -n 1 "$work/second" | jq .seq)" = $((acknowledged + 1)) ] || fail "it goes on elsewhere"
jq .seq "$work/first" >"$work/seqs" || fail "half a line"
[ "$(tail -n 1 "$work/seqs")" -ge "$acknowledged" ] || fail "acknowledged before it was given out"
cat "$work/first" "$work/second" | sort -u | cmp - <(sort "$work/all") || fail "lines are lost"

say "one at a time"
"$build/dateline" tail --spool "$work/spool" -f --consumer held >"$work/held" &
follower=$!
until_so 20 is_held held
refused 75 "consumer held is held by another" tail_ --consumer held
refused 75 "consumer held is held by another" consumers --forget held
same() { cmp -s "$work/held" "$work/all"; }
until_so 20 same
publish || fail "the wire has no more"
lines >"$work/all"
until_so 20 same
until_so 20 position_is held "$(last)"
consumers | grep -qE '^held +[0-9]+ +0 +- +[0-9]+[a-z]+  yes$' || fail "the table: $(consumers)"
kill "$follower"
wait "$follower" 2>/dev/null
consumers --forget held || fail "--forget ends with $?"
consumers | grep -q '^held ' && fail "it is not forgotten"
refused 66 "consumer held is not known" consumers --forget held
tail_ --consumer held | cmp - "$work/all" || fail "it does not begin anew"
# A follower whose reader has gone does not keep it.
timeout 20 "$build/dateline" tail -f --consumer held --spool "$work/spool" | true
[ "${PIPESTATUS[0]}" = 141 ] || fail "it goes on for nobody"

say "by hand"
n=$(last)
mkfifo "$work/acks"
"$build/dateline" tail --spool "$work/spool" -f --consumer hand --ack <"$work/acks" >"$work/hand" &
follower=$!
exec 8>"$work/acks"
same() { cmp -s "$work/hand" "$work/all"; }
until_so 20 same
position_is hand 0 || fail "it acknowledges by itself"
echo 7 >&8
until_so 20 position_is hand 7
printf '9\n5\n8\n' >&8
until_so 20 position_is hand 9
publish || fail "the wire has no more"
lines >"$work/all"
until_so 20 same
printf '%s\n' "$(last)" >&8
until_so 20 position_is hand "$(last)"
exec 8>&-
wait "$follower" || fail "at the end of its input it ends with $?"

# Without -f: what is told once all was printed. $ended is the exit status.
by_hand() { # NAME INPUT
	"$build/dateline" tail --spool "$work/spool" --consumer "$1" --ack \
	    <"$work/acks" >"$work/hand" 2>"$work/said" &
	follower=$!
	exec 8>"$work/acks"
	until_so 20 ends_like_all
	printf "$2" >&8
	exec 8>&-
	wait "$follower"
	ended=$?
}
ends_like_all() { cmp -s <(tail -n 1 "$work/hand") <(tail -n 1 "$work/all"); }
by_hand batch '5\n'
[ "$ended" = 0 ] || fail "--ack without -f ends with $ended"
cmp "$work/hand" "$work/all" || fail "--ack without -f"
position_is batch 5 || fail "--ack without -f: the position"
tail_ --consumer batch --ack </dev/null | cmp - <(tail -n +6 "$work/all") || fail "--ack goes on"
position_is batch 5 || fail "nothing was told, and it is dealt with"
# Each number comes back, and neither side waits for the other for good.
export -f tail_; export build work
timeout 60 bash -c 'tail_ --consumer loop --ack <"$work/acks" |
    jq --unbuffered .seq >"$work/acks"' || fail "back and forth: it ends with $?"
position_is loop "$(last)" || fail "back and forth: the position"

wrong() { # INPUT WORDS POSITION
	by_hand wrong "$1"
	[ "$ended" = 65 ] || fail "$1 ends with $ended"
	grep -qF "$2" "$work/said" || fail "$1 says $(cat "$work/said")"
	position_is wrong "$3" || fail "$1: the position"
}
wrong '3\n1000000\n' '1000000 was not printed yet, the last one was' 3
wrong '4\nfive\n6\n' '"five" is no number of a line' 4
wrong '5\n\n' '"" is no number of a line' 5
wrong '6\n-7\n' '"-7" is no number of a line' 6
wrong '7\n99999999999999999999999\n' 'was not printed yet' 7
wrong '8\n9 ' '"9 " is no number of a line' 8
wrong "8\n$(printf '%0200d' 9)\n" 'is no number of a line' 8
by_hand wrong '9\n10'
[ "$ended" = 0 ] || fail "a last line without an end ends with $ended"
position_is wrong 10 || fail "a last line without an end: the position"

say "what is wrong with one"
refused 64 'want letters, digits and "._-"' tail_ --consumer ../a
refused 64 'want letters, digits and "._-"' tail_ --consumer .a
refused 64 'want letters, digits and "._-"' tail_ --consumer ''
refused 64 "--ack wants a --consumer" tail_ --ack
refused 64 "-n is not for a consumer" tail_ --consumer a -n 3
refused 66 "is no spool" consumers --spool "$work/state"
file() { printf '%s' "$work/spool/consumers/$1"; }
place() { # NAME UUID SEQ [VERSION]
	python3 - "$@" >"$(file "$1")" <<'EOF'
import sys, zlib
version = sys.argv[4] if len(sys.argv) > 4 else "1"
line = "dateline-consumer %s %s %020d 2026-11-22T03:00:00.123Z " % (
    version, sys.argv[2], int(sys.argv[3]))
print("%s%08x" % (line, zlib.crc32(line.encode())))
EOF
}
uuid=$(cut -d ' ' -f 3 "$(file a)")
place fine "$uuid" 3
tail_ --consumer fine | cmp - <(tail -n +4 "$work/all") || fail "a position that was put there"
anew='"dateline consumers --forget bad" lets it begin anew'
bad() { # WORDS-OF-TAIL WORDS-OF-THE-TABLE
	refused 65 "consumer bad $1" tail_ --consumer bad
	consumers | grep -qE "^bad .* $2\$" || fail "the table: $(consumers)"
	of bad .error | grep -qF "$2" || fail "the table as JSON"
	consumers --forget bad || fail "--forget ends with $?"
}
place bad 12345678-1234-4234-8234-123456789abc 3
bad "has its position in another spool: $anew" "its position is in another spool"
place bad "$uuid" 1000000
bad "has a position beyond the end of this spool: $anew" "its position is beyond the end"
place bad "$uuid" 3
printf '9' | dd of="$(file bad)" bs=1 seek=70 conv=notrunc status=none
bad "has a file that is damaged, its position is lost: $anew" "its file is damaged"
place bad "$uuid" 3 2
bad "has a file of a later version: use a newer dateline" "its file is of a later version"
: >"$(file bad)"
tail_ --consumer bad | cmp - "$work/all" || fail "an empty file is no position"

say "the table"
place old "$uuid" 3
lag=$(($(last) - 3))
consumers | grep -qE "^old +3 +$lag +[0-9]+[a-z]+ +[0-9]+[a-z]+  no\$" || fail "the table: $(consumers)"
of old ".lag_lines == $lag and .lag_seconds >= 0 and .held == false and
    .acknowledged == \"2026-11-22T03:00:00.123Z\"" >/dev/null || fail "the table as JSON"
consumers --json | jq -e ".last_seq == $(last) and .spool == \"$work/spool\"" >/dev/null ||
    fail "the spool in the table"

say "lines that are gone"
kill -TERM "$daemon_pid"
daemon_ends || fail "it ends with $?"
oldest=$(ls "$work"/spool/*.jsonl.zst | head -n 1)
second=$(ls "$work"/spool/*.jsonl.zst | sed -n 2p)
[ -n "$second" ] || fail "there is only one segment"
rm "$oldest"
to=$((10#$(basename "$second" .jsonl.zst) - 1))
tail_ --consumer old >"$work/old"
head -n 1 "$work/old" | jq -e ".kind == \"gap\" and .from == 4 and .to == $to" >/dev/null ||
    fail "the gap: $(head -n 1 "$work/old")"
position_is old "$(last)" || fail "the position behind a gap"
place old "$uuid" 3
by_hand old "$to\n"
cmp "$work/hand" "$work/old" || fail "a gap, by hand"
position_is old "$to" || fail "a gap is acknowledged by its last number"
