/* When feeds and pages are looked at again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/daemon/schedule.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const uint64_t chances[] = { 0, 1, 7, 1000, 999999937, 1ull << 32,
	UINT64_MAX / 2, UINT64_MAX };

static void check_between(int64_t value, int64_t least, int64_t most)
{
	if (value < least || value > most)
		fail_msg("%lld is not between %lld and %lld", (long long)value,
		    (long long)least, (long long)most);
}

static void the_first_looks_are_spread(void **state)
{
	static const struct {
		int64_t interval, most;
	} rows[] = {
		{ 0, 0 },
		{ 9, 0 },
		{ SECOND, 100 },
		{ MINUTE, 6 * SECOND },
		{ 15 * MINUTE, 10 * SECOND },
		{ 7 * DAY, 10 * SECOND },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t latest = 0;

		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .failures = 3 };

			schedule_begin(
			    &watch, rows[i].interval, DAY, chances[k]);
			check_between(watch.due, DAY, DAY + rows[i].most);
			assert_int_equal(watch.failures, 0);
		}
		for (k = 0; k < 20000; k++) {
			struct watch watch;

			schedule_begin(&watch, rows[i].interval, 0, k);
			latest = watch.due > latest ? watch.due : latest;
		}
		assert_int_equal(latest, rows[i].most);
	}
}

/* An interval, twice as long after each failure, up to a day; give or take a
   tenth. */
static void failures_make_it_longer_but_never_for_ever(void **state)
{
	static const struct {
		int64_t interval;
		int failures;
		int64_t then;
	} rows[] = {
		{ 15 * MINUTE, 0, 15 * MINUTE },
		{ 15 * MINUTE, 1, 30 * MINUTE },
		{ 15 * MINUTE, 2, HOUR },
		{ 15 * MINUTE, 6, 16 * HOUR },
		{ 15 * MINUTE, 7, DAY },
		{ 15 * MINUTE, 1000, DAY },
		{ SECOND, 1000, DAY },
		{ 9, 0, 9 },
		{ 7 * DAY, 0, 7 * DAY },
		{ 7 * DAY, 1, 7 * DAY },
		{ 20 * HOUR, 1, DAY },
	};
	size_t i, k;
	int n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { 0 };
			int64_t then = rows[i].then;

			for (n = 0; n < rows[i].failures; n++)
				schedule_next(&watch, OUTCOME_FAILED,
				    rows[i].interval, 5 * DAY, chances[k]);
			if (rows[i].failures == 0)
				schedule_next(&watch, OUTCOME_FINE,
				    rows[i].interval, 5 * DAY, chances[k]);
			assert_int_equal(watch.failures, rows[i].failures);
			check_between(watch.due - 5 * DAY, then - then / 10,
			    then + then / 10);
			schedule_next(&watch, OUTCOME_FINE, rows[i].interval,
			    6 * DAY, chances[k]);
			assert_int_equal(watch.failures, 0);
			then = rows[i].interval;
			check_between(watch.due - 6 * DAY, then - then / 10,
			    then + then / 10);
		}
	}
}

static void chance_reaches_both_ends(void **state)
{
	int64_t least = INT64_MAX, most = 0;
	uint64_t chance;

	(void)state;
	for (chance = 0; chance < 1000; chance++) {
		struct watch watch = { 0 };

		schedule_next(&watch, OUTCOME_FINE, SECOND, 0, chance);
		least = watch.due < least ? watch.due : least;
		most = watch.due > most ? watch.due : most;
	}
	assert_int_equal(least, 900);
	assert_int_equal(most, 1100);
}

static void pages_are_tried_again(void **state)
{
	static const struct {
		int64_t first, tries, then;
	} rows[] = {
		{ MINUTE, 0, MINUTE },
		{ MINUTE, 1, 2 * MINUTE },
		{ MINUTE, 5, 32 * MINUTE },
		{ MINUTE, 9, 6 * HOUR },
		{ MINUTE, 1000000, 6 * HOUR },
		{ 10, 0, 10 },
		{ 12 * HOUR, 0, 12 * HOUR },
		{ DAY, 3, DAY },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(chances); k++)
			check_between(schedule_retry(rows[i].first,
					  rows[i].tries, chances[k]),
			    rows[i].then - rows[i].then / 10,
			    rows[i].then + rows[i].then / 10);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_looks_are_spread),
		cmocka_unit_test(failures_make_it_longer_but_never_for_ever),
		cmocka_unit_test(chance_reaches_both_ends),
		cmocka_unit_test(pages_are_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
