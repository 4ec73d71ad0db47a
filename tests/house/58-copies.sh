#!/bin/bash
# Three papers bring the same story, each in its own words, and each its own
# weather. Who was first is told by who came later: also by a revision, and by a
# daemon that has made its state anew from the spool.
. tests/house/play.sh

site=$work/site
mkdir "$site"
served "$site"
port=$site_port

first='The councils of Harrow and Elmstead have agreed to mend the old iron
bridge between the two towns before the autumn rains, and to share the cost.'
other='The quarrel over an iron bridge is at an end, and the ferry will be busy.'
rest='</p><p>Engineers found cracks in four of the eleven piers in April, after
a barge had struck the third one in thick fog. Since then lorries have had to
take the road round by Saltmarsh, which is 38 kilometres longer.</p><p>"Nobody
wanted to be the first to pay," Mayor Ida Moe of Harrow told a meeting that
lasted until midnight. "Now we both pay, and the children get to school."</p><p>
The repairs will cost 4.2 million crowns, of which the province gives 1.5
million. A company from the coast will begin on Monday and has promised to be
done in eleven weeks.</p><p>Until the bridge is open again a ferry will run every
half hour from six in the morning, with a boat of its own for pupils and for the
women who sell fish at the market.'
weather() { # SKY MAXIMUM WIND
	echo "The weather service expects $1 over most of the country on Tuesday,
	with temperatures of up to $2 degrees. In the north winds will blow from the
	$3, and small boats are advised to stay in port until they have calmed."
}
bring() { # PAPER [TITLE TEXT]...: its feed, with whole stories
	paper=$1; shift
	source_file "$paper" <<-CONF
	plugin = feed
	zone = Europe/Oslo
	feed = http://127.0.0.1:@PORT@/$paper.xml
	allow_private = yes
	CONF
	n=0
	{
		echo '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>'
		while [ $# -gt 0 ]; do
			n=$((n + 1))
			echo "<item><guid>$paper-$n</guid><title>$1</title>"
			echo "<link>http://127.0.0.1:$port/$paper/$n</link>"
			echo "<c:encoded><![CDATA[<p>$2</p>]]></c:encoded></item>"
			shift 2
		done
		echo '</channel></rss>'
	} >"$site/$paper.new"
	mv "$site/$paper.new" "$site/$paper.xml"
}
line_of() { lines | jq -c "select(.id | endswith(\"$1\"))" | tail -n 1; }
is() { [ "$(line_of "$1" | jq "$2")" = true ]; } # ID JQ-CONDITION
came() { is "$1-1" '.seq > 0' && is "$1-2" '.seq > 0'; }
reloads() { "$build/dateline" reload --conf "$work/datelined.conf"; }

bring gazette 'Two towns mend a bridge' "$first $rest" \
    Weather "$(weather rain 14 west)"
daemon
until_so 60 came gazette
gazette=$(line_of gazette-1 | jq -r .id)
is gazette-1 '.fingerprint | test("^[0-9a-f]{16}$")' || fail "no fingerprint"
is gazette-1 'has("same_as") | not' || fail "the first one is called a copy"

bring courier 'A bridge too old' "HARROW, June 3 (Courier) -- $other $rest" \
    Weather "$(weather sunshine 25 east)"
until_so 60 reloads
until_so 60 came courier
courier=$(line_of courier-1 | jq -r .id)
is courier-1 ".same_as == [\"$gazette\"]" || fail "the copy is not found"
is courier-2 'has("same_as") | not' || fail "one weather is called another"

bring courier 'A bridge too old, and a ferry' "$other $rest" \
    Weather "$(weather sunshine 25 east)"
until_so 60 is courier-1 '.revision == 2'
is courier-1 ".same_as == [\"$gazette\"]" || fail "a revision has forgotten it"
bring gazette 'Two towns mend their bridge' "$first $rest" \
    Weather "$(weather rain 14 west)"
until_so 60 is gazette-1 '.revision == 2'
is gazette-1 'has("same_as") | not' || fail "it is called a copy of its copy"

kill -9 "$daemon_pid"; daemon_ends
rm "$work"/state/state.sqlite*
bring herald 'Bridge' "$first $rest" Weather "$(weather snow -4 north)"
daemon
until_so 60 came herald
is herald-1 ".same_as == [\"$gazette\", \"$courier\"]" ||
    fail "the spool was not remembered: $(line_of herald-1 | jq -c .same_as)"
is herald-2 'has("same_as") | not' || fail "one weather is called another"
"$build/dateline" tail --from oldest -o text --spool "$work/spool" |
    grep -q "Bridge  \[as $gazette, $courier\]" || fail "people are not told"
python3 tests/house/valid.py <(lines) || fail "see above"
say "copies of $gazette were found"
