/* `dateline plugin`: a table of verbs, each in a file of its own. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/plugin.h"

const struct command plugin_verbs[] = {
	{ "new", plugin_new,
	    "NAME [--url FEED-OR-SITE] [--conf-only] [--in DIR]\n"
	    "                       [--allow-private] [--conf FILE]",
	    "begin a source: look at its site, and write what it needs" },
	{ "list", plugin_list, "[--json] [--conf FILE]",
	    "the plugins that there are" },
	{ "info", plugin_info, "NAME [--json] [--conf FILE]",
	    "what there is to know about one" },
	{ "test", plugin_test,
	    "[--update | --live] [--json] [--conf FILE] [NAME | DIR]...",
	    "try test pages, and compare with what is expected" },
	{ .name = NULL },
};

void plugin_usage(const char *verb)
{
	const struct command *command = plugin_verbs;

	while (strcmp(command->name, verb) != 0)
		command++;
	fprintf(stderr, "usage: dateline plugin %s %s\n", command->name,
	    command->usage);
	exit(EX_USAGE);
}

struct plugin_wish plugin_options(int argc, char **argv)
{
	static const struct option known[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	struct plugin_wish wish = { .conf = NULL };
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'j': wish.json = true; break;
		case 'c': wish.conf = optarg; break;
		default: plugin_usage(argv[0]);
		}
	}
	return wish;
}

static void help(FILE *out)
{
	const struct command *verb;

	fprintf(out, "usage: dateline plugin VERB ...\n\n");
	for (verb = plugin_verbs; verb->name != NULL; verb++)
		fprintf(out, "  dateline plugin %-4s %s\n%23s%s\n\n",
		    verb->name, verb->usage, "", verb->about);
	fprintf(out, "See dateline(1).\n");
}

int plugin_main(int argc, char **argv)
{
	const struct command *verb;

	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help(stdout);
		return 0;
	}
	for (verb = plugin_verbs; verb->name != NULL; verb++) {
		if (strcmp(verb->name, argv[1]) == 0)
			return verb->run(argc - 1, argv + 1);
	}
	fprintf(stderr,
	    "dateline: no verb \"%s\"; see dateline plugin --help\n", argv[1]);
	return EX_USAGE;
}
