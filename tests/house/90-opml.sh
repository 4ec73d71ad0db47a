#!/bin/bash
# The feeds of an OPML file become sources, each with a name of its own: what is
# configured already is passed over, nothing is written over, `dateline check`
# likes all of them, and a daemon that is told to reload brings their news. What
# is broken is told with its line, and nothing from outside is read.
. tests/house/play.sh
sources() { act=$1; shift; "$build/dateline" sources "$act" --conf "$work/datelined.conf" "$@"; }
dateline() { command=$1; shift; "$build/dateline" "$command" --conf "$work/datelined.conf" "$@"; }

wire --first 6 --every 0
agencies vns
daemon
until_so 30 status_is '.state == "fine"'
# Where there is no port there is no feed, but an address all the same.
ports >"$work/feeds.opml" <<'EOF'
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE opml SYSTEM "http://wire.localhost:@PORT@/from-outside.dtd" [
<!ENTITY file SYSTEM "http://wire.localhost:@PORT@/from-outside.txt">]>
<opml version="2.0">
<head><title>Feeds</title></head>
<body>
  <outline text="Châu Á">
    <outline text="Việt Nam">
      <outline type="rss" text="Chính phủ – Kinh tế" xmlUrl="http://vgp.localhost:@PORT@/kinh-te.rss" htmlUrl="http://vgp.localhost:@PORT@/"/>
      <outline type="rss" text="Việt Nam News" xmlUrl="https://vns.localhost:@PORT@/rss/all.rss"/>
    </outline>
    <outline type="rss" title="新华" text="新华" xmlUrl="http://xinhua.localhost:@PORT@/rss/worldrss.xml"/>
  </outline>
  <outline type="rss" text="Chính phủ: kinh tế" xmlUrl="feed://en.vgp.localhost:@PORT@/economy.rss?a=1&b=2"/>
  <outline type="rss" text="The same" xmlUrl="http://vgp.localhost:@PORT@/kinh-te.rss"/>
  <outline type="rss" text="No web" xmlUrl="ftp://vgp.localhost/feed">&file;</outline>
</body>
</opml>
EOF

# First only to see it.
before=$(ls "$work/sources.d")
sources import --dry-run "$work/feeds.opml" >"$work/shown" 2>"$work/complaints"
[ $? = 65 ] || fail "an address that is none is no 65"
[ "$(ls "$work/sources.d")" = "$before" ] || fail "a dry run writes"
[ "$(cut -d' ' -f1 "$work/shown" | paste -sd' ')" = \
    "chinh-phu-kinh-te xinhua-localhost chinh-phu-kinh-te-2 3" ] ||
    fail "it shows: $(cat "$work/shown")"
tail -n 1 "$work/shown" | grep -qx "3 sources would be written to .*, 2 there already" ||
    fail "the sum: $(cat "$work/shown")"
while read -r line what; do
	grep -q "^$work/feeds.opml:$line: .*$what" "$work/complaints" ||
	    fail "line $line, $what: it is not told: $(cat "$work/complaints")"
done <<'EOF'
10 there already, in .*/vns.conf
15 there already, in .*/feeds.opml
16 want an http or https URL
EOF

# Then in earnest, and once more for nothing.
said=$(sources import "$work/feeds.opml" 2>/dev/null)
[ $? = 65 ] || fail "import ends with another status"
[ "$(printf '%s\n' "$said" | tail -n 1)" = \
    "3 sources written to $work/sources.d, 2 there already" ] || fail "it says: $said"
[ "$(ls -A "$work/sources.d" | paste -sd' ')" = \
    "chinh-phu-kinh-te-2.conf chinh-phu-kinh-te.conf vns.conf xinhua-localhost.conf" ] ||
    fail "these files are there: $(ls -A "$work/sources.d")"
grep -q '^# In the folder Châu Á / Việt Nam\.$' "$work/sources.d/chinh-phu-kinh-te.conf" ||
    fail "the folder is not told"
dateline check | grep -q '4 sources enabled' || fail "check does not like it"
cat "$work"/sources.d/*.conf >"$work/all"
sources import "$work/feeds.opml" 2>/dev/null |
    grep -qx "0 sources written to .*, 5 there already" || fail "a second time it writes"
cat "$work"/sources.d/*.conf | cmp -s - "$work/all" || fail "something was written over"

# The list.
sources list >"$work/list" || fail "list ends with $?"
grep -qx "chinh-phu-kinh-te-2 feed   yes     500ms         http://en.vgp.localhost:$port/economy.rss?a=1&b=2" \
    "$work/list" || fail "it lists: $(cat "$work/list")"
sources list --json | jq -s -e --arg port "$port" '
    length == 4 and ([.[] | select(.plugin == "feed") | .zone] == ["UTC", "UTC", "UTC"]) and
    any(.[]; .source == "xinhua-localhost" and .enabled and .min_interval_ms == 500 and
	.agency == "新华" and
	.feeds == ["http://xinhua.localhost:\($port)/rss/worldrss.xml"])' >/dev/null ||
    fail "it lists: $(sources list --json)"

# The news of a source that came so; the wire is not on the web.
for source in chinh-phu-kinh-te chinh-phu-kinh-te-2 xinhua-localhost; do
	echo 'allow_private = yes' >>"$work/sources.d/$source.conf"
done
dateline reload || fail "reload"
news_of() { lines | jq -s -e --arg source "$1" 'any(.[]; .source == $source and .text)'; }
until_so 60 news_of chinh-phu-kinh-te
until_so 60 news_of chinh-phu-kinh-te-2
# Its pages want to be told where their text is.
until_so 60 status_is 'any(.sources[]; .source == "xinhua-localhost" and .entries > 0)'
ask_wire GET /requests | jq -s -e 'length > 0 and
    all(.[]; .path | contains("outside") | not)' >/dev/null ||
    fail "something from outside was read"

# Elsewhere; broken off in the middle; and what is no OPML.
mkdir "$work/other"
cat >"$work/broken.opml" <<'EOF'
<opml><body>
<outline text="One" xmlUrl="https://one.example/rss"/>
<outline text="Two" xmlUrl="https://two.exam
EOF
for say in '1 source written to' '0 sources written to'; do
	said=$(sources import --dir "$work/other" "$work/broken.opml" 2>"$work/complaints")
	[ $? = 65 ] || fail "what is broken is no 65"
	printf '%s\n' "$said" | grep -q "^$say $work/other" || fail "it says: $said"
	grep -q "^$work/broken.opml:4: " "$work/complaints" ||
	    fail "the line is not told: $(cat "$work/complaints")"
done
[ "$(ls -A "$work/other")" = one.conf ] || fail "these are there: $(ls -A "$work/other")"
sources import "$work/datelined.conf" >/dev/null 2>"$work/complaints"
[ $? = 65 ] && grep -q 'it is no OPML' "$work/complaints" || fail "it is taken for an OPML"
sources import "$work/none.opml" >/dev/null 2>&1
[ $? = 66 ] || fail "a file that is not there is no 66"
sources import --dir "$work/none" "$work/feeds.opml" >/dev/null 2>&1
[ $? = 66 ] || fail "a folder that is not there is no 66"
sources export >/dev/null 2>&1
[ $? = 64 ] || fail "what it cannot do is no 64"
