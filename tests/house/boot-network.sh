#!/bin/bash
# No network at boot: the service is ready all the same, says who fails, and goes
# on by itself when the network comes. Then the clock on the wall is set back a
# day, and on again: feeds and pages have their turn as before, also after a
# restart, and numbers go on.
. tests/house/booted.sh
for package in iproute2 faketime; do
	dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
	    apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
	    skip "there is no $package"
done

# A network of the script's own, with nothing but loopback, up or down.
unshare -rUn sleep infinity &
holder=$!
trap 'was=$?; kill "$holder"; (exit $was); end' EXIT
within() { nsenter -t "$holder" -U -n --preserve-credentials "$@"; }
parted() { [ "$(readlink "/proc/$holder/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }
until_so 20 parted
within ip link set lo up || skip "nobody may have a network of his own here"
ask_wire() { within curl -sf -X "$1" "http://wire.localhost:$port$2"; }
within build/wire --control --every 0 >"$work/wire.out" 2>&1 &
wire_pid=$!
until_so 20 grep -q listening "$work/wire.out"
port=$(sed -n 's/^listening.*://p' "$work/wire.out")
agencies
publish 10

# libfaketime gives the service another clock on the wall; the steady one stays.
library=$(dpkg -L libfaketime | grep '/libfaketime\.so\.1$')
clock() { echo "$1" >"$etc/clock.new" && mv "$etc/clock.new" "$etc/clock"; }
clock +0d
drop_in <<CONF
[Service]
NetworkNamespacePath=/proc/$holder/ns/net
Environment=LD_PRELOAD=$library FAKETIME_TIMESTAMP_FILE=$etc/clock
Environment=FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1
Environment=FAKETIME_DISABLE_SHM=1
CONF

within ip link set lo down
systemctl start datelined || fail "it does not start without a network"
until_so 60 status_is 'all(.sources[] | select(.state != "disabled"); .state == "failing")'
says() { property StatusText | grep -Eq "$1"; }
until_so 20 says '^6 sources, 6 failing \(first [a-z]+: [a-z-]+\); 0 records today'
is_active || fail "no network ends it"
before=$(date +%s)
systemctl restart datelined || fail "it does not restart without a network"
[ $(($(date +%s) - before)) -le 10 ] || fail "no network keeps it from ending"
within ip link set lo up
until_so 180 all_is_held
until_so 20 says '^6 sources; '
spool_is_whole

last() { lines | tail -n 1; }
hours_ago() { # JSON-LINE
	jq --argjson now "$(date +%s)" '($now - (.fetched | sub("\\..*"; "Z") |
	    sub("\\+00:00$"; "Z") | fromdate)) / 3600 | floor' <<<"$1"
}
[ "$(hours_ago "$(last)")" = 0 ] || fail "its clock is another: $(last)"
comes() { publish 5; until_so 120 all_is_held; }
clock -1d
comes
[ "$(hours_ago "$(last)")" = 24 ] || fail "its clock was not set back: $(last)"
systemctl restart datelined || fail "it does not restart with a clock set back"
comes
clock +0d
comes
[ "$(hours_ago "$(last)")" = 0 ] || fail "its clock was not set on: $(last)"
spool_is_whole
