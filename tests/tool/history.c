/* What is remembered of each story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/history.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void a_line_is_followed_by_the_next_of_its_story(void **state)
{
	static const struct {
		const char *line;
		int before; /* row of the line before it; -1: none */
	} rows[] = {
		{ "{\"seq\":1,\"id\":\"a:1\",\"revision\":1}", -1 },
		{ "{\"seq\":2,\"id\":\"a:2\",\"revision\":1}", -1 },
		{ "{\"seq\":3,\"id\":\"a:1\",\"revision\":2}", 0 },
		{ "{\"seq\":4,\"id\":\"a:1\",\"revision\":3}", 2 },
		{ "{\"seq\":5,\"id\":\"a:2\",\"revision\":2}", 1 },
		/* wherever the id is, and however it is written */
		{ "{\"extra\":{\"id\":\"a:1\"},\"id\":\"a:3\"}", -1 },
		{ "{\"revision\":2, \"id\": \"a:3\"}", 5 },
		{ "{\"id\":\"a\\u003a3\"}", 6 },
		{ "{\"title\":\"{\",\"id\":\"a:3\"}", 7 },
		{ "{\"title\":\"\\\"id\\\":\\\"a:1\\\"\",\"id\":\"a:3\"}", 8 },
		{ "{\"id\":\"a:\xc4\x91\"}", -1 },
		{ "{\"id\":\"a:\\u0111\"}", 10 },
		/* what is of no story */
		{ "{\"kind\":\"loss\",\"from\":1,\"to\":2}", -1 },
		{ "{\"kind\":\"loss\",\"from\":1,\"to\":2}", -1 },
		{ "{\"id\":1}", -1 },
		{ "nonsense", -1 },
	};
	struct history history = { .bytes = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *before = history_next(&history, rows[i].line);

		if (rows[i].before < 0)
			assert_null(before);
		else
			assert_string_equal(before, rows[rows[i].before].line);
	}
	history_free(&history);
}

/* A story that comes back has something to be compared with. */
static void a_withdrawal_takes_no_text_away(void **state)
{
	struct history history = { .bytes = 0 };
	const char *before;

	(void)state;
	history_next(&history,
	    "{\"id\":\"a:1\",\"revision\":1,\"status\":\"usable\","
	    "\"title\":\"t\",\"text\":\"x\"}");
	history_next(&history,
	    "{\"id\":\"a:1\",\"revision\":2,\"status\":\"withdrawn\","
	    "\"title\":\"u\"}");
	before = history_next(&history, "{\"id\":\"a:1\",\"revision\":3}");
	assert_string_equal(before,
	    "{\"id\":\"a:1\",\"revision\":2,\"status\":\"withdrawn\","
	    "\"title\":\"u\",\"text\":\"x\"}");
	history_free(&history);
	/* where nothing was known it is all that is */
	history_next(&history, "{\"id\":\"a:1\",\"status\":\"withdrawn\"}");
	assert_string_equal(history_next(&history, "{\"id\":\"a:1\"}"),
	    "{\"id\":\"a:1\",\"status\":\"withdrawn\"}");
	history_free(&history);
}

static const char *line_of(struct history *history, unsigned id)
{
	char line[40];

	snprintf(line, sizeof(line), "{\"id\":\"a:%u\"}", id);
	return history_next(history, line);
}

/* Those are forgotten of which nothing came for the longest time. */
static void so_many_stories_are_remembered(void **state)
{
	struct history history = { .bytes = 0 };
	unsigned id;

	(void)state;
	for (id = 0; id < HISTORY_IDS; id++)
		assert_null(line_of(&history, id));
	assert_non_null(line_of(&history, 0));
	assert_null(line_of(&history, HISTORY_IDS));
	assert_non_null(line_of(&history, 0));
	assert_non_null(line_of(&history, 2));
	assert_null(line_of(&history, 1));
	assert_int_equal(json_object_size(history.ids), HISTORY_IDS);
	history_free(&history);
}

static void so_many_bytes_are_remembered(void **state)
{
	const size_t size = HISTORY_BYTES / 8;
	struct history history = { .bytes = 0 };
	char *line = malloc(size);
	int i;

	(void)state;
	assert_non_null(line);
	memset(line, ' ', size);
	line[size - 1] = '\0';
	for (i = 0; i < 20; i++) {
		memcpy(line, "{\"id\":\"a\"}", 10);
		line[7] = (char)('a' + i);
		assert_null(history_next(&history, line));
		assert_true(history.bytes <= HISTORY_BYTES);
	}
	assert_non_null(history_next(&history, line));
	assert_int_equal(json_object_size(history.ids), 8);
	assert_int_equal(history.bytes, 8 * (size - 1));
	free(line);
	history_free(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_followed_by_the_next_of_its_story),
		cmocka_unit_test(a_withdrawal_takes_no_text_away),
		cmocka_unit_test(so_many_stories_are_remembered),
		cmocka_unit_test(so_many_bytes_are_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
