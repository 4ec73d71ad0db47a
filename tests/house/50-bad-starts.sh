#!/bin/bash
# What the daemon cannot start with: a clear message, and the exit code that
# says whose turn it is (78 the administrator's, 75 try later, 64 usage).
. tests/house/play.sh

wire --every 0
agencies vgp

# expect EXIT TEXT COMMAND...
expect() {
	code=$1 text=$2; shift 2
	"$@" >"$work/out" 2>&1
	got=$?
	[ "$got" = "$code" ] || { cat "$work/out"; fail "$* exits $got, not $code"; }
	grep -Eq "$text" "$work/out" || { cat "$work/out"; fail "$* does not say: $text"; }
}
datelined() { timeout 20 "$build/datelined" --conf "$work/datelined.conf"; }
check() { "$build/dateline" check --conf "$work/datelined.conf"; }

expect 0 'fine, 1 source enabled' check
expect 64 usage "$build/datelined" --nonsense
expect 64 'no command' "$build/dateline" nonsense
expect 64 usage "$build/dateline" tail --nonsense
expect 69 'is datelined running' "$build/dateline" status --conf "$work/datelined.conf"
expect 66 'No such file' "$build/dateline" tail --spool "$work/nowhere"

cp "$work/datelined.conf" "$work/good.conf"
again() { cp "$work/good.conf" "$work/datelined.conf"; }

setting intervall = 5min
expect 78 'datelined.conf:[0-9]+: unknown key "intervall": did you mean "interval"\?' datelined
expect 78 'did you mean "interval"' check
again; setting patience = 10
expect 78 'datelined.conf:[0-9]+: patience = 10: want a duration with its unit' datelined
again; setting workers = 1000
expect 78 'workers = 1000: out of range' datelined
again; setting 'user_agent = one ; two'
expect 78 'begin a comment' datelined
again; setting "user_agent = $(printf '%0300d' 0)"
expect 78 'longer than 198 bytes' datelined
again; setting "sources = nowhere.d"; sed -i '/^sources = nowhere/!b' "$work/datelined.conf"
expect 78 'nowhere.d: No such file' datelined
again

echo 'fed = http://vgp.localhost/' >>"$work/sources.d/vgp.conf"
expect 78 'sources.d/vgp.conf:[0-9]+: unknown key "fed": did you mean "feed"' datelined
agencies vgp
printf '[options]\nnonsense = 1\n' >>"$work/sources.d/vgp.conf"
expect 78 'sources.d/vgp.conf:[0-9]+: unknown key "nonsense"' datelined
expect 78 'unknown key "nonsense"' check
agencies vgp
echo 'plugin = nowhere' >>"$work/sources.d/vgp.conf"
expect 78 'plugin nowhere: there is no nowhere.so in plugin_path' datelined
agencies vgp
echo 'zone = Asia/Nowhere' >>"$work/sources.d/vgp.conf"
expect 78 'zone = Asia/Nowhere: there is no such zone' check
agencies vgp
printf '[options]\ntone_style = new\n' >>"$work/sources.d/vgp.conf"
expect 0 fine check
agencies vgp
printf 'plugin = feed\n[options]\ntext = div[\n' >>"$work/sources.d/vgp.conf"
expect 78 'sources.d/vgp.conf:[0-9]+: text = div\[: want a CSS selector' check
expect 78 'text = div\[: want a CSS selector' datelined
agencies vgp

sed -i "s|^spool = .*|spool = $work/nowhere|" "$work/datelined.conf"
expect 78 'spool = .*/nowhere: No such file or directory: make the folder' datelined
again
sed -i "s|^worker = .*|worker = $work/nowhere|" "$work/datelined.conf"
expect 78 'worker = .*did not start' datelined
again

# A second daemon on the same spool, and its control socket stays the first's.
daemon
until_so 20 daemon_is_ready
expect 75 'another datelined writes this spool' datelined
daemon_is_ready >/dev/null || fail "the first one does not answer any more"
