/* What today has brought, and the line that says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/daemon/headline.h"

#define NOON 1794916800 /* 2026-11-17T12:00:00Z */
#define HOUR 3600
#define DAY (24 * HOUR)

static int in_hanoi(void **state)
{
	(void)state;
	setenv("TZ", "ICT-7", 1);
	tzset();
	return 0;
}

static void a_day_is_one_of_the_machines_zone(void **state)
{
	(void)state;
	assert_int_equal(today_midnight(NOON), NOON - 19 * HOUR);
	assert_int_equal(today_midnight(NOON + 5 * HOUR), NOON + 5 * HOUR);
}

static void a_new_day_begins_with_nothing(void **state)
{
	struct today today;

	(void)state;
	today_begin(&today, NOON, 7);
	today_record(&today, NOON, -1);
	assert_int_equal(today_records(&today, NOON + HOUR), 8);
	assert_int_equal(today_records(&today, NOON + 5 * HOUR), 0);
	today_record(&today, NOON + 5 * HOUR, -1);
	assert_int_equal(today_records(&today, NOON + 5 * HOUR), 1);
	assert_int_equal(today_records(&today, NOON - DAY), 0);
}

static void the_middle_lag_is_told(void **state)
{
	static const int64_t lags[] = { 300, 60, -1, 120, 0 };
	struct today today;
	size_t i;

	(void)state;
	today_begin(&today, NOON, 0);
	today_record(&today, NOON, -1);
	assert_int_equal(today_lag(&today), -1);
	for (i = 0; i < sizeof(lags) / sizeof(lags[0]); i++)
		today_record(&today, NOON, lags[i]);
	assert_int_equal(today_lag(&today), 120);
	for (i = 0; i < 1000; i++)
		today_record(&today, NOON, 5);
	assert_int_equal(today_lag(&today), 5);
}

static void the_headline_says_what_is_wrong_first(void **state)
{
	static const struct source vgp = { .name = "vgp" },
				   vns = { .name = "vns" };
	struct feed feeds[] = { { .source = &vgp }, { .source = &vgp },
		{ .source = &vns } };
	const struct edition edition = { .feeds = feeds, .n_feeds = 3 };
	struct status status = { .entries.pending = 12 };
	char text[HEADLINE], long_trouble[2 * HEADLINE];

	(void)state;
	today_begin(&status.today, NOON, 41);
	headline(text, &edition, &status, NULL, NOON);
	assert_string_equal(
	    text, "2 sources; 41 records today; 12 pages pending");

	today_record(&status.today, NOON, 250);
	feeds[0].watch.failures = feeds[1].watch.failures = 1;
	feeds[0].watch.outcome = OUTCOME_TIMEOUT;
	headline(text, &edition, &status, "spool: full", NOON);
	assert_string_equal(text,
	    "spool: full: fetching pauses; 2 sources, 1 failing (vgp: "
	    "timeout); 42 records today, 4min behind; 12 pages pending");

	memset(long_trouble, 'x', sizeof(long_trouble));
	long_trouble[sizeof(long_trouble) - 1] = '\0';
	headline(text, &edition, &status, long_trouble, NOON);
	assert_int_equal(strlen(text), HEADLINE - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_one_of_the_machines_zone),
		cmocka_unit_test(a_new_day_begins_with_nothing),
		cmocka_unit_test(the_middle_lag_is_told),
		cmocka_unit_test(the_headline_says_what_is_wrong_first),
	};

	return cmocka_run_group_tests(tests, in_hanoi, NULL);
}
