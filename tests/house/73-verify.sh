#!/bin/bash
# `dateline verify` finds what is damaged and says what that costs; --repair
# mends it, and no number is used for something else afterwards.
. tests/house/play.sh
verify() { "$build/dateline" verify --spool "$work/spool" "$@" >"$work/said" 2>&1; }

wire --every 0
agencies
daemon
until_so 60 all_is_held
verify || fail "an undamaged spool: $(cat "$work/said")"
lines >"$work/all"
n=$(wc -l <"$work/all")
[ "$(tail -n 1 "$work/said")" = "$(tail -n 1 "$work/said" | grep -E \
    "^1 segment \(0 sealed\), [0-9]+ commits, $n lines, [0-9]+ bytes: no damage$")" ] ||
    fail "the sum: $(cat "$work/said")"

# Damage in what the daemon writes to can be seen, and not yet mended.
segment=$(ls "$work"/spool/*.jsonl.zst)
printf 'xxxx' | dd of="$segment" bs=1 seek=300 conv=notrunc status=none
verify
[ $? = 65 ] || fail "damage: it ends with $?"
found="^$(basename "$segment"): byte [0-9]+: [^,]+.*, lines 1 to [0-9]+\$"
grep -qE "$found" "$work/said" || fail "the finding: $(cat "$work/said")"
tail -n 1 "$work/said" | grep -qE ': 1 place damaged, [0-9]+ lines? lost, 0 segments repaired$' ||
    fail "the sum: $(cat "$work/said")"
verify --json
[ $? = 65 ] || fail "--json: it ends with $?"
jq -e '.ok == false and .damaged == 1 and (.findings | length) == 1 and
    (.findings[0] | .damage and .from == 1 and .to >= 1 and (.what | length) > 0)' \
    "$work/said" >/dev/null || fail "--json: $(cat "$work/said")"
verify --repair
[ $? = 75 ] || fail "--repair beside the daemon ends with $?"
grep -q 'stop datelined' "$work/said" || fail "it says: $(cat "$work/said")"

# Without the daemon.
kill -TERM "$daemon_pid"
daemon_ends || fail "it ends with $?"
verify --repair || fail "--repair ends with $?: $(cat "$work/said")"
tail -n 1 "$work/said" | grep -qE ', 1 segment repaired$' || fail "the sum: $(cat "$work/said")"
verify || fail "it is not mended: $(cat "$work/said")"
[ -e "$segment.damaged" ] || fail "what was there is not kept"
lines >"$work/mended"
head -n 1 "$work/mended" | jq -e '.kind == "loss" and .from == 1' >/dev/null ||
    fail "the loss is not told: $(head -n 1 "$work/mended")"
to=$(head -n 1 "$work/mended" | jq .to)
cmp <(tail -n +2 "$work/mended") <(tail -n +$((to + 1)) "$work/all") ||
    fail "other lines than those that were whole"
verify --json || fail "--json ends with $?"
jq -e '.ok and .damaged == 0' "$work/said" >/dev/null || fail "--json: $(cat "$work/said")"

"$build/dateline" verify --spool "$work/state" >"$work/said" 2>&1
[ $? = 66 ] && grep -q 'is no spool' "$work/said" || fail "a folder that is no spool"
"$build/dateline" verify --spool "$work/nowhere" >"$work/said" 2>&1
[ $? = 66 ] || fail "no folder"
"$build/dateline" verify --spool >"$work/said" 2>&1
[ $? = 64 ] || fail "--spool without one"
