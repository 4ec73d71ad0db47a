#!/bin/bash
# A server that speaks nothing but HTTP/2 is asked in HTTP/2, for its feed and
# for its pages; a source that is told not to does not.
. tests/house/play.sh

site=$work/site
mkdir "$site"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 -subj /CN=h2.localhost \
    -addext subjectAltName=DNS:h2.localhost,DNS:h1.localhost 2>/dev/null ||
    fail "no certificate"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
/usr/sbin/nghttpd -v -a 127.0.0.1 -d "$site" "$port" "$work/key.pem" "$work/cert.pem" \
    >"$work/site.log" 2>&1 &
wire_pid=$!
feed() { # NAME HOST
	cat >"$site/$1.xml" <<-XML
	<rss><channel><item><title>Rain</title>
	<link>https://$2:$port/$1.html</link></item></channel></rss>
	XML
	cat >"$site/$1.html" <<-HTML
	<html><head><title>Rain</title></head><body><article><h1>Rain</h1>
	<p>The river has risen by a metre overnight.</p></article></body></html>
	HTML
	source_file "$1" <<-CONF
	plugin = feed
	zone = UTC
	feed = https://$2:@PORT@/$1.xml
	allow_private = yes
	${3:-}
	CONF
}
feed two h2.localhost
feed one h1.localhost 'http2 = no'
setting "ca_file = $work/cert.pem"
it_listens() { curl -sk --http2 "https://127.0.0.1:$port/two.xml"; }
until_so 20 it_listens
daemon
has_come() { [ "$(lines | jq -r .id)" = "two:https://h2.localhost:$port/two.html" ]; }
until_so 60 has_come
until_so 60 status_is 'any(.sources[]; .source == "one" and .state == "failing")'
grep -q ':path: /two.html' "$work/site.log" || fail "the page was not asked for"
grep -q ':path: /one' "$work/site.log" && fail "http2 = no is not heeded"
exit 0
