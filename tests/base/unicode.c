/*
 * Unicode as a whole: each code point, each row of Unicode's own test of
 * normalization, each letter of Latin script beside what another program makes
 * of it, and strings by chance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/ascii.h"
#include "core/base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define UNICODE "/usr/share/unicode/"
#define LAST 0x10ffff

static char *clean(struct arena *arena, const char *text)
{
	return fold_clean(arena, text, strlen(text));
}

static char *fold(struct arena *arena, const char *text)
{
	return fold_text(arena, text, strlen(text));
}

static char *put(char *out, uint32_t point)
{
	out += utf8proc_encode_char(
	    (utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
	*out = '\0';
	return out;
}

static bool is_surrogate(uint32_t point)
{
	return point >= 0xd800 && point <= 0xdfff;
}

/* ---- normalization ---- */

/* What is taken out or is made a space before: told here once more. */
static bool is_changed(uint32_t point)
{
	return point == 0xa0 || point == 0x1160 || point == 0x1680 ||
	    point == 0x202f || point == 0x205f || point == 0x3000 ||
	    point == 0x3164 || point == 0xffa0 ||
	    (point >= 0x2000 && point <= 0x200a);
}

/* Code points in hex, as the file has them: "0044 0307". */
static void read_points(char *column, char *text)
{
	*text = '\0';
	for (; *column != '\0'; column += *column == ' ') {
		uint32_t point = (uint32_t)strtoul(column, &column, 16);

		text = put(text, is_changed(point) ? ' ' : point);
	}
}

/* Each column in NFC is the second one, or, of the last two, the fourth. */
static void check_normal(struct arena *arena, char *line)
{
	static const int normal[] = { 1, 1, 1, 3, 3 };
	char text[COUNT(normal)][256];
	size_t i;

	for (i = 0; i < COUNT(normal); i++) {
		line[strcspn(line, ";")] = '\0';
		read_points(line, text[i]);
		line += strlen(line) + 1;
	}
	for (i = 0; i < COUNT(normal); i++) {
		const char *got = clean(arena, text[i]);

		if (strcmp(got, text[normal[i]]) != 0)
			fail_msg("\"%s\": \"%s\", not \"%s\"", text[i], got,
			    text[normal[i]]);
	}
}

static void all_rows_of_unicode_are_normal(void **state)
{
	static const char unpack[] =
	    "bzcat " UNICODE "NormalizationTest.txt.bz2";
	FILE *file = popen(unpack, "r");
	struct arena arena = { 0 };
	char line[4096];
	size_t rows = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		if (strchr("#@\n", line[0]) != NULL)
			continue;
		check_normal(&arena, line);
		arena_reset(&arena);
		rows++;
	}
	assert_int_equal(pclose(file), 0);
	assert_true(rows > 18000);
}

/* ---- what holds of everything ---- */

/* Nothing that ends, turns or hides what stands around it. */
static void check_points(const char *text, const char *from)
{
	for (; *text != '\0';) {
		utf8proc_int32_t point;
		utf8proc_ssize_t used = utf8proc_iterate(
		    (const utf8proc_uint8_t *)text, -1, &point);

		if (used < 1)
			fail_msg("\"%s\" is no UTF-8", from);
		if (point == '\n' || point >= 0xa0 ||
		    (point >= ' ' && point < 0x7f)) {
			text += used;
			if ((point & 0xfffe) != 0xfffe && point != 0xad &&
			    (point < 0xfdd0 || point > 0xfdef) &&
			    (point < 0x200b || point > 0x200f) &&
			    (point < 0x2028 || point > 0x202e) &&
			    (point < 0x2060 || point > 0x206f))
				continue;
		}
		fail_msg("U+%04X of \"%s\"", (unsigned)point, from);
	}
}

static void check_same(
    const char *once, const char *twice, const char *what, const char *from)
{
	if (strcmp(once, twice) != 0)
		fail_msg("%s of \"%s\": \"%s\", then \"%s\"", what, from, once,
		    twice);
}

static void check_properties(struct arena *arena, const char *text)
{
	const char *cleaned = clean(arena, text), *folded = fold(arena, text);
	utf8proc_uint8_t *normal =
	    utf8proc_NFC((const utf8proc_uint8_t *)cleaned);

	check_points(cleaned, text);
	check_points(folded, text);
	check_same(cleaned, (const char *)normal, "NFC", text);
	check_same(cleaned, clean(arena, cleaned), "clean", text);
	check_same(folded, fold(arena, folded), "fold", text);
	check_same(folded, fold_ascii(arena, folded), "ASCII", text);
	free(normal);
}

static void what_holds_holds_of_each_code_point(void **state)
{
	struct arena arena = { 0 };
	uint32_t point;

	(void)state;
	for (point = 1; point <= LAST; point++) {
		char text[32];

		if (is_surrogate(point))
			continue;
		put(text, point);
		check_properties(&arena, text);
		/* before and behind letters and marks */
		put(put(put(text, 'e'), point), 0x301);
		check_properties(&arena, text);
		put(put(put(put(text, 0x430), point), 'x'), 0xe9);
		check_properties(&arena, text);
		arena_reset(&arena);
	}
}

static uint64_t chance(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

/* What joins with what, in small ranges, so that it meets. */
static char *put_any(char *out, uint64_t *seed)
{
	static const struct {
		uint32_t first, last;
	} some[] = {
		{ 'a', 'z' },
		{ ' ', 0x7e },
		{ 0x80, 0xff },
		{ 0xc0, 0x1b0 },
		{ 0x300, 0x36f },
		{ 0x400, 0x45f },
		{ 0x4d0, 0x4ff },
		{ 0x1100, 0x11ff },
		{ 0x1ea0, 0x1ef9 },
		{ 0x2000, 0x2122 },
		{ 0xac00, 0xac20 },
		{ 1, 0xffff },
		{ 0x10000, LAST },
	};
	size_t row = chance(seed, COUNT(some) + 1);
	uint32_t point;

	if (row == COUNT(some)) {
		*out++ = (char)(1 + chance(seed, 255));
		*out = '\0';
		return out;
	}
	point = some[row].first +
	    (uint32_t)chance(seed, some[row].last - some[row].first + 1);
	return put(out, is_surrogate(point) ? 0xfffd : point);
}

/* As UTF-8 looks that was taken for Latin 1: once, or once more. */
static void misread(char *text, size_t size)
{
	char copy[1024], *out = text;
	const char *at = copy;

	assert_true(strlen(text) * 2 < size);
	strcpy(copy, text);
	for (; *at != '\0'; at++)
		out = put(out, (unsigned char)*at);
}

static void what_holds_holds_of_strings_by_chance(void **state)
{
	const char *given = getenv("SEED"), *more = getenv("STEPS");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : 42;
	long steps = more != NULL ? strtol(more, NULL, 10) : 50000;
	struct arena arena = { 0 };

	(void)state;
	for (; steps > 0; steps--) {
		char text[1024] = "", *end = text;
		size_t n = chance(&seed, 24), times = chance(&seed, 4);

		while (n-- > 0)
			end = put_any(end, &seed);
		for (; times > 1; times--)
			misread(text, sizeof(text));
		check_properties(&arena, text);
		arena_reset(&arena);
	}
}

/* ---- letters of Latin script ---- */

/* Calls it with each code point whose script is Latin. */
static size_t each_latin(void (*call)(uint32_t point, void *whose), void *whose)
{
	FILE *file = fopen(UNICODE "Scripts.txt", "r");
	char line[512];
	size_t n = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		unsigned first, last;

		if (strstr(line, "; Latin ") == NULL)
			continue;
		if (sscanf(line, "%x..%x", &first, &last) == 1)
			last = first;
		for (; first <= last; first++, n++)
			call(first, whose);
	}
	fclose(file);
	return n;
}

/* A letter gives letters or, where it is a click or a catch, a sign. */
static void check_latin(uint32_t point, void *whose)
{
	char text[8], want[8];
	struct arena arena = { 0 };
	const char *folded;

	(void)whose;
	put(text, point);
	folded = fold(&arena, text);
	if (*folded == '\0' || !fold_is_ascii(folded) || strlen(folded) > 5)
		fail_msg("U+%04X %s: \"%s\"", point, text, folded);

	/* Where there are a small and a capital letter, their letters are. */
	put(want, (uint32_t)utf8proc_tolower((utf8proc_int32_t)point));
	check_same(
	    fold_key(&arena, text), fold_key(&arena, want), "case", text);
	arena_reset(&arena);
}

static void each_latin_letter_is_ascii(void **state)
{
	(void)state;
	assert_true(each_latin(check_latin, NULL) > 1400);
}

/* Letters whose ASCII is not python3-unidecode's, and why. */
static const struct {
	const char *letters, *why;
} deliberate[] = {
	{ "\u018f\u0259\u01dd\u025a\u018e",
	    "the e of Azerbaijani is an e, not @ or 3" },
	{ "\u0245\u028c", "a turned v is nearer to v than to ^" },
	{ "\u0294\u0295\u0296\u02a1\u02a2\u02e4",
	    "a catch of breath is an apostrophe, no question mark" },
	{ "\u0283\u0285\u0286\u0292\u0293\u026e\u02a4\u02a7\u02a9",
	    "sh and zh as their capitals have them, sounds made of them, too" },
	{ "\u01a6\u01b1", "as their small letters, r and u" },
	{ "\u02ad", "a click is no bracket" },
	{ "\u2180\u2181\u2182\u2183", "a numeral is letters, no brackets" },
};

static bool is_deliberate(const char *letter)
{
	size_t i;

	for (i = 0; i < COUNT(deliberate); i++) {
		if (strstr(deliberate[i].letters, letter) != NULL)
			return true;
	}
	return false;
}

/* Where it has none, ours is better; capitals it has got wrong now and then. */
static void check_line(char *line, size_t *differ)
{
	uint32_t point = (uint32_t)strtoul(line, &line, 16);
	struct arena arena = { 0 };
	char text[8];
	const char *ours, *judge = line + 1;

	line[strcspn(line, "\n")] = '\0';
	put(text, point);
	ours = fold(&arena, text);
	if (*judge != '\0' && strcasecmp(ours, judge) != 0) {
		if (!is_deliberate(text))
			fail_msg("U+%04X %s: \"%s\", not \"%s\"", point, text,
			    ours, judge);
		++*differ;
	}
	arena_reset(&arena);
}

static void add_point(uint32_t point, void *whose)
{
	fprintf(whose, "%X\n", point);
}

static void ours_is_as_good_as_another(void **state)
{
	static const char judge[] =
	    "import sys, unidecode\n"
	    "for line in open(sys.argv[1]):\n"
	    "    c = int(line, 16)\n"
	    "    print('%X' % c, unidecode.unidecode(chr(c), errors='ignore'))";
	char name[] = "/tmp/dateline-latin-XXXXXX", command[512], line[256];
	int fd = mkstemp(name);
	FILE *file = fdopen(fd, "w");
	size_t n, seen = 0, differ = 0, i, most = 0;

	(void)state;
	assert_non_null(file);
	n = each_latin(add_point, file);
	fclose(file);
	snprintf(command, sizeof(command),
	    "/usr/bin/python3 -c \"%s\" %s 2>/dev/null", judge, name);
	file = popen(command, "r");
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file) != NULL; seen++)
		check_line(line, &differ);
	pclose(file);
	unlink(name);
	if (seen == 0)
		skip();
	assert_int_equal(seen, n);
	for (i = 0; i < COUNT(deliberate); i++)
		most += (size_t)utf8proc_decompose(
		    (const utf8proc_uint8_t *)deliberate[i].letters, 0, NULL, 0,
		    UTF8PROC_NULLTERM);
	assert_int_equal(differ, most);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_rows_of_unicode_are_normal),
		cmocka_unit_test(what_holds_holds_of_each_code_point),
		cmocka_unit_test(what_holds_holds_of_strings_by_chance),
		cmocka_unit_test(each_latin_letter_is_ascii),
		cmocka_unit_test(ours_is_as_good_as_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
