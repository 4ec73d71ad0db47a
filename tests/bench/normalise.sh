#!/bin/sh
# normalise.sh BUILD [FOLDER...]: what the extractors cost beside parsing, on
# the saved pages of these folders, or of all sources in tests/plugins; the
# extractors are those that the daemon has by default.
cd "$(dirname "$0")/../.." || exit 1
build=$1; shift
[ $# -gt 0 ] || set -- tests/plugins/*
extractors=$(grep -o '^#extractors = .*' conf/datelined.conf | cut -d = -f 2)
for folder; do
	[ -f "plugins/sources/$(basename "$folder").c" ] || continue
	jq -r --arg folder "$folder" '
	    select(.path | test("[.]html?$")) | select(has("entries") | not) |
	    [($folder | split("/") | last), $folder + "/" + .path, .url] | @tsv' \
	    "$folder/expected.jsonl"
done >"$build/bench-pages"
# shellcheck disable=SC2086
"$build/bench-normalise" "$build" $extractors <"$build/bench-pages"
