/* What only plugins know of a configuration: the second half of conf.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/conf.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct loaded_option options[] = {
	{ "body", NULL, "where the text is", DL_SELECTOR_OPTION },
	{ "skip", "a", "what is no news", DL_TEXT_OPTION },
};
static const struct loaded_option more[] = {
	{ "order", NULL, "of day and month", DL_TEXT_OPTION },
	{ "limit", "20", "of entries", DL_NUMBER_OPTION },
};
static const struct loaded plugins[] = {
	{ .name = "vgp",
	    .agency = "VGP",
	    .zone = "Asia/Ho_Chi_Minh",
	    .source = true,
	    .options = options,
	    .n_options = COUNT(options) },
	{ .name = "feed", .source = true },
	{ .name = "old", .source = true, .refused = "made for ABI 0.9" },
	{ .name = "dates", .options = more, .n_options = COUNT(more) },
	{ .name = "dateline" },
	{ .name = "places", .refused = "no gazetteer" },
};
static const struct dl_list utc = { "UTC", NULL },
			    zones = { "Asia/Ho_Chi_Minh", &utc };
static const struct dl_list wrong = { "p[", NULL };
static const struct ready loaded = { .plugins = plugins,
	.n_plugins = COUNT(plugins),
	.zones = &zones,
	.no_selectors = &wrong };

static const struct dl_list dates = { "dates", NULL },
			    both = { "dateline", &dates },
			    none = { "none", &both }, bad = { "places", NULL },
			    source = { "vgp", NULL };

static struct setting settings[] = { { "body", "p" }, { "skpi", "b" },
	{ "banana", "c" }, { "skip", "d" }, { "order", "e" } };
static int lines[] = { 8, 9, 10, 11, 12 };

static struct conf *conf_with(
    const char *name, const char *plugin, const struct dl_list *extractors)
{
	struct conf *conf = conf_standard();
	struct source *one = conf_bare(conf, name);

	one->plugin = plugin;
	one->file = "sources.d/a.conf";
	one->extractors = extractors;
	return conf;
}

/* The complaints are the caller's. */
static bool settle(
    struct conf *conf, const struct ready *ready, char **complaints)
{
	size_t len;
	FILE *stream = open_memstream(complaints, &len);
	bool fine = conf_settle(conf, ready, stream);

	fclose(stream);
	return fine;
}

static void what_plugins_miss_is_told(void **state)
{
	static const struct {
		const char *plugin, *zone;
		const struct dl_list *extractors;
		size_t n_options;
		const char *complaints;
	} rows[] = {
		{ "vgp", NULL, &both, 0, "" },
		{ "vgp", NULL, NULL, 1, "" },
		{ "feed", "UTC", &both, 0, "" },
		{ "feed", NULL, &both, 0,
		    "sources.d/a.conf: no zone: write zone = "
		    "Asia/Ho_Chi_Minh or its like\n" },
		{ "vna", NULL, &both, 0,
		    "sources.d/a.conf: plugin vna was not loaded\n" },
		{ "old", NULL, &both, 0,
		    "sources.d/a.conf: plugin old: made for ABI 0.9\n" },
		{ "dates", "UTC", &both, 0,
		    "sources.d/a.conf: plugin dates is not a source\n" },
		{ "vgp", NULL, &none, 0,
		    "sources.d/a.conf: plugin none was not loaded\n" },
		{ "vgp", NULL, &bad, 0,
		    "sources.d/a.conf: plugin places: no gazetteer\n" },
		{ "vgp", NULL, &source, 0,
		    "sources.d/a.conf: plugin vgp is not an extractor\n" },
		{ "vgp", "Asia/Hanoi", &both, 0,
		    "sources.d/a.conf: zone = Asia/Hanoi: there is no such "
		    "zone\n" },
		{ "vgp", NULL, &both, 5,
		    "sources.d/a.conf:9: unknown key \"skpi\": did you mean "
		    "\"skip\"?\n"
		    "sources.d/a.conf:10: unknown key \"banana\": see "
		    "datelined.conf(5)\n" },
		{ "feed", "UTC", &bad, 1,
		    "sources.d/a.conf: plugin places: no gazetteer\n"
		    "sources.d/a.conf:8: unknown key \"body\": see "
		    "datelined.conf(5)\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct conf *conf =
		    conf_with("a", rows[i].plugin, rows[i].extractors);
		char *complaints;
		bool fine;

		conf->sources->zone = rows[i].zone;
		conf->sources->options = settings;
		conf->sources->option_lines = lines;
		conf->sources->n_options = rows[i].n_options;
		fine = settle(conf, &loaded, &complaints);
		if (strcmp(complaints, rows[i].complaints) != 0)
			fail_msg("row %zu: %s", i, complaints);
		assert_int_equal(fine, rows[i].complaints[0] == '\0');
		free(complaints);
		conf_free(conf);
	}
}

static void values_are_of_the_kind_that_is_wanted(void **state)
{
	static const struct {
		const char *name, *value, *complaints;
	} rows[] = {
		{ "body", "p", "" },
		{ "body", "p[",
		    "sources.d/a.conf:8: body = p[: want a CSS selector, see "
		    "dom_next() in dateline-plugin(3)\n" },
		{ "skip", "p[", "" },
		{ "limit", "50", "" },
		{ "limit", "many",
		    "sources.d/a.conf:8: limit = many: want a whole number\n" },
		{ "limit", "-1",
		    "sources.d/a.conf:8: limit = -1: want a whole number\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct setting one = { rows[i].name, rows[i].value };
		struct conf *conf = conf_with("a", "vgp", &dates);
		char *complaints;

		conf->sources->options = &one;
		conf->sources->option_lines = lines;
		conf->sources->n_options = 1;
		settle(conf, &loaded, &complaints);
		if (strcmp(complaints, rows[i].complaints) != 0)
			fail_msg("row %zu: %s", i, complaints);
		free(complaints);
		conf_free(conf);
	}
}

static void what_the_source_says_counts_more(void **state)
{
	static const struct {
		const char *plugin, *agency, *zone;
		const char *then_agency, *then_zone;
	} rows[] = {
		{ "vgp", NULL, NULL, "VGP", "Asia/Ho_Chi_Minh" },
		{ "vgp", "Gov", "UTC", "Gov", "UTC" },
		{ "feed", NULL, "UTC", "a", "UTC" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct conf *conf = conf_with("a", rows[i].plugin, &dates);
		char *complaints;

		conf->sources->agency = rows[i].agency;
		conf->sources->zone = rows[i].zone;
		assert_true(settle(conf, &loaded, &complaints));
		assert_string_equal(conf->sources->agency, rows[i].then_agency);
		assert_string_equal(conf->sources->zone, rows[i].then_zone);
		free(complaints);
		conf_free(conf);
	}
}

static void a_worker_that_cannot_work_is_told_of(void **state)
{
	static const struct ready refused = { .refused = "no gazetteer" };
	struct conf *conf = conf_with("a", "vgp", &dates);
	char *complaints, want[256];

	(void)state;
	snprintf(want, sizeof(want), "%s: no gazetteer\n", conf->path);
	assert_false(settle(conf, &refused, &complaints));
	assert_string_equal(complaints, want);
	free(complaints);
	conf_free(conf);
}

static void all_sources_are_settled(void **state)
{
	struct conf *conf = conf_with("a", "vna", &dates);
	struct source *b = conf_bare(conf, "vgp");
	char *complaints;

	(void)state;
	b->extractors = &bad;
	b->enabled = false;
	assert_false(settle(conf, &loaded, &complaints));
	assert_string_equal(complaints,
	    "(built in): plugin places: no gazetteer\n"
	    "sources.d/a.conf: plugin vna was not loaded\n");
	assert_string_equal(b->agency, "VGP");
	free(complaints);
	conf_free(conf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_plugins_miss_is_told),
		cmocka_unit_test(values_are_of_the_kind_that_is_wanted),
		cmocka_unit_test(what_the_source_says_counts_more),
		cmocka_unit_test(a_worker_that_cannot_work_is_told_of),
		cmocka_unit_test(all_sources_are_settled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
