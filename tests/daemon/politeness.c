/* When a host may be asked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/daemon/politeness.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define HOUR ((int64_t)3600 * 1000)

static void a_pause_lies_between_two_requests(void **state)
{
	static const struct {
		int64_t pause, retry_after;
		int64_t later; /* after the end of the first */
		int64_t wait;
	} rows[] = {
		{ 0, 0, 0, 0 },
		{ 2000, 0, 0, 2000 },
		{ 2000, 0, 500, 1500 },
		{ 2000, 0, 1999, 1 },
		{ 2000, 0, 2000, 0 },
		{ 2000, 0, 99999, 0 },
		{ 2000, 1000, 0, 2000 },
		{ 2000, 60000, 0, 60000 },
		{ 0, 60000, 59999, 1 },
		/* nobody is believed who wants us away for longer */
		{ 2000, 1000 * HOUR, 0, 24 * HOUR },
		{ 48 * HOUR, 1000 * HOUR, 0, 48 * HOUR },
		{ 0, INT64_MAX, 0, 24 * HOUR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };

		politeness_begin(&host);
		politeness_end(&host, HOUR, rows[i].pause, rows[i].retry_after);
		assert_int_equal(
		    politeness_wait(&host, HOUR + rows[i].later), rows[i].wait);
	}
}

static void one_request_at_a_time(void **state)
{
	struct politeness host = { 0 };

	(void)state;
	assert_int_equal(politeness_wait(&host, 0), 0);
	assert_int_equal(politeness_wait(&host, HOUR), 0);
	politeness_begin(&host);
	assert_int_equal(politeness_wait(&host, HOUR), -1);
	assert_int_equal(politeness_wait(&host, 1000 * HOUR), -1);
	politeness_end(&host, HOUR, 100, 0);
	assert_int_equal(politeness_wait(&host, HOUR + 100), 0);
	politeness_begin(&host);
	assert_int_equal(politeness_wait(&host, HOUR + 1000), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pause_lies_between_two_requests),
		cmocka_unit_test(one_request_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
