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
	const struct validators none = { NULL, NULL };
	struct noted noted;
	size_t i;

	begin(*state);
	watch("s", "t");
	assert_string_equal(note(A, "s:1", "one", 1000), "new");
	check_due(1000, "s:1");
	settle("s:1", SETTLED_DONE, 0);
	for (i = 0; i < 2; i++) {
		entry.title = titles[i];
		assert_true(
		    seen_note(seen, "t", B, &none, entries, 1, 2000, &noted));
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

static void validators_are_kept_byte_for_byte(void **state)
{
	static const struct validators rows[] = {
		{ "W/\"a-1\"", "Thu, 07 Nov 2024 12:00:00 GMT" },
		{ " no quotes \xff", "yesterday" },
		{ NULL, "0" },
		{ "", NULL },
		{ NULL, NULL },
	};
	struct validators found;
	struct noted noted;
	size_t i;

	begin(*state);
	assert_true(seen_validators(seen, &arena, "s", A, &found));
	assert_null(found.etag);
	assert_null(found.modified);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(
		    seen_note(seen, "s", A, &rows[i], NULL, 0, 1000, &noted));
		reopen(*state);
		assert_true(seen_validators(seen, &arena, "s", A, &found));
		check_text(found.etag, rows[i].etag);
		check_text(found.modified, rows[i].modified);
	}
	/* Each feed of each source has its own. */
	assert_true(seen_note(seen, "s", A, &rows[0], NULL, 0, 1000, &noted));
	assert_true(seen_note(seen, "s", B, &rows[1], NULL, 0, 1000, &noted));
	assert_true(seen_note(seen, "t", A, &rows[3], NULL, 0, 1000, &noted));
	assert_true(seen_validators(seen, &arena, "s", A, &found));
	check_text(found.etag, rows[0].etag);
	assert_true(seen_validators(seen, &arena, "s", B, &found));
	check_text(found.etag, rows[1].etag);
	assert_true(seen_validators(seen, &arena, "t", A, &found));
	check_text(found.etag, "");
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
	const struct validators none = { NULL, NULL };
	struct noted noted;
	size_t i;

	begin(*state);
	for (i = 0; i < 1000; i++) {
		snprintf(ids[i], sizeof(ids[i]), "s:%zu", i % 990);
		entries[i] = (struct dl_entry){ .url = A, .id = ids[i] };
		list[i] = &entries[i];
	}
	assert_true(seen_note(seen, "s", A, &none, list, 1000, 1000, &noted));
	assert_int_equal(noted.new, 990);
	assert_int_equal(noted.changed, 0);
	check_counts(990, 0, 0, 0);
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
	sqlite3_exec(file, "PRAGMA user_version = 2", NULL, NULL, NULL);
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
		WITH_STATE(a_file_that_is_no_state_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
