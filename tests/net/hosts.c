/* Whose turn it is to ask which host, and what robots.txt says to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/net/hosts.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NOW (5 * DAY)

#define WITH_HOSTS(test) cmocka_unit_test_setup_teardown(test, begin, end)

static struct hosts *hosts;

static int begin(void **state)
{
	(void)state;
	hosts = hosts_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	hosts_free(hosts);
	hosts = NULL;
	return 0;
}

/* A turn without robots.txt, of a source with a pause of 2 s. */
static struct turn turn_of(const char *url)
{
	return (
	    struct turn){ .url = url, .pause = 2 * SECOND, .connections = 1 };
}

static struct turn obedient(const char *url)
{
	struct turn turn = turn_of(url);

	turn.robots = true;
	return turn;
}

static void add_at(struct turn *turn, int64_t now)
{
	hosts_add(hosts, turn, now);
}

static void check_nothing(int64_t now, int64_t wait)
{
	struct hosts_next next;

	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_NOTHING);
	assert_int_equal(next.wait, wait);
}

static void check_goes(const struct turn *turn, int64_t now)
{
	struct hosts_next next;

	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_GO);
	assert_ptr_equal(next.turn, turn);
}

static void check_asks(const struct turn *turn, const char *url, int64_t now)
{
	struct hosts_next next;

	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_ASK_ROBOTS);
	assert_ptr_equal(next.turn, turn);
	assert_string_equal(next.robots, url);
	free(next.robots);
}

static void check_no(
    const struct turn *turn, enum outcome outcome, int64_t again, int64_t now)
{
	struct hosts_next next;

	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_NO);
	assert_ptr_equal(next.turn, turn);
	assert_string_equal(outcome_name(next.outcome), outcome_name(outcome));
	assert_int_equal(next.again, again);
}

static void ended(
    const struct turn *turn, enum outcome outcome, int64_t again, int64_t now)
{
	hosts_ended(hosts, turn, outcome, again, now);
}

/* What comes for a robots.txt that was asked for. */
static void robots_come(
    struct turn *turn, enum outcome outcome, const char *text, int64_t now)
{
	ended(turn, outcome, 0, now);
	hosts_robots(hosts, turn, outcome, text, strlen(text), now);
}

/* A robots.txt is asked for and comes, and the page may go, and has gone. */
static void robots_are_known(
    struct turn *turn, const char *robots, const char *text, int64_t now)
{
	add_at(turn, now);
	check_asks(turn, robots, now);
	robots_come(turn, OUTCOME_FINE, text, now);
	check_nothing(now, turn->pause);
	check_goes(turn, now + turn->pause);
	ended(turn, OUTCOME_FINE, 0, now + turn->pause);
}

/* ---- turns ---- */

static void a_host_is_asked_in_the_order_of_its_turns(void **state)
{
	struct turn turns[3] = { turn_of("https://a.example/1"),
		turn_of("http://A.example:8080/2"),
		turn_of("https://me:pass@a.example/3") };
	int64_t now = NOW;
	size_t i;

	(void)state;
	check_nothing(now, -1);
	for (i = 0; i < 3; i++)
		add_at(&turns[i], now);
	assert_int_equal(hosts_count(hosts), 1);
	for (i = 0; i < 3; i++) {
		check_goes(&turns[i], now);
		check_nothing(now, -1);
		check_nothing(now + HOUR, -1);
		now += 300;
		ended(&turns[i], OUTCOME_FINE, 0, now);
		check_nothing(now, i < 2 ? 2 * SECOND : -1);
		check_nothing(now + SECOND, i < 2 ? SECOND : -1);
		now += 2 * SECOND;
	}
	check_nothing(now, -1);
}

/* Who wants a long one has it on both sides. */
static void each_turn_has_its_pause(void **state)
{
	struct turn quick = turn_of("https://a.example/1"),
		    slow = turn_of("https://a.example/2"), last = quick;

	(void)state;
	quick.pause = last.pause = 0;
	slow.pause = MINUTE;
	add_at(&quick, NOW);
	add_at(&slow, NOW);
	add_at(&last, NOW);
	check_goes(&quick, NOW);
	ended(&quick, OUTCOME_FINE, 0, NOW);
	check_nothing(NOW, MINUTE);
	check_goes(&slow, NOW + MINUTE);
	ended(&slow, OUTCOME_FINE, 0, NOW + MINUTE);
	check_nothing(NOW + MINUTE, MINUTE);
	check_goes(&last, NOW + 2 * MINUTE);
	ended(&last, OUTCOME_FINE, 0, NOW + 2 * MINUTE);
}

static void hosts_do_not_wait_for_each_other(void **state)
{
	struct turn turns[4] = { turn_of("https://a.example/1"),
		turn_of("https://a.example/2"), turn_of("https://b.example/"),
		turn_of("https://www.a.example/") };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		add_at(&turns[i], NOW + (int64_t)i);
	assert_int_equal(hosts_count(hosts), 3);
	check_goes(&turns[0], NOW + 10);
	check_goes(&turns[2], NOW + 10);
	check_goes(&turns[3], NOW + 10);
	check_nothing(NOW + 10, -1);
	ended(&turns[0], OUTCOME_FINE, 0, NOW + 20);
	check_nothing(NOW + 20, 2 * SECOND);
}

/* As many at a time as the source of the turn allows, a pause between each. */
static void several_connections_are_begun_one_after_the_other(void **state)
{
	struct turn turns[5];
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++) {
		turns[i] = turn_of("https://a.example/1");
		turns[i].connections = i < 4 ? 3 : 1;
		add_at(&turns[i], NOW);
	}
	check_goes(&turns[0], NOW);
	check_nothing(NOW, 2 * SECOND);
	check_goes(&turns[1], NOW + 2 * SECOND);
	check_goes(&turns[2], NOW + 4 * SECOND);
	check_nothing(NOW + 6 * SECOND, -1);
	ended(&turns[1], OUTCOME_FINE, 0, NOW + 6 * SECOND);
	check_nothing(NOW + 6 * SECOND, 2 * SECOND);
	check_goes(&turns[3], NOW + 8 * SECOND);
	ended(&turns[0], OUTCOME_FINE, 0, NOW + 9 * SECOND);
	ended(&turns[2], OUTCOME_FINE, 0, NOW + 9 * SECOND);
	check_nothing(NOW + HOUR, -1);
	ended(&turns[3], OUTCOME_FINE, 0, NOW + HOUR);
	check_goes(&turns[4], NOW + HOUR + 2 * SECOND);
	ended(&turns[4], OUTCOME_FINE, 0, NOW + 2 * HOUR);
}

static void some_turns_go_before_all_others(void **state)
{
	struct turn one = turn_of("https://a.example/1"),
		    two = turn_of("https://a.example/2"),
		    first = turn_of("https://a.example/robots"),
		    third = turn_of("https://a.example/3");

	(void)state;
	first.first = true;
	add_at(&first, NOW);
	add_at(&one, NOW);
	check_goes(&first, NOW);
	ended(&first, OUTCOME_FINE, 0, NOW);
	add_at(&two, NOW);
	add_at(&first, NOW);
	add_at(&third, NOW);
	check_goes(&first, NOW + MINUTE);
	ended(&first, OUTCOME_FINE, 0, NOW + MINUTE);
	check_goes(&one, NOW + 2 * MINUTE);
	ended(&one, OUTCOME_FINE, 0, NOW + 2 * MINUTE);
	check_goes(&two, NOW + 3 * MINUTE);
	ended(&two, OUTCOME_FINE, 0, NOW + 3 * MINUTE);
	check_goes(&third, NOW + 4 * MINUTE);
	ended(&third, OUTCOME_FINE, 0, NOW + 4 * MINUTE);
	check_nothing(NOW + HOUR, -1);
}

/* What is no address has a turn too: who asks will say what is wrong. */
static void what_is_no_address_does_no_harm(void **state)
{
	static const char *const urls[] = { "", "a.example", "http://",
		"mailto:a@a.example", "https://a b/" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(urls); i++) {
		struct turn turn = turn_of(urls[i]);

		add_at(&turn, NOW + (int64_t)i * MINUTE);
		check_goes(&turn, NOW + (int64_t)i * MINUTE);
		ended(&turn, OUTCOME_REFUSED, 0, NOW + (int64_t)i * MINUTE);
	}
}

/* ---- robots.txt ---- */

static void robots_are_asked_first_and_once(void **state)
{
	struct turn one = obedient("https://a.example/1"),
		    two = obedient("https://a.example/2?q#f");

	(void)state;
	add_at(&one, NOW);
	add_at(&two, NOW);
	check_asks(&one, "https://a.example/robots.txt", NOW);
	check_nothing(NOW, -1);
	check_nothing(NOW + HOUR, -1);
	ended(&one, OUTCOME_FINE, 0, NOW + 500);
	check_nothing(NOW + 500, -1); /* it came, and is not read yet */
	hosts_robots(hosts, &one, OUTCOME_FINE, "", 0, NOW + 500);
	check_nothing(NOW + 500, 2 * SECOND);
	check_goes(&one, NOW + 2500);
	assert_string_equal(hosts_rights(&one), "allowed");
	ended(&one, OUTCOME_FINE, 0, NOW + 2500);
	check_goes(&two, NOW + 4500);
	ended(&two, OUTCOME_FINE, 0, NOW + 4500);
}

/* Each scheme and port has its own; a name and password are nobody's. */
static void each_site_has_its_own_robots(void **state)
{
	static const struct {
		const char *url, *robots;
	} rows[] = {
		{ "https://a.example/1", "https://a.example/robots.txt" },
		{ "http://a.example/1", "http://a.example/robots.txt" },
		{ "https://a.example:8443/1",
		    "https://a.example:8443/robots.txt" },
		{ "https://me:pass@b.example/x/y?z",
		    "https://b.example/robots.txt" },
		{ "https://C.example", "https://c.example/robots.txt" },
		{ "http://[2001:db8::1]:81/x",
		    "http://[2001:db8::1]:81/robots.txt" },
	};
	int64_t now = NOW;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct turn turn = obedient(rows[i].url);

		robots_are_known(&turn, rows[i].robots, "", now);
		now += HOUR;
	}
	/* The same under its other spellings: nothing is asked once more. */
	for (i = 0; i < 2; i++) {
		struct turn turn = obedient(
		    i == 0 ? "HTTPS://A.Example:443/2" : "http://a.example:80");

		add_at(&turn, now);
		check_goes(&turn, now);
		ended(&turn, OUTCOME_FINE, 0, now);
		now += HOUR;
	}
}

static void who_does_not_ask_robots_is_not_told(void **state)
{
	struct turn turn = turn_of("https://a.example/private"),
		    other = obedient("https://a.example/");

	(void)state;
	robots_are_known(&other, "https://a.example/robots.txt",
	    "User-agent: *\nDisallow: /private\n", NOW);
	add_at(&turn, NOW + MINUTE);
	check_goes(&turn, NOW + MINUTE);
	assert_null(hosts_rights(&turn));
	ended(&turn, OUTCOME_FINE, 0, NOW + MINUTE);
}

/* A no costs the host nothing, so nobody waits for it. */
static void rules_are_obeyed_at_once(void **state)
{
	struct turn one = obedient("https://a.example/"),
		    bad = obedient("https://a.example/private/1"),
		    worse = obedient("https://a.example/private/2"),
		    good = obedient("https://a.example/public");
	struct hosts_next next;
	int64_t now = NOW + 2 * SECOND;

	(void)state;
	robots_are_known(&one, "https://a.example/robots.txt",
	    "User-agent: other\nDisallow: /\n\n"
	    "User-agent: Dateline\nDisallow: /private\n\n"
	    "User-agent: *\nDisallow: /public\n",
	    NOW);
	add_at(&bad, now);
	add_at(&worse, now);
	add_at(&good, now);
	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_NO);
	assert_ptr_equal(next.turn, &bad);
	assert_int_equal(next.outcome, OUTCOME_FORBIDDEN);
	assert_string_equal(
	    next.why, "its robots.txt forbids it, line 5: Disallow: /private");
	check_no(&worse, OUTCOME_FORBIDDEN, 0, now);
	check_nothing(now, 2 * SECOND);
	check_goes(&good, now + 2 * SECOND);

	/* Also while another is under way. */
	add_at(&bad, now + 3 * SECOND);
	check_no(&bad, OUTCOME_FORBIDDEN, 0, now + 3 * SECOND);
	ended(&good, OUTCOME_FINE, 0, now + 3 * SECOND);
}

/* Of a rule without an end the beginning is told, and it stays UTF-8. */
static void a_long_rule_is_told_in_whole_letters(void **state)
{
	char text[1024] = "User-agent: *\nDisallow: /";
	struct turn one = obedient("https://a.example/x"),
		    bad = obedient("https://a.example/a%C4%91");
	struct hosts_next next;
	const char *at;
	int i;

	(void)state;
	strcat(text, "a");
	for (i = 0; i < 200; i++)
		strcat(text, i == 0 ? "\xc4\x91*" : "*\xc4\x91");
	strcpy(text + strlen(text), "\nDisallow: /a\xc4\x91\n");
	robots_are_known(&one, "https://a.example/robots.txt", text, NOW);
	add_at(&bad, NOW + MINUTE);
	hosts_next(hosts, NOW + MINUTE, &next);
	assert_int_equal(next.what, HOSTS_NO);
	for (at = next.why; *at != '\0'; at++) {
		if ((unsigned char)*at == 0xc4)
			assert_int_equal((unsigned char)at[1], 0x91);
	}
}

static void the_longer_pause_counts(void **state)
{
	static const struct {
		const char *text;
		int64_t ours, then;
	} rows[] = {
		{ "User-agent: *\nCrawl-delay: 10\n", 2 * SECOND, 10 * SECOND },
		{ "User-agent: *\nCrawl-delay: 10\n", MINUTE, MINUTE },
		{ "User-agent: *\nCrawl-delay: 0.5\n", 2 * SECOND, 2 * SECOND },
		{ "User-agent: other\nCrawl-delay: 10\n", 2 * SECOND,
		    2 * SECOND },
		{ "User-agent: *\nCrawl-delay: 3600\n", 2 * SECOND, HOUR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct turn one, two;
		int64_t now = NOW + 2 * HOUR;
		char url[64], robots[96];

		snprintf(url, sizeof(url), "https://%zu.example/", i);
		snprintf(robots, sizeof(robots), "%srobots.txt", url);
		one = two = obedient(url);
		one.pause = two.pause = rows[i].ours;
		add_at(&one, NOW);
		check_asks(&one, robots, NOW);
		robots_come(&one, OUTCOME_FINE, rows[i].text, NOW);
		check_goes(&one, now);
		ended(&one, OUTCOME_FINE, 0, now + SECOND);
		add_at(&two, now + SECOND);
		check_nothing(now + SECOND, rows[i].then);
		check_goes(&two, now + SECOND + rows[i].then);
		ended(&two, OUTCOME_FINE, 0, now + DAY);
	}
}

/* Who wants little must not always be there before who wants a long pause; and
   what waits behind that one has other things to do. */
static void nobody_waits_behind_a_long_pause(void **state)
{
	struct turn gone = turn_of("http://a.example/0");
	struct turn slow = turn_of("http://a.example/1");
	struct turn two = turn_of("http://a.example/2");
	struct turn three = turn_of("http://a.example/3");
	struct turn moved = turn_of("http://a.example/4");

	(void)state;
	slow.pause = 5 * MINUTE;
	moved.first = true;
	add_at(&gone, NOW);
	check_goes(&gone, NOW);
	ended(&gone, OUTCOME_FINE, 0, NOW);
	add_at(&slow, NOW);
	add_at(&two, NOW);
	add_at(&three, NOW);
	check_no(&two, OUTCOME_HELD, 5 * MINUTE, NOW);
	check_no(&three, OUTCOME_HELD, 5 * MINUTE, NOW);
	check_nothing(NOW, 5 * MINUTE);
	add_at(&moved, NOW);
	check_nothing(NOW, 2 * SECOND);
	check_goes(&moved, NOW + 2 * SECOND);
	ended(&moved, OUTCOME_FINE, 0, NOW + MINUTE);
	add_at(&two, NOW + 5 * MINUTE);
	check_nothing(NOW + 5 * MINUTE, MINUTE);
	check_goes(&slow, NOW + 6 * MINUTE);
	ended(&slow, OUTCOME_FINE, 0, NOW + 6 * MINUTE);
	check_nothing(NOW + 6 * MINUTE, 5 * MINUTE);
	check_goes(&two, NOW + 11 * MINUTE);
}

/* What is not there forbids nothing, and neither does what is no robots.txt. */
static void without_robots_all_is_allowed(void **state)
{
	static const enum outcome outcomes[] = { OUTCOME_EMPTY,
		OUTCOME_HTTP_4XX, OUTCOME_NOT_FOUND, OUTCOME_GONE,
		OUTCOME_BLOCKED, OUTCOME_REDIRECTS };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(outcomes); i++) {
		char url[64], robots[96];
		struct turn one, two;

		snprintf(url, sizeof(url), "https://%zu.example/", i);
		snprintf(robots, sizeof(robots), "%srobots.txt", url);
		one = two = obedient(url);
		add_at(&one, NOW);
		add_at(&two, NOW);
		check_asks(&one, robots, NOW);
		/* The bytes of an answer that is not fine are no rules. */
		robots_come(
		    &one, outcomes[i], "User-agent: *\nDisallow: /\n", NOW);
		check_goes(&one, NOW + 2 * SECOND);
		ended(&one, OUTCOME_FINE, 0, NOW + 2 * SECOND);
		check_goes(&two, NOW + 4 * SECOND);
		ended(&two, OUTCOME_FINE, 0, NOW + 4 * SECOND);
	}
}

/* Until it answers; asked again in a minute, then twice as long each time up to
   an hour. */
static void a_host_that_does_not_answer_forbids_all(void **state)
{
	static const enum outcome outcomes[] = { OUTCOME_BROKEN, OUTCOME_OURS,
		OUTCOME_UNREADABLE };
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < COUNT(outcomes); i++) {
		char url[64], robots[96];
		int64_t now = NOW, wait = MINUTE;
		struct turn turn, two;

		snprintf(url, sizeof(url), "https://%zu.example/", i);
		snprintf(robots, sizeof(robots), "%srobots.txt", url);
		turn = two = obedient(url);
		for (n = 0; n < 20; n++) {
			add_at(&turn, now);
			add_at(&two, now);
			check_asks(&turn, robots, now);
			robots_come(&turn, outcomes[i], "", now);
			check_no(&turn, outcomes[i], wait, now);
			check_no(&two, outcomes[i], wait, now);
			check_nothing(now, -1);
			add_at(&turn, now + wait - 1);
			check_no(&turn, outcomes[i], 1, now + wait - 1);
			now += wait;
			wait = 2 * wait < HOUR ? 2 * wait : HOUR;
		}
		robots_are_known(&turn, robots, "", now);
		/* And the next trouble, a day later, begins anew. */
		now += 2 * DAY;
		add_at(&turn, now);
		check_asks(&turn, robots, now);
		robots_come(&turn, OUTCOME_FINE, "", now);
		check_goes(&turn, now + 2 * SECOND);
		ended(&turn, OUTCOME_FINE, 0, now + 2 * SECOND);
	}
}

/* The host itself is held for some troubles: turns are given back. */
static void robots_in_trouble_hold_the_host_too(void **state)
{
	static const struct {
		enum outcome outcome;
		int64_t again, held;
	} rows[] = {
		{ OUTCOME_LIMITED, 0, MINUTE },
		{ OUTCOME_LIMITED, HOUR, HOUR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char url[64], robots[96];
		struct turn turn;

		snprintf(url, sizeof(url), "https://%zu.example/", i);
		snprintf(robots, sizeof(robots), "%srobots.txt", url);
		turn = obedient(url);
		add_at(&turn, NOW);
		check_asks(&turn, robots, NOW);
		ended(&turn, rows[i].outcome, rows[i].again, NOW);
		hosts_robots(hosts, &turn, rows[i].outcome, "", 0, NOW);
		check_no(&turn, OUTCOME_HELD, rows[i].held, NOW);
		/* Then robots.txt is asked for first. */
		add_at(&turn, NOW + rows[i].held);
		check_asks(&turn, robots, NOW + rows[i].held);
		robots_come(&turn, OUTCOME_NOT_FOUND, "", NOW + rows[i].held);
		check_goes(&turn, NOW + rows[i].held + 2 * SECOND);
		ended(&turn, OUTCOME_FINE, 0, NOW + 2 * HOUR);
	}
}

/* Neither for what the host is held for, nor for its robots.txt. */
static void who_says_that_it_is_there_again_need_not_wait(void **state)
{
	static const enum outcome outcomes[] = { OUTCOME_BROKEN,
		OUTCOME_TIMEOUT, OUTCOME_DNS };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(outcomes); i++) {
		char url[64], robots[96];
		int64_t now = NOW;
		struct turn turn;
		int n;

		snprintf(url, sizeof(url), "https://%zu.example/", i);
		snprintf(robots, sizeof(robots), "%srobots.txt", url);
		turn = obedient(url);
		for (n = 0; n < 5; n++) {
			add_at(&turn, now);
			check_asks(&turn, robots, now);
			robots_come(&turn, outcomes[i], "", now);
			check_no(&turn, outcomes[i], MINUTE << n, now);
			hosts_retry(hosts, url, now);
			now += turn.pause;
		}
		robots_are_known(&turn, robots, "", now);
	}
}

/* A day; and where it does not answer then, the old ones hold on. */
static void rules_hold_for_a_day_and_longer_if_they_must(void **state)
{
	static const char robots[] = "https://a.example/robots.txt";
	struct turn good = obedient("https://a.example/"),
		    bad = obedient("https://a.example/private");
	int64_t now = NOW;
	int n;

	(void)state;
	robots_are_known(
	    &good, robots, "User-agent: *\nDisallow: /private\n", NOW);
	now += DAY - 1;
	add_at(&good, now);
	check_goes(&good, now);
	ended(&good, OUTCOME_FINE, 0, now);
	now = NOW + DAY;
	for (n = 0; n < 2000; n++) { /* 80 days */
		add_at(&good, now);
		add_at(&bad, now);
		check_asks(&good, robots, now + 2 * SECOND);
		robots_come(&good, OUTCOME_BROKEN, "", now + 2 * SECOND);
		check_goes(&good, now + 4 * SECOND);
		ended(&good, OUTCOME_FINE, 0, now + 4 * SECOND);
		check_no(&bad, OUTCOME_FORBIDDEN, 0, now + 4 * SECOND);
		now += HOUR + 4 * SECOND;
	}
	add_at(&good, now);
	check_asks(&good, robots, now);
	robots_come(&good, OUTCOME_NOT_FOUND, "", now);
	check_goes(&good, now + 2 * SECOND);
	ended(&good, OUTCOME_FINE, 0, now + 2 * SECOND);
	add_at(&bad, now + MINUTE);
	check_goes(&bad, now + MINUTE);
	ended(&bad, OUTCOME_FINE, 0, now + MINUTE);
}

/* After a month RFC 9309 takes it for one that is not there. */
static void after_a_month_nobody_waits_for_robots(void **state)
{
	static const char robots[] = "https://a.example/robots.txt";
	struct turn turn = obedient("https://a.example/");
	int64_t now = NOW, days = 0;
	struct hosts_next next = { .what = HOSTS_NO };

	(void)state;
	while (next.what == HOSTS_NO && days < 60) {
		add_at(&turn, now);
		check_asks(&turn, robots, now);
		robots_come(&turn, OUTCOME_BROKEN, "", now);
		hosts_next(hosts, now + 2 * SECOND, &next);
		assert_ptr_equal(next.turn, &turn);
		now += 2 * HOUR;
		days = (now - NOW) / DAY;
	}
	assert_int_equal(next.what, HOSTS_GO);
	ended(&turn, OUTCOME_FINE, 0, now);
	assert_true(days >= 29 && days <= 31);
}

/* One source may not ask private addresses, another may: what we have refused
   the one is not known of the host. */
static void what_was_refused_is_not_learnt(void **state)
{
	static const char robots[] = "http://a.example/robots.txt";
	struct turn refused = obedient("http://a.example/1"),
		    allowed = obedient("http://a.example/2");

	(void)state;
	add_at(&refused, NOW);
	add_at(&allowed, NOW);
	check_asks(&refused, robots, NOW);
	robots_come(&refused, OUTCOME_REFUSED, "", NOW);
	check_no(&refused, OUTCOME_REFUSED, 0, NOW);
	check_nothing(NOW, 2 * SECOND);
	check_asks(&allowed, robots, NOW + 2 * SECOND);
	robots_come(&allowed, OUTCOME_FINE, "", NOW + 2 * SECOND);
	check_goes(&allowed, NOW + 4 * SECOND);
	ended(&allowed, OUTCOME_FINE, 0, NOW + 4 * SECOND);
	/* A turn that was refused once is a new one the next time. */
	add_at(&refused, NOW + MINUTE);
	check_goes(&refused, NOW + MINUTE);
	ended(&refused, OUTCOME_FINE, 0, NOW + MINUTE);
}

/* Its next hop has a turn of its own, before those who wait for it: here, or
   with another host. */
static void a_robots_may_be_redirected(void **state)
{
	static const char robots[] = "https://a.example/robots.txt";
	static const char *const hops[] = { "https://a.example/r.txt",
		"https://b.example/robots.txt" };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		int64_t now = NOW + (int64_t)i * 2 * DAY;
		struct turn page = obedient("https://a.example/1"),
			    other = obedient("https://a.example/2"),
			    hop = turn_of(hops[i]);

		hop.first = true;
		add_at(&page, now);
		add_at(&other, now);
		check_asks(&page, robots, now);
		ended(&page, OUTCOME_REDIRECTS, 0, now);
		add_at(&hop, now);
		check_goes(&hop, now + 2 * SECOND);
		check_nothing(now + 2 * SECOND, -1);
		ended(&hop, OUTCOME_FINE, 0, now + 2 * SECOND);
		check_nothing(now + 2 * SECOND, -1);
		hosts_robots(hosts, &page, OUTCOME_FINE,
		    "User-agent: *\nDisallow: /2\n", 28, now + 2 * SECOND);
		check_goes(&page, now + 4 * SECOND);
		check_no(&other, OUTCOME_FORBIDDEN, 0, now + 4 * SECOND);
		ended(&page, OUTCOME_FINE, 0, now + 4 * SECOND);
		check_nothing(now + HOUR, -1);
	}
}

/* Bytes that are no text, and the line that is cut at their end. */
static void any_bytes_are_a_robots(void **state)
{
	static const char bytes[] = "\0\xff\nUser-agent: *\nDisallow: /privatE";
	struct turn turn = obedient("https://a.example/private"),
		    other = obedient("https://a.example/privatE");

	(void)state;
	add_at(&turn, NOW);
	check_asks(&turn, "https://a.example/robots.txt", NOW);
	ended(&turn, OUTCOME_FINE, 0, NOW);
	hosts_robots(hosts, &turn, OUTCOME_FINE, bytes, sizeof(bytes) - 1, NOW);
	check_goes(&turn, NOW + 2 * SECOND);
	ended(&turn, OUTCOME_FINE, 0, NOW + 2 * SECOND);
	add_at(&other, NOW + MINUTE);
	check_no(&other, OUTCOME_FORBIDDEN, 0, NOW + MINUTE);
}

/* ---- hosts that are held ---- */

/* What a turn holds is needed elsewhere; only who waits for seconds keeps it.
 */
static void a_held_host_gives_turns_back(void **state)
{
	struct turn one = turn_of("https://a.example/1"),
		    two = turn_of("https://a.example/2"),
		    robots = obedient("http://a.example/3");
	struct hosts_next next;

	(void)state;
	add_at(&one, NOW);
	add_at(&two, NOW);
	check_goes(&one, NOW);
	ended(&one, OUTCOME_LIMITED, HOUR, NOW);
	hosts_next(hosts, NOW, &next);
	assert_int_equal(next.what, HOSTS_NO);
	assert_int_equal(next.outcome, OUTCOME_HELD);
	assert_int_equal(next.again, HOUR);
	assert_string_equal(
	    next.why, "the host is left alone for now (limited)");
	add_at(&robots, NOW + MINUTE);
	check_no(&robots, OUTCOME_HELD, HOUR - MINUTE, NOW + MINUTE);
	check_nothing(NOW + MINUTE, -1);
	add_at(&two, NOW + HOUR - 10 * SECOND);
	check_nothing(NOW + HOUR - 10 * SECOND, 10 * SECOND);
	check_nothing(NOW + HOUR - 1, 1);
	check_goes(&two, NOW + HOUR);
	ended(&two, OUTCOME_FINE, 0, NOW + HOUR);
}

/* Whoever drives it may be late: what was a no a moment ago, and waited to be
   told, is not sent before its time instead. */
static void who_is_told_late_does_not_go_early(void **state)
{
	struct turn one = turn_of("https://a.example/1"),
		    two = turn_of("https://a.example/2");

	(void)state;
	add_at(&one, NOW);
	add_at(&two, NOW);
	check_goes(&one, NOW);
	ended(&one, OUTCOME_LIMITED, 11 * SECOND, NOW);
	/* Eleven seconds are too long to wait; eight are not. */
	check_nothing(NOW + 3 * SECOND, 8 * SECOND);
	check_goes(&two, NOW + 11 * SECOND);
	ended(&two, OUTCOME_FINE, 0, NOW + 11 * SECOND);
}

/* The same of robots.txt: while a page of the host is under way, it is not
   asked beside it. */
static void robots_that_are_due_late_wait_for_their_turn(void **state)
{
	struct turn page = turn_of("https://a.example/1"),
		    other = obedient("https://a.example/2");

	(void)state;
	add_at(&other, NOW);
	check_asks(&other, "https://a.example/robots.txt", NOW);
	robots_come(&other, OUTCOME_BROKEN, "", NOW);
	check_no(&other, OUTCOME_BROKEN, MINUTE, NOW);
	add_at(&page, NOW + 30 * SECOND);
	check_goes(&page, NOW + 30 * SECOND);
	/* Lined up for a no, and looked at when it may be asked again. */
	add_at(&other, NOW + 59 * SECOND);
	check_nothing(NOW + 61 * SECOND, -1);
	ended(&page, OUTCOME_FINE, 0, NOW + 62 * SECOND);
	check_nothing(NOW + 62 * SECOND, 2 * SECOND);
	check_asks(&other, "https://a.example/robots.txt", NOW + 64 * SECOND);
	robots_come(&other, OUTCOME_FINE, "", NOW + 64 * SECOND);
	check_goes(&other, NOW + 66 * SECOND);
	ended(&other, OUTCOME_FINE, 0, NOW + 66 * SECOND);
}

static void what_was_asked_for_before_the_start_holds(void **state)
{
	static const int64_t helds[] = { HOUR, 5 * SECOND };
	size_t i;
	int before;

	(void)state;
	for (i = 0; i < COUNT(helds); i++) {
		for (before = 0; before < 2; before++) {
			char name[32], url[64];
			struct turn turn;

			snprintf(
			    name, sizeof(name), "%zu%d.example", i, before);
			snprintf(url, sizeof(url), "https://%s/", name);
			turn = turn_of(url);
			if (before == 0)
				hosts_hold(hosts, name, NOW + helds[i], NOW);
			add_at(&turn, NOW);
			if (before == 1)
				hosts_hold(hosts, name, NOW + helds[i], NOW);
			if (helds[i] > 10 * SECOND) {
				check_no(&turn, OUTCOME_HELD, helds[i], NOW);
				continue;
			}
			check_nothing(NOW, helds[i]);
			check_goes(&turn, NOW + helds[i]);
			ended(&turn, OUTCOME_FINE, 0, NOW + helds[i]);
		}
	}
}

/* A clock that was set makes no year of an hour. */
static void nobody_is_held_for_more_than_a_day(void **state)
{
	struct turn turn = turn_of("https://a.example/");

	(void)state;
	hosts_hold(hosts, "a.example", NOW + 1000 * DAY, NOW);
	add_at(&turn, NOW);
	check_no(&turn, OUTCOME_HELD, DAY, NOW);
	add_at(&turn, NOW + DAY);
	check_goes(&turn, NOW + DAY);
	ended(&turn, OUTCOME_FINE, 0, NOW + DAY);
}

/* ---- for people, and for the memory ---- */

struct told {
	struct host_about about;
	char name[64];
	int n;
};

static void note_host(void *whose, const struct host_about *about)
{
	struct told *told = whose;

	told->about = *about;
	snprintf(told->name, sizeof(told->name), "%s", about->name);
	told->n++;
}

static void hosts_that_wait_or_are_held_are_told(void **state)
{
	struct turn one = turn_of("https://a.example/1"),
		    two = turn_of("https://a.example/2");
	struct told told = { .n = 0 };

	(void)state;
	add_at(&one, NOW);
	add_at(&two, NOW);
	check_goes(&one, NOW);
	hosts_each(hosts, NOW, note_host, &told);
	assert_int_equal(told.n, 1);
	assert_string_equal(told.name, "a.example");
	assert_int_equal(told.about.waiting, 1);
	assert_int_equal(told.about.under_way, 1);
	assert_int_equal(told.about.held, 0);
	assert_int_equal(told.about.why, OUTCOME_FINE);
	ended(&one, OUTCOME_LIMITED, HOUR, NOW);
	check_no(&two, OUTCOME_HELD, HOUR, NOW);
	told.n = 0;
	hosts_each(hosts, NOW + MINUTE, note_host, &told);
	assert_int_equal(told.n, 1);
	assert_int_equal(told.about.waiting, 0);
	assert_int_equal(told.about.under_way, 0);
	assert_int_equal(told.about.held, HOUR - MINUTE);
	assert_int_equal(told.about.why, OUTCOME_LIMITED);
	told.n = 0;
	hosts_each(hosts, NOW + HOUR, note_host, &told);
	assert_int_equal(told.n, 0);
}

/* One of many hosts, each asked once. */
static void ask_one_of_many(int i, enum outcome outcome, int64_t now)
{
	char url[64];
	struct turn turn;
	struct hosts_next next;

	snprintf(url, sizeof(url), "https://%d.example/", i);
	turn = obedient(url);
	turn.pause = 0;
	add_at(&turn, now);
	hosts_next(hosts, now, &next);
	assert_int_equal(next.what, HOSTS_ASK_ROBOTS);
	free(next.robots);
	robots_come(&turn, OUTCOME_FINE, "User-agent: *\nDisallow: /x\n", now);
	check_goes(&turn, now);
	ended(&turn, outcome, DAY, now);
}

/* A feed may name thousands of hosts; those that are held stay. */
static void hosts_that_nobody_asks_are_forgotten(void **state)
{
	struct turn waiting = turn_of("https://waiting.example/1"),
		    other = turn_of("https://waiting.example/2");
	struct told told = { .n = 0 };
	int64_t now = NOW;
	int i;

	(void)state;
	add_at(&waiting, NOW);
	add_at(&other, NOW);
	check_goes(&waiting, NOW);
	for (i = 0; i < 100; i++)
		ask_one_of_many(i, OUTCOME_LIMITED, NOW);
	for (i = 100; i < 20000; i++) {
		now += 2 * SECOND;
		ask_one_of_many(i, OUTCOME_FINE, now);
		assert_true(hosts_count(hosts) <= 8192);
	}
	hosts_each(hosts, now, note_host, &told);
	assert_int_equal(told.n, 101);
	ended(&waiting, OUTCOME_FINE, 0, now);
	check_goes(&other, now + MINUTE);
	ended(&other, OUTCOME_FINE, 0, now + MINUTE);
	/* When nobody is held any more, they go, too. */
	now += 2 * DAY;
	for (i = 20000; i < 30000; i++) {
		now += 2 * SECOND;
		ask_one_of_many(i, OUTCOME_FINE, now);
		assert_true(hosts_count(hosts) <= 8192);
	}
	told.n = 0;
	hosts_each(hosts, now, note_host, &told);
	assert_int_equal(told.n, 0);
}

/* Turns are their owners': those that wait may be freed with their host. */
static void what_waits_at_the_end_is_not_touched(void **state)
{
	struct turn *turn = calloc(1, sizeof(*turn));
	struct turn under_way = obedient("https://b.example/");

	(void)state;
	*turn = obedient("https://a.example/");
	add_at(turn, NOW);
	check_asks(turn, "https://a.example/robots.txt", NOW);
	add_at(&under_way, NOW);
	check_asks(&under_way, "https://b.example/robots.txt", NOW);
	free(turn);
	assert_int_equal(hosts_count(hosts), 2);
	hosts_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_HOSTS(a_host_is_asked_in_the_order_of_its_turns),
		WITH_HOSTS(each_turn_has_its_pause),
		WITH_HOSTS(hosts_do_not_wait_for_each_other),
		WITH_HOSTS(several_connections_are_begun_one_after_the_other),
		WITH_HOSTS(some_turns_go_before_all_others),
		WITH_HOSTS(what_is_no_address_does_no_harm),
		WITH_HOSTS(robots_are_asked_first_and_once),
		WITH_HOSTS(each_site_has_its_own_robots),
		WITH_HOSTS(who_does_not_ask_robots_is_not_told),
		WITH_HOSTS(rules_are_obeyed_at_once),
		WITH_HOSTS(a_long_rule_is_told_in_whole_letters),
		WITH_HOSTS(the_longer_pause_counts),
		WITH_HOSTS(nobody_waits_behind_a_long_pause),
		WITH_HOSTS(without_robots_all_is_allowed),
		WITH_HOSTS(a_host_that_does_not_answer_forbids_all),
		WITH_HOSTS(robots_in_trouble_hold_the_host_too),
		WITH_HOSTS(who_says_that_it_is_there_again_need_not_wait),
		WITH_HOSTS(rules_hold_for_a_day_and_longer_if_they_must),
		WITH_HOSTS(after_a_month_nobody_waits_for_robots),
		WITH_HOSTS(what_was_refused_is_not_learnt),
		WITH_HOSTS(a_robots_may_be_redirected),
		WITH_HOSTS(any_bytes_are_a_robots),
		WITH_HOSTS(a_held_host_gives_turns_back),
		WITH_HOSTS(who_is_told_late_does_not_go_early),
		WITH_HOSTS(robots_that_are_due_late_wait_for_their_turn),
		WITH_HOSTS(what_was_asked_for_before_the_start_holds),
		WITH_HOSTS(nobody_is_held_for_more_than_a_day),
		WITH_HOSTS(hosts_that_wait_or_are_held_are_told),
		WITH_HOSTS(hosts_that_nobody_asks_are_forgotten),
		WITH_HOSTS(what_waits_at_the_end_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
