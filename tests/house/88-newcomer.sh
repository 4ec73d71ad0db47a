#!/bin/bash
# From nothing to records, as plugins/README.md says it: its commands, copied from
# there, on an installed dateline, for two invented sites: one with a feed and
# plain pages, and one that has only a listing.
. tests/house/play.sh

make -s install B="$build" DESTDIR="$work/root" >/dev/null || fail "make install"
etc=$work/root/etc/dateline
prefix=$work/root/usr/local
rm "$etc"/sources.d/*
{
	sed '/^sources/d;/^interval/d;/^pause/d;/^worker/d;/^plugin_path/d' \
	    "$work/datelined.conf"
	echo "worker = $prefix/libexec/dateline-worker"
	echo "plugin_path = $prefix/lib/dateline/plugins"
	echo 'interval = 500ms'
	echo 'pause = 10ms'
} >"$etc/datelined.conf"
mkdir "$work/bin" "$work/here"
cat >"$work/bin/dateline" <<SH
#!/bin/sh
exec "$prefix/bin/dateline" "\$@" --conf "$etc/datelined.conf"
SH
chmod +x "$work/bin/dateline"
export PATH=$work/bin:$PATH PKG_CONFIG_PATH=$prefix/lib/pkgconfig \
    PKG_CONFIG_SYSROOT_DIR=$work/root

site=$work/site
mkdir "$site"
story() { # NAME NUMBER
	cat >"$site/$1-$2-2026.html" <<-HTML
	<html><head><title>Rain "$2" in the north | $1</title>
	<meta property="og:title" content='Rain "$2" in the north'></head>
	<body><div class=top><a href=/>$1</a></div><h1>Rain "$2" in the north</h1>
	<p class=by>By <b class=writer>Ida Moe</b>, <i class=posted>$2 September 2026
	12:00</i></p><div class="story wide-8"><p>The river has risen by $2 metres
	overnight, and the ferry to the island has been moored until Sunday, said the
	warden of the valley.</p><p>The council meets on Monday to speak about the old
	bridge, which has been closed to lorries since the flood of last winter.</p>
	<div class=share><a href=/x>Share this story</a></div></div></body></html>
	HTML
}
link() { echo "<li><a href=/$1-$2-2026.html>Rain \"$2\" in the north</a></li>"; }
for n in 1 2 3 4; do
	story gazette "$n"
	story chronicle "$n"
	entries="${entries:-}<item><title>Rain \"$n\" in the north</title>
	    <link>/gazette-$n-2026.html</link></item>"
done
echo "<rss><channel>$entries</channel></rss>" >"$site/world.xml"
cat >"$site/gazette.html" <<'HTML'
<html><head><title>Gazette</title><link rel=alternate type=application/rss+xml
href=/world.xml></head><body><a href=/x>Nothing</a></body></html>
HTML
{
	echo '<html><head><title>Chronicle</title></head><body><ul class=latest>'
	for n in 1 2 3 4; do link chronicle "$n"; done
	echo '</ul></body></html>'
} >"$site/chronicle.html"
served "$site"
port=$site_port

"$prefix/sbin/datelined" --conf "$etc/datelined.conf" 2>>"$work/log" &
daemon_pid=$!
runs() { dateline status; }
until_so 30 runs

# The names of the sites are not ours, and nothing is installed for real.
commands() { # HEADLINE
	sed -n "/^### $1\$/,/^### /s/^\t\\\$ //p" plugins/README.md |
	    sed -e "s|https://\([a-z]*\)\.example/|http://\1.localhost:$port/\1.html|" \
		-e '/plugin new/s/$/ --allow-private/' -e 's/^sudo //' \
		-e "s|install\$|install DESTDIR=$work/root plugins=/usr/local/lib/dateline/plugins confs=/etc/dateline/sources.d|"
}
newcomer() { # NAME HEADLINE
	commands "$2" >"$work/commands"
	grep -q "plugin new $1" "$work/commands" || fail "no commands under $2"
	while read -r command; do
		case $command in
		dateline\ tail*) until_so 60 has_come "$1" ;;
		esac
		(cd "$work/here" && sh -c "$command") >>"$work/said" 2>&1 ||
		    { cat "$work/said"; fail "$command"; }
	done <"$work/commands"
}
has_come() {
	lines | jq -s -e --arg source "$1" '[.[] | select(.source == $source)] |
	    length == 4 and all(.[]; (.title | test("^Rain \"[1-4]\" in the north$"))
	    and .authors == ["Ida Moe"] and (.published | startswith("2026-09-0"))
	    and (.text | endswith("flood of last winter.")))'
}
newcomer gazette 'A .conf alone'
[ ! -e "$work/here/gazette/gazette.c" ] || fail "C, where none was wanted"
newcomer chronicle 'In C'
[ "$(wc -l <"$work/here/chronicle/chronicle.c")" -le 52 ] ||
    fail "more C than somebody wants to read"

# The sites as they are, and when one has changed.
cd "$work/here" || exit 1
dateline plugin test --live gazette >"$work/said" ||
    { cat "$work/said"; fail "the site is as it was"; }
grep -q 'Of 3 pages have: title 3, text 3, published 3' "$work/said" ||
    { cat "$work/said"; fail "it does not say what was found"; }
grep -q 'by feed, page div.story' "$work/said" || fail "it does not say how"
sed -i 's/class="story /class="tale /' "$site"/gazette-2*
dateline plugin test --live gazette >"$work/said" && fail "the site has changed"
grep -q 'no text in: div.story' "$work/said" ||
    { cat "$work/said"; fail "it does not say what is wrong"; }

# What is there is not written over, and a name is one.
! dateline plugin new gazette >"$work/said" 2>&1 || fail "it wrote over it"
grep -q 'it is there already' "$work/said" || fail "it does not say why"
! dateline plugin new 'Ga/zette' >"$work/said" 2>&1 || fail "that is no name"
dateline plugin new nothing >"$work/said" 2>&1 || fail "without a site"
grep -q 'write its feed into the .conf' "$work/said" || fail "it does not help"
! dateline plugin new gone --url http://127.0.0.1:1/ --allow-private \
    >"$work/said" 2>&1 || fail "there is no such site"
[ ! -e gone ] || fail "a folder for a site that does not answer"
