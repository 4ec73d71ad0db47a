# What the plays share: a newswire, a daemon on it, and waiting for things to
# be so. A play says `. tests/house/play.sh`; its name is what it proves.
#
#   wire [OPTION...]        starts the newswire; $port is where, and its
#                           misdeeds are at $raw, and at $six of [::1]
#   tls                     a front of the misdeeds with TLS; $tls is where, and
#                           $work/tls/ca.pem is what to trust
#   served FOLDER           a site of these files; $site_port is where
#   agencies NAME...        the sources of the wire (default: all five)
#   source_file NAME <<EOF  a source of the play's own; @PORT@ is filled in, and
#                           @RAW@, @SIX@ and @TLS@
#   setting KEY = VALUE     a line of datelined.conf
#   daemon                  starts the daemon; daemon_ends waits for its end
#   until_so SECONDS COMMAND...   waits for a condition; fails if it stays away
#   lines                   the spool's lines, as JSON
#   say TEXT; fail TEXT
set -u
build=${1:-build}
work=$(mktemp -d "${TMPDIR:-/tmp}/dateline-play.XXXXXX")
daemon_pid= wire_pid= tls_pid= other_pid= port=0 raw=0 six=0 tls=0
mkdir "$work/spool" "$work/state" "$work/sources.d"

end() {
	status=$?
	trap - EXIT
	for pid in $daemon_pid $wire_pid $tls_pid $other_pid; do
		kill -9 "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	if [ "$status" != 0 ] && [ -s "$work/log" ]; then
		echo "--- the daemon's log"
		tail -n 40 "$work/log"
	fi
	rm -rf "$work"
	exit "$status"
}
trap end EXIT
trap 'exit 1' INT TERM

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }

# The limit is there for what hangs; nothing depends on how long it takes.
until_so() {
	limit=$(($(date +%s) + $1)); shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$limit" ] || fail "it never came true: $*"
		sleep 0.05
	done
}

# With -e, jq 1.6 says yes where it had no input at all: that is no.
jq() {
	case " $* " in
	*' -e '* | *' -se '*) ;;
	*) command jq "$@"; return ;;
	esac
	jq_said=$(command jq "$@") || return
	printf '%s\n' "$jq_said"
	[ -n "$jq_said" ]
}

setting() { # KEY = VALUE; in the place of what was there
	sed -i "/^${1%% *} =/d" "$work/datelined.conf"
	printf "%s\n" "$*" >>"$work/datelined.conf"
}

configure() {
	plugin_path="$build/plugins"
	[ -d "$build/evil" ] && plugin_path="$plugin_path:$PWD/$build/evil"
	cat >"$work/datelined.conf" <<CONF
spool = $work/spool
state = $work/state
control = $work/control
web = none
worker = $PWD/$build/dateline-worker
plugin_path = $PWD/$plugin_path
gazetteer = $PWD/$build/gazetteer.tsv
interval = 500ms
honour_ttl = no
pause = 0s
retry = 100ms
commit_interval = 20ms
CONF
}

wire() {
	"$build/wire" --control "$@" >"$work/wire.out" 2>"$work/wire.err" &
	wire_pid=$!
	until_so 20 grep -q listening "$work/wire.out"
	port=$(sed -n 's/^listening.*://p' "$work/wire.out")
	raw=$(sed -n 's/^misdeeds on [^[]*://p' "$work/wire.out")
	six=$(sed -n 's/^misdeeds on \[.*://p' "$work/wire.out")
}

tls() {
	mkdir "$work/tls"
	python3 tests/wire/tls.py "$work/tls" "$raw" >"$work/tls.out" 2>"$work/tls.err" &
	tls_pid=$!
	until_so 20 grep -q listening "$work/tls.out"
	tls=$(sed 's/.*://' "$work/tls.out")
}

served() { # FOLDER
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$1" \
	    >"$work/site.out" 2>"$work/site.log" &
	other_pid=$!
	until_so 20 grep -q 'port [0-9]' "$work/site.out"
	site_port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$work/site.out")
}

agencies() {
	[ $# -gt 0 ] || set -- vgp vna vns xinhua azertac
	for name; do
		source_file "$name" <"tests/wire/sources.d/$name.conf"
	done
}

ports() { sed "s/@PORT@/$port/g;s/@RAW@/$raw/g;s/@SIX@/$six/g;s/@TLS@/$tls/g"; }

source_file() { ports >"$work/sources.d/$1.conf"; }

daemon() {
	"${DATELINED:-$build/datelined}" --conf "$work/datelined.conf" 2>>"$work/log" &
	daemon_pid=$!
}

daemon_is_ready() { "$build/dateline" status --conf "$work/datelined.conf"; }

# Waits for the end of the daemon; $? is its exit status.
daemon_ends() {
	wait "$daemon_pid" 2>/dev/null
	ended=$?
	daemon_pid=
	return $ended
}

lines() {
	"$build/dateline" tail --from oldest -o json --spool "$work/spool"
}

status_is() { # JQ-CONDITION
	status=$("$build/dateline" status --json --conf "$work/datelined.conf") &&
	    printf '%s' "$status" | jq -e "$1" >/dev/null
}

ask_wire() { # METHOD PATH
	curl -sf -X "$1" "http://wire.localhost:$port$2"
}

# What the wire has published, and what the spool holds, in the same form: id,
# and the number of revisions.
truth() {
	ask_wire GET /truth | jq -r '"\(.source):\(.key) \(.revisions)"' | sort
}
held() {
	lines | jq -r 'select(.kind == "record") | .id' | sort | uniq -c |
	    awk '{print $2, $1}' | sort
}
all_is_held() { [ "$(truth)" = "$(held)" ]; }

# Numbers from 1 on, each once, none missing.
numbers_are_whole() {
	lines | jq -s -e '[.[] | .seq] == [range(1; length + 1)]' >/dev/null
}

configure
