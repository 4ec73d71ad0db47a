/* What feeds show, under which addresses, and with which validators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "tests/daemon/state.h"

static void an_entry_is_new_once(void **state)
{
	begin(*state);
	watch("s", NULL);
	check_counts(0, 0, 0, 0);
	assert_string_equal(note(A, "s:1", "one", 1000), "new");
	assert_string_equal(note(A, "s:1", "one", 2000), "");
	assert_string_equal(note(A, "s:2", NULL, 2000), "new");
	check_counts(2, 0, 0, 0);
	assert_string_equal(note(A, "s:1", "one, corrected", 3000), "changed");
	assert_string_equal(note(A, "s:1", "one, corrected", 4000), "");
	assert_string_equal(note(A, "s:2", NULL, 4000), "");
	check_counts(2, 0, 0, 0);
}

/* What one feed says in other words than another is no change. */
static void two_feeds_are_two_sightings(void **state)
{
	struct known known;

	begin(*state);
	watch("s", NULL);
	assert_string_equal(note(B, "s:1", "one", 1000), "new");
	assert_string_equal(note(A, "s:1", "ONE", 2000), "");
	check_due(2000, "s:1");
	settle("s:1", SETTLED_DONE, 0);
	assert_string_equal(note(A, "s:1", "ONE", 3000), "");
	assert_string_equal(note(B, "s:1", "one", 3000), "");
	check_due(3000, "");
	check_counts(0, 1, 0, 0);
	assert_string_equal(note(A, "s:1", "Two", 4000), "changed");
	check_due(4000, "s:1");
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_int_equal(known.revision, 0);
	assert_null(known.hashes);
	assert_string_equal(known.feeds->text, B);
	assert_string_equal(known.feeds->next->text, A);
	assert_null(known.feeds->next->next);
}

/* Who has found an entry first keeps it: another source that shows it, and then
   in other words, has nothing new to say. */
static void an_entry_belongs_to_one_source(void **state)
{
	struct dl_entry entry = { .url = "https://a.example/1", .id = "s:1" };
	const struct dl_entry *const entries[] = { &entry };
	static const char *const titles[] = { "one", "ONE" };
	struct noted noted;
	size_t i;

	begin(*state);
	watch("s", "t");
	assert_string_equal(note(A, "s:1", "one", 1000), "new");
	check_due(1000, "s:1");
	settle("s:1", SETTLED_DONE, 0);
	for (i = 0; i < 2; i++) {
		entry.title = titles[i];
		show("t", B, entries, NULL, 1, 2000, &noted);
		assert_int_equal(noted.new, 0);
		assert_int_equal(noted.changed, 0);
		check_counts(0, 1, 0, 0);
	}
	assert_string_equal(note(A, "s:1", "two", 3000), "changed");
	check_counts(1, 0, 0, 0);
}

static void check_text(const char *found, const char *text)
{
	if (text == NULL)
		assert_null(found);
	else
		assert_string_equal(found, text);
}

static void show_validators(
    const char *source, const char *feed, const struct validators *validators)
{
	const struct showing showing = { .source = source,
		.feed = feed,
		.validators = *validators,
		.hash = "0123456789abcdef" };
	struct noted noted;

	assert_true(seen_note(seen, &showing, 1000, &noted));
}

static void check_validators(
    const char *source, const char *feed, const struct validators *validators)
{
	struct seen_feed found;

	assert_true(seen_feed(seen, &arena, source, feed, &found));
	check_text(found.validators.etag, validators->etag);
	check_text(found.validators.modified, validators->modified);
	check_text(found.validators.at, validators->at);
}

static void validators_are_kept_byte_for_byte(void **state)
{
	static const struct validators rows[] = {
		{ "W/\"a-1\"", "Thu, 07 Nov 2024 12:00:00 GMT" },
		{ " no quotes \xff", "yesterday", "https://b.example/rss" },
		{ NULL, "0" },
		{ "", NULL, "https://c.example/" },
		{ NULL, NULL },
	};
	size_t i;

	begin(*state);
	check_validators("s", A, &rows[4]);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		show_validators("s", A, &rows[i]);
		reopen(*state);
		check_validators("s", A, &rows[i]);
	}
	/* Each feed of each source has its own. */
	show_validators("s", A, &rows[0]);
	show_validators("s", B, &rows[1]);
	show_validators("t", A, &rows[3]);
	check_validators("s", A, &rows[0]);
	check_validators("s", B, &rows[1]);
	check_validators("t", A, &rows[3]);
}

/* A story whose page has named its address is met under that address. */
static void another_address_is_another_sighting(void **state)
{
	struct known known;
	const char *other;

	begin(*state);
	watch("s", NULL);
	note_at(A, "s:1", "one", "https://a.example/x?id=1", 1000);
	check_due(1000, "s:1");
	mark("s:1", "https://a.example/one", 1, 1, "{}");
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/one", "s:2", &other));
	assert_string_equal(other, "s:1");
	assert_true(seen_alias(seen, &arena,
	    "HTTPS://A.example:443/one?utm_source=feed#top", "s:2", &other));
	assert_string_equal(other, "s:1");
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/one", "s:1", &other));
	assert_null(other);
	assert_true(seen_alias(
	    seen, &arena, "https://a.example/x?id=1", "s:2", &other));
	assert_null(other);
	assert_true(seen_alias(seen, &arena, NULL, "s:2", &other));
	assert_null(other);

	assert_string_equal(note_at(B, "s:2", "one",
				"https://a.example/one?utm_medium=rss", 2000),
	    "");
	check_counts(0, 1, 0, 0);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_string_equal(known.feeds->text, B);
	assert_string_equal(known.feeds->next->text, A);
	assert_string_equal(
	    note_at(B, "s:2", "one, corrected", "https://a.example/one", 3000),
	    "changed");
	check_due(3000, "s:1");

	/* The first that had the address keeps it. */
	mark("s:3", "https://a.example/one", 1, 2, "{}");
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/one", "s:3", &other));
	assert_string_equal(other, "s:1");
	/* And one that has a record of its own is not taken for it. */
	assert_string_equal(
	    note_at(B, "s:3", "three", "https://a.example/one", 4000), "");
	assert_string_equal(
	    note_at(B, "s:3", "III", "https://a.example/one", 5000), "changed");
	check_due(5000, "s:3");
}

static void many_entries_are_noted_at_once(void **state)
{
	static char ids[1000][16];
	static struct dl_entry entries[1000];
	static const struct dl_entry *list[1000];
	struct noted noted;
	size_t i;

	begin(*state);
	for (i = 0; i < 1000; i++) {
		snprintf(ids[i], sizeof(ids[i]), "s:%zu", i % 990);
		entries[i] = (struct dl_entry){ .url = A, .id = ids[i] };
		list[i] = &entries[i];
	}
	show("s", A, list, NULL, 1000, 1000, &noted);
	assert_int_equal(noted.new, 990);
	assert_int_equal(noted.changed, 0);
	check_counts(990, 0, 0, 0);
}

/* Those that are too old to be fetched are known, and left alone until their
   feed says something new of them. */
static void what_is_not_wanted_is_known(void **state)
{
	static const bool unwanted[] = { false, true, true };
	struct dl_entry entries[] = {
		{ .url = "https://a.example/1", .id = "s:1" },
		{ .url = "https://a.example/2", .id = "s:2" },
		{ .url = "https://a.example/3", .id = "s:3" },
	};
	const struct dl_entry *const list[] = { &entries[0], &entries[1],
		&entries[2] };
	struct noted noted;

	begin(*state);
	watch("s", NULL);
	show("s", A, list, unwanted, 3, 1000, &noted);
	assert_int_equal(noted.new, 3);
	assert_int_equal(noted.changed, 0);
	assert_int_equal(noted.known, 0);
	check_counts(1, 0, 2, 0);
	check_due(9000, "s:1");
	show("s", A, list, NULL, 3, 2000, &noted);
	assert_int_equal(noted.new, 0);
	assert_int_equal(noted.changed, 0);
	assert_int_equal(noted.known, 3);
	/* Another feed that shows them has nothing to say either. */
	show("s", B, list, unwanted, 3, 2000, &noted);
	assert_int_equal(noted.new + noted.changed + noted.known, 0);
	check_counts(1, 0, 2, 0);
	entries[1].title = "two";
	entries[0].title = "one";
	show("s", A, list, unwanted, 3, 3000, &noted);
	assert_int_equal(noted.changed, 2);
	assert_int_equal(noted.known, 3);
	check_counts(2, 0, 1, 0);
	check_due(9000, "s:2");
}

/* The id of one entry twice in a feed is one entry, that is not known. */
static void what_the_feed_has_shown_before_is_counted(void **state)
{
	const struct dl_entry one = { .url = "https://a.example/1",
		.id = "s:1" },
			      two = { .url = "https://a.example/2",
				      .id = "s:2" };
	const struct dl_entry *const list[] = { &one, &two };
	struct noted noted;

	begin(*state);
	show("s", A, list, NULL, 1, 1000, &noted);
	assert_int_equal(noted.known, 0);
	show("s", B, list, NULL, 2, 1000, &noted);
	assert_int_equal(noted.new, 1);
	assert_int_equal(noted.known, 0);
	show("s", A, list, NULL, 2, 1000, &noted);
	assert_int_equal(noted.new, 0);
	assert_int_equal(noted.known, 1);
	show("s", A, list, NULL, 2, 1000, &noted);
	assert_int_equal(noted.known, 2);
	show("s", A, NULL, NULL, 0, 1000, &noted);
	assert_int_equal(noted.new + noted.changed + noted.known, 0);
}

/* What is known of a feed: when it was read, and its watch, each for itself. */
static void a_feed_is_known_by_what_it_answered(void **state)
{
	const struct validators now = { "\"2\"", NULL, "https://b.example/" };
	const struct showing showing = { .source = "s",
		.feed = A,
		.validators = { "\"1\"", "then" },
		.hash = "0123456789abcdef" };
	struct seen_feed feed;
	struct noted noted;

	begin(*state);
	assert_true(seen_feed(seen, &arena, "s", A, &feed));
	assert_false(feed.known);
	assert_int_equal(feed.shown, 0);
	assert_null(feed.watch);
	/* A first look that has failed. */
	assert_true(seen_watched(seen, "s", A, "1 2 3", 1000));
	assert_true(seen_feed(seen, &arena, "s", A, &feed));
	assert_true(feed.known);
	assert_int_equal(feed.shown, 0);
	assert_null(feed.hash);
	assert_null(feed.validators.etag);
	assert_string_equal(feed.watch, "1 2 3");
	assert_true(seen_note(seen, &showing, 2000, &noted));
	assert_true(seen_unchanged(seen, "s", A, &now, 3000));
	assert_true(seen_watched(seen, "s", A, "4 5 6", 4000));
	reopen(*state);
	assert_true(seen_feed(seen, &arena, "s", A, &feed));
	assert_true(validators_same(&feed.validators, &now));
	assert_string_equal(feed.hash, "0123456789abcdef");
	assert_int_equal(feed.shown, 2000);
	assert_string_equal(feed.watch, "4 5 6");
	assert_true(seen_feed(seen, &arena, "t", A, &feed));
	assert_false(feed.known);
	/* Of a feed that nobody has shown nothing is unchanged. */
	assert_true(seen_unchanged(seen, "t", A, &now, 3000));
	assert_true(seen_feed(seen, &arena, "t", A, &feed));
	assert_false(feed.known);
}

static void validators_are_compared_as_a_whole(void **state)
{
	static const struct {
		struct validators a, b;
		bool same;
	} rows[] = {
		{ { NULL, NULL, NULL }, { NULL, NULL, NULL }, true },
		{ { "1", "2", "3" }, { "1", "2", "3" }, true },
		{ { "1", "2", "3" }, { "x", "2", "3" }, false },
		{ { "1", "2", "3" }, { "1", "x", "3" }, false },
		{ { "1", "2", "3" }, { "1", "2", "x" }, false },
		{ { "1", NULL, NULL }, { NULL, NULL, NULL }, false },
		{ { NULL, "", NULL }, { NULL, NULL, NULL }, false },
		{ { NULL, NULL, NULL }, { NULL, NULL, "3" }, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *copy =
		    rows[i].a.etag != NULL ? strdup(rows[i].a.etag) : NULL;
		const struct validators a = { copy, rows[i].a.modified,
			rows[i].a.at };

		if (validators_same(&a, &rows[i].b) != rows[i].same)
			fail_msg("row %zu", i);
		free(copy);
	}
}

/* ---- forgetting ---- */

#define DAY ((int64_t)24 * 3600 * 1000)

static bool is_known(const char *id)
{
	struct known known;

	assert_true(seen_known(seen, &arena, id, &known));
	return known.url != NULL;
}

/* The last sighting counts, and what still has to be done is not forgotten. */
static void what_is_not_shown_any_more_is_forgotten(void **state)
{
	static const enum settled hows[] = { SETTLED_DONE, SETTLED_DROPPED,
		SETTLED_QUARANTINED };
	struct known known;
	const char *other;
	char id[16];
	bool more;
	size_t i;

	begin(*state);
	watch("s", NULL);
	for (i = 0; i < 3; i++) {
		snprintf(id, sizeof(id), "s:%zu", i);
		note(A, id, "one", DAY);
		check_due(DAY, id);
		settle(id, hows[i], 0);
	}
	note(A, "s:pending", "one", DAY);
	note(A, "s:shown", "one", DAY);
	mark("s:shown", "https://a.example/shown", 1, 1, "{}");
	note(A, "s:shown", "one", 100 * DAY);
	mark("s:0", "https://a.example/zero", 1, 2, "{}");
	assert_true(seen_forget(seen, DAY, &more));
	assert_false(more);
	assert_true(is_known("s:0"));
	assert_true(seen_forget(seen, 50 * DAY, &more));
	assert_false(more);
	assert_false(is_known("s:0"));
	assert_false(is_known("s:1"));
	assert_false(is_known("s:2"));
	assert_true(is_known("s:shown"));
	assert_true(is_known("s:pending"));
	check_counts(1, 1, 0, 0);
	/* Nothing of it is left: it would be new. */
	assert_true(seen_known(seen, &arena, "s:0", &known));
	assert_null(known.feeds);
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/zero", "x", &other));
	assert_null(other);
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/shown", "x", &other));
	assert_string_equal(other, "s:shown");
	assert_string_equal(note_at(A, "s:0", "one", A, 60 * DAY), "new");
}

/* Others wait for the disk, too. */
static void much_is_forgotten_bit_by_bit(void **state)
{
	static char ids[1200][16];
	static struct dl_entry entries[1200];
	static const struct dl_entry *list[1200];
	static bool unwanted[1200];
	struct seen_counts counts;
	struct noted noted;
	bool more = true;
	int rounds = 0;
	size_t i;

	begin(*state);
	for (i = 0; i < 1200; i++) {
		snprintf(ids[i], sizeof(ids[i]), "s:%zu", i);
		entries[i] = (struct dl_entry){ .url = A, .id = ids[i] };
		list[i] = &entries[i];
		unwanted[i] = i >= 100;
	}
	show("s", A, list, unwanted, 1200, DAY, &noted);
	while (more) {
		int64_t before;

		assert_true(seen_counts(seen, &counts));
		before = counts.dropped;
		assert_true(seen_forget(seen, 2 * DAY, &more));
		assert_true(seen_counts(seen, &counts));
		assert_true(before - counts.dropped <= 500);
		assert_true(++rounds < 10);
	}
	check_counts(100, 0, 0, 0);
	assert_true(rounds >= 3);
}

/* ---- hosts and sources ---- */

static void what_hosts_ask_for_survives(void **state)
{
	static const struct held rows[] = {
		{ .host = "a.example", .why = "limited", .until = 5000 },
		{ .host = "b.example", .why = "blocked", .until = 3000 },
		{ .host = "a.example",
		    .why = "http-5xx",
		    .since = 900,
		    .until = 6000 },
	};
	struct held *list;
	size_t i;

	begin(*state);
	assert_true(seen_held(seen, &arena, 1000, &list));
	assert_null(list);
	for (i = 0; i < 3; i++)
		assert_true(seen_hold(seen, &rows[i]));
	reopen(*state);
	assert_true(seen_held(seen, &arena, 2999, &list));
	assert_non_null(list);
	assert_non_null(list->next);
	assert_null(list->next->next);
	assert_true(seen_held(seen, &arena, 3000, &list));
	assert_string_equal(list->host, "a.example");
	assert_string_equal(list->why, "http-5xx");
	assert_int_equal(list->since, 900);
	assert_int_equal(list->until, 6000);
	assert_null(list->next);
	/* What is over is gone, though the clock is set back. */
	assert_true(seen_held(seen, &arena, 0, &list));
	assert_null(list->next);
}

static void what_a_source_usually_brings_survives(void **state)
{
	const char *drift;

	begin(*state);
	assert_true(seen_drift(seen, &arena, "s", &drift));
	assert_null(drift);
	assert_true(seen_drift_keep(seen, "s", "1 2 3"));
	assert_true(seen_drift_keep(seen, "t", "7"));
	assert_true(seen_drift_keep(seen, "s", "4 5 6"));
	reopen(*state);
	assert_true(seen_drift(seen, &arena, "s", &drift));
	assert_string_equal(drift, "4 5 6");
	assert_true(seen_drift(seen, &arena, "t", &drift));
	assert_string_equal(drift, "7");
	assert_true(seen_drift(seen, &arena, "u", &drift));
	assert_null(drift);
}

static void a_file_that_is_no_state_is_refused(void **state)
{
	static const char nonsense[] =
	    "This is no database, and long enough to be one.................."
	    "..............................................................";
	struct folder *folder = *state;
	sqlite3 *file;
	char *why = NULL;

	assert_null(seen_open(folder_file(folder, "none/state"), &why));
	assert_non_null(why);
	free(why);
	file_write(folder_file(folder, "state"), nonsense, sizeof(nonsense));
	assert_null(seen_open(folder->file, &why));
	assert_string_equal(why, "file is not a database");
	free(why);

	/* One of a version to come is left alone. */
	unlink(folder->file);
	assert_int_equal(sqlite3_open(folder->file, &file), SQLITE_OK);
	sqlite3_exec(file, "PRAGMA user_version = 3", NULL, NULL, NULL);
	sqlite3_close(file);
	assert_null(seen_open(folder->file, &why));
	assert_string_equal(why, "it was made by a newer dateline");
	free(why);
	seen_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STATE(an_entry_is_new_once),
		WITH_STATE(two_feeds_are_two_sightings),
		WITH_STATE(an_entry_belongs_to_one_source),
		WITH_STATE(validators_are_kept_byte_for_byte),
		WITH_STATE(another_address_is_another_sighting),
		WITH_STATE(many_entries_are_noted_at_once),
		WITH_STATE(what_is_not_wanted_is_known),
		WITH_STATE(what_the_feed_has_shown_before_is_counted),
		WITH_STATE(a_feed_is_known_by_what_it_answered),
		cmocka_unit_test(validators_are_compared_as_a_whole),
		WITH_STATE(what_is_not_shown_any_more_is_forgotten),
		WITH_STATE(much_is_forgotten_bit_by_bit),
		WITH_STATE(what_hosts_ask_for_survives),
		WITH_STATE(what_a_source_usually_brings_survives),
		WITH_STATE(a_file_that_is_no_state_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
