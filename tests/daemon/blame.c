/* What plugins have done to workers is counted for those that are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/daemon/blame.h"

static struct blame blame;
static struct blamed *feed, *dates;

static int known(void **state)
{
	(void)state;
	feed = blame_of(&blame, "feed");
	dates = blame_of(&blame, "dates");
	return 0;
}

static int forgotten(void **state)
{
	(void)state;
	blame_free(&blame);
	return 0;
}

static void answered(struct blamed *source, const struct litter *litter)
{
	const struct result result = { .litter = litter,
		.n_litter = litter != NULL };

	blame_answered(&blame, source, &result);
}

static void each_kind_is_counted_apart(void **state)
{
	const struct litter statics = { "dates", 24, 0, false },
			    heap = { "feed", 0, 1 << 20, false },
			    spoilt = { "feed", 0, 0, true },
			    both = { "dates", 8, 7, false };

	(void)state;
	answered(feed, &statics);
	answered(feed, &statics);
	answered(feed, &heap);
	answered(feed, &spoilt);
	answered(feed, &both);
	answered(feed, NULL);
	assert_int_equal(dates->statics, 3);
	assert_int_equal(dates->statics_bytes, 8);
	assert_int_equal(dates->leaks, 1);
	assert_int_equal(dates->heap_bytes, 7);
	assert_int_equal(dates->lost, 0);
	assert_int_equal(feed->statics, 0);
	assert_int_equal(feed->leaks, 1);
	assert_int_equal(feed->heap_bytes, 1 << 20);
	assert_int_equal(feed->lost, 1);
}

/* A worker may name whom it likes. */
static void who_is_not_known_does_not_count(void **state)
{
	const struct litter stranger = { "stranger", 8, 8, true };

	(void)state;
	answered(feed, &stranger);
	blame_lost(&blame, feed, "stranger");
	blame_lost(&blame, feed, NULL);
	assert_int_equal(feed->lost, 0);
	assert_ptr_equal(blame_of(&blame, "feed"), feed);
	assert_ptr_equal(blame.first, dates);
	assert_ptr_equal(dates->next, feed);
	assert_null(feed->next);
}

/* Whose code it was is to blame; whose pages they are is suspected. */
static void who_is_lost_is_suspected_for_a_while(void **state)
{
	int n = 0;

	(void)state;
	assert_int_equal(feed->suspected, 0);
	blame_lost(&blame, feed, "dates");
	assert_int_equal(dates->lost, 1);
	assert_int_equal(dates->suspected, 0);
	assert_int_equal(feed->lost, 0);
	for (; feed->suspected > 0; n++)
		answered(feed, NULL);
	assert_in_range(n, 1, 100);
	answered(feed, NULL);
	assert_int_equal(feed->suspected, 0);
}

static void a_reload_begins_anew_and_counts_on(void **state)
{
	const struct litter both = { "feed", 8, 8, false };

	(void)state;
	answered(feed, &both);
	blame_lost(&blame, feed, "feed");
	assert_true(feed->statics_told);
	assert_true(feed->leak_told);
	blame_anew(&blame);
	assert_false(feed->statics_told);
	assert_false(feed->leak_told);
	assert_int_equal(feed->suspected, 0);
	assert_int_equal(feed->statics, 1);
	assert_int_equal(feed->leaks, 1);
	assert_int_equal(feed->lost, 1);
}

#define OF_TWO(test) cmocka_unit_test_setup_teardown(test, known, forgotten)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF_TWO(each_kind_is_counted_apart),
		OF_TWO(who_is_not_known_does_not_count),
		OF_TWO(who_is_lost_is_suspected_for_a_while),
		OF_TWO(a_reload_begins_anew_and_counts_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
