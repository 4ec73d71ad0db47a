#include <gnu/libc-version.h>
#include <stddef.h>
#include <stdio.h>
#include <utf8proc.h>

#include "core/base/version.h"
#include "plugins/plugin.h"

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* Those of base; and none has a name as long as the column. */
static const struct library everywhere[] = {
	{ "libc", gnu_get_libc_version },
	{ "libutf8proc", utf8proc_version },
	{ NULL, NULL },
};

static void print(const struct library *library)
{
	for (; library->name != NULL; library++)
		printf("%-15s %s\n", library->name, library->version());
}

void version_print(
    const char *program, const struct library *libraries, bool verbose)
{
	printf("%s " VERSION "\n", program);
	if (!verbose)
		return;
	printf("%-15s %d.%d\n", "plugin ABI", DL_ABI_MAJOR, DL_ABI_MINOR);
	printf("%-15s %s\n", "compiler", COMPILER);
	printf("%-15s %s\n", "flags", BUILT_WITH);
	print(everywhere);
	print(libraries);
}
