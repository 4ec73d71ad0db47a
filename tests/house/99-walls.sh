#!/bin/bash
# The walls of core/README.md that no other play tries to climb: what a page can
# do to a terminal, the log and the spool, and what can be done by who reaches
# the control socket, the port, or the folder of consumers. All the while news
# come in.
. tests/house/play.sh

# knock HOW [PATH-OR-PORT]: somebody who means harm.
knock() { timeout 60 python3 - "$@" <<'PY'
import json, os, socket, sys

how, there = sys.argv[1], sys.argv[2]


def come():
    if there.startswith("/"):
        door = socket.socket(socket.AF_UNIX)
        door.connect(there)
    else:
        door = socket.create_connection(("127.0.0.1", int(there)))
    door.settimeout(20)
    return door


def say(words):
    """What is answered until the other side hangs up."""
    heard = b""
    with come() as door:
        try:
            door.sendall(words)
            while piece := door.recv(65536):
                heard += piece
        except OSError as gone:
            if isinstance(gone, TimeoutError):
                raise
            pass
    return heard


def comes():
    come().close()


def stranger():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    try:
        come()
    except PermissionError:
        return
    sys.exit("a stranger is let in")


def words():
    assert say(b"x" * (1 << 20)) == b"", "a word without an end"
    wrong = [b"", b"stop", b"\0status", b"\xff\xfe", b"poll ../../etc/passwd",
             b"pause", b"quarantine", b"quarantine {", b"quarantine []",
             b'quarantine {"do":"burn"}', b"replay " + b"[" * 8000]
    for word in wrong:
        heard = json.loads(say(word + b"\n"))
        assert heard["ok"] is False, (word, heard)
    names = json.dumps({"do": "clear", "names": ["../../datelined", "/etc/passwd"]})
    heard = say(b"quarantine " + names.encode() + b"\n")
    assert json.loads(heard) == {"ok": True, "pages": 0}, heard


def requests():
    for words in (b"\xff\xfe\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                  b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n\r\n",
                  b"GET / HTTP/1.1\r\nHost: localhost\r\n"
                  + b"X: y\r\n" * 100000 + b"\r\n",
                  b"GET http://evil.example/status.json HTTP/1.1\r\n"
                  b"Host: evil.example\r\nConnection: close\r\n\r\n",
                  b"GET /status.json HTTP/1.0\r\n\r\n"):
        heard = say(words)
        assert b" 200 " not in heard.split(b"\r\n")[0], (words[:80], heard)
        assert b'"sources"' not in heard, words[:80]


def crowd():
    """Many who come and say nothing; one line when they are all there."""
    doors = [come() for _ in range(100)]
    print("there", flush=True)
    sys.stdin = open("/dev/fd/3")
    sys.stdin.readline()
    for door in doors:
        door.close()


{"comes": comes, "stranger": stranger, "words": words, "requests": requests,
 "crowd": crowd}[how]()
PY
}

# ---- a page, and what it says ----

mkdir "$work/site"
cat >"$work/site/feed" <<'XML'
<rss version="2.0"><channel><title>Odd</title>
<item><title>A &amp;#27;]0;owned&amp;#7;&#x9b;2J title&#10;{"seq":998}&#10;</title><link>/one.html</link><guid>1</guid></item>
<item><title>Two</title>
<link>/none&#10;&lt;0&gt;datelined: all is lost&#9;.html</link><guid>2</guid></item>
</channel></rss>
XML
printf '%b' '<html><body><h1>A \0033]0;owned\0007\0302\0233 title</h1>' \
    '<div class=body><p>Text &#27;]52;c;b3duZWQ=&#7;\0033[2J\0302\0233' \
    '{"seq":999,"kind":"record"}&#10;{"seq":998}\r\nhome.</p></div>' \
    '</body></html>' >"$work/site/one.html"
served "$work/site"
site=$site_port

wire --every 0
agencies
source_file odd <<CONF
plugin = feed
zone = UTC
feed = http://me:Xyzzy@127.0.0.1:$site/feed
allow_private = yes
[options]
title = h1
text = .body
CONF
setting web = 127.0.0.1:0
setting segment_bytes = 4096B
setting commit_bytes = 1B
daemon
until_so 60 status_is 'any(.sources[]; .source == "odd" and .records == 1)'
# What the agencies have brought; the wire knows of nothing else.
news() { lines | jq -c 'select(.source != "odd")'; }
held() {
	news | jq -r 'select(.kind == "record") | .id' | sort | uniq -c |
	    awk '{print $2, $1}' | sort
}
until_so 60 all_is_held
goes_on() {
	ask_wire POST /publish >/dev/null || fail "the wire has no more"
	until_so 60 all_is_held
	kill -0 "$daemon_pid" || fail "the daemon has ended"
}

say "a page is no master of terminal, log and spool"
none_in() { # FILE
	LC_ALL=C.UTF-8 grep -qP '[\x00-\x08\x0b-\x1f\x7f-\x9f]' "$1" &&
	    fail "a control character in $1: $(cat -v "$1" | head -n 20)"
}
until_so 60 grep -q 'all%20is%20lost' "$work/log"
none_in "$work/log"
grep -q '^[^a-z]*datelined: all is lost' "$work/log" && fail "a page writes the log"
for form in text json ninjs; do
	"$build/dateline" tail --from oldest -o $form --source odd \
	    --spool "$work/spool" >"$work/out"
	grep -q title "$work/out" || fail "tail -o $form does not show it"
	none_in "$work/out"
done
[ "$(lines | jq -c 'select(.source == "odd")' | wc -l)" = 1 ] ||
    fail "a page makes lines of its own"
numbers_are_whole || fail "a page has numbered lines"
"$build/dateline" status --conf "$work/datelined.conf" >"$work/out"
none_in "$work/out"

# ---- the control socket ----

say "the control socket"
[ "$(stat -c %a "$work/control")" = 660 ] || fail "others may use it"
knock comes "$work/control" || fail "nobody can use it"
if [ "$(id -u)" = 0 ]; then
	chmod 711 "$work"
	knock stranger "$work/control" || fail "strangers may use it"
	chmod 700 "$work"
else
	say "a stranger: left out, only root can be another"
fi
knock words "$work/control" || fail "a word that is none"
[ -s "$work/datelined.conf" ] || fail "a name leads out of the quarantine"

crowd() { # PATH-OR-PORT
	mkfifo "$work/leave"
	exec 4<>"$work/leave"
	knock crowd "$1" 3<"$work/leave" >"$work/crowd" &
	crowd=$!
	until_so 30 grep -q there "$work/crowd"
	[ "$1" != "$work/control" ] || until_so 20 daemon_is_ready
	goes_on
	echo go >&4
	exec 4>&-
	wait "$crowd" || fail "the crowd: $?"
	rm "$work/leave"
}
crowd "$work/control"
until_so 20 daemon_is_ready

# ---- the port ----

say "the port"
web=$("$build/dateline" status --json --conf "$work/datelined.conf" | jq -r .web)
web=${web%/} web=${web##*:}
knock requests "$web" || fail "a request that is none"
for path in / /status.json /metrics; do
	curl -sf "http://127.0.0.1:$web$path"
done >"$work/out"
"$build/dateline" status --json --conf "$work/datelined.conf" >>"$work/out"
"$build/dateline" status --source odd --conf "$work/datelined.conf" >>"$work/out"
grep -q "127.0.0.1:$site/feed" "$work/out" || fail "feeds are not told at all"
grep -l Xyzzy "$work/out" "$work/log" && fail "a password is told"
crowd "$web"
answers() { curl -sf "http://127.0.0.1:$web/healthz"; }
until_so 60 answers

# ---- the folder of consumers ----

say "consumers"
mkdir -p "$work/spool/consumers/folder"
mkfifo "$work/spool/consumers/pipe"
ln -s /etc/passwd "$work/spool/consumers/link"
ln -s "$work/other" "$work/spool/consumers/other"
: >"$work/other"
head -c 1000000 /dev/urandom >"$work/spool/consumers/large"
head -c 90 /dev/urandom >"$work/spool/consumers/bytes"
: >"$work/spool/consumers/$(printf 'a\033[31m')"
timeout 20 "$build/dateline" consumers --spool "$work/spool" >"$work/out" 2>&1
[ $? != 124 ] || fail "it waits for a pipe"
none_in "$work/out"
cksum /etc/passwd "$work/other" >"$work/before"
setting retention_bytes = 8KiB
"$build/dateline" reload --conf "$work/datelined.conf" || fail "no reload"
goes_on
# They hold back what they cannot have read; but not for ever.
first() { lines | head -n 1 | jq .seq; }
[ "$(first)" = 1 ] || fail "a consumer that cannot be read holds nothing back"
setting consumer_max_bytes = 8KiB
"$build/dateline" reload --conf "$work/datelined.conf" || fail "no reload"
goes_on_without() { [ "$(first)" -gt 1 ]; }
until_so 60 goes_on_without
for name in link other pipe folder; do
	timeout 20 "$build/dateline" tail --consumer $name --spool "$work/spool" \
	    >"$work/out" 2>&1 && fail "$name is taken for a consumer"
	[ $? != 124 ] || fail "it waits for $name"
done
cksum /etc/passwd "$work/other" | cmp -s - "$work/before" || fail "a link is written to"
none_in "$work/log"
"$build/dateline" verify --spool "$work/spool" >"$work/out" || fail "$(cat "$work/out")"
