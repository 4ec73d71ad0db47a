/* Entries and how far they have come, in a file that is opened again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/daemon/state.h"

static void moments_and_texts_come_back(void **state)
{
	static const struct dl_moment published = { 1730980800, 25200,
		DL_MINUTE, DL_ZONE_EXPLICIT, DL_FROM_FEED, "7 Nov 2024 19:00" },
				      updated = { -1, -3600, DL_DAY,
					      DL_ZONE_SOURCE, DL_FROM_URL, "" };
	static const struct dl_entry full = { "https://a.example/1", "s:1",
		"Tiêu đề", "summary", "author", "<p>html", &published,
		&updated },
				     bare = { "https://a.example/2", "s:2" };
	const struct dl_entry *const entries[] = { &full, &bare };
	const struct validators none = { NULL, NULL };
	const struct dl_moment *moment;
	struct noted noted;
	struct due *due;
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	assert_true(seen_note(seen, "s", A, &none, entries, 2, 1000, &noted));
	assert_int_equal(noted.new, 2);
	assert_true(seen_claim(seen, &arena, 1000, 10, &due, &wake));
	assert_string_equal(due->source, "s");
	assert_string_equal(due->entry.url, "https://a.example/1");
	assert_string_equal(due->entry.title, "Tiêu đề");
	assert_string_equal(due->entry.summary, "summary");
	assert_string_equal(due->entry.author, "author");
	assert_string_equal(due->entry.html, "<p>html");
	assert_int_equal(due->tries, 0);
	assert_int_equal(due->revision, 0);
	moment = due->entry.published;
	assert_int_equal(moment->seconds, 1730980800);
	assert_int_equal(moment->offset, 25200);
	assert_int_equal(moment->precision, DL_MINUTE);
	assert_int_equal(moment->zone, DL_ZONE_EXPLICIT);
	assert_int_equal(moment->from, DL_FROM_FEED);
	assert_string_equal(moment->raw, "7 Nov 2024 19:00");
	assert_int_equal(due->entry.updated->seconds, -1);
	assert_string_equal(due->entry.updated->raw, "");
	due = due->next;
	assert_null(due->entry.title);
	assert_null(due->entry.html);
	assert_null(due->entry.published);
	assert_null(due->next);
}

static void what_is_due_is_claimed_once(void **state)
{
	int64_t wake;

	begin(*state);
	assert_string_equal(note(A, "s:1", "one", 1000), "new");
	assert_string_equal(note(A, "s:2", "two", 3000), "new");
	assert_string_equal(note(A, "s:3", "three", 2000), "new");
	assert_string_equal(claim(9000, 100, &wake), "");
	assert_int_equal(wake, 0);
	watch("t", "s");
	assert_string_equal(claim(999, 100, &wake), "");
	assert_int_equal(wake, 1000);
	assert_string_equal(claim(9000, 2, &wake), "s:1 s:3");
	assert_int_equal(wake, 3000);
	assert_string_equal(claim(9000, 2, &wake), "s:2");
	assert_int_equal(wake, 0);
	assert_string_equal(claim(9000, 2, &wake), "");
	watch(NULL, NULL);
	reopen(*state);
	check_due(9000, "");
	watch("s", NULL);
	check_due(9000, "s:1 s:3 s:2");
}

static void claims_are_settled(void **state)
{
	struct due *due;
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	note(A, "s:2", "two", 1001);
	note(A, "s:3", "three", 1002);
	note(A, "s:4", "four", 1003);
	check_due(1003, "s:1 s:2 s:3 s:4");
	settle("s:1", SETTLED_AGAIN, 60000);
	settle("s:2", SETTLED_DROPPED, 0);
	settle("s:3", SETTLED_QUARANTINED, 0);
	settle("s:4", SETTLED_DONE, 0);
	check_counts(1, 1, 1, 1);
	assert_string_equal(claim(59999, 9, &wake), "");
	assert_int_equal(wake, 60000);
	assert_true(seen_claim(seen, &arena, 60000, 9, &due, &wake));
	assert_string_equal(due->entry.id, "s:1");
	assert_int_equal(due->tries, 1);
	settle("s:1", SETTLED_AGAIN, 70000);
	assert_true(seen_claim(seen, &arena, 70000, 9, &due, &wake));
	assert_int_equal(due->tries, 2);
	settle("s:1", SETTLED_DROPPED, 0);
	check_counts(0, 1, 2, 1);

	/* A feed that says something new brings each of them back. */
	assert_string_equal(note(A, "s:1", "I", 80000), "changed");
	assert_string_equal(note(A, "s:2", "II", 80001), "changed");
	assert_string_equal(note(A, "s:3", "III", 80002), "changed");
	assert_true(seen_claim(seen, &arena, 90000, 9, &due, &wake));
	assert_int_equal(due->tries, 0);
	assert_string_equal(due->entry.title, "I");
	assert_string_equal(due->next->entry.id, "s:2");
	assert_string_equal(due->next->next->entry.id, "s:3");
}

/* The page that is on its way is an old one. */
static void a_change_while_claimed_counts(void **state)
{
	static const enum settled hows[] = { SETTLED_DONE, SETTLED_DROPPED,
		SETTLED_QUARANTINED, SETTLED_AGAIN };
	char title[] = "a";
	int64_t now = 1000;
	size_t i;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", title, now);
	for (i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		check_due(now += 10, "s:1");
		title[0]++;
		assert_string_equal(
		    note(A, "s:1", title, now += 10), "changed");
		check_due(now += 10, "");
		settle("s:1", hows[i], now);
		check_counts(1, 0, 0, 0);
	}
	check_due(now += 10, "s:1");
	note(A, "s:1", "anew", now += 10);
	mark("s:1", "https://a.example/1", 1, 7, "{}");
	check_counts(1, 0, 0, 0);
	check_due(now += 10, "s:1");
	mark("s:1", "https://a.example/1", 2, 8, "{}");
	check_counts(0, 1, 0, 0);
}

static void what_is_marked_is_known(void **state)
{
	const struct seen_spool begun = { "the-uuid", 2 };
	struct seen_spool spool;
	struct known known;

	begin(*state);
	watch("s", NULL);
	assert_true(seen_spool(seen, &spool));
	assert_string_equal(spool.uuid, "");
	assert_int_equal(spool.last_seq, 0);
	assert_true(seen_spool_set(seen, &begun));
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	mark("s:1", "https://a.example/one", 1, 3, "{\"title\":1}");
	mark("s:9", NULL, 2, 4, "{}"); /* one that no feed has shown */
	check_counts(0, 2, 0, 0);

	reopen(*state);
	assert_true(seen_spool(seen, &spool));
	assert_string_equal(spool.uuid, "the-uuid");
	assert_int_equal(spool.last_seq, 4);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_int_equal(known.revision, 1);
	assert_string_equal(known.hashes, "{\"title\":1}");
	assert_true(seen_known(seen, &arena, "s:9", &known));
	assert_int_equal(known.revision, 2);
	assert_null(known.feeds);
	assert_true(seen_known(seen, &arena, "s:none", &known));
	assert_int_equal(known.revision, 0);

	/* Numbers do not go back, and nothing new is not a new number. */
	mark("s:1", "https://a.example/one", 1, 0, "{\"title\":2}");
	assert_true(seen_mark(seen, NULL, 3, 5000));
	assert_true(seen_spool(seen, &spool));
	assert_int_equal(spool.last_seq, 4);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_string_equal(known.hashes, "{\"title\":2}");
	assert_string_equal(note(A, "s:1", "one", 9000), "");
	assert_string_equal(note(A, "s:1", "I", 9000), "changed");
}

/* A record without a source: none is marked, and the sentence tells why. */
static void what_cannot_be_marked_is_told(void **state)
{
	struct marked bad = { .id = "s:2", .hashes = "{}" };
	const struct marked marked = {
		.id = "s:1", .source = "s", .hashes = "{}", .next = &bad
	};
	struct known known;

	begin(*state);
	assert_false(seen_mark(seen, &marked, 7, 5000));
	assert_non_null(strstr(seen_error(seen), "entry.source"));
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_int_equal(known.revision, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STATE(moments_and_texts_come_back),
		WITH_STATE(what_is_due_is_claimed_once),
		WITH_STATE(claims_are_settled),
		WITH_STATE(a_change_while_claimed_counts),
		WITH_STATE(what_is_marked_is_known),
		WITH_STATE(what_cannot_be_marked_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
