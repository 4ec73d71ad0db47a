#!/bin/sh
# install-conf.sh FOLDER [DESTDIR]: the configuration goes to FOLDER, but over
# nothing that is there: that is the administrator's. On the running system (no
# DESTDIR) the linker is told of the library, and systemd of the service's user,
# its folders and its unit.
set -eu
folder=$1 destdir=${2:-}
cd "$(dirname "$0")"

for file in datelined.conf sources.d/*.conf; do
	if [ -e "$folder/$file" ]; then
		cmp -s "$file" "$folder/$file" ||
		    echo "$folder/$file is yours and stays as it is"
	else
		install -D -m 644 "$file" "$folder/$file"
	fi
done

[ -z "$destdir" ] && [ "$(id -u)" = 0 ] || exit 0
PATH=$PATH:/usr/sbin:/sbin
ldconfig
if command -v systemd-sysusers >/dev/null; then
	systemd-sysusers
	systemd-tmpfiles --create dateline.conf
fi
[ ! -d /run/systemd/system ] || systemctl daemon-reload
