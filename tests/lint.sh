#!/bin/sh
# lint.sh: format, layers, the ABI, both compilers without a warning, clang-tidy, and the
# manual pages.
cd "$(dirname "$0")/.." || exit 1
status=0
files=$(git ls-files '*.c' '*.h')

step() {
	if out=$("$@" 2>&1); then
		echo "ok   $1 ${2:-}"
	else
		echo "FAIL $*"; echo "$out" | head -n 60; status=1
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
tidied=$(git ls-files 'core/*.c' 'spool/*.c' 'plugins/*.c')
# shellcheck disable=SC2086
step sh -c 'printf "%s\n" "$@" | xargs -P "$(nproc)" -I {} clang-tidy --quiet {} \
    -- -std=c11 -D_GNU_SOURCE -I. -Iplugins -I/usr/include/libxml2 \
    -DVERSION=\"\" -DPREFIX=\"\" -DSYSCONF=\"\" -DPLUGIN_PATH=\"\" -DBUILT_WITH=\"\"' tidy $tidied
step mandoc -Tlint -Wwarning $(git ls-files '*.[1358]')
exit $status
