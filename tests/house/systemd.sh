#!/bin/bash
# In a booted systemd, after `make install`: the service becomes active (it has
# notified), reloads and keeps running, refuses a bad configuration and goes on,
# and ends within ten seconds. Changes this machine: it is run on one that is
# thrown away, never by `make test`.
set -u
fail() { echo "FAILED: $*"; journalctl -u datelined -n 30 --no-pager; exit 1; }

[ -d /run/systemd/system ] || fail "systemd is not running here"
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
echo "1 passed, 0 failed"
