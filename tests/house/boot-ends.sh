#!/bin/bash
# The service is killed, and its loop stops turning: systemd starts it again,
# and nothing is lost or doubled. What the shipped unit says counts, so the
# second takes its 60 seconds and more.
. tests/house/booted.sh
wire --every 0
agencies
publish 10
systemctl start datelined || fail "it does not start"
until_so 60 all_is_held

# At any moment, under load.
for n in 0 1 2; do
	publish 40
	was=$(main_pid)
	kill -9 "$was"
	until_so 60 restarted "$n"
	[ "$(main_pid)" != "$was" ] || fail "it is the same process"
done
until_so 60 all_is_held
spool_is_whole
until_so 20 journal_has 'recovered|datelined [0-9.]+: [0-9]+ feeds'

# Workers do not outlive it.
was=$(main_pid)
workers=$(cat /proc/[0-9]*/stat 2>/dev/null |
    awk -v parent="$was" '$4 == parent { printf "%s ", $1 }')
[ -n "$workers" ] || fail "there are no workers"
kill -9 "$was"
until_so 60 restarted 3
for pid in $workers; do
	grep -qs dateline "/proc/$pid/comm" && fail "worker $pid lives on"
done

# A loop that does not turn: the watchdog.
[ "$(property WatchdogUSec)" = 1min ] || fail "the unit's watchdog is off"
publish 5
was=$(main_pid)
kill -STOP "$was"
until_so 120 journal_has 'Watchdog timeout'
until_so 60 restarted 4
until_so 60 all_is_held
spool_is_whole
