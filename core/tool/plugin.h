/* What the verbs of `dateline plugin` share. */
#ifndef PLUGIN_TOOL_H
#define PLUGIN_TOOL_H

#include <stdbool.h>

#include "core/tool/tool.h"

extern const struct command plugin_verbs[]; /* the last has no name */

/* Ends with EX_USAGE and how the verb is called. */
_Noreturn void plugin_usage(const char *verb);

/* What verbs that have no others are called with. */
struct plugin_wish {
	const char *conf; /* NULL: not said */
	bool json;
};

/* Leaves getopt's optind behind the last option. */
struct plugin_wish plugin_options(int argc, char **argv);

/* Each gives its exit status. */
int plugin_new(int argc, char **argv);
int plugin_list(int argc, char **argv);
int plugin_info(int argc, char **argv);
int plugin_test(int argc, char **argv);

#endif
