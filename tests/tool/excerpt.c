/* Two texts are shortened to where they differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/tool/excerpt.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The caller frees. */
static char *shown(const char *old, const char *new)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	excerpt_print(out, old, new);
	fclose(out);
	return text;
}

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define HUNDRED FIFTY FIFTY

static void only_what_is_long_is_shortened(void **state)
{
	static const struct {
		const char *old, *new, *want;
	} rows[] = {
		{ "", "", " -> " },
		{ "a", "b", "a -> b" },
		{ FIFTY "a" TEN TEN, FIFTY "b" TEN TEN,
		    FIFTY "a" TEN TEN " -> " FIFTY "b" TEN TEN },
		{ HUNDRED "a", HUNDRED "b",
		    "…6789" TEN TEN "a -> …6789" TEN TEN "b" },
		{ "a" HUNDRED, HUNDRED,
		    "a" TEN TEN "0123… -> " TEN TEN "0123…" },
		{ HUNDRED "a" HUNDRED, "b",
		    HUNDRED "a" TEN TEN TEN TEN "012… -> b" },
		{ HUNDRED "a" HUNDRED, HUNDRED "bc" HUNDRED,
		    "…6789" TEN TEN "a" TEN TEN "0123… -> …6789" TEN TEN
		    "bc" TEN TEN "0123…" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *text = shown(rows[i].old, rows[i].new);

		assert_string_equal(text, rows[i].want);
		free(text);
	}
}

/* Wherever the difference is, in letters of two and three bytes. */
static void no_character_is_cut(void **state)
{
	char old[1024] = "", new[1024], *text;
	json_t *whole;
	size_t at;

	(void)state;
	while (strlen(old) + 16 < sizeof(old))
		strcat(old, "đường Hà Nội ");
	for (at = 0; at < strlen(old); at++) {
		strcpy(new, old);
		if ((unsigned char)old[at] >= 0x80)
			continue;
		new[at] = '*';
		text = shown(old, new);
		whole = json_string(text); /* NULL: it is not UTF-8 */
		assert_non_null(whole);
		assert_non_null(strchr(text, '*'));
		assert_true(strlen(text) < 160);
		json_decref(whole);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_long_is_shortened),
		cmocka_unit_test(no_character_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
