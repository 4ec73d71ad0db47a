#!/bin/bash
# The daemon over HTTP: its metrics as Prometheus's own tool reads them, its
# health, the newest records as they come, and who is refused.
. tests/house/play.sh

at() { printf '%s' "${web%/}$1"; }
code() { curl -s -o "$work/body" -w '%{http_code}' "$@"; }
is() { # STATUS WHAT; of `code`
	[ "$2" = "$1" ] || fail "$3: $2 and not $1: $(head -c 300 "$work/body")"
}
sample() { # LINE: one of /metrics begins so
	curl -s "$(at /metrics)" | grep -q "^$1"
}

setting web = 127.0.0.1:0
wire --every 0
agencies
daemon
until_so 20 daemon_is_ready
web=$("$build/dateline" status --json --conf "$work/datelined.conf" | jq -r .web)
until_so 60 all_is_held

say "metrics"
promtool=$(tests/house/promtool.sh "$build") || fail "no promtool"
curl -s "$(at /metrics)" >"$work/metrics"
"$promtool" check metrics <"$work/metrics" >"$work/said" 2>&1 ||
    fail "promtool: $(cat "$work/said")"
for line in 'dateline_source_records_total{source="vgp"} [1-9]' \
    'dateline_source_publish_lag_seconds_bucket{source="vns",le="+Inf"} [0-9]' \
    'dateline_source_next_poll_timestamp_seconds{source="vna"} [1-9]' \
    'dateline_commit_seconds_count [1-9]' 'dateline_spool_bytes [1-9]' \
    'dateline_up 1'; do
	grep -q "^$line" "$work/metrics" || fail "no line $line"
done
curl -s -H 'Accept: application/openmetrics-text;version=1.0.0' \
    -D "$work/head" "$(at /metrics)" | tail -n 1 | grep -qx '# EOF' ||
    fail "no OpenMetrics"
grep -qi '^content-type: application/openmetrics-text; version=1.0.0' \
    "$work/head" || fail "OpenMetrics, but not its type"
"$build/dateline" status --metrics --conf "$work/datelined.conf" |
    "$promtool" check metrics >"$work/said" 2>&1 ||
    fail "the tool's: $(cat "$work/said")"

say "a consumer that lags"
"$build/dateline" tail --consumer archive --spool "$work/spool" >/dev/null
until_so 60 sample 'dateline_consumer_lag_lines{consumer="archive"} '

say "status and health"
is 200 "$(code "$(at /status.json)")" status
jq -e '.sources | length == 5' "$work/body" >/dev/null || fail "not all sources"
jq -e '[.sources[] | .hours // empty | length] | length > 0 and
    all(. == 48)' "$work/body" >/dev/null || fail "no hours"
is 200 "$(code "$(at /healthz)")" health
is 200 "$(code -I "$(at /metrics)")" HEAD

say "the newest records, as they come"
curl -sN "$(at /live)" >"$work/live" &
follower=$!
records() { grep -c '^data: ' "$work/live"; }
until_so 20 grep -q '^data: ' "$work/live"
sed -n 's/^data: //p' "$work/live" | jq -s -e 'length > 0 and
    all(.seq > 0 and .title != "" and (.spooled | length) > 0)' >/dev/null ||
    fail "not what a record is: $(cat "$work/live")"
before=$(records)
ask_wire POST /publish >/dev/null || fail "the wire publishes nothing"
more() { [ "$(records)" -gt "$before" ]; }
until_so 60 more
kill "$follower"; wait "$follower" 2>/dev/null

say "who is refused"
is 421 "$(code -H 'Host: evil.example' "$(at /status.json)")" "a foreign name"
is 404 "$(code "$(at /etc/passwd)")" "another path"
is 404 "$(code --path-as-is "$(at /../status.json)")" "a way around"
is 405 "$(code -X POST -d x "$(at /status.json)")" "a change"
curl -s -D "$work/head" -o "$work/body" "$(at /)"
nonce=$(sed -n 's/.*script-src .nonce-\([0-9a-f]\{32\}\).*/\1/p' "$work/head")
[ -n "$nonce" ] || fail "no policy: $(cat "$work/head")"
grep -q "default-src 'none'" "$work/head" || fail "a policy that lets something"
[ "$(grep -c "nonce=\"$nonce\"" "$work/body")" -ge 1 ] || fail "no nonce"
curl -s -D "$work/head" -o /dev/null "$(at /)"
grep -q "$nonce" "$work/head" && fail "the nonce is the same again"

say "as many as there may be, and no more"
for _ in $(seq 30); do
	curl -sN -w '%{http_code}\n' -o /dev/null "$(at /live)" >>"$work/codes" &
	followers="${followers:-} $!"
done
until_so 20 grep -q 503 "$work/codes"
is 200 "$(code "$(at /healthz)")" "health beside them"

say "many who ask at once: each is told all of it"
told="$work/told-{}"
seq 48 | xargs -P 24 -I {} curl -sf -o "$told" "$(at /status.json)" \
    --next -sf -o "$told.metrics" "$(at /metrics)" || fail "not all are told"
for n in $(seq 48); do
	jq -e '.sources | length == 5' "$work/told-$n" >/dev/null &&
	    grep -q '^dateline_commit_seconds_count ' "$work/told-$n.metrics" ||
	    fail "$n is told $(wc -c "$work/told-$n"*)"
done

say "it ends while somebody looks, and while others ask"
for path in /status.json /metrics; do
	while curl -sf -o /dev/null "$(at $path)"; do :; done &
	followers="$followers $!"
done
kill -TERM "$daemon_pid"
daemon_ends || fail "no good end: $ended"
# shellcheck disable=SC2086
wait $followers
! grep -q 'ERROR\|leak' "$work/log" || fail "$(cat "$work/log")"

say "what the hours brought is known after a restart"
daemon
until_so 20 status_is '[.sources[] | .hours // [] | add // 0] | add > 0'
kill -TERM "$daemon_pid"; daemon_ends

say "a port that is taken"
setting web = 127.0.0.1:$port
daemon
daemon_ends && fail "it starts on a port of others"
[ "$ended" = 78 ] || fail "and ends with $ended"
grep -q "web = 127.0.0.1:$port" "$work/log" || fail "it does not say why"
