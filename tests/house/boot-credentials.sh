#!/bin/bash
# A secret that is not in the configuration comes from LoadCredential= of the
# unit, by the drop-in that is the example; without it the service says which
# line wants it.
. tests/house/booted.sh
example=$(dirname "$(dirname "$(command -v dateline)")")/share/doc/dateline/examples
[ -f "$example/credentials.conf" ] || fail "there is no example"
wire --every 0
agencies
publish 10
printf 'header = X-Key: Bearer @credential:gazette-key\n' >>"$etc/sources.d/vgp.conf"
systemctl start datelined && fail "it starts without the credential"
[ "$(property ExecMainStatus)" = 78 ] || fail "not 78"
until_so 20 journal_has "$etc/sources.d/vgp.conf:[0-9]+: header: there are no credentials here"
dateline check || fail "outside of the service all else cannot be checked"

(umask 077; mkdir -p "$etc/credentials"; echo swordfish >"$etc/credentials/gazette-key")
sed 's/^#//' "$example/credentials.conf" | grep -v ' ' | drop_in
systemctl reset-failed datelined
systemctl start datelined || fail "it does not start with the credential"
until_so 60 all_is_held
# The requests of this source have it, and no others.
asked() { ask_wire GET /requests | jq -s "$1" | holds .; }
until_so 20 asked 'any(.[]; .host == "vgp.localhost" and .key == "Bearer swordfish")'
asked 'all(.[]; (.host | test("vgp.localhost$")) or .key == null)' ||
    fail "other sites have got it: $(ask_wire GET /requests | grep '"key"')"
journal_has swordfish && fail "the journal tells the secret"
dateline status --json | grep swordfish && fail "the status tells the secret"
runuser -u nobody -- cat "/run/credentials/datelined.service/gazette-key" 2>/dev/null &&
    fail "others can read it"
systemctl reload datelined || fail "it does not reload with the credential"
rm -r "$etc/credentials"
