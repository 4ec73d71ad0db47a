/* Entries and how far they have come, in a file that is opened again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

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
	const struct dl_moment *moment;
	struct noted noted;
	struct due *due;
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	show("s", A, entries, NULL, 2, 1000, &noted);
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
	assert_string_equal(claim(0, 100, &wake), "");
	assert_int_equal(wake, 1); /* at once, whatever the clock says */
	assert_string_equal(claim(9000, 2, &wake), "s:1 s:2");
	assert_int_equal(wake, 1);
	assert_string_equal(claim(9000, 2, &wake), "s:3");
	assert_int_equal(wake, 0);
	assert_string_equal(claim(9000, 2, &wake), "");
	watch(NULL, NULL);
	reopen(*state);
	check_due(9000, "");
	watch("s", NULL);
	check_due(9000, "s:1 s:2 s:3");
}

/* What waits for a time that the clock does not come to so soon, waits no
   longer for it; what is due stays so. */
static void nobody_waits_longer_for_a_clock_that_was_set_back(void **state)
{
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	note(A, "s:2", "two", 1000);
	check_due(1000, "s:1 s:2");
	settle_again("s:1", 90000, 1);
	settle_again("s:2", 5000, 1);
	assert_true(seen_set_back(seen, 50000, 10000));
	assert_string_equal(claim(10000, 9, &wake), "s:2");
	assert_int_equal(wake, 40000);
	check_due(40000, "s:1");
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
	settle_again("s:1", 60000, 1);
	settle("s:2", SETTLED_DROPPED, 0);
	settle("s:3", SETTLED_QUARANTINED, 0);
	settle("s:4", SETTLED_DONE, 0);
	check_counts(1, 1, 1, 1);
	assert_string_equal(claim(59999, 9, &wake), "");
	assert_int_equal(wake, 60000);
	assert_true(seen_claim(seen, &arena, 60000, 9, &due, &wake));
	assert_string_equal(due->entry.id, "s:1");
	assert_int_equal(due->tries, 1);
	settle_again("s:1", 70000, 2);
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

/* ---- pages that are looked at again ---- */

static const struct validators page = { "\"p-1\"", "yesterday",
	"https://a.example/p" };

/* A record of it has come, and its page is looked at again then. */
static void mark_due(const char *id, int64_t done, int64_t due)
{
	const struct marked marked = { .id = id,
		.source = "s",
		.url = "https://a.example/1",
		.hashes = "{}",
		.revision = 1,
		.seq = 1,
		.visited = true,
		.done = done,
		.due = due,
		.validators = page,
		.hash = "0123456789abcdef" };

	mark_as(&marked, done);
}

static struct due *claim_one(int64_t now, const char *id)
{
	struct due *due;
	int64_t wake;

	assert_true(seen_claim(seen, &arena, now, 9, &due, &wake));
	assert_non_null(due);
	assert_string_equal(due->entry.id, id);
	assert_null(due->next);
	return due;
}

static void pages_are_looked_at_again(void **state)
{
	const struct settlement same = { .how = SETTLED_SAME,
		.due = 7000,
		.gone = 2 },
				last = { .how = SETTLED_SAME };
	struct seen_counts counts;
	struct due *due;
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	due = claim_one(1000, "s:1");
	assert_false(due->again);
	assert_int_equal(due->done, 0);
	assert_int_equal(due->gone, 0);
	assert_null(due->validators.etag);
	assert_null(due->hash);
	mark_due("s:1", 2000, 5000);
	check_counts(0, 1, 0, 0);
	assert_true(seen_counts(seen, &counts));
	assert_int_equal(counts.watched, 1);
	assert_string_equal(claim(4999, 9, &wake), "");
	assert_int_equal(wake, 5000);

	reopen(*state);
	watch("s", NULL);
	due = claim_one(5000, "s:1");
	assert_true(due->again);
	assert_int_equal(due->revision, 1);
	assert_int_equal(due->done, 2000);
	assert_string_equal(due->entry.title, "one");
	assert_true(validators_same(&due->validators, &page));
	assert_string_equal(due->hash, "0123456789abcdef");
	check_due(9000, "");
	settle_as("s:1", &same);
	assert_string_equal(claim(6999, 9, &wake), "");
	assert_int_equal(wake, 7000);
	due = claim_one(7000, "s:1");
	assert_int_equal(due->gone, 2);
	assert_true(validators_same(&due->validators, &page));
	settle_as("s:1", &last);
	assert_string_equal(claim(INT64_MAX, 9, &wake), "");
	assert_int_equal(wake, 0);
	assert_true(seen_counts(seen, &counts));
	assert_int_equal(counts.watched, 0);
	assert_int_equal(counts.done, 1);
}

/* A page that came and says nothing new: what it was is remembered. One that
   did not come leaves what was known. */
static void the_last_page_is_remembered(void **state)
{
	const struct settlement anew = { .how = SETTLED_SAME,
		.due = 7000,
		.anew = true,
		.validators = { NULL, "today", "https://b.example/" },
		.hash = "fedcba9876543210" },
				gone = { .how = SETTLED_AGAIN,
					.due = 8000,
					.tries = 1,
					.why = 9,
					.gone = 1 },
				held = { .how = SETTLED_AGAIN,
					.due = 9000,
					.tries = 1,
					.why = 9,
					.gone = 1 };
	struct due *due;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	mark_due("s:1", 2000, 5000);
	claim_one(5000, "s:1");
	settle_as("s:1", &anew);
	due = claim_one(7000, "s:1");
	assert_true(validators_same(&due->validators, &anew.validators));
	assert_string_equal(due->hash, "fedcba9876543210");
	assert_int_equal(due->done, 2000);
	settle_as("s:1", &gone);
	due = claim_one(8000, "s:1");
	assert_true(due->again);
	assert_int_equal(due->tries, 1);
	assert_int_equal(due->why, 9);
	assert_int_equal(due->gone, 1);
	assert_true(validators_same(&due->validators, &anew.validators));
	settle_as("s:1", &held);
	due = claim_one(9000, "s:1");
	assert_int_equal(due->tries, 1);
	settle_as("s:1", &anew);
	due = claim_one(9000, "s:1");
	assert_int_equal(due->tries, 0);
	assert_int_equal(due->gone, 0);
}

/* News first: an old page can wait. A source has eight at a time. */
static void what_is_new_comes_first(void **state)
{
	char id[16];
	int64_t wake;
	int i;

	begin(*state);
	watch("s", NULL);
	for (i = 0; i < 6; i++) {
		snprintf(id, sizeof(id), "s:%d", i);
		note_at(A, id, "one", "https://a.example/old", 1000);
		mark_due(id, 1000, 2000 + i);
	}
	for (i = 6; i < 11; i++) {
		snprintf(id, sizeof(id), "s:%d", i);
		note_at(A, id, "one", "https://a.example/new", 5000);
	}
	assert_string_equal(claim(9000, 3, &wake), "s:6 s:7 s:8");
	assert_string_equal(claim(9000, 100, &wake), "s:9 s:10 s:0 s:1 s:2");
	assert_int_equal(wake, 0); /* it has no room before one has ended */
	assert_string_equal(claim(9000, 100, &wake), "");
	settle("s:9", SETTLED_DONE, 0);
	assert_string_equal(claim(9000, 100, &wake), "s:3");
	settle("s:0", SETTLED_DONE, 0);
	settle("s:1", SETTLED_DONE, 0);
	assert_string_equal(claim(9000, 1, &wake), "s:4");
	assert_int_equal(wake, 2005);
}

/* A slow source leaves room for others. */
static void sources_take_turns(void **state)
{
	struct dl_entry entry = { .url = "https://b.example/" };
	const struct dl_entry *const entries[] = { &entry };
	struct noted noted;
	char id[16];
	int64_t wake;
	int i;

	begin(*state);
	watch("s", "t");
	for (i = 0; i < 20; i++) {
		snprintf(id, sizeof(id), "s:%d", i);
		note(A, id, "one", 1000);
	}
	assert_int_equal(strlen(claim(1500, 5, &wake)),
	    strlen("s:0 s:1 s:2 "
		   "s:3 s:4"));
	assert_int_equal(wake, 1);
	for (i = 0; i < 2; i++) {
		snprintf(id, sizeof(id), "t:%d", i);
		entry.id = id;
		show("t", B, entries, NULL, 1, 2000, &noted);
	}
	assert_string_equal(claim(9000, 100, &wake), "t:0 t:1 s:5 s:6 s:7");
	watch("t", NULL);
	assert_string_equal(claim(9000, 100, &wake), "");
	/* Who is watched again begins anew. */
	watch("s", NULL);
	assert_string_equal(claim(9000, 2, &wake), "s:0 s:1");
}

/* What its feed says anew while an old page is looked at is not lost. */
static void a_change_while_it_is_looked_at_again_counts(void **state)
{
	static const enum settled hows[] = { SETTLED_SAME, SETTLED_AGAIN,
		SETTLED_DONE };
	char title[] = "a";
	int64_t now = 1000;
	struct due *due;
	size_t i;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", title, now);
	for (i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		check_due(now += 10, "s:1");
		mark_due("s:1", now, now + 100);
		due = claim_one(now += 200, "s:1");
		assert_true(due->again);
		title[0]++;
		note(A, "s:1", title, now += 10);
		settle("s:1", hows[i], now);
		check_counts(1, 0, 0, 0);
		due = claim_one(now += 10, "s:1");
		assert_false(due->again);
		assert_string_equal(due->entry.title, title);
		settle("s:1", SETTLED_AGAIN, now);
	}
	check_due(now += 10, "s:1");
	note(A, "s:1", "anew", now += 10);
	mark_due("s:1", now, now + 5000);
	check_counts(1, 0, 0, 0);
	assert_false(claim_one(now += 10, "s:1")->again);
}

/* ---- records that are withdrawn ---- */

static void withdraw(const char *id, int64_t revision, uint64_t seq)
{
	const struct marked marked = { .id = id,
		.source = "s",
		.url = "https://a.example/1",
		.revision = revision,
		.seq = seq,
		.visited = true,
		.withdrawn = true };

	mark_as(&marked, 6000);
}

static void a_page_that_has_gone_may_come_back(void **state)
{
	struct seen_counts counts;
	struct known known;
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	mark_due("s:1", 2000, 5000);
	claim_one(5000, "s:1");
	withdraw("s:1", 2, 9);
	withdraw("s:9", 2, 10); /* one that nobody has known */
	check_counts(0, 0, 0, 0);
	assert_true(seen_counts(seen, &counts));
	assert_int_equal(counts.withdrawn, 2);
	assert_string_equal(claim(INT64_MAX, 9, &wake), "");
	assert_int_equal(wake, 0);
	reopen(*state);
	watch("s", NULL);
	assert_true(seen_known(seen, &arena, "s:9", &known));
	assert_true(known.withdrawn);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_true(known.withdrawn);
	assert_int_equal(known.revision, 2);
	assert_int_equal(known.seq, 9);
	assert_int_equal(known.done, 2000);
	assert_string_equal(known.hashes, "{}");
	assert_string_equal(known.url, "https://a.example/1");
	assert_string_equal(known.title, "one");

	/* Its feed brings it back. */
	assert_string_equal(note(A, "s:1", "one", 7000), "");
	assert_string_equal(note(A, "s:1", "two", 7000), "changed");
	assert_int_equal(claim_one(7000, "s:1")->gone, -1);
	mark_due("s:1", 8000, 9000);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_false(known.withdrawn);
	assert_int_equal(known.done, 2000);
	assert_int_equal(claim_one(9000, "s:1")->gone, 0);
}

/* A record that another page has brought says nothing of its own page. */
static void a_mark_without_a_page_leaves_the_page(void **state)
{
	const struct marked by_another = { .id = "s:1",
		.source = "s",
		.url = "https://a.example/1",
		.hashes = "{\"title\":2}",
		.revision = 2,
		.seq = 2 };
	struct due *due;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	mark_due("s:1", 2000, 5000);
	mark_as(&by_another, 3000);
	due = claim_one(5000, "s:1");
	assert_int_equal(due->revision, 2);
	assert_non_null(due->hash);
	assert_string_equal(due->hash, "0123456789abcdef");
	assert_true(validators_same(&due->validators, &page));
}

/* It is there again then, and said so once. */
static void another_page_may_bring_a_record_back(void **state)
{
	const struct marked by_another = { .id = "s:1",
		.source = "s",
		.url = "https://a.example/1",
		.hashes = "{}",
		.revision = 3,
		.seq = 3 };
	struct known known;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	withdraw("s:1", 2, 2);
	mark_as(&by_another, 7000);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_int_equal(known.revision, 3);
	assert_false(known.withdrawn);
	check_counts(0, 1, 0, 0);
}

/* An entry whose own page is on its way keeps its claim; one that waits has
   what it wanted. */
static void a_mark_by_another_page_leaves_a_claim(void **state)
{
	const struct marked by_another = { .id = "s:1",
		.source = "s",
		.hashes = "{}",
		.revision = 1,
		.seq = 3 };

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	check_due(1000, "s:1");
	mark_as(&by_another, 2000);
	check_counts(1, 0, 0, 0);
	check_due(9000, "");
	settle_again("s:1", 9000, 1);
	mark_as(&by_another, 2000);
	check_counts(0, 1, 0, 0);
	check_due(9000, "");
}

/* ---- copies ---- */

static void mark_again(const char *id, int64_t due)
{
	const struct marked marked = { .id = id,
		.source = "s",
		.url = "https://a.example/1",
		.hashes = "{}",
		.revision = 1,
		.seq = 7,
		.visited = true,
		.again = true,
		.done = 5000,
		.due = due };

	mark_as(&marked, 5000);
}

/* A page that lay somewhere brings a record: who waits for a newer one, or has
   it on the way, does so still. */
static void what_is_extracted_again_leaves_who_waits_alone(void **state)
{
	int64_t wake;

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "in quarantine", 1000);
	note(A, "s:2", "to be tried again", 1000);
	note(A, "s:3", "on the way", 1000);
	check_due(1000, "s:1 s:2 s:3");
	settle("s:1", SETTLED_QUARANTINED, 0);
	settle_again("s:2", 8000, 1);
	check_counts(2, 0, 0, 1);
	mark_again("s:1", 0);
	mark_again("s:2", 9000);
	mark_again("s:3", 9000);
	mark_again("s:4", 0); /* nobody has known it */
	check_counts(2, 2, 0, 0);
	assert_string_equal(claim(7999, 9, &wake), "");
	assert_int_equal(wake, 8000);
	check_due(8000, "s:2");
	settle("s:3", SETTLED_DONE, 0);
	check_counts(1, 3, 0, 0);
	check_due(99000, "");

	/* Nor does it look like news to who is looked at again. */
	mark_due("s:2", 1000, 100000);
	check_due(100000, "s:2");
	mark_again("s:2", 200000);
	settle("s:2", SETTLED_SAME, 300000);
	check_due(299999, "");
	check_due(300000, "s:2");
}

static void check_patients(const char *ids)
{
	struct patient *list;
	char text[64] = "";

	assert_true(seen_quarantined(seen, &arena, &list));
	for (; list != NULL; list = list->next) {
		assert_string_equal(list->source, "s");
		strcat(strcat(text, list->id), " ");
	}
	assert_string_equal(text, ids);
}

static void who_is_let_go_is_dropped(void **state)
{
	struct patient three = { "s:3", "s", NULL },
		       two = { "s:2", "s", &three },
		       list = { "s:1", "s", &two };

	begin(*state);
	watch("s", NULL);
	note(A, "s:1", "one", 1000);
	note(A, "s:2", "two", 1000);
	note(A, "s:3", "three", 1000);
	check_due(1000, "s:1 s:2 s:3");
	settle("s:1", SETTLED_QUARANTINED, 0);
	settle("s:2", SETTLED_QUARANTINED, 0);
	check_patients("s:2 s:1 ");
	assert_true(seen_let_go(seen, NULL));
	check_counts(1, 0, 0, 2);
	note(A, "s:2", "two, anew", 2000);
	assert_true(seen_let_go(seen, &list));
	check_counts(2, 0, 1, 0);
	check_patients("");
	check_due(2000, "s:2");
	note(A, "s:1", "one, anew", 3000);
	check_due(3000, "s:1");
}

static void a_copy_is_whole(void **state)
{
	static const struct dl_moment when = { 1, 2, DL_DAY, DL_ZONE_SOURCE,
		DL_FROM_URL, "raw" };
	char source[] = "s", id[] = "s:1", etag[] = "e", at[] = "a";
	const struct due due = { .source = source,
		.entry = { .url = "u", .id = id, .published = &when },
		.tries = 3,
		.again = true,
		.validators = { etag, NULL, at },
		.hash = NULL,
		.done = 7,
		.gone = -1 };
	struct due copy;

	(void)state;
	due_copy(&arena, &copy, &due);
	source[0] = id[0] = etag[0] = at[0] = 'x';
	assert_string_equal(copy.source, "s");
	assert_string_equal(copy.entry.id, "s:1");
	assert_string_equal(copy.entry.url, "u");
	assert_null(copy.entry.title);
	assert_string_equal(copy.entry.published->raw, "raw");
	assert_true(copy.entry.published != &when);
	assert_int_equal(copy.entry.published->offset, 2);
	assert_null(copy.entry.updated);
	assert_string_equal(copy.validators.etag, "e");
	assert_string_equal(copy.validators.at, "a");
	assert_null(copy.validators.modified);
	assert_null(copy.hash);
	assert_int_equal(copy.tries, 3);
	assert_int_equal(copy.gone, -1);
	assert_true(copy.again);
}

/* ---- a file that the daemon before has written ---- */

/* Its schema, and an entry in each state. */
static const char version_1[] =
    "CREATE TABLE spool (uuid TEXT NOT NULL, last_seq INTEGER NOT NULL);"
    "CREATE TABLE feed (source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT,"
    "  modified TEXT, checked INTEGER NOT NULL, PRIMARY KEY (source, url))"
    "  WITHOUT ROWID;"
    "CREATE TABLE entry (id TEXT PRIMARY KEY, source TEXT NOT NULL,"
    "  url TEXT NOT NULL, title TEXT, summary TEXT, author TEXT, html TEXT,"
    "  published TEXT, updated TEXT, state INTEGER NOT NULL,"
    "  due INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,"
    "  found INTEGER NOT NULL, sighted INTEGER NOT NULL,"
    "  revision INTEGER NOT NULL DEFAULT 0, seq INTEGER NOT NULL DEFAULT 0,"
    "  hashes TEXT);"
    "CREATE INDEX entry_turn ON entry (source, due) WHERE state = 0;"
    "CREATE INDEX entry_state ON entry (state);"
    "CREATE TABLE sighting (id TEXT NOT NULL, feed TEXT NOT NULL,"
    "  said TEXT NOT NULL, PRIMARY KEY (id, feed)) WITHOUT ROWID;"
    "CREATE TABLE alias (url TEXT PRIMARY KEY, id TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    "INSERT INTO spool VALUES ('the-uuid', 7);"
    "INSERT INTO feed VALUES ('s', '" A "', '\"e\"', 'then', 900);"
    "INSERT INTO entry (id, source, url, title, state, due, tries, found,"
    "  sighted, revision, seq, hashes) VALUES"
    "  ('s:0', 's', 'https://a.example/0', 'zero', 0, 800, 2, 700, 700, 0,"
    "    0, NULL),"
    "  ('s:1', 's', 'https://a.example/1', 'one', 1, 800, 0, 700, 700, 3, 7,"
    "    '{\"title\":1}'),"
    "  ('s:2', 's', 'https://a.example/2', NULL, 2, 800, 0, 700, 700, 0, 0,"
    "    NULL),"
    "  ('s:3', 's', 'https://a.example/3', NULL, 3, 800, 0, 700, 700, 0, 0,"
    "    NULL);"
    "INSERT INTO sighting SELECT id, '" A "', x'0a0a' || title FROM entry"
    "  WHERE title IS NOT NULL;"
    "INSERT INTO alias VALUES ('https://a.example/one', 's:1');"
    "PRAGMA user_version = 1;";

static void write_version_1(struct folder *folder)
{
	sqlite3 *file;

	assert_int_equal(
	    sqlite3_open(folder_file(folder, "state.sqlite"), &file),
	    SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(file, version_1, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(file);
}

static void check_upgraded(void)
{
	struct seen_spool spool;
	struct seen_feed feed;
	struct known known;
	const char *other;

	check_counts(1, 1, 1, 1);
	assert_true(seen_spool(seen, &spool));
	assert_string_equal(spool.uuid, "the-uuid");
	assert_int_equal(spool.last_seq, 7);
	assert_true(seen_feed(seen, &arena, "s", A, &feed));
	assert_true(feed.known);
	assert_string_equal(feed.validators.etag, "\"e\"");
	assert_string_equal(feed.validators.modified, "then");
	assert_null(feed.validators.at);
	assert_null(feed.hash);
	assert_null(feed.watch);
	assert_true(seen_known(seen, &arena, "s:1", &known));
	assert_int_equal(known.revision, 3);
	assert_int_equal(known.seq, 7);
	assert_string_equal(known.hashes, "{\"title\":1}");
	assert_int_equal(known.done, 0);
	assert_false(known.withdrawn);
	assert_string_equal(known.feeds->text, A);
	assert_true(
	    seen_alias(seen, &arena, "https://a.example/one", "x", &other));
	assert_string_equal(other, "s:1");
}

static void the_state_of_the_version_before_is_upgraded(void **state)
{
	struct due *due;

	write_version_1(*state);
	begin(*state);
	check_upgraded();
	reopen(*state);
	check_upgraded();
	watch("s", NULL);
	assert_string_equal(
	    note_at(A, "s:1", "one", "https://a.example/1", 900), "");
	due = claim_one(9000, "s:0");
	assert_int_equal(due->tries, 2);
	assert_false(due->again);
	mark_due("s:0", 9000, 10000);
	assert_true(claim_one(10000, "s:0")->again);
	/* One of the old records is looked at again when its feed says so. */
	assert_string_equal(
	    note_at(A, "s:1", "two", "https://a.example/1", 11000), "changed");
	check_due(11000, "s:1");
	mark_due("s:1", 11000, 12000);
	due = claim_one(12000, "s:1");
	assert_int_equal(due->done, 11000);
}

/* Where the power fails between its steps, the next start goes on. */
static void an_upgrade_may_be_cut_short(void **state)
{
	struct folder *folder = *state;
	sqlite3 *file;

	write_version_1(folder);
	begin(folder);
	seen_close(seen);
	seen = NULL;
	assert_int_equal(
	    sqlite3_open(folder_file(folder, "state.sqlite"), &file),
	    SQLITE_OK);
	assert_int_equal(sqlite3_exec(file,
			     "DROP TABLE host; DROP TABLE drift;"
			     "DROP INDEX entry_again; DROP INDEX alias_id;",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(file);
	begin(folder);
	check_upgraded();
	assert_true(seen_drift_keep(seen, "s", "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STATE(moments_and_texts_come_back),
		WITH_STATE(what_is_due_is_claimed_once),
		WITH_STATE(nobody_waits_longer_for_a_clock_that_was_set_back),
		WITH_STATE(claims_are_settled),
		WITH_STATE(a_change_while_claimed_counts),
		WITH_STATE(what_is_marked_is_known),
		WITH_STATE(what_cannot_be_marked_is_told),
		WITH_STATE(pages_are_looked_at_again),
		WITH_STATE(the_last_page_is_remembered),
		WITH_STATE(what_is_new_comes_first),
		WITH_STATE(sources_take_turns),
		WITH_STATE(a_change_while_it_is_looked_at_again_counts),
		WITH_STATE(a_page_that_has_gone_may_come_back),
		WITH_STATE(a_mark_without_a_page_leaves_the_page),
		WITH_STATE(another_page_may_bring_a_record_back),
		WITH_STATE(a_mark_by_another_page_leaves_a_claim),
		WITH_STATE(what_is_extracted_again_leaves_who_waits_alone),
		WITH_STATE(who_is_let_go_is_dropped),
		WITH_STATE(a_copy_is_whole),
		WITH_STATE(the_state_of_the_version_before_is_upgraded),
		WITH_STATE(an_upgrade_may_be_cut_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
