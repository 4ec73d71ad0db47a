#!/bin/bash
# A reader that was built against an installed libdateline-spool, shared and
# static, as C11 and C++, with nothing but pkg-config, prints what the tool does,
# and the library has no name that its header does not promise.
. tests/house/play.sh

wire --every 0
agencies
daemon
until_so 60 all_is_held
lines >"$work/all"

make -s install B="$build" DESTDIR="$work/root" >/dev/null || fail "make install"
prefix=$work/root/usr/local
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
flags() { pkg-config --define-variable=prefix="$prefix" "$@" dateline-spool; }
static=$(flags --static --libs | sed 's/-ldateline-spool/-l:libdateline-spool.a/')
sanitize=
case $build in *thread*) sanitize=-fsanitize=thread ;;
*sanitize*) sanitize=-fsanitize=address,undefined ;; esac

reads() { # NAME COMPILER LIBRARIES
	# shellcheck disable=SC2086
	$2 -Wall -Wextra -Werror $sanitize $(flags --cflags) \
	    tests/house/follower/follow.c -x none -o "$work/follow" $3 ||
	    fail "$1: it does not build"
	"$work/follow" "$work/spool" | cmp - "$work/all" || fail "$1: not the lines"
}
compiler=${CC:-cc}
reads shared "$compiler -std=c11" "$(flags --libs)"
reads static "$compiler -std=c11" "$static"
reads C++ "c++ -std=c++17 -x c++" "$(flags --libs)"

"$work/follow" "$work/spool" mine | cmp - "$work/all" || fail "a consumer"
"$work/follow" "$work/spool" mine | cmp - /dev/null || fail "a consumer, again"

promised=$(grep -o '\bspool_[a-z_]*(' spool/spool.h | tr -d '(' | sort -u)
exported=$(nm -D --defined-only "$prefix/lib/libdateline-spool.so.0" |
    awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort -u)
[ "$promised" = "$exported" ] || fail "exported, but not promised: $exported"
readelf -d "$prefix/lib/libdateline-spool.so.0" |
    grep -q 'SONAME.*libdateline-spool.so.0' || fail "no SONAME"
