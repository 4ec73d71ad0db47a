#!/bin/bash
# `dateline places`: the places of each line, by the day that is told, whatever
# the machine's own zone and locale are; one line knows nothing of the other.
. tests/house/play.sh
export LC_ALL=C TZ=America/St_Johns

places() {
	"$build/dateline" places "$@" | jq -c '[.places[] | [.code, .as]]'
}

[ "$("$build/dateline" places 'In Ha Noi')" = \
    '{"raw":"In Ha Noi","places":[{"name":"Hà Nội","code":"VN-HN","country":"VN","as":"Ha Noi"}]}' ] ||
    fail "it is told in another way"
[ "$(places 'Bakıda, Bakıda, Баку')" = \
    '[["AZ-BA","Bakıda"],["AZ-BA","Баку"]]' ] || fail "not each form once"
[ "$(places --base 2025-06-30 'Bắc Giang')" = '[["VN-54","Bắc Giang"]]' ] ||
    fail "not what it was before the merger"
[ "$(places --base 2025-07-01T00:00:00+07:00 'Bắc Giang')" = \
    '[["VN-56","Bắc Giang"]]' ] || fail "not what it is since the merger"

# What the first line is about does not help with the second one.
printf 'Split, Croatia\nin Split\n\n' | places >"$work/out"
[ "$(cat "$work/out")" = $'[["HR-17","Split"],["HR","Croatia"]]\n[]\n[]' ] ||
    { cat "$work/out"; fail "these are not the lines"; }
