#!/bin/sh
# lint.sh: format, layers, the ABI, both compilers without a warning, clang-tidy, and the
# manual pages.
cd "$(dirname "$0")/.." || exit 1
status=0
files=$(git ls-files '*.c' '*.h')

# One file a call: with several, clang-tidy 14 sees faults that are none.
tidy() {
	printf '%s\n' "$@" | xargs -P "$(nproc)" -I {} clang-tidy --quiet {} \
	    -- -std=c11 -D_GNU_SOURCE -I. -Iplugins -I/usr/include/libxml2 \
	    -DVERSION=\"\" -DPREFIX=\"\" -DSYSCONF=\"\" -DPLUGIN_PATH=\"\" -DBUILT_WITH=\"\"
}

step() {
	if out=$("$@" 2>&1); then
		echo "ok   $1 ${2:-}"
	else
		echo "FAIL $1 ${2:-}"; status=1
		echo "$out" | grep -v 'warnings\? generated' | head -n 60
	fi
}

# shellcheck disable=SC2086
step clang-format --dry-run --Werror $files
step tests/layers.sh
step tests/abi/check.sh abidiff
for compiler in gcc clang; do
	step make -s -B -j"$(nproc)" CC=$compiler B=build-lint-$compiler \
	    CFLAGS='-O1 -g -Werror' all build-lint-$compiler/wire
	rm -rf build-lint-$compiler
done
# shellcheck disable=SC2046
step tidy $(git ls-files 'core/*.c' 'spool/*.c' 'plugins/*.c')
# shellcheck disable=SC2046
step mandoc -Tlint -Wwarning $(git ls-files '*.[1358]')
exit $status
