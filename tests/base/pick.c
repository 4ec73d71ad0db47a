/* Of the pages that are kept, the newest of each id are picked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/pick.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct row {
	const char *source, *id;
	int part, parts;
	const char *body; /* NULL: a line that is no page */
};

static struct buf lines[32];

static void line_make(struct buf *line, const struct row *row)
{
	const struct kept_page kept = { .source = row->source,
		.entry = { .id = row->id, .url = "https://a.example/" },
		.page = { .bytes = row->body,
		    .len = row->body != NULL ? strlen(row->body) : 0 },
		.part = row->part,
		.parts = row->parts };

	line->len = 0;
	if (row->body == NULL)
		buf_text(line, "{\"v\":1,\"kind\":\"turn\"}");
	else
		kept_put(line, &kept);
}

/* What is picked: bodies, with "+" between those of one order and "|" behind
   each order. */
static const char *picked(const struct row *rows, size_t n, struct pick *pick)
{
	static char text[512];
	size_t i, j;

	for (i = 0; i < n; i++) {
		line_make(&lines[i], &rows[i]);
		pick_note(pick, i + 1, lines[i].bytes, lines[i].len);
	}
	text[0] = '\0';
	for (i = 0; i < n; i++) {
		if (!pick_take(pick, i + 1, lines[i].bytes, lines[i].len))
			continue;
		for (j = 0; j < pick->n; j++)
			sprintf(text + strlen(text), "%s%s", j > 0 ? "+" : "",
			    pick->pages[j].bytes);
		strcat(text, "|");
	}
	for (i = 0; i < n; i++)
		buf_free(&lines[i]);
	pick_free(pick);
	return text;
}

static void the_newest_of_each_id_is_picked(void **state)
{
	static const struct row rows[] = {
		{ "a", "a:1", 1, 1, "one" },
		{ "a", "a:2", 1, 1, "two" },
		{ NULL, NULL, 0, 0, NULL },
		{ "b", "b:1", 1, 1, "three" },
		{ "a", "a:1", 1, 1, "four" },
		{ "a", "a:3", 1, 3, "five" },
		{ "a", "a:3", 2, 3, "six" },
		{ "a", "a:3", 3, 3, "seven" },
		{ "a", "a:2", 1, 2, "eight" },
		{ "a", "a:2", 2, 2, "nine" },
	};
	struct pick all = { .n = 0 }, source = { .source = "b" },
		    id = { .source = "a", .id = "a:2" },
		    none = { .source = "b", .id = "a:2" };

	(void)state;
	assert_string_equal(picked(rows, COUNT(rows), &all),
	    "three|four|five+six+seven|eight+nine|");
	assert_string_equal(picked(rows, COUNT(rows), &source), "three|");
	assert_string_equal(picked(rows, COUNT(rows), &id), "eight+nine|");
	assert_string_equal(picked(rows, COUNT(rows), &none), "");
}

/* Damage may have taken any line. */
static void half_an_order_is_none(void **state)
{
	static const struct {
		size_t n;
		struct row rows[3];
		const char *want;
	} cases[] = {
		{ 3,
		    { { "a", "a:1", 1, 2, "one" }, { "a", "a:2", 1, 1, "two" },
			{ "a", "a:1", 2, 2, "three" } },
		    "two|" },
		{ 2,
		    { { "a", "a:1", 2, 2, "one" },
			{ "a", "a:2", 1, 1, "two" } },
		    "two|" },
		{ 2,
		    { { "a", "a:1", 1, 3, "one" },
			{ "a", "a:1", 3, 3, "two" } },
		    "" },
		{ 2,
		    { { "a", "a:1", 1, 2, "one" },
			{ "a", "a:2", 2, 2, "two" } },
		    "" },
		{ 3,
		    { { "a", "a:1", 1, 2, "one" }, { NULL, NULL, 0, 0, NULL },
			{ "a", "a:1", 2, 2, "two" } },
		    "" },
		{ 2,
		    { { "a", "a:1", 1, 2, "one" },
			{ "a", "a:1", 2, 3, "two" } },
		    "" },
		{ 1, { { "a", "a:1", 1, 1000000, "one" } }, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct pick pick = { .n = 0 };

		assert_string_equal(
		    picked(cases[i].rows, cases[i].n, &pick), cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_of_each_id_is_picked),
		cmocka_unit_test(half_an_order_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
