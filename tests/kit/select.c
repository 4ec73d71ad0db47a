/* Which elements a selector finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/kit/job.h"

static const struct dl_node *html(struct dl_job *job, const char *bytes)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));

	page->bytes = bytes;
	page->len = strlen(bytes);
	return dom_root(job, page);
}

/* How many elements a selector finds, and the text of the last; -1 where it
   does not parse. */
static int find(const char *selector, const char *bytes, char last[64])
{
	const struct dl_node *root, *node = NULL;
	struct dl_job job;
	int n;

	job_init(&job);
	root = html(&job, bytes);
	strcpy(last, "");
	for (n = 0; (node = dom_next(&job, root, selector, node)) != NULL; n++)
		snprintf(last, 64, "%s", text_or(dom_text(&job, node), ""));
	if (job.broken)
		n = -1;
	job_finish(&job);
	return n;
}

struct row {
	const char *selector, *html;
	int found;
	const char *last;
};

static void check(const struct row *rows, size_t n)
{
	char last[64];

	for (; n-- > 0; rows++) {
		int found = find(rows->selector, rows->html, last);

		if (found != rows->found || strcmp(last, rows->last) != 0)
			fail_msg("%s in %s: %d, %s", rows->selector, rows->html,
			    found, last);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void selectors_find_what_css_says(void **state)
{
	static const struct row rows[] = {
		{ "p", "<p>a<p>b", 2, "b" },
		{ "P", "<p>a", 1, "a" },
		{ "*", "<p>a", 3, "a" },
		{ "p, b", "<p>a <b>c</b>", 2, "c" },
		{ " p\n,\tb ", "<p>a <b>c</b>", 2, "c" },
		{ ".x.y", "<p class='y z x'>a<p class='x'>b", 1, "a" },
		{ ".x", "<p class=xy>a", 0, "" },
		{ "#a", "<p id=a>a<p id=ab>b", 1, "a" },
		{ "p#a.b[c]", "<p id=a class=b c>a<p id=a class=b>b", 1, "a" },
		{ "custom-tag", "<custom-tag>a</custom-tag><custom-tags>b", 1,
		    "a" },
		{ "time", "<time>a</time>", 1, "a" },
		{ "template, script, style", "<script>1</script><style>", 0,
		    "" },
	};

	(void)state;
	CHECK(rows);
}

static void attributes_are_compared_in_five_ways(void **state)
{
	static const struct row rows[] = {
		{ "[href]", "<a href=''>a</a><a>b", 1, "a" },
		{ "[href^='/n/']", "<a href=/n/1>a</a><a href=/m/n/>b</a>", 1,
		    "a" },
		{ "[href$=\".vnp\"]", "<a href=1.vnp>a</a><a href=.vnpx>b</a>",
		    1, "a" },
		{ "[href*=post]", "<a href=xposty>a</a><a href=pst>b</a>", 1,
		    "a" },
		{ "a[rel~=author]", "<a rel='author me'>a</a><a rel=authors>b",
		    1, "a" },
		{ "[ type = 'x y' ]", "<i type='x y'>a</i><i type=x>b", 1,
		    "a" },
		{ "[t='&<']", "<i t='&amp;&lt;'>a", 1, "a" },
		{ "[t^='']", "<i t=x>a", 0, "" },
		{ "[t$='']", "<i t=x>a", 0, "" },
		{ "[t*='']", "<i t=x>a", 0, "" },
		{ "[t~='']", "<i t=x>a", 0, "" },
		{ "[t='']", "<i t>a", 1, "a" },
		{ "[data-role=title]", "<h1 DATA-ROLE=title>a", 1, "a" },
	};

	(void)state;
	CHECK(rows);
}

static void combinators_look_upwards(void **state)
{
	static const struct row rows[] = {
		{ "div p", "<div><i><p>a</p></i></div><p>b", 1, "a" },
		{ "div > p", "<div><i><p>a</p></i><p>b</div>", 1, "b" },
		{ "div>p", "<div><p>b", 1, "b" },
		{ "section article > p b", "<section><article><p><i><b>a", 1,
		    "a" },
		/* The nearest .x has no .w above it, the next one has. */
		{ ".w > .x b", "<div class=w><div class=x><p><i class=x><b>a",
		    1, "a" },
		{ ".v .w > .x > .y b",
		    "<div class=v><div class=w><div class=x><div class=y>"
		    "<div class=x><div class=y><b>a",
		    1, "a" },
		{ ".w > .x b", "<div class=w><p><i class=x><b>a", 0, "" },
		{ "html > body", "<p>a", 1, "a" },
		{ "x > html", "<p>a", 0, "" },
	};

	(void)state;
	CHECK(rows);
}

static void not_takes_a_list(void **state)
{
	static const struct row rows[] = {
		{ "p:not(.ad)", "<p class=ad>a<p>b", 1, "b" },
		{ "p:not(.ad, .box)", "<p class=ad>a<p class=box>b<p>c", 1,
		    "c" },
		{ "p:not(.a.b)", "<p class='a b'>a<p class=a>b", 1, "b" },
		{ "p:not([id]):not(.x)", "<p id=1>a<p class=x>b<p>c", 1, "c" },
		{ "body :not(p)", "<p>a<b>c", 1, "c" },
		{ "div > p:not( .x ).y", "<div><p class='x y'>a<p class=y>b", 1,
		    "b" },
	};

	(void)state;
	CHECK(rows);
}

static void what_is_no_selector_breaks_the_job(void **state)
{
	static const struct row rows[] = {
		{ "", "<p>a", -1, "" },
		{ "p >", "<p>a", -1, "" },
		{ "> p", "<p>a", -1, "" },
		{ "p > > b", "<p>a", -1, "" },
		{ "p,", "<p>a", -1, "" },
		{ "p[", "<p>a", -1, "" },
		{ "p[a='b]", "<p>a", -1, "" },
		{ "p[a=]", "<p>a", -1, "" },
		{ "p + b", "<p>a", -1, "" },
		{ "p:first-child", "<p>a", -1, "" },
		{ "p:not()", "<p>a", -1, "" },
		{ "p:not(b c)", "<p>a", -1, "" },
		{ "p:not(:not(b))", "<p>a", -1, "" },
		{ ".", "<p>a", -1, "" },
		{ "p}", "<p>a", -1, "" },
	};

	(void)state;
	CHECK(rows);
}

/* A selector of which every way up fails late must not try them all: with
   backtracking this takes the depth to the power of ten. */
static void a_deep_page_takes_no_time(void **state)
{
	enum { DEPTH = 1000 };
	static const char selector[] =
	    "u .x .x .x .x .x .x .x > .x .x .x > .x b";
	struct dl_job job;
	clock_t start = clock();
	char *bytes, *at;
	int i;

	(void)state;
	job_init(&job);
	at = bytes = job_alloc(&job, DEPTH * 32);
	for (i = 0; i < DEPTH; i++)
		at = stpcpy(at, "<div class=x>");
	strcpy(at, "<b>a");
	assert_null(dom_first(&job, html(&job, bytes), selector));
	assert_false(job.broken);
	assert_true(clock() - start < CLOCKS_PER_SEC);
	job_finish(&job);
}

static void a_selector_may_be_gone_after_the_call(void **state)
{
	struct dl_job job;
	const struct dl_node *root;
	char selector[] = "p";

	(void)state;
	job_init(&job);
	root = html(&job, "<p>a</p><b>c</b>");
	assert_string_equal(
	    dom_text(&job, dom_first(&job, root, selector)), "a");
	*selector = 'b';
	assert_string_equal(
	    dom_text(&job, dom_first(&job, root, selector)), "c");
	job_finish(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selectors_find_what_css_says),
		cmocka_unit_test(attributes_are_compared_in_five_ways),
		cmocka_unit_test(combinators_look_upwards),
		cmocka_unit_test(not_takes_a_list),
		cmocka_unit_test(what_is_no_selector_breaks_the_job),
		cmocka_unit_test(a_deep_page_takes_no_time),
		cmocka_unit_test(a_selector_may_be_gone_after_the_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
