/* Feeds that are watched, from one configuration to the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/edition.h"

#define MINUTE ((int64_t)60 * 1000)
#define NOW (1000 * MINUTE)

static const struct now now = { .steady = NOW, .wall = 29000000 * MINUTE };

static const struct dl_list a3 = { "https://a.example/3", NULL },
			    a2 = { "https://a.example/2", &a3 },
			    a1 = { "https://a.example/1", &a2 },
			    b = { "https://b.example/", NULL };

static struct conf *conf_with(
    const char *name, const struct dl_list *feeds, int64_t interval)
{
	struct conf *conf = conf_standard();
	struct source *source = conf_bare(conf, name);

	source->enabled = true;
	source->feeds = feeds;
	source->min_interval = interval;
	source->max_interval = 4 * interval;
	return conf;
}

static void add(struct conf *conf, const char *name,
    const struct dl_list *feeds, bool enabled)
{
	struct source *source = conf_bare(conf, name);

	source->feeds = feeds;
	source->enabled = enabled;
}

static struct feed *feed_of(
    const struct edition *edition, const char *source, const char *url)
{
	size_t i;

	for (i = 0; i < edition->n_feeds; i++) {
		struct feed *feed = &edition->feeds[i];

		if (strcmp(feed->source->name, source) == 0 &&
		    strcmp(feed->url, url) == 0)
			return feed;
	}
	return NULL;
}

/* It is due then, and stands where it belongs. */
static void turn_at(struct edition *edition, size_t i, int64_t due)
{
	edition->feeds[i].watch.due = due;
	edition_turn(edition, &edition->feeds[i]);
}

static void enabled_sources_have_feeds(void **state)
{
	struct conf *conf = conf_with("a", &a1, 15 * MINUTE);
	struct edition *edition;
	size_t i;

	(void)state;
	add(conf, "b", &b, false);
	add(conf, "c", NULL, true);
	add(conf, "d", &b, true);
	edition = edition_new(conf, NULL, now, 42);
	assert_ptr_equal(edition->conf, conf);
	assert_int_equal(edition->n_feeds, 4);
	assert_non_null(feed_of(edition, "a", "https://a.example/1"));
	assert_non_null(feed_of(edition, "a", "https://a.example/2"));
	assert_non_null(feed_of(edition, "a", "https://a.example/3"));
	assert_non_null(feed_of(edition, "d", "https://b.example/"));
	assert_null(feed_of(edition, "b", "https://b.example/"));
	for (i = 0; i < 4; i++) {
		struct feed *feed = &edition->feeds[i];

		assert_false(feed->remembered);
		assert_null(feed->error);
		assert_int_equal(feed->watch.failures, 0);
		assert_true(feed->watch.due >= NOW);
		assert_true(feed->watch.due <= NOW + MINUTE);
	}
	edition_leave(edition);
}

static void the_first_looks_do_not_come_at_once(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, 15 * MINUTE), NULL, now, 42);
	const struct feed *feeds = edition->feeds;

	(void)state;
	assert_int_not_equal(feeds[0].watch.due, feeds[1].watch.due);
	assert_int_not_equal(feeds[1].watch.due, feeds[2].watch.due);
	edition_leave(edition);
}

static void the_pace_is_that_of_the_source(void **state)
{
	struct conf *conf = conf_with("a", &b, 7 * MINUTE);
	struct edition *edition;

	(void)state;
	conf->sources->distrust = 5;
	conf->sources->honour_ttl = false;
	edition = edition_new(conf, NULL, now, 42);
	assert_int_equal(edition->feeds[0].pace.min_interval, 7 * MINUTE);
	assert_int_equal(edition->feeds[0].pace.max_interval, 28 * MINUTE);
	assert_int_equal(edition->feeds[0].pace.distrust, 5);
	assert_false(edition->feeds[0].pace.honour_ttl);
	edition_leave(edition);
}

static void there_may_be_no_feeds(void **state)
{
	struct edition *edition = edition_new(conf_standard(), NULL, now, 0);

	(void)state;
	assert_int_equal(edition->n_feeds, 0);
	assert_null(edition_next(edition));
	edition_leave(edition);
	edition_leave(NULL);
}

static void the_next_feed_is_due_first_and_not_looked_at(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, now, 42);
	struct feed *feeds = edition->feeds;

	(void)state;
	turn_at(edition, 0, 30);
	turn_at(edition, 1, 10);
	turn_at(edition, 2, 20);
	assert_ptr_equal(edition_next(edition), &feeds[1]);
	edition_busy(edition, &feeds[1]);
	assert_ptr_equal(edition_next(edition), &feeds[2]);
	edition_busy(edition, &feeds[2]);
	assert_ptr_equal(edition_next(edition), &feeds[0]);
	edition_busy(edition, &feeds[0]);
	edition_busy(edition, &feeds[0]);
	assert_null(edition_next(edition));
	edition_turn(edition, &feeds[1]);
	assert_ptr_equal(edition_next(edition), &feeds[1]);
	turn_at(edition, 0, 5);
	assert_ptr_equal(edition_next(edition), &feeds[0]);
	edition_leave(edition);
}

static struct edition *edition_before(void)
{
	struct conf *conf = conf_with("a", &a1, 15 * MINUTE);
	struct edition *before;
	struct feed *feed;

	add(conf, "b", &b, true);
	before = edition_new(conf, NULL, now, 42);
	feed = feed_of(before, "a", "https://a.example/2");
	feed->watch = (struct watch){
		.due = NOW + 77777, .failures = 5, .outcome = OUTCOME_DNS
	};
	feed->failing = feed->remembered = feed->stale = true;
	feed_keep(&feed->error, "no such host");
	feed_keep(&feed->moved_to, "https://c.example/");
	feed = feed_of(before, "a", "https://a.example/3");
	feed->watch = (struct watch){ .due = NOW - 5, .failures = 3 };
	feed->remembered = true;
	edition_busy(before, feed);
	feed = feed_of(before, "b", "https://b.example/");
	feed->watch =
	    (struct watch){ .due = NOW + 8888888, .failures = 7, .usual = 9 };
	feed->remembered = true;
	return before;
}

/* The same feed of the same source at the same pace. */
static void feeds_keep_their_turn(void **state)
{
	struct edition *before = edition_before(), *after;
	struct conf *conf = conf_with("a", &a2, 15 * MINUTE);
	struct feed *feed;

	(void)state;
	add(conf, "b", &b, true);
	conf_source(conf, "b")->max_interval = 77 * MINUTE;
	add(conf, "c", &b, true);
	after = edition_new(conf, before, now, 43);
	edition_leave(before);
	assert_int_equal(after->n_feeds, 4);

	feed = feed_of(after, "a", "https://a.example/2");
	assert_int_equal(feed->watch.due, NOW + 77777);
	assert_int_equal(feed->watch.failures, 5);
	assert_int_equal(feed->watch.outcome, OUTCOME_DNS);
	assert_true(feed->failing);
	assert_true(feed->stale);
	assert_true(feed->remembered);
	assert_string_equal(feed->error, "no such host");
	assert_string_equal(feed->moved_to, "https://c.example/");
	/* Another pace: a turn soon, and what was learnt. */
	feed = feed_of(after, "b", "https://b.example/");
	assert_int_equal(feed->watch.failures, 7);
	assert_int_equal(feed->watch.usual, 9);
	assert_true(feed->watch.due <= NOW + MINUTE);
	/* Another source. */
	feed = feed_of(after, "c", "https://b.example/");
	assert_int_equal(feed->watch.failures, 0);
	assert_false(feed->remembered);
	assert_true(feed->watch.due <= NOW + MINUTE);
	edition_leave(after);
}

/* One that is looked at under an old edition has no turn, also after a second
   reload and at another pace, until what came of it is handed over. */
static void a_feed_that_is_looked_at_is_not_asked_twice(void **state)
{
	struct edition *before = edition_before(), *between, *after;
	struct feed *looked = feed_of(before, "a", "https://a.example/3");
	struct feed *heir;
	size_t i;

	(void)state;
	between =
	    edition_new(conf_with("a", &a1, 15 * MINUTE), before, now, 43);
	after = edition_new(conf_with("a", &a1, 20 * MINUTE), between, now, 44);
	edition_leave(between);
	heir = feed_of(after, "a", "https://a.example/3");
	for (i = 0; i < after->n_feeds; i++)
		assert_int_equal(
		    after->feeds[i].turn.place == 0, &after->feeds[i] == heir);

	looked->watch = (struct watch){ .due = NOW + 5, .usual = 77 };
	looked->failing = true;
	feed_keep(&looked->error, "no such host");
	assert_ptr_equal(edition_hand_over(after, looked), heir);
	assert_int_equal(heir->watch.usual, 77);
	assert_true(heir->failing);
	assert_true(heir->remembered);
	assert_string_equal(heir->error, "no such host");
	assert_int_equal(heir->pace.min_interval, 20 * MINUTE);
	/* It is under way, and not to be had twice. */
	assert_int_equal(heir->turn.place, 0);
	assert_null(edition_hand_over(after, looked));
	assert_null(edition_hand_over(after, heir));
	edition_leave(after);

	/* Nobody waits for a feed that is watched no more. */
	after = edition_new(conf_with("c", &a1, MINUTE), before, now, 45);
	assert_null(edition_hand_over(after, looked));
	edition_leave(after);
	edition_leave(before);
}

/* It rests, also under the next configuration, and then it has its turn when
   it would have had it. */
static void a_source_that_is_paused_has_no_turns(void **state)
{
	struct edition *before =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, now, 42);
	struct edition *after;
	struct feed *looked;
	size_t i;

	(void)state;
	turn_at(before, 0, NOW + 5 * MINUTE);
	looked = &before->feeds[1];
	edition_busy(before, looked);
	assert_false(edition_pause(before, "b", true));
	assert_true(edition_pause(before, "a", true));
	assert_null(edition_next(before));
	assert_int_equal(edition_want(before, "a", now), 0);
	edition_turn(before, looked); /* the look has ended */
	assert_null(edition_next(before));

	after = edition_new(conf_with("a", &a1, MINUTE), before, now, 43);
	assert_null(edition_next(after));
	assert_false(after->feeds[0].awaited);
	assert_true(edition_pause(after, "a", false));
	assert_int_equal(after->feeds[0].watch.due, NOW + 5 * MINUTE);
	for (i = 0; i < after->n_feeds; i++)
		assert_int_not_equal(after->feeds[i].turn.place, 0);
	edition_leave(after);
	edition_leave(before);
}

static void who_is_wanted_has_its_turn_now(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, now, 42);
	struct feed *looked = edition_next(edition);

	(void)state;
	edition_busy(edition, looked);
	assert_int_equal(edition_want(edition, "a", now), 2);
	assert_int_equal(edition_next(edition)->watch.due, NOW);
	assert_true(edition_next(edition)->wanted);
	assert_false(looked->wanted);
	assert_int_equal(edition_want(edition, "b", now), 0);
	edition_leave(edition);
}

static void texts_are_kept_as_copies(void **state)
{
	char text[] = "one";
	const char *place = NULL;

	(void)state;
	feed_keep(&place, text);
	text[0] = 'O';
	assert_string_equal(place, "one");
	feed_keep(&place, place);
	assert_string_equal(place, "one");
	feed_keep(&place, "two");
	assert_string_equal(place, "two");
	feed_keep(&place, NULL);
	assert_null(place);
}

static void the_last_user_frees_it(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, now, 42);

	(void)state;
	assert_int_equal(edition->users, 1);
	assert_ptr_equal(edition_use(edition), edition);
	edition_leave(edition);
	assert_int_equal(edition->n_feeds, 3);
	assert_string_equal(edition->feeds[0].source->name, "a");
	edition_leave(edition);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enabled_sources_have_feeds),
		cmocka_unit_test(the_first_looks_do_not_come_at_once),
		cmocka_unit_test(the_pace_is_that_of_the_source),
		cmocka_unit_test(there_may_be_no_feeds),
		cmocka_unit_test(the_next_feed_is_due_first_and_not_looked_at),
		cmocka_unit_test(feeds_keep_their_turn),
		cmocka_unit_test(a_feed_that_is_looked_at_is_not_asked_twice),
		cmocka_unit_test(a_source_that_is_paused_has_no_turns),
		cmocka_unit_test(who_is_wanted_has_its_turn_now),
		cmocka_unit_test(texts_are_kept_as_copies),
		cmocka_unit_test(the_last_user_frees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
