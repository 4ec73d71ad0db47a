#!/bin/bash
# The commands about texts: a line of output for each line of input, whatever is
# in it, and at once for who waits for it; the machine's own locale and zone
# never show.
. tests/house/play.sh
export LC_ALL=C TZ=America/St_Johns

[ "$("$build/dateline" fold 'Hà Nội, Bakı: “Łódź” — 北京')" = \
    'Ha Noi, Baki: "Lodz" -- 北京' ] || fail "it does not fold"

[ "$("$build/dateline" fold '' </dev/null | wc -l)" = 1 ] ||
    fail "an empty text is no line"

# Any bytes, an empty line, a last line without an end, a long line.
{
	printf 'Đà Nẵng\n\n\xff\xfe\x00x\nt\xe1\xbb\x91t\r\n'
	head -c 1000000 /dev/zero | tr '\0' a
	printf '\nĐống Đa'
} >"$work/in"
"$build/dateline" fold <"$work/in" >"$work/out" || fail "it does not end well"
[ "$(wc -l <"$work/out")" = 6 ] || fail "not as many lines as went in"
iconv -f UTF-8 -t UTF-8 "$work/out" >/dev/null || fail "it is not UTF-8"
[ "$(sed -n '1p;2p;4p;6p' "$work/out")" = $'Da Nang\n\ntot\nDong Da' ] ||
    { cut -c 1-80 "$work/out"; fail "these are not the lines"; }

# Many of them, in parts that end anywhere.
seq -f 'dòng %.0f' 20000 >"$work/in"
"$build/dateline" fold <"$work/in" | cmp - <(seq -f 'dong %.0f' 20000) ||
    fail "lines were lost or changed"

# Who writes a line and waits for the answer has it.
coproc "$build/dateline" fold
pid=$COPROC_PID # it goes with the process
for word in Huế Vĩnh Đỏ; do
	printf '%s\n' "$word" >&"${COPROC[1]}"
	read -r -t 20 answer <&"${COPROC[0]}" || fail "no answer"
	answers="${answers:-}$answer "
done
[ "$answers" = 'Hue Vinh Do ' ] || fail "not in the order of the lines"
exec {COPROC[1]}>&-
wait "$pid" || fail "it does not end with its input"

head -c 6000000 /dev/zero | tr '\0' a >"$work/in"
"$build/dateline" fold <"$work/in" >"$work/out" 2>&1
[ $? = 65 ] || fail "a line without an end is not refused"
grep -q 'a line of more than 4 MiB' "$work/out" || fail "nor told"

# Dates: what is no date says why, and nothing here says what day it is.
date() { "$build/dateline" date "$@"; }
[ "$(date --zone Asia/Ho_Chi_Minh 'Thứ Năm, 07/11/2024 15:24')" = \
    '{"raw":"Thứ Năm, 07/11/2024 15:24","time":"2024-11-07T15:24:00+07:00","zone":"source","precision":"minute"}' ] ||
    fail "a date is not read"
[ "$(date '2 hours ago')" = \
    '{"raw":"2 hours ago","time":null,"why":"relative"}' ] ||
    fail "it is not said why a text is none"
said() { jq -rs 'map(.time // .why) | join(" ")'; }
printf '%s\n' 'Oct. 12' '27 oktyabr' '2015-07-01 12:00' '2017-07-01 12:00' >"$work/in"
[ "$(date --zone Asia/Baku --base 2024-10-20T00:00:00+04:00 <"$work/in" | said)" = \
    '2024-10-12T00:00:00+04:00 2023-10-27T00:00:00+04:00 2015-07-01T12:00:00+05:00 2017-07-01T12:00:00+04:00' ] ||
    fail "not the year or the zone that was said"
[ "$(date 'Oct. 12' | said)" = 'no year' ] || fail "a year is invented"
[ "$(date '2024-10-12' | jq -r .zone)" = assumed ] || fail "a zone is invented"
[ "$(date --lang en-US 05/09/2026 | said) $(date --lang vi 05/09/2026 | said)" = \
    '2026-05-09T00:00:00+00:00 2026-09-05T00:00:00+00:00' ] ||
    fail "a language does not say where the month is"

# A text that is given and empty is a line; the input is not asked for.
for command in fold date dateline places; do
	[ "$(echo Hanoi | "$build/dateline" $command '')" = \
	    "$(echo | "$build/dateline" $command)" ] ||
	    fail "$command: an empty text is none"
done

# Any bytes, and many lines: each has its own.
head -c 300000 /dev/urandom >"$work/in"
seq -f '%.0f October 2024' 5000 >>"$work/in"
[ "$(date <"$work/in" | jq -c .raw | wc -l)" = "$(wc -l <"$work/in")" ] ||
    fail "a line has no line"
date <"$work/in" >"$work/out"
LC_ALL=C.UTF-8 grep -qP '[\x00-\x09\x0b-\x1f\x7f-\x9f]|\\u00[01]' "$work/out" &&
    fail "a control character comes out"
for wrong in '--zone Mars/Olympus' '--base soon' '--mark x'; do
	# shellcheck disable=SC2086
	date $wrong 2024-10-12 >"$work/out" 2>&1
	[ $? = 64 ] || fail "$wrong is taken"
done
