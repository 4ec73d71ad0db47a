#!/bin/bash
# The unit, as it is installed, takes away what systemd can: 1.5 at most by
# systemd's own measure, of which the network and a spool that all may read are
# the most. The drop-ins that are examples are ones that systemd takes.
. tests/house/play.sh

command -v systemd-analyze >/dev/null || {
	say "skipped: there is no systemd-analyze here"
	exit 0
}
unit="$work/datelined.service"
sed "s|@PREFIX@|$work|g;s|@SYSCONF@|/etc|g" conf/systemd/datelined.service.in >"$unit"
mkdir "$work/sbin" "$work/bin" "$unit.d"
ln -s "$PWD/$build/datelined" "$work/sbin/"
ln -s "$PWD/$build/dateline" "$work/bin/"
said=$(systemd-analyze security --offline=true --no-pager --threshold=15 "$unit") ||
    fail "it is too exposed:
$(grep -v '✓' <<<"$said")"
grep -q 'Overall exposure level for datelined.service: [01]\.' <<<"$said" ||
    fail "nothing was measured: $said"

for example in conf/systemd/examples/*.conf; do
	sed 's/^#\([A-Z][A-Za-z]*=\)/\1/' "$example" >"$unit.d/${example##*/}"
done
said=$(systemd-analyze verify --man=no --recursive-errors=no "$unit" 2>&1) ||
    fail "systemd does not take it: $said"
[ -z "$said" ] || fail "systemd has something to say: $said"
say "$(systemd-analyze security --offline=true --no-pager "$unit" | tail -n 1)"
