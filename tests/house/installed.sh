# shellcheck shell=bash
# The words of play.sh for who plays with an installed dateline: configuration and
# spool are those of the service, and the tool is the installed one. Of the build
# that is the first argument it takes the newswire.
. tests/house/play.sh

# What is needed besides is said by who plays.
skip() { say "skipped: $*"; exit 0; }
[ "$(id -u)" = 0 ] || skip "this changes the machine, and needs root for it"
[ -d /run/systemd/system ] || skip "systemd is not PID 1 here"
[ -x "$build/wire" ] || skip "there is no $build/wire"

rmdir "$work/spool" "$work/sources.d"
ln -s /var/spool/dateline "$work/spool"
ln -s /etc/dateline/sources.d "$work/sources.d"
ln -sf /etc/dateline/datelined.conf "$work/datelined.conf"
mkdir "$work/bin"
ln -s "$(realpath "$build/wire")" /usr/bin/dateline "$work/bin"
build=$work/bin

fail() {
	journalctl -u datelined -n 40 --no-pager >"$work/log"
	say "FAILED: $*"
	exit 1
}

# Nobody's hosts are asked in a test: the newswire's sources take the place of
# the real ones, and news comes fast.
on_the_wire() {
	agencies
	source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
CONF
	cat >>/etc/dateline/datelined.conf <<CONF
interval = 500ms
honour_ttl = no
pause = 0s
retry = 100ms
CONF
}
