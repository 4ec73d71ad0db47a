#!/bin/bash
# Plugins that were built against an installed dateline, with nothing but
# pkg-config, as C11, C17, C++17 and C++20, are loaded by it and do their work:
# the Example Gazette, and the smallest source and extractor that there are. The
# installed header has nothing that any compiler warns of.
. tests/house/play.sh

make -s install B="$build" DESTDIR="$work/root" >/dev/null || fail "make install"
prefix=$work/root/usr/local
# Installed once more, over plugins that workers have open: each is another file
# then, and nothing else is left. Whatever umask that is done with, all may read
# it.
before=$(stat -c '%i %n' "$prefix"/lib/dateline/plugins/*)
(umask 077 && make -s install B="$build" DESTDIR="$work/root" >/dev/null) ||
    fail "make install"
hidden=$(find "$prefix" ! -type l ! -perm -o+r)
[ -z "$hidden" ] || fail "not for all to read: $hidden"
stat -c '%i %n' "$prefix"/lib/dateline/plugins/* | grep -qxF "$before" &&
    fail "a plugin was written in its place"
[ "$(ls -A "$prefix/lib/dateline/plugins")" = \
    "$(cd "$build/plugins" && ls ./*.so | sed 's,./,,')" ] ||
    fail "there are others: $(ls -A "$prefix/lib/dateline/plugins")"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags dateline-plugin)
abi=$(sed -n 's/^#define DL_ABI_M[A-Z]* //p' plugins/plugin.h | paste -sd .)
[ "$(pkg-config --variable=abi dateline-plugin)" = "$abi" ] ||
    fail "the .pc says another abi than $abi"

cat >"$work/installed.conf" <<CONF
worker = $prefix/libexec/dateline-worker
plugin_path = $work/mine $prefix/lib/dateline/plugins
gazetteer = $prefix/share/dateline/gazetteer.tsv
sources = $work/sources.d
extractors = smallest-extractor
CONF
mkdir "$work/mine"

# What compilers there are for each language, by its standard; and what they find
# worth a word where it is asked for. Designated initialisers are C++20's.
languages=$(for cc in gcc clang; do
	command -v $cc >/dev/null || continue
	for std in c11 c17; do echo "$cc -std=$std"; done
	for std in c++17 c++20; do echo "$cc -x c++ -std=$std"; done
done)
strict() { # COMPILER...
	case "$*" in
	clang*) echo "-Weverything -Wno-padded -Wno-c++98-compat -Wno-c++98-compat-pedantic" ;;
	*++*) echo "$all -Wold-style-cast -Wzero-as-null-pointer-constant -Wuseless-cast" ;;
	*) echo "$all -Wstrict-prototypes -Wmissing-prototypes -Wbad-function-cast" ;;
	esac
}
all="-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual
    -Wcast-align -Wundef -Wredundant-decls -Wdouble-promotion"

compile() { # FLAGS-OF-THE-LANGUAGE FILE NAME
	# shellcheck disable=SC2086
	$1 -Wall -Wextra -Werror -Wno-missing-field-initializers \
	    -Wno-c++20-designator -shared -fPIC $flags "$2" -o "$work/mine/$3.so" ||
	    fail "$1 does not build $3"
}
extract() { # SOURCE; into $work/record
	"$prefix/bin/dateline" extract --conf "$work/installed.conf" --source "$1" \
	    --url https://gazette.example/7 tests/house/gazette/page.html \
	    >"$work/record" || fail "$language: no record of $1"
}
holds() { # JQ-CONDITION
	jq -e "$1" "$work/record" >/dev/null ||
	    { cat "$work/record"; fail "$language: not the record it should be"; }
}

[ "$(wc -l <tests/abi/smallest-source.c)" -le 18 ] || fail "a source takes more lines"
[ "$(wc -l <tests/abi/smallest-extractor.c)" -le 15 ] || fail "an extractor takes more lines"

# The example of the manual page is one that compiles.
sed -n '/^\.Sh EXAMPLES/,/^\.Ed/p' plugins/dateline-plugin.3 |
    sed -e '1,/^\.Bd/d' -e '/^\.Ed/d' -e 's/^\\&//' -e 's/\\e/\\/g' >"$work/page.c"
grep -q '"gazette"' "$work/page.c" || fail "the manual page has no example"

while read -r language; do
	# shellcheck disable=SC2046,SC2086
	printf '%s\n' '#include "plugin.h"' 'uint32_t abi(void);' \
	    'const char *either(const char *text);' \
	    'uint32_t abi(void) { return DL_ABI; }' \
	    'const char *either(const char *text) { return text_or(text, "none"); }' |
	    ${language/-x c++/} -x "$(case $language in *++*) echo c++ ;; *) echo c ;; esac)" \
		$(strict "$language") -Werror $flags -fsyntax-only - ||
	    fail "$language has something to say of plugin.h"

	compile "$language" "$work/page.c" gazette
	compile "$language" tests/house/gazette/gazette.c gazette
	compile "$language" tests/abi/smallest-source.c smallest-source
	compile "$language" tests/abi/smallest-extractor.c smallest-extractor
	extract gazette
	holds '.id == "gazette:https://gazette.example/7" and
	    .title == "Rain at last" and .agency == "Gazette" and
	    .published == "2026-08-04T10:31:00+01:00" and
	    .published_evidence.zone == "source" and .section == "Weather" and
	    (.text | endswith("Farmers were glad."))'
	extract smallest-source
	holds '.title == "Rain at last" and .section == "Weather" and
	    .extractors == ["smallest-extractor 1.0"] and
	    (.text | contains("nobody minded."))'
done <<<"$languages"
