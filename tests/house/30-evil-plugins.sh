#!/bin/bash
# Each way of a plugin to be evil costs its page, which is kept in quarantine
# with a reason that names the plugin, and nothing else: the five agencies come
# in all the same.
. tests/house/play.sh

# The page; the plugin; and what the reason has to say. The sanitizers end a
# process in their own way, and need so much room that its limit is off.
cat >"$work/ways" <<WAYS
crash crash plugin crash: the worker (crashed: Segmentation fault|ended by itself)
spin spin plugin spin: the worker's patience is over
memory memory plugin memory: it took more memory than a worker may have
heap heap no more after|crashed|ended by itself|nobody has stopped it
files files Operation not permitted
writes files no file: Operation not permitted
network network plugin network: @CALL@
process process plugin process: @CALL@
says liar plugin liar: @CALL@
says-in-parts liar plugin liar: @CALL@
says-elsewhere liar plugin liar: @CALL@
hears liar plugin liar: @CALL@
hangs-up liar plugin liar: @CALL@
long long too-big: a record that is longer than max_line
connects calls plugin calls: @CALL@
threads calls plugin calls: @CALL@
executes calls plugin calls: @CALL@
signals calls plugin calls: @CALL@
raises calls plugin calls: @CALL@
traces calls plugin calls: @CALL@
hurries calls plugin calls: @CALL@
outlives calls plugin calls: @CALL@
widens calls plugin calls: @CALL@
filters calls plugin calls: @CALL@
exit ends plugin ends: the worker (ended by itself|did what it must not)
abort ends plugin ends: the worker (crashed: Aborted|ended by itself)
longjmp ends plugin ends: the worker (crashed|ended by itself|broke the protocol)
constant ends plugin ends: the worker (crashed: Segmentation fault|ended by itself)
recursion ends plugin ends: the worker (crashed: Segmentation fault|ended by itself)
division ends plugin ends: the worker (crashed: Floating point exception|ended by itself)
stop ends plugin ends: @SLOW@
deaf ends plugin ends: @SLOW@
by-one overrun plugin overrun: it wrote beyond 24 bytes that it had from job_alloc\\(\\)
by-many overrun plugin overrun: it wrote beyond 7 bytes that it had from job_alloc\\(\\)
by-far overrun plugin overrun: (it wrote beyond 24 bytes|the worker (crashed|ended by itself))
victim feed plugin breaks: the worker (crashed: Segmentation fault|ended by itself)
WAYS
sed -i "s/@CALL@/the worker (did what it must not: bad system call|ended by itself)/
    s/@SLOW@/the worker's patience is over/" "$work/ways"
ways=$(wc -l <"$work/ways")

wire --every 0
agencies
while read -r way plugin _; do
	source_file "$way" <<CONF
plugin = $plugin
zone = UTC
feed = http://odd.localhost:@PORT@/rss/$way.rss
allow_private = yes
CONF
	# There is no end to waiting for the slow; the others are given time.
	grep -q "^$way .*patience is over" "$work/ways" &&
	    echo 'patience = 1s' >>"$work/sources.d/$way.conf"
done <"$work/ways"
cat >>"$work/sources.d/victim.conf" <<CONF
extractors = breaks
[options]
text = body
CONF
daemon
until_so 120 all_is_held
until_so 120 status_is \
    ".entries.quarantined == $ways and .entries.pending == 0"

while read -r way _ reason; do
	jq -s -e --arg source "$way" --arg reason "$reason" \
	    'any(.[]; .source == $source and (.reason | test($reason)))' \
	    "$work"/state/quarantine/*.json >/dev/null || fail "$way: not in \
quarantine, or not because of \"$reason\": $(jq -s -c --arg source "$way" \
	    '.[] | select(.source == $source) | .reason' \
	    "$work"/state/quarantine/*.json)"
done <"$work/ways"
[ "$(find "$work/state/quarantine" -name '*.page' -size +0 | wc -l)" = "$ways" ] ||
    fail "the pages themselves are not kept"
status_is '[.sources[] | select(.source | test("^(v..|xinhua|azertac)$"))
    | .quarantined] | add == 0' || fail "another source lost a page"
status_is '[.sources[] | select(.source | test("^(v..|xinhua|azertac)$") | not)
    | .quarantined] | all(. == 1)' || fail "a source lost more than its page"

# Who has cost a worker is counted.
status_is '[.plugins[] | {(.plugin): .lost}] | add |
    .crash == 1 and .spin == 1 and .calls == 10 and .liar == 5 and .breaks == 1 and
    .overrun >= 3 and .memory == 3 and (has("feed") | not)' ||
    fail "the plugins' counts are others: $(jq -c .plugins <<<"$status")"

# Who crashes before there is any page is named too, and is not taken in; nor is
# one whose statics are too many to be put back.
reload() { "$build/dateline" reload --conf "$work/datelined.conf" 2>&1; }
for evil in early large; do
	echo "extractors = $evil" >"$work/extractors"
	cat tests/wire/sources.d/vgp.conf "$work/extractors" | ports \
	    >"$work/sources.d/vgp.conf"
	complaint=$(reload)
	[ $? = 78 ] || fail "$evil is taken in"
	case $evil$complaint in
	early*'plugin early: as it was loaded, the worker '*) ;;
	large*'plugin large: it has 41'*' bytes of statics, and may have 10'*) ;;
	*) fail "$evil is refused with $complaint" ;;
	esac
done
status_is '(.sources | length) > 5' || fail "the old configuration is gone"
say "$ways ways, $(jq .workers.lost <<<"$status") workers lost"
