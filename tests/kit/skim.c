/* What a page loses before it is parsed, and what it must keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/limits.h"
#include "core/kit/skim.h"

struct row {
	const char *html, *left;
};

static void check(const struct row *rows, size_t n)
{
	for (; n-- > 0; rows++) {
		struct arena arena = { 0 };
		struct skimmed out =
		    skim_page(&arena, rows->html, strlen(rows->html));

		assert_true(out.len <= strlen(rows->html));
		assert_int_equal(out.len, strlen(out.bytes));
		assert_false(out.deep);
		assert_string_equal(out.bytes, rows->left);
		arena_reset(&arena);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void what_nobody_reads_is_left_out(void **state)
{
	static const struct row rows[] = {
		{ "<p>a<script>b</script>", "<p>a" },
		{ "<STYLE>p > b {}</Style ><p>a", "<p>a" },
		{ "<p>a<!-- b > c -- d --><p>e", "<p>a<p>e" },
		{ "<p><noscript><img src=x></noscript>a", "<p>a" },
		{ "<p><svg><path d=1/><title>b</title></svg>a", "<p>a" },
		{ "<p><svg><svg/><svg></svg></svg>a", "<p>a" },
		{ "<template><p>a<template>b</template></template><p>c",
		    "<p>c" },
		{ "</script></svg></template>a", "a" },
	};

	(void)state;
	CHECK(rows);
}

static void white_space_is_said_once(void **state)
{
	static const struct row rows[] = {
		{ "<p>a  \n\t b </p>\n\n <p>", "<p>a b </p>\n<p>" },
		{ "a <!-- b --> c", "a c" },
		{ "a\n<script>b</script>\n c", "a\nc" },
		{ "<pre>a\n\n  b</pre>  <p>", "<pre>a\n\n  b</pre> <p>" },
		{ "<textarea>a  b</textarea>  c",
		    "<textarea>a  b</textarea> c" },
		{ "<p title='a  b'  >c", "<p title='a  b'  >c" },
	};

	(void)state;
	CHECK(rows);
}

static void the_end_is_where_a_browser_sees_it(void **state)
{
	static const struct row rows[] = {
		/* Attributes may hold anything. */
		{ "<p a=\"<script>\" b='>'>c", "<p a=\"<script>\" b='>'>c" },
		{ "<p a=b>c' d='>'<!-- f -->e", "<p a=b>c' d='>'<!-->e" },
		{ "<script a='>'>b</script>c", "c" },
		{ "<p \"<!-->a", "<p \"<!-->a" },
		{ "<p a = '<style>'>b", "<p a = '<style>'>b" },
		/* Comments end in four ways. */
		{ "<!-->a", "a" },
		{ "<!--->a", "a" },
		{ "<!--a--!>b", "b" },
		{ "<!--!>a-->b", "b" },
		{ "<!---->a-->", "a-->" },
		{ "<p>a<!-- b", "<p>a" },
		/* What looks like one, but is text. */
		{ "<title><!-- a --></title>b", "<title><!-- a --></title>b" },
		{ "<textarea><script>a</textarea>b",
		    "<textarea><script>a</textarea>b" },
		{ "<iframe><p><!--</iframe>a", "<iframe><p><!--</iframe>a" },
		{ "a < b <3 <", "a < b <3 <" },
		{ "<xmp><style></xmp>a", "<xmp><style></xmp>a" },
		{ "<plaintext><!-- a", "<plaintext><!-- a" },
		{ "<title>a  b", "<title>a  b" },
		/* Scripts. */
		{ "<script>'</p>' < 1 </scripts></script>a", "a" },
		{ "<script>a", "" },
		{ "<script/>a</script>b", "b" },
		{ "<script><!-- <script> </script> --></script>a", "a" },
		{ "<script><!-- <script> </script> </script>a", "a" },
		{ "<script><!--></script>a", "a" },
		{ "<script><!-- </script>a", "a" },
		{ "<script><!-- <script>--></script>a", "a" },
		{ "<style>a", "" },
		{ "<style><!-- </style>a --></style>", "a -->" },
		{ "<noscript>a<p>b", "a<p>b" },
		/* <svg> ends where HTML begins. */
		{ "<svg><path><p>a", "<p>a" },
		{ "<div><svg><path></div><p>a", "<div></div><p>a" },
		{ "<svg><foreignObject><p>a</p></foreignObject></svg>b", "b" },
		{ "<svg><![CDATA[</svg>]]><a/></svg>b", "b" },
		{ "<svg><!-- </svg> --></svg>b", "b" },
		{ "<svg/>a", "a" },
		{ "<svg><g>a", "" },
		{ "<template><script></template></script></template>a", "a" },
		/* Declarations. */
		{ "<!DOCTYPE html>\n\n<p>", "<!DOCTYPE html>\n<p>" },
		{ "<?xml a='>'?>b", "<?xml a='>'?>b" },
		{ "</3 a>b", "</3 a>b" },
		{ "<p", "<p" },
		{ "<p a='b", "<p a='b" },
		{ "<script", "<script" },
		{ "", "" },
	};

	(void)state;
	CHECK(rows);
}

static void halves_do_not_join(void **state)
{
	static const struct row rows[] = {
		{ "&am<!-- a -->p;", "&am<!-->p;" },
		{ "<<!-- a -->p>", "<<!-->p>" },
		{ "a<script>b</script>c", "a<!-->c" },
		{ "a<script>b</script><!-- c --> d", "a d" },
		{ "<b>a</b><!-- c -->d", "<b>a</b>d" },
	};

	(void)state;
	CHECK(rows);
}

static void json_ld_is_put_aside(void **state)
{
	static const char html[] =
	    "<script type=\"application/ld+json\">{1}</script>"
	    "<script>{2}</script>"
	    "<script type='application/ld&#x2B;json' id=x>{3}</script>"
	    "<template><script type='application/ld+json'>{4}</script>"
	    "</template><p>a<script type='APPLICATION/LD+JSON'></script>";
	static const char ld[] = "{1}\0{3}\0";
	struct arena arena = { 0 };
	struct skimmed out = skim_page(&arena, html, strlen(html));

	(void)state;
	assert_string_equal(out.bytes, "<p>a");
	assert_int_equal(out.ld_len, sizeof(ld));
	assert_memory_equal(out.ld, ld, sizeof(ld));
	arena_reset(&arena);
}

static bool nests(const char *head, const char *part, size_t times)
{
	struct arena arena = { 0 };
	size_t len = strlen(head) + times * strlen(part);
	char *html = arena_alloc(&arena, len + 1), *at;
	bool deep;

	at = stpcpy(html, head);
	while (times-- > 0)
		at = stpcpy(at, part);
	deep = skim_page(&arena, html, len).deep;
	arena_reset(&arena);
	return deep;
}

static void only_what_nests_counts_as_deep(void **state)
{
	static const struct {
		const char *head, *part;
		bool deep;
	} rows[] = {
		{ "", "<div>", true },
		{ "", "<span>", true },
		{ "", "<font>", true },
		{ "", "<div><table><td></div>", true },
		{ "", "<div><b></div>", false },
		{ "", "<b><div></b>", true },
		{ "", "<custom-tag>", true },
		{ "", "<ul><li>", true },
		{ "", "<span><p></span>", false },
		{ "", "<span><div></span>", true },
		{ "", "<div></div>", false },
		{ "", "<p>a", false },
		{ "", "<p><span>a", false },
		{ "<ul>", "<li>a", false },
		{ "<ul>", "<li><a>b", false },
		{ "<dl>", "<dt>a<dd>b", false },
		{ "<table>", "<tr><td>a", false },
		{ "<table>", "<tr><td><div>a</td>", false },
		{ "<table>", "<td><font>a", false },
		{ "<select>", "<option>a", false },
		{ "", "<br><img><input><hr>", false },
		{ "", "<a href=x>", false },
		{ "", "</div></p></b></table></li>", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (nests(rows[i].head, rows[i].part, LIMIT_DEPTH + 1) !=
		    rows[i].deep)
			fail_msg("%s%s", rows[i].head, rows[i].part);
		assert_false(nests("", rows[i].part, LIMIT_DEPTH / 10));
	}
}

/* 4 MiB of the worst that is known, in a time that no reader notices. */
static void hostile_pages_take_no_time(void **state)
{
	static const char *const parts[] = {
		"<",
		"<!--",
		"<script>",
		"<script><!--<",
		"<svg>",
		"<p a='",
		"<noscript>",
		"</p>",
		"<li>",
		"&",
		"-",
		"<title>",
		"<table><td>",
	};
	clock_t start = clock();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		nests("", parts[i], LIMIT_PAGE / strlen(parts[i]));
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nobody_reads_is_left_out),
		cmocka_unit_test(white_space_is_said_once),
		cmocka_unit_test(the_end_is_where_a_browser_sees_it),
		cmocka_unit_test(halves_do_not_join),
		cmocka_unit_test(json_ld_is_put_aside),
		cmocka_unit_test(only_what_nests_counts_as_deep),
		cmocka_unit_test(hostile_pages_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
