#!/bin/bash
# A host that wants to be left alone for a while is, also by a daemon that was
# restarted, or killed, in the meantime; and then it is asked again.
. tests/house/play.sh

wire --every 0
rule() { ask_wire POST "/hosts/$1" >/dev/null || fail "no rule $1"; }
answers() { # HOST STATUS: how many there were
	ask_wire GET /requests | jq -s --arg host "$1" --argjson status "$2" \
	    '[.[] | select(.host == $host and .status == $status)] | length'
}
at_least() { [ "$(answers "$1" "$2")" -ge "$3" ]; }

agencies vns vgp
setting contact = https://play.example/
daemon
until_so 60 at_least vns.localhost 304 2

rule vns.localhost/retry-after/10
rule vns.localhost/429
until_so 60 at_least vns.localhost 429 1
closed=$(date +%s%3N)
rule vns.localhost/200
until_so 60 grep -q 'vns.*left alone for 10 s' "$work/log"
until_so 60 status_is 'any(.hosts[]; .host == "vns.localhost" and .held_until)'
after=$(answers vns.localhost 304)

kill -TERM "$daemon_pid"; daemon_ends || fail "the daemon did not end well"
daemon
others=$(answers vgp.localhost 304)
until_so 60 at_least vgp.localhost 304 $((others + 3))
until_so 60 status_is 'any(.hosts[]; .host == "vns.localhost" and .held_until)'
kill -9 "$daemon_pid"; daemon_ends
daemon
others=$(answers vgp.localhost 304)
until_so 60 at_least vgp.localhost 304 $((others + 3))

# Where this has taken less than the ten seconds, nobody has come yet; and when
# somebody comes, the judge has nothing to say.
came=$(answers vns.localhost 304)
[ $(($(date +%s%3N) - closed)) -ge 10000 ] || [ "$came" = "$after" ] ||
    fail "the host was not left alone"
until_so 60 at_least vns.localhost 304 $((came + 1))
ask_wire GET /score | jq -e '.faults["inside-retry-after"] == 0' >/dev/null ||
    fail "inside its Retry-After: $(ask_wire GET /score)"
