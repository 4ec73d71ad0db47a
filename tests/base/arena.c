/* Memory that is given back all at once. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/arena.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Sizes around those of chunks; each piece stays as it was filled. */
static void memory_is_zeroed_aligned_and_ones_own(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 15, 16, 17, 1000, 65520, 65535,
		65536, 65537, 1, 200000, 3 };
	struct arena arena = { 0 };
	char *pieces[3 * COUNT(sizes)];
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		size_t size = sizes[i % COUNT(sizes)];

		pieces[i] = arena_alloc(&arena, size);
		assert_non_null(pieces[i]);
		assert_int_equal(
		    (uintptr_t)pieces[i] % alignof(max_align_t), 0);
		for (k = 0; k < size; k++)
			assert_int_equal(pieces[i][k], 0);
		memset(pieces[i], (int)i + 1, size);
	}
	for (i = 0; i < COUNT(pieces); i++) {
		for (k = 0; k < sizes[i % COUNT(sizes)]; k++)
			assert_int_equal(pieces[i][k], i + 1);
	}
	arena_reset(&arena);
	assert_int_equal(arena.taken, 0);
	assert_non_null(arena_alloc(&arena, 1));
	arena_reset(&arena);
	arena_reset(&arena);
}

static void texts_are_copied(void **state)
{
	struct arena arena = { 0 };
	char text[] = "a text";
	char *copy = arena_dup(&arena, text);

	(void)state;
	text[0] = 'x';
	assert_string_equal(copy, "a text");
	assert_string_equal(arena_copy(&arena, "abc", 2), "ab");
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	assert_memory_equal(arena_copy(&arena, "a\0b", 3), "a\0b", 4);
	assert_string_equal(arena_dup(&arena, ""), "");
	assert_null(arena_dup(&arena, NULL));
	assert_string_equal(
	    arena_printf(&arena, "%s: %0*d", "a", 2000, 7) + 1999, "0007");
	assert_string_equal(arena_printf(&arena, "%s", ""), "");
	arena_reset(&arena);
}

static void is_spent(void *whose)
{
	longjmp(*(jmp_buf *)whose, 1);
}

static void a_limit_is_kept(void **state)
{
	static const struct {
		size_t limit, size;
		int times; /* that it is there */
	} rows[] = {
		{ 65536, 65536, 1 },
		{ 65535, 1,
		    2048 }, /* 16 bytes each; the next chunk is 32 KiB */
		{ 1 << 20, 65536, 16 },
		{ 1 << 20, 32768, 32 },
		{ 1 << 20, (1 << 20) + 1, 0 },
		{ 1 << 20, SIZE_MAX, 0 },
		{ 1 << 20, SIZE_MAX / 2, 0 },
		{ 0, SIZE_MAX, 0 },
		{ 0, SIZE_MAX - 14, 0 },
	};
	volatile size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		jmp_buf spent;
		struct arena arena = { .limit = rows[i].limit,
			.exhausted = is_spent,
			.whose = &spent };
		volatile int times = 0;

		if (setjmp(spent) == 0) {
			for (;; times++)
				arena_alloc(&arena, rows[i].size);
		}
		if (times != rows[i].times)
			fail_msg("row %zu: %d times", i, times);
		assert_true(rows[i].limit == 0 || arena.taken <= rows[i].limit);
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_ones_own),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(a_limit_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
