/* What changed from one text to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/tool/diff.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct diff_text whole(const char *bytes)
{
	return (struct diff_text){ bytes, strlen(bytes) };
}

/* "one [-two-]{+three+}" */
static void write_pieces(struct buf *out, const struct diff_piece *piece)
{
	static const char *const signs[][2] = {
		[DIFF_BOTH] = { "", "" },
		[DIFF_OLD] = { "[-", "-]" },
		[DIFF_NEW] = { "{+", "+}" },
	};

	buf_text(out, "");
	for (; piece != NULL; piece = piece->next) {
		buf_text(out, piece->spaced ? " " : "");
		buf_text(out, signs[piece->side][0]);
		buf_add(out, piece->text.bytes, piece->text.len);
		buf_text(out, signs[piece->side][1]);
	}
}

static void words_are_compared(void **state)
{
	static const struct {
		const char *old, *new, *diff;
	} rows[] = {
		{ "", "", "" },
		{ "one two", "one two", "one two" },
		{ "", "one two", "{+one two+}" },
		{ "one two", "", "[-one two-]" },
		{ "one", "two", "[-one-]{+two+}" },
		{ "one two three", "one three", "one [-two-] three" },
		{ "one three", "one two three", "one {+two+} three" },
		{ "one two", "two", "[-one-] two" },
		{ "two", "one two", "{+one+} two" },
		{ "one", "one two", "one {+two+}" },
		{ "one two three", "one 2 three", "one [-two-]{+2+} three" },
		/* punctuation stays where it is */
		{ "It costs a lot.", "It costs.", "It costs [-a lot-]." },
		{ "It costs.", "It costs a lot.", "It costs {+a lot+}." },
		{ "red blue", "red, blue", "red{+,+} blue" },
		{ "red, blue", "red blue", "red[-,-] blue" },
		{ "He said (today) no.", "He said (yesterday) no.",
		    "He said ([-today-]{+yesterday+}) no." },
		{ "“Yes”", "“No”", "“[-Yes-]{+No+}”" },
		{ "Hue — today", "Hue — tomorrow",
		    "Hue — [-today-]{+tomorrow+}" },
		{ "a well-known man", "a well-read man",
		    "a well-[-known-]{+read+} man" },
		/* numbers, and words with an apostrophe, are one */
		{ "390,000 VND (14.80 USD)", "350,000 VND (13.30 USD)",
		    "[-390,000-]{+350,000+} VND ([-14.80-]{+13.30+} USD)" },
		{ "at 16:40 on 08/11/2026", "at 16:45 on 09/11/2026",
		    "at [-16:40-]{+16:45+} on [-08/11/2026-]{+09/11/2026+}" },
		{ "in 2026.", "in 2027.", "in [-2026-]{+2027+}." },
		{ "it can't", "it can’t", "it [-can't-]{+can’t+}" },
		{ "5%", "6%", "[-5-]{+6+}%" },
		/* letters and their marks are not torn apart */
		{ "Hà Nội", "Hà Nam", "Hà [-Nội-]{+Nam+}" },
		{ "Ha Noi", "Hà Nội", "[-Ha Noi-]{+Hà Nội+}" },
		{ "a Ha\xcc\x80 b", "a Ha b", "a [-Ha\xcc\x80-]{+Ha+} b" },
		{ "越a\xcc\x81", "越a", "越[-a\xcc\x81-]{+a+}" },
		{ "か\xe3\x82\x99き", "かき", "[-か\xe3\x82\x99-]{+か+}き" },
		{ "👩‍🚒 came", "👩 came",
		    "[-👩‍🚒-]{+👩+} came" },
		/* Chinese is compared by character */
		{ "湖边挂起三千盏灯。", "湖边挂起四千盏灯。",
		    "湖边挂起[-三-]{+四+}千盏灯。" },
		{ "灯会11月27日开始", "灯会11月28日开始",
		    "灯会11月[-27-]{+28+}日开始" },
		{ "", "越南", "{+越南+}" },
		/* a word that stays by chance is part of the change */
		{ "the old red bridge of stone fell down",
		    "a new big tower of steel stood up",
		    "[-the old red bridge of stone fell down-]"
		    "{+a new big tower of steel stood up+}" },
		/* where only spaces differ, it is said all the same */
		{ "one  two", "one two", "[-one  two-]{+one two+}" },
		{ "one ,", "one,", "[-one ,-]{+one,+}" },
		/* what is no UTF-8 does no harm */
		{ "a \xff b", "a \xfe b", "a [-\xff-]{+\xfe+} b" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct arena arena = { .limit = 0 };
		struct buf diff = { .len = 0 };

		write_pieces(&diff,
		    diff_words(&arena, whole(rows[i].old), whole(rows[i].new)));
		if (strcmp(diff.bytes, rows[i].diff) != 0)
			fail_msg("\"%s\", \"%s\": \"%s\", not \"%s\"",
			    rows[i].old, rows[i].new, diff.bytes, rows[i].diff);
		buf_free(&diff);
		arena_reset(&arena);
	}
}

/* " " unchanged, "~" changed, "-" taken out, "+" put in. */
static void write_paragraphs(
    struct buf *out, const struct diff_paragraph *paragraph)
{
	buf_text(out, "");
	for (; paragraph != NULL; paragraph = paragraph->next) {
		const struct diff_text *of = paragraph->new.bytes != NULL
		    ? &paragraph->new
		    : &paragraph->old;

		buf_text(out,
		    paragraph->same                    ? " "
			: paragraph->old.bytes == NULL ? "+"
			: paragraph->new.bytes == NULL ? "-"
						       : "~");
		buf_add(out, of->bytes, of->len);
		buf_text(out, "|");
	}
}

static void paragraphs_are_compared(void **state)
{
	static const struct {
		const char *old, *new, *diff;
	} rows[] = {
		{ "", "", "" },
		{ "a", "a", " a|" },
		{ "", "a\n\nb", "+a|+b|" },
		{ "a\n\nb", "", "-a|-b|" },
		{ "a\n\nb\n\nc", "a\n\nc", " a|-b| c|" },
		{ "a\n\nc", "a\n\nb\n\nc", " a|+b| c|" },
		{ "a\nb\n\nc", "a\nb\n\nd", " a\nb|-c|+d|" },
		{ "\n\na\n\n\n\nb", "a\n\nb", " a| b|" },
		/* half of the words make it the same one */
		{ "a b c d", "a b c e", "~a b c e|" },
		{ "a b c d", "a b x y", "~a b x y|" },
		{ "a b c d", "a x y z", "-a b c d|+a x y z|" },
		{ "a b", "a b c d e f g h", "-a b|+a b c d e f g h|" },
		/* wherever it is */
		{ "k\n\na b c d", "m n\n\na b c e\n\no",
		    "-k|+m n|~a b c e|+o|" },
		{ "a b c d\n\ne f g h", "e f g i\n\na b c j",
		    "-a b c d|~e f g i|+a b c j|" },
		{ "a b c d\n\ne f g h", "a b c e\n\ne f g i",
		    "~a b c e|~e f g i|" },
		/* the most alike, where several are alike */
		{ "a b c d e f", "a b c x y z\n\na b c d e z",
		    "+a b c x y z|~a b c d e z|" },
		{ "湖边挂起三千盏灯", "湖边挂起四千盏灯",
		    "~湖边挂起四千盏灯|" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct arena arena = { .limit = 0 };
		struct buf diff = { .len = 0 };

		write_paragraphs(
		    &diff, diff_paragraphs(&arena, rows[i].old, rows[i].new));
		if (strcmp(diff.bytes, rows[i].diff) != 0)
			fail_msg("\"%s\", \"%s\": \"%s\", not \"%s\"",
			    rows[i].old, rows[i].new, diff.bytes, rows[i].diff);
		buf_free(&diff);
		arena_reset(&arena);
	}
}

/* ---- any texts ---- */

/* The same at each run; it begins with `seed`. */
static unsigned chance(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

/* "b a a c": each word a letter. */
static void some_words(char *text, unsigned *seed, unsigned most)
{
	unsigned n = chance(seed, most), letters = 1 + chance(seed, 6), i;

	for (i = 0; i < n; i++) {
		*text++ = (char)('a' + chance(seed, letters));
		*text++ = ' ';
	}
	*text = '\0';
}

static void add_letters(char *to, struct diff_text from)
{
	size_t i, len = strlen(to);

	for (i = 0; i < from.len; i++) {
		if (from.bytes[i] != ' ')
			to[len++] = from.bytes[i];
	}
	to[len] = '\0';
}

static void both_texts_are_in_it(void **state)
{
	unsigned seed = 1, round;

	(void)state;
	for (round = 0; round < 5000; round++) {
		struct arena arena = { .limit = 0 };
		char old[100], new[100], from[100] = "", to[100] = "";
		char wanted[100] = "";
		const struct diff_piece *piece;

		some_words(old, &seed, 40);
		some_words(new, &seed, 40);
		piece = diff_words(&arena, whole(old), whole(new));
		for (; piece != NULL; piece = piece->next) {
			if (piece->side != DIFF_NEW)
				add_letters(from, piece->text);
			if (piece->side != DIFF_OLD)
				add_letters(to, piece->text);
		}
		add_letters(wanted, whole(old));
		assert_string_equal(from, wanted);
		*wanted = '\0';
		add_letters(wanted, whole(new));
		assert_string_equal(to, wanted);
		arena_reset(&arena);
	}
}

/* By the table that everybody knows, which takes the square of the length. */
static unsigned most_in_common(const char *a, const char *b)
{
	static unsigned table[101][101];
	size_t n = strlen(a), m = strlen(b), i, j;

	for (i = 0; i <= n; i++) {
		for (j = 0; j <= m; j++) {
			unsigned up = i > 0 ? table[i - 1][j] : 0;
			unsigned left = j > 0 ? table[i][j - 1] : 0;

			table[i][j] = up > left ? up : left;
			if (i > 0 && j > 0 && a[i - 1] == b[j - 1])
				table[i][j] = table[i - 1][j - 1] + 1;
			if (i == 0 || j == 0)
				table[i][j] = 0;
		}
	}
	return table[n][m];
}

/* Paragraphs of one letter each are never alike: what is not the same was
   taken out or put in, and no way is shorter. */
static void as_much_as_can_be_stays(void **state)
{
	unsigned seed = 7, round, same;

	(void)state;
	for (round = 0; round < 5000; round++) {
		struct arena arena = { .limit = 0 };
		char words[2][100], letters[2][100] = { "", "" };
		struct buf texts[2] = { { .len = 0 }, { .len = 0 } };
		const struct diff_paragraph *one;
		const char *at;
		int i;

		for (i = 0; i < 2; i++) {
			some_words(words[i], &seed, 40);
			add_letters(letters[i], whole(words[i]));
			buf_text(&texts[i], "");
			for (at = letters[i]; *at != '\0'; at++)
				buf_printf(&texts[i], "%c\n\n", *at);
		}
		one = diff_paragraphs(&arena, texts[0].bytes, texts[1].bytes);
		for (same = 0; one != NULL; one = one->next)
			same += one->same;
		assert_int_equal(same, most_in_common(letters[0], letters[1]));
		arena_reset(&arena);
		buf_free(&texts[0]);
		buf_free(&texts[1]);
	}
}

/* ---- large ones ---- */

#define ALL 100000000 /* words of a paragraph: all that there are */

/* Milliseconds of CPU time. */
static int64_t cpu(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A text of so many bytes: a row of words of chance. Every so many, if `other`
   is not 0, there is one that no other text has. */
static void large(struct buf *text, size_t bytes, unsigned other,
    const char *word, unsigned per_paragraph)
{
	unsigned seed = 1, n = 0;

	while (text->len < bytes) {
		unsigned number = chance(&seed, 30000);

		n++;
		if (other > 0 && n % other == 0)
			buf_text(text, word);
		else
			buf_printf(text, "%u", number);
		buf_text(text, n % per_paragraph == 0 ? "\n\n" : " ");
	}
}

/* Seconds would do; the limit is there for what would take hours. */
static void large_texts_take_no_minutes(void **state)
{
	static const struct {
		unsigned per_paragraph, other;
	} kinds[] = { { 1, 2 }, { 40, 3 }, { 1000, 3 }, { ALL, 3 } };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(kinds); i++) {
		struct arena arena = { .limit = 0 };
		struct buf old = { .len = 0 }, new = { .len = 0 };
		const struct diff_paragraph *one;
		int64_t begin = cpu();
		size_t were = 0;

		large(&old, (size_t)4 << 20, kinds[i].other, "old",
		    kinds[i].per_paragraph);
		large(&new, (size_t)4 << 20, kinds[i].other, "new",
		    kinds[i].per_paragraph);
		one = diff_paragraphs(&arena, old.bytes, new.bytes);
		for (; one != NULL; one = one->next) {
			were += one->old.len;
			if (one->old.bytes != NULL && one->new.bytes != NULL)
				diff_words(&arena, one->old, one->new);
		}
		assert_in_range(were, old.len / 3, old.len);
		assert_true(cpu() - begin < 60000);
		arena_reset(&arena);
		buf_free(&old);
		buf_free(&new);
	}
}

/* One long paragraph, word by word as far as that goes. */
static void a_word_is_found_in_a_long_paragraph(void **state)
{
	struct arena arena = { .limit = 0 };
	struct buf old = { .len = 0 }, new = { .len = 0 };
	const struct diff_piece *piece;
	unsigned n = 0;

	(void)state;
	large(&old, DIFF_BYTES - 100, 0, "", ALL);
	buf_add(&new, old.bytes, old.len);
	memcpy(new.bytes + new.len / 2, " was here ", 10);
	piece = diff_words(&arena, whole(old.bytes), whole(new.bytes));
	for (; piece != NULL; piece = piece->next) {
		n++;
		assert_true(piece->side == DIFF_BOTH || piece->text.len < 40);
	}
	assert_int_equal(n, 4);
	arena_reset(&arena);
	large(&old, DIFF_BYTES + 1, 0, "", ALL);
	piece = diff_words(&arena, whole(old.bytes), whole(new.bytes));
	assert_int_equal(piece->side, DIFF_OLD);
	assert_int_equal(piece->text.len, old.len);
	assert_int_equal(piece->next->text.len, new.len);
	assert_null(piece->next->next);
	arena_reset(&arena);
	buf_free(&old);
	buf_free(&new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_compared),
		cmocka_unit_test(paragraphs_are_compared),
		cmocka_unit_test(both_texts_are_in_it),
		cmocka_unit_test(as_much_as_can_be_stays),
		cmocka_unit_test(large_texts_take_no_minutes),
		cmocka_unit_test(a_word_is_found_in_a_long_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
