/* Addresses: joined by RFC 3986, compared, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/url.h"

static void check(const char *found, const char *expected)
{
	if (expected == NULL) {
		assert_null(found);
	} else {
		assert_non_null(found);
		assert_string_equal(found, expected);
	}
}

static void a_reference_is_joined_as_the_standard_says(void **state)
{
	/* The examples of RFC 3986, 5.4, without those that are not web. */
	static const char *const cases[][2] = {
		{ "g", "http://a/b/c/g" },
		{ "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" },
		{ "//g", "http://g/" },
		{ "?y", "http://a/b/c/d;p?y" },
		{ "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q#s" },
		{ "g#s", "http://a/b/c/g#s" },
		{ "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" },
		{ "", "http://a/b/c/d;p?q" },
		{ ".", "http://a/b/c/" },
		{ "..", "http://a/b/" },
		{ "../g", "http://a/b/g" },
		{ "../..", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../../g", "http://a/g" },
		{ "/./g", "http://a/g" },
		{ "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." },
		{ "..g", "http://a/b/c/..g" },
		{ "./../g", "http://a/b/g" },
		{ "g/./h", "http://a/b/c/g/h" },
		{ "g/../h", "http://a/b/c/h" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/../x", "http://a/b/c/g?y/../x" },
		{ "https://h/i", "https://h/i" },
		{ "g:h", NULL },
		{ "http:g", NULL },
	};
	struct arena arena = { .limit = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(url_join(&arena, "http://a/b/c/d;p?q", cases[i][0]),
		    cases[i][1]);
	arena_reset(&arena);
}

static void what_browsers_forgive_is_forgiven(void **state)
{
	static const char *const cases[][2] = {
		{ "  /a b\n", "https://news.example/a%20b" },
		{ "/a\n/b", "https://news.example/a/b" },
		{ "\\a\\b?c\\d", "https://news.example/a/b?c%5Cd" },
		{ "/tin-\xc3\xa1?q=\xc4\x91",
		    "https://news.example/tin-%C3%A1?q=%C4%91" },
		{ "/a%20b%C3%A1", "https://news.example/a%20b%C3%A1" },
		{ "/<a>\"b\"", "https://news.example/%3Ca%3E%22b%22" },
		{ "HTTP://WWW.Example:80/A", "http://www.example/A" },
		{ "https://h.example:8443", "https://h.example:8443/" },
		{ "https://h.example?a=1", "https://h.example/?a=1" },
		{ "//cdn.example/x.jpg", "https://cdn.example/x.jpg" },
		{ "mailto:desk@news.example", NULL },
		{ "javascript:void(0)", NULL },
		{ "data:image/png;base64,AAAA", NULL },
		{ "ftp://h.example/", NULL },
		{ "https:///a", NULL },
		{ "https://h .example/", NULL },
		{ "https://h.example:99999/", NULL },
		{ "https://h.example:8a/", NULL },
	};
	struct arena arena = { .limit = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(url_join(&arena, "https://news.example", cases[i][0]),
		    cases[i][1]);
	arena_reset(&arena);
}

static void without_a_base_only_whole_addresses_count(void **state)
{
	struct arena arena = { .limit = 0 };

	(void)state;
	check(url_join(&arena, NULL, "https://a.example/b"),
	    "https://a.example/b");
	check(url_join(&arena, NULL, "/b"), NULL);
	check(url_join(&arena, "page.html", "/b"), NULL);
	check(url_join(&arena, "file:///etc/passwd", "shadow"), NULL);
	check(url_join(&arena, "https://a.example/", NULL), NULL);
	arena_reset(&arena);
}

static void the_host_is_what_a_fetch_would_ask(void **state)
{
	static const char *const cases[][2] = {
		{ "https://En.News.Example/a", "en.news.example" },
		{ "http://news.example:8080?q", "news.example" },
		{ "http://me:secret@news.example/", "news.example" },
		{ "http://good.example@evil.example/", "evil.example" },
		{ "http://[::1]:80/", "[::1]" },
		{ "http://127.0.0.1/", "127.0.0.1" },
		{ "http://news.example#@other.example", "news.example" },
		{ "http://good.example\\@evil.example/", NULL },
		{ "http://a@b@c.example/", NULL },
		{ "http://%61.example/", NULL },
		{ "http:///a", NULL },
		{ "news.example", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};
	struct arena arena = { .limit = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check(url_host(&arena, cases[i][0]), cases[i][1]);
		assert_true(url_is_web(cases[i][0]) == (cases[i][1] != NULL));
	}
	arena_reset(&arena);
}

static void who_sent_the_reader_is_no_part_of_an_address(void **state)
{
	static const char *const cases[][2] = {
		{ "https://a.example/b?utm_source=rss&id=7&UTM_medium=x#top",
		    "https://a.example/b?id=7" },
		{ "https://a.example/b?fbclid=1&gclid=2",
		    "https://a.example/b" },
		{ "https://a.example/b?", "https://a.example/b" },
		{ "https://a.example/b?utm=1&gclid2=3",
		    "https://a.example/b?utm=1&gclid2=3" },
		{ "https://a.example/b?x&&y=1&", "https://a.example/b?x&y=1" },
		{ "HTTPS://A.Example:443", "https://a.example/" },
		{ "http://a.example:443/B", "http://a.example:443/B" },
		{ "http://a.example:/", "http://a.example/" },
		{ "mailto:a@b.example", NULL },
	};
	struct arena arena = { .limit = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(url_strip(&arena, cases[i][0]), cases[i][1]);
	arena_reset(&arena);
}

/* A password is for the host alone. */
static void what_is_shown_has_no_password(void **state)
{
	static const char *const cases[][2] = {
		{ "https://a.example/b?c#d", "https://a.example/b?c#d" },
		{ "https://me:secret@a.example/b", "https://a.example/b" },
		{ "https://me@a.example:8443", "https://a.example:8443" },
		{ "http://:secret@a.example/", "http://a.example/" },
		{ "http://@a.example/", "http://a.example/" },
		{ "http://me:se%40cret@[::1]:80/", "http://[::1]:80/" },
		/* nothing but a name is taken away */
		{ "https://a.example/me@b.example",
		    "https://a.example/me@b.example" },
		{ "https://a.example?to=me@b.example",
		    "https://a.example?to=me@b.example" },
		{ "https://a.example#me@b", "https://a.example#me@b" },
		{ "HTTPS://Me:Secret@A.example/", "HTTPS://A.example/" },
		{ "mailto:me@a.example", "mailto:me@a.example" },
		{ "me:secret@a.example", "me:secret@a.example" },
		{ "", "" },
	};
	struct arena arena = { .limit = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(url_shown(&arena, cases[i][0]), cases[i][1]);
	arena_reset(&arena);
}

/* Where a page that has gone leads to, and where no story is. */
static void front_pages_are_told_from_others(void **state)
{
	static const struct {
		const char *url;
		bool front;
	} rows[] = {
		{ "https://a.example", true },
		{ "https://a.example/", true },
		{ "https://a.example:8443/", true },
		{ "https://a.example/#top", true },
		{ "https://a.example/?", true },
		{ "https://a.example/en", true },
		{ "https://a.example/en/", true },
		{ "https://a.example/VI/", true },
		{ "https://a.example/index.html", true },
		{ "https://a.example/Index.PHP", true },
		{ "https://a.example/en/index.htm", true },
		{ "https://a.example/?p=7", false },
		{ "https://a.example/index.php?p=7", false },
		{ "https://a.example/en/?id=7", false },
		{ "https://a.example/eng/", false },
		{ "https://a.example/e/", false },
		{ "https://a.example/1a/", false },
		{ "https://a.example/en/7", false },
		{ "https://a.example/index", false },
		{ "https://a.example/index.php/7", false },
		{ "https://a.example/indexes.html", false },
		{ "https://a.example/en/vi/", false },
		{ "https://a.example/story.html", false },
		{ "https://a.example//", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (url_is_front(rows[i].url) != rows[i].front)
			fail_msg("%s", rows[i].url);
	}
}

static void a_million_dots_take_no_time(void **state)
{
	struct arena arena = { .limit = 0 };
	size_t len = 3000000, i;
	char *ref = arena_alloc(&arena, len + 1);

	(void)state;
	for (i = 0; i < len; i++)
		ref[i] = i < len / 2 ? "a/"[i % 2] : "../"[i % 3];
	assert_non_null(url_join(&arena, "https://a.example/", ref));
	arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reference_is_joined_as_the_standard_says),
		cmocka_unit_test(what_browsers_forgive_is_forgiven),
		cmocka_unit_test(without_a_base_only_whole_addresses_count),
		cmocka_unit_test(the_host_is_what_a_fetch_would_ask),
		cmocka_unit_test(who_sent_the_reader_is_no_part_of_an_address),
		cmocka_unit_test(what_is_shown_has_no_password),
		cmocka_unit_test(front_pages_are_told_from_others),
		cmocka_unit_test(a_million_dots_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
