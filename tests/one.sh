#!/bin/sh
# one.sh COMMAND...: a test, and a line on how it ended; with what it had to say,
# if it failed.
if out=$("$@" </dev/null 2>&1); then
	echo "ok   $*"
	exit
fi
printf 'FAIL %s\n%s\n' "$*" "$(echo "$out" | sed 's/^/     /')"
exit 1
