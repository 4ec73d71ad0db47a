#!/bin/bash
# The status, live, in a terminal: it follows, scrolls, says when the daemon is
# gone, and leaves the terminal as it was.
. tests/house/play.sh

tool="$build/dateline"
screen() { tr -d '\r' <"$work/screen"; }
# Of what was drawn last.
shows() { screen | tail -c 1500 | grep -qF -- "$1"; }
top_is_over() { ! kill -0 "$other_pid"; }

wire --every 0
agencies
"$tool" top --conf "$work/datelined.conf" 2>"$work/said"
[ $? = 69 ] || fail "no daemon, and $?"
daemon
until_so 20 daemon_is_ready
until_so 60 all_is_held
"$tool" top --conf "$work/datelined.conf" >"$work/out" 2>"$work/said" </dev/null
[ $? = 64 ] || fail "no terminal, and $?"
[ ! -s "$work/out" ] || fail "something is drawn into a file"

say "it is drawn, and follows"
mkfifo "$work/keys"
script -qefc "stty rows 8 cols 60; '$tool' top --conf '$work/datelined.conf'; stty -a >'$work/after'" \
    "$work/screen" <"$work/keys" >/dev/null &
other_pid=$!
exec 3>"$work/keys"
until_so 20 shows "source       state"
until_so 20 shows "lines 1 to 7 of"
plain() { sed 's/\x1b\[[0-9;]*H/\n/g;s/\x1b\[[0-9;?]*[A-Za-z]//g'; }
screen | grep -v "^Script " | plain | LC_ALL=C.UTF-8 grep -qE '^.{61,}$' &&
    fail "a line is longer than the screen"
printf G >&3
until_so 20 shows "to 10 of 10"
printf g >&3
ask_wire POST /publish >/dev/null
until_so 20 shows "lines 1 to 7 of"

say "the daemon goes, and comes"
kill -TERM "$daemon_pid"; daemon_ends
until_so 10 shows "datelined does not answer"
daemon
until_so 20 daemon_is_ready
back() { screen | tail -c 600 | grep -qF "last line"; }
until_so 20 back

say "the daemon hangs"
kill -STOP "$daemon_pid"
until_so 20 shows "datelined does not answer"
kill -CONT "$daemon_pid"
until_so 20 back
kill -STOP "$daemon_pid"

say "it ends, and the terminal is as it was"
printf q >&3
until_so 20 top_is_over
wait "$other_pid" || fail "no good end"
tail -c 200 "$work/screen" | grep -q $'\033\\[?1049l' || fail "the screen is not given back"
grep -q ' icanon .* echo ' <(tr '\n;' '  ' <"$work/after") || fail "$(cat "$work/after")"
"$tool" status --conf "$work/datelined.conf" 2>"$work/said"
[ $? = 69 ] || fail "a daemon that hangs, and $?"
grep -q "gave no answer" "$work/said" || fail "$(cat "$work/said")"
kill -CONT "$daemon_pid"
