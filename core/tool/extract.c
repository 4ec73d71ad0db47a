/* `dateline extract`: records of saved pages, and the further pages that their
   stories go on at, without a daemon. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/entry.h"
#include "core/tool/saved.h"
#include "core/tool/tool.h"

struct extraction {
	struct saved saved;
	const char *source, *conf, *manifest;
	struct saved_page page; /* what holds for each file */
	int failed;
};

static void complain(
    struct extraction *x, const char *path, const struct result *result)
{
	fprintf(stderr, "dateline: %s: %s: %s%s\n", x->source, path,
	    result->verdict == DL_SKIP ? "skipped, " : "", result->reason);
	x->failed++;
}

static void print_line(json_t *line)
{
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

static void extract_file(struct extraction *x, const char *path)
{
	struct arena arena = { 0 };
	struct result result;
	size_t i;

	x->page.path = path;
	saved_result(&x->saved, &arena, TASK_EXTRACT, &x->page, &result);
	if (result.verdict != DL_DONE)
		complain(x, path, &result);
	for (i = 0; i < result.n_records; i++)
		puts(result.records[i].json);
	for (i = 0; i < result.n_wanted; i++)
		print_line(wanted_json(&result.wanted[i]));
	arena_reset(&arena);
}

/* A record, or what is wanted, with the path it was made of. */
static void print_with_path(json_t *line, const char *path)
{
	json_object_set_new(line, "path", json_string(path));
	print_line(line);
}

static void extract_line(struct extraction *x, json_t *line, int number)
{
	const char *path = json_string_value(json_object_get(line, "path"));
	struct arena arena = { 0 };
	struct result result;
	size_t i;

	if (path == NULL)
		tool_die(EX_DATAERR, "%s:%d: no \"path\"", x->manifest, number);
	x->page = (struct saved_page){ .path = path,
		.url = json_string_value(json_object_get(line, "url")),
		.title = json_string_value(json_object_get(line, "title")),
		.type = json_string_value(json_object_get(line, "type")) };
	saved_result(&x->saved, &arena, TASK_EXTRACT, &x->page, &result);
	if (result.verdict != DL_DONE)
		complain(x, path, &result);
	if (result.n_records == 0)
		puts("null");
	for (i = 0; i < result.n_records; i++)
		print_with_path(
		    json_loads(result.records[i].json, 0, NULL), path);
	for (i = 0; i < result.n_wanted; i++)
		print_with_path(wanted_json(&result.wanted[i]), path);
	arena_reset(&arena);
}

static void extract_manifest(struct extraction *x)
{
	FILE *file = fopen(x->manifest, "r");
	char *line = NULL;
	size_t room = 0;
	json_error_t error;
	int number = 0;

	if (file == NULL)
		tool_die(EX_NOINPUT, "%s: %s", x->manifest, strerror(errno));
	while (getline(&line, &room, file) > 0) {
		json_t *object = json_loads(line, 0, &error);

		number++;
		if (!json_is_object(object))
			tool_die(EX_DATAERR, "%s:%d: %s", x->manifest, number,
			    object == NULL ? error.text : "not an object");
		extract_line(x, object, number);
		json_decref(object);
	}
	free(line);
	fclose(file);
}

static void options(struct extraction *x, int argc, char **argv)
{
	static const struct option known[] = {
		{ "source", required_argument, NULL, 's' },
		{ "url", required_argument, NULL, 'u' },
		{ "title", required_argument, NULL, 't' },
		{ "type", required_argument, NULL, 'y' },
		{ "manifest", required_argument, NULL, 'm' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': x->source = optarg; break;
		case 'u': x->page.url = optarg; break;
		case 't': x->page.title = optarg; break;
		case 'y': x->page.type = optarg; break;
		case 'm': x->manifest = optarg; break;
		case 'c': x->conf = optarg; break;
		default: tool_usage("extract");
		}
	}
	if (x->source == NULL || (optind == argc) != (x->manifest != NULL))
		tool_usage("extract");
}

int extract_main(int argc, char **argv)
{
	struct extraction x = { 0 };

	options(&x, argc, argv);
	saved_open(&x.saved, x.conf, x.source);
	if (x.manifest != NULL)
		extract_manifest(&x);
	for (; optind < argc; optind++)
		extract_file(&x, argv[optind]);
	saved_close(&x.saved);
	return x.failed > 0 ? EX_DATAERR : 0;
}
