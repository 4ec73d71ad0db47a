#!/bin/bash
# The commands about texts: a line of output for each line of input, whatever is
# in it, and at once for who waits for it; the machine's own locale and zone
# never show.
. tests/house/play.sh
export LC_ALL=C TZ=America/St_Johns

[ "$("$build/dateline" fold 'Hà Nội, Bakı: “Łódź” — 北京')" = \
    'Ha Noi, Baki: "Lodz" -- 北京' ] || fail "it does not fold"

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
