/* When a host may be asked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/net/politeness.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* A request that takes no time; how long the host is left alone after it. */
static int64_t ask(struct politeness *host, enum outcome outcome,
    int64_t retry_after, int64_t *now)
{
	int64_t wait;

	assert_int_equal(politeness_wait(host, 1, 0, *now), 0);
	politeness_begin(host, 0, *now);
	politeness_end(host, outcome, retry_after, 0, *now);
	wait = politeness_wait(host, 1, 0, *now);
	*now += wait;
	return wait;
}

/* Between two ends there is at least the pause, and between two beginnings. */
static void a_pause_lies_between_two_requests(void **state)
{
	static const struct {
		int64_t pause;
		int64_t takes; /* the first, to be answered */
		int64_t later; /* after the end of the first */
		int64_t wait;
	} rows[] = {
		{ 0, 0, 0, 0 },
		{ 0, 60000, 0, 0 },
		{ 2000, 0, 0, 2000 },
		{ 2000, 700, 500, 1500 },
		{ 2000, 60000, 1999, 1 },
		{ 2000, 0, 2000, 0 },
		{ 2000, 0, 99999, 0 },
		{ DAY, 1, DAY - 1, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };
		int64_t end = HOUR + rows[i].takes;

		politeness_begin(&host, rows[i].pause, HOUR);
		politeness_end(&host, OUTCOME_FINE, 0, rows[i].pause, end);
		assert_int_equal(
		    politeness_wait(&host, 1, 0, end + rows[i].later),
		    rows[i].wait);
	}
}

/* With several connections no two requests begin at once either. */
static void so_many_requests_at_a_time(void **state)
{
	struct politeness host = { 0 };

	(void)state;
	assert_int_equal(politeness_wait(&host, 1, 0, 0), 0);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR), 0);
	politeness_begin(&host, 100, HOUR);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR), -1);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + DAY), -1);
	assert_int_equal(politeness_wait(&host, 2, 0, HOUR), 100);
	assert_int_equal(politeness_wait(&host, 2, 0, HOUR + 100), 0);
	politeness_begin(&host, 100, HOUR + 100);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + 9999), -1);
	assert_int_equal(politeness_wait(&host, 2, 0, HOUR + 9999), -1);
	assert_int_equal(politeness_wait(&host, 3, 0, HOUR + 9999), 0);
	politeness_end(&host, OUTCOME_FINE, 0, 100, HOUR + 200);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + 9999), -1);
	assert_int_equal(politeness_wait(&host, 2, 0, HOUR + 250), 50);
	politeness_end(&host, OUTCOME_FINE, 0, 100, HOUR + 300);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + 300), 100);
	assert_int_equal(host.under_way, 0);
}

/* Who wants a long pause has it on both sides, also behind one in a hurry. */
static void a_pause_holds_before_a_request_too(void **state)
{
	struct politeness host = { 0 };

	(void)state;
	assert_int_equal(politeness_wait(&host, 1, HOUR, 0), 0);
	politeness_begin(&host, 0, HOUR);
	assert_int_equal(politeness_wait(&host, 2, MINUTE, HOUR), MINUTE);
	politeness_end(&host, OUTCOME_FINE, 0, 0, HOUR + SECOND);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + SECOND), 0);
	assert_int_equal(politeness_wait(&host, 1, MINUTE, HOUR + 2 * SECOND),
	    MINUTE - SECOND);
	assert_int_equal(
	    politeness_wait(&host, 1, MINUTE, HOUR + 2 * MINUTE), 0);
}

/* A source without a pause does not take that of another from the host. */
static void the_longest_pause_counts(void **state)
{
	struct politeness host = { 0 };

	(void)state;
	politeness_begin(&host, 0, HOUR);
	politeness_begin(&host, 5000, HOUR);
	politeness_end(&host, OUTCOME_FINE, 0, 5000, HOUR);
	politeness_end(&host, OUTCOME_FINE, 0, 0, HOUR + 1);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + 1), 4999);
}

static void a_host_that_says_when_is_asked_then(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t pause, retry_after, wait;
	} rows[] = {
		{ OUTCOME_LIMITED, 0, 1, 1 },
		{ OUTCOME_LIMITED, 2000, 1000, 2000 },
		{ OUTCOME_LIMITED, 2000, HOUR, HOUR },
		{ OUTCOME_LIMITED, 0, 7 * HOUR, 7 * HOUR },
		{ OUTCOME_LIMITED, 0, DAY, DAY },
		/* nobody is believed who wants us away for longer */
		{ OUTCOME_LIMITED, 0, DAY + 1, DAY },
		{ OUTCOME_LIMITED, 0, 1000 * DAY, DAY },
		{ OUTCOME_LIMITED, 0, INT64_MAX, DAY },
		{ OUTCOME_LIMITED, 2 * DAY, INT64_MAX, 2 * DAY },
		/* who says nothing is left alone for a minute */
		{ OUTCOME_LIMITED, 0, 0, MINUTE },
		/* one 403 is of one page, but for what it says itself */
		{ OUTCOME_BLOCKED, 0, 0, 0 },
		{ OUTCOME_BLOCKED, 0, HOUR, HOUR },
		{ OUTCOME_HTTP_5XX, 0, HOUR, HOUR },
		{ OUTCOME_HTTP_5XX, 0, 0, 0 },
		/* who is fine has nothing to say */
		{ OUTCOME_FINE, 0, HOUR, 0 },
		{ OUTCOME_NOT_FOUND, 0, HOUR, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };

		politeness_begin(&host, rows[i].pause, HOUR);
		politeness_end(&host, rows[i].outcome, rows[i].retry_after,
		    rows[i].pause, HOUR);
		if (politeness_wait(&host, 1, 0, HOUR) != rows[i].wait)
			fail_msg("row %zu: %lld", i,
			    (long long)politeness_wait(&host, 1, 0, HOUR));
	}
}

/* Nothing, a few times; then twice as long each time, up to a cap. */
static void trouble_grows_up_to_a_cap(void **state)
{
	static const struct {
		enum outcome outcome;
		int forgiven;
		int64_t first, most;
	} rows[] = {
		{ OUTCOME_LIMITED, 0, MINUTE, 6 * HOUR },
		{ OUTCOME_BLOCKED, 2, MINUTE, 6 * HOUR },
		{ OUTCOME_DNS, 1, 15 * SECOND, 15 * MINUTE },
		{ OUTCOME_CONNECT, 1, 15 * SECOND, 15 * MINUTE },
		{ OUTCOME_TLS, 1, 15 * SECOND, 15 * MINUTE },
		{ OUTCOME_TIMEOUT, 1, 15 * SECOND, 15 * MINUTE },
		{ OUTCOME_HTTP_5XX, 2, 30 * SECOND, 15 * MINUTE },
		/* these are of one page, not of the host */
		{ OUTCOME_NOT_FOUND, 100, 0, 0 },
		{ OUTCOME_GONE, 100, 0, 0 },
		{ OUTCOME_HTTP_4XX, 100, 0, 0 },
		{ OUTCOME_REDIRECTS, 100, 0, 0 },
		{ OUTCOME_REFUSED, 100, 0, 0 },
		{ OUTCOME_UNCHANGED, 100, 0, 0 },
	};
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };
		int64_t now = HOUR, want = rows[i].first, got;

		for (n = 0; n < 3000; n++) {
			got = ask(&host, rows[i].outcome, 0, &now);
			if (got != (n < rows[i].forgiven ? 0 : want))
				fail_msg(
				    "row %zu, %d: %lld", i, n, (long long)got);
			if (n < rows[i].forgiven)
				continue;
			want =
			    2 * want < rows[i].most ? 2 * want : rows[i].most;
		}
	}
}

static void an_answer_ends_the_trouble(void **state)
{
	static const enum outcome ends[] = { OUTCOME_FINE, OUTCOME_UNCHANGED,
		OUTCOME_NOT_FOUND, OUTCOME_GONE, OUTCOME_REDIRECTS };
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < COUNT(ends); i++) {
		struct politeness host = { 0 };
		int64_t now = HOUR;

		for (n = 0; n < 20; n++)
			ask(&host, OUTCOME_LIMITED, 0, &now);
		assert_int_equal(ask(&host, ends[i], 0, &now), 0);
		assert_int_equal(host.strikes, 0);
		assert_int_equal(host.why, OUTCOME_FINE);
		assert_int_equal(ask(&host, OUTCOME_BLOCKED, 0, &now), 0);
		assert_int_equal(ask(&host, OUTCOME_BLOCKED, 0, &now), 0);
		assert_int_equal(ask(&host, ends[i], 0, &now), 0);
		assert_int_equal(ask(&host, OUTCOME_BLOCKED, 0, &now), 0);
		assert_int_equal(ask(&host, OUTCOME_BLOCKED, 0, &now), 0);
		assert_int_equal(ask(&host, OUTCOME_BLOCKED, 0, &now), MINUTE);
	}
}

static void trouble_of_another_kind_begins_anew(void **state)
{
	struct politeness host = { 0 };
	int64_t now = HOUR;
	int n;

	(void)state;
	for (n = 0; n < 10; n++)
		ask(&host, OUTCOME_TIMEOUT, 0, &now);
	assert_int_equal(ask(&host, OUTCOME_LIMITED, 0, &now), MINUTE);
	assert_int_equal(host.why, OUTCOME_LIMITED);
	assert_int_equal(ask(&host, OUTCOME_LIMITED, 0, &now), 2 * MINUTE);
	assert_int_equal(ask(&host, OUTCOME_CONNECT, 0, &now), 0);
	assert_int_equal(host.why, OUTCOME_CONNECT);
	assert_int_equal(ask(&host, OUTCOME_CONNECT, 0, &now), 15 * SECOND);
	assert_int_equal(ask(&host, OUTCOME_LIMITED, 0, &now), MINUTE);
}

/* What the host has asked for once counts, whatever the others under way
   bring: a page that was begun before, a shorter time, other trouble. */
static void a_hold_is_not_cut_short(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t retry_after;
	} rows[] = {
		{ OUTCOME_FINE, 0 },
		{ OUTCOME_NOT_FOUND, 0 },
		{ OUTCOME_LIMITED, SECOND },
		{ OUTCOME_LIMITED, 0 },
		{ OUTCOME_TIMEOUT, 0 },
		{ OUTCOME_BLOCKED, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };

		politeness_begin(&host, 0, HOUR);
		politeness_begin(&host, 0, HOUR);
		politeness_end(&host, OUTCOME_LIMITED, HOUR, 0, HOUR);
		politeness_end(&host, rows[i].outcome, rows[i].retry_after, 0,
		    HOUR + SECOND);
		assert_int_equal(
		    politeness_wait(&host, 1, 0, HOUR + SECOND), HOUR - SECOND);
		/* People are told why it is held. */
		if (host.why != OUTCOME_LIMITED)
			fail_msg(
			    "row %zu: held for %s", i, outcome_name(host.why));
	}
}

/* Whom nobody has reached may be there again; who has asked for it knows. */
static void what_nobody_asked_for_may_be_ended(void **state)
{
	static const struct {
		enum outcome outcome;
		bool ends;
	} rows[] = {
		{ OUTCOME_DNS, true },
		{ OUTCOME_CONNECT, true },
		{ OUTCOME_TLS, true },
		{ OUTCOME_TIMEOUT, true },
		{ OUTCOME_LIMITED, false },
		{ OUTCOME_BLOCKED, false },
		{ OUTCOME_HTTP_5XX, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct politeness host = { 0 };
		int64_t now = HOUR, wait = 0;
		int n;

		for (n = 0; n < 5; n++) {
			now += wait;
			wait = ask(&host, rows[i].outcome, 0, &now);
			now -= wait;
		}
		assert_true(wait > 0);
		politeness_retry(&host, now);
		assert_int_equal(
		    politeness_wait(&host, 1, 0, now), rows[i].ends ? 0 : wait);
	}
}

/* One that is held for a moment may ask for more. */
static void who_asks_for_more_while_held_has_it(void **state)
{
	struct politeness host = { 0 };

	(void)state;
	politeness_begin(&host, 0, HOUR);
	politeness_begin(&host, 0, HOUR);
	politeness_begin(&host, 0, HOUR);
	politeness_end(&host, OUTCOME_TIMEOUT, 0, 0, HOUR);
	politeness_end(&host, OUTCOME_TIMEOUT, 0, 0, HOUR);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR), -1);
	politeness_end(&host, OUTCOME_LIMITED, 2 * HOUR, 0, HOUR + SECOND);
	assert_int_equal(politeness_wait(&host, 1, 0, HOUR + SECOND), 2 * HOUR);
	assert_int_equal(host.why, OUTCOME_LIMITED);
}

/* Also where it says each time when: it may say the same for ever. */
static void a_host_that_says_when_has_strikes_too(void **state)
{
	struct politeness host = { 0 };
	int64_t now = HOUR;
	int n;

	(void)state;
	for (n = 0; n < 4; n++)
		assert_int_equal(
		    ask(&host, OUTCOME_LIMITED, SECOND, &now), SECOND);
	assert_int_equal(host.strikes, 4);
	assert_int_equal(ask(&host, OUTCOME_LIMITED, 0, &now), 16 * MINUTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pause_lies_between_two_requests),
		cmocka_unit_test(so_many_requests_at_a_time),
		cmocka_unit_test(a_pause_holds_before_a_request_too),
		cmocka_unit_test(the_longest_pause_counts),
		cmocka_unit_test(a_host_that_says_when_is_asked_then),
		cmocka_unit_test(trouble_grows_up_to_a_cap),
		cmocka_unit_test(an_answer_ends_the_trouble),
		cmocka_unit_test(trouble_of_another_kind_begins_anew),
		cmocka_unit_test(a_hold_is_not_cut_short),
		cmocka_unit_test(what_nobody_asked_for_may_be_ended),
		cmocka_unit_test(who_asks_for_more_while_held_has_it),
		cmocka_unit_test(a_host_that_says_when_has_strikes_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
