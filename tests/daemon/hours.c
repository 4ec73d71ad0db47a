/* Records an hour, and how values are spread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/daemon/histogram.h"
#include "core/daemon/hours.h"

#define HOUR 3600
#define NOW ((int64_t)490000 * HOUR + 1234)

static json_int_t hour(const struct hours *hours, int64_t now, size_t i)
{
	json_t *all = hours_json(hours, now);
	json_int_t n = json_integer_value(json_array_get(all, i));

	assert_int_equal(json_array_size(all), HOURS);
	json_decref(all);
	return n;
}

static void each_hour_has_its_own(void **state)
{
	struct hours hours = { 0 };

	(void)state;
	assert_null(hours_json(&hours, NOW));
	hours_add(&hours, NOW - 3 * HOUR, 5);
	hours_add(&hours, NOW, 1);
	hours_add(&hours, NOW + 100, 1);
	assert_int_equal(hour(&hours, NOW, 47), 2);
	assert_int_equal(hour(&hours, NOW, 46), 0);
	assert_int_equal(hour(&hours, NOW, 44), 5);

	/* Late ones have their place, if it is still there. */
	hours_add(&hours, NOW - 47 * HOUR, 7);
	assert_int_equal(hour(&hours, NOW, 0), 7);
}

static void what_is_older_than_two_days_is_gone(void **state)
{
	struct hours hours = { 0 };

	(void)state;
	hours_add(&hours, NOW, 3);
	assert_int_equal(hour(&hours, NOW + 47 * HOUR, 0), 3);
	assert_null(hours_json(&hours, NOW + 48 * HOUR));
	hours_add(&hours, NOW + 48 * HOUR, 4);
	assert_int_equal(hour(&hours, NOW + 48 * HOUR, 47), 4);
	assert_int_equal(hour(&hours, NOW + 48 * HOUR, 46), 0);
	hours_add(&hours, NOW + 1000 * HOUR, 1);
	assert_int_equal(hour(&hours, NOW + 1000 * HOUR, 47), 1);
}

static void a_clock_that_was_set_back_does_no_harm(void **state)
{
	struct hours hours = { 0 };

	(void)state;
	hours_add(&hours, NOW, 3);
	hours_add(&hours, NOW - 24 * HOUR, 2);
	assert_int_equal(hour(&hours, NOW - 24 * HOUR, 47), 2);
	assert_int_equal(hour(&hours, NOW, 47), 3);
	hours_add(&hours, -5, 1);
	assert_int_equal(hour(&hours, NOW, 47), 3);
	hours_add(&hours, NOW + 100 * HOUR, 1);
	hours_add(&hours, NOW, 2);
	hours_add(&hours, NOW + HOUR, 4);
	assert_int_equal(hour(&hours, NOW + HOUR, 46), 2);
	assert_int_equal(hour(&hours, NOW + HOUR, 47), 4);
}

static void values_are_counted_up_to_their_bound(void **state)
{
	static const double bounds[] = { 1, 10, 0 };
	struct histogram histogram = { .bounds = bounds };

	(void)state;
	histogram_add(&histogram, 0);
	histogram_add(&histogram, 1);
	histogram_add(&histogram, 1.5);
	histogram_add(&histogram, 1000);
	assert_int_equal(histogram.counts[0], 2);
	assert_int_equal(histogram.counts[1], 1);
	assert_int_equal(histogram.counts[2], 1);
	assert_true(histogram.sum > 1002 && histogram.sum < 1003);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_hour_has_its_own),
		cmocka_unit_test(what_is_older_than_two_days_is_gone),
		cmocka_unit_test(a_clock_that_was_set_back_does_no_harm),
		cmocka_unit_test(values_are_counted_up_to_their_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
