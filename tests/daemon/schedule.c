/* When feeds and pages are looked at again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/schedule.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

#define SINCE_DAYS 20006
#define SINCE (SINCE_DAYS * DAY) /* a midnight, on the wall: a Thursday */
#define HOURS(from, to) \
	(((1u << ((to) - (from))) - 1) << (from)) /* of a day, UTC */

static const uint64_t chances[] = { 0, 1, 7, 1000, 999999937, 1ull << 32,
	UINT64_MAX / 2, UINT64_MAX };

static const struct pace usual_pace = { .min_interval = 5 * MINUTE,
	.max_interval = HOUR,
	.distrust = 24,
	.honour_ttl = true };

/* So long after SINCE. */
static struct now at(int64_t time)
{
	return (struct now){ .steady = 5 * DAY + time, .wall = SINCE + time };
}

static void check_between(
    size_t row, int64_t value, int64_t least, int64_t most)
{
	if (value < least || value > most)
		fail_msg("row %zu: %lld is not between %lld and %lld", row,
		    (long long)value, (long long)least, (long long)most);
}

/* Up to a tenth later. */
static void check_about(size_t row, int64_t value, int64_t want)
{
	check_between(row, value, want, want + want / 10);
}

/* A look at that time; how long it is until the next one. */
static int64_t look(struct watch *watch, const struct pace *pace,
    const struct poll *poll, int64_t time, uint64_t chance)
{
	schedule_next(watch, pace, poll, at(time), chance);
	return watch->due - at(time).steady;
}

static int64_t failed(
    struct watch *watch, enum outcome outcome, int64_t time, uint64_t chance)
{
	const struct poll poll = { .outcome = outcome };

	return look(watch, &usual_pace, &poll, time, chance);
}

/* ---- the first look ---- */

static void the_first_looks_are_spread(void **state)
{
	static const struct {
		int64_t interval, most;
	} rows[] = {
		{ 9, 0 },
		{ SECOND, 100 },
		{ MINUTE, 6 * SECOND },
		{ 15 * MINUTE, MINUTE },
		{ WEEK, MINUTE },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct pace pace = usual_pace;
		int64_t latest = 0;

		pace.min_interval = rows[i].interval;
		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .failures = 3 };

			schedule_begin(&watch, &pace, at(0), chances[k]);
			check_between(
			    i, watch.due - at(0).steady, 0, rows[i].most);
			assert_int_equal(watch.failures, 3);
		}
		for (k = 0; k < 70000; k++) {
			struct watch watch = { 0 };

			schedule_begin(&watch, &pace, (struct now){ 0 }, k);
			latest = watch.due > latest ? watch.due : latest;
		}
		assert_int_equal(latest, rows[i].most);
	}
}

static void the_first_feed_tells_by_its_dates_how_often(void **state)
{
	static const struct {
		int64_t entries, oldest, newest; /* hours after SINCE */
		int64_t usual, interval;
	} rows[] = {
		{ 21, 0, 10, 30 * MINUTE, 30 * MINUTE },
		{ 2, 0, 10, 10 * HOUR, HOUR },
		{ 601, 0, 10, MINUTE, 5 * MINUTE },
		/* without two dates nobody knows */
		{ 1, 0, 10, 0, 5 * MINUTE },
		{ 20, 10, 10, 0, 5 * MINUTE },
		{ 20, -SINCE_DAYS * 24, 10, 0, 5 * MINUTE },
		{ 0, -SINCE_DAYS * 24, -SINCE_DAYS * 24, 0, 5 * MINUTE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { 0 };
		const struct poll poll = { .entries = rows[i].entries,
			.new = rows[i].entries,
			.oldest = SINCE + rows[i].oldest *HOUR,
			.newest = SINCE + rows[i].newest *HOUR };

		schedule_next(
		    &watch, &usual_pace, &poll, at(11 * HOUR), chances[3]);
		check_between(i, watch.usual, rows[i].usual, rows[i].usual);
		check_between(
		    i, watch.interval, rows[i].interval, rows[i].interval);
	}
}

/* ---- a feed that brings something ---- */

#define SHOWN 20 /* entries that it shows */

struct site { /* a feed, and when it publishes: rising, after SINCE */
	int64_t entries[20000];
	int64_t n;
	int64_t asked, most_late; /* the polls; how late an entry was seen */
	int64_t overflows;
};

static struct site site;

/* `n` at once every `gap`, between two hours of a day. */
static void site_fill(int64_t gap, int64_t n, int64_t from, int64_t to)
{
	int64_t time, i;

	memset(&site, 0, sizeof(site));
	for (time = 0; time < 30 * DAY; time += gap) {
		if (time % DAY < from * HOUR || time % DAY >= to * HOUR)
			continue;
		for (i = 0; i < n && site.n < (int64_t)COUNT(site.entries); i++)
			site.entries[site.n++] = time;
	}
}

/* Entries that are there at that time. */
static int64_t site_has(int64_t time)
{
	int64_t from = 0, to = site.n;

	while (from < to) {
		int64_t middle = (from + to) / 2;

		if (site.entries[middle] <= time)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct poll site_poll(int64_t before, int64_t time)
{
	int64_t had = site_has(before), has = site_has(time);
	int64_t shown = has < SHOWN ? has : SHOWN;
	int64_t new = has - had < shown ? has - had : shown;

	if (new == 0)
		return (struct poll){ .outcome = OUTCOME_UNCHANGED,
			.conditional = true };
	return (struct poll){ .conditional = true,
		.entries = shown,
		.new = new,
		.known = shown - new,
		.oldest = SINCE + site.entries[has - shown],
		.newest = SINCE + site.entries[has - 1] };
}

/* Looks at it from one time to another, and counts from `counted` on. */
static void site_watch(
    const struct pace *pace, int64_t from, int64_t counted, int64_t to)
{
	struct watch watch = { 0 };
	int64_t before = -1, time = from;
	uint64_t chance = 42;

	while (time < to) {
		struct poll poll = site_poll(before, time);
		int64_t first = site_has(before);
		unsigned say;

		if (time >= counted) {
			site.asked++;
			if (poll.new > 0 &&
			    time - site.entries[first] > site.most_late)
				site.most_late = time - site.entries[first];
		}
		chance = chance * 6364136223846793005u + 1;
		say =
		    schedule_next(&watch, pace, &poll, at(time), chance >> 33);
		site.overflows += time >= counted && (say & SAY_OVERFLOW) != 0;
		before = time;
		time = watch.due - at(0).steady;
	}
}

/* Ten days, after ten in which it was learnt. */
static void a_feed_is_asked_as_often_as_it_brings_something(void **state)
{
	static const struct {
		const char *what;
		int64_t gap, n, from, to; /* hours */
		int64_t least, most;      /* polls a day */
		int64_t late;             /* at most */
	} rows[] = {
		{ "40 an hour", 90 * SECOND, 1, 0, 24, 270, 310, 6 * MINUTE },
		{ "6 an hour", 10 * MINUTE, 1, 0, 24, 120, 170, 15 * MINUTE },
		{ "2 an hour", 30 * MINUTE, 1, 0, 24, 40, 56, 40 * MINUTE },
		{ "1 an hour", HOUR, 1, 0, 24, 22, 27, 70 * MINUTE },
		{ "1 a day", DAY, 1, 0, 24, 22, 27, 70 * MINUTE },
		{ "1 a week", WEEK, 1, 0, 24, 22, 27, 70 * MINUTE },
		{ "bursts", 6 * HOUR, 10, 0, 24, 22, 48, 70 * MINUTE },
		{ "nights", 10 * MINUTE, 1, 6, 22, 80, 140, 70 * MINUTE },
		{ "never", 60 * DAY, 1, 0, 24, 22, 27, 70 * MINUTE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		site_fill(rows[i].gap, rows[i].n, rows[i].from, rows[i].to);
		site_watch(&usual_pace, 0, 10 * DAY, 20 * DAY);
		if (site.asked < 10 * rows[i].least ||
		    site.asked > 10 * rows[i].most ||
		    site.most_late > rows[i].late)
			fail_msg("%s: asked %lld times, %lld s late",
			    rows[i].what, (long long)site.asked,
			    (long long)site.most_late / SECOND);
		assert_int_equal(site.overflows, 0);
	}
}

/* By ten in the morning the night is forgotten. */
static void a_night_is_no_habit(void **state)
{
	(void)state;
	site_fill(10 * MINUTE, 1, 6, 22);
	site_watch(&usual_pace, 0, 10 * DAY + 10 * HOUR, 10 * DAY + 20 * HOUR);
	check_between(0, site.asked, 40, 75);
	check_between(0, site.most_late, 0, 25 * MINUTE);
}

/* One of many entries an hour that was asked too seldom says so. */
static void what_was_missed_is_said(void **state)
{
	static const struct pace lazy = { .min_interval = 2 * HOUR,
		.max_interval = 2 * HOUR,
		.distrust = 24,
		.honour_ttl = true };

	(void)state;
	site_fill(90 * SECOND, 1, 0, 24);
	site_watch(&lazy, 0, DAY, 2 * DAY);
	assert_int_equal(site.overflows, site.asked);
}

/* It is asked again as soon as it may be. */
static void after_an_overflow_it_is_asked_soon(void **state)
{
	static const struct {
		int64_t entries, new, known;
		bool overflow;
	} rows[] = {
		{ 20, 20, 0, true },
		{ 20, 19, 0, true }, /* one is another source's */
		{ 20, 19, 1, false },
		{ 20, 0, 20, false },
		{ 20, 0, 0, false }, /* all are another source's */
		{ 0, 0, 0, false },
		{ 1, 1, 0, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { .news = SINCE, .usual = 10 * HOUR };
		const struct poll poll = { .entries = rows[i].entries,
			.new = rows[i].new,
			.known = rows[i].known };
		unsigned say = schedule_next(
		    &watch, &usual_pace, &poll, at(DAY), chances[4]);

		check_between(i, say, rows[i].overflow ? SAY_OVERFLOW : 0,
		    rows[i].overflow ? SAY_OVERFLOW : 0);
		check_about(i, watch.due - at(DAY).steady,
		    rows[i].overflow ? 5 * MINUTE : HOUR);
	}
}

/* The first look can have missed nothing that we know of. */
static void a_first_look_is_no_overflow(void **state)
{
	struct watch watch = { 0 };
	const struct poll poll = { .entries = 20, .new = 20 };

	(void)state;
	assert_int_equal(
	    schedule_next(&watch, &usual_pace, &poll, at(0), 0), 0);
}

/* Entries that another feed of ours has shown first are nothing new: a feed
   that only has those, or none at all, is not asked as often as one that has
   news all the time. */
static void a_feed_that_never_brings_anything_becomes_slow(void **state)
{
	static const struct poll rows[] = {
		{ .entries = 20, .known = 20 },
		{ .entries = 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { 0 };
		int64_t time = 0;

		while (time < DAY)
			time += look(&watch, &usual_pace, &rows[i], time, 7);
		check_about(i, watch.interval, HOUR);
	}
}

/* ---- what the feed itself asks for ---- */

static void what_the_feed_asks_for_is_a_floor(void **state)
{
	static const struct {
		int64_t ttl, max_age;
		bool honoured;
		int64_t then;
	} rows[] = {
		{ 0, 0, true, 5 * MINUTE },
		{ MINUTE, 0, true, 5 * MINUTE },
		{ 30 * MINUTE, 0, true, 30 * MINUTE },
		{ 0, 30 * MINUTE, true, 30 * MINUTE },
		{ 20 * MINUTE, 30 * MINUTE, true, 30 * MINUTE },
		{ 30 * MINUTE, 20 * MINUTE, true, 30 * MINUTE },
		/* also longer than the longest interval */
		{ 6 * HOUR, 0, true, 6 * HOUR },
		/* but nobody means a year */
		{ 365 * DAY, 0, true, DAY },
		{ 0, INT64_MAX, true, DAY },
		{ 6 * HOUR, 6 * HOUR, false, 5 * MINUTE },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct pace pace = usual_pace;

		pace.honour_ttl = rows[i].honoured;
		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .news = SINCE, .usual = MINUTE };
			const struct poll poll = { .entries = 2,
				.new = 1,
				.known = 1,
				.ttl = rows[i].ttl,
				.max_age = rows[i].max_age };
			static const struct poll same = { .outcome =
							      OUTCOME_UNCHANGED,
				.conditional = true };

			check_about(i,
			    look(&watch, &pace, &poll, MINUTE, chances[k]),
			    rows[i].then);
			/* It holds on, until the feed says another. */
			check_about(i,
			    look(&watch, &pace, &same, 2 * MINUTE, chances[k]),
			    rows[i].then);
		}
	}
}

static int64_t wait_of_ttl(enum outcome outcome, bool overflow, uint64_t chance)
{
	struct watch watch = { .news = SINCE, .usual = MINUTE, .floor = HOUR };
	const struct poll poll = { .outcome = outcome,
		.entries = 2,
		.new = 2,
		.known = overflow ? 0 : 1,
		.ttl = HOUR };

	return look(&watch, &usual_pace, &poll, MINUTE, chance);
}

/* Chance does not bring us a minute before the time that was asked for. */
static void nobody_comes_before_the_floor(void **state)
{
	size_t k;

	(void)state;
	for (k = 0; k < COUNT(chances); k++) {
		check_between(k, wait_of_ttl(OUTCOME_FINE, false, chances[k]),
		    HOUR, HOUR + 12 * MINUTE);
		check_between(k, wait_of_ttl(OUTCOME_FINE, true, chances[k]),
		    HOUR, HOUR + 12 * MINUTE);
		check_between(k,
		    wait_of_ttl(OUTCOME_TIMEOUT, false, chances[k]), HOUR,
		    HOUR + 12 * MINUTE);
	}
}

/* Hours and days are those of UTC, the week begins on Sunday; SINCE is a
   Thursday, 4. */
static void what_the_feed_names_is_skipped(void **state)
{
	static const struct {
		uint32_t hours;
		uint8_t days;
		int64_t time;
		int64_t least, most; /* of the next look, after SINCE */
	} rows[] = {
		{ 0, 0, 3 * HOUR, 3 * HOUR + 4 * MINUTE,
		    3 * HOUR + 6 * MINUTE },
		{ HOURS(0, 6), 0, 3 * HOUR, 6 * HOUR, 6 * HOUR + 10 * MINUTE },
		{ HOURS(0, 6), 0, 6 * HOUR, 6 * HOUR, 6 * HOUR + 6 * MINUTE },
		{ HOURS(0, 6), 0, 6 * HOUR - 3 * MINUTE, 6 * HOUR,
		    6 * HOUR + 10 * MINUTE },
		/* past midnight */
		{ HOURS(22, 24) | HOURS(0, 6), 0, 23 * HOUR, DAY + 6 * HOUR,
		    DAY + 6 * HOUR + 10 * MINUTE },
		/* one hour a day is left */
		{ HOURS(0, 24) & ~HOURS(5, 6), 0, 6 * HOUR, DAY + 5 * HOUR,
		    DAY + 5 * HOUR + 10 * MINUTE },
		/* Friday and Saturday */
		{ 0, 1 << 5 | 1 << 6, DAY - MINUTE, 3 * DAY,
		    3 * DAY + 10 * MINUTE },
		{ HOURS(0, 8), 1 << 5, DAY - MINUTE, 2 * DAY + 8 * HOUR,
		    2 * DAY + 8 * HOUR + 10 * MINUTE },
		/* never is not meant */
		{ HOURS(0, 24), 0, 3 * HOUR, 3 * HOUR + 4 * MINUTE,
		    3 * HOUR + 6 * MINUTE },
		{ 0, 0x7f, 3 * HOUR, 3 * HOUR + 4 * MINUTE,
		    3 * HOUR + 6 * MINUTE },
		{ 0xffffffff, 0xff, 3 * HOUR, 3 * HOUR + 4 * MINUTE,
		    3 * HOUR + 6 * MINUTE },
		/* bits that are no hour, and no day */
		{ 0xff000000, 0x80, 3 * HOUR, 3 * HOUR + 4 * MINUTE,
		    3 * HOUR + 6 * MINUTE },
	};
	struct pace heedless = usual_pace;
	size_t i, k;

	(void)state;
	heedless.honour_ttl = false;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .news = SINCE + rows[i].time };
			const struct poll poll = { .entries = 1,
				.known = 1,
				.skip_hours = rows[i].hours,
				.skip_days = rows[i].days };
			int64_t wait = look(&watch, &usual_pace, &poll,
			    rows[i].time, chances[k]);

			check_between(i, rows[i].time + wait, rows[i].least,
			    rows[i].most);
			wait = look(
			    &watch, &heedless, &poll, rows[i].time, chances[k]);
			check_about(i, wait, 5 * MINUTE);
		}
	}
}

/* Also where it has failed, or its host is held. */
static void skipped_hours_are_skipped_after_failures(void **state)
{
	static const enum outcome outcomes[] = { OUTCOME_TIMEOUT, OUTCOME_HELD,
		OUTCOME_LIMITED };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(outcomes); i++) {
		struct watch watch = { .news = SINCE,
			.skip_hours = HOURS(0, 6) };
		const struct poll poll = { .outcome = outcomes[i],
			.again = MINUTE };

		check_between(i, look(&watch, &usual_pace, &poll, 2 * HOUR, 7),
		    4 * HOUR, 4 * HOUR + 10 * MINUTE);
	}
}

static void chance_reaches_both_ends(void **state)
{
	static const struct pace second = {
		.min_interval = SECOND, .max_interval = SECOND, .distrust = 24
	};
	static const struct poll same = { .outcome = OUTCOME_UNCHANGED };
	int64_t least = INT64_MAX, most = 0;
	uint64_t chance;

	(void)state;
	for (chance = 0; chance < 1000; chance++) {
		struct watch watch = { 0 };
		int64_t wait = look(&watch, &second, &same, 0, chance);

		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
	}
	assert_int_equal(least, 1000);
	assert_int_equal(most, 1100);
}

/* ---- failures ---- */

/* From the least interval on, twice as long each time, up to its own cap; and
   one that is well ends it. */
static void failures_make_it_longer_but_never_for_ever(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t cap;
	} rows[] = {
		{ OUTCOME_DNS, 15 * MINUTE },
		{ OUTCOME_CONNECT, 15 * MINUTE },
		{ OUTCOME_TLS, HOUR },
		{ OUTCOME_TIMEOUT, HOUR },
		{ OUTCOME_BROKEN, HOUR },
		{ OUTCOME_HTTP_5XX, HOUR },
		{ OUTCOME_LIMITED, 6 * HOUR },
		{ OUTCOME_BLOCKED, 6 * HOUR },
		{ OUTCOME_EMPTY, 6 * HOUR },
		{ OUTCOME_NO_ENTRIES, 6 * HOUR },
		{ OUTCOME_NOT_A_FEED, 6 * HOUR },
		{ OUTCOME_UNREADABLE, 6 * HOUR },
		{ OUTCOME_HTTP_4XX, DAY },
		{ OUTCOME_NOT_FOUND, DAY },
		{ OUTCOME_REDIRECTS, DAY },
		{ OUTCOME_FORBIDDEN, DAY },
		{ OUTCOME_REFUSED, DAY },
	};
	static const struct poll fine = { .outcome = OUTCOME_FINE };
	size_t i, k;
	int n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .news = SINCE };
			int64_t want = 5 * MINUTE;

			for (n = 1; n < 3000; n++) {
				check_about(i,
				    failed(&watch, rows[i].outcome, DAY,
					chances[k]),
				    want);
				assert_int_equal(watch.failures, n);
				assert_int_equal(
				    watch.outcome, rows[i].outcome);
				want = 2 * want < rows[i].cap ? 2 * want
							      : rows[i].cap;
			}
			check_about(i,
			    look(&watch, &usual_pace, &fine, MINUTE, 7),
			    5 * MINUTE);
			assert_int_equal(watch.failures, 0);
			assert_int_equal(watch.outcome, OUTCOME_FINE);
		}
	}
}

/* Also where the cap is shorter than what is configured. */
static void failures_are_not_asked_more_often_than_others(void **state)
{
	static const struct pace slow = { .min_interval = DAY,
		.max_interval = WEEK,
		.distrust = 24,
		.honour_ttl = true };
	static const struct poll dns = { .outcome = OUTCOME_DNS };
	struct watch watch = { 0 };
	int n;

	(void)state;
	for (n = 0; n < 20; n++)
		check_about(0, look(&watch, &slow, &dns, n * DAY, 7), DAY);
}

/* After an outage of hours a first "not found" is a first one. */
static void another_failure_begins_anew(void **state)
{
	struct watch watch = { .news = SINCE };
	int n;

	(void)state;
	for (n = 0; n < 50; n++)
		failed(&watch, OUTCOME_CONNECT, n * MINUTE, 7);
	check_between(0, failed(&watch, OUTCOME_NOT_FOUND, HOUR, 7), 0, HOUR);
}

static void who_is_gone_is_asked_once_a_week(void **state)
{
	struct watch watch = { .news = SINCE };
	int n;

	(void)state;
	for (n = 0; n < 5; n++)
		check_about(0, failed(&watch, OUTCOME_GONE, n * WEEK, 7), WEEK);
}

/* Retry-After, or how long the host is left alone: not before it, and not all
   who wait for it at the same moment. Nobody is believed who says years. */
static void who_says_when_is_asked_then(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t again;
		int64_t least;
	} rows[] = {
		{ OUTCOME_LIMITED, 3 * HOUR, 3 * HOUR },
		{ OUTCOME_LIMITED, 1, 4 * MINUTE },
		{ OUTCOME_HTTP_5XX, 3 * HOUR, 3 * HOUR },
		{ OUTCOME_HELD, 3 * HOUR, 3 * HOUR },
		{ OUTCOME_HELD, 11 * SECOND, 11 * SECOND },
		{ OUTCOME_HELD, 1, 1 },
		{ OUTCOME_HELD, 365 * DAY, DAY },
		{ OUTCOME_LIMITED, INT64_MAX, DAY },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t first = -1;
		bool spread = rows[i].least < 10;

		for (k = 0; k < COUNT(chances); k++) {
			struct watch watch = { .news = SINCE };
			const struct poll poll = { .outcome = rows[i].outcome,
				.again = rows[i].again };
			int64_t wait = look(
			    &watch, &usual_pace, &poll, MINUTE, chances[k]);

			check_between(i, wait, rows[i].least,
			    rows[i].least + rows[i].least / 5 + 7 * MINUTE);
			first = first < 0 ? wait : first;
			spread = spread || wait != first;
		}
		assert_true(spread);
	}
}

/* It was not asked: nothing is learnt of it. */
static void a_held_host_is_no_failure(void **state)
{
	struct watch watch = { .failures = 4,
		.outcome = OUTCOME_TIMEOUT,
		.asked = SINCE - HOUR,
		.full = SINCE - 2 * HOUR,
		.news = SINCE - 3 * HOUR,
		.newest = SINCE - 4 * HOUR,
		.usual = 9 * MINUTE,
		.floor = 8 * MINUTE,
		.since_full = 17 },
		     before = watch;
	const struct poll poll = {
		.outcome = OUTCOME_HELD, .again = HOUR, .conditional = true
	};

	(void)state;
	look(&watch, &usual_pace, &poll, 0, 7);
	assert_int_equal(watch.failures, before.failures);
	assert_int_equal(watch.outcome, before.outcome);
	assert_int_equal(watch.asked, before.asked);
	assert_int_equal(watch.full, before.full);
	assert_int_equal(watch.news, before.news);
	assert_int_equal(watch.newest, before.newest);
	assert_int_equal(watch.usual, before.usual);
	assert_int_equal(watch.floor, before.floor);
	assert_int_equal(watch.since_full, before.since_full);
	/* The next failure is the fifth. */
	check_about(0, failed(&watch, OUTCOME_TIMEOUT, HOUR, 7), HOUR);
	assert_int_equal(watch.failures, 5);
}

static void what_is_our_fault_is_not_the_feeds(void **state)
{
	struct watch watch = { .news = SINCE, .usual = 10 * MINUTE };
	int n;

	(void)state;
	for (n = 0; n < 20; n++) {
		check_between(0, failed(&watch, OUTCOME_OURS, n * MINUTE, 7),
		    MINUTE / 2, 11 * MINUTE);
		assert_int_equal(watch.failures, 0);
		assert_int_equal(watch.outcome, OUTCOME_OURS);
	}
}

/* ---- whole feeds ---- */

static const struct poll unchanged = { .outcome = OUTCOME_UNCHANGED,
	.conditional = true };

/* A whole feed that shows what it has shown; then "unchanged", but for every
   so many. How often in so many looks it is asked without validators. */
static int full_looks(
    const struct pace *pace, int looks, const struct poll *whole)
{
	static const struct poll first = { .entries = 20, .new = 20 };
	struct watch watch = { 0 };
	int64_t time = 0;
	int n, fulls = 0;

	assert_true(schedule_full(&watch, pace, at(time)));
	time += look(&watch, pace, &first, time, 7);
	for (n = 0; n < looks; n++) {
		bool full = schedule_full(&watch, pace, at(time));

		fulls += full;
		time += look(&watch, pace, full ? whole : &unchanged, time, 7);
	}
	return fulls;
}

/* Whether the whole feed has been read, or was the same bytes as before. */
static void a_whole_feed_is_wanted_every_so_often(void **state)
{
	static const struct poll wholes[] = {
		{ .entries = 20, .known = 20 },
		{ .outcome = OUTCOME_UNCHANGED },
	};
	static const struct {
		int64_t distrust;
		int looks, fulls;
	} rows[] = {
		{ 24, 24, 0 },
		{ 24, 25, 1 },
		{ 24, 49, 1 },
		{ 24, 50, 2 },
		{ 24, 250, 10 },
		{ 1, 100, 50 },
		{ 1000000, 1000, 0 },
	};
	size_t i, k;

	(void)state;
	for (k = 0; k < COUNT(wholes); k++) {
		for (i = 0; i < COUNT(rows); i++) {
			struct pace pace = usual_pace;

			pace.distrust = rows[i].distrust;
			check_between(10 * k + i,
			    full_looks(&pace, rows[i].looks, &wholes[k]),
			    rows[i].fulls, rows[i].fulls);
		}
	}
}

/* Four usual gaps without anything new, and validators are not believed; but
   that is found out once, however long the silence is. */
static void a_silence_is_looked_into_once(void **state)
{
	static const struct poll wholes[] = {
		{ .entries = 20, .known = 20 },
		{ .outcome = OUTCOME_UNCHANGED },
	};
	struct pace pace = usual_pace;
	size_t k;

	(void)state;
	pace.distrust = 1000;
	for (k = 0; k < COUNT(wholes); k++) {
		struct watch watch = {
			.news = SINCE, .full = SINCE, .usual = 10 * MINUTE
		};
		int64_t time = 10 * MINUTE, found = 0;
		int fulls = 0;

		while (time < 2 * DAY) {
			bool full = schedule_full(&watch, &pace, at(time));

			if (full)
				found = time;
			fulls += full;
			time += look(&watch, &pace,
			    full ? &wholes[k] : &unchanged, time, 7);
		}
		check_between(k, fulls, 1, 1);
		check_between(k, found, 40 * MINUTE, 3 * HOUR);
	}
}

/* Whoever asks seldom has not been lied to by a first "unchanged". */
static void a_silence_of_few_looks_is_none(void **state)
{
	struct watch watch = { .news = SINCE, .full = SINCE, .usual = MINUTE };
	int n;

	(void)state;
	for (n = 1; n <= 3; n++) {
		look(&watch, &usual_pace, &unchanged, n * HOUR, 7);
		assert_false(
		    schedule_full(&watch, &usual_pace, at(n * HOUR + MINUTE)));
	}
}

static void validators_that_lie_are_not_used_again(void **state)
{
	static const struct {
		struct poll poll;
		bool lies;
	} rows[] = {
		{ { .lied = true, .entries = 20, .new = 1, .known = 19 },
		    true },
		/* other bytes, a date in a comment, and nothing new */
		{ { .lied = true, .entries = 20, .known = 20 }, false },
		{ { .entries = 20, .new = 1, .known = 19 }, false },
		{ { .outcome = OUTCOME_UNREADABLE, .lied = true }, false },
	};
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = {
			.news = SINCE, .full = SINCE, .usual = HOUR
		};
		unsigned say = schedule_next(
		    &watch, &usual_pace, &rows[i].poll, at(HOUR), 7);

		assert_int_equal(say, rows[i].lies ? SAY_LIES : 0);
		assert_int_equal(watch.lies, rows[i].lies);
		for (n = 2; n < 10; n++) {
			const struct poll whole = { .lied = true,
				.entries = 20,
				.new = rows[i].lies,
				.known = 19 };

			assert_int_equal(schedule_full(&watch, &usual_pace,
					     at(n * HOUR - MINUTE)),
			    rows[i].lies);
			/* It is said once. */
			assert_int_equal(schedule_next(&watch, &usual_pace,
					     &whole, at(n * HOUR), 7),
			    0);
		}
	}
}

/* ---- feeds that have died ---- */

static void a_dead_feed_is_stale(void **state)
{
	static const struct {
		int64_t newest; /* days before now */
		int64_t usual;
		bool stale;
	} rows[] = {
		{ 0, HOUR, false },
		{ 14, HOUR, false },
		{ 15, HOUR, true },
		{ 15, 0, true },
		{ 15, DAY, true },
		{ 15, 2 * DAY, false },
		{ 21, 2 * DAY, true },
		{ 1000, 90 * DAY, true },
		{ -3, HOUR, false },
	};
	struct watch none = { 0 };
	size_t i;

	(void)state;
	assert_false(schedule_is_stale(&none, at(0)));
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { .usual = rows[i].usual,
			.newest = SINCE - rows[i].newest * DAY };

		check_between(i, schedule_is_stale(&watch, at(0)),
		    rows[i].stale, rows[i].stale);
	}
}

/* One wrong date does not keep it alive. */
static void a_date_in_the_future_is_none(void **state)
{
	struct watch watch = { 0 };
	const struct poll poll = { .entries = 20,
		.new = 20,
		.oldest = SINCE - DAY,
		.newest = SINCE + 10000 * DAY };

	(void)state;
	look(&watch, &usual_pace, &poll, HOUR, 7);
	assert_true(schedule_is_stale(&watch, at(1000 * DAY)));
}

/* ---- clocks that are set ---- */

/* Nothing but `due` hangs on the clock on the wall for long. */
static void a_clock_that_is_set_does_no_harm(void **state)
{
	static const int64_t jumps[] = { -20000 * DAY, -DAY, -1, 1, DAY,
		20000 * DAY };
	static const struct poll news = {
		.entries = 20, .new = 1, .known = 19
	};
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < COUNT(jumps); i++) {
		struct watch watch = { .news = SINCE,
			.full = SINCE,
			.newest = SINCE,
			.usual = 10 * MINUTE };
		int fulls = 0;

		for (n = 1; n < 100; n++) {
			struct now now = at(n * 10 * MINUTE);
			int64_t wait;

			now.wall += jumps[i];
			fulls += schedule_full(&watch, &usual_pace, now);
			schedule_next(&watch, &usual_pace,
			    n % 3 == 0 ? &news : &unchanged, now, 7);
			wait = watch.due - now.steady;
			check_between(i, wait, 4 * MINUTE, 70 * MINUTE);
		}
		check_between(i, watch.usual, 5 * MINUTE, 45 * MINUTE);
		check_between(i, fulls, 0, 5);
	}
}

/* ---- in the state ---- */

static void print(const struct watch *watch, struct now now, char text[512])
{
	struct buf out = { 0 };

	schedule_print(watch, now, &out);
	assert_true(out.len < 512);
	memcpy(text, out.bytes, out.len);
	text[out.len] = '\0';
	assert_null(strchr(text, '\n'));
	buf_free(&out);
}

static const struct watch known = { .due = 5 * DAY + 10 * MINUTE,
	.asked = SINCE - 1,
	.full = SINCE - 2,
	.news = SINCE - 3,
	.newest = SINCE - 4,
	.usual = 5,
	.interval = 6,
	.floor = 7,
	.skip_hours = 0xffffffff,
	.skip_days = 0xff,
	.since_full = 8,
	.failures = 9,
	.outcome = OUTCOME_UNREADABLE,
	.lies = true };

static void what_is_known_survives(void **state)
{
	char text[512], again[512];
	struct watch watch = { .usual = 77 };

	(void)state;
	print(&known, at(0), text);
	assert_true(schedule_read(&watch, &usual_pace, text, at(0)));
	assert_int_equal(watch.due, known.due);
	assert_int_equal(watch.asked, known.asked);
	assert_int_equal(watch.full, known.full);
	assert_int_equal(watch.news, known.news);
	assert_int_equal(watch.newest, known.newest);
	assert_int_equal(watch.usual, known.usual);
	assert_int_equal(watch.interval, known.interval);
	assert_int_equal(watch.floor, known.floor);
	assert_int_equal(watch.skip_hours, known.skip_hours);
	assert_int_equal(watch.skip_days, known.skip_days);
	assert_int_equal(watch.since_full, known.since_full);
	assert_int_equal(watch.failures, known.failures);
	assert_int_equal(watch.outcome, known.outcome);
	assert_true(watch.lies);
	print(&watch, at(0), again);
	assert_string_equal(again, text);
}

/* Never further away than it was when it was decided, nor in the past. */
static void a_turn_survives_a_clock_that_was_set(void **state)
{
	static const struct {
		int64_t asked;  /* when it was decided, after SINCE */
		int64_t due;    /* after the time of the printing */
		int64_t passed; /* on the wall, until it is read */
		int64_t then;
	} rows[] = {
		{ 0, HOUR, 0, HOUR },
		{ 0, HOUR, 20 * MINUTE, 40 * MINUTE },
		{ 0, HOUR, HOUR, 0 },
		{ 0, HOUR, 10000 * DAY, 0 },
		{ 0, -HOUR, 0, 0 },
		{ 0, HOUR, -10 * MINUTE, HOUR },
		{ 0, HOUR, -10000 * DAY, HOUR },
		{ 0, WEEK, 0, WEEK },
		{ 0, WEEK, -10000 * DAY, WEEK },
		{ 0, 30 * DAY, 0, 8 * DAY },
		/* one that has never been asked, but was held */
		{ -SINCE, DAY, 0, DAY },
		{ -SINCE, DAY, -10000 * DAY, DAY },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { .due = at(rows[i].due).steady,
			.asked = SINCE + rows[i].asked };
		/* The steady clock begins anew. */
		struct now then = { .steady = 77,
			.wall = SINCE + rows[i].passed };
		char text[512];

		print(&watch, at(0), text);
		assert_true(schedule_read(&watch, &usual_pace, text, then));
		check_between(i, watch.due - 77, rows[i].then, rows[i].then);
	}
}

/* A restart on a Friday evening is no reason to come on Saturday. */
static void skipped_days_are_skipped_after_a_restart(void **state)
{
	const struct poll poll = {
		.entries = 1, .known = 1, .skip_days = 1 << 5 | 1 << 6
	};
	struct watch watch = { .news = SINCE };
	int64_t wait;
	char text[512];

	(void)state;
	wait = look(&watch, &usual_pace, &poll, DAY - MINUTE, 7);
	print(&watch, at(DAY - MINUTE), text);
	assert_true(schedule_read(&watch, &usual_pace, text, at(DAY - MINUTE)));
	check_between(0, watch.due - at(DAY - MINUTE).steady, wait, wait);
}

/* A sitemap of a month that has just begun: it was seen whole, and is asked
   whether it has changed. */
static void a_feed_of_nothing_was_seen_whole(void **state)
{
	static const struct poll empty = {
		.outcome = OUTCOME_NO_ENTRIES, .ttl = 3 * HOUR, .skip_hours = 1
	};
	static const struct poll same = { .outcome = OUTCOME_UNCHANGED,
		.conditional = true };
	struct watch watch = { 0 };

	(void)state;
	assert_true(schedule_full(&watch, &usual_pace, at(0)));
	schedule_next(&watch, &usual_pace, &empty, at(0), 0);
	assert_int_equal(watch.failures, 1);
	assert_false(schedule_full(&watch, &usual_pace, at(HOUR)));

	/* What it asks for is granted, and it stays as empty as it was. */
	assert_int_equal(watch.floor, 3 * HOUR);
	assert_int_equal(watch.skip_hours, 1);
	check_between(
	    0, look(&watch, &usual_pace, &same, HOUR, 0), 3 * HOUR, 3 * HOUR);
	assert_int_equal(watch.outcome, OUTCOME_NO_ENTRIES);
	assert_int_equal(watch.failures, 2);
}

/* An outage: its next "unchanged" is of what was there before. */
static void a_page_of_no_bytes_is_no_feed(void **state)
{
	static const struct poll nothing = { .outcome = OUTCOME_EMPTY };
	static const struct poll same = { .outcome = OUTCOME_UNCHANGED,
		.conditional = true };
	struct watch watch = { .since_full = 5, .full = SINCE };

	(void)state;
	schedule_next(&watch, &usual_pace, &nothing, at(HOUR), 0);
	assert_int_equal(watch.since_full, 5);
	assert_int_equal(watch.full, SINCE);
	assert_int_equal(watch.failures, 1);
	schedule_next(&watch, &usual_pace, &same, at(2 * HOUR), 0);
	assert_int_equal(watch.failures, 0);
	assert_int_equal(watch.outcome, OUTCOME_UNCHANGED);
}

static void what_is_no_watch_is_refused(void **state)
{
	static const char *const rows[] = { NULL, "", " ", "x",
		"1 2 3 4 5 6 7 8 9 10 11 12 13 0",
		"1 2 3 4 5 6 7 8 9 10 11 12 x 0 15",
		"1 2 3 4 5 6 7 8 9 10 11 12 -1 0 15",
		"1 2 3 4 5 6 7 8 9 10 11 12 22 0 15",
		"1 2 3 4 5 6 7 8 9 10 11 12 2147483647 0 15" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct watch watch = { .failures = 3, .usual = 9 };

		if (schedule_read(&watch, &usual_pace, rows[i], at(0)))
			fail_msg("row %zu is none", i);
		assert_int_equal(watch.due, at(0).steady);
		assert_int_equal(watch.failures, 0);
		assert_int_equal(watch.usual, 0);
		assert_int_equal(watch.asked, 0);
		assert_true(schedule_full(&watch, &usual_pace, at(0)));
	}
}

#define LEAST "-9223372036854775808"
#define MOST "9223372036854775807"

/* A file that was damaged may say anything: it is refused, or harmless. */
static void numbers_without_sense_do_no_harm(void **state)
{
	static const char *const rows[] = {
		"0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
		"0 0 0 0 0 0 0 0 0 0 0 0 0 0 " MOST,
		"0 0 0 0 0 0 0 0 0 0 0 0 0 0 " LEAST,
		MOST " 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
		LEAST " 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
		"0 " MOST " " MOST " " MOST " " MOST " 0 0 0 0 0 0 0 0 0 0",
		"0 " LEAST " " LEAST " " LEAST " " LEAST " 0 0 0 0 0 0 0 0 0 0",
		"0 1 1 1 1 " MOST " " MOST " " MOST " 0 0 0 0 0 0 0",
		"0 1 1 1 1 " LEAST " " LEAST " " LEAST " 0 0 0 0 0 0 0",
		"0 1 1 1 1 1 1 1 0 0 " MOST " " MOST " 2 0 0",
		"0 1 1 1 1 1 1 1 0 0 " LEAST " " LEAST " 2 0 0",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct poll news = { .entries = 2, .new = 1, .known = 1 };
		struct watch watch;
		int64_t wait;
		int n;

		schedule_read(&watch, &usual_pace, rows[i], at(0));
		wait = watch.due - at(0).steady;
		check_between(i, wait, 0, DAY);
		schedule_full(&watch, &usual_pace, at(0));
		schedule_is_stale(&watch, at(0));
		for (n = 0; n < 4; n++) {
			wait = look(&watch, &usual_pace,
			    n % 2 ? &unchanged : &news, n * HOUR, 7);
			check_between(i, wait, 4 * MINUTE, 2 * DAY);
			wait = failed(&watch, OUTCOME_DNS, n * HOUR, 7);
			check_between(i, wait, 4 * MINUTE, 2 * DAY);
		}
	}
}

/* ---- pages ---- */

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
		{ MINUTE, INT64_MAX, 6 * HOUR },
		{ 10, 0, 10 },
		{ 12 * HOUR, 0, 12 * HOUR },
		{ DAY, 3, DAY },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(chances); k++)
			check_about(i,
			    schedule_retry(
				rows[i].first, rows[i].tries, chances[k]),
			    rows[i].then);
	}
}

static void pages_are_looked_at_on_a_ladder(void **state)
{
	static const int64_t ladder[] = { 15 * MINUTE, HOUR, 6 * HOUR, DAY,
		3 * DAY, 0 },
			     none[] = { 0 };
	static const struct {
		const int64_t *ladder;
		int64_t passed; /* since it was done */
		int64_t then;   /* likewise; 0: never */
	} rows[] = {
		{ ladder, 0, 15 * MINUTE },
		{ ladder, 15 * MINUTE - 1, 15 * MINUTE },
		{ ladder, 15 * MINUTE, HOUR },
		{ ladder, 16 * MINUTE, HOUR },
		/* steps that were slept through are left out */
		{ ladder, 7 * HOUR, DAY },
		{ ladder, 3 * DAY - 1, 3 * DAY },
		{ ladder, 3 * DAY, 0 },
		{ ladder, 10000 * DAY, 0 },
		{ none, 0, 0 },
		{ NULL, 0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t then = rows[i].then > 0 ? SINCE + rows[i].then : 0;

		check_between(i,
		    schedule_recheck(
			rows[i].ladder, SINCE, SINCE + rows[i].passed),
		    then, then);
	}
}

/* A record that came, as it seems, in years: its page is looked at soon. */
static void a_ladder_survives_a_clock_that_was_set_back(void **state)
{
	static const int64_t ladder[] = { 15 * MINUTE, 3 * DAY, 0 };

	(void)state;
	check_between(0, schedule_recheck(ladder, SINCE, SINCE - 1000 * DAY), 0,
	    SINCE - 1000 * DAY + 3 * DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_looks_are_spread),
		cmocka_unit_test(the_first_feed_tells_by_its_dates_how_often),
		cmocka_unit_test(
		    a_feed_is_asked_as_often_as_it_brings_something),
		cmocka_unit_test(a_night_is_no_habit),
		cmocka_unit_test(what_was_missed_is_said),
		cmocka_unit_test(after_an_overflow_it_is_asked_soon),
		cmocka_unit_test(a_first_look_is_no_overflow),
		cmocka_unit_test(
		    a_feed_that_never_brings_anything_becomes_slow),
		cmocka_unit_test(what_the_feed_asks_for_is_a_floor),
		cmocka_unit_test(nobody_comes_before_the_floor),
		cmocka_unit_test(what_the_feed_names_is_skipped),
		cmocka_unit_test(skipped_hours_are_skipped_after_failures),
		cmocka_unit_test(chance_reaches_both_ends),
		cmocka_unit_test(failures_make_it_longer_but_never_for_ever),
		cmocka_unit_test(failures_are_not_asked_more_often_than_others),
		cmocka_unit_test(another_failure_begins_anew),
		cmocka_unit_test(who_is_gone_is_asked_once_a_week),
		cmocka_unit_test(who_says_when_is_asked_then),
		cmocka_unit_test(a_held_host_is_no_failure),
		cmocka_unit_test(what_is_our_fault_is_not_the_feeds),
		cmocka_unit_test(a_whole_feed_is_wanted_every_so_often),
		cmocka_unit_test(a_silence_is_looked_into_once),
		cmocka_unit_test(a_silence_of_few_looks_is_none),
		cmocka_unit_test(validators_that_lie_are_not_used_again),
		cmocka_unit_test(a_dead_feed_is_stale),
		cmocka_unit_test(a_date_in_the_future_is_none),
		cmocka_unit_test(a_clock_that_is_set_does_no_harm),
		cmocka_unit_test(what_is_known_survives),
		cmocka_unit_test(a_turn_survives_a_clock_that_was_set),
		cmocka_unit_test(skipped_days_are_skipped_after_a_restart),
		cmocka_unit_test(a_feed_of_nothing_was_seen_whole),
		cmocka_unit_test(a_page_of_no_bytes_is_no_feed),
		cmocka_unit_test(what_is_no_watch_is_refused),
		cmocka_unit_test(pages_are_tried_again),
		cmocka_unit_test(pages_are_looked_at_on_a_ladder),
		cmocka_unit_test(a_ladder_survives_a_clock_that_was_set_back),
		cmocka_unit_test(numbers_without_sense_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
