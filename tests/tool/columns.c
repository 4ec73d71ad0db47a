/* Texts in the columns of a terminal. */
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
		{ "", 0 }, { "abc", 3 }, { "Hà Nội", 6 }, { "新华社", 6 },
		{ "e\xcc\x81", 1 }, { "\033[31mred\033[0m", 3 },
		{ "\033[1", 0 }, /* it ends before it has said how */
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
		used = columns_fit(out, rows[i].text, rows[i].most);
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
		/* Chinese is broken between any two characters */
		{ X30 " 新华社新华社新华社新华社新华社新",
		    X30 " 新华社新华社新华社新华社新华\n" IN20 "社新\n", 20 },
		{ "xxx" X30 "新华社新华社新华社新华社新华",
		    "xxx" X30 "新华社新华社新华社新华社新\n" IN20 "华\n", 20 },
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

static void nothing_is_cut_in_two(void **state)
{
	static const struct {
		const char *text;
		int columns;
		size_t bytes;
	} rows[] = {
		{ "abc", 0, 0 },
		{ "abc", 2, 2 },
		{ "abc", 3, 3 },
		{ "abc", 9, 3 },
		{ "Hà", 2, 3 },
		{ "e\xcc\x81x", 1, 3 },
		{ "新华社", 3, 3 },
		{ "\033[31mred\033[0m", 1, 6 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    columns_cut(rows[i].text, rows[i].columns), rows[i].bytes);
}

static void what_is_printed_may_begin_anywhere(void **state)
{
	static const struct {
		const char *text;
		int at, indent, width;
		const char *printed;
		int behind;
	} rows[] = {
		{ "", 4, 2, 10, "", 4 },
		{ "one two three", 0, 0, 0, "one two three", 13 },
		{ "one two three", 0, 2, 12, "one two\n  three", 7 },
		{ "one two three", 4, 2, 7, "one\n  two\n  three", 7 },
		{ "\"a word\"", 9, 4, 10, "\n    \"a\n    word\"", 9 },
		{ "abcdefgh i", 4, 2, 6, "\n  abcdefgh\n  i", 3 },
		{ "新华社", 0, 1, 5, "新华\n 社", 3 },
		{ "a \033[31mred\033[0m b", 0, 0, 7, "a \033[31mred\033[0m b",
		    7 },
		{ "a \033[31mred\033[0m b", 0, 0, 5, "a \033[31mred\033[0m\nb",
		    1 },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *printed = NULL;
		FILE *out = open_memstream(&printed, &len);
		int behind;

		behind = columns_print(out, rows[i].text, rows[i].at,
		    rows[i].indent, rows[i].width);
		fclose(out);
		assert_string_equal(printed, rows[i].printed);
		assert_int_equal(behind, rows[i].behind);
		free(printed);
	}
}

/* A file is no terminal. */
static void the_environment_says_how_many_there_are(void **state)
{
	static const struct {
		const char *said;
		int columns;
	} rows[] = {
		{ NULL, 0 },
		{ "", 0 },
		{ "x", 0 },
		{ "-5", 0 },
		{ "0", 0 },
		{ "7", 40 },
		{ "72", 72 },
		{ "120", 120 },
		{ "9999999999", 0 },
	};
	FILE *file = tmpfile();
	size_t i;

	(void)state;
	assert_non_null(file);
	for (i = 0; i < COUNT(rows); i++) {
		unsetenv("COLUMNS");
		if (rows[i].said != NULL)
			setenv("COLUMNS", rows[i].said, 1);
		assert_int_equal(columns_there(file), rows[i].columns);
	}
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_has_its_width),
		cmocka_unit_test(what_is_cut_off_is_told),
		cmocka_unit_test(a_text_stays_in_its_columns),
		cmocka_unit_test(nothing_is_cut_in_two),
		cmocka_unit_test(what_is_printed_may_begin_anywhere),
		cmocka_unit_test(the_environment_says_how_many_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
