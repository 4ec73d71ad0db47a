#!/bin/bash
# Who has no library reads the spool as well: spool/reader.py, and zstdcat with
# jq. While the daemon writes, begins segments and seals them; after kill -9;
# and over a torn end, damage, and segments that are gone.
. tests/house/play.sh
python_() { python3 spool/reader.py "$work/spool" "$@"; }
alike() { # WHAT [NUMBER]: both say the same from there on
	python_ "${2:-1}" >"$work/python"
	"$build/dateline" tail --spool "$work/spool" --from "${2:-1}" \
	    >"$work/tool" 2>/dev/null
	diff "$work/tool" "$work/python" >"$work/diff" || fail "$1: $(head -c 999 "$work/diff")"
}

setting segment_bytes = 4096B
wire --every 0
agencies
python3 spool/reader.py "$work/spool" 1 -f >"$work/followed" &
follower=$!
daemon
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
all_are_sealed() {
	"$build/dateline" verify --json --spool "$work/spool" |
	    jq -e '.segments > 3 and .sealed == .segments - 1'
}
until_so 60 all_are_sealed
same() { lines | cmp -s - "$work/followed"; }
until_so 20 same
kill "$follower"; wait "$follower" 2>/dev/null

alike "all lines"
alike "from 42 on" 42
alike "what is not there yet" 100000
python_ | cmp - <(lines) || fail "all lines are not the standard"
zstdcat "$work"/spool/*.zst | jq -c 'select(.seq > 42)' |
    cmp - <(lines | jq -c 'select(.seq > 42)') || fail "zstdcat and jq"
PYTHONPATH=spool python3 - "$work/spool" <<'PY' | cmp - <(lines | jq .seq) || fail "imported"
import json, sys
from reader import lines
for line in lines(sys.argv[1]):
    print(json.loads(line)["seq"])
PY

# The writer is killed while it writes; the end of the spool may be of any kind.
before=$(lines | wc -l)
ask_wire POST /correct >/dev/null
goes_on() { [ "$(lines | wc -l)" -gt "$before" ]; }
while ask_wire POST /correct >/dev/null; do :; done
until_so 60 goes_on
kill -9 "$daemon_pid"
daemon_ends
alike "a writer that is no more"

# A commit at the end that is not whole: nobody was ever shown it.
nth() { find "$work/spool" -name '*.zst' | sort | sed -n "$1p"; }
python3 - "$(nth '$')" <<'PY'
import struct, sys
with open(sys.argv[1], "r+b") as segment:
    at = segment.read().rfind(b"[*M\x18")
    segment.seek(at + 4)
    size, _, _, frame = struct.unpack("<IIII", segment.read(16))
    segment.seek(at + 4)
    segment.write(struct.pack("<I", size + frame))
    segment.truncate(at + 56 + frame // 2)
PY
alike "a torn end"
python_ | grep '"kind":"gap"' && fail "what nobody was shown is told as a gap"

# A byte of a frame, and one of a mark.
printf '\377' | dd of="$(nth 3)" bs=1 seek=200 conv=notrunc status=none
printf '\377' | dd of="$(nth 4)" bs=1 seek=80 conv=notrunc status=none
alike "damage"
python_ | grep -q '"why":"damaged"' || fail "damage is not told"
python_ >"$work/over" || fail "damage ends it"

rm "$(nth 1)"
alike "a segment that is gone"
python_ 1 | head -n 1 | jq -e '.kind == "gap" and .why == "removed"' >/dev/null ||
    fail "no gap is told"
