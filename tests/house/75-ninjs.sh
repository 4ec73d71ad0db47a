#!/bin/bash
# `dateline tail -o ninjs` prints what is valid by IPTC's schema, and tells on
# stderr what cannot be said in ninjs. The schema is not ours: where it does not
# lie beside this tree (or in $NINJS), only that is left out.
. tests/house/play.sh
schema=${NINJS:-../shared/ninjs}
tail_() { "$build/dateline" tail --spool "$work/spool" --from oldest "$@"; }

wire --every 0
agencies
daemon
until_so 60 all_is_held
while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
while ask_wire POST /correct >/dev/null; do :; done
until_so 60 all_is_held
kill -TERM "$daemon_pid"
daemon_ends || fail "it ends with $?"

lines >"$work/all"
tail_ -o ninjs >"$work/ninjs" || fail "-o ninjs ends with $?"
if [ -e "$schema/ninjs-schema_3.1.json" ]; then
	python3 tests/house/ninjs.py "$schema" "$work/ninjs" || fail "see above"
else
	say "skipped: there is no $schema, so nothing is checked against it"
fi

# The same stories: id, revision, title, time, text.
jq -c '{id, version: "\(.revision)", title, published, text}' "$work/all" >"$work/want"
jq -c '{id: .altIds[0].value, version, title: .headlines[0].value,
    published: .contentCreated, text: .bodies[0].value}' "$work/ninjs" |
    cmp - "$work/want" || fail "other stories than in the spool"
jq -s -e 'any(.[]; .language == "zh") and any(.[]; .version == "2") and
    any(.[]; .located == "Hà Nội") and any(.[]; .associations[0].uri)' \
    "$work/ninjs" >/dev/null || fail "Chinese, a revision, a place or a picture is missing"
[ "$(jq -r .uri "$work/ninjs" | sort -u | wc -l)" = \
    "$(jq -r .altIds[0].value "$work/ninjs" | sort -u | wc -l)" ] ||
    fail "a story has two uris, or two stories have one"

# Lines that cannot be read are no ninjs.
segment=$(ls "$work"/spool/*.jsonl.zst)
printf 'xxxx' | dd of="$segment" bs=1 seek=300 conv=notrunc status=none
tail_ -o ninjs >"$work/ninjs" 2>"$work/said"
jq -s -e 'length > 0 and all(.[]; .uri)' "$work/ninjs" >/dev/null || fail "something else than ninjs"
grep -qE '^dateline: lines 1 to [0-9]+: damaged$' "$work/said" || fail "the lines are not told"
