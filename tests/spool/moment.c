/* Moments and their text: there and back, and nothing else is taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "spool/moment.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void a_moment_is_there_and_back(void **state)
{
	static const struct {
		int64_t millis;
		const char *text;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ 1, "1970-01-01T00:00:00.001Z" },
		{ 999, "1970-01-01T00:00:00.999Z" },
		{ 1000, "1970-01-01T00:00:01.000Z" },
		{ INT64_C(951782399999), "2000-02-28T23:59:59.999Z" },
		{ INT64_C(951782400000), "2000-02-29T00:00:00.000Z" },
		{ INT64_C(1730980800123), "2024-11-07T12:00:00.123Z" },
		{ INT64_C(1735689599999), "2024-12-31T23:59:59.999Z" },
		{ INT64_C(2147483648000), "2038-01-19T03:14:08.000Z" },
		{ INT64_C(4107542400000), "2100-03-01T00:00:00.000Z" },
		{ INT64_C(253402300799999), "9999-12-31T23:59:59.999Z" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char text[MOMENT_TEXT];
		int64_t millis = -1;

		moment_put(text, rows[i].millis);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(strlen(text), MOMENT_LEN);
		assert_true(moment_get(text, &millis));
		assert_int_equal(millis, rows[i].millis);
		if (i > 0)
			assert_true(strcmp(rows[i - 1].text, text) < 0);
	}
}

/* In a line it is not the end. */
static void what_stands_behind_it_does_not_matter(void **state)
{
	int64_t millis = 0;

	(void)state;
	assert_true(moment_get("1970-01-01T00:00:01.000Z\",\"v\":1}", &millis));
	assert_int_equal(millis, 1000);
}

static void what_is_not_exactly_one_is_none(void **state)
{
	static const char *const rows[] = {
		"",
		"x",
		"2024-11-07",
		"2024-11-07T12:00:00Z",
		"2024-11-07T12:00:00.12Z",
		"2024-11-07T12:00:00.1234Z",
		"2024-11-07T12:00:00.123",
		"2024-11-07T12:00:00.123z",
		"2024-11-07T12:00:00.123+00:00",
		"2024-11-07 12:00:00.123Z",
		"2024-11-07t12:00:00.123Z",
		"2024/11/07T12:00:00.123Z",
		"2024-11-07T12-00-00.123Z",
		"2024-11-07T12:00:00,123Z",
		" 2024-11-07T12:00:00.123Z",
		"2024-11-07T12:00:00.123 Z",
		"2024-11-07T 2:00:00.123Z",
		"2024- 1-07T12:00:00.123Z",
		"2024-1-07T12:00:00.0123Z",
		"+024-11-07T12:00:00.123Z",
		"-024-11-07T12:00:00.123Z",
		"2024-11-07T12:00:-1.123Z",
		"2024-11-07T12:00:00.-12Z",
		"2024-00-07T12:00:00.123Z",
		"2024-13-07T12:00:00.123Z",
		"2024-11-00T12:00:00.123Z",
		"2024-11-31T12:00:00.123Z",
		"2023-02-29T12:00:00.123Z",
		"2100-02-29T12:00:00.123Z",
		"2024-11-07T24:00:00.000Z",
		"2024-11-07T12:60:00.123Z",
		"2024-11-07T12:00:60.123Z",
		"1969-12-31T23:59:59.999Z",
		"0000-01-01T00:00:00.000Z",
		"two thousand twenty-four",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t millis;

		if (moment_get(rows[i], &millis))
			fail_msg("\"%s\" is %lld", rows[i], (long long)millis);
	}
}

static void now_is_between_before_and_after(void **state)
{
	time_t before = time(NULL);
	int64_t now = moment_now(), again = moment_now();
	time_t after = time(NULL);

	(void)state;
	/* time(2) may be a tick behind. */
	assert_true(now / 1000 >= before);
	assert_true(again / 1000 <= after + 1);
	assert_true(again >= now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_there_and_back),
		cmocka_unit_test(what_stands_behind_it_does_not_matter),
		cmocka_unit_test(what_is_not_exactly_one_is_none),
		cmocka_unit_test(now_is_between_before_and_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
