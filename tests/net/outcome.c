/* What came of a request, as a class. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/net/outcome.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WEEK ((int64_t)7 * 24 * 3600 * 1000)

static void each_status_is_of_a_class(void **state)
{
	static const struct {
		long status;
		bool retry_after;
		enum outcome outcome;
	} rows[] = {
		{ 200, false, OUTCOME_FINE },
		{ 200, true, OUTCOME_FINE },
		{ 203, false, OUTCOME_FINE },
		{ 202, false, OUTCOME_BLOCKED },
		{ 204, false, OUTCOME_EMPTY },
		{ 205, false, OUTCOME_EMPTY },
		{ 206, false, OUTCOME_BROKEN }, /* we ask for no ranges */
		{ 304, false, OUTCOME_UNCHANGED },
		{ 300, false, OUTCOME_REDIRECTS },
		{ 301, false, OUTCOME_REDIRECTS },
		{ 302, false, OUTCOME_REDIRECTS },
		{ 307, true, OUTCOME_REDIRECTS },
		{ 308, false, OUTCOME_REDIRECTS },
		{ 400, false, OUTCOME_HTTP_4XX },
		{ 401, false, OUTCOME_HTTP_4XX },
		{ 403, false, OUTCOME_BLOCKED },
		{ 404, false, OUTCOME_NOT_FOUND },
		{ 406, false, OUTCOME_HTTP_4XX },
		{ 410, false, OUTCOME_GONE },
		{ 429, false, OUTCOME_LIMITED },
		{ 429, true, OUTCOME_LIMITED },
		{ 451, false, OUTCOME_BLOCKED },
		{ 499, false, OUTCOME_HTTP_4XX },
		{ 500, false, OUTCOME_HTTP_5XX },
		{ 502, true, OUTCOME_HTTP_5XX },
		{ 503, false, OUTCOME_HTTP_5XX },
		{ 503, true, OUTCOME_LIMITED },
		{ 520, false, OUTCOME_HTTP_5XX },
		{ 999, false, OUTCOME_HTTP_5XX },
		/* no answer that came whole */
		{ 0, false, OUTCOME_BROKEN },
		{ 101, false, OUTCOME_BROKEN },
		{ -1, false, OUTCOME_BROKEN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		enum outcome outcome =
		    outcome_of_status(rows[i].status, rows[i].retry_after);

		if (outcome != rows[i].outcome)
			fail_msg(
			    "%ld is %s", rows[i].status, outcome_name(outcome));
	}
}

/* The names are in the status and in the log: small letters, each another. */
static void each_class_has_a_name_of_its_own(void **state)
{
	int i, k;

	(void)state;
	for (i = 0; i < N_OUTCOMES; i++) {
		const char *name = outcome_name((enum outcome)i);

		assert_non_null(name);
		assert_true(strlen(name) > 2);
		assert_int_equal(
		    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
		    strlen(name));
		for (k = 0; k < i; k++)
			assert_string_not_equal(
			    name, outcome_name((enum outcome)k));
	}
}

/* Nothing is given up, and nothing is asked for without an end. */
static void failures_have_caps(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < N_OUTCOMES; i++) {
		enum outcome outcome = (enum outcome)i;
		bool fine =
		    outcome == OUTCOME_FINE || outcome == OUTCOME_UNCHANGED;

		assert_int_equal(outcome_is_fine(outcome), fine);
		assert_true(outcome_back_off(outcome) <= WEEK);
		if (fine || outcome == OUTCOME_HELD)
			continue;
		assert_true(outcome_back_off(outcome) > 0);
		assert_true(outcome_tries(outcome) > 0);
		assert_true(outcome_tries(outcome) < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_status_is_of_a_class),
		cmocka_unit_test(each_class_has_a_name_of_its_own),
		cmocka_unit_test(failures_have_caps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
