/* What a plugin keeps in its statics is noticed, and put back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/worker/load.h"
#include "core/worker/statics.h"
#include "tests/worker/compile.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Each plugin here has `before`, which is true as long as nobody has called its
   `change`. */
#define PLUGIN(name)                                                           \
	"static enum dl_verdict transform(struct dl_job *job,\n"               \
	"    const struct dl_page *page, struct dl_record *record)\n"          \
	"{ enum dl_verdict was = before() ? DL_DONE : DL_FAIL;\n"              \
	"  (void)job, (void)page, (void)record; change(); return was; }\n"     \
	"DL_PLUGIN = { .abi = DL_ABI, .name = \"" name "\", .version = \"1\"," \
	" .transform = transform };\n"
#define BEGIN                   \
	"#include <stdlib.h>\n" \
	"#include <string.h>\n" \
	"#include \"plugin.h\"\n"

static const struct {
	const char *name, *text;
	size_t least, most; /* bytes that change */
} rows[] = {
	{ "nothing",
	    "static int before(void) { return 1; }\n"
	    "static void change(void) { }\n" PLUGIN("nothing"),
	    0, 0 },
	{ "counter",
	    "static int n;\n"
	    "static int before(void) { return n == 0; }\n"
	    "static void change(void) { n++; }\n" PLUGIN("counter"),
	    8, 8 },
	{ "data",
	    "static short n = 7;\n"
	    "static int before(void) { return n == 7; }\n"
	    "static void change(void) { n++; }\n" PLUGIN("data"),
	    8, 8 },
	{ "visible",
	    "int visible = 7;\n"
	    "static int before(void) { return visible == 7; }\n"
	    "static void change(void) { visible++; }\n" PLUGIN("visible"),
	    8, 8 },
	{ "pointer",
	    "static char *text;\n"
	    "static int before(void) { return text == NULL; }\n"
	    "static void change(void) { text = malloc(7); free(text); "
	    "}\n" PLUGIN("pointer"),
	    8, 8 },
	{ "array",
	    "static char bytes[10000];\n"
	    "static int before(void) { return !memchr(bytes, 1, 10000); }\n"
	    "static void change(void) { memset(bytes, 1, 10000); }\n" PLUGIN(
		"array"),
	    10000, 10016 },
	{ "within",
	    "static int *n(void) { static int inner = 3; return &inner; }\n"
	    "static int before(void) { return *n() == 3; }\n"
	    "static void change(void) { *n() = 4; }\n" PLUGIN("within"),
	    8, 8 },
	{ "thread",
	    "static _Thread_local int n;\n"
	    "static int before(void) { return n == 0; }\n"
	    "static void change(void) { n++; }\n" PLUGIN("thread"),
	    4, 8 },
	{ "threads",
	    "static _Thread_local char text[70] = \"begun\";\n"
	    "static int before(void) { return !strcmp(text, \"begun\"); }\n"
	    "static void change(void) { text[69] = text[0] = 'B'; }\n" PLUGIN(
		"threads"),
	    9, 16 },
	{ "there_and_back",
	    "static int n;\n"
	    "static int before(void) { return n == 0; }\n"
	    "static void change(void) { n++; n--; }\n" PLUGIN("there_and_back"),
	    0, 0 },
};

static void nobody_listens(const char *plugin)
{
	(void)plugin;
}

static struct arena arena;

static int tidy(void **state)
{
	arena_reset(&arena);
	return folder_drop(state);
}

static const struct dl_plugin *load(struct folder *folder, const char *name,
    const char *flags, const char *text)
{
	const struct dl_list folders = { folder->path, NULL },
			     names = { name, NULL };
	const struct setup setup = { .folders = &folders, .plugins = &names };
	struct plugins plugins;

	plugin_compile(folder, name, flags, BEGIN, text);
	load_plugins(&arena, &setup, &plugins, nobody_listens);
	assert_int_equal(plugins.n_loaded, 1);
	return plugins.loaded[0];
}

static enum dl_verdict change(const struct dl_plugin *plugin)
{
	return plugin->transform(NULL, NULL, NULL);
}

/* Three pages each, of which each sees what the first one saw. */
static void rows_are_put_back(struct folder *folder, const char *flags)
{
	struct statics statics;
	size_t i, bytes;
	int page;

	for (i = 0; i < COUNT(rows); i++) {
		const struct dl_plugin *plugin =
		    load(folder, rows[i].name, flags, rows[i].text);

		statics_remember(&arena, plugin, &statics);
		assert_int_equal(statics.bytes, statics_size(plugin));
		assert_int_equal(statics_put_back(&statics), 0);
		for (page = 0; page < 3; page++) {
			assert_int_equal(change(plugin), DL_DONE);
			bytes = statics_put_back(&statics);
			if (bytes < rows[i].least || bytes > rows[i].most)
				fail_msg("%s: %zu bytes", rows[i].name, bytes);
			assert_int_equal(statics_put_back(&statics), 0);
		}
		change(plugin);
		if (rows[i].least > 0)
			assert_int_equal(change(plugin), DL_FAIL);
	}
}

static void each_page_sees_what_the_first_one_saw(void **state)
{
	rows_are_put_back(*state, "");
}

#if defined(__SANITIZE_ADDRESS__)
/* Between the variables of a plugin that was made with sanitizers lies what
   must not be touched: nobody complains. */
static void that_is_so_under_the_sanitizers(void **state)
{
	rows_are_put_back(*state, "-fsanitize=address,undefined");
}
#endif

/* What prepare() has made is what the first page sees. */
static void what_was_there_before_stays(void **state)
{
	const struct dl_plugin *plugin = load(*state, "early", "",
	    "static int n;\n"
	    "static int before(void) { return n == 1; }\n"
	    "static void change(void) { n++; }\n" PLUGIN("early"));
	struct statics statics;

	change(plugin);
	statics_remember(&arena, plugin, &statics);
	assert_int_equal(change(plugin), DL_DONE);
	assert_int_equal(statics_put_back(&statics), 8);
	assert_int_equal(change(plugin), DL_DONE);
}

/* Constants are none, though the loader has to fill them in. */
static void constants_are_no_statics(void **state)
{
	const struct dl_plugin *constants = load(*state, "constants",
	    "-Wl,-z,relro",
	    "static const char *const words[4000] = { \"one\", [3999] = "
	    "\"two\" "
	    "};\n"
	    "static int before(void) { return words[rand() % 4000] == NULL; "
	    "}\n"
	    "static void change(void) { }\n" PLUGIN("constants"));

	assert_in_range(statics_size(constants), 0, 8000);
}

static void many_are_counted(void **state)
{
	const struct dl_plugin *large = load(*state, "large", "",
	    "static char bytes[2 << 20];\n"
	    "static int before(void) { return bytes[rand() % 9] == 0; }\n"
	    "static void change(void) { bytes[7] = 1; }\n" PLUGIN("large"));

	assert_in_range(
	    statics_size(large), LIMIT_STATICS + 1, 3 * LIMIT_STATICS);
}

#define WITH_CC(test) cmocka_unit_test_setup_teardown(test, on_disk, tidy)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_CC(each_page_sees_what_the_first_one_saw),
#if defined(__SANITIZE_ADDRESS__)
		WITH_CC(that_is_so_under_the_sanitizers),
#endif
		WITH_CC(what_was_there_before_stays),
		WITH_CC(constants_are_no_statics),
		WITH_CC(many_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
