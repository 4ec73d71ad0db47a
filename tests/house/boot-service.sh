#!/bin/bash
# The service becomes active (it has notified), reloads and keeps running,
# refuses a bad configuration and goes on, and ends within ten seconds. Its
# sandbox lets it keep the spool in order, and its group has consumers. What was
# installed beside it can be used.
. tests/house/booted.sh

systemctl start datelined || fail "it does not start"
systemctl is-active datelined || fail "it is not active"
pid=$(systemctl show -p MainPID --value datelined)
[ "$(stat -c %U "/proc/$pid")" = dateline ] || fail "it is not the service's user"

systemctl reload datelined || fail "reload fails"
systemctl is-active datelined || fail "it is not active after a reload"
[ "$(systemctl show -p MainPID --value datelined)" = "$pid" ] ||
    fail "a reload has replaced the process"
dateline status || fail "no status"

# What is wrong with a configuration, the tool or a plugin finds.
status_is '.generation == 2' || fail "a reload is no new generation"
setting intervall = 5min
systemctl reload datelined && fail "a bad configuration is taken"
until_so 20 journal_has "$etc/datelined.conf:[0-9]+: unknown key \"intervall\""
sed -i '/^intervall/d' "$etc/datelined.conf"
cp "$etc/sources.d/vgp.conf" "$work/vgp.conf"
printf '[options]\nnonsense = 1\n' >>"$etc/sources.d/vgp.conf"
systemctl reload datelined && fail "a bad option is taken"
until_so 20 journal_has "$etc/sources.d/vgp.conf:[0-9]+: unknown key \"nonsense\""
cp "$work/vgp.conf" "$etc/sources.d/vgp.conf"
is_active || fail "a refused reload has ended it"
[ "$(main_pid)" = "$pid" ] || fail "a refused reload has replaced the process"
dateline reload --conf "$work/none.conf"
[ $? = 78 ] || fail "no configuration is a good one"
status_is '.generation == 2' || fail "a refused reload is a generation"

before=$(date +%s)
systemctl stop datelined || fail "it does not stop"
[ $(($(date +%s) - before)) -le 10 ] || fail "it took longer than ten seconds"
[ "$(systemctl show -p Result --value datelined)" = success ] || fail "no good end"
setting spool = /nowhere
systemctl start datelined && fail "it starts without a spool"
[ "$(systemctl show -p ExecMainStatus --value datelined)" = 78 ] || fail "not 78"
sed -i '/^spool =/d' "$etc/datelined.conf"
systemctl reset-failed datelined
systemctl start datelined || fail "it does not start again"

# News, and small segments: they are sealed and removed inside the sandbox.
wire --every 0
agencies
publish 10
setting commit_bytes = 1B
setting segment_bytes = 4096B
systemctl reload datelined || fail "the newswire is not taken"
until_so 60 status_is '[.sources[].polls] | min > 1'
until_so 60 status_is '.entries.pending == 0 and .workers.working == 0'
verified() { dateline verify --json | holds "$1"; }
until_so 60 verified '.ok and .sealed > 0 and .sealed == .segments - 1'
journal_has ' sealed: ' || fail "the log has no sealing"

# Inside the sandbox it can be looked at, too.
page=$(dateline status --json | jq -r .web)
curl -sf "${page}metrics" | grep -q '^dateline_source_records_total{source="vns"} [1-9]' ||
    fail "no metrics at $page"
[ "$(curl -sf "${page}healthz")" = ok ] || fail "no health"

# What the log says of a source can be asked for.
source_file nobody <<CONF
plugin = feed
zone = UTC
feed = http://user:secret@nobody.localhost:@PORT@/feed.rss
allow_private = yes
CONF
systemctl reload datelined || fail "a source that fails is not taken"
of_source() {
	journalctl -u datelined -o json --since "$since" DATELINE_SOURCE=nobody |
	    jq -s "$1" | holds .
}
until_so 60 of_source 'any(.[]; .PRIORITY == "4" and .DATELINE_CLASS != null and
    .SYSLOG_IDENTIFIER == "datelined" and
    (.DATELINE_URL | startswith("http://nobody.localhost")))'
journal_has 'secret@' && fail "the log tells a password"
rm "$etc/sources.d/nobody.conf"
systemctl reload datelined || fail "a source is not taken away"

# Who is of the group has consumers; others read, and are told why not more.
[ "$(stat -c '%a %U %G' $spool/consumers)" = "2775 dateline dateline" ] ||
    fail "consumers/ is $(stat -c '%a %U %G' $spool/consumers)"
id reader >/dev/null 2>&1 || useradd -G dateline reader || fail "no reader"
id stranger >/dev/null 2>&1 || useradd stranger || fail "no stranger"
as() { runuser -u "$1" -- "${@:2}"; }
as reader dateline tail --consumer archive >"$work/first" || fail "no consumer"
[ "$(wc -l <"$work/first")" = "$(dateline status --json | jq .spool.last_seq)" ] ||
    fail "not all lines"
[ -z "$(as reader dateline tail --consumer archive)" ] || fail "lines come twice"
[ "$(stat -c '%U %G' $spool/consumers/archive)" = "reader dateline" ] ||
    fail "a consumer is $(stat -c '%U %G' $spool/consumers/archive)"
as stranger dateline tail --from oldest | cmp - "$work/first" || fail "others cannot read"
as stranger dateline consumers --json | holds '.consumers[0].name == "archive"' ||
    fail "others do not see who reads"
as stranger dateline tail --consumer other 2>"$work/said"
[ $? = 77 ] || fail "others have consumers"
grep 'be of the group' "$work/said" || fail "others are told $(cat "$work/said")"

setting retention_bytes = 8KiB
systemctl reload datelined || fail "retention is not taken"
until_so 60 status_is '.spool.oldest_seq > 1'
status_is '.spool | has("retention_failed") | not' || fail "retention fails"

# The state can be made anew, by the service's user.
systemctl stop datelined || fail "it does not stop with a spool"
as dateline dateline state rebuild || fail "no new state"
systemctl start datelined || fail "it does not start on a new state"

# What was installed can be linked with, and runs.
# shellcheck disable=SC2046
cc -x c - -o "$work/reads" $(pkg-config --cflags --libs dateline-spool) <<'C' ||
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
as stranger "$work/reads" || fail "the library does not read"
