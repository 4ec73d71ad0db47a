/* A folder of test pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/tool/tool.h"
#include "core/tool/trial.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Nobody has built this program in a tree with pages of plugins. */
bool tool_beside(char path[PATH_MAX], const char *file)
{
	(void)path, (void)file;
	return false;
}

static void mkdirs(struct folder *folder, const char *path)
{
	char *whole = strdup(folder_file(folder, path)), *slash = whole;

	while ((slash = strchr(slash + 1, '/')) != NULL) {
		*slash = '\0';
		mkdir(whole, 0755);
		*slash = '/';
	}
	free(whole);
}

/* Files, parted by spaces; what follows a "=" is what is in them. */
static void files_make(struct folder *folder, const char *files)
{
	char *list = strdup(files), *rest, *file, *value;

	for (file = strtok_r(list, " ", &rest); file != NULL;
	     file = strtok_r(NULL, " ", &rest)) {
		value = strchr(file, '=');
		if (value != NULL)
			*value++ = '\0';
		mkdirs(folder, file);
		value = value != NULL ? value : (char *)"";
		file_write(folder_file(folder, file), value, strlen(value));
	}
	free(list);
}

/* The path below the folder. */
static const char *below(const struct folder *folder, const char *path)
{
	char whole[PATH_MAX];
	size_t len;

	if (path == NULL)
		return "-";
	assert_non_null(realpath(folder->path, whole));
	len = strlen(whole);
	assert_int_equal(strncmp(path, whole, len), 0);
	return path[len] == '\0' ? "." : path + len + 1;
}

static void clear(struct folder *folder)
{
	nftw(folder->path, folder_drop_one, 8, FTW_DEPTH | FTW_PHYS);
	assert_int_equal(mkdir(folder->path, 0755), 0);
}

static void pages_are_in_it_or_in_pages_in_it(void **state)
{
	static const struct {
		const char *files, *path; /* of the folder that is named */
		const char *name, *folder, *conf;
	} rows[] = {
		{ "a/expected.jsonl", "a", "a", "a", "-" },
		{ "a/pages/expected.jsonl", "a", "a", "a/pages", "-" },
		{ "a/pages/expected.jsonl", "a/pages", "a", "a/pages", "-" },
		{ "a/pages/expected.jsonl a/expected.jsonl", "a", "a", "a",
		    "-" },
		{ "a/pages/p.html", "a//", "a", "a/pages", "-" },
		{ "a/p.html", "a", "a", "a", "-" },
		/* the source's .conf */
		{ "a/source.conf", "a", "a", "a", "a/source.conf" },
		{ "a/b.conf", "a", "b", "a", "a/b.conf" },
		{ "a/b.conf a/source.conf", "a", "a", "a", "a/source.conf" },
		{ "a/b.conf a/c.conf", "a", "a", "a", "-" },
		{ "a/.b.conf a/.conf a/conf", "a", "a", "a", "-" },
		{ "a/b.conf a/pages/p.html", "a", "b", "a/pages", "a/b.conf" },
		{ "a/b.conf a/pages/p.html", "a/pages", "b", "a/pages",
		    "a/b.conf" },
		{ "a/b.conf a/pages/source.conf", "a", "a", "a/pages",
		    "a/pages/source.conf" },
	};
	struct folder *folder = *state;
	struct arena arena = { .limit = 0 };
	struct trial trial;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		clear(folder);
		files_make(folder, rows[i].files);
		assert_true(trial_at(
		    &trial, &arena, folder_file(folder, rows[i].path)));
		assert_string_equal(trial.name, rows[i].name);
		assert_string_equal(
		    below(folder, trial.folder), rows[i].folder);
		assert_string_equal(below(folder, trial.conf), rows[i].conf);
	}
	assert_false(trial_at(&trial, &arena, folder_file(folder, "none")));
	assert_false(trial_at(&trial, &arena, folder_file(folder, "a/b.conf")));
	arena_reset(&arena);
}

/* The folders of a plugin_path, but for those that are always in it. */
static char *path_text(const struct folder *folder, const struct dl_list *list)
{
	struct buf text = { .len = 0 };
	char whole[PATH_MAX];

	buf_text(&text, "");
	for (; strstr(PLUGIN_PATH, list->text) == NULL; list = list->next) {
		assert_non_null(realpath(list->text, whole));
		buf_printf(&text, "%s%s", text.len > 0 ? " " : "",
		    below(folder, whole));
	}
	return text.bytes;
}

static void its_plugin_may_lie_around_it(void **state)
{
	static const struct {
		const char *files, *path;
		const char *plugin, *found; /* NULL: no source */
		const char *complaint;
	} rows[] = {
		{ "a/p.html", "a", "a", "", "" },
		{ "a/p.html a/a.so", "a", "a", "a", "" },
		{ "a/pages/p.html a/a.so", "a", "a", "a", "" },
		{ "a/pages/p.html a/pages/a.so", "a", "a", "a/pages", "" },
		{ "a/p.html a/build/a.so", "a", "a", "a/build", "" },
		{ "a/p.html a.so b.so", "a", "a", ".", "" },
		{ "a/p.html build/a.so", "a", "a", "build", "" },
		{ "a/p.html a/b.so", "a", "a", "", "" },
		/* the nearest is the first */
		{ "a/a.so a/build/a.so a.so build/a.so", "a", "a",
		    "a a/build . build", "" },
		/* the .conf names the plugin */
		{ "a/source.conf=plugin=b a/b.so", "a", "b", "a", "" },
		{ "a/b.conf=zone=UTC a/b.so", "a", "b", "a", "" },
		/* it may be an extractor */
		{ "a/source.conf=plugin=feed\nextractors=c,d\n a/d.so", "a",
		    "feed", "a", "" },
		{ "a/b.conf a/c.conf", "a", NULL, NULL,
		    ": which of its 2 .conf is it? call it source.conf\n" },
		{ "a/b.conf=plugins=c", "a", NULL, NULL,
		    "/b.conf:1: unknown key \"plugins\": did you mean "
		    "\"plugin\"?\n" },
	};
	struct folder *folder = *state;
	struct arena arena = { .limit = 0 };
	struct trial trial;
	size_t i, len;

	for (i = 0; i < COUNT(rows); i++) {
		struct conf *conf = conf_standard();
		const struct source *source;
		char *said = NULL, *found;
		FILE *complaints = open_memstream(&said, &len);

		clear(folder);
		files_make(folder, rows[i].files);
		assert_true(trial_at(
		    &trial, &arena, folder_file(folder, rows[i].path)));
		source = trial_source(&trial, conf, complaints);
		fclose(complaints);
		assert_true(len >= strlen(rows[i].complaint));
		assert_string_equal(said + (len - strlen(rows[i].complaint)),
		    rows[i].complaint);
		assert_int_equal(source != NULL, rows[i].plugin != NULL);
		if (source != NULL) {
			found = path_text(folder, conf->plugin_path);
			assert_string_equal(source->plugin, rows[i].plugin);
			assert_string_equal(found, rows[i].found);
			free(found);
		}
		free(said);
		conf_free(conf);
	}
	arena_reset(&arena);
}

/* From the plugin to its pages: only to those that are of that plugin. */
static void the_pages_of_a_plugin_are_found(void **state)
{
	static const struct {
		const char *files, *plugin; /* without .so */
		const char *found;          /* "-": none */
	} rows[] = {
		{ "a.so a/expected.jsonl", "a", "a" },
		{ "a/a.so a/expected.jsonl", "a/a", "a" },
		{ "a/a.so a/pages/expected.jsonl", "a/a", "a/pages" },
		{ "a/build/a.so a/expected.jsonl", "a/build/a", "a" },
		{ "a/build/a.so a/pages/expected.jsonl", "a/build/a",
		    "a/pages" },
		{ "a/other/a.so a/expected.jsonl", "a/other/a", "-" },
		{ "a/a.so a/pages/p.html", "a/a", "-" },
		/* pages of another */
		{ "x/a.so x/expected.jsonl", "x/a", "-" },
		{ "x/a.so x/expected.jsonl x/source.conf=plugin=a", "x/a",
		    "x" },
		{ "x/a.so x/expected.jsonl x/a.conf", "x/a", "x" },
		{ "x/a.so x/expected.jsonl x/a.conf x/b.conf", "x/a", "-" },
		{ "x/a.so x/expected.jsonl x/a.conf=wrong", "x/a", "-" },
		{ "x/a.so x/expected.jsonl "
		  "x/source.conf=plugin=feed\nextractors=b,a\n",
		    "x/a", "x" },
	};
	struct folder *folder = *state;
	struct arena arena = { .limit = 0 };
	struct trial trial;
	char file[PATH_MAX];
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		const char *slash = strrchr(rows[i].plugin, '/');
		bool found;

		clear(folder);
		files_make(folder, rows[i].files);
		snprintf(file, sizeof(file), "%s/%s.so", folder->path,
		    rows[i].plugin);
		found = trial_of(&trial, &arena,
		    slash != NULL ? slash + 1 : rows[i].plugin, file);
		assert_string_equal(
		    below(folder, found ? trial.folder : NULL), rows[i].found);
	}
	arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(pages_are_in_it_or_in_pages_in_it),
		IN_FOLDER(its_plugin_may_lie_around_it),
		IN_FOLDER(the_pages_of_a_plugin_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
