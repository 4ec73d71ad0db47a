/* The configuration: what is read, and what is complained of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/conf.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MIB ((int64_t)1 << 20)
#define FEED "feed = https://a.example/rss\n"
#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X185 X64 X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Tests stand in a folder of their own, so that complaints are always alike. */
static int stand(void **state)
{
	if (folder_make(state) != 0)
		return -1;
	return chdir(((struct folder *)*state)->path) != 0 ||
		mkdir("sources.d", 0700) != 0
	    ? -1
	    : 0;
}

static int leave(void **state)
{
	return chdir("/") != 0 ? -1 : folder_drop(state);
}

#define STANDING(test) cmocka_unit_test_setup_teardown(test, stand, leave)

static void text_file(const char *path, const char *text)
{
	file_write(path, text, strlen(text));
}

/* NULL, and all complaints, which the caller frees. */
static struct conf *conf_of(
    const char *daemon, const char *source, char **complaints)
{
	size_t len;
	FILE *stream = open_memstream(complaints, &len);
	struct conf *conf;

	text_file("datelined.conf", daemon);
	text_file("sources.d/a.conf", source);
	conf = conf_read("datelined.conf", stream);
	fclose(stream);
	return conf;
}

struct amount {
	const char *text;
	int64_t is; /* -1: it is none */
};

static void check_amounts(bool (*parse)(const char *text, int64_t *value),
    const struct amount *rows, size_t n)
{
	int64_t value;
	size_t i;

	for (i = 0; i < n; i++) {
		value = -1;
		if (parse(rows[i].text, &value) != (rows[i].is >= 0) ||
		    value != rows[i].is)
			fail_msg(
			    "\"%s\": %lld", rows[i].text, (long long)value);
	}
}

static void durations_and_sizes_have_units(void **state)
{
	static const struct amount durations[] = {
		{ "0s", 0 },
		{ "1ms", 1 },
		{ "2s", 2000 },
		{ "15min", 900000 },
		{ "15 min", 900000 },
		{ "3h", 10800000 },
		{ "1d", 86400000 },
		{ "007s", 7000 },
		{ "9223372036854775807ms", INT64_MAX },
		{ "9223372036854775807s", -1 },
		{ "9223372036854775808ms", -1 },
		{ "99999999999999999999s", -1 },
		{ "", -1 },
		{ "15", -1 },
		{ "s", -1 },
		{ "-1s", -1 },
		{ "+1s", -1 },
		{ " 1s", -1 },
		{ "1.5h", -1 },
		{ "1h30min", -1 },
		{ "1m", -1 },
		{ "1H", -1 },
		{ "1s ", -1 },
		{ "0x10s", -1 },
		{ "½h", -1 },
	};
	static const struct amount sizes[] = {
		{ "0B", 0 },
		{ "1B", 1 },
		{ "4KiB", 4096 },
		{ "64MiB", 64 * MIB },
		{ "2GiB", 2048 * MIB },
		{ "8589934591GiB", INT64_C(8589934591) << 30 },
		{ "8589934592GiB", -1 },
		{ "64MB", -1 },
		{ "64M", -1 },
		{ "64", -1 },
		{ "64mib", -1 },
		{ "-1B", -1 },
	};

	(void)state;
	check_amounts(conf_duration, durations, COUNT(durations));
	check_amounts(conf_size, sizes, COUNT(sizes));
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
	static const struct {
		const char *daemon, *source, *complaints;
	} rows[] = {
		{ "workers = 3\n", FEED, "" },
		{ "# a comment\n; another\n\nworkers=3\n", FEED, "" },
		{ "worker = 3\nwrokers = 3\n", FEED,
		    "datelined.conf:2: unknown key \"wrokers\": did you mean "
		    "\"workers\"?\n" },
		{ "\nbanana = 3\n", FEED,
		    "datelined.conf:2: unknown key \"banana\": see "
		    "datelined.conf(5)\n" },
		{ "workers = 0\nworkers = 65\nworkers = many\n", FEED,
		    "datelined.conf:1: workers = 0: out of range, write one "
		    "between the limits of datelined.conf(5)\n"
		    "datelined.conf:2: workers is given twice\n"
		    "datelined.conf:2: workers = 65: out of range, write one "
		    "between the limits of datelined.conf(5)\n"
		    "datelined.conf:3: workers is given twice\n"
		    "datelined.conf:3: workers = many: want a whole number\n" },
		{ "interval = 15\n", FEED,
		    "datelined.conf:1: interval = 15: want a duration with its "
		    "unit: ms, s, min, h, d\n" },
		{ "page_bytes = 5MiB\nsegment_bytes = 64M\n", FEED,
		    "datelined.conf:1: page_bytes = 5MiB: out of range, write "
		    "one between the limits of datelined.conf(5)\n"
		    "datelined.conf:2: segment_bytes = 64M: want a size with "
		    "its unit: B, KiB, MiB, GiB, TiB\n" },
		{ "workers\n", FEED,
		    "datelined.conf:1: want \"key = value\"\n" },
		{ "[options]\nbody = p\n", FEED,
		    "datelined.conf:2: unknown section [options]\n" },
		{ "user_agent = me ; you\n", FEED,
		    "datelined.conf:1: \";\" after white space would begin a "
		    "comment: remove it\n" },
		{ "user_agent = me;you\n# me ; you\n", FEED, "" },
		{ "plugin_path = /a\n  /b\n", FEED,
		    "datelined.conf:2: begins with white space: write the key "
		    "again, or remove the space\n"
		    "datelined.conf:2: plugin_path is given twice\n" },
		{ "user_agent = " X185 "\n", FEED, "" },
		{ "user_agent = " X185, FEED, "" },
		{ "user_agent = " X185 "x\n", FEED,
		    "datelined.conf:1: longer than 198 bytes: break it into "
		    "several keys\n" },
		{ "user_agent = " X185 "x", FEED,
		    "datelined.conf:1: longer than 198 bytes: break it into "
		    "several keys\n" },
		{ "\nuser_agent = " X185 "xx\nworkers = 0\n", FEED,
		    "datelined.conf:2: longer than 198 bytes: break it into "
		    "several keys\n"
		    "datelined.conf:3: workers = 0: out of range, write one "
		    "between the limits of datelined.conf(5)\n" },
		{ "user_agent = " X185 X185 X185 "\n", FEED,
		    "datelined.conf:1: longer than 198 bytes: break it into "
		    "several keys\n" },
		{ "workers = 1\n", "feed = ftp://a.example/rss\n",
		    "sources.d/a.conf:1: feed = ftp://a.example/rss: want an "
		    "http or https URL\n" },
		{ "workers = 1\n", FEED "feed = rss\n",
		    "sources.d/a.conf:2: feed = rss: want an http or https "
		    "URL\n" },
		{ "workers = 1\n", "feed = https://\n",
		    "sources.d/a.conf:1: feed = https://: want an http or "
		    "https URL\n" },
		{ "workers = 1\n", "feed = http:// a b\n",
		    "sources.d/a.conf:1: feed = http:// a b: want an http or "
		    "https URL\n" },
		{ "spool =\ncontrol =\n", FEED,
		    "datelined.conf:1: spool has no value\n"
		    "datelined.conf:2: control has no value\n" },
		{ "workers = 1\n", "plugin = feed\n",
		    "sources.d/a.conf: no feed: write feed = URL\n" },
		{ "workers = 1\n", "enabled = no\n", "" },
		{ "workers = 1\n", FEED "enabled = maybe\nzone =\n",
		    "sources.d/a.conf:2: enabled = maybe: want yes or no\n"
		    "sources.d/a.conf:3: zone has no value\n" },
		{ "workers = 1\n", FEED "workers = 1\n",
		    "sources.d/a.conf:2: unknown key \"workers\": see "
		    "datelined.conf(5)\n" },
		{ "workers = 1\n", FEED "[option]\nbody = p\n",
		    "sources.d/a.conf:3: unknown section [option]\n" },
		{ "workers = 1\n",
		    FEED "[options]\nbody = p\nfeed = x\nbody = q\n",
		    "sources.d/a.conf:5: body is given twice, also in line "
		    "3\n" },
		{ "worker = 0\nspoool = x\n", "feeed = x\n",
		    "datelined.conf:2: unknown key \"spoool\": did you mean "
		    "\"spool\"?\n"
		    "sources.d/a.conf:1: unknown key \"feeed\": did you mean "
		    "\"feed\"?\n" },
		{ "sources = none\n", FEED,
		    "datelined.conf: sources = none: No such file or "
		    "directory\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *complaints;
		struct conf *conf =
		    conf_of(rows[i].daemon, rows[i].source, &complaints);

		if (strcmp(complaints, rows[i].complaints) != 0)
			fail_msg("row %zu: %s", i, complaints);
		assert_int_equal(conf != NULL, rows[i].complaints[0] == '\0');
		free(complaints);
		conf_free(conf);
	}
}

static void a_file_must_be_there(void **state)
{
	char *complaints;
	size_t len;
	FILE *stream = open_memstream(&complaints, &len);

	(void)state;
	assert_null(conf_read("none.conf", stream));
	fclose(stream);
	assert_string_equal(
	    complaints, "none.conf: No such file or directory\n");
	free(complaints);
}

static const char *joined(const struct dl_list *list)
{
	static char text[256];
	int at = 0;

	text[0] = '\0';
	for (; list != NULL; list = list->next)
		at += sprintf(text + at, "%s%s", at > 0 ? " " : "", list->text);
	return text;
}

static void everything_has_its_place_or_its_default(void **state)
{
	struct folder *folder = *state;
	char *complaints;
	struct conf *conf =
	    conf_of("spool = /s\ncontrol = run/control\nplugin_path = /a:b /c\n"
		    "workers = 5\ninterval = 1h\nextractors = dates, places\n",
		"plugin = feed\nzone = UTC\n" FEED "feed = http://b.example/\n"
		"pause = 0s\n\n[options]\nbody = div > p\n\nskip = a;b\n",
		&complaints);
	const struct source *a;

	free(complaints);
	assert_non_null(conf);
	assert_string_equal(conf->spool, "/s");
	assert_string_equal(conf->state, "/var/lib/dateline");
	assert_string_equal(conf->control, "run/control");
	assert_string_equal(joined(conf->plugin_path), "/a b /c");
	assert_int_equal(conf->workers, 5);
	assert_int_equal(conf->pages_per_worker, 1000);
	assert_int_equal(conf->commit_interval, 200);
	assert_int_equal(conf->segment_bytes, 64 * MIB);
	a = conf_source(conf, "a");
	assert_ptr_equal(a, conf->sources);
	assert_null(conf_source(conf, "b"));
	assert_string_equal(a->file, "sources.d/a.conf");
	assert_string_equal(a->plugin, "feed");
	assert_null(a->agency);
	assert_string_equal(a->zone, "UTC");
	assert_string_equal(
	    joined(a->feeds), "https://a.example/rss http://b.example/");
	assert_string_equal(joined(a->extractors), "dates places");
	assert_string_equal(a->user_agent, conf->user_agent);
	assert_true(a->enabled);
	assert_false(a->allow_private);
	assert_int_equal(a->interval, 3600000);
	assert_int_equal(a->pause, 0);
	assert_int_equal(a->patience, 10000);
	assert_int_equal(a->n_options, 2);
	assert_string_equal(a->options[0].name, "body");
	assert_string_equal(a->options[0].value, "div > p");
	assert_int_equal(a->option_lines[0], 8);
	assert_string_equal(a->options[1].value, "a;b");
	assert_int_equal(a->option_lines[1], 10);
	conf_free(conf);

	/* Paths are seen from the file, not from where the daemon stands. */
	assert_int_equal(chdir("/"), 0);
	conf = conf_read(folder_file(folder, "datelined.conf"), stderr);
	assert_non_null(conf);
	assert_memory_equal(conf->control, folder->path, strlen(folder->path));
	assert_string_equal(
	    conf->control + strlen(folder->path), "/run/control");
	assert_string_equal(conf->spool, "/s");
	assert_non_null(conf_source(conf, "a"));
	conf_free(conf);
	conf_free(NULL);
}

static void an_empty_file_is_all_defaults(void **state)
{
	char *complaints;
	struct conf *conf = conf_of("", FEED, &complaints);

	(void)state;
	assert_string_equal(complaints, "");
	free(complaints);
	assert_non_null(conf);
	assert_string_equal(conf->spool, "/var/spool/dateline");
	assert_non_null(conf_source(conf, "a"));
	conf_free(conf);
}

static void sources_come_in_the_order_of_their_names(void **state)
{
	char *complaints;
	struct conf *conf;
	struct setup setup;

	(void)state;
	text_file(
	    "sources.d/z.conf", FEED "zone = UTC\nextractors = x dates\n");
	text_file("sources.d/b.conf", FEED "plugin = feed\nzone = UTC\n");
	text_file("sources.d/.hidden.conf", "nonsense\n");
	text_file("sources.d/b.conf~", "nonsense\n");
	text_file("sources.d/.conf", "nonsense\n");
	conf = conf_of("extractors = dates places\n",
	    FEED "zone = Asia/Baku\nplugin = feed\n", &complaints);
	assert_string_equal(complaints, "");
	free(complaints);
	assert_string_equal(conf->sources->name, "a");
	assert_string_equal(conf->sources->next->name, "b");
	assert_string_equal(conf->sources->next->next->name, "z");
	assert_string_equal(conf->sources->next->next->plugin, "z");
	assert_null(conf->sources->next->next->next);

	conf_setup(conf, &setup);
	assert_string_equal(joined(setup.plugins), "feed dates places z x");
	assert_string_equal(joined(setup.zones), "Asia/Baku UTC");
	assert_ptr_equal(setup.folders, conf->plugin_path);
	conf_free(conf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_and_sizes_have_units),
		STANDING(what_is_wrong_is_told_with_its_line),
		STANDING(a_file_must_be_there),
		STANDING(everything_has_its_place_or_its_default),
		STANDING(an_empty_file_is_all_defaults),
		STANDING(sources_come_in_the_order_of_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
