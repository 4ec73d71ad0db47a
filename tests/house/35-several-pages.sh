#!/bin/bash
# A story that goes on elsewhere is one record of all its pages, fetched in the
# order in which they were asked for; a page of two records brings two lines.
. tests/house/play.sh

cc -shared -fPIC -Iplugins tests/house/pager/pager.c -o "$work/pager.so" ||
    fail "the plugin does not build"
wire --every 0
setting "plugin_path = $PWD/$build/plugins $work"
source_file pager <<CONF
feed = http://odd.localhost:@PORT@/rss/part.rss
allow_private = yes
CONF
daemon
two_lines() { [ "$(lines | wc -l)" = 2 ]; }
until_so 60 two_lines
lines | jq -s -e --arg port "$port" '
    (.[0].text | length) > 2 * (.[1].text | length) and
    .[0].extra.last == "http://odd.localhost:\($port)/page/part-3" and
    .[1].id == "pager:second" and .[1].title == "Another"' >/dev/null ||
    { lines; fail "not the records they should be"; }
ask_wire GET /requests | jq -r 'select(.path | startswith("/page/")) | .path' |
    cmp - <(printf '/page/part\n/page/part-2\n/page/part-3\n') ||
    fail "other pages were fetched, or in another order"
