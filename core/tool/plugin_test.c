/*
 * `dateline plugin test`: pages that were saved, and whether they still come to
 * what is expected.
 *
 *     named_try > trial_run > pages_try > rows_try > row_try
 *     all_try                           > all_strangers_try
 */
#include <dirent.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/attempt.h"
#include "core/tool/expected.h"
#include "core/tool/inventory.h"
#include "core/tool/live.h"
#include "core/tool/plugin.h"
#include "core/tool/rows.h"
#include "core/tool/saved.h"
#include "core/tool/show.h"
#include "core/tool/tool.h"
#include "core/tool/trial.h"

struct testing {
	const char *conf;
	bool update, json, live;
	struct sight sight;
	int passed, failed, updated, added;

	struct trial trial; /* the one at hand, */
	struct saved saved; /* its worker */
	struct rows rows;   /* and what is expected */
};

/* The caller frees. */
static char *path_in(const char *folder, const char *name)
{
	struct buf path = { .len = 0 };

	buf_printf(&path, "%s/%s", folder, name);
	return path.bytes;
}

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* ---- telling ---- */

static void print_name(const struct testing *testing, const char *path)
{
	const char *shown = testing->trial.shown;

	printf("%s%s%s:", shown, *shown != '\0' ? "/" : "", path);
}

static void print_json(
    const struct testing *testing, const char *path, bool passed, json_t *came)
{
	const char *shown = testing->trial.shown;
	json_t *object =
	    json_pack("{s:s, s:o, s:b}", "source", testing->trial.name, "page",
		json_sprintf("%s%s%s", shown, *shown != '\0' ? "/" : "", path),
		"passed", passed);

	json_object_update(object, came);
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static void print_difference(
    const struct testing *testing, json_t *line, json_t *came)
{
	print_name(testing, text(line, "path"));
	putchar('\n');
	expected_compare(&testing->sight, line, came);
}

/* Of a line that is new, or filled in. */
static void print_came(
    const struct testing *testing, const json_t *line, const json_t *came)
{
	print_name(testing, text(line, "path"));
	putchar(' ');
	expected_tell(stdout, came);
	putchar('\n');
}

/* ---- what is expected ---- */

static bool is_there(const struct testing *testing, const char *page)
{
	char *path = path_in(testing->trial.folder, page);
	bool is = access(path, R_OK) == 0;

	free(path);
	return is;
}

/* Nothing can be learnt from a page that is not there. */
static bool row_renew(struct testing *testing, struct row *row, json_t *came)
{
	json_t *line = expected_renew(row->line, came);

	if (expected_compare(NULL, line, came) > 0 ||
	    !is_there(testing, text(row->line, "path"))) {
		json_decref(line);
		return false;
	}
	rows_change(&testing->rows, row, line);
	return true;
}

static void row_print(const struct testing *testing, const struct row *row,
    json_t *came, bool fill)
{
	int differ = expected_compare(NULL, row->line, came);

	if (testing->json)
		print_json(testing, text(row->line, "path"), differ == 0, came);
	else if (fill)
		print_came(testing, row->line, came);
	else if (differ > 0)
		print_difference(testing, row->line, came);
}

static void row_try(struct testing *testing, struct row *row)
{
	bool fill = testing->update && expected_is_bare(row->line);
	const char *folder = testing->trial.folder;
	json_t *came;

	if (fill)
		came = attempt_guess(&testing->saved, folder, row->line);
	else
		came = attempt_page(&testing->saved, folder, row->line);
	row_print(testing, row, came, fill);
	if (!fill && expected_compare(NULL, row->line, came) == 0)
		testing->passed++;
	else if (testing->update && row_renew(testing, row, came))
		testing->updated++;
	else
		testing->failed++;
	json_decref(came);
}

static void rows_try(struct testing *testing, const char *path)
{
	size_t i;

	for (i = 0; i < testing->rows.n; i++) {
		struct row *row = &testing->rows.rows[i];

		if (row->line == NULL)
			continue;
		if (text(row->line, "path") == NULL)
			tool_die(
			    EX_DATAERR, "%s:%zu: no \"path\"", path, i + 1);
		row_try(testing, row);
	}
}

/* ---- pages that no line is about ---- */

static const char *path_of(const struct row *row)
{
	const char *path = row->line != NULL ? text(row->line, "path") : NULL;

	if (path == NULL)
		return "";
	return strncmp(path, "./", 2) == 0 ? path + 2 : path;
}

/* Whether it is a further page of the story that the line is about. */
static bool goes_on(const struct row *row, const char *path)
{
	const json_t *next = json_object_get(row->line, "next"), *one;
	size_t i;

	json_array_foreach(next, i, one)
	{
		if (json_is_string(one) &&
		    strcmp(json_string_value(one), path) == 0)
			return true;
	}
	return false;
}

static bool is_known(const struct rows *rows, const char *path)
{
	size_t i = 0;

	while (i < rows->n && strcmp(path_of(&rows->rows[i]), path) != 0 &&
	    !goes_on(&rows->rows[i], path))
		i++;
	return i < rows->n;
}

static void stranger_tell(struct testing *testing, const char *path)
{
	testing->failed++;
	if (testing->json) {
		print_json(testing, path, false, NULL);
		return;
	}
	print_name(testing, path);
	printf(" no line of " TRIAL_LINES " is about it: --update adds one\n");
}

static void stranger_add(struct testing *testing, const char *path)
{
	json_t *line = json_pack("{s:s}", "path", path);
	json_t *came =
	    attempt_guess(&testing->saved, testing->trial.folder, line);

	if (testing->json)
		print_json(testing, path, true, came);
	else
		print_came(testing, line, came);
	rows_add(&testing->rows, expected_renew(line, came));
	testing->added++;
	json_decref(line);
	json_decref(came);
}

static void stranger_try(struct testing *testing, const char *path)
{
	if (is_known(&testing->rows, path))
		return;
	if (testing->update)
		stranger_add(testing, path);
	else
		stranger_tell(testing, path);
}

static int is_page(const struct dirent *file)
{
	return file->d_name[0] != '.' && file->d_type != DT_DIR &&
	    attempt_is_page(file->d_name);
}

/* In `part` of the folder, which is "" or ends with a slash. */
static void strangers_try(struct testing *testing, const char *part)
{
	char *folder = path_in(testing->trial.folder, part);
	struct dirent **files;
	int n = scandir(folder, &files, is_page, alphasort), i;

	for (i = 0; i < n; i++) {
		struct buf path = { .len = 0 };

		buf_printf(&path, "%s%s", part, files[i]->d_name);
		stranger_try(testing, path.bytes);
		buf_free(&path);
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	free(folder);
}

static bool has_part_before(
    const struct rows *rows, size_t n, const char *path, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const char *other = path_of(&rows->rows[i]);
		const char *slash = strrchr(other, '/');

		if (slash != NULL && (size_t)(slash - other) + 1 == len &&
		    strncmp(other, path, len) == 0)
			return true;
	}
	return false;
}

/* In the folder itself, and where else there are pages. */
static void all_strangers_try(struct testing *testing)
{
	const struct rows *rows = &testing->rows;
	struct arena scratch = { .limit = 0 };
	size_t n = rows->n, i, len;

	strangers_try(testing, "");
	for (i = 0; i < n; i++) {
		const char *path = path_of(&rows->rows[i]);
		const char *slash = strrchr(path, '/');

		len = slash != NULL ? (size_t)(slash - path) + 1 : 0;
		if (len > 0 && path[0] != '/' && path[0] != '.' &&
		    !has_part_before(rows, i, path, len))
			strangers_try(testing, arena_copy(&scratch, path, len));
	}
	arena_reset(&scratch);
}

/* ---- a folder ---- */

static void pages_try(struct testing *testing)
{
	int before = testing->passed + testing->failed + testing->updated +
	    testing->added;
	char *path = path_in(testing->trial.folder, TRIAL_LINES);

	rows_read(&testing->rows, path);
	rows_try(testing, path);
	all_strangers_try(testing);
	if (testing->rows.changed)
		rows_write(&testing->rows, path);
	if (before ==
	    testing->passed + testing->failed + testing->updated +
		testing->added)
		tool_die(EX_NOINPUT, "%s: there are no test pages",
		    testing->trial.folder);
	rows_free(&testing->rows);
	free(path);
}

/* A plugin that is refused has failed, and the others are tried. */
static void trial_run(struct testing *testing, const struct trial *trial)
{
	struct conf *conf = tool_conf(testing->conf);
	struct source *source;

	fflush(stdout); /* before complaints */
	source = trial_source(trial, conf, stderr);
	testing->trial = *trial;
	if (source == NULL) {
		testing->failed++;
		conf_free(conf);
		return;
	}
	if (testing->live) {
		testing->failed += live_try(conf, source);
		return;
	}
	if (saved_begin(&testing->saved, conf, source))
		pages_try(testing);
	else
		testing->failed++;
	saved_close(&testing->saved);
}

/* The pages of a plugin that lies elsewhere. */
static void trial_beside(const struct testing *testing, struct trial *trial,
    struct arena *arena, const char *name)
{
	struct conf *conf = tool_conf(testing->conf);
	struct inventory inventory;
	const struct loaded *plugin;

	inventory_take(&inventory, conf);
	plugin = inventory_find(&inventory, name);
	if (!trial_of(trial, arena, name, plugin->path))
		tool_die(EX_NOINPUT,
		    "%s: there are no test pages of it beside %s: no "
		    "" TRIAL_LINES,
		    name, plugin->path);
	inventory_free(&inventory);
	conf_free(conf);
}

static void named_try(struct testing *testing, const char *name)
{
	struct arena arena = { .limit = 0 };
	struct trial trial;

	if (!trial_in_tree(&trial, &arena, name) &&
	    !trial_at(&trial, &arena, name)) {
		if (strchr(name, '/') != NULL)
			tool_die(
			    EX_NOINPUT, "%s: there is no such folder", name);
		trial_beside(testing, &trial, &arena, name);
	}
	trial_run(testing, &trial);
	arena_reset(&arena);
}

static int is_plain(const struct dirent *file)
{
	return file->d_name[0] != '.' && file->d_name[0] != '_';
}

static void all_try(struct testing *testing)
{
	struct arena arena = { .limit = 0 };
	const char *tree = trial_tree(&arena);
	struct dirent **files;
	struct trial trial;
	int n, i;

	if (tree == NULL)
		tool_die(
		    EX_USAGE, "which test pages? name a plugin or a folder");
	n = scandir(tree, &files, is_plain, alphasort);
	for (i = 0; i < n; i++) {
		if (trial_in_tree(&trial, &arena, files[i]->d_name))
			trial_run(testing, &trial);
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	arena_reset(&arena);
}

static void options(struct testing *testing, int argc, char **argv)
{
	static const struct option known[] = {
		{ "update", no_argument, NULL, 'u' },
		{ "json", no_argument, NULL, 'j' },
		{ "live", no_argument, NULL, 'l' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'u': testing->update = true; break;
		case 'j': testing->json = true; break;
		case 'l': testing->live = true; break;
		case 'c': testing->conf = optarg; break;
		default: plugin_usage("test");
		}
	}
}

static void print_sum(const struct testing *testing)
{
	if (testing->json || testing->live)
		return;
	printf("%d passed, %d failed", testing->passed, testing->failed);
	if (testing->updated > 0)
		printf(", %d updated", testing->updated);
	if (testing->added > 0)
		printf(", %d added", testing->added);
	putchar('\n');
}

int plugin_test(int argc, char **argv)
{
	struct testing testing = { .sight.out = stdout,
		.sight.colour = show_colour(stdout) };

	options(&testing, argc, argv);
	if (optind == argc)
		all_try(&testing);
	for (; optind < argc; optind++)
		named_try(&testing, argv[optind]);
	print_sum(&testing);
	return testing.failed > 0;
}
