/* Hashes, as FNV-1a's authors publish them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/hash.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void hashes_are_those_of_the_standard(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *text;
	} rows[] = {
		{ "", 0, "cbf29ce484222325" },
		{ "a", 1, "af63dc4c8601ec8c" },
		{ "foobar", 6, "85944171f73967e8" },
		{ "\0", 1, "af63bd4c8601b7df" },
		{ "\xff", 1, "af64724c8602eb6e" },
	};
	char text[HASH_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		uint64_t hash =
		    hash_bytes(HASH_BEGIN, rows[i].bytes, rows[i].len);

		assert_ptr_equal(hash_print(text, hash), text);
		assert_string_equal(text, rows[i].text);
	}
}

static void pieces_make_the_same_hash(void **state)
{
	uint64_t hash = HASH_BEGIN;

	(void)state;
	hash = hash_bytes(hash, "foo", 3);
	hash = hash_bytes(hash, "", 0);
	hash = hash_bytes(hash, NULL, 0);
	hash = hash_bytes(hash, "bar", 3);
	assert_true(hash == hash_bytes(HASH_BEGIN, "foobar", 6));
}

static void a_small_hash_is_as_long_as_others(void **state)
{
	char text[HASH_TEXT];

	(void)state;
	assert_string_equal(hash_print(text, 0x1f), "000000000000001f");
	assert_string_equal(hash_print(text, UINT64_MAX), "ffffffffffffffff");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_the_standard),
		cmocka_unit_test(pieces_make_the_same_hash),
		cmocka_unit_test(a_small_hash_is_as_long_as_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
