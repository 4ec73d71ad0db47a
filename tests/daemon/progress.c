/* The watchdog is fed while orders come to an end, or there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/daemon/progress.h"

#define PATIENCE 10000

/* A look each `ms`, in order; what the pool was doing then. */
struct look {
	int64_t ms;
	int working, waiting;
	uint64_t moves;
	int64_t patience;
	bool made;
};

static void looks_are(const struct look *look, size_t n)
{
	struct progress progress = { 0 };
	size_t i;

	for (i = 0; i < n; i++, look++) {
		const struct pool_counts counts = { .working = look->working,
			.waiting = look->waiting,
			.moves = look->moves,
			.patience = look->patience };

		if (progress_is_made(&progress, &counts, look->ms) !=
		    look->made)
			fail_msg("at %d ms it is not so", (int)look->ms);
	}
}

#define LOOKS(...)                                                  \
	do {                                                        \
		static const struct look looks[] = { __VA_ARGS__ }; \
		looks_are(looks, sizeof(looks) / sizeof(looks[0])); \
	} while (0)

static void a_pool_without_orders_may_rest_for_ever(void **state)
{
	(void)state;
	LOOKS({ 1000, 0, 0, 7, 0, true }, { 1000000, 0, 0, 7, 0, true },
	    { 90000000, 0, 0, 7, 0, true });
}

static void orders_that_end_are_progress(void **state)
{
	(void)state;
	LOOKS({ 1000, 2, 50, 7, PATIENCE, true },
	    { 51000, 2, 50, 8, PATIENCE, true },
	    { 101000, 2, 50, 9, PATIENCE, true },
	    { 151000, 2, 50, 9, PATIENCE, true });
}

static void an_order_that_does_not_end_is_none(void **state)
{
	(void)state;
	LOOKS({ 1000, 0, 0, 7, 0, true }, { 31000, 1, 0, 7, PATIENCE, true },
	    { 61000, 1, 0, 7, PATIENCE, false },
	    { 91000, 1, 0, 7, PATIENCE, false },
	    { 121000, 1, 0, 8, PATIENCE, true });
}

/* An order is begun just after a look that saw none: it has its time. */
static void time_counts_from_the_last_look_without_orders(void **state)
{
	(void)state;
	LOOKS({ 500000, 0, 0, 7, 0, true }, { 555000, 1, 0, 7, PATIENCE, true },
	    { 555001, 1, 0, 7, PATIENCE, false });
}

static void orders_that_nobody_takes_up_are_none(void **state)
{
	(void)state;
	LOOKS({ 1000, 0, 3, 7, PATIENCE, true },
	    { 57000, 0, 3, 7, PATIENCE, false });
}

static void the_patient_are_waited_for(void **state)
{
	(void)state;
	LOOKS({ 1000, 1, 9, 7, 3600000, true },
	    { 3600000, 1, 9, 7, 3600000, true },
	    { 3647000, 1, 9, 7, 3600000, false });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pool_without_orders_may_rest_for_ever),
		cmocka_unit_test(orders_that_end_are_progress),
		cmocka_unit_test(an_order_that_does_not_end_is_none),
		cmocka_unit_test(time_counts_from_the_last_look_without_orders),
		cmocka_unit_test(orders_that_nobody_takes_up_are_none),
		cmocka_unit_test(the_patient_are_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
