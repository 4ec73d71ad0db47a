/* Which earlier records a record is a copy of, by a state of the daemon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/daemon/copies.h"
#include "tests/daemon/state.h"

#define PRINT "0123456789abcdef"
#define OTHER "fedcba9876543210"
#define DAY ((int64_t)24 * 3600 * 1000)

static const char *print_text(uint64_t print)
{
	return arena_printf(&arena, "%016llx", (unsigned long long)print);
}

/* A record, spooled so long ago (ms). */
static struct marked marked_of(const char *id, const char *print, int64_t ago)
{
	static uint64_t seq;

	return (struct marked){ .id = id,
		.source = "s",
		.revision = 1,
		.seq = ++seq,
		.visited = true,
		.withdrawn = print == NULL,
		.spooled = time_now() - ago,
		.done = time_now() - ago,
		.fingerprint = print };
}

static void spool(const char *id, const char *print, int64_t ago)
{
	const struct marked marked = marked_of(id, print, ago);

	assert_true(seen_mark(seen, &marked, marked.seq, time_now()));
}

static const char *joined(const struct dl_list *list)
{
	const char *text = "";

	for (; list != NULL; list = list->next)
		text = arena_printf(&arena, "%s%s%s", text,
		    *text != '\0' ? " " : "", list->text);
	return text;
}

/* The ids that a record is told to be a copy of, parted by spaces. */
static const char *copies_in(
    const struct marked *of_commit, const char *id, const char *print)
{
	struct known known;

	assert_true(seen_known(seen, &arena, id, &known));
	assert_true(copies_find(seen, &arena, of_commit, id, print, &known));
	return joined(known.same_as);
}

static const char *copies(const char *id, const char *print)
{
	return copies_in(NULL, id, print);
}

static void a_copy_of_any_source_is_told(void **state)
{
	begin(*state);
	assert_string_equal(copies("t:1", PRINT), "");
	spool("s:1", PRINT, 2000);
	spool("s:2", OTHER, 2000);
	spool("u:3", PRINT, 3000);
	assert_string_equal(copies("t:1", PRINT), "u:3 s:1");
	assert_string_equal(copies("t:1", NULL), "");
	reopen(*state);
	assert_string_equal(copies("t:1", PRINT), "u:3 s:1");
}

static uint64_t chance(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return *state >> 33;
}

/* So many bits of it the other way. */
static uint64_t flipped(uint64_t print, int bits, uint64_t *state)
{
	uint64_t mask = 0;

	while (__builtin_popcountll(mask) < bits)
		mask |= UINT64_C(1) << chance(state) % 64;
	return print ^ mask;
}

/* Wherever the bits are. */
static void all_that_are_near_are_found_and_no_other(void **state)
{
	uint64_t at = 1, print;
	int i, bits;

	begin(*state);
	spool("s:1", PRINT, 2000);
	for (i = 0; i < 400; i++) {
		bits = LIMIT_COPY_BITS + i % 2;
		print = flipped(UINT64_C(0x0123456789abcdef), bits, &at);
		assert_string_equal(copies("t:1", print_text(print)),
		    bits <= LIMIT_COPY_BITS ? "s:1" : "");
	}
}

static void nothing_is_a_copy_of_itself_or_of_what_came_later(void **state)
{
	begin(*state);
	spool("s:1", PRINT, 3000);
	spool("t:1", PRINT, 2000);
	assert_string_equal(copies("s:1", PRINT), "");
	assert_string_equal(copies("t:1", PRINT), "s:1");
}

static void nothing_is_a_copy_of_what_is_withdrawn(void **state)
{
	begin(*state);
	spool("s:1", PRINT, 3000);
	spool("s:1", NULL, 2000);
	assert_string_equal(copies("t:1", PRINT), "");
}

static void a_revision_counts_as_it_is_now(void **state)
{
	begin(*state);
	spool("s:1", PRINT, 3000);
	spool("s:1", OTHER, 2000);
	assert_string_equal(copies("t:1", PRINT), "");
	assert_string_equal(copies("t:1", OTHER), "s:1");
}

/* Also when that was forgotten long ago. */
static void a_revision_keeps_what_was_told(void **state)
{
	const struct dl_list second = { "s:2", NULL },
			     both = { "s:9", &second };
	struct marked marked;
	bool more;

	begin(*state);
	marked = marked_of("t:1", PRINT, 20 * DAY);
	marked.same_as = &both;
	assert_true(seen_mark(seen, &marked, marked.seq, time_now()));
	spool("s:1", PRINT, 10 * DAY);
	assert_true(seen_forget_prints(seen, time_now() - 14 * DAY, &more));
	assert_false(more);
	assert_string_equal(copies("t:1", PRINT), "s:9 s:2");
	assert_string_equal(copies("t:1", NULL), "s:9 s:2");
}

static void only_a_fortnight_counts(void **state)
{
	bool more;

	begin(*state);
	spool("s:1", PRINT, 15 * DAY);
	spool("s:2", PRINT, 13 * DAY);
	assert_string_equal(copies("t:1", PRINT), "s:2");
	assert_true(seen_forget_prints(seen, time_now() - 12 * DAY, &more));
	assert_string_equal(copies("t:1", PRINT), "");
}

static void the_oldest_ones_are_enough(void **state)
{
	int i;

	begin(*state);
	for (i = 0; i < 30; i++)
		spool(arena_printf(&arena, "s:%d", i), PRINT, 90000 - i * 1000);
	assert_string_equal(
	    copies("t:1", PRINT), "s:0 s:1 s:2 s:3 s:4 s:5 s:6 s:7 s:8 s:9");
}

/* What the state does not know yet, for it is on its way to the disk. */
static void a_copy_in_the_same_commit_is_told(void **state)
{
	struct marked third = marked_of("u:1", NULL, 0),
		      second = marked_of("s:2", OTHER, 0),
		      first = marked_of("s:1", PRINT, 0);

	begin(*state);
	first.next = &second;
	second.next = &third;
	assert_string_equal(copies_in(&first, "t:1", PRINT), "s:1");
	assert_string_equal(copies_in(&first, "s:1", PRINT), "");
	first.seq = 0; /* it was no news */
	assert_string_equal(copies_in(&first, "t:1", PRINT), "");
}

static void copies_are_forgotten_with_the_record(void **state)
{
	const struct dl_list one = { "s:9", NULL };
	struct marked marked = marked_of("t:1", PRINT, 2000);
	bool more;

	begin(*state);
	marked.same_as = &one;
	assert_true(seen_mark(seen, &marked, marked.seq, 1000));
	assert_string_equal(copies("t:1", NULL), "s:9");
	assert_true(seen_forget(seen, 2000, &more));
	assert_string_equal(copies("t:1", NULL), "");
}

/* Nobody has told it what a copy is. */
static void a_state_from_before_learns_of_them(void **state)
{
	sqlite3 *file;

	begin(*state);
	seen_close(seen);
	seen = NULL;
	assert_int_equal(
	    sqlite3_open(folder_file(*state, "state.sqlite"), &file),
	    SQLITE_OK);
	assert_int_equal(sqlite3_exec(file, "DROP TABLE print; DROP TABLE copy",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(file);
	begin(*state);
	spool("s:1", PRINT, 2000);
	assert_string_equal(copies("t:1", PRINT), "s:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STATE(a_copy_of_any_source_is_told),
		WITH_STATE(all_that_are_near_are_found_and_no_other),
		WITH_STATE(nothing_is_a_copy_of_itself_or_of_what_came_later),
		WITH_STATE(nothing_is_a_copy_of_what_is_withdrawn),
		WITH_STATE(a_revision_counts_as_it_is_now),
		WITH_STATE(a_revision_keeps_what_was_told),
		WITH_STATE(only_a_fortnight_counts),
		WITH_STATE(the_oldest_ones_are_enough),
		WITH_STATE(a_copy_in_the_same_commit_is_told),
		WITH_STATE(a_state_from_before_learns_of_them),
		WITH_STATE(copies_are_forgotten_with_the_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
