/* How often a feed wants to be asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/kit/hints.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)

static void minutes_become_milliseconds(void **state)
{
	static const struct {
		const char *minutes;
		int64_t ttl;
	} rows[] = {
		{ NULL, 0 },
		{ "", 0 },
		{ " ", 0 },
		{ "0", 0 },
		{ "000", 0 },
		{ "-5", 0 },
		{ "+5", 0 },
		{ "5 minutes", 0 },
		{ "1.5", 0 },
		{ "1 5", 0 },
		{ "0x10", 0 },
		{ "1", MINUTE },
		{ "\n 060 \t", HOUR },
		{ "10080", LIMIT_TTL },
		{ "10081", LIMIT_TTL },
		{ "99999999999999999999999999999999", LIMIT_TTL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (hints_ttl(rows[i].minutes) != rows[i].ttl)
			fail_msg("row %zu: %lld", i,
			    (long long)hints_ttl(rows[i].minutes));
	}
}

static void periods_become_milliseconds(void **state)
{
	static const struct {
		const char *period, *frequency;
		int64_t ttl;
	} rows[] = {
		{ NULL, NULL, 0 },
		{ "hourly", NULL, HOUR },
		{ " Hourly\n", " 4 ", 15 * MINUTE },
		{ "daily", "1", 24 * HOUR },
		{ NULL, "2", 12 * HOUR },
		{ "weekly", NULL, LIMIT_TTL },
		{ "monthly", NULL, LIMIT_TTL },
		{ "monthly", "30", 24 * HOUR },
		{ "yearly", NULL, LIMIT_TTL },
		{ "yearly", "365", 24 * HOUR },
		{ "always", NULL, 0 },
		{ "", NULL, 0 },
		{ "hour", NULL, 0 },
		{ "hourly or so", NULL, 0 },
		{ "hourly", "0", 0 },
		{ "hourly", "-1", 0 },
		{ "hourly", "often", 0 },
		{ "hourly", "99999999999999999999", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t ttl = hints_period(rows[i].period, rows[i].frequency);

		if (ttl != rows[i].ttl)
			fail_msg("row %zu: %lld", i, (long long)ttl);
	}
}

static void hours_and_days_are_bits(void **state)
{
	(void)state;
	assert_int_equal(hints_hour("0"), 1);
	assert_int_equal(hints_hour(" 09 "), 1 << 9);
	assert_int_equal(hints_hour("23"), 1 << 23);
	assert_int_equal(hints_hour("24"), 1);
	assert_int_equal(hints_hour("25"), 0);
	assert_int_equal(hints_hour("-1"), 0);
	assert_int_equal(hints_hour("7pm"), 0);
	assert_int_equal(hints_hour(""), 0);
	assert_int_equal(hints_hour(NULL), 0);
	assert_int_equal(hints_day("Sunday"), 1);
	assert_int_equal(hints_day(" SATURDAY\n"), 1 << 6);
	assert_int_equal(hints_day("Sun"), 0);
	assert_int_equal(hints_day("Sundays"), 0);
	assert_int_equal(hints_day("Sunday Monday"), 0);
	assert_int_equal(hints_day(""), 0);
	assert_int_equal(hints_day(NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_become_milliseconds),
		cmocka_unit_test(periods_become_milliseconds),
		cmocka_unit_test(hours_and_days_are_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
