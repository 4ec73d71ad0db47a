/* What comes of an order, whatever the plugin: hints, refusals, rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/base/slate.h"
#include "core/base/zones.h"
#include "core/kit/decode.h"
#include "core/worker/ledger.h"
#include "core/worker/run.h"

#define FEED                                                                  \
	"<rss><channel><ttl>30</ttl><skipDays><day>Sunday</day></skipDays>"   \
	"<item><title>Rain</title><link>https://news.example/a</link></item>" \
	"</channel></rss>"
#define STORY(head)                                                     \
	"<html><head>" head "</head><body><p>It rained in Hue all day." \
	"</p></body></html>"
#define NO_ARCHIVE "<meta name=robots content=noarchive>"

static enum dl_verdict give_up(struct dl_job *job, const struct dl_page *page)
{
	(void)page;
	return job_fail(job, "not today");
}

/* A listing in HTML, and a feed only where there are no links. */
static enum dl_verdict list(struct dl_job *job, const struct dl_page *page)
{
	const struct dl_node *link = dom_first(job, dom_root(job, page), "a");
	struct dl_entry *entry = entry_new(job);

	if (link == NULL)
		return feed_discover(job, page);
	entry->url = dom_url(job, link, "href");
	entry_add(job, entry);
	return DL_DONE;
}

/* Twenty entries with a text of a megabyte each. */
static enum dl_verdict list_much(struct dl_job *job, const struct dl_page *page)
{
	char *html = job_alloc(job, ((size_t)1 << 20) + 1);
	int i;

	(void)page;
	memset(html, 'a', (size_t)1 << 20);
	for (i = 0; i < 20; i++) {
		struct dl_entry *entry = entry_new(job);

		entry->url = job_printf(job, "/%d", i);
		entry->html = html;
		entry_add(job, entry);
	}
	return DL_DONE;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	record_set(job, record, DL_TEXT,
	    dom_text(job, dom_first(job, dom_root(job, page), "p")),
	    DL_FROM_PAGE, "p");
	return DL_DONE;
}

static const char *key(struct dl_job *job, const char *url)
{
	const char *slash = strrchr(url, '/');

	/* A key may depend on an option. */
	return strcmp(job_option(job, "keyed"), "yes") == 0
	    ? job_copy(job, slash + 1, strlen(slash + 1))
	    : NULL;
}

/* Two records of one page. */
static enum dl_verdict extract_two(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	record_set(job, record_more(job, "second"), DL_TEXT, "It thundered.",
	    DL_FROM_PAGE, "p");
	return extract(job, page, record);
}

/* It takes all away, and then it finds that it cannot go on. */
static enum dl_verdict transform_half(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)page;
	record_clear(job, record, DL_TEXT, "all of it");
	record_author(job, record, "Nobody");
	return job_fail(job, "no more");
}

/* The text again and again, each time another one. */
static enum dl_verdict transform_long(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	char *text = job_alloc(job, ((size_t)1 << 20) + 1);
	int i;

	(void)page;
	memset(text, 'a', (size_t)1 << 20);
	for (i = 0; i < 20; i++) {
		text[0] = (char)('a' + i);
		record_set(job, record, DL_TEXT,
		    job_copy(job, text, (size_t)1 << 20), DL_FROM_RULE, "a");
	}
	return DL_DONE;
}

static const struct dl_option options[] = {
	{ "keyed", DL_TEXT_OPTION, "no", "Whether its addresses have keys." },
	{ "name", DL_SELECTOR_OPTION, NULL, "Where the name is." },
	{ "body", DL_SELECTOR_OPTION, NULL, "Where the story is." },
	{ NULL },
};

static const struct dl_plugin keyed = { .name = "keyed",
	.version = "1",
	.zone = "UTC",
	.options = options,
	.key = key,
	.discover = feed_discover,
	.extract = extract },
			      two = { .name = "two",
				      .version = "1",
				      .zone = "UTC",
				      .discover = feed_discover,
				      .extract = extract_two },
			      half = { .name = "half",
				      .version = "1",
				      .transform = transform_half },
			      longer = { .name = "longer",
				      .version = "1",
				      .transform = transform_long };

/* A NUL too many, behind what has all that it should have. */
static enum dl_verdict overrun(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	char *text = job_alloc(job, 5);

	memcpy(text, "hello", 5);
	text[5] = '\0';
	return extract(job, page, record);
}

static enum dl_verdict take_all(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)page;
	(void)record;
	for (;;)
		job_alloc(job, LIMIT_WORKER_MEMORY / 4);
	return DL_DONE;
}

static const struct dl_plugin feed = { .name = "feed",
	.version = "1",
	.zone = "UTC",
	.discover = feed_discover,
	.extract = extract },
			      listing = { .name = "listing",
				      .version = "1",
				      .zone = "UTC",
				      .discover = list,
				      .extract = extract },
			      heavy = { .name = "heavy",
				      .version = "1",
				      .zone = "UTC",
				      .discover = list_much,
				      .extract = extract },
			      failing = { .name = "failing",
				      .version = "1",
				      .zone = "UTC",
				      .discover = give_up,
				      .extract = extract },
			      overrunning = { .name = "overrunning",
				      .version = "1",
				      .zone = "UTC",
				      .discover = feed_discover,
				      .extract = overrun },
			      greedy = { .name = "greedy",
				      .version = "1",
				      .zone = "UTC",
				      .discover = feed_discover,
				      .extract = take_all };

static struct ledger ledger; /* as all tests here need them */
static struct tools tools;
static struct arena arena;
static struct buf message;

static int tools_make(void **state)
{
	static const struct dl_plugin *loaded[] = { &feed, &listing, &heavy,
		&failing, &keyed, &two, &half, &longer, &overrunning, &greedy };
	const char *why;

	(void)state;
	tools.plugins.loaded = loaded;
	tools.plugins.n_loaded = sizeof(loaded) / sizeof(loaded[0]);
	tools.zones = zones_open();
	tools.ledger = &ledger; /* it knows none of them */
	tools.slate = slate_take(-1);
	return decode_prepare(&tools.decoder, &why) ? 0 : -1;
}

static int tools_drop(void **state)
{
	(void)state;
	slate_drop(tools.slate);
	decode_close(tools.decoder);
	zones_close(tools.zones);
	buf_free(&message);
	return 0;
}

static int tidy(void **state)
{
	(void)state;
	arena_reset(&arena);
	return 0;
}

/* Of an order after which the worker goes on, or does not. */
static struct result result_then(const struct order *order, bool goes_on)
{
	struct result result;

	message.len = 0;
	assert_int_equal(run_order(&tools, order, &message), goes_on);
	assert_true(message_get_result(&arena, message.bytes + MESSAGE_HEAD,
	    message.len - MESSAGE_HEAD, &result));
	return result;
}

static struct result result_of(const struct order *order)
{
	return result_then(order, true);
}

static struct result run_at(const char *url, enum task_kind task,
    const char *plugin, const char *bytes, const char *robots)
{
	const struct dl_entry entry = { .id = "news:1" };
	const struct order_page page = { .url = url,
		.bytes = bytes,
		.len = strlen(bytes),
		.status = 200,
		.fetched = 1730980800 };
	const struct order order = { .task = task,
		.source = "news",
		.plugin = plugin,
		.robots = robots,
		.pages = &page,
		.n_pages = 1,
		.entry = &entry };

	return result_of(&order);
}

static struct result run(enum task_kind task, const char *plugin,
    const char *bytes, const char *robots)
{
	return run_at("https://news.example/a", task, plugin, bytes, robots);
}

static const struct order_page story = { .url = "https://news.example/a",
	.bytes = STORY("<title>x</title>"),
	.len = sizeof(STORY("<title>x</title>")) - 1 };

#define TEXT_STEP                                                       \
	"\"from\":\"page\",\"how\":\"p\",\"value\":\"It rained in Hue " \
	"all day.\","

static void it_is_told_how_a_field_came_about(void **state)
{
	const struct dl_moment day = { .seconds = 1767225600,
		.precision = DL_DAY,
		.from = DL_FROM_FEED,
		.zone = DL_ZONE_EXPLICIT,
		.raw = "2026-01-01" };
	const struct dl_entry entry = {
		.id = "news:1", .author = "An Roe", .published = &day
	};
	struct order order = { .task = TASK_EXTRACT,
		.source = "news",
		.plugin = "feed",
		.pages = &story,
		.n_pages = 1,
		.entry = &entry };

	(void)state;
	assert_null(result_of(&order).records[0].trace);
	order.explain = true;
	assert_string_equal(result_of(&order).records[0].trace,
	    "[{\"field\":\"id\",\"by\":\"feed\",\"from\":\"feed\",\"how\":"
	    "\"id of the entry\",\"value\":\"news:1\",\"taken\":true},"
	    "{\"field\":\"authors\",\"by\":\"feed\",\"from\":\"feed\",\"how\":"
	    "\"entry\",\"value\":\"An Roe\",\"taken\":true},"
	    "{\"field\":\"published\",\"by\":\"feed\",\"from\":\"feed\","
	    "\"how\":\"entry\",\"value\":\"2026-01-01\",\"moment\":"
	    "\"2026-01-01T00:00:00+00:00\",\"zone\":\"explicit\",\"precision\":"
	    "\"day\","
	    "\"taken\":true},"
	    "{\"field\":\"text\",\"by\":\"feed\"," TEXT_STEP "\"taken\":true},"
	    "{\"field\":\"url\",\"by\":\"feed\",\"from\":\"url\",\"how\":"
	    "\"fetched\",\"value\":\"https://news.example/a\","
	    "\"taken\":true}]");
}

/* Also when an extractor was the last that had its turn. */
static void it_is_told_how_an_id_came_about(void **state)
{
	static const struct dl_list extractors = { .text = "half" };
	static const struct setting yes = { "keyed", "yes" };
	static const struct {
		const char *plugin, *id, *url;
		size_t n_options;
		const char *told;
	} rows[] = {
		{ "keyed", NULL, NULL, 1,
		    "\"by\":\"keyed\",\"from\":\"url\",\"how\":\"key of the "
		    "address\",\"value\":\"keyed:a\"" },
		{ "keyed", "keyed:b", "https://news.example/b", 1,
		    "\"by\":\"keyed\",\"from\":\"url\",\"how\":\"key of the "
		    "address\",\"value\":\"keyed:b\"" },
		{ "keyed", "keyed:7", "https://news.example/b", 0,
		    "\"by\":\"keyed\",\"from\":\"feed\",\"how\":\"id of the "
		    "entry\",\"value\":\"keyed:7\"" },
		{ "feed", NULL, NULL, 0,
		    "\"by\":\"feed\",\"from\":\"url\",\"how\":\"the address "
		    "itself\",\"value\":\"news:https://news.example/a\"" },
		{ "feed", "news:https://news.example/b",
		    "https://news.example/b", 0,
		    "\"by\":\"feed\",\"from\":\"url\",\"how\":\"the address "
		    "itself\",\"value\":\"news:https://news.example/b\"" },
	};
	struct result result;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct dl_entry entry = { .id = rows[i].id,
			.url = rows[i].url };
		const struct order order = { .task = TASK_EXTRACT,
			.source = "news",
			.plugin = rows[i].plugin,
			.extractors = &extractors,
			.options = &yes,
			.n_options = rows[i].n_options,
			.pages = &story,
			.n_pages = 1,
			.entry = &entry,
			.explain = true };

		result = result_of(&order);
		assert_int_equal(result.verdict, DL_DONE);
		assert_non_null(strstr(result.records[0].trace, rows[i].told));
	}
}

static void each_record_of_a_page_is_explained(void **state)
{
	const struct dl_entry entry = { .id = "news:1" };
	const struct order order = { .task = TASK_EXTRACT,
		.source = "news",
		.plugin = "two",
		.pages = &story,
		.n_pages = 1,
		.entry = &entry,
		.explain = true };
	struct result result = result_of(&order);

	(void)state;
	assert_int_equal(result.n_records, 2);
	assert_non_null(strstr(result.records[0].trace, TEXT_STEP));
	assert_null(strstr(result.records[0].trace, "thundered"));
	assert_non_null(strstr(result.records[1].trace,
	    "\"how\":\"key of the record\",\"value\":\"two:second\""));
	assert_non_null(strstr(result.records[1].trace, "thundered"));
}

static void what_a_failed_extractor_did_is_told_as_undone(void **state)
{
	static const struct dl_list extractors = { .text = "half" };
	const struct dl_entry entry = { .id = "news:1" };
	const struct order order = { .task = TASK_EXTRACT,
		.source = "news",
		.plugin = "feed",
		.extractors = &extractors,
		.pages = &story,
		.n_pages = 1,
		.entry = &entry,
		.explain = true };
	struct result result = result_of(&order);

	(void)state;
	assert_int_equal(result.n_records, 1);
	assert_non_null(strstr(result.records[0].json, "\"text\":\"It rained"));
	assert_null(strstr(result.records[0].json, "Nobody"));
	assert_non_null(strstr(result.records[0].trace,
	    "{\"field\":\"text\",\"by\":\"half\",\"from\":\"rule\",\"how\":"
	    "\"all of it\",\"value\":null,\"taken\":false,\"why\":\"half "
	    "failed\"},"
	    "{\"field\":\"authors\",\"by\":\"half\",\"value\":\"Nobody\","
	    "\"taken\":false,\"why\":\"half failed\"},"
	    "{\"field\":\"quality\",\"by\":\"half\",\"value\":"
	    "\"half-failed: no more\",\"taken\":true}"));
}

/* Of those that the source's .conf gives; one that is none breaks nothing. */
static void it_is_told_what_selectors_of_options_find(void **state)
{
	static const struct setting given[] = {
		{ "keyed", "no" },
		{ "name", "h1, .name" },
		{ "body", "p" },
		{ "tone", "old" },
		{ "body", "p[" },
	};
	const struct dl_entry entry = { .id = "news:1" };
	struct order_page pages[2] = { story, story };
	const struct order order = { .task = TASK_EXTRACT,
		.source = "news",
		.plugin = "keyed",
		.options = given,
		.n_options = sizeof(given) / sizeof(given[0]),
		.pages = pages,
		.n_pages = 2,
		.entry = &entry,
		.explain = true };
	struct result result = result_of(&order);

	(void)state;
	assert_int_equal(result.verdict, DL_DONE);
	assert_non_null(strstr(result.records[0].trace,
	    "\"taken\":true},"
	    "{\"field\":\"options\",\"key\":\"name\",\"value\":\"h1, "
	    ".name\",\"found\":0},"
	    "{\"field\":\"options\",\"key\":\"body\",\"value\":\"p\",\"found\":"
	    "2},"
	    "{\"field\":\"options\",\"key\":\"body\",\"value\":\"p[\","
	    "\"found\":0}]"));
}

/* The record comes all the same. */
static void a_trace_that_does_not_fit_is_left_out(void **state)
{
	static const struct dl_list extractors = { .text = "longer" };
	const struct dl_entry entry = { .id = "news:1" };
	const struct order order = { .task = TASK_EXTRACT,
		.source = "news",
		.plugin = "feed",
		.extractors = &extractors,
		.pages = &story,
		.n_pages = 1,
		.entry = &entry,
		.explain = true };
	struct result result = result_of(&order);

	(void)state;
	assert_int_equal(result.n_records, 1);
	assert_null(result.records[0].trace);
	assert_in_range(message.len, 1 << 20, 2 << 20);
}

static void hints_come_with_the_entries(void **state)
{
	struct result result = run(TASK_DISCOVER, "feed", FEED, NULL);

	(void)state;
	assert_int_equal(result.verdict, DL_DONE);
	assert_int_equal(result.n_entries, 1);
	assert_int_equal(result.hints.ttl, 30 * 60 * 1000);
	assert_int_equal(result.hints.skip_hours, 0);
	assert_int_equal(result.hints.skip_days, 1);
	assert_false(result.not_a_feed);
}

static void no_feed_is_told_apart_from_a_plugin_that_fails(void **state)
{
	static const struct {
		const char *plugin, *bytes;
		enum dl_verdict verdict;
		bool not_a_feed;
	} rows[] = {
		{ "feed", FEED, DL_DONE, false },
		{ "feed", "<!DOCTYPE html><html><p>Sorry", DL_FAIL, true },
		{ "feed", "Sorry.", DL_FAIL, true },
		{ "feed", "", DL_FAIL, false }, /* it is nothing at all */
		{ "failing", FEED, DL_FAIL, false },
		{ "failing", "<html><p>Sorry", DL_FAIL, false },
		{ "listing", "<html><a href='/b'>Rain</a>", DL_DONE, false },
		{ "listing", "<html><p>Sorry", DL_FAIL, true },
		{ "none", "<html><p>Sorry", DL_FAIL, false },
	};
	struct result result;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		result =
		    run(TASK_DISCOVER, rows[i].plugin, rows[i].bytes, NULL);
		if (result.verdict != rows[i].verdict ||
		    result.not_a_feed != rows[i].not_a_feed)
			fail_msg("row %zu: verdict %d, not a feed %d, %s", i,
			    result.verdict, result.not_a_feed,
			    text_or(result.reason, "-"));
		assert_true(result.verdict == DL_DONE || result.hints.ttl == 0);
	}
}

static void what_robots_said_is_among_the_rights(void **state)
{
	static const char checked[] = "\"checked\":\"2024-11-07T12:00:00Z\"}";
	struct result result;
	const char *json;

	(void)state;
	result = run(TASK_EXTRACT, "feed", STORY(""), "allowed");
	assert_int_equal(result.n_records, 1);
	json = strstr(
	    result.records[0].json, "\"rights\":{\"robots\":\"allowed\",");
	assert_non_null(json);
	assert_non_null(strstr(json, checked));

	result = run(TASK_EXTRACT, "feed", STORY(NO_ARCHIVE), "allowed");
	assert_non_null(strstr(result.records[0].json,
	    "\"rights\":{\"robots\":\"allowed\",\"meta\":\"noarchive\","));

	result = run(TASK_EXTRACT, "feed", STORY(NO_ARCHIVE), NULL);
	assert_non_null(strstr(
	    result.records[0].json, "\"rights\":{\"meta\":\"noarchive\","));

	result = run(TASK_EXTRACT, "feed", STORY(""), NULL);
	assert_int_equal(result.n_records, 1);
	assert_null(strstr(result.records[0].json, "\"rights\""));
}

/* One message must carry the result, whatever the feed. */
static void what_does_not_fit_is_left_out(void **state)
{
	enum { TOO_MANY = 60000, LONG = 3000 };
	static const char one[] = "<item><link>b</link></item>";
	char *url = arena_alloc(&arena, LONG + 40), *at;
	char *bytes = arena_alloc(&arena, TOO_MANY * sizeof(one) + 40);
	struct result result;
	int i;

	(void)state;
	at = stpcpy(bytes, "<rss><channel>");
	for (i = 0; i < TOO_MANY; i++)
		at = stpcpy(at, one);
	strcpy(at, "</channel></rss>");

	result = run(TASK_DISCOVER, "feed", bytes, NULL);
	assert_int_equal(result.verdict, DL_DONE);
	assert_int_equal(result.n_entries, LIMIT_ENTRIES);

	memset(stpcpy(url, "https://news.example/"), 'x', LONG);
	strcat(url, "/");
	result = run_at(url, TASK_DISCOVER, "feed", bytes, NULL);
	assert_int_equal(result.verdict, DL_DONE);
	assert_in_range(result.n_entries, 2000, LIMIT_ENTRIES);
	assert_in_range(message.len, LIMIT_MESSAGE / 2, LIMIT_MESSAGE);

	result = run(TASK_DISCOVER, "heavy", "x", NULL);
	assert_int_equal(result.verdict, DL_DONE);
	assert_int_equal(result.n_entries, 20);
	assert_non_null(result.entries[14]->html);
	assert_null(result.entries[15]->html);
	assert_null(result.entries[19]->html);
	assert_in_range(message.len, LIMIT_MESSAGE / 2, LIMIT_MESSAGE);
}

/* Who has spoilt the process is told, and it takes no other order. */
static void a_worker_that_is_spoilt_leaves(void **state)
{
	static const struct {
		const char *plugin, *reason;
	} rows[] = {
		{ "overrunning",
		    "plugin overrunning: it wrote beyond 5 bytes that it had "
		    "from job_alloc()" },
		{ "greedy",
		    "plugin greedy: it took more memory than a worker may "
		    "have" },
	};
	const struct dl_entry entry = { .id = "news:1" };
	const struct order_page page = { .url = "https://news.example/a",
		.bytes = STORY(""),
		.len = strlen(STORY("")) };
	struct order order = { .task = TASK_EXTRACT,
		.number = 77,
		.source = "news",
		.pages = &page,
		.n_pages = 1,
		.entry = &entry };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct result result;

		order.plugin = rows[i].plugin;
		result = result_then(&order, false);
		assert_int_equal(result.verdict, DL_FAIL);
		assert_int_equal(result.number, 77);
		assert_true(result.last);
		assert_string_equal(result.reason, rows[i].reason);
		assert_int_equal(result.n_records, 0);
		assert_int_equal(result.n_litter, 1);
		assert_string_equal(result.litter[0].plugin, rows[i].plugin);
		assert_true(result.litter[0].spoilt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
		    it_is_told_how_a_field_came_about, tidy),
		cmocka_unit_test_teardown(
		    it_is_told_how_an_id_came_about, tidy),
		cmocka_unit_test_teardown(
		    each_record_of_a_page_is_explained, tidy),
		cmocka_unit_test_teardown(
		    what_a_failed_extractor_did_is_told_as_undone, tidy),
		cmocka_unit_test_teardown(
		    it_is_told_what_selectors_of_options_find, tidy),
		cmocka_unit_test_teardown(
		    a_trace_that_does_not_fit_is_left_out, tidy),
		cmocka_unit_test_teardown(hints_come_with_the_entries, tidy),
		cmocka_unit_test_teardown(
		    no_feed_is_told_apart_from_a_plugin_that_fails, tidy),
		cmocka_unit_test_teardown(what_does_not_fit_is_left_out, tidy),
		cmocka_unit_test_teardown(
		    what_robots_said_is_among_the_rights, tidy),
		cmocka_unit_test_teardown(a_worker_that_is_spoilt_leaves, tidy),
	};

	return cmocka_run_group_tests(tests, tools_make, tools_drop);
}
