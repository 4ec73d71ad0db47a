#!/bin/bash
# The disk that pages are kept on is filled to the brim. It costs no record, and
# the log tells of it once; when there is room again pages are kept again.
[ -n "${OWN_MOUNTS:-}" ] || exec env OWN_MOUNTS=1 unshare -Urm "$0" "$@"
. tests/house/play.sh
pages=$work/state/pages
mkdir "$pages"
mount -t tmpfs -o size=1m pages "$pages" || fail "no small disk"
trap 'was=$?; umount -l "$pages"; (exit $was); end' EXIT
kept() {
	"$build/dateline" tail --from oldest -o json --spool "$pages" |
	    jq -r 'select(.kind == "page") | .id' | sort -u
}
publish() { for _ in $(seq "$1"); do ask_wire POST /publish >/dev/null; done; }
told() { [ "$(grep -c "pages are $1" "$work/log")" = "$2" ]; }

wire --first 5 --every 0
agencies
setting retention_free = 0B
daemon
until_so 60 all_is_held
all_is_kept() { [ "$(kept)" = "$(lines | jq -r .id | sort -u)" ]; }
until_so 30 all_is_kept

cat /dev/zero >"$pages/ballast" 2>/dev/null
before=$(kept)
publish 12
until_so 60 all_is_held
until_so 30 told 'not kept' 1
status_is '.state == "fine"' || fail "the daemon is in trouble"
publish 6
until_so 60 all_is_held
[ "$(kept)" = "$before" ] || fail "the pages are not what they were"

rm "$pages/ballast"
publish 6
until_so 60 all_is_held
newest=$(lines | jq -r .id | tail -n 1)
newest_is_kept() { kept | grep -qxF "$newest"; }
until_so 30 newest_is_kept
until_so 30 told 'kept again' 1
told 'not kept' 1 || fail "it is not told once"
"$build/dateline" verify --spool "$pages" || fail "the pages are damaged"
"$build/dateline" replay --conf "$work/datelined.conf" |
    grep -q ' 0 stories would change$' || fail "something would change"
