#!/bin/bash
# What `dateline plugin` says of plugins, of those in the tree and of one that
# lies elsewhere, and of pages that do not come to what is expected; what it
# then writes is right. A plugin that is refused is in nobody's way.
. tests/house/play.sh

said=$work/said told=$work/told

# runs STATUS COMMAND...: its output is in $said, its complaints in $told
runs() {
	status=$1; shift
	"$@" </dev/null >"$said" 2>"$told"
	ended=$?
	[ "$ended" = "$status" ] ||
	    fail "$* ends with $ended: $(cat "$said" "$told")"
}
says() { grep -qF -- "$1" "$said" || fail "it does not say \"$1\": $(cat "$said")"; }
tells() { grep -qF -- "$1" "$told" || fail "it does not tell \"$1\": $(cat "$told")"; }
ends_so() { [ "$(tail -n 1 "$said")" = "$1" ] || fail "it is not \"$1\": $(cat "$said")"; }
is_json() { jq -e "$1" "$said" >/dev/null || fail "not so: $1: $(cat "$said")"; }
narrow() {
	python3 -c 'import sys
sys.exit(any(len(line.rstrip("\n")) > 80 for line in sys.stdin
             if not line.startswith("/")))' <"$said" || fail "wide: $(cat "$said")"
}

say "the pages in the tree, and the schema"
runs 0 "$build/dateline" plugin test --json
jq -e .passed "$said" >/dev/null || fail "a page that failed"
jq -c '.records[]?' "$said" >"$work/records"
[ "$(wc -l <"$work/records")" -ge 200 ] || fail "where are the records?"
python3 tests/house/valid.py "$work/records" extracted || fail "see above"
runs 0 "$build/dateline" plugin test vgp places
[ "$(wc -l <"$said")" = 1 ] || fail "more than a count"
[ -s "$told" ] && fail "complaints"

say "further pages"
runs 0 "$build/dateline" feed --source vna --url https://www.vietnamplus.vn/sitemap.xml \
    tests/plugins/vna/index.xml
jq -se 'length == 4 and all(.[]; .role == "feed") and
    .[0].want == "https://www.vietnamplus.vn/sitemaps/news-2027-6.xml"' "$said" >/dev/null ||
    fail "$(cat "$said")"
pager=http://news.xinhuanet.com/local/2013-05/09/c_124680001
runs 0 "$build/dateline" extract --source xinhua --url $pager.htm \
    tests/plugins/xinhua/page-pager.html
jq -se '.[0].id == "xinhua:124680001" and .[1:] == [
    {want: "'$pager'_2.htm", role: "next"}, {want: "'$pager'_3.htm", role: "next"}]' \
    "$said" >/dev/null || fail "$(cat "$said")"
mkdir "$work/pager"
cp tests/plugins/xinhua/page-pager*.html "$work/pager"
echo 'plugin = xinhua' >"$work/pager/source.conf"
echo '{"path": "page-pager.html", "url": "'$pager'.htm", "next": ["page-pager-2.html",
    "page-pager-3.html", "page-pager-2.html"]}' | tr -d '\n' >"$work/pager/expected.jsonl"
runs 1 "$build/dateline" plugin test "$work/pager"
says 'page-pager-2.html: no such page is asked for'
ends_so '0 passed, 1 failed'

say "an installed dateline, and a plugin of somebody's own"
make -s install B="$build" DESTDIR="$work/root" >/dev/null || fail "make install"
prefix=$work/root/usr/local
mine=$work/mine/gazette
mkdir -p "$mine/pages" "$work/late"
cp tests/house/gazette/gazette.c "$mine"
cp tests/house/gazette/page.html "$mine/pages"
sed 's/DL_ABI,/0x20000,/; s/"gazette"/"late"/' "$mine/gazette.c" >"$work/late/late.c"
for plugin in mine/gazette/gazette late/late; do
	cc -shared -fPIC -I "$prefix/include/dateline" "$work/$plugin.c" \
	    -o "$work/$plugin.so" || fail "no $plugin"
done
conf=$work/installed.conf
cat >"$conf" <<CONF
worker = $prefix/libexec/dateline-worker
plugin_path = $mine $work/late $prefix/lib/dateline/plugins
gazetteer = $prefix/share/dateline/gazetteer.tsv
sources = $work/sources.d
CONF
printf 'plugin = feed\nfeed = http://a.example/rss\nzone = UTC\n' |
    source_file harbour
plugin() {
	status=$1 verb=$2; shift 2
	runs "$status" "$prefix/bin/dateline" plugin "$verb" --conf "$conf" "$@"
}

say "list"
plugin 0 list
narrow
says "$mine"
says 'gazette      source     1.0  1.0  The Example Gazette, without its videos'
says 'late         refused    it was made for ABI 2.0, this dateline has'
tells 'is refused'
plugin 0 list --json
jq -se 'any(.[]; .name == "feed" and .kind == "source" and .abi == "1.0" and
    (.path | endswith("/plugins/feed.so")) and .about != null)
    and any(.[]; .name == "late" and .kind == null and .version == null and
    (.refused | test("ABI 2.0")))' "$said" >/dev/null || fail "$(cat "$said")"

say "info"
plugin 0 info feed
narrow
says 'sources   harbour'
says 'caption, selector, default "figcaption"'
plugin 0 info gazette --json
is_json '.agency == "Gazette" and .zone == "Europe/London" and .sources == []
    and .pages == null'
plugin 66 info gazete
tells 'did you mean "gazette"?'
plugin 78 info late
tells 'late.so: it was made for ABI 2.0'
[ -s "$said" ] && fail "what is known of it?"

say "pages that nobody has said anything of"
plugin 66 test gazette
tells 'there are no test pages of it'
plugin 1 test "$mine"
says 'page.html: no line of expected.jsonl is about it'
ends_so '0 passed, 1 failed'
echo '{"path": "page.html", "url": "https://gazette.example/7"}' \
    >"$mine/pages/expected.jsonl"
printf '<rss version="2.0"><channel><item><title>Rain at last</title>
<link>https://gazette.example/7</link></item></channel></rss>' \
    >"$mine/pages/feed.xml"
plugin 0 test gazette --update
says 'page.html: one record: Rain at last'
says 'feed.xml: one entry: Rain at last'
ends_so '0 passed, 0 failed, 1 updated, 1 added'
cat >"$work/expected" <<'JSONL'
{"path": "page.html", "url": "https://gazette.example/7", "id": "gazette:https://gazette.example/7", "title": "Rain at last", "published": "2026-08-04T10:31:00+01:00", "language": "en", "text": "It rained for the first time in weeks, and nobody minded.\n\nFarmers were glad."}
{"path": "feed.xml", "entries": 1, "first": {"id": "gazette:https://gazette.example/7", "url": "https://gazette.example/7", "title": "Rain at last"}}
JSONL
cmp "$work/expected" "$mine/pages/expected.jsonl" || fail "not these lines: $(cat "$mine/pages/expected.jsonl")"
plugin 0 info gazette --json
is_json ".pages == \"$mine/pages\""
for folder in "$mine" "$mine/pages/" gazette; do
	plugin 0 test "$folder"
	[ "$(cat "$said")" = '2 passed, 0 failed' ] || fail "$folder: $(cat "$said")"
done

say "what is expected and does not come"
lines=$mine/pages/expected.jsonl
sed -i '1s/rained/snowed/; 1s/Rain at last/Rain at most/; 2s/1, "first/2, "first/' "$lines"
plugin 1 test gazette
says '/pages/page.html:'
says '    title: Rain at [-most-]{+last+}'
says '        It [-snowed-]{+rained+} for the first time'
says '    entries: [-2-]{+1+}'
ends_so '0 passed, 2 failed'
grep -q "$(printf '\033')" "$said" && fail "colour, but no terminal"
grep -qF published "$said" && fail "published is as it should be"
plugin 1 test gazette --json
jq -se 'map(.passed) == [false, false] and .[0].records[0].title == "Rain at last"' \
    "$said" >/dev/null || fail "$(cat "$said")"
plugin 0 test gazette --update
cmp "$work/expected" "$lines" || fail "it is not renewed"
[ -z "$(find "$mine" -name '*.new')" ] || fail "something is left over"

# A failure that comes and goes, and a page that has gone away.
sed -i 's/<article>/<section>/' "$mine/pages/page.html"
plugin 1 test gazette
says '    fails: {+no <article> in <main>+}'
plugin 0 test gazette --update
[ "$(head -n 1 "$lines")" = '{"path": "page.html", "url": "https://gazette.example/7", "fails": "no <article> in <main>"}' ] ||
    fail "$(cat "$lines")"
cp tests/house/gazette/page.html "$mine/pages"
plugin 1 test gazette
says '    fails: [-no <article> in <main>-]'
says '        it came to one record: Rain at last'
plugin 0 test gazette --update
cmp "$work/expected" "$lines" || fail "it is not what it was"
rm "$mine/pages/feed.xml"
plugin 1 test gazette --update
ends_so '1 passed, 1 failed'
cmp "$work/expected" "$lines" || fail "a page that is not there changed its line"

say "a folder from elsewhere, with a .conf and a plugin in its build"
sed -i 2d "$lines"
mkdir -p "$work/there/build"
cp "$mine"/pages/* "$work/there"
sed 's/"gazette"/"courier"/' "$mine/gazette.c" >"$work/there/courier.c"
cc -shared -fPIC -I "$prefix/include/dateline" "$work/there/courier.c" \
    -o "$work/there/build/courier.so" || fail "no courier"
sed -i 's/gazette:/echo:/' "$work/there/expected.jsonl"
printf 'plugin = courier\nzone = Europe/London\n' >"$work/there/echo.conf"
plugin 0 test "$work/there"
ends_so '1 passed, 0 failed'
"$build/dateline" plugin test "$work/there" "$mine" >"$said" 2>&1 ||
    fail "not from the tree: $(cat "$said")"
echo 'plugins = courier' >>"$work/there/echo.conf"
plugin 1 test "$work/there" "$mine"
tells 'echo.conf:3: unknown key "plugins": did you mean "plugin"?'
ends_so '1 passed, 1 failed'

say "a plugin that is refused, and what is not there"
cp "$mine"/pages/* "$work/late"
plugin 1 test "$work/late" gazette
tells 'plugin late: it was made for ABI 2.0'
ends_so '1 passed, 1 failed'
plugin 66 test gazete
tells 'did you mean "gazette"?'
plugin 66 test ./gazete
tells 'no such folder'
plugin 64 test
plugin 64 list gazette
mkdir "$work/nothing"
cp "$mine/gazette.so" "$work/nothing/nothing.so"
plugin 1 test "$work/nothing"
echo '{"path": "page.html", ' >"$lines"
plugin 65 test gazette
tells 'expected.jsonl:1:'
