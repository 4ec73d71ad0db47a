#!/bin/bash
# What a report of a fault begins with: version, the interface of plugins, the
# build, and each library, as it is loaded and not as it was compiled with.
. tests/house/play.sh

interface=$(sed -n 's/^#define DL_ABI_M[A-Z]* //p' plugins/plugin.h | paste -sd .)
cat >"$work/other.c" <<'C'
const char *zlibVersion(void);
const char *zlibVersion(void)
{
	return "9.8.7";
}
C
cc -shared -fPIC -o "$work/other.so" "$work/other.c" || fail "no compiler"
says() { # NAME REGEX
	grep -Eq "^$1 +$2" "$work/said" ||
	    fail "$program: no $1 $2: $(cat "$work/said")"
}

for program in dateline datelined; do
	"$build/$program" --version >"$work/said" || fail "$program: no version"
	grep -Eqx "$program [0-9.]+" "$work/said" || fail "$program: $(cat "$work/said")"
	[ "$(wc -l <"$work/said")" = 1 ] || fail "$program says more"

	"$build/$program" --version --verbose >"$work/said" || fail "$program: no more"
	says "$program" '[0-9.]+$'
	says 'plugin ABI' "$interface\$"
	says compiler '.*[0-9]'
	says flags '.*-O'
	grep -qF "$PWD" "$work/said" && fail "$program names somebody's folder"
	# inih does not say which it is.
	while read -r library; do
		says "$library" '[^ ]*[0-9]'
	done < <(readelf -d "$build/$program" |
	    sed -n 's/.*NEEDED.*\[\(lib[a-z0-9]*\)\.so.*/\1/p' |
	    grep -Ev '^lib(inih|m|gcc_s|asan|ubsan)$')
	says libcurl "libcurl/$(curl --version | sed -n '1s/^curl \([^ ]*\).*/\1/p') "

	"$build/$program" --verbose >"$work/said" 2>&1
	[ $? = 64 ] || fail "$program --verbose says $(cat "$work/said")"
	case $build in *sanitize*) continue ;; esac # they want to be loaded first
	LD_PRELOAD=$work/other.so "$build/$program" --version --verbose >"$work/said"
	says libz '9\.8\.7$'
done
"$build/dateline" --version --verbos >"$work/said" 2>&1
[ $? = 64 ] || fail "any word will do"
