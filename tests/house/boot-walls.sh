#!/bin/bash
# Plugins that do what they must not, under the unit as it is shipped: each is
# stopped, the journal names plugin and page, and all other news come in.
. tests/house/booted.sh
plugins=$(dirname "$(find /usr /usr/local -path '*/dateline/plugins/feed.so' | head -n 1)")
make -s build/evil/files.so build/evil/network.so build/evil/process.so \
    build/evil/calls.so || fail "no evil plugins"
trap 'was=$?; for evil in files network process calls; do
	rm -f "$plugins/$evil.so"; done; (exit $was); end' EXIT

# The page; the plugin; what is said of it.
cat >"$work/ways" <<'WAYS'
files files no file: Operation not permitted
writes files no file: Operation not permitted
network network plugin network: the worker did what it must not
connects calls plugin calls: the worker did what it must not
process process plugin process: the worker did what it must not
executes calls plugin calls: the worker did what it must not
signals calls plugin calls: the worker did what it must not
raises calls plugin calls: the worker did what it must not
traces calls plugin calls: the worker did what it must not
WAYS
wire --every 0
agencies
publish 10
while read -r way plugin _; do
	install -m 644 "build/evil/$plugin.so" "$plugins/"
	source_file "$way" <<CONF
plugin = $plugin
zone = UTC
feed = http://odd.localhost:@PORT@/rss/$way.rss
allow_private = yes
CONF
done <"$work/ways"
systemctl start datelined || fail "it does not start with evil plugins"
was=$(main_pid)
until_so 120 all_is_held
until_so 60 status_is ".entries.quarantined == $(wc -l <"$work/ways")
    and .entries.pending == 0"

while read -r way _ reason; do
	journal_has "^$way: http://odd\.localhost:[0-9]+/[^ ]*$way: .*$reason" ||
	    fail "$way: the journal does not say: $reason"
done <"$work/ways"
[ "$(main_pid)" = "$was" ] || fail "one of them has ended the service"
[ -z "$(find "$spool" -name '*evil*')" ] || fail "one has written to the spool"
status_is '[.sources[] | select(.source | test("^(v..|xinhua|azertac)$"))
    | .quarantined] | add == 0' || fail "another source lost a page"
spool_is_whole

# What the unit itself keeps from the daemon, were it taken over.
own=/proc/$was/status
grep -Eq '^CapBnd:\s*0+$' "$own" || fail "it has capabilities: $(grep Cap "$own")"
grep -Eq '^NoNewPrivs:\s*1$' "$own" || fail "it may have new privileges"
grep -Eq '^Seccomp:\s*2$' "$own" || fail "it may call anything"
inside() { nsenter -t "$was" -m -- "$@"; }
inside touch /etc/dateline/evil 2>/dev/null && fail "it can write to /etc"
inside touch /usr/local/evil 2>/dev/null && fail "it can write to /usr/local"
[ -z "$(inside find /home /root -mindepth 1 2>/dev/null)" ] || fail "it sees homes"
