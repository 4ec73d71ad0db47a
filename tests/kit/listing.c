/* What is read out of listings, in HTML and in JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/job.h"

#define BASE "https://news.example/world/"
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct dl_plugin gazette = { .name = "gazette",
	.hints = DL_MONTH_FIRST };

static struct zone *utc;

static int begin(void **state)
{
	(void)state;
	utc = zone_open("UTC");
	return utc == NULL;
}

static int end(void **state)
{
	(void)state;
	zone_close(utc);
	return 0;
}

static void job_begin(struct dl_job *job)
{
	job_init(job);
	job->plugin = &gazette;
	job->zone = utc;
	job->base = BASE;
}

/* A line each: url, title, summary, and the second of publication. */
static const char *found(struct dl_job *job, const char *bytes,
    const char *type, const struct dl_listing *listing)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));
	struct dl_entry *entry = NULL;
	const struct want *want;
	const char *text = "";

	*page = (struct dl_page){ .url = BASE,
		.type = text_or(type, "text/html"),
		.bytes = bytes,
		.len = strlen(bytes) };
	while ((entry = listing_next(job, page, listing, entry)) != NULL)
		text = job_printf(job, "%s%s|%s|%s|%lld\n", text, entry->url,
		    entry->title, text_or(entry->summary, "-"),
		    entry->published != NULL
			? (long long)entry->published->seconds
			: 0);
	for (want = job->wants; want != NULL; want = want->next)
		text = job_printf(
		    job, "%s%d %s\n", text, (int)want->role, want->url);
	return text;
}

struct row {
	struct dl_listing listing;
	const char *bytes, *found;
	const char *type; /* NULL: text/html */
};

static void check(const struct row *rows, size_t n)
{
	const char *text;
	struct dl_job job;
	size_t i;

	for (i = 0; i < n; i++) {
		job_begin(&job);
		text =
		    found(&job, rows[i].bytes, rows[i].type, &rows[i].listing);
		if (strcmp(text, rows[i].found) != 0)
			fail_msg("row %zu:\n%s", i, text);
		if (job.broken)
			fail_msg("row %zu: %s", i, job.reason);
		job_finish(&job);
	}
}

#define A "https://news.example/a"
#define B "https://news.example/world/b"

static void boxes_are_entries(void **state)
{
	static const struct row rows[] = {
		/* The link is the box. */
		{ { .boxes = "li a" },
		    "<ul><li><a href=/a><img src=i></a><a href=/a>Rain &amp; "
		    "wind</a><li><a>none</a><li><a href=b>Sun</a></ul>",
		    A "|Rain & wind|-|0\n" B "|Sun|-|0\n" },
		/* It is in the box, behind a picture. */
		{ { .boxes = "div", .summary = "p" },
		    "<div><a href=/a><img></a><h2><a "
		    "href=/a>Rain</a></h2><p>It "
		    "rained.</div><div><p>none</div>",
		    A "|Rain|It rained.|0\n" },
		{ { .boxes = "div", .link = "a.to", .title = "h2" },
		    "<div><a href=/x>Sport</a><h2>Rain</h2><a class=to href=/a>"
		    "<img></a></div>",
		    A "|Rain|-|0\n" },
		/* A fragment of the page, and what is no address. */
		{ { .boxes = "a" },
		    "<a href='javascript:x()'>X</a><a href=mailto:a@b>M</a>"
		    "<a href=b>Sun</a>",
		    B "|Sun|-|0\n" },
		/* Of a feed the listing says nothing. */
		{ { .boxes = "li a" },
		    "<rss><channel><item><title>Rain</title><link>" A
		    "</link></item></channel></rss>",
		    A "|Rain|-|0\n" },
	};

	(void)state;
	check(rows, COUNT(rows));
}

#define BOX(time) "<p><a href=/a>Rain</a>" time "</p>"
#define TIMED                                                             \
	{                                                                 \
		.boxes = "p", .time = "time, span", .hints = DL_DAY_FIRST \
	}

static void times_are_read_where_they_are_surest(void **state)
{
	static const struct row rows[] = {
		{ TIMED, BOX("<time datetime=2026-09-05T12:00:00Z>5 h</time>"),
		    A "|Rain|-|1788609600\n" },
		{ TIMED,
		    BOX("<span title='9/5/2026 1:00:00 PM'>05/09/2026 "
			"12:00</span>"),
		    A "|Rain|-|1788609600\n" },
		{ TIMED, BOX("<span>Posted at 05/09/2026 12:00, Oslo</span>"),
		    A "|Rain|-|1788609600\n" },
		{ TIMED,
		    BOX("<span title='9/5/2026 12:00:00 PM'>just now"
			"</span>"),
		    A "|Rain|-|1788609600\n" },
		{ TIMED, BOX("<span>just now</span>"), A "|Rain|-|0\n" },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* It is 12:34 UTC on 2026-09-05, or nobody knows when the page came. */
static void what_is_told_from_now_counts_from_the_fetch(void **state)
{
	static const struct dl_listing listing = TIMED;
	static const struct {
		const char *shown;
		int64_t fetched;
		const char *found;
	} rows[] = {
		{ BOX("<span>4 minutes ago</span>"), 1788611640,
		    A "|Rain|-|1788611400\n" },
		{ BOX("<span>3 giờ trước</span>"), 1788611640,
		    A "|Rain|-|1788566400\n" },
		{ BOX("<span title='9/5/2026 12:00:00 PM'>2 giờ trước</span>"),
		    1788611640, A "|Rain|-|1788609600\n" },
		{ BOX("<span>3 giờ trước</span>"), 0, A "|Rain|-|0\n" },
		{ BOX("<span>long ago</span>"), 1788611640, A "|Rain|-|0\n" },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		job_begin(&job);
		job.fetched = rows[i].fetched;
		assert_string_equal(
		    found(&job, rows[i].shown, NULL, &listing), rows[i].found);
		job_finish(&job);
	}
}

static void lists_in_json_are_read(void **state)
{
	static const struct row rows[] = {
		{ { .boxes = "data.list", .summary = "lead", .time = "at" },
		    "{\"data\":{\"list\":[{\"url\":\"/a\",\"title\":\"Rain "
		    "&amp; <b>wind</b>\",\"lead\":\"It rained.\",\"at\":"
		    "1788609600000},{\"url\":\"b\",\"title\":\"Sun\",\"at\":"
		    "1788609600},{\"title\":\"none\"}]}}",
		    A "|Rain & wind|It rained.|1788609600\n" B
		      "|Sun|-|1788609600\n" },
		/* A list that is all there is, in a call of a script. */
		{ { .boxes = "", .link = "to.web", .title = "names" },
		    "show([{\"to\":{\"web\":\"/a\"},\"names\":[\"Rain\","
		    "\"Regen\"]},]);",
		    A "|Rain|-|0\n", "application/javascript" },
		{ { .boxes = "list", .time = "at", .older = "more" },
		    "{\"list\":[{\"url\":\"b\",\"title\":\"Sun\",\"at\":"
		    "\"2026-09-05 12:00\"}],\"more\":\"?page=2\"}",
		    B "|Sun|-|1788609600\n3 " BASE "?page=2\n" },
		/* An empty list is a list. */
		{ { .boxes = "list" }, "{\"list\":[]}", "" },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void older_ones_are_known_where_to_be(void **state)
{
	static const struct row rows[] = {
		{ { .boxes = "li a", .older = "a[rel~=next]" },
		    "<li><a href=/a>Rain</a></li><a rel=next href='?p=2'>2</a>",
		    A "|Rain|-|0\n3 " BASE "?p=2\n" },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* A site that has changed, or a wall, is not a day without news. */
static void a_page_without_boxes_is_no_listing(void **state)
{
	static const struct {
		const char *bytes, *reason;
	} rows[] = {
		{ "<p>Checking your browser", "it has no li" },
		{ "", "it has no li" },
		{ "<ul><li>Rain</ul>", "no link with a title in any li" },
		{ "{\"items\":[]}", "it has no li" },
		{ "{\"li\":[{\"href\":\"/a\"}]}", "no link with a title" },
		{ "{\"li\":", "it has no li" },
	};
	static const struct dl_listing listing = { .boxes = "li" };
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		job_begin(&job);
		assert_string_equal(
		    found(&job, rows[i].bytes, NULL, &listing), "");
		if (!job.broken || !job.not_a_feed ||
		    strstr(job.reason, rows[i].reason) == NULL)
			fail_msg("row %zu: %s", i, text_or(job.reason, "-"));
		job_finish(&job);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boxes_are_entries),
		cmocka_unit_test(times_are_read_where_they_are_surest),
		cmocka_unit_test(what_is_told_from_now_counts_from_the_fetch),
		cmocka_unit_test(lists_in_json_are_read),
		cmocka_unit_test(older_ones_are_known_where_to_be),
		cmocka_unit_test(a_page_without_boxes_is_no_listing),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
