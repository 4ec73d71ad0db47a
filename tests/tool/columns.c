/* Texts in the columns of a terminal. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/tool/columns.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define X30 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define IN20 "                    "

static void a_character_has_its_width(void **state)
{
	static const struct {
		const char *text;
		int columns;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "Hà Nội", 6 },
		{ "新华社", 6 },
		{ "e\xcc\x81", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(columns_of(rows[i].text), rows[i].columns);
}

static void what_is_cut_off_is_told(void **state)
{
	static const struct {
		const char *text, *cut;
		int most, used;
	} rows[] = {
		{ "", "", 4, 0 },
		{ "abcd", "abcd", 4, 4 },
		{ "abcde", "abc…", 4, 4 },
		{ "Hà Nội", "Hà N…", 5, 5 },
		{ "e\xcc\x81 e\xcc\x81 e\xcc\x81", "e\xcc\x81 e\xcc\x81…", 4,
		    4 },
		{ "新华社", "新华社", 6, 6 },
		{ "新华社", "新华…", 5, 5 },
		{ "新华社", "新…", 4, 3 },
		{ "abc", "…", 1, 1 },
	};
	size_t i, len;
	char *text;
	FILE *out;
	int used;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		out = open_memstream(&text, &len);
		used = columns_cut(out, rows[i].text, rows[i].most);
		fclose(out);
		assert_string_equal(text, rows[i].cut);
		assert_int_equal(used, rows[i].used);
		free(text);
	}
}

static void a_text_stays_in_its_columns(void **state)
{
	static const struct {
		const char *text, *wrapped;
		int at;
	} rows[] = {
		{ "", "\n", 20 },
		{ "a b", "a b\n", 20 },
		{ " a \n b ", "a b\n", 20 },
		{ X30 " " X30, X30 "\n" IN20 X30 "\n", 20 },
		{ X30 " " X30, X30 " " X30 "\n", 19 },
		/* a word that is too long stays whole */
		{ "a " X30 X30 X30 " b", "a\n" X30 X30 X30 "\nb\n", 0 },
		{ X30 X30 X30 " b", X30 X30 X30 "\n" IN20 "b\n", 20 },
		{ X30 " 新华社新华社新华社新华社新华社新",
		    X30 "\n" IN20 "新华社新华社新华社新华社新华社新\n", 20 },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *wrapped = NULL;
		FILE *out = open_memstream(&wrapped, &len);

		columns_wrap(out, rows[i].text, rows[i].at);
		fclose(out);
		assert_string_equal(wrapped, rows[i].wrapped);
		free(wrapped);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_has_its_width),
		cmocka_unit_test(what_is_cut_off_is_told),
		cmocka_unit_test(a_text_stays_in_its_columns),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
