#!/bin/bash
# What systemd is told, by a socket in its place: recovering, ready only after
# that, reloading, how it goes, stopping. And the end: a second signal ends a
# daemon whose disk hangs, and so do eight seconds; nothing is torn by it.
. tests/house/play.sh
python3 - "$work/notify" >"$work/told" <<'PY' &
import socket, sys
here = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
here.bind(sys.argv[1])
while True:
    print(here.recv(4096).decode().replace("\n", " "), flush=True)
PY
tls_pid=$!	# play.sh ends it
until_so 20 test -S "$work/notify"
export NOTIFY_SOCKET="$work/notify" WATCHDOG_USEC=400000
reload() { "$build/dateline" reload --conf "$work/datelined.conf" 2>&1; }
told() { grep -Ec "$1" "$work/told"; }
told_since() { # LINE REGEX...: in this order
	from=$1; shift
	for what; do
		said_at=$(tail -n +"$from" "$work/told" | grep -En "$what" | head -n 1)
		[ -n "$said_at" ] || return 1
		from=$((from + ${said_at%%:*}))
	done
}
next() { echo $(($(wc -l <"$work/told") + 1)); }

wire --every 0
agencies
# Its workers are told from those of other plays by where they lie.
ln -s "$PWD/$build/dateline-worker" "$work/dateline-worker"
setting worker = "$work/dateline-worker"
daemon
until_so 60 all_is_held
n=$(lines | wc -l)
# A revision is no new record.
first=$(lines | jq -s '[.[] | select(.revision == 1)] | length')
told_since 1 '^EXTEND_TIMEOUT_USEC=[0-9]{8}$' '^STATUS=recovering$' '^READY=1$' ||
    fail "it was not told that it recovers, and is ready then"
until_so 20 told '^WATCHDOG=1$'
is_told() {
	tail -n 20 "$work/told" | grep -Eq \
	    "^STATUS=5 sources; $first records today(, [0-9]+[a-z]+ behind)?; 0 pages pending\$"
}
until_so 20 is_told
status_is '.generation == 1' || fail "it begins with another generation"

# A reload is one until it is over, taken or not.
at=$(next)
reload || fail "a good configuration is refused"
until_so 20 told_since "$at" '^RELOADING=1 MONOTONIC_USEC=[0-9]+$' '^READY=1$'
status_is '.generation == 2' || fail "a reload is no new generation"
at=$(next)
cp "$work/sources.d/vgp.conf" "$work/vgp.conf"
printf '[options]\nnonsense = 1\n' >>"$work/sources.d/vgp.conf"
said=$(reload)
[ $? = 78 ] || fail "a bad configuration is not refused with 78"
case $said in
*/vgp.conf:[0-9]*': unknown key "nonsense"'*) ;;
*) fail "the refusal does not say where: $said" ;;
esac
until_so 20 told_since "$at" '^RELOADING=1 MONOTONIC_USEC=[0-9]+$' '^READY=1$'
cp "$work/vgp.conf" "$work/sources.d/vgp.conf"
at=$(next)
setting intervall = 5min
kill -HUP "$daemon_pid"
until_so 20 told_since "$at" '^RELOADING=1 MONOTONIC_USEC=[0-9]+$' '^READY=1$'
grep -q '/datelined.conf:[0-9]*: unknown key "intervall"' "$work/log" ||
    fail "the log does not say what is wrong"
sed -i '/^intervall/d' "$work/datelined.conf"
status_is '.generation == 2' || fail "a refused reload is a generation"
source_file down <<CONF
plugin = feed
zone = UTC
feed = http://down.localhost:1/rss
allow_private = yes
CONF
reload || fail "a source that is down is refused"
until_so 20 told '^STATUS=6 sources, 1 failing \(down: [a-z-]+\); '
rm "$work/sources.d/down.conf"
reload || fail "a source is not taken out"

# The state is lost: the whole spool is read into it, and only then it is ready.
at=$(next)
kill -TERM "$daemon_pid"
daemon_ends || fail "the daemon did not end well: $?"
told_since "$at" '^STOPPING=1$' || fail "its end is not told"
at=$(next)
rm "$work"/state/state.sqlite*
daemon
until_so 60 told_since "$at" '^READY=1$'
told_since "$at" "^STATUS=recovering: .* line $n\$" '^READY=1$' ||
    fail "the recovery was not told, or came after ready"
until_so 20 is_told	# what came before the start counts

# A disk that hangs, or whose spool is read-only, for as long as there is a file.
cat >"$work/hang.c" <<'C'
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_of_spool(int fd)
{
	char link[40], path[4096] = "";

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return readlink(link, path, sizeof(path) - 1) > 0 &&
	    strstr(path, "/spool/") != NULL;
}

static int hang(long call, int fd)
{
	if (access(getenv("READONLY"), F_OK) == 0 && is_of_spool(fd)) {
		errno = EROFS;
		return -1;
	}
	while (access(getenv("HANGS"), F_OK) == 0) {
		close(open(getenv("HANGING"), O_CREAT | O_WRONLY, 0644));
		usleep(1000);
	}
	return (int)syscall(call, fd);
}

int fsync(int fd)
{
	return hang(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return hang(SYS_fdatasync, fd);
}
C
cc -shared -fPIC -o "$work/hang.so" "$work/hang.c" || fail "no disk that hangs"
kill -TERM "$daemon_pid"
daemon_ends || fail "the daemon did not end well after a recovery: $?"
bad_disk() {
	rm -f "$work/hangs" "$work/hanging" "$work/readonly"
	HANGS="$work/hangs" HANGING="$work/hanging" READONLY="$work/readonly" \
	    LD_PRELOAD="$work/hang.so" ASAN_OPTIONS=verify_asan_link_order=0 \
	    "${DATELINED:-$build/datelined}" --conf "$work/datelined.conf" 2>>"$work/log" &
	daemon_pid=$!
	until_so 20 daemon_is_ready
}
publish() { for _ in 1 2 3; do ask_wire POST /publish >/dev/null; done; }
slow() {
	bad_disk
	touch "$work/hangs"
	publish
	until_so 60 test -e "$work/hanging"
}
whole() {
	rm -f "$work/hangs"
	daemon
	until_so 20 daemon_is_ready
	until_so 60 all_is_held
	numbers_are_whole || fail "the numbers have holes"
	"$build/dateline" verify --spool "$work/spool" >/dev/null ||
	    fail "the spool is torn"
	kill -TERM "$daemon_pid"
	daemon_ends || fail "the daemon did not end well: $?"
}
at=$(next)
bad_disk
touch "$work/readonly"
publish
until_so 60 told_since "$at" '^STATUS=.*: Read-only file system: fetching pauses; '
rm "$work/readonly"
until_so 60 all_is_held
until_so 20 told_since "$at" '^STATUS=.*fetching pauses; ' '^STATUS=5 sources; '
kill -TERM "$daemon_pid"
daemon_ends || fail "the daemon did not end well: $?"
whole
for second in TERM INT; do
	at=$(next)
	slow
	kill -TERM "$daemon_pid"
	until_so 20 told_since "$at" '^STOPPING=1$'
	kill -0 "$daemon_pid" || fail "it did not wait for its disk"
	kill -"$second" "$daemon_pid"
	daemon_ends || fail "a second signal does not end it well: $?"
	whole
done
grep -q 'ended at once' "$work/log" || fail "the log does not say so"
slow
before=$(date +%s)
kill -TERM "$daemon_pid"
daemon_ends
[ $? = 74 ] || fail "a disk that hangs is a good end"
[ $(($(date +%s) - before)) -le 10 ] || fail "it took longer than ten seconds"
whole
no_worker() { ! pgrep -f "$work/dateline-worker"; }
until_so 20 no_worker
