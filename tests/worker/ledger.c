/* What plugins leave behind is told with their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/litter.h"
#include "core/worker/ledger.h"
#include "core/worker/load.h"
#include "tests/worker/compile.h"

#define MIB (1 << 20)

/* An extractor that does something. */
#define PLUGIN(name, before, something)                                        \
	"#include <stdlib.h>\n#include <string.h>\n#include "                  \
	"\"plugin.h\"\n" before                                                \
	"\nstatic enum dl_verdict transform(struct dl_job *job,\n"             \
	"    const struct dl_page *page, struct dl_record *record)\n"          \
	"{ (void)job, (void)page, (void)record; " something "\n"               \
	"  return DL_DONE; }\n"                                                \
	"DL_PLUGIN = { .abi = DL_ABI, .name = \"" name "\", .version = \"1\"," \
	" .transform = transform };\n"

static void nobody_listens(const char *plugin)
{
	(void)plugin;
}

static struct arena arena;
static struct plugins plugins;
static struct ledger ledger;
static void *leaked; /* a chain: what is out of a plugin's sight is not out of
			ours */

static int open_three(void **state)
{
	static const struct dl_list third = { "leaky", NULL },
				    second = { "keeps", &third },
				    first = { "clean", &second };
	struct folder *folder;
	struct dl_list folders = { NULL, NULL };
	struct setup setup = { .plugins = &first, .folders = &folders };

	if (on_disk(state) != 0)
		return -1;
	folder = *state;
	folders.text = folder->path;
	plugin_compile(folder, "clean", "", "",
	    PLUGIN("clean", "",
		"char *text = malloc(7 << 20); if (text != NULL) "
		"memset(text, 1, 7 << 20); free(text);"));
	plugin_compile(folder, "keeps", "", "",
	    PLUGIN("keeps", "static int n;",
		"char *text = job_alloc(job, 1 << 20); text[0] = 1; n++;"));
	plugin_compile(folder, "leaky", "", "",
	    PLUGIN("leaky", "",
		"void **leak = malloc(1 << 20); if (leak == NULL) abort();\n"
		"*leak = *(void **)record; *(void **)record = leak;"));
	load_plugins(&arena, &setup, &plugins, nobody_listens);
	ledger_open(&arena, &ledger, plugins.loaded, plugins.n_loaded);
	return plugins.n_loaded == 3 ? 0 : -1;
}

static int close_three(void **state)
{
	while (leaked != NULL) {
		void *next = *(void **)leaked;

		free(leaked);
		leaked = next;
	}
	arena_reset(&arena);
	return folder_drop(state);
}

static void call(struct dl_job *job, const char *name)
{
	int64_t before = ledger_heap(job);

	job->plugin = load_find(&plugins, name);
	job->plugin->transform(job, NULL, (struct dl_record *)&leaked);
	ledger_called(&ledger, job, before);
}

static void statics_are_told_each_time_and_put_back(void **state)
{
	struct result result = { 0 };
	struct dl_job job;
	int page;

	(void)state;
	for (page = 0; page < 3; page++) {
		job_init(&job);
		call(&job, "clean");
		call(&job, "keeps");
		ledger_close(&ledger, &job, false, &result);
		assert_int_equal(result.n_litter, 1);
		assert_string_equal(result.litter[0].plugin, "keeps");
		assert_int_equal(result.litter[0].statics, 8);
		assert_int_equal(result.litter[0].heap, 0);
		job_finish(&job);
	}
	job_init(&job);
	call(&job, "clean");
	ledger_close(&ledger, &job, false, &result);
	assert_int_equal(result.n_litter, 0);
	job_finish(&job);
}

/* Memory of the job is none of it; and twice a page is one page. */
static void who_leaks_is_told_when_the_worker_leaves(void **state)
{
	struct result result = { 0 };
	struct dl_job job;
	int page;

	(void)state;
	for (page = 0; page < 5; page++) {
		job_init(&job);
		call(&job, "clean");
		call(&job, "leaky");
		call(&job, "keeps");
		call(&job, "leaky");
		ledger_close(&ledger, &job, page == 4, &result);
		if (page == 4)
			break;
		assert_int_equal(result.n_litter, 1);
		job_finish(&job);
	}
	assert_int_equal(result.n_litter, 2);
	assert_int_equal(result.litter[0].heap, 0);
	assert_string_equal(result.litter[1].plugin, "leaky");
	assert_int_equal(result.litter[1].statics, 0);
	assert_in_range(result.litter[1].heap, 2 * MIB, 2 * MIB + MIB / 16);
	job_finish(&job);
}

static void it_is_told_in_sentences(void **state)
{
	const struct litter litter = { "vgp", 8, MIB * 5 / 2, false },
			    one = { "vgp", 1, 0, false };
	struct buf text = { 0 };

	(void)state;
	litter_say_statics(&text, &litter);
	assert_string_equal(text.bytes,
	    "plugin vgp keeps statics between pages (8 bytes): they are put "
	    "back after each page");
	text.len = 0;
	litter_say_statics(&text, &one);
	assert_non_null(strstr(text.bytes, "(1 byte)"));
	text.len = 0;
	litter_say_heap(&text, &litter);
	assert_string_equal(text.bytes,
	    "plugin vgp: 2.5 MiB more after each page: its worker is "
	    "replaced");
	buf_free(&text);
}

#define OF_THREE(test) \
	cmocka_unit_test_setup_teardown(test, open_three, close_three)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF_THREE(statics_are_told_each_time_and_put_back),
		OF_THREE(who_leaks_is_told_when_the_worker_leaves),
		cmocka_unit_test(it_is_told_in_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
