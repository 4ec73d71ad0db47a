/* What pages say of themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/kit/job.h"

#define LD(json) "<script type='application/ld+json'>" json "</script>"

struct row {
	const char *html, *name, *value;
};

static void check(const struct row *rows, size_t n,
    const char *(*ask)(struct dl_job *, const struct dl_page *, const char *))
{
	for (; n-- > 0; rows++) {
		struct dl_page page = { .bytes = rows->html,
			.len = strlen(rows->html) };
		struct dl_job job;
		const char *value;

		job_init(&job);
		value = ask(&job, &page, rows->name);
		if (value == NULL || rows->value == NULL
			? value != rows->value
			: strcmp(value, rows->value) != 0)
			fail_msg("%s of %s is %s", rows->name, rows->html,
			    text_or(value, "nothing"));
		assert_false(job.broken);
		job_finish(&job);
	}
}

#define CHECK(rows, ask) check(rows, sizeof(rows) / sizeof((rows)[0]), ask)

static void a_meta_has_one_of_three_names(void **state)
{
	static const struct row rows[] = {
		{ "<meta property='og:title' content='a'>", "og:title", "a" },
		{ "<meta name=Author content=a>", "author", "a" },
		{ "<meta content=a itemprop=datePublished>", "datePublished",
		    "a" },
		{ "<meta name=x content=''><meta name=x content=' b\n\n c '>",
		    "x", "b c" },
		{ "<meta name=t content='2026-09-05T13:30:56&#x2B;07:00'>", "t",
		    "2026-09-05T13:30:56+07:00" },
		{ "<meta name=\"a'b\" content=c>", "a'b", "c" },
		{ "<body><p>a<meta name=x content=b>", "x", "b" },
		{ "<meta name=x>", "x", NULL },
		{ "<meta name=x content=a>", "y", NULL },
		{ "<meta name=x content=a>", NULL, NULL },
	};

	(void)state;
	CHECK(rows, page_meta);
}

static void json_ld_is_walked_by_a_path(void **state)
{
	static const struct row rows[] = {
		{ LD("{\"a\": \"b\"}"), "a", "b" },
		{ LD("{\"author\": {\"name\": \"An\"}}"), "author.name", "An" },
		{ LD("{\"author\": [{\"name\": \"An\"}, {\"name\": \"Be\"}]}"),
		    "author.name", "An" },
		{ LD("{\"image\": [\"u\", \"v\"]}"), "image", "u" },
		{ LD("[{\"x\": 1}, {\"a\": \"b\"}]"), "a", "b" },
		{ LD("{\"@graph\": [{\"x\": 1}, {\"a\": \"b\"}]}"), "a", "b" },
		{ LD("{\"mainEntity\": {\"a\": \"b\"}}"), "a", "b" },
		{ LD("{\"a\": {\"@value\": \"b\"}}"), "a", "b" },
		{ LD("{\"a\": 12}"), "a", "12" },
		{ LD("{\"a\": {\"b\": \"c\"}}"), "a", NULL },
		{ LD("{\"a\": true}"), "a", NULL },
		{ LD("{\"a\": \" \"}"), "a", NULL },
		{ LD("{\"a\": \"b\"}"), "a.b", NULL },
		{ LD("{\"a\": \"b\"}"), "", NULL },
		{ LD("7"), "a", NULL },
		{ "<p>a", "a", NULL },
		{ LD("{\"a\": \"b\"}"), NULL, NULL },
	};

	(void)state;
	CHECK(rows, page_ld);
}

static void a_story_comes_before_what_is_none(void **state)
{
	static const struct row rows[] = {
		{ LD("{\"@type\": \"WebPage\", \"name\": \"site\"}")
			LD("{\"@type\": \"NewsArticle\", \"name\": \"story\"}"),
		    "name", "story" },
		{ LD("{\"@graph\": [{\"@type\": \"WebPage\", \"name\": \"x\"},"
		     "{\"@type\": [\"ReportageNewsArticle\"],"
		     " \"name\": \"story\"}]}"),
		    "name", "story" },
		{ LD("{\"@type\": \"WebPage\", \"name\": \"site\"}")
			LD("{\"@type\": \"NewsArticle\"}"),
		    "name", "site" },
	};

	(void)state;
	CHECK(rows, page_ld);
}

static void what_sites_write_for_json_is_read(void **state)
{
	static const struct row rows[] = {
		{ LD("{\"d\": \"rain\n\n\tin May\r\n\", \"a\": \"b\"}"), "d",
		    "rain in May" },
		{ LD("{\"a\": \"ch&#237;nh &amp; ph&#7911;\"}"), "a",
		    "ch\xc3\xadnh & ph\xe1\xbb\xa7" },
		{ LD("{\"a\": \"it\\'s\"}"), "a", "it's" },
		{ LD("{\"a\": [\"b\", ], }"), "a", "b" },
		{ LD("{\"a\": \",}\\\"]\"}"), "a", ",}\"]" },
		{ LD("//<![CDATA[\n{\"a\": \"b\"}\n//]]>"), "a", "b" },
		{ LD("<!-- {\"a\": \"b\"} -->"), "a", "b" },
		{ LD("{\"a\": \"b\"};"), "a", "b" },
		{ LD("{\"a\": \"<p>\"}"), "a", "<p>" },
		/* One that cannot be read does not hide the next. */
		{ LD("{\"a\": \"b\" \"c\"}") LD("{\"a\": \"d\"}"), "a", "d" },
		{ LD("{\"a\": \"say \"yes\" now\"}") LD("") LD("{\"a\":\"d\"}"),
		    "a", "d" },
		{ LD("{\"a\": \"b"), "a", NULL },
		{ LD("{\"a\": \"b\\"), "a", NULL },
	};

	(void)state;
	CHECK(rows, page_ld);
}

static void hostile_json_takes_no_stack(void **state)
{
	enum { DEPTH = 100000 };
	struct dl_job job;
	struct dl_page page = { 0 };
	char *text, *at;
	int i;

	(void)state;
	job_init(&job);
	at = text = job_alloc(&job, DEPTH * 10 + 100);
	at = stpcpy(at, "<script type='application/ld+json'>");
	for (i = 0; i < DEPTH; i++)
		at = stpcpy(at, "{\"@graph\":");
	at = stpcpy(at, "</script>");
	page.bytes = text;
	page.len = (size_t)(at - text);
	assert_null(page_ld(&job, &page, "a"));
	job_finish(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_meta_has_one_of_three_names),
		cmocka_unit_test(json_ld_is_walked_by_a_path),
		cmocka_unit_test(a_story_comes_before_what_is_none),
		cmocka_unit_test(what_sites_write_for_json_is_read),
		cmocka_unit_test(hostile_json_takes_no_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
