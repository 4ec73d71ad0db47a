#!/bin/bash
# run.sh BUILD: the newswire, the daemon on it, and a live tail. On a terminal
# it goes on until Ctrl-C; else it ends when a correction has come in.
. tests/house/play.sh

say "A stand-in newswire on loopback, the daemon on it, and its tail. Time,"
say "agency, place, title; the first wave, then single stories, then a correction."
say ""
wire --every 2
agencies
setting interval = 2s
setting pause = 20ms
daemon
until_so 30 daemon_is_ready
if [ -t 1 ]; then
	"$build/dateline" tail -f --from oldest -o text --spool "$work/spool"
	exit 0
fi
"$build/dateline" tail -f --from oldest -o text --spool "$work/spool" &
tail_pid=$!
corrected() { lines | grep -q '"revision":2'; }
until_so 120 corrected
until_so 30 all_is_held
sleep 1	# for the eye: the last line is on its way through the pipe
kill "$tail_pid"
say ""
say "$(lines | wc -l) lines of $(lines | jq -r .source | sort -u | wc -l)" \
    "agencies are in the spool. They can be read with zstdcat, too."
