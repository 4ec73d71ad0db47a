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
	source->interval = interval;
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

static void enabled_sources_have_feeds(void **state)
{
	struct conf *conf = conf_with("a", &a1, 15 * MINUTE);
	struct edition *edition;
	size_t i;

	(void)state;
	add(conf, "b", &b, false);
	add(conf, "c", NULL, true);
	add(conf, "d", &b, true);
	edition = edition_new(conf, NULL, NOW, 42);
	assert_ptr_equal(edition->conf, conf);
	assert_int_equal(edition->n_feeds, 4);
	assert_non_null(feed_of(edition, "a", "https://a.example/1"));
	assert_non_null(feed_of(edition, "a", "https://a.example/2"));
	assert_non_null(feed_of(edition, "a", "https://a.example/3"));
	assert_non_null(feed_of(edition, "d", "https://b.example/"));
	for (i = 0; i < 4; i++) {
		assert_false(edition->feeds[i].busy);
		assert_true(edition->feeds[i].watch.due >= NOW);
		assert_true(edition->feeds[i].watch.due <= NOW + 10000);
	}
	edition_leave(edition);
}

static void there_may_be_no_feeds(void **state)
{
	struct edition *edition = edition_new(conf_standard(), NULL, NOW, 0);

	(void)state;
	assert_int_equal(edition->n_feeds, 0);
	assert_null(edition_next(edition));
	edition_leave(edition);
	edition_leave(NULL);
}

static void the_next_feed_is_due_first_and_not_busy(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, NOW, 42);

	(void)state;
	edition->feeds[0].watch.due = 30;
	edition->feeds[1].watch.due = 10;
	edition->feeds[2].watch.due = 20;
	assert_ptr_equal(edition_next(edition), &edition->feeds[1]);
	edition->feeds[1].busy = true;
	assert_ptr_equal(edition_next(edition), &edition->feeds[2]);
	edition->feeds[2].busy = true;
	assert_ptr_equal(edition_next(edition), &edition->feeds[0]);
	edition->feeds[0].busy = true;
	assert_null(edition_next(edition));
	edition->feeds[1].busy = false;
	assert_ptr_equal(edition_next(edition), &edition->feeds[1]);
	edition_leave(edition);
}

/* The same feed of the same source at the same interval. */
static void feeds_keep_their_turn(void **state)
{
	struct conf *conf = conf_with("a", &a1, 15 * MINUTE);
	struct edition *before, *after;
	struct feed *feed;

	(void)state;
	add(conf, "b", &b, true);
	before = edition_new(conf, NULL, NOW, 42);
	feed = feed_of(before, "a", "https://a.example/2");
	feed->watch = (struct watch){ .due = NOW + 77777, .failures = 5 };
	feed->failing = true;
	feed = feed_of(before, "a", "https://a.example/3");
	feed->watch = (struct watch){ .due = NOW - 5, .failures = 3 };
	feed->busy = true;
	feed = feed_of(before, "b", "https://b.example/");
	feed->watch = (struct watch){ .due = NOW + 88888, .failures = 7 };

	conf = conf_with("a", &a2, 15 * MINUTE);
	add(conf, "b", &b, true);
	conf_source(conf, "b")->interval = MINUTE;
	add(conf, "c", &b, true);
	after = edition_new(conf, before, NOW, 43);
	edition_leave(before);
	assert_int_equal(after->n_feeds, 4);

	feed = feed_of(after, "a", "https://a.example/2");
	assert_int_equal(feed->watch.due, NOW + 77777);
	assert_int_equal(feed->watch.failures, 5);
	assert_true(feed->failing);
	/* One that is being looked at under the old edition. */
	feed = feed_of(after, "a", "https://a.example/3");
	assert_false(feed->busy);
	assert_int_equal(feed->watch.failures, 3);
	assert_true(feed->watch.due >= NOW + 13 * MINUTE);
	assert_true(feed->watch.due <= NOW + 17 * MINUTE);
	/* Another interval, another source. */
	feed = feed_of(after, "b", "https://b.example/");
	assert_int_equal(feed->watch.failures, 0);
	assert_true(feed->watch.due <= NOW + 6000);
	feed = feed_of(after, "c", "https://b.example/");
	assert_int_equal(feed->watch.failures, 0);
	assert_true(feed->watch.due <= NOW + 10000);
	edition_leave(after);
}

static void the_last_user_frees_it(void **state)
{
	struct edition *edition =
	    edition_new(conf_with("a", &a1, MINUTE), NULL, NOW, 42);

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
		cmocka_unit_test(there_may_be_no_feeds),
		cmocka_unit_test(the_next_feed_is_due_first_and_not_busy),
		cmocka_unit_test(feeds_keep_their_turn),
		cmocka_unit_test(the_last_user_frees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
