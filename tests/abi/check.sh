#!/bin/bash
# check.sh assertions|abidiff: whether plugins/plugin.h still keeps what each
# released header of its major number has promised (released/), and has nothing
# new without a minor number of its own; and whether this check finds what it
# must. `make test` asks the assertions of a compiler, `make lint` also abidiff.
cd "$(dirname "$0")/../.." || exit 1
judge=${1:?assertions or abidiff}
work=$(mktemp -d "${TMPDIR:-/tmp}/dateline-abi.XXXXXX")
trap 'rm -rf "$work"' EXIT
status=0

header() { python3 tests/abi/header.py "$@"; }
number() { sed -n "s/^#define DL_ABI_$2 //p" "$1"; }

# The verdicts: `breaks` old plugins, something new that is `unannounced`, `fine`.
# What is said is in $work/said.
assertions() { # OLD NEW, folders with a plugin.h each
	header promise "$1/plugin.h" >"$work/promise.c" &&
	    ${CC:-cc} -std=c11 -Wall -Wextra -Werror -I"$2" -fsyntax-only \
		"$work/promise.c" >"$work/said" 2>&1 &&
	    header news "$1/plugin.h" "$2/plugin.h" >"$work/said" 2>&1 ||
	    { echo breaks; return; }
	[ -s "$work/said" ] && same_minor "$@" && { echo unannounced; return; }
	echo fine
}

abidiff() {
	object "$1" && object "$2" || { echo breaks; return; }
	command abidiff --harmless "$1/plugin.so" "$2/plugin.so" >"$work/said" &&
	    { echo fine; return; }
	command abidiff --harmless --leaf-changes-only "$1/plugin.so" \
	    "$2/plugin.so" >"$work/leaves" && { echo breaks; return; }
	not_growth "$(header growing "$1/plugin.h" | paste -sd '|')" \
	    <"$work/leaves" >"$work/said"
	[ -s "$work/said" ] && { echo breaks; return; }
	same_minor "$@" && { echo unannounced; return; }
	echo fine
}

# Of a report on leaves, all lines but those that tell of something new where it
# may be: an enumerator, a function, a member behind the end that a struct had.
not_growth() { # STRUCT|STRUCT...
	awk -v growing="^($1)\$" '
	/^$|^Leaf|^Changed leaf|0 Removed, 0 Changed/ { next }
	/^[0-9]+ Added |^  \[A\] / { next }
	/^.enum .* changed:$/ { next }
	/^.struct .* changed:$/ && $2 ~ growing { end = ""; next }
	/^  type size changed from / { end = $5; next }
	/^  type size hasn.t changed$/ { next }
	/^  [0-9]+ (data member|enumerator) insertions?:$/ { next }
	/^    .* value .-?[0-9]+.$/ { next }
	/^    .*, at offset [0-9]+ / && end != "" {
		at = $0; sub(/.*, at offset /, "", at)
		if (at + 0 >= end + 0) next
	}
	{ print }'
}

same_minor() { [ "$(number "$1/plugin.h" MINOR)" = "$(number "$2/plugin.h" MINOR)" ]; }

object() { # FOLDER
	header stubs "$1/plugin.h" >"$1/stubs.c" &&
	    ${CC:-cc} -g -shared -fPIC -I"$1" "$1/stubs.c" -o "$1/plugin.so" \
		2>"$work/said"
}

folder() { # NAME HEADER [SED-SCRIPT]
	mkdir -p "$work/$1"
	sed -E "${3:-}" "$2" >"$work/$1/plugin.h"
	echo "$work/$1"
}

# ---- the header of today ----

today=$(folder today plugins/plugin.h)
major=$(number plugins/plugin.h MAJOR)
for released in tests/abi/released/plugin-"$major".*.h; do
	[ -e "$released" ] || break # of this major number nothing is out yet
	verdict=$($judge "$(folder released "$released")" "$today")
	[ "$verdict" = fine ] && continue
	echo "FAILED: plugins/plugin.h beside $released: $verdict"
	cat "$work/said"
	case $verdict in
	breaks) echo "^ plugins that are out would not work: take it back, or raise DL_ABI_MAJOR" ;;
	unannounced) echo "^ raise DL_ABI_MINOR, and see the head of tests/abi/freeze.sh" ;;
	esac
	status=1
done

# ---- and headers that are wrong ----

# What becomes of the header, by which script for sed, and what must be said of
# it: by the assertions, and by abidiff, which sees no macros and no functions
# that are inline.
raise="s/^(#define DL_ABI_MINOR).*/\1 999/"
rows() {
	cat <<'ROWS'
breaks breaks | a member in the middle | s/^\tconst char \*summary;/\tconst char *lead;\n&/
breaks breaks | a member in the middle, and a minor | s/^\tconst char \*summary;/\tconst char *lead;\n&/; @
breaks breaks | a member in the middle and one at the end | s/^\tconst struct dl_page \*next;/\tconst char *a;\n&\n\tconst char *b;/; @
breaks breaks | a member in a gap, and a minor | s/^\tunsigned hints; .*/&\n\tunsigned more;/; @
breaks breaks | a member is gone | /^\tconst char \*text_ascii;/d
breaks breaks | two members change places | s/^\tint64_t seconds;.*/\tint32_t offset;/; t; s/^\tint32_t offset;.*/\tint64_t seconds;/
breaks breaks | a member has another name | s/^\tconst char \*agency;$/\tconst char *house;/
breaks breaks | a member is wider | s/^\tint32_t offset;/\tint64_t offset;/
breaks breaks | a member has a sign | s/^\tunsigned hints;/\tint hints;/
breaks breaks | a member points to something else | s/^\tconst struct dl_page \*next;/\tconst void *next;/
breaks breaks | a function of a plugin gets another argument | s/^(\tenum dl_verdict \(\*prepare\)\(struct dl_job \*job)/\1, int again/
breaks breaks | an option has one member more | s/^\tconst char \*about;    .*/&\n\tint least;/
breaks breaks | an option has one member more, and a minor | s/^\tconst char \*about;    .*/&\n\tint least;/; @
breaks breaks | an enumerator has another value | s/^\tDL_SKIP,/\tDL_SKIP = 5,/
breaks breaks | an enumerator in the middle | s/^\tDL_SKIP,/\tDL_LATER,\n&/; @
breaks breaks | an enumerator is gone | /^\tDL_FINGERPRINT,/d
breaks breaks | a function with another argument | s/^const char \*job_agency\(struct dl_job \*job/&, int most/
breaks breaks | a function with arguments of other types | s/^(void \*job_alloc\(struct dl_job \*job, )size_t/\1int/
breaks breaks | a function that returns something else | s/^int feed_is/long feed_is/
breaks breaks | a function that returns what may be changed | s/^const char \*job_agency/char *job_agency/
breaks breaks | a function is gone | /^const char \*job_agency/d
breaks breaks | a function has another name | s/^const char \*job_agency/const char *job_house/
breaks fine | an inline function is gone | /^static inline/,/^\}/d
breaks fine | the table has another type | s/^extern const struct dl_plugin/extern struct dl_plugin/
breaks fine | a macro is gone | /^#define DL_PLUGIN/d
breaks fine | another major number without a new header | s/^(#define DL_ABI_MAJOR).*/\1 999/
unannounced unannounced | a member at the end of the table | /^struct dl_plugin \{/,/^\};/s/^\};/\tconst char *motto;\n};/
fine fine | a member at the end of the table, and a minor | /^struct dl_plugin \{/,/^\};/s/^\};/\tconst char *motto;\n};/; @
unannounced unannounced | a member at the end of a record | /^struct dl_record \{/,/^\};/s/^\};/\tconst char *motto;\n};/
fine fine | a member at the end of a record, and a minor | /^struct dl_record \{/,/^\};/s/^\};/\tconst char *motto;\n};/; @
unannounced unannounced | a function | s/^const char \*job_agency.*/&\nint job_age(struct dl_job *job);/
fine fine | a function, and a minor | s/^const char \*job_agency.*/&\nint job_age(struct dl_job *job);/; @
unannounced unannounced | an enumerator at the end | s/^\tDL_FINGERPRINT,/&\n\tDL_MOTTO,/
fine fine | an enumerator at the end, and a minor | s/^\tDL_FINGERPRINT,/&\n\tDL_MOTTO,/; @
unannounced unannounced | a struct | s/^struct dl_job;.*/&\nstruct dl_motto { const char *text; };/
fine fine | a struct, and a minor | s/^struct dl_job;.*/&\nstruct dl_motto { const char *text; };/; @
unannounced fine | a macro | s/^#define DL_PLUGIN.*/&\n#define DL_MOTTO "news"/
fine fine | words of a comment | s/^ \* NULL      means/ * NULL      is for/
fine fine | a minor that brings nothing | @
ROWS
}

column=1
[ "$judge" = abidiff ] && column=2
while IFS='|' read -r verdicts what script; do
	wrong=$(folder wrong plugins/plugin.h "${script//@/$raise}")
	cmp -s "$wrong/plugin.h" plugins/plugin.h &&
	    { echo "FAILED: \"$what\" does not change the header any more"; status=1; }
	want=$(echo "$verdicts" | cut -d ' ' -f $column)
	verdict=$($judge "$today" "$wrong")
	[ "$verdict" = "$want" ] && continue
	echo "FAILED:$what: $verdict, not $want"
	head -n 20 "$work/said"
	status=1
done < <(rows | sed 's/ | /|/g')
exit $status
