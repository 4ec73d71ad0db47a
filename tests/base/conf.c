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
#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
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
		{ "contact =\nproxy = a:3128\n", FEED,
		    "datelined.conf:1: contact has no value\n"
		    "datelined.conf:2: proxy = a:3128: want an http or https "
		    "URL\n" },
		{ "workers = 1\n", FEED "proxy = socks5://a.example\n",
		    "sources.d/a.conf:2: proxy = socks5://a.example: want an "
		    "http or https URL\n" },
		{ "workers = 1\n",
		    FEED "robots = maybe\nhonour_ttl = 1\nhttp2 = on\n"
			 "compression = \nbrowser_like = Yes\n",
		    "sources.d/a.conf:2: robots = maybe: want yes or no\n"
		    "sources.d/a.conf:3: honour_ttl = 1: want yes or no\n"
		    "sources.d/a.conf:4: http2 = on: want yes or no\n"
		    "sources.d/a.conf:5: compression = : want yes or no\n"
		    "sources.d/a.conf:6: browser_like = Yes: want yes or "
		    "no\n" },
		{ "connections = 0\ndistrust = 0\n",
		    FEED "connections = 17\ndistrust = many\n",
		    "datelined.conf:1: connections = 0: out of range, write "
		    "one between the limits of datelined.conf(5)\n"
		    "datelined.conf:2: distrust = 0: out of range, write one "
		    "between the limits of datelined.conf(5)\n"
		    "sources.d/a.conf:2: connections = 17: out of range, "
		    "write one between the limits of datelined.conf(5)\n"
		    "sources.d/a.conf:3: distrust = many: want a whole "
		    "number\n" },
		{ "min_interval = 99ms\nmax_interval = 8d\n", FEED,
		    "datelined.conf:1: min_interval = 99ms: out of range, "
		    "write one between the limits of datelined.conf(5)\n"
		    "datelined.conf:2: max_interval = 8d: out of range, write "
		    "one between the limits of datelined.conf(5)\n" },
		{ "min_interval = 2h\nmax_interval = 1h\n", FEED,
		    "datelined.conf: max_interval is less than min_interval: "
		    "make it longer\n" },
		{ "workers = 1\n",
		    FEED "max_interval = 1min\nmin_interval = 2min\n",
		    "sources.d/a.conf: max_interval is less than "
		    "min_interval: make it longer\n" },
		{ "interval = 1h\ninterval = 2h\n", FEED,
		    "datelined.conf:2: interval is given twice\n" },
		{ "keep_pages = 367d\nkeep_pages_bytes = 1KiB\n", FEED,
		    "datelined.conf:1: keep_pages = 367d: out of range, write "
		    "one between the limits of datelined.conf(5)\n"
		    "datelined.conf:2: keep_pages_bytes = 1KiB: out of range, "
		    "write one between the limits of datelined.conf(5)\n" },
		{ "recheck = 15min 15min\n",
		    FEED "recheck = 1h 30min\nrecheck = none 1h\n",
		    "datelined.conf:1: recheck = 15min 15min: want durations "
		    "with their units, each longer than the one before, up to "
		    "180d, or none\n"
		    "sources.d/a.conf:2: recheck = 1h 30min: want durations "
		    "with their units, each longer than the one before, up to "
		    "180d, or none\n"
		    "sources.d/a.conf:3: recheck is given twice\n"
		    "sources.d/a.conf:3: recheck = none 1h: want durations "
		    "with their units, each longer than the one before, up to "
		    "180d, or none\n" },
		{ "",
		    FEED "feed = https://a.example/2\n" FEED
			 "header = A: b\nheader = A: b\n",
		    "sources.d/a.conf:3: the same feed is given twice\n"
		    "sources.d/a.conf:5: the same header is given twice\n" },
		{ "recheck = 0s\n", FEED "recheck = 15\n",
		    "datelined.conf:1: recheck = 0s: want durations with their "
		    "units, each longer than the one before, up to 180d, or "
		    "none\n"
		    "sources.d/a.conf:2: recheck = 15: want durations with "
		    "their units, each longer than the one before, up to 180d, "
		    "or none\n" },
		{ "backfill = -1\n", FEED "backfill = 7\n",
		    "datelined.conf:1: backfill = -1: want a duration (7d), a "
		    "number of entries, all or none\n" },
		{ "backfill = 7 days\n", FEED "backfill = 0s\n",
		    "datelined.conf:1: backfill = 7 days: want a duration "
		    "(7d), a number of entries, all or none\n"
		    "sources.d/a.conf:2: backfill = 0s: want a duration (7d), "
		    "a number of entries, all or none\n" },
		{ "header = X-Key: 1\nheader = Accept: text/html\n",
		    FEED "header = Cookie: a=b; c=d\n", "" },
		{ "header = X-Key\n", FEED "header = X Key: 1\nheader = : 1\n",
		    "datelined.conf:1: header: want header = Name: value\n"
		    "sources.d/a.conf:2: header: want header = Name: value\n"
		    "sources.d/a.conf:3: header: want header = Name: "
		    "value\n" },
		{ "header = User-agent: me\n",
		    FEED "header = If-None-Match: *\nheader = hOST: b\n"
			 "header = Range: bytes=0-\n",
		    "datelined.conf:1: header = user-agent: datelined writes "
		    "that one itself: write user_agent\n"
		    "sources.d/a.conf:2: header = if-none-match: datelined "
		    "writes that one itself\n"
		    "sources.d/a.conf:3: header = host: datelined writes that "
		    "one itself\n"
		    "sources.d/a.conf:4: header = range: datelined writes that "
		    "one itself\n" },
		{ "workers = 1\n", FEED "contact = me@a.example\n",
		    "sources.d/a.conf:2: unknown key \"contact\": see "
		    "datelined.conf(5)\n" },
		{ "sources = none\n", FEED,
		    "datelined.conf: sources = none: No such file or "
		    "directory\n" },
		/* No end of time can be added to a moment. */
		{ "recheck = 9223372036854775807ms\n", FEED,
		    "datelined.conf:1: recheck = 9223372036854775807ms: want "
		    "durations with their units, each longer than the one "
		    "before, up to 180d, or none\n" },
		{ "recheck =\n", FEED,
		    "datelined.conf:1: recheck has no value\n" },
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
	assert_null(conf->user_agent);
	assert_string_equal(a->user_agent, "dateline/" VERSION);
	assert_true(a->enabled);
	assert_false(a->allow_private);
	assert_int_equal(a->min_interval, HOUR);
	assert_int_equal(a->max_interval, HOUR);
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

/* What a source does not say, datelined.conf says; else the table. */
static void sources_inherit_what_they_do_not_say(void **state)
{
	char *complaints;
	struct conf *conf;
	const struct source *a, *z;

	(void)state;
	text_file("sources.d/z.conf",
	    FEED "robots = yes\nhonour_ttl = yes\nhttp2 = yes\n"
		 "compression = yes\nbrowser_like = no\ndistrust = 7\n"
		 "connections = 1\nproxy = http://q.example\npause = 1s\n"
		 "header = X-Mine: 1\nheader = X-Mine: 2\nbackfill = none\n"
		 "recheck = none\nuser_agent = z\npatience = 1s\n");
	conf = conf_of("robots = no\nhonour_ttl = no\nhttp2 = no\n"
		       "compression = no\nbrowser_like = yes\ndistrust = 3\n"
		       "connections = 4\nproxy = http://p.example:3128/\n"
		       "header = X-Ours: 1\nbackfill = 20\nrecheck = 1h\n"
		       "pause = 5s\npatience = 3s\n",
	    FEED, &complaints);
	assert_string_equal(complaints, "");
	free(complaints);
	a = conf_source(conf, "a");
	z = conf_source(conf, "z");
	assert_true(!a->robots && z->robots);
	assert_true(!a->honour_ttl && z->honour_ttl);
	assert_true(!a->http2 && z->http2);
	assert_true(!a->compression && z->compression);
	assert_true(a->browser_like && !z->browser_like);
	assert_int_equal(a->distrust, 3);
	assert_int_equal(z->distrust, 7);
	assert_int_equal(a->connections, 4);
	assert_int_equal(z->connections, 1);
	assert_int_equal(a->pause, 5000);
	assert_int_equal(z->pause, 1000);
	assert_int_equal(a->patience, 3000);
	assert_int_equal(z->patience, 1000);
	assert_string_equal(a->proxy, "http://p.example:3128/");
	assert_string_equal(z->proxy, "http://q.example");
	assert_string_equal(joined(a->headers), "X-Ours: 1");
	assert_string_equal(joined(z->headers), "X-Mine: 1 X-Mine: 2");
	assert_int_equal(a->backfill.most, 20);
	assert_int_equal(z->backfill.most, 0);
	assert_int_equal(a->recheck[0], HOUR);
	assert_int_equal(z->recheck[0], 0);
	assert_string_equal(z->user_agent, "z");
	conf_free(conf);

	conf = conf_of("", FEED, &complaints);
	free(complaints);
	a = conf_source(conf, "a");
	assert_true(a->robots && a->honour_ttl && a->http2 && a->compression);
	assert_false(a->browser_like);
	assert_null(a->proxy);
	assert_null(a->headers);
	assert_int_equal(a->connections, 1);
	assert_int_equal(a->distrust, 24);
	assert_int_equal(a->pause, 2000);
	conf_free(conf);
}

/* One key for both limits of a source, or of all; what is named itself counts
   more, and a source's word more than that of datelined.conf. */
static void an_interval_is_both_limits(void **state)
{
	static const struct {
		const char *daemon, *source;
		int64_t least, most;
	} rows[] = {
		{ "", "", 5 * MINUTE, HOUR },
		{ "interval = 10min\n", "", 10 * MINUTE, 10 * MINUTE },
		{ "", "interval = 10min\n", 10 * MINUTE, 10 * MINUTE },
		{ "", "interval = 3h\n", 3 * HOUR, 3 * HOUR },
		{ "", "interval = 1min\n", MINUTE, MINUTE },
		{ "interval = 10min\n", "interval = 3h\n", 3 * HOUR, 3 * HOUR },
		{ "min_interval = 1min\nmax_interval = 2h\n", "", MINUTE,
		    2 * HOUR },
		{ "min_interval = 1min\nmax_interval = 2h\n",
		    "interval = 9min\n", 9 * MINUTE, 9 * MINUTE },
		{ "interval = 10min\n", "min_interval = 1min\n", MINUTE,
		    10 * MINUTE },
		{ "interval = 10min\n", "max_interval = 1h\n", 10 * MINUTE,
		    HOUR },
		{ "interval = 10min\nmax_interval = 1h\n", "", 10 * MINUTE,
		    HOUR },
		{ "", "max_interval = 1h\ninterval = 10min\n", 10 * MINUTE,
		    HOUR },
		/* only one of them is said, beyond the other */
		{ "", "min_interval = 2h\n", 2 * HOUR, 2 * HOUR },
		{ "", "max_interval = 1min\n", MINUTE, MINUTE },
		{ "min_interval = 2h\n", "", 2 * HOUR, 2 * HOUR },
		{ "max_interval = 1min\n", "", MINUTE, MINUTE },
		{ "min_interval = 2h\n", "max_interval = 3h\n", 2 * HOUR,
		    3 * HOUR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *complaints, source[256];
		struct conf *conf;

		snprintf(source, sizeof(source), "%s%s", FEED, rows[i].source);
		conf = conf_of(rows[i].daemon, source, &complaints);
		assert_string_equal(complaints, "");
		free(complaints);
		if (conf->sources->min_interval != rows[i].least ||
		    conf->sources->max_interval != rows[i].most)
			fail_msg("row %zu: %lld to %lld", i,
			    (long long)conf->sources->min_interval,
			    (long long)conf->sources->max_interval);
		conf_free(conf);
	}
}

static void ladders_have_rising_steps(void **state)
{
	static const struct {
		const char *text;
		int64_t steps[6];
	} rows[] = {
		{ "", { 15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 0 } },
		{ "recheck = none\n", { 0 } },
		{ "recheck = 1h\n", { HOUR, 0 } },
		{ "recheck = 1min, 2h,3d\n", { MINUTE, 2 * HOUR, 3 * DAY, 0 } },
		{ "recheck = 1ms 2ms\n", { 1, 2, 0 } },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *complaints;
		struct conf *conf = conf_of(rows[i].text, FEED, &complaints);

		assert_string_equal(complaints, "");
		free(complaints);
		for (k = 0; k == 0 || rows[i].steps[k - 1] != 0; k++)
			assert_int_equal(
			    conf->sources->recheck[k], rows[i].steps[k]);
		conf_free(conf);
	}
}

static void a_backfill_is_an_age_or_a_number(void **state)
{
	static const struct {
		const char *text;
		int64_t age, most;
	} rows[] = {
		{ "", 0, -1 },
		{ "backfill = all\n", 0, -1 },
		{ "backfill = none\n", 0, 0 },
		{ "backfill = 0\n", 0, 0 },
		{ "backfill = 20\n", 0, 20 },
		{ "backfill = 7d\n", 7 * DAY, -1 },
		{ "backfill = 90 min\n", 90 * MINUTE, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *complaints;
		struct conf *conf = conf_of(rows[i].text, FEED, &complaints);

		assert_string_equal(complaints, "");
		free(complaints);
		assert_int_equal(conf->sources->backfill.age, rows[i].age);
		assert_int_equal(conf->sources->backfill.most, rows[i].most);
		conf_free(conf);
	}
}

/* Whoever reads a server's log finds us, whatever we look like. */
static void the_user_agent_says_who_we_are(void **state)
{
	static const struct {
		const char *daemon, *source, *agent;
	} rows[] = {
		{ "", "", "dateline/" VERSION },
		{ "contact = https://desk.example/bot\n", "",
		    "dateline/" VERSION " (+https://desk.example/bot)" },
		{ "contact = me@desk.example\n", "",
		    "dateline/" VERSION " (+me@desk.example)" },
		{ "browser_like = yes\n", "",
		    "Mozilla/5.0 (compatible; dateline/" VERSION ")" },
		{ "contact = https://desk.example/\n", "browser_like = yes\n",
		    "Mozilla/5.0 (compatible; dateline/" VERSION
		    "; +https://desk.example/)" },
		{ "browser_like = yes\n", "browser_like = no\n",
		    "dateline/" VERSION },
		{ "user_agent = News Bot\ncontact = me@desk.example\n",
		    "browser_like = yes\n",
		    "Mozilla/5.0 (compatible; dateline/" VERSION
		    "; +me@desk.example)" },
		{ "user_agent = News Bot\ncontact = me@desk.example\n", "",
		    "News Bot" },
		{ "user_agent = News Bot\n", "user_agent = Mine/1\n",
		    "Mine/1" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *complaints, source[256];
		struct conf *conf;

		snprintf(source, sizeof(source), "%s%s", FEED, rows[i].source);
		conf = conf_of(rows[i].daemon, source, &complaints);
		assert_string_equal(complaints, "");
		free(complaints);
		assert_string_equal(conf->sources->user_agent, rows[i].agent);
		conf_free(conf);
	}
}

static void a_source_without_a_file_has_every_default(void **state)
{
	struct conf *conf = conf_standard();
	const struct source *bare = conf_bare(conf, "feed");

	(void)state;
	assert_string_equal(bare->plugin, "feed");
	assert_string_equal(bare->user_agent, "dateline/" VERSION);
	assert_true(bare->robots && bare->honour_ttl && bare->compression);
	assert_int_equal(bare->min_interval, 5 * MINUTE);
	assert_int_equal(bare->max_interval, HOUR);
	assert_int_equal(bare->backfill.most, -1);
	assert_int_equal(bare->recheck[0], 15 * MINUTE);
	assert_int_equal(conf->keep_pages, 3 * DAY);
	assert_int_equal(conf->keep_pages_bytes, 1024 * MIB);
	assert_null(conf->ca_file);
	assert_null(conf->contact);
	conf_free(conf);
}

/* A value that may be secret, what is in the credential "one", and what comes
   of it: a header, or a complaint that does not tell the secret. */
static void credentials_are_put_in_where_they_are_named(void **state)
{
	static const struct {
		const char *line, *file, *is, *complaint;
	} rows[] = {
		{ "header = Authorization: @credential:one\n", "Bearer x\n",
		    "Authorization: Bearer x", NULL },
		{ "header = Authorization: Bearer @credential:one\n", "x",
		    "Authorization: Bearer x", NULL },
		{ "header = X-Key: one@credential\n", "x",
		    "X-Key: one@credential", NULL },
		{ "header = X-Key: @credential:two\n", "x", NULL,
		    "sources.d/a.conf:2: header: credential two: No such file "
		    "or directory: see LoadCredential= of the unit\n" },
		{ "header = X-Key: @credential:../one\n", "x", NULL,
		    "sources.d/a.conf:2: header: credential ../one: it is no "
		    "name of a credential: see LoadCredential= of the unit\n" },
		{ "header = X-Key: @credential:one\n", "x\ny\n", NULL,
		    "sources.d/a.conf:2: header: credential one: it is not one "
		    "line of text: see LoadCredential= of the unit\n" },
		{ "header = X-Key: @credential:one\n", "\n", NULL,
		    "sources.d/a.conf:2: header: credential one: it is empty: "
		    "see LoadCredential= of the unit\n" },
		{ "proxy = @credential:one\n", "secret", NULL,
		    "sources.d/a.conf:2: proxy: the credential is no http or "
		    "https URL\n" },
	};
	size_t i;

	(void)state;
	setenv("CREDENTIALS_DIRECTORY", "credentials", 1);
	assert_int_equal(mkdir("credentials", 0700), 0);
	for (i = 0; i < COUNT(rows); i++) {
		char source[200], *complaints = NULL;
		struct conf *conf;

		snprintf(source, sizeof(source), FEED "%s", rows[i].line);
		text_file("credentials/one", rows[i].file);
		conf = conf_of("", source, &complaints);
		if (rows[i].is != NULL) {
			assert_non_null(conf);
			assert_string_equal(
			    conf->sources->headers->text, rows[i].is);
			assert_true(conf_is_whole(conf, stderr));
		} else {
			assert_string_equal(complaints, rows[i].complaint);
		}
		conf_free(conf);
		free(complaints);
	}
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void without_credentials_all_else_can_be_checked(void **state)
{
	char *complaints = NULL, *said = NULL;
	size_t len;
	FILE *stream = open_memstream(&said, &len);
	struct conf *conf = conf_of("proxy = @credential:one\n",
	    FEED "header = X-Key: @credential:two\n", &complaints);

	(void)state;
	assert_string_equal(complaints, "");
	assert_non_null(conf);
	assert_false(conf_is_whole(conf, stream));
	fclose(stream);
	assert_string_equal(said,
	    "datelined.conf:1: proxy: there are no credentials here: they are "
	    "for the service, by LoadCredential= in its unit\n");
	conf_free(conf);
	free(complaints);
	free(said);
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
		STANDING(sources_inherit_what_they_do_not_say),
		STANDING(an_interval_is_both_limits),
		STANDING(ladders_have_rising_steps),
		STANDING(a_backfill_is_an_age_or_a_number),
		STANDING(the_user_agent_says_who_we_are),
		STANDING(credentials_are_put_in_where_they_are_named),
		STANDING(without_credentials_all_else_can_be_checked),
		cmocka_unit_test(a_source_without_a_file_has_every_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
