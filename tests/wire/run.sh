#!/bin/bash
# run.sh BUILD: the newswire, the daemon on it, and a live tail. It ends when a
# correction has come in; on a terminal it leaves a minute to look around.
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
"$build/dateline" tail -f --from oldest -o text --spool "$work/spool" &
tail_pid=$!
corrected() { lines | grep -q '"revision":2'; }
until_so 120 corrected
until_so 30 all_is_held
sleep 1	# for the eye: the last line is on its way through the pipe
say ""
say "$(lines | wc -l) lines of $(lines | jq -r .source | sort -u | wc -l)" \
    "agencies are in the spool. They can be read with zstdcat, too:"
say "zstdcat $work/spool/*.jsonl.zst | jq .title"
if [ -t 1 ]; then
	say "All stays for a minute; Ctrl-C ends it before."
	sleep 60
fi
kill "$tail_pid"
