/* Pages in quarantine as people read and name them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/tool/listing.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOW INT64_C(1731024000000)
#define URL "https://a.example/1"

static const struct quarantined pages[] = {
	{ .name = "vgp-0123456789abcdef" },
	{ .name = "a-b-0123456789abcde0" },
	{ .name = "vna-0123ffff00000000" },
	{ .name = "odd" },
};

static void a_page_has_many_names(void **state)
{
	static const struct {
		const char *said;
		int found; /* -1: none; -2: several */
	} rows[] = {
		{ "vgp-0123456789abcdef", 0 },
		{ "0123456789abcdef", 0 },
		{ "a-b-0123456789abcde0", 1 },
		{ "0123456789abcde", -2 },
		{ "01234567", -2 },
		{ "0123f", 2 },
		{ "0123", -2 },
		{ "012", -1 },
		{ "", -1 },
		{ "vgp", -1 },
		{ "vgp-0123456789abcdef.page", -1 },
		{ "odd", 3 },
		{ "b-0123456789abcde0", -1 },
		{ "0123456789abcdef0", -1 },
	};
	const struct quarantined *found;
	size_t i;
	bool many;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		found = listing_find(pages, COUNT(pages), rows[i].said, &many);
		if (many != (rows[i].found == -2) ||
		    found !=
			(rows[i].found >= 0 ? &pages[rows[i].found] : NULL))
			fail_msg("\"%s\"", rows[i].said);
	}
}

static void short_names_tell_pages_apart(void **state)
{
	(void)state;
	assert_int_equal(listing_digits(NULL, 0), 8);
	assert_int_equal(listing_digits(pages, 1), 8);
	assert_int_equal(listing_digits(pages + 1, 3), 8);
	assert_int_equal(listing_digits(pages, 4), 16);
}

/* A row of it; the caller frees. */
static char *row(const struct quarantined *page, int source)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	listing_row(out, page, 8, source, NOW);
	fclose(out);
	return text;
}

static void a_row_has_eighty_columns(void **state)
{
	static const struct {
		const char *source, *reason, *shown;
	} rows[] = {
		{ "vgp", "no <article>",
		    "01234567     3h  vgp     no <article>\n    " URL "\n" },
		{ "vgp",
		    "no <article> in <main>, nor in any other place that was "
		    "looked at, and looked at",
		    "01234567     3h  vgp     no <article> in <main>, nor in "
		    "any other place that wa…\n    " URL "\n" },
		{ "vgp",
		    "as many columns as there are in this row, but not one m",
		    "01234567     3h  vgp     as many columns as there are in "
		    "this row, but not one m\n    " URL "\n" },
		{ "thời-sự", "một",
		    "01234567     3h  thời-…  một\n    " URL "\n" },
		{ "世界新闻", "没有找到",
		    "01234567     3h  世界…   没有找到\n    " URL "\n" },
		{ NULL, NULL, "01234567     3h  -       -\n    " URL "\n" },
		{ "vgp", "\x1b[31mred\x07",
		    "01234567     3h  vgp     [31mred\n    " URL "\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct quarantined page = { .name =
						      "vgp-0123456789abcdef",
			.reason = rows[i].reason,
			.kept = NOW - 3 * 3600000 - 1,
			.first = { .source = rows[i].source,
			    .entry = { .url = URL } } };
		char *text = row(&page, 6);
		wchar_t wide[200];

		assert_string_equal(text, rows[i].shown);
		text[strcspn(text, "\n")] = '\0';
		mbstowcs(wide, text, 200);
		assert_true(wcswidth(wide, 200) <= 80);
		free(text);
	}
}

static void the_column_of_sources_is_as_wide_as_need_be(void **state)
{
	const struct quarantined list[] = { { .first = { .source = "vgp" } },
		{ .first = { .source = NULL } },
		{ .first = { .source = "thời-sự-a" } },
		{ .first = { .source = "a-source-with-a-name-that-is-far-too-"
				       "long-for-a-column" } } };

	(void)state;
	assert_int_equal(listing_source(list, 2), 6);
	assert_int_equal(listing_source(list, 3), 9);
	assert_int_equal(listing_source(list, 4), 24);
}

static void what_is_not_known_is_not_in_the_json(void **state)
{
	static const struct quarantined page = { .name = "vgp-01",
		.reason = "why",
		.kept = NOW,
		.tried = NOW + 1,
		.tries = 4,
		.first = { .source = "vgp",
		    .entry = { .id = "vgp:1", .url = URL },
		    .page = { .type = "text/html", .fetched = NOW / 1000 } },
		.n = 2,
		.bytes = 77 };
	static const char wanted[] =
	    "{\"name\":\"vgp-01\",\"source\":\"vgp\",\"id\":\"vgp:1\","
	    "\"url\":\"" URL "\",\"reason\":\"why\","
	    "\"kept\":\"2024-11-08T00:00:00.000Z\","
	    "\"tried\":\"2024-11-08T00:00:00.001Z\",\"tries\":4,"
	    "\"fetched\":\"2024-11-08T00:00:00.000Z\",\"type\":\"text/html\","
	    "\"file\":\"/q/vgp-01.page\",\"bytes\":77,\"pages\":2}";
	json_t *json = listing_json(&page, "/q");
	char *text = json_dumps(json, JSON_COMPACT);

	(void)state;
	assert_string_equal(text, wanted);
	free(text);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_has_many_names),
		cmocka_unit_test(short_names_tell_pages_apart),
		cmocka_unit_test(a_row_has_eighty_columns),
		cmocka_unit_test(the_column_of_sources_is_as_wide_as_need_be),
		cmocka_unit_test(what_is_not_known_is_not_in_the_json),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
