#!/bin/bash
# A public feed leads nobody inside: not by a redirect to an address that is
# not public, however it is written, nor to a name that has one, nor by a page
# or a robots.txt. For that the wire needs a public address of its own, so the
# play is played in a network where nobody else is.
if [ "${ALONE:-}" = "" ]; then
	if ! unshare -rnm true 2>/dev/null; then
		echo "no network of one's own to be had here: left out"
		exit 0
	fi
	ALONE=1 exec unshare -rnm "$0" "$@"
fi
. tests/house/play.sh

public=11.22.33.44
ip link set lo up && ip address add "$public/32" dev lo ||
    fail "no address in a network of one's own"
wire --every 0 --address "$public"
"$build/wire" --misdeeds | awk -F '\t' '$2 ~ /odd\.example/' >"$work/misdeeds"
{
	cat /etc/hosts
	awk -v public="$public" '{ print public, $1 ".odd.example" }' \
	    "$work/misdeeds"
	echo "$public fine.odd.example"
} >"$work/hosts"
mount --bind "$work/hosts" /etc/hosts || fail "no hosts of one's own"

outside() { # NAME
	source_file "$1" <<CONF
plugin = feed
zone = UTC
feed = http://$1.odd.example:@RAW@/feed
[options]
title = h1.title
text = .body
CONF
}
for name in fine $(cut -f 1 "$work/misdeeds"); do outside "$name"; done
setting retry = 50ms
daemon

# The wire can be asked as others can, or none of this would prove anything.
until_so 60 status_is 'any(.sources[]; .source == "fine" and .records == 1)'

# name, classes, records, what is said
while IFS=$'\037' read -r name url class records said settings what; do
	until_so 60 status_is "any(.sources[]; .source == \"$name\" and
	    (.feeds[0].class | test(\"^($class)\$\")) and .polls > 0 and
	    ($records < 0 or .records == $records))"
	[ -z "$said" ] || until_so 60 grep -Eq "$name: .*$said" "$work/log"
done < <(tr '\t' '\037' <"$work/misdeeds")

# Behind the addresses inside there is a server, too, and nobody has asked it.
ask_wire GET /requests | jq -s -e 'length > 0 and
    all(.[]; .host | test("odd\\.example$"))' \
    >/dev/null || fail "somebody was led inside: $(ask_wire GET /requests |
    grep -v odd.example)"
kill -0 "$daemon_pid" || fail "the daemon has ended"
