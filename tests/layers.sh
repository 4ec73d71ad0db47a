#!/bin/sh
# Who may include whom: the one place where it is written, and checked; and that
# each public header compiles alone, as C11 and as C++.
cd "$(dirname "$0")/.." || exit 1
status=0

# may FOLDER HEADER...: the files of FOLDER include no others of ours
may() {
	folder=$1; shift
	allowed=$(printf '|%s' "$@"); allowed=${allowed#|}
	if grep -rnE '^#include "' --include='*.[ch]' "$folder" |
	    grep -vE "\"($allowed)"; then
		echo "^ not for $folder"
		status=1
	fi
}

# only HEADER FILES: no others see this library
only() {
	if grep -rlE "^#include <$1" --include='*.[ch]' core plugins spool |
	    grep -vE "^$2"; then
		echo "^ not for <$1>"
		status=1
	fi
}

may core/base	core/base/ plugins/plugin.h
may core/kit	core/kit/ core/base/ plugins/plugin.h
may core/worker	core/worker/ core/kit/ core/base/ plugins/plugin.h
may core/net	core/net/ core/base/ plugins/plugin.h
may core/daemon	core/daemon/ core/net/ core/base/ spool/ plugins/plugin.h
may core/tool	core/tool/ core/net/ core/base/ spool/ plugins/plugin.h
may plugins	plugin.h extractors/
may spool	spool/

only gumbo.h	'core/kit/(dom|select|nest)\.'
only libxml/	'(core/kit/feed\.|core/worker/main\.|core/tool/opml\.)'
only curl/	'core/net/fetch\.'
only sqlite3.h	'core/daemon/sql\.'
only uv.h	'core/(net|daemon)/'
only zstd.h	'spool/'
only ini.h	'core/base/conf\.'
only seccomp.h	'core/worker/sandbox\.'
only dlfcn.h	'core/worker/object\.'
only jansson.h	'core/(daemon|tool|worker|kit)/'

for header in plugins/plugin.h spool/spool.h; do
	for language in 'c -std=c11' 'c -std=c17' 'c++ -std=c++17'; do
		echo "#include \"$header\"" | ${CC:-cc} -x $language -I. \
		    -Wall -Wextra -Werror -fsyntax-only - || status=1
	done
done
exit $status
