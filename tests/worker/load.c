/* Plugins are loaded, or refused with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/worker/load.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What all plugins here begin with. */
static const char begin[] =
    "#include \"plugin.h\"\n"
    "__attribute__((unused)) static enum dl_verdict see(struct dl_job *job,\n"
    "    const struct dl_page *page)\n"
    "{ return page_meta(job, page, \"a\") ? DL_DONE : DL_FAIL; }\n"
    "__attribute__((unused)) static enum dl_verdict make(struct dl_job *job,\n"
    "    const struct dl_page *page, struct dl_record *record)\n"
    "{ (void)job, (void)page, (void)record; return DL_DONE; }\n";

#define PLUGIN(name, members) \
	"DL_PLUGIN = { .abi = DL_ABI, .name = \"" name "\", " members " };\n"
#define SOURCE ".version = \"1.2\", .discover = see, .extract = make"
#define EXTRACTOR ".version = \"3\", .transform = make"

/* A file whose code wants what no dateline has. */
#define WANTING(abi)                                                      \
	"void page_from_the_future(struct dl_job *job);\n"                \
	"static enum dl_verdict want(struct dl_job *job,\n"               \
	"    const struct dl_page *page)\n"                               \
	"{ (void)page; page_from_the_future(job); return DL_DONE; }\n"    \
	"DL_PLUGIN = { .abi = " abi ", .name = \"wanting\", .version =\n" \
	"    \"1\", .discover = want, .extract = make };\n"

static const struct {
	const char *name, *text;
	const char *refused; /* NULL: it is not */
} rows[] = {
	{ "source", PLUGIN("source", SOURCE), NULL },
	{ "extractor", PLUGIN("extractor", EXTRACTOR), NULL },
	{ "major",
	    "DL_PLUGIN = { .abi = 2u << 16, .name = \"major\", " SOURCE " };\n",
	    "it was made for ABI 2.0, this dateline has 1.0: compile it again "
	    "with this version's plugin.h" },
	{ "nothing", "DL_PLUGIN = { .name = \"nothing\", " SOURCE " };\n",
	    "it was made for ABI 0.0, this dateline has 1.0: compile it again "
	    "with this version's plugin.h" },
	{ "minor",
	    "DL_PLUGIN = { .abi = DL_ABI + 7, .name = \"minor\", " SOURCE
	    " };\n",
	    "it was made for ABI 1.7, this dateline has only 1.0: install a "
	    "newer dateline" },
	{ "wanting", WANTING("DL_ABI + 1"),
	    "it was made for ABI 1.1, this dateline has only 1.0: install a "
	    "newer dateline" },
	{ "wanting", WANTING("DL_ABI"), "undefined symbol" },
	{ "alias", PLUGIN("other", SOURCE),
	    "it calls itself \"other\", its file alias.so" },
	{ "nameless", "DL_PLUGIN = { .abi = DL_ABI, " SOURCE " };\n",
	    "it calls itself \"\", its file nameless.so" },
	{ "symbol", "const int that_plugin = 1;\n",
	    "it has no symbol this_plugin: declare it with DL_PLUGIN = { ... "
	    "}" },
	{ "both", PLUGIN("both", SOURCE ", .transform = make"),
	    "it is both a source and an extractor: make it two" },
	{ "half", PLUGIN("half", ".version = \"1\", .discover = see"),
	    "a source needs both discover and extract" },
	{ "rest", PLUGIN("rest", ".version = \"1\", .extract = make"),
	    "a source needs both discover and extract" },
	{ "idle", PLUGIN("idle", ".version = \"1\""),
	    "it has neither discover and extract nor transform" },
	{ "version", PLUGIN("version", ".transform = make"),
	    "it has no version" },
};

static struct arena arena;

/* What is loaded must be where programs may be. */
static int on_disk(void **state)
{
	return folder_make_in(state, "/tmp");
}

static int tidy(void **state)
{
	arena_reset(&arena);
	return folder_drop(state);
}

#define WITH_CC(test) cmocka_unit_test_setup_teardown(test, on_disk, tidy)

static void compile(struct folder *folder, const char *name, const char *text)
{
	const char *cc = getenv("CC") != NULL ? getenv("CC") : "cc";
	char file[64], source[512], command[1024];
	char *all = malloc(sizeof(begin) + strlen(text));

	strcat(strcpy(all, begin), text);
	snprintf(file, sizeof(file), "%s.c", name);
	snprintf(source, sizeof(source), "%s", folder_file(folder, file));
	file_write(source, all, strlen(all));
	free(all);
	snprintf(command, sizeof(command),
	    "%s -std=c11 -Wall -Wextra -Werror -Wno-missing-field-initializers "
	    "-Iplugins -fPIC -shared %s -o %s/%s.so",
	    cc, source, folder->path, name);
	assert_int_equal(system(command), 0);
}

static void load(
    struct folder *folder, const char *name, struct plugins *plugins)
{
	const struct dl_list folders = { folder->path, NULL },
			     names = { name, NULL };
	const struct setup setup = { .folders = &folders,
		.plugins = name != NULL ? &names : NULL };

	load_plugins(&arena, &setup, plugins);
}

static void each_is_loaded_or_refused(void **state)
{
	struct plugins plugins;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		const struct loaded *told;

		/* Another file each time: what is loaded stays loaded. */
		folder_empty(*state);
		if (i > 0 && strcmp(rows[i].name, rows[i - 1].name) == 0) {
			folder_drop(state);
			on_disk(state);
		}
		compile(*state, rows[i].name, rows[i].text);
		load(*state, rows[i].name, &plugins);
		assert_int_equal(plugins.n_told, 1);
		told = &plugins.told[0];
		assert_string_equal(told->name, rows[i].name);
		assert_non_null(told->path);
		if (rows[i].refused == NULL) {
			assert_null(told->refused);
			assert_int_equal(plugins.n_loaded, 1);
			continue;
		}
		assert_int_equal(plugins.n_loaded, 0);
		assert_null(load_find(&plugins, rows[i].name));
		if (told->refused == NULL ||
		    strstr(told->refused, rows[i].refused) == NULL)
			fail_msg("%s: %s", rows[i].name,
			    text_or(told->refused, "not refused"));
	}
}

static void what_is_no_plugin_is_refused(void **state)
{
	struct folder *folder = *state;
	struct plugins plugins;

	load(folder, "none", &plugins);
	assert_string_equal(
	    plugins.told[0].refused, "there is no none.so in plugin_path");
	assert_null(plugins.told[0].path);
	file_write(folder_file(folder, "text.so"), "no program", 10);
	load(folder, "text", &plugins);
	assert_non_null(plugins.told[0].refused);
	assert_int_equal(plugins.n_loaded, 0);
	load(folder, NULL, &plugins);
	assert_int_equal(plugins.n_told, 1);
	assert_string_equal(plugins.told[0].name, "text");
}

static void a_plugin_is_told_of_with_its_options(void **state)
{
	const struct loaded *told;
	const struct dl_plugin *plugin;
	struct plugins plugins;

	compile(*state, "site",
	    "static const struct dl_option options[] = {\n"
	    "{ \"body\", DL_SELECTOR_OPTION, \"article\", \"the text\" },\n"
	    "{ \"limit\", DL_NUMBER_OPTION, NULL, NULL }, { NULL } };\n" PLUGIN(
		"site",
		SOURCE
		", .about = \"a site\", .agency = \"SITE\", .zone = \"UTC\", "
		".options = options"));
	load(*state, "site", &plugins);
	told = &plugins.told[0];
	assert_null(told->refused);
	assert_string_equal(told->version, "1.2");
	assert_string_equal(told->about, "a site");
	assert_string_equal(told->agency, "SITE");
	assert_string_equal(told->zone, "UTC");
	assert_int_equal(told->abi, DL_ABI);
	assert_true(told->source);
	assert_int_equal(told->n_options, 2);
	assert_string_equal(told->options[0].name, "body");
	assert_string_equal(told->options[0].standard, "article");
	assert_string_equal(told->options[0].about, "the text");
	assert_int_equal(told->options[0].kind, DL_SELECTOR_OPTION);
	assert_string_equal(told->options[1].name, "limit");
	assert_null(told->options[1].standard);

	plugin = load_find(&plugins, "site");
	assert_non_null(plugin);
	assert_int_equal(plugin->extract(NULL, NULL, NULL), DL_DONE);
	assert_null(load_find(&plugins, "sit"));

	compile(*state, "word", PLUGIN("word", EXTRACTOR));
	load(*state, "word", &plugins);
	assert_false(plugins.told[0].source);
	assert_int_equal(plugins.told[0].n_options, 0);
}

/* All that are there; a folder hides those of the same name that lie behind
   it. */
static void all_of_several_folders_are_found(void **state)
{
	struct folder *folder = *state, *second;
	void *other = NULL;
	struct dl_list behind = { NULL, NULL },
		       folders = { folder->path, &behind };
	const struct setup all = { .folders = &folders };
	struct plugins plugins;

	assert_int_equal(on_disk(&other), 0);
	second = other;
	behind.text = second->path;
	compile(folder, "ours", PLUGIN("ours", EXTRACTOR));
	compile(folder, "both", PLUGIN("both", EXTRACTOR));
	compile(second, "both", "const int hidden = 1;\n");
	compile(second, "theirs", PLUGIN("theirs", SOURCE));
	file_write(folder_file(second, ".hidden.so"), "", 0);
	file_write(folder_file(second, "libthing.so.1"), "", 0);
	load_plugins(&arena, &all, &plugins);
	assert_int_equal(plugins.n_told, 3);
	assert_int_equal(plugins.n_loaded, 3);
	assert_non_null(load_find(&plugins, "ours"));
	assert_non_null(load_find(&plugins, "both"));
	assert_non_null(load_find(&plugins, "theirs"));
	folder_drop(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_CC(each_is_loaded_or_refused),
		WITH_CC(what_is_no_plugin_is_refused),
		WITH_CC(a_plugin_is_told_of_with_its_options),
		WITH_CC(all_of_several_folders_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
