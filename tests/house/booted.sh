# shellcheck shell=bash
# What the boot-*.sh share: the service as it was installed, in a systemd that
# has booted. A script says `. tests/house/booted.sh`; its head is what it
# proves. It changes the machine, so it is for one that is thrown away; see
# tests/README.md.
#
#   skip REASON             it cannot be shown here
#   until_so SECONDS COMMAND...   waits for a condition; fails if it stays away
#   wire [OPTION...]        the newswire on a free port ($port)
#   agencies                its sources take the place of the real ones: five,
#                           and bulk
#   publish N               so many stories more, of bulk
#   source_file NAME <<EOF  a source of the script's own; @PORT@ is filled in
#   setting KEY = VALUE     a line of datelined.conf
#   drop_in <<EOF           what the unit has besides, for this script
#   fresh                   the service is stopped, its spool and state empty
#   property NAME           of the unit, as systemd knows it
#   journal                 what the service has said since fresh
#   fail TEXT
set -u
etc=/etc/dateline spool=/var/spool/dateline state=/var/lib/dateline
dropped=/etc/systemd/system/datelined.service.d
wire_pid='' port=0 since=''

skip() { echo "skipped: $*"; exit 0; }
fail() {
	echo "FAILED: $*"
	systemctl status datelined --no-pager -n 0
	journalctl -u datelined -n 40 --no-pager
	exit 1
}

[ -d /run/systemd/system ] || skip "systemd is not what has booted here"
[ "$(id -u)" = 0 ] || skip "it wants root"
if ! [ -x build/wire ] || ! systemctl cat datelined >/dev/null 2>&1; then
	skip "it wants make install build/wire"
fi
if compgen -G "$spool/*.jsonl*" >/dev/null; then
	skip "$spool has news, which it would remove"
fi

end() {
	was=$?
	trap - EXIT
	[ -z "$wire_pid" ] || kill "$wire_pid" 2>/dev/null
	fresh
	rm -rf "$dropped" "$work" "${etc:?}"/*
	cp -a "$kept/." "$etc/" && rm -rf "$kept"
	systemctl daemon-reload
	systemctl reset-failed datelined 2>/dev/null
	[ "$was" != 0 ] || echo "ok   $0"
	exit "$was"
}

# The limit is there for what hangs; nothing depends on how long it takes.
until_so() {
	limit=$(($(date +%s) + $1)); shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$limit" ] || fail "it never came true: $*"
		sleep 0.1
	done
}

# With -e, jq 1.6 says yes where it had no input at all: that is no.
holds() { # JQ-CONDITION
	said=$(jq -e "$1") && [ -n "$said" ]
}

wire() {
	build/wire --control "$@" >"$work/wire.out" 2>&1 &
	wire_pid=$!
	until_so 20 grep -q listening "$work/wire.out"
	port=$(sed -n 's/^listening.*://p' "$work/wire.out")
}
ask_wire() { curl -sf -X "$1" "http://wire.localhost:$port$2"; }

source_file() { sed "s/@PORT@/$port/g" >"$etc/sources.d/$1.conf"; }
agencies() {
	for file in tests/wire/sources.d/*.conf; do
		name=${file##*/}
		source_file "${name%.conf}" <"$file"
	done
	source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
CONF
}
setting() {
	sed -i "/^${1%% *} =/d" "$etc/datelined.conf"
	printf '%s\n' "$*" >>"$etc/datelined.conf"
}
drop_in() {
	mkdir -p "$dropped"
	cat >"$dropped/proof.conf"
	systemctl daemon-reload
}

property() { systemctl show -p "$1" --value datelined; }
main_pid() { property MainPID; }
is_active() { [ "$(property ActiveState)/$(property SubState)" = active/running ]; }
restarted() { [ "$(property NRestarts)" -gt "${1:-0}" ] && is_active; }
journal() { journalctl -u datelined --no-pager -o cat --since "$since"; }
journal_has() { journal | grep -Eq "$1"; }
status_is() { dateline status --json | holds "$1"; }
lines() { dateline tail --from oldest -o json; }

# What the wire has published, and what the spool holds, in the same form.
truth() {
	ask_wire GET /truth | jq -r '"\(.source):\(.key) \(.revisions)"' | sort
}
held() {
	lines | jq -r 'select(.kind == "record") | .id' | sort | uniq -c |
	    awk '{print $2, $1}' | sort
}
all_is_held() {
	published=$(truth) && [ -n "$published" ] && [ "$published" = "$(held)" ]
}
# Numbers from 1 on, each once, none missing; and each byte as it was.
spool_is_whole() {
	lines | jq -s '[.[] | .seq] == [range(1; length + 1)]' | holds . ||
	    fail "the numbers have holes"
	dateline verify >/dev/null || fail "the spool is damaged"
}
publish() { # HOW MANY, in bulk
	ask_wire POST "/bulk/publish/$1" >/dev/null || fail "the wire is silent"
}

fresh() {
	systemctl stop datelined
	systemctl reset-failed datelined 2>/dev/null
	find "$spool" -mindepth 1 -maxdepth 1 ! -name consumers ! -name .lock \
	    ! -name .upkeep -exec rm -rf {} +
	rm -rf "${state:?}"/* "$spool"/consumers/*
	since=$(date '+%Y-%m-%d %H:%M:%S')
}

# Nobody's hosts are asked in a test: real sources are off, and the script's own
# take their place. All is put back in the end.
work=$(mktemp -d /tmp/dateline-boot.XXXXXX)
kept=$(mktemp -d /tmp/dateline-etc.XXXXXX)
chmod 755 "$work"
cp -a "$etc/." "$kept/"
trap end EXIT
sed -i '1i enabled = no' "$etc"/sources.d/*.conf
for row in 'interval = 500ms' 'honour_ttl = no' 'pause = 0s' 'retry = 200ms' \
    'commit_interval = 20ms'; do
	setting "$row"
done
fresh
