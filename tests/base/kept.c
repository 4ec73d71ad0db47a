/* A page that is kept comes back as it was, whatever its bytes are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/kept.h"
#include "core/base/limits.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct arena arena;
static struct buf line;

static const struct dl_moment noon = { 1790000000, 25200, DL_MINUTE,
	DL_ZONE_SOURCE, DL_FROM_FEED, "noon, \"sharp\"" };
static const struct dl_moment old = { -1, -3600, DL_DAY, DL_ZONE_ASSUMED,
	DL_FROM_RULE, "" };

static int end(void **state)
{
	(void)state;
	arena_reset(&arena);
	buf_free(&line);
	return 0;
}

static struct kept_page page_of(const char *bytes, size_t len)
{
	return (struct kept_page){ .source = "gazette",
		.entry = { .id = "gazette:1", .url = "https://a.example/1" },
		.page = { .bytes = bytes, .len = len },
		.part = 1,
		.parts = 1 };
}

/* Puts the page and gets it again. */
static struct kept_page again(const struct kept_page *kept)
{
	struct kept_page back;

	line.len = 0;
	kept_put(&line, kept);
	assert_true(kept_get(&arena, line.bytes, line.len, &back));
	return back;
}

static void check_text(const char *a, const char *b)
{
	if (a == NULL)
		assert_null(b);
	else
		assert_string_equal(a, b);
}

static void check_moment(const struct dl_moment *a, const struct dl_moment *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a == NULL)
		return;
	assert_int_equal(a->seconds, b->seconds);
	assert_int_equal(a->offset, b->offset);
	assert_int_equal(a->precision, b->precision);
	assert_int_equal(a->zone, b->zone);
	assert_int_equal(a->from, b->from);
	check_text(a->raw, b->raw);
}

static void check_same(const struct kept_page *a, const struct kept_page *b)
{
	check_text(a->source, b->source);
	check_text(a->entry.id, b->entry.id);
	check_text(a->entry.url, b->entry.url);
	check_text(a->entry.title, b->entry.title);
	check_text(a->entry.summary, b->entry.summary);
	check_text(a->entry.author, b->entry.author);
	check_moment(a->entry.published, b->entry.published);
	check_moment(a->entry.updated, b->entry.updated);
	check_text(a->page.url, b->page.url);
	check_text(a->page.type, b->page.type);
	check_text(a->page.charset, b->page.charset);
	check_text(a->page.etag, b->page.etag);
	assert_int_equal(a->page.status, b->page.status);
	assert_int_equal(a->page.fetched, b->page.fetched);
	assert_int_equal(a->part, b->part);
	assert_int_equal(a->parts, b->parts);
}

static void check_bytes(const char *bytes, size_t len, const char *encoding)
{
	struct kept_page kept = page_of(bytes, len), back = again(&kept);
	char want[32];

	assert_int_equal(back.page.len, len);
	assert_memory_equal(back.page.bytes, bytes, len);
	sprintf(want, "\"encoding\":\"%s\"", encoding);
	if (encoding[0] != '\0')
		assert_non_null(strstr(line.bytes, want));
	assert_int_equal(strlen(line.bytes), line.len);
	assert_null(strchr(line.bytes, '\n'));
}

static void all_that_is_known_of_a_page_comes_back(void **state)
{
	const struct kept_page rows[] = {
		page_of("", 0),
		{ .source = "gazette",
		    .entry = { .id = "gazette:a \"quoted\" \\ id\t\x01",
			.url = "https://a.example/Hà-Nội",
			.title = "Tiêu đề",
			.summary = "",
			.author = "Ü, \x7f\u2028",
			.published = &noon,
			.updated = &old },
		    .page = { .url = "https://a.example/2",
			.type = "text/html",
			.charset = "utf-8",
			.etag = "W/\"7\"",
			.bytes = "x",
			.len = 1,
			.status = 200,
			.fetched = 1790000001 },
		    .part = 2,
		    .parts = 3 },
	};
	struct kept_page back;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		back = again(&rows[i]);
		check_same(&rows[i], &back);
		assert_true(kept_look(&arena, line.bytes, line.len, &back));
		check_same(&rows[i], &back);
		assert_null(back.page.bytes);
	}
}

/* Each body, and how it is written: so that it is as short as can be. */
static void any_bytes_come_back(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *encoding;
	} rows[] = {
		{ "", 0, "latin1" },
		{ "<p>plain", 8, "latin1" },
		{ "<p class=\"a\\b\">\r\n\t/", 18, "latin1" },
		{ "T\xe9l\xe9gramme", 10, "latin1" },
		{ "Tin t\xe1\xbb\xa9"
		  "c t\xe1\xbb\xab H\xc3\xa0 N\xe1\xbb\x99i",
		    22, "latin1" },
		{ "\xe4\xb8\xad\xe5\x9b\xbd\xe6\x96\xb0", 9, "base64" },
		{ "\0", 1, "base64" },
		{ "\0\0", 2, "base64" },
		{ "\0\0\0", 3, "base64" },
		{ "\x01\x02\x03\x04", 4, "base64" },
		{ "\x80\x81\xfe\xff", 4, "latin1" },
		{ "\xff\xfeT\0i\0n\0", 8, "base64" },
		{ "a page with one \0 only", 22, "latin1" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_bytes(rows[i].bytes, rows[i].len, rows[i].encoding);
}

static void bytes_of_every_length_come_back(void **state)
{
	static char bytes[5000];
	uint32_t chance = 1;
	size_t i, len;

	(void)state;
	for (i = 0; i < 256; i++) {
		bytes[i] = (char)i;
		check_bytes(bytes + i, 1, "");
	}
	for (len = 0; len < 300; len++) {
		for (i = 0; i < len; i++) {
			chance = chance * 1664525 + 1013904223;
			bytes[i] = (char)(chance >> 24);
		}
		check_bytes(bytes, len, "");
	}
	memset(bytes, 'a', sizeof(bytes)); /* around the size of a piece */
	for (len = 4080; len < 4110; len++) {
		bytes[len - 3] = '\0';
		bytes[len - 2] = '\xe9';
		bytes[len - 1] = '"';
		check_bytes(bytes, len, "latin1");
		memset(bytes, 'a', sizeof(bytes));
	}
}

/* A page at its limit is far from the limit of the spool. */
static void the_largest_page_is_a_third_longer(void **state)
{
	static const unsigned char fillings[] = { 'x', '\0', '"', 0x80, 0xff };
	char *bytes = malloc(LIMIT_PAGE);
	size_t i;

	(void)state;
	assert_non_null(bytes);
	for (i = 0; i < COUNT(fillings); i++) {
		memset(bytes, fillings[i], LIMIT_PAGE);
		check_bytes(bytes, LIMIT_PAGE, "");
		assert_true(line.len <= (LIMIT_PAGE + 2) / 3 * 4 + 1024);
		arena_reset(&arena);
	}
	free(bytes);
}

static void what_a_feed_brought_whole_is_the_entry_s_too(void **state)
{
	struct kept_page kept = page_of("<p>whole", 8), back;

	(void)state;
	assert_null(again(&kept).entry.html);
	kept.entry.html = "whatever stands here";
	back = again(&kept);
	assert_string_equal(back.entry.html, "<p>whole");
}

static void what_is_no_text_is_left_out(void **state)
{
	struct kept_page kept = page_of("x", 1), back;

	(void)state;
	kept.page.etag = "\"\xe9\"";
	kept.page.type = "text/h\xc3";
	kept.entry.title = "\xed\xa0\x80";
	kept.entry.author = "Kim";
	back = again(&kept);
	assert_null(back.page.etag);
	assert_null(back.page.type);
	assert_null(back.entry.title);
	assert_string_equal(back.entry.author, "Kim");
	line.len = 0;
	kept.entry.url = "https://a.example/\xff";
	kept_put(&line, &kept);
	assert_int_equal(line.len, 0);
	kept = page_of("x", 1);
	kept.entry.id = "\xff";
	kept_put(&line, &kept);
	assert_int_equal(line.len, 0);
}

#define HEAD                                                          \
	"{\"v\":1,\"kind\":\"page\",\"id\":\"a:1\",\"source\":\"a\"," \
	"\"status\":200,"                                             \
	"\"fetched\":1,\"part\":1,\"parts\":1,\"entry\":{\"url\":\"u\"},"

static void what_is_none_of_ours_is_refused(void **state)
{
	static const struct {
		const char *line;
		bool fine;
	} rows[] = {
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"x\"}", true },
		{ HEAD "\"new\":[{\"a\":\"]}\\\"\"},1,null],\"more\":true,"
		       "\"encoding\":\"latin1\",\"body\":\"x\"}",
		    true },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"eA==\"}", true },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"eA=\"}", false },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"eA=A\"}", false },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"e===\"}", false },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"eA==eA==\"}",
		    false },
		{ HEAD "\"encoding\":\"base64\",\"body\":\"eA!!\"}", false },
		{ HEAD "\"encoding\":\"latin2\",\"body\":\"x\"}", false },
		{ HEAD "\"body\":\"x\"}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"\u0100\"}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"\\ud83d\"}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"\\u00\"}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"\\x\"}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":1}", false },
		{ HEAD "\"encoding\":\"latin1\",\"body\":\"x", false },
		{ HEAD "\"encoding\":\"latin1\"}", false },
		{ "{\"v\":1,\"kind\":\"turn\"}", false },
		{ "{\"v\":1,\"kind\":\"page\",\"id\":\"a\",\"source\":\"a\","
		  "\"part\":2,\"parts\":1,\"entry\":{\"url\":\"u\"},"
		  "\"encoding\":\"latin1\",\"body\":\"x\"}",
		    false },
		{ "{\"v\":1,\"kind\":\"page\",\"id\":\"a\\u0000\","
		  "\"source\":\"a\",\"part\":1,\"parts\":1,"
		  "\"entry\":{\"url\":\"u\"},"
		  "\"encoding\":\"latin1\",\"body\":\"x\"}",
		    false },
		{ "{}", false },
		{ "[]", false },
		{ "", false },
		{ "{\"", false },
		{ "{\"a", false },
		{ "{\"a\\\"", false },
		{ "{\"a\"", false },
		{ "{\"a\":", false },
		{ "{\"a\":[{", false },
		{ "{\"a\":[\"", false },
		{ "{\"a\":1", false },
	};
	struct kept_page kept;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		size_t len = strlen(rows[i].line);
		char *copy = malloc(len + 1); /* a byte more is one too many */

		memcpy(copy, rows[i].line, len);
		if (kept_get(&arena, copy, len, &kept) != rows[i].fine)
			fail_msg("row %zu: %s", i, rows[i].line);
		free(copy);
	}
}

/* Cut anywhere, it is refused, and nothing beyond it is read. */
static void half_a_line_is_no_page(void **state)
{
	struct kept_page kept = page_of("<p>\n\0\"x\" \xe9", 11), back;
	size_t len;

	(void)state;
	kept.entry.published = &noon;
	kept_put(&line, &kept);
	for (len = 1; len + 1 < line.len; len++) {
		char *copy = malloc(len);

		memcpy(copy, line.bytes, len);
		assert_false(kept_get(&arena, copy, len, &back));
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
		    all_that_is_known_of_a_page_comes_back, end),
		cmocka_unit_test_teardown(any_bytes_come_back, end),
		cmocka_unit_test_teardown(bytes_of_every_length_come_back, end),
		cmocka_unit_test_teardown(
		    the_largest_page_is_a_third_longer, end),
		cmocka_unit_test_teardown(
		    what_a_feed_brought_whole_is_the_entry_s_too, end),
		cmocka_unit_test_teardown(what_is_no_text_is_left_out, end),
		cmocka_unit_test_teardown(what_is_none_of_ours_is_refused, end),
		cmocka_unit_test_teardown(half_a_line_is_no_page, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
