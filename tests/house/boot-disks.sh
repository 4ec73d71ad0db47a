#!/bin/bash
# A full disk under the service: fetching pauses, systemctl says so, readers are
# served, it ends and begins, and all goes on when there is room. With a spool
# that is read-only it does not begin, says 78, and is not tried again.
. tests/house/booted.sh
status_text() { property StatusText; }
says() { status_text | grep -Eq "$1"; }
mount -t tmpfs -o size=8m,mode=755 small "$spool" || skip "nobody may mount here"
trap 'was=$?; systemctl stop datelined; umount -l "$spool"; (exit $was); end' EXIT
systemd-tmpfiles --create dateline.conf || fail "no folders"
wire --every 0
agencies
publish 10
setting retention_free = 0B
systemctl start datelined || fail "it does not start on a small disk"
until_so 60 all_is_held
before=$(lines | wc -l)

cat /dev/zero >"$spool/ballast" 2>/dev/null
publish 12
until_so 60 says '^spool: No space left on device: fetching pauses; '
is_active || fail "a full disk ends it"
[ "$(lines | wc -l)" -ge "$before" ] || fail "readers are not served"
systemctl reload datelined || fail "it does not reload with a full disk"
# It ends in time, and begins again.
begun=$(date +%s)
systemctl stop datelined
[ $(($(date +%s) - begun)) -le 10 ] || fail "a full disk keeps it from ending"
[ "$(property Result)" = success ] || fail "no good end: $(property Result)"
systemctl start datelined || fail "it does not start on a full disk"
until_so 60 says 'No space left on device: fetching pauses'
rm "$spool/ballast"
until_so 60 all_is_held
until_so 20 says '^6 sources; [0-9]+ records today'
spool_is_whole

# What turns read-only while it is written is in 61-told-to-end.sh: nobody may
# make it so from outside.
# It cannot begin there, and systemd does not try for ever what stays so.
systemctl stop datelined
mount -o remount,ro "$spool"
systemctl start datelined && fail "it starts with a read-only spool"
[ "$(property ExecMainStatus)" = 78 ] || fail "not 78: $(property ExecMainStatus)"
until_so 20 journal_has 'spool = /var/spool/dateline: Read-only file system'
[ "$(property NRestarts)" = 0 ] || fail "what does not get better is tried again"
mount -o remount,rw "$spool"
systemctl reset-failed datelined
systemctl start datelined || fail "it does not start again"
until_so 60 all_is_held
