/* Bytes that grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/buf.h"

static void bytes_are_added_at_the_end(void **state)
{
	struct buf buf = { 0 };
	int i;

	(void)state;
	buf_add(&buf, "", 0);
	assert_string_equal(buf.bytes, "");
	buf_text(&buf, "one");
	buf_text(&buf, "");
	buf_add(&buf, "\0two", 4);
	assert_int_equal(buf.len, 7);
	assert_memory_equal(buf.bytes, "one\0two", 8);
	for (i = 0; i < 5000; i++) {
		buf_add(&buf, "abc", 3);
		assert_int_equal(buf.len, 10 + 3 * i);
		assert_int_equal(buf.bytes[buf.len], '\0');
	}
	assert_memory_equal(buf.bytes, "one\0twoabcabc", 13);
	assert_string_equal(buf.bytes + buf.len - 4, "cabc");
	buf_free(&buf);
	assert_null(buf.bytes);
	assert_int_equal(buf.len, 0);
	buf_free(&buf);
}

/* Lengths around those at which it grows. */
static void texts_are_formatted(void **state)
{
	char pad[600] = "";
	int i;

	(void)state;
	for (i = 0; i < 599; i++) {
		struct buf buf = { 0 };

		memset(pad, 'x', (size_t)i);
		pad[i] = '\0';
		buf_printf(&buf, "%d:%s", 7, pad);
		buf_printf(&buf, "%s", "");
		buf_printf(&buf, ";%c", 'z');
		assert_int_equal(buf.len, i + 4);
		assert_int_equal(strlen(buf.bytes), i + 4);
		assert_memory_equal(buf.bytes, "7:", 2);
		assert_memory_equal(buf.bytes + 2, pad, (size_t)i);
		assert_string_equal(buf.bytes + 2 + i, ";z");
		buf_free(&buf);
	}
}

static void bytes_are_taken_off_the_front(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_shift(&buf, 0);
	buf_text(&buf, "message");
	buf_shift(&buf, 0);
	assert_string_equal(buf.bytes, "message");
	buf_shift(&buf, 3);
	assert_string_equal(buf.bytes, "sage");
	assert_int_equal(buf.len, 4);
	buf_text(&buf, "!");
	buf_shift(&buf, 5);
	assert_string_equal(buf.bytes, "");
	assert_int_equal(buf.len, 0);
	buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_added_at_the_end),
		cmocka_unit_test(texts_are_formatted),
		cmocka_unit_test(bytes_are_taken_off_the_front),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
