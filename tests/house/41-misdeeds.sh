#!/bin/bash
# Whatever a host does that hosts should not do, it is told by the name of its
# class, costs nobody else anything, and ends nothing. The table is the wire's:
# `build/wire --misdeeds`; each row is a source of its own, all at once.
. tests/house/play.sh

wire --every 0
tls
setting ca_file = "$work/tls/ca.pem"
setting contact = https://play.example/
setting timeout = 2s
setting retry = 50ms

# Those of odd.example without a proxy want public addresses: see play 42. Where
# there is no IPv6 nobody can be only there.
"$build/wire" --misdeeds | awk -F '\t' -v six="$six" \
    '!($2 ~ /odd\.example/ && $6 !~ /proxy/) && !($2 ~ /@SIX@/ && six == 0)' \
    >"$work/misdeeds"

# A tab is white space to `read`, so that empty columns would go.
tr '\t' '\037' <"$work/misdeeds" |
while IFS=$'\037' read -r name url class records said settings what; do
	[[ $settings == *allow_private* ]] ||
	    settings="$settings;allow_private = yes"
	source_file "$name" <<CONF
plugin = feed
zone = UTC
feed = $url
$(tr ';' '\n' <<<"$settings")
[options]
title = h1.title
text = .body
CONF
done
daemon

# What is not yet as the table says, a line each: nothing, in the end. What is
# fine must stay so for three looks, where the host is not left alone.
python3 - "$work/misdeeds" >"$work/expected" <<'PY'
import json, sys
keys = ("source", "url", "class", "records", "said", "settings", "what")
rows = [dict(zip(keys, line.rstrip("\n").split("\t")))
        for line in open(sys.argv[1])]
for row in rows:
    row["class"] = row["class"].split("|")
    row["records"] = int(row["records"])
print(json.dumps(rows))
PY
status() { "$build/dateline" status --json --conf "$work/datelined.conf"; }
unmet() {
	status >"$work/status" 2>/dev/null || { echo "no status"; return; }
	jq -r --slurpfile rows "$work/expected" '
		(.sources // [] | map({key: .source, value: .}) | from_entries) as $is |
		$rows[0][] | . as $row | $is[.source] as $now |
		($now.feeds[0].class // "none") as $class |
		select((any($row.class[]; . == $class) | not) or
		    ($row.records >= 0 and $now.records != $row.records) or
		    ($now.polls // 0) == 0 or
		    ($now.state == "fine" and $now.polls < 3 and
			($now.last_error // "" | test("left alone") | not))) |
		"\(.source): \(.what): is \($class), \($now.records) records, " +
		"\($now.polls) polls, \($now.last_error); " +
		"should be \(.class | join(" or ")), \(.records)"' "$work/status" ||
	    echo "no status"
}
all_met() { [ -z "$(unmet)" ]; }
waited() {
	limit=$(($(date +%s) + 120))
	until all_met || [ "$(date +%s)" -ge "$limit" ]; do sleep 0.2; done
	all_met
}
waited || fail "not as the table says:
$(unmet)"

# What is said of each: in the log, or in the status.
status | jq -r '.sources[] | "\(.source): \(.last_error // ""); \(.feeds[0].said // "")"' \
    >"$work/said"
tr '\t' '\037' <"$work/misdeeds" |
while IFS=$'\037' read -r name url class records said settings what; do
	[ -z "$said" ] || grep -Eq "(^|[ >])$name: .*$said" "$work/said" "$work/log" ||
	    fail "$name: nobody says $said"
done || exit 1

# Letters come out right, however they came in.
for name in nfd charset-lies; do
	lines | jq -s -e --arg name "$name" 'any(.[]; .source == $name and
	    .title == "Cầu mới qua sông Cổ Chiên: " + $name)' >/dev/null ||
	    fail "$name: the title is not right: $(lines | grep "\"$name\"")"
done

# While a slow host took its two seconds, others were asked as always.
others_are_asked() {
	ask_wire GET /requests | jq -s -e '
	    [.[] | select(.path == "/feed")] |
	    [.[] | select(.host == "fine.odd.localhost") | .ms] as $good |
	    any(.[] | select(.host == "slow-body.odd.localhost") | .ms;
		. as $begun | [$good[] | select(. > $begun and
		    . < $begun + 2000)] | length >= 3)'
}
until_so 60 others_are_asked

# Nobody was led inside, no cookie came back, and nobody was asked for what it
# had forbidden.
ask_wire GET /requests | jq -s -e 'length > 0 and all(.[];
    .host != "127.0.0.1" and .host != "0.0.0.0" and .host != "[")' >/dev/null ||
    fail "somebody was led inside"
ask_wire GET /score | jq -e '[.faults["cookie", "referrer", "forbidden",
    "crawl-delay", "no-contact", "robots-not-asked", "wrong-validators",
    "inside-retry-after"]] | add == 0' >/dev/null ||
    fail "the judge says: $(ask_wire GET /score)"

kill -0 "$daemon_pid" || fail "the daemon has ended"
kill -TERM "$daemon_pid"
daemon_ends || fail "the daemon did not end well: $?"
