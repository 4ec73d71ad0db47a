#!/bin/bash
# A plugin that kills the worker as it is loaded is named by whoever has started
# it; and one that is replaced by a file that cannot be loaded costs no page:
# they wait until the right one is there again.
. tests/house/play.sh

plugin() { # NAME ABI CODE...: of the folder "mine"; in one step, as mv does it
	name=$1 abi=$2; shift 2
	cat >"$work/$name.c" <<C
#include <unistd.h>
#include "plugin.h"
static enum dl_verdict extract(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record)
{
	record_take(job, record, DL_TEXT, dom_root(job, page), "body");
	return DL_DONE;
}
$*
DL_PLUGIN = { .abi = $abi, .name = "$name", .version = "1", .zone = "UTC",
	.discover = feed_discover, .extract = extract };
C
	${CC:-cc} -shared -fPIC -Iplugins "$work/$name.c" -o "$work/$name.so" &&
	    mv "$work/$name.so" "$work/mine/$name.so" || fail "cc"
}
first='__attribute__((constructor)) static void first(void)'

mkdir "$work/mine"
plugin leaver DL_ABI "$first { _exit(3); }"
plugin crasher DL_ABI "$first { volatile int *volatile p = 0; *p = 1; }"
plugin mine DL_ABI
sed -i "s|^plugin_path = |&$work/mine:|" "$work/datelined.conf"

wire --every 0
site() { # PLUGIN
	source_file "$1" <<CONF
feed = http://bulk.localhost:@PORT@/feed.rss
allow_private = yes
CONF
}
site mine

for name in leaver crasher; do
	site $name
	timeout 20 "$build/datelined" --conf "$work/datelined.conf" 2>"$work/out"
	[ $? = 78 ] || fail "$name: the daemon starts, or exits with another code"
	grep -q "plugin $name: as it was loaded, the worker .*: look at its" "$work/out" ||
	    { cat "$work/out"; fail "the daemon does not say that it was $name"; }
	"$build/dateline" check --conf "$work/datelined.conf" 2>"$work/out"
	[ $? = 78 ] || fail "$name: the check finds nothing wrong"
	grep -q "plugin $name: as it was loaded, the worker died: .*: look at" "$work/out" ||
	    { cat "$work/out"; fail "the check does not say that it was $name"; }
	rm "$work/sources.d/$name.conf"
done

setting pages_per_worker = 1
setting workers = 2
ask_wire POST /bulk/publish/3 >/dev/null
daemon
has() { status_is "any(.sources[]; .source == \"mine\" and .records == $1)"; }
until_so 60 has 3
site crasher
complaint=$("$build/dateline" reload --conf "$work/datelined.conf" 2>&1)
[ $? = 78 ] || fail "a reload takes the plugin"
case $complaint in
*"plugin crasher: as it was loaded"*) ;;
*) fail "the reload does not say that it was crasher: $complaint" ;;
esac
rm "$work/sources.d/crasher.conf"

plugin mine DL_ABI+1
ask_wire POST /bulk/publish/3 >/dev/null
until_so 60 grep -q 'a worker did not start: plugin mine: it was made for ABI 1' "$work/log"
plugin mine DL_ABI
until_so 60 has 6
status_is '.entries.quarantined == 0' || fail "pages failed for want of a plugin"
kill "$daemon_pid"
daemon_ends || fail "it does not end well"
