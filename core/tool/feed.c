/* `dateline feed`: the entries of a saved feed or listing, and the further
   pages that it leads to, a line each. */
#include <getopt.h>
#include <jansson.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/entry.h"
#include "core/tool/saved.h"
#include "core/tool/tool.h"

static void print_line(json_t *line)
{
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

static const char *options(
    struct saved_page *page, const char **conf, int argc, char **argv)
{
	static const struct option known[] = {
		{ "source", required_argument, NULL, 's' },
		{ "url", required_argument, NULL, 'u' },
		{ "type", required_argument, NULL, 'y' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const char *source = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': source = optarg; break;
		case 'u': page->url = optarg; break;
		case 'y': page->type = optarg; break;
		case 'c': *conf = optarg; break;
		default: tool_usage("feed");
		}
	}
	if (source == NULL || optind != argc - 1)
		tool_usage("feed");
	page->path = argv[optind];
	return source;
}

int feed_main(int argc, char **argv)
{
	struct saved_page page = { 0 };
	const char *conf = NULL;
	const char *source = options(&page, &conf, argc, argv);
	struct arena arena = { 0 };
	struct result result;
	struct saved saved;
	size_t i;

	saved_open(&saved, conf, source);
	saved_result(&saved, &arena, TASK_DISCOVER, &page, &result);
	for (i = 0; i < result.n_entries; i++)
		print_line(entry_json(result.entries[i]));
	for (i = 0; i < result.n_wanted; i++)
		print_line(wanted_json(&result.wanted[i]));
	if (result.verdict != DL_DONE)
		fprintf(stderr, "dateline: %s: %s: %s\n", source, page.path,
		    result.reason);
	saved_close(&saved);
	arena_reset(&arena);
	return result.verdict != DL_DONE ? EX_DATAERR : 0;
}
