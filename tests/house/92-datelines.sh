#!/bin/bash
# What opens a story, told from what only looks like it: each row of two tables
# is what `dateline dateline` says.
. tests/house/play.sh
tab=$'\t'

# Of other countries the table has no more than their code.
as_rows='def code: if . == null then "-"
	elif test("^(VN|CN|AZ)-") then . else .[0:2] end;
	.dateline as $d | [$base, ($d.place.code | code), $d.date // "-",
	$d.agency // "-", $d.text, if .rest == "" then "-" else .rest end]
	| join("\t")'

grep -v '^#' tests/kit/datelines.tsv >"$work/rows"
cut -f 1 "$work/rows" | sort -u | while read -r base; do
	grep "^$base$tab" "$work/rows" >"$work/wanted"
	awk -F '\t' '{ print $6 == "-" ? $5 : $5 " " $6 }' "$work/wanted" |
	    "$build/dateline" dateline --base "$base" |
	    jq -r --arg base "$base" "$as_rows" >"$work/came"
	diff "$work/wanted" "$work/came" >>"$work/wrong"
done
[ "$(wc -l <"$work/rows")" -ge 250 ] || fail "rows are missing"
[ ! -s "$work/wrong" ] || { cat "$work/wrong"; fail "datelines"; }

"$build/dateline" dateline --base 2025-01-02 <tests/kit/no-datelines.txt |
    jq -r 'if .dateline == null and .rest == .raw then .rest else tojson end' |
    diff tests/kit/no-datelines.txt - || fail "sentences that are none"
[ "$(wc -l <tests/kit/no-datelines.txt)" -ge 100 ] || fail "lines are missing"

# All of it, in the order that is promised.
[ "$("$build/dateline" dateline 'HANOI, Oct. 12, 2024 (Xinhua) -- Rain.')" = \
    '{"raw":"HANOI, Oct. 12, 2024 (Xinhua) -- Rain.","dateline":{"text":"HANOI, Oct. 12, 2024 (Xinhua) --","place":{"name":"Hà Nội","code":"VN-HN","country":"VN"},"date":"2024-10-12","agency":"Xinhua"},"rest":"Rain."}' ] ||
    fail "a line is not what is promised"
[ "$(echo | "$build/dateline" dateline)" = \
    '{"raw":"","dateline":null,"rest":""}' ] || fail "an empty line"
