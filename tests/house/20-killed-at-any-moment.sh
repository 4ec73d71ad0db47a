#!/bin/bash
# The daemon is killed by kill -9, again and again, while the wire publishes.
# In the end the spool holds the wire's stories, each revision once, and its
# numbers have no hole. KILLS says how often (default 8).
. tests/house/play.sh
RANDOM=${SEED:-$$}

wire --first 1 --every 0.4 --after 0.5
agencies
setting retry = 50ms
for kill in $(seq "${KILLS:-8}"); do
	daemon
	sleep "0.$(printf %03d $((RANDOM % 900)))"	# any moment will do
	kill -9 "$daemon_pid"
	daemon_ends
done
daemon
finished() { ! ask_wire POST /publish && ! ask_wire POST /correct; }
until_so 120 finished
until_so 60 all_is_held
numbers_are_whole || fail "the numbers have holes"
lines | jq -s -e '[.[] | "\(.id) \(.revision)"] | length == (unique | length)' \
    >/dev/null || fail "a revision is there twice"
say "killed ${KILLS:-8} times, $(lines | wc -l) lines"
