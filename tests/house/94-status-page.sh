#!/bin/bash
# The status page in a real browser: it shows what there is, as it comes, and
# says so when the daemon is gone; what pages say is text in it and nothing
# else; it asks nobody but the daemon, can be used by keys, on a phone and in
# the dark.
. tests/house/play.sh
browser() { python3 tests/house/browser.py "$work/browser" "$@"; }
browser_ends() {
	[ -s "$work/browser" ] && browser end
	[ -z "$driver" ] || { kill "$driver"; wait "$driver"; } 2>/dev/null
}
leave() {
	was=$?
	browser_ends
	(exit $was)
	end
}
driver=
trap leave EXIT

is() { # EXPRESSION WHAT
	browser is "$1" || fail "$2: $(browser says "document.body.innerText" | head -n 60)"
}
text() { # EXPRESSION; of some element
	browser says "($1)?.innerText ?? ''"
}
shows() { # SELECTOR WORDS: one of these elements has them
	browser is "[...document.querySelectorAll('$1')].some(one =>
	    one.checkVisibility() && one.innerText.includes('$2'))"
}
# The row of a source; an element of the newest records by its title.
row() { printf '%s' "[...document.querySelectorAll('#source-table tbody')].find(one =>
    one.querySelector('th').innerText === '$1')"; }
rows_shown() { # NUMBER
	browser is "[...document.querySelectorAll('#source-table tbody')]
	    .filter(one => one.checkVisibility()).length === $1"
}
seen_by_keys() { # what has had the focus, a line each
	browser says "seen.join('\n')"
}
is_quiet() { # nothing has come to the console
	browser log >"$work/console"
	[ ! -s "$work/console" ] || fail "the console says: $(cat "$work/console")"
}

# Stories whose titles are not what titles are.
mkdir "$work/wire"
cp -r tests/wire/stories tests/wire/pages "$work/wire"
retitle() { # STORY TITLE
	sed -i "s|^title: .*|title: $2|" "$work/wire/stories/$1" || fail "no $1"
}
evil='<img src=x onerror="window.ran=1;alert(1)"><script>window.ran=2</script>'
retitle vns/13-water-puppets.story "$evil"
retitle vgp/14-en-seed-bank.story 'قطار ليلي جديد إلى الساحل'

# One of them comes out while the daemon looks on: it has a lag. Those that were
# to come last still do.
comes_in() { # MINUTES STORY
	sed -i "s|^published: .*|published: $(TZ=Asia/Ho_Chi_Minh date -d "$1 minutes" +%FT%T)|" "$2"
}
last=$(grep -r '^published: ' "$work/wire/stories" | sort -k 2 | tail -n 2 | cut -d : -f 1)
comes_in 1 "$work/wire/stories/vns/13-water-puppets.story"
comes_in 2 "$(printf '%s\n' "$last" | head -n 1)"
comes_in 3 "$(printf '%s\n' "$last" | tail -n 1)"

setting web = 127.0.0.1:0
setting recheck = 2s 4s 6s 9s 12s 16s 20s 25s 30s 40s 50s 60s
wire --every 0 --stories "$work/wire/stories"
agencies
source_file bulk <<CONF
plugin = feed
zone = UTC
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
connections = 4
CONF
source_file crash <<CONF
plugin = crash
feed = http://odd.localhost:@PORT@/rss/crash.rss
allow_private = yes
CONF
source_file morning-post <<CONF
plugin = feed
zone = UTC
feed = http://nobody.localhost:@PORT@/feed.rss
allow_private = yes
CONF
source_file at-rest <<CONF
plugin = feed
zone = UTC
feed = http://odd.localhost:@PORT@/fine-atom.xml
enabled = no
CONF
daemon
until_so 20 daemon_is_ready
web=$("$build/dateline" status --json --conf "$work/datelined.conf" | jq -r .web)
setting web = "$(printf '%s' "$web" | sed 's|http://\(.*\)/|\1|')"
ask_wire POST /bulk/publish/10 >/dev/null || fail "the wire publishes nothing"
until_so 60 all_is_held
"$build/dateline" tail --consumer archive --spool "$work/spool" >/dev/null
for _ in 1 2 3; do # the two of them among them
	ask_wire POST /publish >/dev/null || fail "the wire publishes nothing"
done
ask_wire POST /correct >/dev/null || fail "the wire corrects nothing"
ask_wire POST /bulk/withdraw/1 >/dev/null || fail "the wire withdraws nothing"
until_so 60 all_is_held
until_so 60 status_is '(.consumers | length == 1) and (.quarantine | length == 1)'

# Its clock and its files are its own.
HOME=$work TMPDIR=$work TZ=Asia/Ho_Chi_Minh chromedriver --port=0 \
    >"$work/driver" 2>&1 &
driver=$!
until_so 20 grep -q 'successfully on port' "$work/driver"
browser start "$(sed -n 's/.*successfully on port \([0-9]*\).*/\1/p' "$work/driver")" ||
    fail "no browser: $(cat "$work/driver")"
browser open "$web"

say "what it shows"
until_so 30 shows '#summary' 'The daemon is fine'
until_so 30 browser is "document.querySelectorAll('#records li').length === 50"
is "document.title === '1 failing · dateline'" title
for name in Up 'Records today' 'Entries pending' 'Publish lag'; do
	is "[...document.querySelectorAll('#facts div')].some(one =>
	    one.querySelector('dt').innerText === '$name' &&
	    /[0-9]/.test(one.querySelector('dd').innerText))" "no $name"
done
# In the order of the tool.
"$build/dateline" status --conf "$work/datelined.conf" |
    sed -n '/^source/,$ { /^source/d; /^$/q; /^ /d; s/ .*//p }' >"$work/tool"
browser says "[...document.querySelectorAll('#source-table tbody th')]
    .map(one => one.innerText).join('\n')" >"$work/page"
[ "$(wc -l <"$work/tool")" = 9 ] || fail "the tool has others: $(cat "$work/tool")"
diff "$work/tool" "$work/page" || fail "others, or in another order"
said=$(text "$(row morning-post)")
for words in failing 'to do: the feed is not there any more'; do
	case $said in
	*"$words"*) ;;
	*) fail "morning-post without \"$words\": $said" ;;
	esac
done
is "$(row vns).querySelector('.state.fine b').innerText === 'fine'" "vns"
is "$(row at-rest).querySelector('.state.off b').innerText === 'disabled'" "at rest"
is "/ ago$/.test($(row vns).querySelector('time').innerText)" "no last success"
is "$(row vns).querySelector('svg .path').getAttribute('d') !== ''" "no sparkline"
is "/^1[0-9] records in the last two days; /.test(
    $(row vns).querySelector('svg').getAttribute('aria-label'))" "no text for it"
is "/ \/ .*half (within|later than) .*nine in ten/s.test(
    $(row vns).querySelectorAll('td')[2].textContent)" "no publish lag"
shows '#quarantine tbody' 'plugin crash: the worker' || fail "no reason of quarantine"
page=$("$build/dateline" quarantine list --json --conf "$work/datelined.conf" |
    jq -r .name)
shows '#quarantine code' "dateline quarantine show $page" || fail "no command"
shows '#consumers tbody' archive || fail "no consumer"
shows '#consumers tbody' '5 lines behind' || fail "no lag"

say "records: places, times, corrections, withdrawals"
shows '#records .changed' 'revision 2: ' || fail "no correction"
shows '#records del' ', plan ' || fail "nothing is struck through"
shows '#records .withdrawn' withdrawn || fail "and nothing says why"
# Of VGP's correction; VGP is where the browser is, others are not. Which of them
# are among the fifty is a matter of who came first.
shows '#records .about' '14:30 +07:00' || fail "not the agency's time"
is "[...document.querySelectorAll('#records li')].map(one => {
	const there = /(\d\d):(\d\d) \+(\d\d):00/.exec(one.innerText);
	const here = /^(\d\d):(\d\d)/.exec(one.innerText);

	return there && { at: (+here[1] + 24 - there[1]) % 24,
	    zone: +there[3] };
    }).filter(one => one).every((one, i, all) =>
	one.at === (24 + 7 - one.zone) % 24 &&
	all.some(other => other.zone !== 7))" "not the reader's time"
place=$(lines | tail -n 40 | jq -rs 'map(.dateline.place.name // empty) | last')
shows '#records .about' "$place" || fail "no place, or not $place"
is "[...document.querySelectorAll('.title')].filter(one => one.innerText
    .startsWith('قطار')).map(one => getComputedStyle(one).direction)
    .join() === 'rtl'" "Arabic from the left"

say "what pages say is text"
is "[...document.querySelectorAll('.title a')].some(one =>
    one.innerText.startsWith('<img src=x onerror='))" "no evil title"
is "window.ran === undefined" "a title has run"
is "document.querySelectorAll('main img, main script, main iframe').length === 0" \
    "markup has come in"
is "[...document.querySelectorAll('main a')].every(one =>
    /^https?:$/.test(one.protocol) && one.rel === 'noreferrer noopener')" links
is_quiet

say "it asks nobody else"
is "performance.getEntriesByType('resource').length >= 1 &&
    performance.getEntriesByType('resource').every(one =>
	one.name.startsWith(location.origin + '/'))" "it asks others"

say "what comes, without a reload, and in the rows that are there"
is "(window.stays = $(row vns), stays.mine = true)" "no row"
title=$(ask_wire POST /publish | jq -r .title)
until_so 30 shows '#records li:first-child .title' "$title"
is "window.stays !== undefined" "it was loaded again"
asked=$(browser says "performance.getEntriesByName(
    location.origin + '/status.json').length")
until_so 40 browser is "performance.getEntriesByName(
    location.origin + '/status.json').length >= $asked + 1"
is "$(row vns) === stays && stays.isConnected" "rows are made anew"

say "by keys"
is "(window.seen = [], document.addEventListener('focusin', event =>
    seen.push(event.target.id || event.target.innerText)), true)" keys
# shellcheck disable=SC2046
browser key $(yes TAB | head -n 13)
seen_by_keys >"$work/keys"
sed 's/ [0-9]*$//' "$work/keys" | paste -sd , >"$work/said"
want='Skip to the sources,Sources,Quarantine,Consumers,Newest records,all'
# Whether bulk is stale depends on the day.
want="$want,failing,(stale,)?disabled,fine,find,http://odd.localhost:$port/page/crash"
grep -qE "^$want" "$work/said" ||
    fail "in another order: $(cat "$work/said")"
is "document.activeElement.matches('#records a')" "not on to the records"
is "getComputedStyle(document.activeElement).outlineStyle === 'solid'" \
    "where the focus is cannot be seen"
is "([...document.querySelectorAll('a')].at(-1).focus(), true)" "no last link"
browser key TAB
is "document.activeElement !== [...document.querySelectorAll('a')].at(-1)" \
    "it keeps the focus"
browser key /
is "document.activeElement.id === 'find'" "/ does not find"
browser type vns
rows_shown 1 || fail "vns alone is not found"
browser key ESCAPE
rows_shown 9 || fail "it does not end with Escape"

say "on a phone, and in the dark"
for width in 320 390 800 1000 1440; do
	browser wide $width
	is "document.documentElement.scrollWidth <= $width" "wider than $width"
done
for scheme in light dark; do
	browser scheme $scheme
	poor=$(browser says "$(cat tests/house/contrast.js)")
	[ "$poor" = '[]' ] || fail "poor contrast, $scheme: $poor"
	browser picture "$work/$scheme.png"
done
is "getComputedStyle(document.body).backgroundColor.match(/\d+/g)
    .every(part => part < 64)" "no dark"
browser wide 320
browser picture "$work/phone.png"
browser scheme light
browser wide 1440
for picture in light dark phone; do
	[ "$(stat -c %s "$work/$picture.png")" -gt 20000 ] || fail "no $picture.png"
	[ -z "${PICTURES:-}" ] || cp "$work/$picture.png" "$PICTURES"
done
is_quiet

say "without the daemon, and with it again"
kill -KILL "$daemon_pid"
daemon_ends
until_so 30 shows '#summary' 'does not answer'
shows '#gone' 'It is asked again in ' || fail "it does not say when"
shows '#live' 'not connected' || fail "it is still live"
is "document.title === 'no answer · dateline'" title
daemon
until_so 60 shows '#summary' 'The daemon is fine'
until_so 30 shows '#live' live
is "document.getElementById('gone').hidden" "it is still gone"
title=$(ask_wire POST /publish | jq -r .title)
until_so 30 shows '#records li:first-child .title' "$title"
is "window.stays !== undefined && window.ran === undefined" "not the same page"

say "without scripts"
browser scripts off
browser open "$web"
browser words >"$work/said"
grep -q 'dateline status' "$work/said" || fail "it says: $(cat "$work/said")"
! grep -q Quarantine "$work/said" || fail "what is of no use then is there"
