#!/bin/bash
# next-minor.sh BUILD: a worker of the next minor, whose table has one member
# more, loads the plugins of this one without reading what they have not; and
# it cannot be built before it is told from which minor on the member is there.
cd "$(dirname "$0")/../.." || exit 1
build=${1:-build}
case $build in *sanitize*) exit 0 ;; esac # its objects want their own flags
work=$(mktemp -d "${TMPDIR:-/tmp}/dateline-abi.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
minor=$(sed -n 's/^#define DL_ABI_MINOR //p' plugins/plugin.h)
next=$((minor + 1))
major=$(sed -n "s/^#define DL_ABI_MAJOR //p" plugins/plugin.h)

mkdir -p "$work/plugins" "$work/all"
member='/^struct dl_plugin \{/,/^\};/s/^\};/\tconst char *motto;\n};/'
raise="s/^(#define DL_ABI_MINOR).*/\1 $next/"
row='s/IN_ALL = \w+ \}/IN_NEXT = UP_TO(motto), IN_ALL = IN_NEXT }/
    s/(made_for\[\] = \{.*) \};/\1, IN_NEXT };/'
cc="${CC:-cc} -std=c11 -D_GNU_SOURCE -I$work -I."

table() { # SCRIPT-OF-THE-HEADER [SCRIPT-OF-THE-TABLE]; what the compiler says
	sed -E "$1" plugins/plugin.h >"$work/plugins/plugin.h"
	sed -E "${2:-}" core/worker/table.c >"$work/table.c"
	$cc -c "$work/table.c" -o "$work/table.o" 2>&1
}
table "$member" | grep -q 'a member that came with no minor' ||
    fail "a member that came with no minor is not noticed"
table "$member;$raise" | grep -q 'a minor without its row' ||
    fail "a minor without its row is not noticed"
table "$member;$raise" "$row" || fail "the next minor does not compile"

cat >"$work/tell.c" <<'C'
/* What is loaded, and the motto of each. */
#include <stdio.h>

#include "core/worker/load.h"

static void at(const char *name)
{
	(void)name;
}

int main(int argc, char **argv)
{
	const struct dl_list folder = { argv[argc - 1], NULL };
	const struct setup setup = { .folders = &folder };
	struct arena arena = { 0 };
	struct plugins plugins;
	size_t i;

	load_plugins(&arena, &setup, &plugins, at);
	for (i = 0; i < plugins.n_told; i++) {
		const struct dl_plugin *plugin =
		    load_find(&plugins, plugins.told[i].name);

		printf("%s: %s\n", plugins.told[i].name,
		    plugin != NULL ? text_or(plugin->motto, "none")
				   : plugins.told[i].refused);
	}
	return 0;
}
C
# shellcheck disable=SC2086
$cc -rdynamic -fvisibility=hidden "$work/tell.c" "$work/table.o" core/worker/load.c core/worker/statics.c \
    core/worker/object.c "$build"/core/kit/*.o "$build/libbase.a" -lgumbo -lxml2 \
    -ljansson -lutf8proc -lmd -ldl -o "$work/tell" || fail "no worker"

plugin() { # NAME FOLDER-OF-THE-HEADER MEMBERS
	cat >"$work/plugin.c" <<C
#include "plugin.h"
static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)job, (void)page, (void)record;
	return DL_DONE;
}
extern const struct both { struct dl_plugin plugin; const char *behind; } both
    __asm__("this_plugin");
const struct both both = { { .abi = DL_ABI, .name = "$1", .version = "1",
	.transform = transform, $3 }, (const char *)1 };
C
	${CC:-cc} -shared -fPIC -I"$2" "$work/plugin.c" -o "$work/all/$1.so" ||
	    fail "the plugin $1 does not compile"
}

# Behind the tables of the older ones stands what ends who follows it.
plugin next "$work/plugins" '.motto = "All of it"'
for released in tests/abi/released/plugin-"$major".*.h; do
	name=$(basename "$released" .h | tr . -)
	mkdir "$work/$name"
	cp "$released" "$work/$name/plugin.h"
	plugin "$name" "$work/$name"
	echo "$name: none"
done >"$work/want"
plugin today plugins
echo 'next: All of it
today: none' >>"$work/want"
"$work/tell" "$work/all" >"$work/said" || fail "the worker does not survive it"
sort "$work/want" | diff - <(sort "$work/said") || fail "^ not what is to be loaded"
