#!/bin/sh
# packages.sh GROUP...: installs what is missing of Debian 12's packages, by apt
# and with sudo if needed. Says nothing where nothing is missing.
#
#   build   to compile          run   for the stand-in newswire and its plays
#   test    for all tests       lint  for `make lint`, clang and sanitizers
#   bench   for `make bench-cost`
#   deb     for `make deb`
set -eu

build="gcc libc6-dev pkg-config libuv1-dev libcurl4-openssl-dev libgumbo-dev
    libzstd-dev zlib1g-dev libxml2-dev libjansson-dev libutf8proc-dev
    libsqlite3-dev libseccomp-dev libinih-dev libmd-dev libmicrohttpd-dev jq
    iso-codes tzdata"
run="curl zstd"
test="libcmocka-dev g++ python3-jsonschema bsdutils unicode-data mandoc openssl
    iproute2 procps nghttp2-server bzip2 python3-unidecode chromium
    chromium-driver zsh fish"
lint="clang clang-format clang-tidy libclang-rt-14-dev abigail-tools"
bench="valgrind"
deb="build-essential debhelper lintian"

wanted=
for group; do
	case $group in
	build) wanted="$wanted $build" ;;
	run) wanted="$wanted $run" ;;
	test) wanted="$wanted $test" ;;
	lint) wanted="$wanted $lint" ;;
	bench) wanted="$wanted $bench" ;;
	deb) wanted="$wanted $deb" ;;
	*) echo "packages.sh: no group $group" >&2; exit 64 ;;
	esac
done

missing=
for package in $wanted; do
	dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null |
	    grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
