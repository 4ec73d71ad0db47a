/* The newest line of each id is found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/base/newest.h"

static void nothing_is_known_at_first(void **state)
{
	struct newest newest = { 0 };

	(void)state;
	assert_int_equal(newest_of(&newest, ""), 0);
	assert_int_equal(newest_of(&newest, "vgp:1"), 0);
	newest_free(&newest);
}

static void the_highest_number_stays(void **state)
{
	struct newest newest = { 0 };

	(void)state;
	newest_note(&newest, "vgp:1", 7);
	newest_note(&newest, "vgp:2", 9);
	newest_note(&newest, "vgp:1", 3);
	newest_note(&newest, "", 1);
	assert_int_equal(newest_of(&newest, "vgp:1"), 7);
	newest_note(&newest, "vgp:1", UINT64_MAX);
	assert_int_equal(newest_of(&newest, "vgp:1"), UINT64_MAX);
	assert_int_equal(newest_of(&newest, "vgp:2"), 9);
	assert_int_equal(newest_of(&newest, ""), 1);
	assert_int_equal(newest_of(&newest, "vgp:"), 0);
	newest_free(&newest);
	assert_int_equal(newest_of(&newest, "vgp:1"), 0);
}

#define MANY 200000

/* Ids that are much alike, and as much memory as was promised. */
static void many_are_kept_apart(void **state)
{
	struct newest newest = { 0 };
	char id[64];
	uint64_t i;

	(void)state;
	for (i = 1; i <= MANY; i++) {
		sprintf(id, "https://a.example/story/%07u", (unsigned)i);
		newest_note(&newest, id, i);
	}
	for (i = 1; i <= MANY; i++) {
		sprintf(id, "https://a.example/story/%07u", (unsigned)i);
		assert_int_equal(newest_of(&newest, id), i);
	}
	assert_int_equal(newest.n, MANY);
	assert_true(newest.room * 16 <= (size_t)MANY * 43);
	assert_int_equal(newest_of(&newest, "https://a.example/story/0"), 0);
	newest_free(&newest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_at_first),
		cmocka_unit_test(the_highest_number_stays),
		cmocka_unit_test(many_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
