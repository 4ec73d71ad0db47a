#!/bin/bash
# In a booted systemd, after `conf/packages.sh build run` and `make install
# build/wire`: the service becomes active (it has notified), reloads and keeps
# running, refuses a bad configuration and goes on, and ends within ten seconds.
# Its sandbox lets it keep the spool in order, and its group has consumers.
# Changes this machine: it is run on one that is thrown away, never by
# `make test`.
set -u
fail() { echo "FAILED: $*"; journalctl -u datelined -n 30 --no-pager; exit 1; }

# The limit is there for what hangs; nothing depends on how long it takes.
until_so() {
	limit=$(($(date +%s) + 60))
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$limit" ] || fail "it never came true: $*"
		sleep 0.1
	done
}

[ -d /run/systemd/system ] || fail "systemd is not running here"
# Nobody's hosts are asked in a test: real sources are off until the newswire's
# take their place.
sed -i '1i enabled = no' /etc/dateline/sources.d/*.conf
systemctl start datelined || fail "it does not start"
systemctl is-active datelined || fail "it is not active"
pid=$(systemctl show -p MainPID --value datelined)
[ "$(stat -c %U "/proc/$pid")" = dateline ] || fail "it is not the service's user"

systemctl reload datelined || fail "reload fails"
systemctl is-active datelined || fail "it is not active after a reload"
[ "$(systemctl show -p MainPID --value datelined)" = "$pid" ] ||
    fail "a reload has replaced the process"
dateline status || fail "no status"

echo 'intervall = 5min' >>/etc/dateline/datelined.conf
systemctl reload datelined && fail "a bad configuration is taken"
systemctl is-active datelined || fail "a refused reload has ended it"
sed -i '/^intervall/d' /etc/dateline/datelined.conf

before=$(date +%s)
systemctl stop datelined || fail "it does not stop"
[ $(($(date +%s) - before)) -le 10 ] || fail "it took longer than ten seconds"
[ "$(systemctl show -p Result --value datelined)" = success ] || fail "no good end"
echo 'spool = /nowhere' >>/etc/dateline/datelined.conf
systemctl start datelined && fail "it starts without a spool"
[ "$(systemctl show -p ExecMainStatus --value datelined)" = 78 ] || fail "not 78"
sed -i '\,^spool = /nowhere,d' /etc/dateline/datelined.conf
systemctl reset-failed datelined
systemctl start datelined || fail "it does not start again"

# News, and small segments: they are sealed and removed inside the sandbox.
spool=/var/spool/dateline
status_is() { dateline status --json | jq -e "$1"; }
build/wire --every 0 >/tmp/wire.out &
until_so grep -q listening /tmp/wire.out
port=$(sed -n 's/^listening.*://p' /tmp/wire.out)
for file in tests/wire/sources.d/*.conf; do
	sed "s/@PORT@/$port/" "$file" >"/etc/dateline/sources.d/${file##*/}"
done
cat >>/etc/dateline/datelined.conf <<CONF
interval = 500ms
honour_ttl = no
pause = 0s
commit_bytes = 1B
segment_bytes = 4096B
CONF
systemctl reload datelined || fail "the newswire is not taken"
until_so status_is '[.sources[].polls] | min > 1'
until_so status_is '.entries.pending == 0 and .workers.working == 0'
verified() { dateline verify --json | jq -e "$1"; }
until_so verified '.ok and .sealed > 0 and .sealed == .segments - 1'
journalctl -u datelined | grep ' sealed: ' || fail "the log has no sealing"

# Who is of the group has consumers; others read, and are told why not more.
[ "$(stat -c '%a %U %G' $spool/consumers)" = "2775 dateline dateline" ] ||
    fail "consumers/ is $(stat -c '%a %U %G' $spool/consumers)"
useradd -G dateline reader
useradd stranger
as() { runuser -u "$1" -- "${@:2}"; }
as reader dateline tail --consumer archive >/tmp/first || fail "no consumer"
[ "$(wc -l </tmp/first)" = "$(status_is .spool.last_seq)" ] || fail "not all lines"
[ -z "$(as reader dateline tail --consumer archive)" ] || fail "lines come twice"
[ "$(stat -c '%U %G' $spool/consumers/archive)" = "reader dateline" ] ||
    fail "a consumer is $(stat -c '%U %G' $spool/consumers/archive)"
as stranger dateline tail --from oldest | cmp - /tmp/first || fail "others cannot read"
as stranger dateline consumers --json | jq -e '.consumers[0].name == "archive"' ||
    fail "others do not see who reads"
as stranger dateline tail --consumer other 2>/tmp/said
[ $? = 77 ] || fail "others have consumers"
grep 'be of the group' /tmp/said || fail "others are told $(cat /tmp/said)"

echo 'retention_bytes = 8KiB' >>/etc/dateline/datelined.conf
systemctl reload datelined || fail "retention is not taken"
until_so status_is '.spool.oldest_seq > 1'
status_is '.spool | has("retention_failed") | not' || fail "retention fails"

# The state can be made anew, by the service's user.
systemctl stop datelined || fail "it does not stop with a spool"
as dateline dateline state rebuild || fail "no new state"
systemctl start datelined || fail "it does not start on a new state"

# What was installed can be linked with, and runs.
# shellcheck disable=SC2046
cc -x c - -o /tmp/reads $(pkg-config --cflags --libs dateline-spool) <<'C' ||
#include <dateline/spool.h>

int main(void)
{
	struct spool_reader *reader = spool_open("/var/spool/dateline");
	const struct spool_line *line;

	if (reader == NULL)
		return 1;
	spool_seek(reader, 1); /* which retention has removed */
	return spool_next(reader, &line) != SPOOL_GAP;
}
C
    fail "no library"
as stranger /tmp/reads || fail "the library does not read"
echo "1 passed, 0 failed"
