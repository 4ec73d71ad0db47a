/* What is taken of a feed that is seen for the first time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/backfill.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define HOUR ((int64_t)3600 * 1000)
#define DAY (24 * HOUR)
#define NOW (20000 * DAY)

#define ENTRIES 7

/* In the feed's order; hours before now, or what has none. */
static const struct dl_moment two_hours = { .seconds = NOW / 1000 - 2 * 3600 },
			      day = { .seconds = NOW / 1000 - 24 * 3600 },
			      week = { .seconds = NOW / 1000 - 7 * 24 * 3600 },
			      future = { .seconds = NOW / 1000 + 3600 },
			      before_1970 = { .seconds = -5 };
static const struct dl_entry feed[ENTRIES] = {
	{ .id = "0", .published = &two_hours },
	{ .id = "1", .published = &week, .updated = &two_hours },
	{ .id = "2" },
	{ .id = "3", .updated = &day },
	{ .id = "4", .published = &future },
	{ .id = "5", .published = &two_hours },
	{ .id = "6", .published = &before_1970 },
};

/* The ids that are wanted. */
static const char *wanted(const struct backfill *backfill, size_t n)
{
	static char ids[ENTRIES + 1];
	const struct dl_entry *entries[ENTRIES] = { NULL };
	bool unwanted[ENTRIES];
	char *at = ids;
	size_t i;

	memset(unwanted, 0x01, sizeof(unwanted));
	for (i = 0; i < n; i++)
		entries[i] = &feed[i];
	backfill_choose(backfill, entries, n, NOW, unwanted);
	for (i = 0; i < n; i++) {
		if (!unwanted[i])
			*at++ = feed[i].id[0];
	}
	*at = '\0';
	return ids;
}

static void the_newest_are_wanted(void **state)
{
	static const struct {
		int64_t age, most;
		const char *ids;
	} rows[] = {
		{ 0, -1, "0123456" },
		{ 0, 0, "" },
		/* what has no date counts as just published */
		{ 0, 1, "2" },
		{ 0, 2, "24" },
		/* of equals the first, and the date of publication counts */
		{ 0, 3, "024" },
		{ 0, 4, "0245" },
		{ 0, 5, "02345" },
		{ 0, 6, "012345" },
		{ 0, 7, "0123456" },
		{ 0, 1000000, "0123456" },
		{ HOUR, -1, "24" },
		{ 2 * HOUR, -1, "0245" },
		{ DAY - 1000, -1, "0245" },
		{ DAY, -1, "02345" },
		{ 7 * DAY, -1, "012345" },
		{ 30000 * DAY, -1, "0123456" },
		{ INT64_MAX, -1, "0123456" },
		/* both */
		{ DAY, 3, "024" },
		{ HOUR, 3, "24" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct backfill backfill = { rows[i].age, rows[i].most };
		const char *ids = wanted(&backfill, ENTRIES);

		if (strcmp(ids, rows[i].ids) != 0)
			fail_msg("row %zu: %s", i, ids);
	}
}

static void a_feed_may_be_empty(void **state)
{
	static const struct backfill some[] = { { 0, -1 }, { 0, 0 }, { 0, 20 },
		{ DAY, -1 } };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(some); i++) {
		assert_string_equal(wanted(&some[i], 0), "");
		backfill_choose(&some[i], NULL, 0, NOW, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_are_wanted),
		cmocka_unit_test(a_feed_may_be_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
