#!/bin/bash
# Feeds that are none, pages that are too big, empty, gone or elsewhere: each is
# a failure that is counted and told, and none ends the daemon.
. tests/house/play.sh

wire --every 0
agencies vgp
odd() { # NAME PATH
	source_file "$1" <<CONF
plugin = feed
zone = UTC
feed = http://odd.localhost:@PORT@$2
allow_private = yes
[options]
title = h1.title
text = .body
CONF
}
odd html /html.rss
odd empty /empty.rss
odd huge /rss/huge.rss
odd bomb /rss/bomb.rss
odd zero /rss/zero.rss
odd gone /rss/gone.rss
odd loop /rss/loop.rss
odd file /rss/file.rss
odd redirect /rss/redirect.rss
odd fine /rss/fine.rss
odd atom /fine-atom.xml
odd sitemap /fine-sitemap.xml
source_file nobody <<CONF
plugin = feed
zone = UTC
feed = http://127.0.0.1:1/feed.rss
allow_private = yes
CONF
source_file private <<CONF
plugin = feed
zone = UTC
feed = http://odd.localhost:@PORT@/rss/private.rss
CONF
setting retry = 10ms
daemon

# source, and what its last error has to say
while read -r source error; do
	until_so 60 status_is "any(.sources[]; .source == \"$source\" and
	    .failed > 0 and (.last_error // \"\" | test(\"$error\")))"
done <<'ERRORS'
html wall
empty empty
nobody refused|connect
private private address
ERRORS
said() { grep -Eq "$1" "$work/log"; }
while read -r line; do
	until_so 60 said "$line"
done <<'LOG'
huge: http://.*too-big
bomb: http://.*too-big
zero: http://.*empty
gone: http://.*HTTP status 404
loop: http://.*[Rr]edirect
file: http://.*(file|rotocol)
LOG

# What is fine comes in beside all that; a page that two sources find, or that
# one is redirected to, is one record, and a second sighting of it.
come_in() { # SOURCES RECORDS-TOGETHER
	until_so 60 status_is ".entries.pending == 0 and ([.sources[] |
	    select(.source | test(\"^($1)\$\"))] | all(.[]; .polls > 1) and
	    (map(.records) | add) == $2)"
}
come_in 'fine|redirect' 1
come_in 'atom|sitemap' 3
until_so 60 status_is 'any(.sources[]; .source == "vgp" and .records >= 12)'
kill -0 "$daemon_pid" || fail "the daemon has ended"
