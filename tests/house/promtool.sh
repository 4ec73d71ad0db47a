#!/bin/sh
# promtool.sh BUILD: where Prometheus's own checker of metrics is. Where it is
# not installed it is unpacked below BUILD: its package would start a server.
set -eu
command -v promtool && exit
mkdir -p "$1/promtool" && cd "$1/promtool"
[ -x usr/bin/promtool ] || { apt-get download -qq prometheus >/dev/null &&
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool; }
echo "$PWD/usr/bin/promtool"
