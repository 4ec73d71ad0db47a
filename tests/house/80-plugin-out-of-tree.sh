#!/bin/bash
# A plugin that was built against an installed dateline, as C11, C17 and C++,
# with nothing but pkg-config, is loaded by it and does its work.
. tests/house/play.sh

make -s install B="$build" DESTDIR="$work/root" >/dev/null || fail "make install"
prefix=$work/root/usr/local
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags dateline-plugin)
[ "$(pkg-config --variable=abi dateline-plugin)" = 1.0 ] || fail "no abi in the .pc"

cat >"$work/installed.conf" <<CONF
worker = $prefix/libexec/dateline-worker
plugin_path = $work/mine $prefix/lib/dateline/plugins
gazetteer = $prefix/share/dateline/gazetteer.tsv
sources = $work/sources.d
CONF
mkdir "$work/mine"
for compiler in 'cc -std=c11' 'cc -std=c17' 'c++ -std=c++17 -x c++'; do
	# shellcheck disable=SC2086
	$compiler -Wall -Wextra -Werror -Wno-missing-field-initializers -shared \
	    -fPIC $flags tests/house/gazette/gazette.c -o "$work/mine/gazette.so" ||
	    fail "$compiler does not build it"
	"$prefix/bin/dateline" extract --conf "$work/installed.conf" \
	    --source gazette --url https://gazette.example/7 \
	    tests/house/gazette/page.html >"$work/record" ||
	    fail "$compiler: no record"
	jq -e '.id == "gazette:https://gazette.example/7" and
	    .title == "Rain at last" and .agency == "Gazette" and
	    .published == "2026-08-04T10:31:00+01:00" and
	    .published_evidence.zone == "source" and
	    (.text | endswith("Farmers were glad."))' "$work/record" >/dev/null ||
	    { cat "$work/record"; fail "$compiler: not the record it should be"; }
done
