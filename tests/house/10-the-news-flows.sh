#!/bin/bash
# Five agencies come in, and each of their stories is one record, as published:
# the first wave, then single stories, then corrections.
. tests/house/play.sh

wire --every 0
agencies
daemon
until_so 60 all_is_held
[ "$(lines | wc -l)" -ge 60 ] || fail "fewer than sixty records"
numbers_are_whole || fail "the numbers have holes"

# A conditional request, and nothing new: 304.
asked_again() {
	ask_wire GET /requests | jq -s -e \
	    'any(.[]; .if_none_match and .status == 304)'
}
until_so 20 asked_again

while ask_wire POST /publish >/dev/null; do :; done
until_so 60 all_is_held
while ask_wire POST /correct >/dev/null; do :; done
until_so 60 all_is_held
numbers_are_whole || fail "the numbers have holes"

lines | jq -s -e '[.[] | select(.revision == 2)] | length == 3 and
    all(.[]; (.changed | index("text")) != null)' >/dev/null ||
    fail "a correction has no revision, or it does not say what changed"

# As published: title, time and place.
ask_wire GET /truth | jq -S -c \
    '{id: "\(.source):\(.key)", title, published, place}' |
    sort >"$work/published"
lines | jq -s -S -c 'group_by(.id) | .[] | max_by(.revision) |
    {id, title, published, place: .dateline.place.code}' >"$work/spooled"
python3 tests/house/compare.py "$work/published" "$work/spooled" || fail "see above"

python3 tests/house/valid.py <(lines) || fail "see above"

# What zstdcat prints is what the reader gives.
zstdcat "$work"/spool/*.jsonl.zst >"$work/zstdcat"
lines | cmp - "$work/zstdcat" || fail "zstdcat prints something else"
