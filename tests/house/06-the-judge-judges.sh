#!/bin/bash
# The newswire's judge finds each fault that it knows, and none in who behaves:
# what it says of the daemon is worth nothing otherwise. No daemon plays.
. tests/house/play.sh

wire --every 0
host=bulk.localhost
feed=http://$host:$port/feed.rss
agent='play/1.0 (+https://play.example/)'
rule() { ask_wire POST "/hosts/$host/$1" >/dev/null || fail "no rule $1"; }
get() { curl -s -A "$agent" -o "$work/body" -D "$work/head" "$@"; }
told() { sed -n "s/^$1: //p" "$work/head" | tr -d '\r'; }
again() { # as the last answer said; CURL-OPTION...
	get -H "If-None-Match: $(told ETag)" \
	    -H "If-Modified-Since: $(told Last-Modified)" "$@" $feed
}
faults() { ask_wire GET /score | jq -r ".faults[\"$1\"]"; }
finds() { # FAULT COMMAND...: once more than before
	before=$(faults "$1"); fault=$1; shift
	"$@"
	[ "$(faults "$fault")" = $((before + 1)) ] ||
	    fail "$fault is not found in: $*: $(ask_wire GET /score)"
}

# Who asks robots.txt first, says who it is, and brings back what it was given.
ask_wire POST /bulk/publish/3 >/dev/null
rule distrust/2
get http://$host:$port/robots.txt
get $feed
again; again
get $feed	# two with validators, one without: that is allowed
again
[ "$(sed -n 1p "$work/head" | tr -d '\r')" = 'HTTP/1.1 304 Not Modified' ] ||
    fail "no 304: $(cat "$work/head")"
ask_wire GET /score | jq -e '.total == 0 and .visits == 6 and .feeds == 5 and
    .conditional == 3 and .unchanged == 3' >/dev/null ||
    fail "a fault in who has none: $(ask_wire GET /score)"

finds unconditional get $feed
finds wrong-validators get -H 'If-None-Match: "another"' \
    -H "If-Modified-Since: $(told Last-Modified)" $feed
finds cookie again -b who=17
finds referrer again -e https://play.example/
finds no-contact again -A 'Wget/1.0'
finds robots-not-asked get http://vgp.localhost:$port/kinh-te.rss

rule max-age/3600
again
finds too-soon again
ask_wire POST /score/pardon >/dev/null
found=$(faults too-soon)
again
[ "$(faults too-soon)" = "$found" ] || fail "a pardon is none"
finds too-soon again
rule max-age/0
again

rule forbid/story/
get http://$host:$port/robots.txt
finds forbidden get http://$host:$port/story/000001.html
rule crawl-delay/3600
get http://$host:$port/robots.txt
finds crawl-delay again
rule crawl-delay/0
get http://$host:$port/robots.txt

rule retry-after/3600
rule 429
get $feed
[ "$(told Retry-After)" = 3600 ] || fail "no Retry-After"
rule 200
finds inside-retry-after get http://$host:$port/

# The other port is judged as well.
odd=http://fine.odd.localhost:$raw
finds robots-not-asked get $odd/feed
get $odd/robots.txt
finds wrong-validators get -H 'If-None-Match: odd-1' \
    -H 'If-Modified-Since: Thu, 12 Nov 2026 01:30:00 GMT' $odd/feed

# Three examples of each, and the number of all.
for _ in 1 2 3 4; do get -b who=17 $odd/page/fine; done
ask_wire GET /score | jq -e '.faults.cookie == 5 and
    (.examples.cookie | length) == 3 and
    .examples.cookie[0].why == "Cookie: who=17"' >/dev/null ||
    fail "no examples: $(ask_wire GET /score)"

# The table of misdeeds has seven columns, and no name twice.
"$build/wire" --misdeeds >"$work/misdeeds"
awk -F '\t' 'NF != 7 || $1 == "" || $3 == "" || seen[$1]++ { exit 1 }' \
    "$work/misdeeds" || fail "the table of misdeeds is none"
[ "$(wc -l <"$work/misdeeds")" -ge 40 ] || fail "fewer than forty misdeeds"
