#!/bin/bash
# In a booted systemd, after `make build/wire`: packages of this tree are
# installed, and the service asks nobody before it is enabled. Then news flows; an
# upgrade to another version in the midst of it loses nothing and doubles nothing.
# Purging leaves the spool and its owner and no other file; a new installation
# goes on with that spool; where it is so asked, purging leaves nothing at all.
# Changes this machine: it is run on one that is thrown away, never by
# `make test`.
. tests/house/installed.sh

packages() { # VERSION
	[ -e "build-deb-$1" ] || DEB_BUILD_OPTIONS=nocheck make -s deb \
	    VERSION="$1" DEB="build-deb-$1" || fail "make deb VERSION=$1"
}
apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" >"$work/apt" 2>&1; }
install() { # VERSION
	apt install "./build-deb-$1"/dateline_*.deb || { cat "$work/apt"; fail "$1"; }
}
purge() { apt purge dateline || { cat "$work/apt"; fail "it is not purged"; }; }
main_pid() { systemctl show -p MainPID --value datelined; }
runs() { status_is ".version == \"$1\""; }
once() { # nothing is there twice, and no number is missing
	numbers_are_whole || fail "the numbers have holes"
	lines | jq -s -e '[.[] | "\(.id) \(.revision)"] |
	    length == (unique | length)' >/dev/null || fail "a revision is there twice"
	dateline verify --json | jq -e .ok >/dev/null || fail "the spool is not as it was"
}
# All that has the name, but what is ours.
traces() {
	find / -xdev \( -path "$PWD" -o -path /tmp -o \
	    -path /proc \) -prune -o -iname '*dateline*' -print
	getent passwd dateline
	getent group dateline
}

old=$(sed -n 's/^VERSION := //p' Makefile) new=99.0
packages "$old"
packages "$new"
[ -z "$(traces)" ] || fail "there is one already: $(traces)"

install "$old"
systemctl is-enabled datelined && fail "it is enabled by being installed"
systemctl is-active datelined && fail "it is started by being installed"
tests/hardening.sh / /usr/sbin/datelined /usr/bin/dateline \
    /usr/libexec/dateline-worker /usr/lib/dateline/plugins/*.so ||
    fail "what is in the packages is not hardened"

wire --first 1 --every 0.4 --after 0.5
on_the_wire
systemctl enable --now datelined || fail "it does not start"
systemctl is-active datelined || fail "it is not active"
until_so 60 status_is '.spool.last_seq > 20'
runs "$old" || fail "it is not of version $old"

# The upgrade, with pages on their way before it, under it and behind it.
before=$(main_pid)
touch "$work/upgrading"
while [ -e "$work/upgrading" ]; do
	ask_wire POST /bulk/publish/40 >/dev/null
	sleep 0.1	# as fast as that
done &
publisher=$!
until_so 60 status_is '.entries.pending > 40'
first=$(lines | wc -l) published=$(truth | wc -l)
install "$new"
until_so 60 runs "$new"
behind=$(($(truth | wc -l) - $(held | wc -l)))
published=$(($(truth | wc -l) - published))
rm "$work/upgrading"
wait "$publisher"
[ "$published" -gt 40 ] || fail "only $published stories under the upgrade"
[ "$behind" -gt 0 ] || fail "there was nothing under way"
[ "$(main_pid)" != "$before" ] || fail "the old one still runs"
systemctl is-active datelined || fail "it is not active after the upgrade"
finished() { ! ask_wire POST /publish && ! ask_wire POST /correct; }
until_so 120 finished
until_so 120 all_is_held
once
say "upgraded between lines $first and $(lines | wc -l), with $published stories" \
    "published under it, and $behind under way behind it"

# Purged: what was not asked for stays.
lines >"$work/kept"
purge
traces | grep -v "^/var/spool/dateline\|^dateline:" && fail "more is left than the spool"
[ "$(stat -c %U /var/spool/dateline)" = dateline ] || fail "the spool has no owner"

# Installed anew, it goes on there, though its state is gone.
install "$new"
lines | cmp - "$work/kept" || fail "the spool is not what it was"
on_the_wire
ask_wire POST /bulk/publish/20 >/dev/null
systemctl enable --now datelined || fail "it does not start on an old spool"
until_so 120 all_is_held
once

touch /etc/dateline/purge-spool
purge
[ -z "$(traces)" ] || fail "this is left: $(traces)"
say "1 passed, 0 failed"
