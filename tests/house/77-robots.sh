#!/bin/bash
# `dateline robots` says of a saved robots.txt what RFC 9309 says of it: the
# verdict, the rule, the delay; and what it is asked in a wrong way it refuses.
. tests/house/play.sh

# A file that has nearly everything; the numbers are those of its lines.
{ printf '\xef\xbb\xbf'; printf '%s\r\n' '# 1: the Gazette' \
    'User-agent: * # 2' \
    'Disallow: /private/' \
    'Allow: /private/press/' \
    'Disallow: /*.pdf$' \
    'Crawl-delay: 2.5' \
    '' \
    'User-Agent: Dateline/1.0' \
    'Sitemap: https://gazette.example/map.xml' \
    'user-agent: other' \
    'Disallow: /tin-tức/' \
    'Disallow: /tim?q=' \
    'Crawl-delay: 10' \
    '' \
    'User-agent: datelinebot' \
    'Disallow: /'; } >"$work/robots.txt"

# ask VERDICT AGENT URL
ask() {
	said=$("$build/dateline" robots --agent "$2" --url "$3" "$work/robots.txt") ||
	    fail "$2 at $3: it ends with $?"
	[ "$said" = "$1" ] || fail "$2 at $3: '$said', not '$1'"
}

h=https://gazette.example
ask 'allowed: no rule matches, delay 2.5s' reader $h/
ask 'disallowed: line 3: Disallow: /private/, delay 2.5s' reader $h/private/7
ask 'allowed: line 4: Allow: /private/press/, delay 2.5s' reader $h/private/press/7
ask 'disallowed: line 5: Disallow: /*.pdf$, delay 2.5s' reader $h/7.pdf
ask 'allowed: no rule matches, delay 2.5s' reader $h/7.pdf?page=1
ask 'allowed: no rule matches, delay 10s' dateline $h/private/7
ask 'disallowed: line 11: Disallow: /tin-tức/, delay 10s' dateline $h/tin-t%e1%bb%a9c/7
ask 'disallowed: line 12: Disallow: /tim?q=, delay 10s' DATELINE "$h/tim?q=a#top"
ask 'disallowed: line 12: Disallow: /tim?q=, delay 10s' 'dateline/0.1 (+https://desk.example)' '/tim?q='
ask 'allowed: no rule matches, delay 10s' other $h/7.pdf
ask 'disallowed: line 16: Disallow: /' datelinebot $h/
ask 'allowed: no rule matches' datelinebot $h/robots.txt
ask 'allowed: no rule matches, delay 2.5s' dateline-bot $h/

# expect EXIT TEXT COMMAND...
expect() {
	code=$1 text=$2; shift 2
	"$@" >"$work/out" 2>&1
	got=$?
	[ "$got" = "$code" ] || { cat "$work/out"; fail "$* exits $got, not $code"; }
	grep -Eq -- "$text" "$work/out" || { cat "$work/out"; fail "$* does not say: $text"; }
}
robots() { "$build/dateline" robots "$@"; }
said_on_stdin() { printf '%b' "$2" | robots --url "$1" -; }

expect 64 usage robots
expect 64 usage robots "$work/robots.txt"
expect 64 usage robots --url /
expect 64 usage robots --url / "$work/robots.txt" "$work/robots.txt"
expect 64 usage robots --nonsense --url / "$work/robots.txt"
expect 66 'nowhere: No such file' robots --url / "$work/nowhere"
expect 66 'Is a directory' robots --url / "$work"
# Without --agent we are dateline; without a file name it is standard input.
expect 0 '^disallowed: line 12: ' robots --url '/tim?q=' "$work/robots.txt"
expect 0 '^disallowed: line 2: Disallow /a$' said_on_stdin /a 'User-agent *\rDisallow /a'
expect 0 '^allowed: no rule matches$' said_on_stdin /a ''
expect 0 '^allowed: no rule matches$' said_on_stdin /a '<!DOCTYPE html>\n<p>404\n'
# Nothing in it gets to the terminal but as text.
expect 0 '^disallowed: line 2: Disallow: /\?\[1m�$' said_on_stdin '/%1B[1m%FF' \
    'User-agent: *\nDisallow: /\0033[1m\0377\n'

# With --json the same, as one object.
json() { # JQ-CONDITION OPTION...
	condition=$1; shift
	robots --json "$@" "$work/robots.txt" >"$work/out" || fail "it ends with $?"
	jq -e "$condition" "$work/out" >/dev/null || { cat "$work/out"; fail "not so: $condition"; }
}
json '. == {allowed: false, line: 3, rule: "Disallow: /private/", agent: "reader",
    url: "/private/7", delay_ms: 2500}' --agent reader --url /private/7
json '. == {allowed: true, line: 0, rule: null, agent: "dateline", url: "", delay_ms: 10000}' --url ''
json 'has("delay_ms") | not' --agent datelinebot --url /
