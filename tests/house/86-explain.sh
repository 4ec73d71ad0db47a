#!/bin/bash
# `dateline explain` tells how the fields of a record came about: of a page that
# was saved, and of a story whose page is kept. What is neither, and a field
# that there is not, are told.
. tests/house/play.sh
explain() { COLUMNS=80 "$build/dateline" explain --conf "$work/datelined.conf" "$@"; }
says() { # TEXT: a line that "$work/said" has
	grep -qxF -- "$1" "$work/said" || fail "it does not say \"$1\" but: $(cat "$work/said")"
}
refuses() { # STATUS TEXT ARGUMENT...
	status=$1 why=$2; shift 2
	explain "$@" >"$work/said" 2>&1
	[ $? = "$status" ] || fail "explain $* does not end with $status"
	grep -qF -- "$why" "$work/said" || fail "explain $* says: $(cat "$work/said")"
	[ "$(wc -l <"$work/said")" = 1 ] || fail "explain $* says too much: $(cat "$work/said")"
}

# Saved pages, of two agencies.
source_file vgp <<CONF
plugin = vgp
feed = https://baochinhphu.vn/rss/home.rss
CONF
source_file gazette <tests/plugins/feed/source.conf
page=tests/plugins/vgp/page-vi.html
vgp() {
	explain --source vgp \
	    --url https://baochinhphu.vn/thu-nghiem-tau-dien-102270304071530042.htm "$page" "$@"
}
vgp published >"$work/said" || fail "it ends with $?"
diff - "$work/said" <<'TEXT' || fail "published is told in another way"
published  2027-03-04T08:15:00+07:00, to the second, with its zone
  1 vgp    meta article:published_time   "2027-03-04T08:15:00+07:00"
  2 vgp    page [data-role=publishdate]
        "04/03/2027 08:15" -> 2027-03-04T08:15+07:00 in the zone of the source
        not taken: less trusted
  3 dates  meta article:published_time   "2027-03-04T08:15:00+07:00"
        not taken: the same
TEXT
vgp published_evidence | cmp - "$work/said" || fail "its evidence is told in another way"
vgp text >"$work/said" || fail "it ends with $?"
diff - "$work/said" <<'TEXT' || fail "text is told in another way"
text  67 words in 4 paragraphs
  1 vgp          page div.detail-content[data-role=content]  4 paragraphs
  2 dateline     rule without its dateline
        [-(Chinhphu.vn) --] Sáng 4/3, đoàn tàu điện đầu tiên chạy thử không tải
        trên tuyến Cầu Sắt - Bến Nổi dài 9,5 km.
        ...
  3 boilerplate  rule without boilerplate
        ...
        Tuyến tàu dự kiến đón khách từ tháng 6 năm nay.[-/.-]
TEXT
vgp tags >"$work/said" || fail "it ends with $?"
diff - "$work/said" <<'TEXT' || fail "tags are told in another way"
tags  tàu điện, Cầu Sắt
  1 vgp  page [data-role=tags] a  tàu điện
  2 vgp  page [data-role=tags] a  Cầu Sắt
TEXT
vgp >"$work/said" || fail "it ends with $?"
says 'id           vgp:102270304071530042      vgp url key of the address'
says 'published    2027-03-04T08:15:00+07:00   vgp meta article:published_time'
says 'text         67 words in 4 paragraphs    boilerplate rule without boilerplate'
[ "$(wc -L <"$work/said")" -le 80 ] || fail "a line is too long"
vgp --json text | jq -e '.id == "vgp:102270304071530042" and
    (.fields | keys == ["text"]) and
    (.fields.text.steps | map(.by) == ["vgp", "dateline", "boilerplate"]) and
    .fields.text.steps[2].value == .fields.text.value' >/dev/null ||
    fail "--json: $(vgp --json text)"
vgp --json | jq -e '.fields.title.value == "Thử nghiệm tàu điện trên tuyến Cầu Sắt - Bến Nổi"
    and .options == []' >/dev/null || fail "--json of all: $(vgp --json)"

explain --source gazette --title "A harbour light" tests/plugins/feed/old.html title >"$work/said" ||
    fail "it ends with $?"
diff - "$work/said" <<'TEXT' || fail "title is told in another way"
title  Harbour gets a new light
  1 feed  feed entry  "A harbour light"
  2 feed  page h1     "Harbour gets a new light"
TEXT
explain --source gazette tests/plugins/feed/old.html >"$work/said" || fail "it ends with $?"
says 'Options that find nothing on this page:'
says '    author = .writer b'
grep -q 'time = ' "$work/said" && fail "an option that finds something is told"

# A field is one that a record may have, and nothing else.
for field in $(jq -r '."$defs".fields.properties // ."$defs".record.properties // .properties |
    keys[]' spool/record.schema.json); do
	vgp "$field" >"$work/said" 2>&1 || fail "there is no field $field: $(cat "$work/said")"
done
refuses 64 'a record has no field "publishd": did you mean "published"?' vgp:1 publishd
refuses 64 'a record has no field "weather"' vgp:1 weather
refuses 64 'say whose page it is' "$page"
refuses 65 'no text: no div.detail-content' --source vgp tests/plugins/vgp/changed.html
refuses 65 'skipped, an hourly round-up' --source azertac tests/plugins/azertac/roundup.html
refuses 66 'no page of this story is kept any more: see keep_pages' vgp:102270304071530042
refuses 66 'neither such a file nor' pgae.html

# Stories whose pages are kept.
wire --first 12 --every 0
agencies
rm "$work/sources.d/gazette.conf"
daemon
came() { lines | jq -s -e '[.[].source] | contains(["vgp", "xinhua"])'; }
until_so 60 came
id_of() { lines | jq -r --arg source "$1" 'select(.source == $source) | .id' | head -n 1; }
held_as() { # ID FIELD: the value that the spool has
	lines | jq -c --arg id "$1" --arg field "$2" 'select(.id == $id) | .[$field]' | tail -n 1
}
for source in vgp xinhua; do
	id=$(id_of "$source")
	until_so 30 explain "$id"
	explain --json "$id" >"$work/said" || fail "it ends with $?"
	for field in id title published text; do
		[ "$(jq -c ".fields.$field.value" "$work/said")" = "$(held_as "$id" "$field")" ] ||
		    fail "$field of $id is not what the spool has: $(cat "$work/said")"
	done
	jq -e --arg source "$source" '.fields.id.steps == [{field: "id", by: $source, from: "url",
	    how: "key of the address", value: .id, taken: true}]' "$work/said" >/dev/null ||
	    fail "how $id came about: $(jq -c .fields.id "$work/said")"
	jq -e 'any(.fields.title.steps[]; .from == "feed" and .how == "entry")' "$work/said" \
	    >/dev/null || fail "what the entry promised is not told: $(cat "$work/said")"
done
explain "$id" published | grep -q "^published  2" || fail "a field of $id"
refuses 66 'no page of this story is kept any more: see keep_pages' "${id}0"
refuses 66 'no page of this story' --source vgp "$id"

# Of a story that was fetched twice the newest page counts.
ask_wire POST /correct >/dev/null || fail "nothing to correct"
again() { lines | jq -r 'select(.revision == 2) | .id' | grep .; }
until_so 60 again
id=$(again)
newest() {
	[ "$(explain --json "$id" | jq -c '[.fields.title.value, .fields.text.value]')" = \
	    "$(lines | jq -c 'select(.revision == 2) | [.title, .text]')" ]
}
until_so 30 newest

# A source that is gone, and pages that are.
mv "$work/sources.d/${id%%:*}.conf" "$work/gone"
refuses 65 'there is no such source any more' "$id"
mv "$work/gone" "$work/sources.d/${id%%:*}.conf"
setting keep_pages = 0s
"$build/dateline" reload --conf "$work/datelined.conf" || fail "reload"
gone() { explain "$id"; [ $? = 66 ]; }
until_so 60 gone
refuses 66 'no page of this story is kept any more: see keep_pages' "$id"
