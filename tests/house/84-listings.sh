#!/bin/bash
# Sites without a feed, by configuration alone: a listing with a pager, a list in
# JSON, stories in several pages. Older entries are asked for when the listing
# shows nothing that is known, and not when the source is new.
. tests/house/play.sh

site=$work/site
mkdir "$site"
served "$site"
port=$site_port

story() { # NAME TITLE [MORE]
	cat >"$site/$1.html" <<-HTML
	<html><head><title>$2</title></head><body><h1>$2</h1>
	<div class=story><p>The $1 of the river has risen by a metre overnight,
	and the ferry to the island has been moored until Sunday.</p></div>
	${3:-}</body></html>
	HTML
}
listing() { # FILE OLDER NAME...
	{
		echo '<html><body><ul>'
		for name in "${@:3}"; do
			echo "<li><a href=/$name.html><img src=/$name.png></a>" \
			    "<a href=/$name.html>Story $name</a>" \
			    "<span>05/09/2026 12:00</span></li>"
		done
		echo "</ul><a class=more href=/$2>Older</a></body></html>"
	} >"$site/$1.new"
	mv "$site/$1.new" "$site/$1"
}
for name in a b c d e f; do story "$name" "Story $name"; done
listing list.html older.html b a
listing older.html oldest.html never
cat >"$site/list.json" <<'JSON'
{"data": {"list": [
	{"to": {"web": "/j.html"}, "name": "In JSON", "at": 1788609600000}
]}}
JSON
story j 'In JSON'
story long 'In three' '<a class=next href=long-2.html>2</a>'
story long-2 'In three' '<a class=next href=long-3.html>3</a>'
story long-3 'In three' '<a class=next href=long.html>1</a>'
listing long-list.html - long

source_file listed <<CONF
plugin = feed
zone = UTC
feed = http://site.localhost:@PORT@/list.html
allow_private = yes
[options]
entries = li
entry_time = span
older = a.more
text = .story
CONF
source_file json <<CONF
plugin = feed
zone = UTC
feed = http://site.localhost:@PORT@/list.json
allow_private = yes
[options]
entries = data.list
entry_link = to.web
entry_title = name
entry_time = at
text = .story
CONF
source_file long <<CONF
plugin = feed
zone = UTC
feed = http://site.localhost:@PORT@/long-list.html
allow_private = yes
[options]
entries = li
text = .story
pages = a.next
CONF
"$build/dateline" check --conf "$work/datelined.conf" || fail "it does not check"
daemon
has() { # SOURCE RECORDS
	[ "$(lines | jq -r "select(.source == \"$1\") | .id" | wc -l)" = "$2" ]
}
until_so 60 has listed 2
until_so 60 has json 1
until_so 60 has long 1
lines | jq -s -e 'any(.[]; .source == "json" and .title == "In JSON" and
	.published == "2026-09-05T12:00:00+00:00") and
    any(.[]; .source == "long" and
	(.text | [match("The long[-0-9]* of"; "g").string] ==
	["The long of", "The long-2 of", "The long-3 of"]))' >/dev/null ||
    { lines; fail "these are not the records"; }
grep -q 'GET /older' "$work/site.log" && fail "a new source was asked for more"

# Four are new, and the listing shows two: the others are on the next page.
listing older.html oldest.html d c b
listing list.html older.html f e
until_so 60 has listed 6
[ "$(grep -c 'GET /older' "$work/site.log")" = 1 ] ||
    fail "what is older is asked for once"
grep -q 'GET /oldest' "$work/site.log" && fail "it went on behind what it knew"

# A site that has changed is told.
echo '<p>We have moved' >"$site/list.html"
until_so 60 status_is '[.sources[] | select(.source == "listed") |
    .last_error // "" | test("neither a feed nor a listing: it has no li")] == [true]'
