#!/bin/bash
# Owners of feeds who look closely have nothing to complain of: for SCORE_SECONDS
# (20) the daemon asks hosts that lay down intervals, delays, forbidden paths
# and Retry-After, publish, correct, and give odd validators, and it is
# restarted and killed in between. The wire's judge counts no fault.
. tests/house/play.sh
seconds=${SCORE_SECONDS:-20}
# Besides, there is what is odd. A ladder as short as this one ends before the
# last corrections come, and VGP's feeds want to be asked every 50 minutes.
news_is_held() {
	[ -z "$(comm -23 <(truth | grep -v ^vgp: | cut -d ' ' -f 1) \
	    <(held | cut -d ' ' -f 1))" ]
}

wire --every 0 --first 12
rule() { ask_wire POST "/hosts/$1" >/dev/null || fail "no rule $1"; }
odds="etag-moves etag-weak etag-odd modified-back cookies validators-lost
    limited-seconds limited-date limited-pages busy-seconds robots-delay
    robots-pages robots-forbid robots-500"
for host in vgp en.vgp vns xinhua zh.xinhua azertac en.vna bnews.vna bulk; do
	rule $host.localhost/distrust/6
	rule $host.localhost/retry-after/3
done
for name in $odds; do rule $name.odd.localhost/distrust/6; done
rule bulk.localhost/max-age/2
rule vns.localhost/max-age/1
rule bulk.localhost/crawl-delay/0.2
rule vgp.localhost/crawl-delay/0.1
rule bulk.localhost/forbid/private/
ask_wire POST /bulk/publish/20 >/dev/null

agencies
odd() { # NAME URL
	source_file "$1" <<CONF
plugin = feed
zone = UTC
feed = $2
allow_private = yes
[options]
title = h1
text = .body, .article-body
CONF
}
odd bulk http://bulk.localhost:@PORT@/feed.rss
for name in $odds; do
	odd $name http://$name.odd.localhost:@RAW@/feed
done
setting contact = https://play.example/
setting honour_ttl = yes
setting distrust = 6
setting interval = 300ms
setting recheck = 1s 2s 4s 8s
daemon
until_so 60 news_is_held

# What was answered when the daemon ended, nobody has kept; and what it had
# asked for is answered before who comes after it.
again() { # SIGNAL
	kill "$1" "$daemon_pid"; daemon_ends
	curl -s -o "$work/last" -A 'play (+https://play.example/)' \
	    "http://fine.odd.localhost:$raw/robots.txt" || fail "no last answer"
	ask_wire POST /score/pardon >/dev/null || fail "no pardon"
	daemon
}

# A second is a turn: something is published, and every few turns a host is
# closed, corrections come, or the daemon goes.
turn() {
	case $(($1 % 12)) in
	1) rule vns.localhost/429 ;;
	3) rule vns.localhost/200 ;;
	4) rule bulk.localhost/503 ;;
	5) rule bulk.localhost/200 ;;
	6) ask_wire POST /bulk/correct/3 >/dev/null; ask_wire POST /correct >/dev/null ;;
	7) ask_wire POST /bulk/trivial/3 >/dev/null ;;
	8) again -TERM ;;
	9) rule vns.localhost/503 ;;
	10) rule vns.localhost/200; again -9 ;;
	11) ask_wire POST /bulk/publish/2 >/dev/null ;;
	*) ask_wire POST /publish >/dev/null ;;
	esac
}
begun=$(date +%s) turns=0
while [ $(($(date +%s) - begun)) -lt "$seconds" ]; do
	turn $((++turns))
	sleep 1
done
rule vns.localhost/200
rule bulk.localhost/200

score=$(ask_wire GET /score)
printf '%s' "$score" | jq -e '.total == 0' >/dev/null ||
    fail "faults: $(printf '%s' "$score" |
	jq -c '.faults, (.examples | to_entries[] | select(.value != []))')"
# And that is worth something: feeds were asked, with validators, and had not
# always changed; and hosts were closed.
printf '%s' "$score" | jq -e --argjson seconds "$seconds" '.feeds > 10 * $seconds and
    .conditional > .feeds / 2 and .unchanged > .conditional / 4' >/dev/null ||
    fail "hardly anything was asked: $score"
ask_wire GET /requests | jq -s -e '
    any(.[]; .host == "vns.localhost" and .status == 429)' >/dev/null ||
    [ "$turns" -gt 60 ] || fail "no host was ever closed"
until_so 60 news_is_held
say "$turns turns: $(printf '%s' "$score" | jq -c 'del(.examples, .faults)')"
