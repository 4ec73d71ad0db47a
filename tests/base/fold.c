/* Unicode: cleaned, folded, compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct row {
	const char *text, *folded;
};

static void check_rows(char *(*fold)(struct arena *, const char *),
    const struct row *rows, size_t n)
{
	struct arena arena = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		const char *folded = fold(&arena, rows[i].text);

		if (strcmp(folded, rows[i].folded) != 0)
			fail_msg("\"%s\": \"%s\", not \"%s\"", rows[i].text,
			    folded, rows[i].folded);
	}
	arena_reset(&arena);
}

static char *clean(struct arena *arena, const char *text)
{
	return fold_clean(arena, text, strlen(text));
}

static void text_is_cleaned(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "plain text", "plain text" },
		{ "two\n\nparagraphs", "two\n\nparagraphs" },
		{ "line\r\nend\rs", "line\nend\ns" },
		{ "a\tb\vc\fd", "a b c d" },
		{ "a\x01\x02\x1b\x7f\xc2\x80\xc2\x9f"
		  "b",
		    "ab" },
		{ "a\xc2\xa0\xe3\x80\x80\xe2\x80\x89\xe2\x80\xaf"
		  "b",
		    "a    b" },
		{ "so\xc2\xad"
		  "ft\xe2\x80\x8b\xe2\x80\x8c\xe2\x80\x8d\xef\xbb\xbf!",
		    "soft!" },
		{ "\xe2\x80\xae"
		  "bidi\xe2\x80\xac\xe2\x81\xa6\xe2\x81\xa9\xd8\x9c",
		    "bidi" },
		{ "lines\xe2\x80\xa8"
		  "and\xe2\x80\xa9"
		  "paragraphs",
		    "lines\nand\nparagraphs" },
		/* decomposed Vietnamese, and in the wrong order of marks */
		{ "Vie\xcc\xa3\xcc\x82t Nam", "Việt Nam" },
		{ "Vie\xcc\x82\xcc\xa3t Nam", "Việt Nam" },
		{ "Vi\xc3\xaa\xcc\xa3t Nam", "Việt Nam" },
		{ "C\xcc\xa7"
		  "al\xc4\xb1s\xcc\xa7",
		    "Çalış" },
		{ "\xd0\xb8\xcc\x86", "й" },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한" },
		{ "\xe2\x84\xa6\xe2\x84\xaa\xe2\x84\xab", "ΩKÅ" },
		/* no UTF-8: a stray byte, a cut one, a surrogate, an overlong
		 */
		{ "a\xff"
		  "b\xc3",
		    "a\xef\xbf\xbd"
		    "b\xef\xbf\xbd" },
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },
	};
	struct arena arena = { 0 };

	(void)state;
	check_rows(clean, rows, COUNT(rows));
	assert_string_equal(fold_clean(&arena, "a\0b", 3), "ab");
	assert_string_equal(fold_clean(&arena, "abc", 2), "ab");
	arena_reset(&arena);
}

static void latin_is_folded_to_ascii(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "plain text\n", "plain text\n" },
		{ "Việt Nam", "Viet Nam" },
		{ "Thừa Thiên Huế, Đắk Lắk", "Thua Thien Hue, Dak Lak" },
		{ "đĐ ơƠ ưƯ ẵ Ỹ", "dD oO uU a Y" },
		{ "Bakı, Gəncə, ŞƏKİ, Çöl", "Baki, Gence, SEKI, Col" },
		{ "ığ İI", "ig II" },
		{ "łŁ øØ æÆ œŒ ß ẞ þÞ ðÐ ħĦ ŋŊ ŧŦ ĸ ŀĿ ſ",
		    "lL oO aeAE oeOE ss SS thTh dD hH ngNG tT k lL s" },
		{ "Ljubljana: ǆ Ǉ ǋ", "Ljubljana: dz LJ Nj" },
		{ "ﬁn ﬂ ﬀ", "fin fl ff" },
		{ "ＡＢｃ１２", "ABc12" },
		{ "ǖ nǚ lüè", "u nu lue" },
		{ "ǿ ǽ", "o ae" },
		{ "e\xcc\x81 y\xcc\x83", "e y" },
		{ "“quoted” ‘so’ «and» „so‟ ‹so›",
		    "\"quoted\" 'so' \"and\" \"so\" 'so'" },
		{ "a — b – c ‐ d − e ― f…", "a -- b - c - d - e -- f..." },
		{ "€5 £5 ¥5 5₫ 5₼ 5₽",
		    "EUR5 GBP5 YEN5 5VND 5AZN 5RUB" },
		{ "5 km² · 30°C · CO₂ · № 7 · ½",
		    "5 km2 - 30degC - CO2 - No. 7 - 1/2" },
		{ "Москва й", "Москва й" },
		{ "武汉，有 Hà Nội", "武汉，有 Ha Noi" },
		{ "ไทย हिन्दी عربى", "ไทย हिन्दी عربى" },
		{ "\xff", "\xff" },
	};

	(void)state;
	check_rows(fold_ascii, rows, COUNT(rows));
	assert_null(fold_ascii(NULL, NULL));
}

static void keys_are_for_comparing(void **state)
{
	static const struct row rows[] = {
		{ "", "" },
		{ " ,. ", "" },
		{ "HÀ NỘI", "ha noi" },
		{ "  Hà-Nội!  (Việt Nam) ", "ha noi viet nam" },
		{ "İSTANBUL ığdır", "istanbul igdir" },
		{ "Москва, МАЙ", "москва май" },
		{ "武汉 2020年", "武汉 2020年" },
		{ "a’b", "a b" },
		{ "GMT+7", "gmt 7" },
		{ "ΑΘΗΝΑ", "αθηνα" },
	};

	(void)state;
	check_rows(fold_key, rows, COUNT(rows));
	assert_null(fold_key(NULL, NULL));
}

static void a_word_ends_where_its_letters_end(void **state)
{
	static const struct {
		const char *text, *key;
		size_t len;
	} rows[] = {
		{ "tháng 9", "thang", 6 },
		{ "THÁNG9", "thang", 6 },
		{ "thang\xcc\x81!", "thang", 7 },
		{ "Октября,", "октября", 14 },
		{ "Oct.", "oct", 3 },
		{ " Oct", "", 0 },
		{ "12", "", 0 },
		{ "", "", 0 },
	};
	char key[64], small[8];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(
		    fold_word(rows[i].text, key, sizeof(key)), rows[i].len);
		assert_string_equal(key, rows[i].key);
	}
	assert_int_equal(fold_word("October", small, sizeof(small)), 0);
}

static void points_are_read_one_by_one(void **state)
{
	static const struct {
		const char *text;
		uint32_t point;
		size_t len;
	} rows[] = {
		{ "", 0, 0 },
		{ "a", 'a', 1 },
		{ "ệ", 0x1ec7, 3 },
		{ "😀", 0x1f600, 4 },
		{ "\xe1\xbb", 0xfffd, 1 },
		{ "\x80", 0xfffd, 1 },
		{ "\xf0\x9f", 0xfffd, 1 },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(fold_next(rows[i].text, &len), rows[i].point);
		assert_int_equal(len, rows[i].len);
	}
	assert_true(fold_is_ascii("abc"));
	assert_true(fold_is_ascii(NULL));
	assert_false(fold_is_ascii("é"));
}

/* Marks without end, in an order that has to be sorted. */
static void hostile_marks_take_their_length(void **state)
{
	static const char *const pieces[] = { "\xcc\xa3\xcc\x81",
		"\xe0\xbd\xb3", "e\xcc\x81", "\xe1\x85\xa1", "ế" };
	const size_t size = 1 << 20;
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		struct arena arena = { 0 };
		size_t len = strlen(pieces[i]);
		char *text = arena_alloc(&arena, size + len + 1);
		clock_t start = clock();

		for (at = 0; at < size; at += len)
			memcpy(text + at, pieces[i], len);
		text = fold_clean(&arena, text, size);
		fold_key(&arena, text);
		if (clock() - start > 10 * CLOCKS_PER_SEC)
			fail_msg("piece %zu", i);
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cleaned),
		cmocka_unit_test(latin_is_folded_to_ascii),
		cmocka_unit_test(keys_are_for_comparing),
		cmocka_unit_test(a_word_ends_where_its_letters_end),
		cmocka_unit_test(points_are_read_one_by_one),
		cmocka_unit_test(hostile_marks_take_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
