#!/bin/sh
# deb.sh TARBALL VERSION FOLDER: Debian's packages of a tarball of `make dist`,
# and their source, in FOLDER. Where the changelog is of another version its
# newest entry becomes one of this. What lintian has to say ends it.
set -eu
umask 022
tarball=$1 version=$2 folder=$3
tree=$folder/dateline-$version

rm -rf "$folder"
mkdir -p "$folder"
cp "$tarball" "$folder/dateline_$version.orig.tar.gz"
tar -C "$folder" -xzf "$tarball"
cp -r "$tree/conf/debian" "$tree/debian"
sed -i "1s/([^-)]*/($version/" "$tree/debian/changelog"

case " ${DEB_BUILD_OPTIONS:-} " in
*' nocheck '*) export DEB_BUILD_PROFILES="${DEB_BUILD_PROFILES:-} nocheck" ;;
esac
if ! (cd "$tree" && dpkg-buildpackage -us -uc) >"$folder/log" 2>&1; then
	tail -n 40 "$folder/log" >&2
	exit 1
fi
rm -rf "$tree"
lintian --allow-root --fail-on error,warning "$folder"/*.changes
ls "$folder"/*.deb
