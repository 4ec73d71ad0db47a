/*
 * Vietnamese of the fonts before Unicode.
 *
 * VNI has a letter and a mark behind it, TCVN3 a byte for each letter, and
 * Windows-1258 some of both. What they are made of is read word by word, and
 * each word asked whether it is Vietnamese.
 */
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/legacy.h"
#include "core/base/syllable.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum {
	LETTERS = 14, /* of a word that is looked at: each may have a mark */
	POINTS = 3 * LETTERS, /* that it may become */
	PROOF = 3,            /* what is no chance, weighed */
};

/* ---- the three of them ---- */

struct letter {
	uint32_t shown;
	uint32_t meant[3]; /* a letter and marks, or marks alone */
};

#define GRAVE 0x300
#define ACUTE 0x301
#define CIRCUMFLEX 0x302
#define TILDE 0x303
#define BREVE 0x306
#define HOOK 0x309
#define DOT 0x323

/* Small letters; the capitals are where Latin 1 has its own. */
static const struct letter vni[] = {
	{ 0xf9, { ACUTE } },
	{ 0xf8, { GRAVE } },
	{ 0xfb, { HOOK } },
	{ 0xf5, { TILDE } },
	{ 0xef, { DOT } },
	{ 0xe2, { CIRCUMFLEX } },
	{ 0xe1, { CIRCUMFLEX, ACUTE } },
	{ 0xe0, { CIRCUMFLEX, GRAVE } },
	{ 0xe5, { CIRCUMFLEX, HOOK } },
	{ 0xe3, { CIRCUMFLEX, TILDE } },
	{ 0xe4, { DOT, CIRCUMFLEX } },
	{ 0xea, { BREVE } },
	{ 0xe9, { BREVE, ACUTE } },
	{ 0xe8, { BREVE, GRAVE } },
	{ 0xfa, { BREVE, HOOK } },
	{ 0xfc, { BREVE, TILDE } },
	{ 0xeb, { DOT, BREVE } },
	{ 0xf4, { 0x1a1 } },
	{ 0xf6, { 0x1b0 } },
	{ 0xf1, { 0x111 } },
	{ 0xed, { 0xed } },
	{ 0xec, { 0xec } },
	{ 0xe6, { 0x1ec9 } },
	{ 0xf3, { 0x129 } },
	{ 0xf2, { 0x1ecb } },
	{ 0xee, { 0x1ef5 } },
};

/* Each as it is; capitals with a tone are small letters of another font. */
static const struct letter tcvn3[] = {
	{ 0xa1, { 0x102 } },
	{ 0xa2, { 0xc2 } },
	{ 0xa3, { 0xca } },
	{ 0xa4, { 0xd4 } },
	{ 0xa5, { 0x1a0 } },
	{ 0xa6, { 0x1af } },
	{ 0xa7, { 0x110 } },
	{ 0xa8, { 0x103 } },
	{ 0xa9, { 0xe2 } },
	{ 0xaa, { 0xea } },
	{ 0xab, { 0xf4 } },
	{ 0xac, { 0x1a1 } },
	{ 0xad, { 0x1b0 } },
	{ 0xae, { 0x111 } },
	{ 0xb5, { 0xe0 } },
	{ 0xb6, { 0x1ea3 } },
	{ 0xb7, { 0xe3 } },
	{ 0xb8, { 0xe1 } },
	{ 0xb9, { 0x1ea1 } },
	{ 0xbb, { 0x1eb1 } },
	{ 0xbc, { 0x1eb3 } },
	{ 0xbd, { 0x1eb5 } },
	{ 0xbe, { 0x1eaf } },
	{ 0xc6, { 0x1eb7 } },
	{ 0xc7, { 0x1ea7 } },
	{ 0xc8, { 0x1ea9 } },
	{ 0xc9, { 0x1eab } },
	{ 0xca, { 0x1ea5 } },
	{ 0xcb, { 0x1ead } },
	{ 0xcc, { 0xe8 } },
	{ 0xce, { 0x1ebb } },
	{ 0xcf, { 0x1ebd } },
	{ 0xd0, { 0xe9 } },
	{ 0xd1, { 0x1eb9 } },
	{ 0xd2, { 0x1ec1 } },
	{ 0xd3, { 0x1ec3 } },
	{ 0xd4, { 0x1ec5 } },
	{ 0xd5, { 0x1ebf } },
	{ 0xd6, { 0x1ec7 } },
	{ 0xd7, { 0xec } },
	{ 0xd8, { 0x1ec9 } },
	{ 0xdc, { 0x129 } },
	{ 0xdd, { 0xed } },
	{ 0xde, { 0x1ecb } },
	{ 0xdf, { 0xf2 } },
	{ 0xe1, { 0x1ecf } },
	{ 0xe2, { 0xf5 } },
	{ 0xe3, { 0xf3 } },
	{ 0xe4, { 0x1ecd } },
	{ 0xe5, { 0x1ed3 } },
	{ 0xe6, { 0x1ed5 } },
	{ 0xe7, { 0x1ed7 } },
	{ 0xe8, { 0x1ed1 } },
	{ 0xe9, { 0x1ed9 } },
	{ 0xea, { 0x1edd } },
	{ 0xeb, { 0x1edf } },
	{ 0xec, { 0x1ee1 } },
	{ 0xed, { 0x1edb } },
	{ 0xee, { 0x1ee3 } },
	{ 0xef, { 0xf9 } },
	{ 0xf1, { 0x1ee7 } },
	{ 0xf2, { 0x169 } },
	{ 0xf3, { 0xfa } },
	{ 0xf4, { 0x1ee5 } },
	{ 0xf5, { 0x1eeb } },
	{ 0xf6, { 0x1eed } },
	{ 0xf7, { 0x1eef } },
	{ 0xf8, { 0x1ee9 } },
	{ 0xf9, { 0x1ef1 } },
	{ 0xfa, { 0x1ef3 } },
	{ 0xfb, { 0x1ef7 } },
	{ 0xfc, { 0x1ef9 } },
	{ 0xfd, { 0xfd } },
	{ 0xfe, { 0x1ef5 } },
};

/* Where it differs from Latin 1. */
static const struct letter windows_1258[] = {
	{ 0xc3, { 0x102 } },
	{ 0xe3, { 0x103 } },
	{ 0xd0, { 0x110 } },
	{ 0xf0, { 0x111 } },
	{ 0xd5, { 0x1a0 } },
	{ 0xf5, { 0x1a1 } },
	{ 0xdd, { 0x1af } },
	{ 0xfd, { 0x1b0 } },
	{ 0xcc, { GRAVE } },
	{ 0xec, { ACUTE } },
	{ 0xde, { TILDE } },
	{ 0xd2, { HOOK } },
	{ 0xf2, { DOT } },
	{ 0xc0, { 0xc0 } },
	{ 0xc1, { 0xc1 } },
	{ 0xc2, { 0xc2 } },
	{ 0xc8, { 0xc8 } },
	{ 0xc9, { 0xc9 } },
	{ 0xca, { 0xca } },
	{ 0xcd, { 0xcd } },
	{ 0xd3, { 0xd3 } },
	{ 0xd4, { 0xd4 } },
	{ 0xd9, { 0xd9 } },
	{ 0xda, { 0xda } },
	{ 0xe0, { 0xe0 } },
	{ 0xe1, { 0xe1 } },
	{ 0xe2, { 0xe2 } },
	{ 0xe8, { 0xe8 } },
	{ 0xe9, { 0xe9 } },
	{ 0xea, { 0xea } },
	{ 0xed, { 0xed } },
	{ 0xf3, { 0xf3 } },
	{ 0xf4, { 0xf4 } },
	{ 0xf9, { 0xf9 } },
	{ 0xfa, { 0xfa } },
};

/* Whether no other language has these two side by side in a word: here a mark
   behind a vowel, but for those that French has in "aïe" and "goût". */
static bool vni_is_strange(uint32_t before, uint32_t shown)
{
	static const uint32_t usual[] = { 0xf9, 0xfb, 0xef, 0xf5,
		/* letters, no marks */
		0xec, 0xed, 0xe6, 0xee, 0xf1, 0xf2, 0xf3, 0xf4, 0xf6 };
	size_t i;

	if (before < 0x80 && strchr("aeouy", (int)(before | 0x20)) == NULL)
		return false;
	for (i = before < 0x80 ? 0 : 4; i < COUNT(usual); i++) {
		if ((shown | 0x20) == usual[i])
			return before >= 0x80 && usual[i] == 0xf4;
	}
	return true;
}

/* A capital behind a small letter, or a sign in the word that is none of
   those that stand at its end: "1ª", "brand®", "«word»", a footnote. */
static bool tcvn3_is_strange(uint32_t before, uint32_t shown)
{
	static const uint32_t usual[] = { 0xa7, 0xa9, 0xaa, 0xab, 0xae, 0xb7,
		0xb9, 0xbb };
	size_t i;

	if (shown >= 0xc0)
		return shown < 0xdf && before >= 'a' && before <= 'z';
	for (i = 0; i < COUNT(usual); i++) {
		if (shown == usual[i])
			return false;
	}
	return before < 0x80;
}

/* A mark behind a letter that has one, or a capital behind a small one. */
static bool windows_1258_is_strange(uint32_t before, uint32_t shown)
{
	return before >= 0x80 ||
	    (before >= 'a' && before <= 'z' && shown < 0xdf);
}

static const struct font {
	const struct letter *letters;
	size_t n;
	bool cased;     /* capitals are where Latin 1 has them */
	uint32_t first; /* beyond ASCII, of what words are made of */
	bool (*is_strange)(uint32_t before, uint32_t shown);
} fonts[] = {
	{ vni, COUNT(vni), true, 0xc0, vni_is_strange },
	{ tcvn3, COUNT(tcvn3), false, 0xa1, tcvn3_is_strange },
	{ windows_1258, COUNT(windows_1258), false, 0xc0,
	    windows_1258_is_strange },
};

/* ---- words ---- */

struct word {
	size_t bytes;
	size_t n; /* characters; of those behind LETTERS only the number */
	uint32_t shown[LETTERS];
	bool beyond;  /* ASCII */
	bool foreign; /* it has letters beyond Latin 1 */
	bool numbers;
	bool strange;
};

static bool is_letter(uint32_t point)
{
	return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

static bool is_digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

/* Beyond Latin 1 all but signs. */
static bool is_foreign(uint32_t point)
{
	return point >= 0x100 && (point < 0x2000 || point > 0x2bff) &&
	    (point < 0x3000 || point > 0x303f) && point != 0xfffd;
}

static size_t read_point(const char *text, size_t len, uint32_t *point)
{
	utf8proc_int32_t read = 0xfffd;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)(len < 4 ? len : 4), &read);

	*point = used > 0 ? (uint32_t)read : 0xfffd;
	return used > 0 ? (size_t)used : 1;
}

static void word_add(struct word *word, uint32_t point, const struct font *font)
{
	uint32_t before;

	if (word->n > 0 && word->n < LETTERS) {
		before = word->shown[word->n - 1];
		word->strange |=
		    point >= 0x80 && font->is_strange(before, point);
	}
	if (word->n < LETTERS)
		word->shown[word->n] = point;
	word->n++;
	word->beyond |= point >= 0x80;
	word->foreign |= is_foreign(point);
	word->numbers |= is_digit(point);
}

/* The word at `text`; one without bytes where none begins. */
static struct word word_read(
    const char *text, size_t len, const struct font *font)
{
	struct word word = { 0 };

	while (word.bytes < len) {
		uint32_t point;
		size_t used =
		    read_point(text + word.bytes, len - word.bytes, &point);

		if (!is_letter(point) && !is_digit(point) &&
		    !is_foreign(point) && (point < font->first || point > 0xff))
			break;
		word_add(&word, point, font);
		word.bytes += used;
	}
	return word;
}

/* ---- what a word means ---- */

static uint32_t capital(uint32_t point)
{
	if (point >= 0x300 && point <= 0x323)
		return point;
	return point < 0x100 ? point - 32
	    : point == 0x1b0 ? 0x1af
			     : point & ~1u;
}

/* As bytes of UTF-8 behind `out`; false where the font has no such letter. */
static bool put_letter(char **out, uint32_t shown, const struct font *font)
{
	bool large = font->cased && shown >= 0xc0 && shown <= 0xde;
	uint32_t small = large ? shown | 0x20 : shown;
	size_t i, k;

	for (i = 0; i < font->n && font->letters[i].shown != small; i++)
		;
	for (k = 0; i < font->n && k < 3; k++) {
		uint32_t meant = font->letters[i].meant[k];

		if (meant != 0)
			*out += utf8proc_encode_char(
			    (utf8proc_int32_t)(large ? capital(meant) : meant),
			    (utf8proc_uint8_t *)*out);
	}
	return i < font->n;
}

/* The word in NFC; its code points, 0 where the font has no such word. */
static size_t word_meant(
    const struct word *word, const struct font *font, int32_t *points)
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	char text[4 * POINTS], *end = text;
	utf8proc_ssize_t n;
	size_t i;

	for (i = 0; i < word->n; i++) {
		if (word->shown[i] < 0x80)
			*end++ = (char)word->shown[i];
		else if (!put_letter(&end, word->shown[i], font))
			return 0;
	}
	n = utf8proc_decompose(
	    (const utf8proc_uint8_t *)text, end - text, points, POINTS, how);
	if (n < 1 || n > POINTS)
		return 0;
	n = utf8proc_normalize_utf32(points, n, how);
	return n > 0 ? (size_t)n : 0;
}

/* What fonts of capitals have small letters for: "HßA", but not "Hµ". */
static bool is_shouted(const struct word *word)
{
	bool capital = false;
	size_t i;

	for (i = 0; i < word->n && i < LETTERS; i++) {
		if (word->shown[i] >= 'a' && word->shown[i] <= 'z')
			return false;
		capital |= i > 0 && word->shown[i] < 0x80;
	}
	return capital;
}

/* ---- texts ---- */

struct text {
	const char *bytes;
	size_t len;
	bool markup;
};

/* Behind the tag, script, style or comment at `at`. */
static size_t past_markup(const struct text *text, size_t at)
{
	static const struct {
		const char *start, *end;
	} forms[] = {
		{ "<script", "</script" },
		{ "<style", "</style" },
		{ "<!--", "-->" },
		{ "<", ">" },
	};
	const char *from = text->bytes + at, *found;
	size_t i = 0;

	while (strncmp(from, forms[i].start, strlen(forms[i].start)) != 0)
		i++;
	found =
	    memmem(from, text->len - at, forms[i].end, strlen(forms[i].end));
	return found == NULL ? text->len : (size_t)(found - text->bytes) + 1;
}

/* What is between words. */
static size_t past_sign(const struct text *text, size_t at)
{
	uint32_t point;

	if (text->markup && text->bytes[at] == '<')
		return past_markup(text, at);
	return at + read_point(text->bytes + at, text->len - at, &point);
}

struct tally {
	size_t good, bad, foreign;
	size_t plain, fitting; /* words of ASCII; those that are syllables */
	size_t long_fitting;   /* of three letters at least */
	unsigned proof, kinds;
	uint32_t sums[PROOF]; /* of the first kinds of words that prove */
};

static uint32_t sum_of(const struct word *word)
{
	uint32_t sum = 5381;
	size_t i;

	for (i = 0; i < word->n; i++)
		sum = sum * 33 + syllable_lower(word->shown[i]);
	return sum;
}

/* Words that differ: of strange ones it takes two, of others three. */
static void tally_good(struct tally *tally, const struct word *word)
{
	uint32_t sum = sum_of(word);
	unsigned i;

	tally->good++;
	for (i = 0; i < tally->kinds; i++) {
		if (tally->sums[i] == sum)
			return;
	}
	if (tally->proof >= PROOF)
		return;
	tally->sums[tally->kinds++] = sum;
	tally->proof += word->strange ? 2 : 1;
}

static bool has_small(const struct word *word)
{
	size_t i;

	for (i = 0; i < word->n && i < LETTERS; i++) {
		if (word->shown[i] >= 'a' && word->shown[i] <= 'z')
			return true;
	}
	return false;
}

/* A word that needs no mending; abbreviations are of no language. */
static void tally_plain(
    struct tally *tally, const struct word *word, bool fitting)
{
	if (!fitting && !has_small(word))
		return;
	tally->plain++;
	tally->fitting += fitting;
	tally->long_fitting += fitting && (word->n > 2 || word->beyond);
}

static void tally_add(
    struct tally *tally, const struct word *word, const struct font *font)
{
	int32_t points[POINTS];
	bool native = syllable_is(word->shown, word->n);
	size_t n;

	if (word->numbers || word->n < 2)
		return;
	if (!word->beyond) {
		tally_plain(tally, word, native);
		return;
	}
	if (word->foreign) {
		tally->foreign++;
		return;
	}
	n = word->n > LETTERS ? 0 : word_meant(word, font, points);
	if (n == 0 || !syllable_is((const uint32_t *)points, n))
		tally->bad++;
	else if (!native)
		tally_good(tally, word);
	else if (n == word->n &&
	    memcmp(points, word->shown, n * sizeof(points[0])) == 0)
		tally_plain(tally, word, true);
}

/* Of nine words one may be a foreign name. A strange one among words that all
   fit, "Vieät Nam", proves as much as two. */
static bool is_proven(const struct tally *tally)
{
	bool fits = tally->long_fitting > 0 && tally->fitting == tally->plain;

	return tally->proof + fits >= PROOF && tally->foreign == 0 &&
	    tally->bad * 8 <= tally->good && tally->fitting * 2 >= tally->plain;
}

/* Whatever the rest of the text says: a word that is mended has four bytes at
   least, with what parts it from the next one. */
static bool is_refuted(const struct tally *tally, size_t left)
{
	return tally->foreign > 0 ||
	    tally->bad * 8 > tally->good + left / 4 + 1;
}

static bool is_of(const struct text *text, const struct font *font)
{
	struct tally tally = { 0 };
	size_t at = 0;

	while (at < text->len && !is_refuted(&tally, text->len - at)) {
		struct word word =
		    word_read(text->bytes + at, text->len - at, font);

		if (word.bytes > 0)
			tally_add(&tally, &word, font);
		at = word.bytes > 0 ? at + word.bytes : past_sign(text, at);
	}
	return is_proven(&tally);
}

static char *put_word(char *out, const struct word *word,
    const struct font *font, const char *bytes)
{
	int32_t points[POINTS];
	bool shouted = is_shouted(word);
	size_t n = 0, i;

	if (word->beyond && word->n <= LETTERS)
		n = word_meant(word, font, points);
	if (n == 0 || !syllable_is((const uint32_t *)points, n)) {
		memcpy(out, bytes, word->bytes);
		return out + word->bytes;
	}
	for (i = 0; i < n; i++)
		out += utf8proc_encode_char(
		    shouted ? utf8proc_toupper(points[i]) : points[i],
		    (utf8proc_uint8_t *)out);
	return out;
}

static char *read_again(struct arena *arena, const struct text *text,
    const struct font *font, size_t *mended)
{
	/* Two bytes of Latin 1 become three at most. */
	char *again = arena_alloc(arena, text->len * 3 / 2 + 2), *out = again;
	size_t at = 0;

	while (at < text->len) {
		const char *from = text->bytes + at;
		struct word word = word_read(from, text->len - at, font);
		size_t next = at + word.bytes;

		if (word.bytes > 0) {
			out = put_word(out, &word, font, from);
		} else {
			next = past_sign(text, at);
			memcpy(out, from, next - at);
			out += next - at;
		}
		at = next;
	}
	*out = '\0';
	*mended = (size_t)(out - again);
	return again;
}

/* Whether there is a letter of Latin 1 at all, and none beyond. */
static bool may_be(const struct text *text)
{
	const char *at = text->bytes, *end = at + text->len;
	bool found = false;

	for (; at < end; at++) {
		unsigned char byte = (unsigned char)*at;

		found |= byte == 0xc2 || byte == 0xc3;
		if (byte > 0xc3 && byte != 0xe2 && byte != 0xe3 && byte != 0xef)
			return false;
	}
	return found;
}

char *legacy_text(struct arena *arena, const char *bytes, size_t len,
    bool markup, size_t *mended)
{
	struct text text = { bytes, len, markup };
	size_t i;

	for (i = 0; i < COUNT(fonts) && may_be(&text); i++) {
		if (is_of(&text, &fonts[i]))
			return read_again(arena, &text, &fonts[i], mended);
	}
	return NULL;
}
