/*
 * Mojibake: UTF-8 that somebody took for one of Windows' code pages.
 *
 * A letter beyond ASCII is two or three characters then, the first of them one
 * that stands for the first byte of UTF-8, the others for bytes that come
 * behind it. In most code pages those are signs, and no word has them inside.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/legacy.h"
#include "core/base/mend.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct sign {
	uint32_t point;
	unsigned char byte;
};

/* Where it differs from Latin 1, by code point. */
static const struct sign windows_1252[] = {
	{ 0x0152, 0x8c },
	{ 0x0153, 0x9c },
	{ 0x0160, 0x8a },
	{ 0x0161, 0x9a },
	{ 0x0178, 0x9f },
	{ 0x017d, 0x8e },
	{ 0x017e, 0x9e },
	{ 0x0192, 0x83 },
	{ 0x02c6, 0x88 },
	{ 0x02dc, 0x98 },
	{ 0x2013, 0x96 },
	{ 0x2014, 0x97 },
	{ 0x2018, 0x91 },
	{ 0x2019, 0x92 },
	{ 0x201a, 0x82 },
	{ 0x201c, 0x93 },
	{ 0x201d, 0x94 },
	{ 0x201e, 0x84 },
	{ 0x2020, 0x86 },
	{ 0x2021, 0x87 },
	{ 0x2022, 0x95 },
	{ 0x2026, 0x85 },
	{ 0x2030, 0x89 },
	{ 0x2039, 0x8b },
	{ 0x203a, 0x9b },
	{ 0x20ac, 0x80 },
	{ 0x2122, 0x99 },
};

/* The letters of Vietnamese that 1258 has in the place of others. */
static const struct sign windows_1258[] = {
	{ 0x0102, 0xc3 },
	{ 0x0103, 0xe3 },
	{ 0x0110, 0xd0 },
	{ 0x0111, 0xf0 },
	{ 0x01a0, 0xd5 },
	{ 0x01a1, 0xf5 },
	{ 0x01af, 0xdd },
	{ 0x01b0, 0xfd },
	{ 0x0300, 0xcc },
	{ 0x0301, 0xec },
	{ 0x0303, 0xde },
	{ 0x0309, 0xd2 },
	{ 0x0323, 0xf2 },
	{ 0x20ab, 0xfe },
};

/* Turkish letters in the place of Icelandic ones. */
static const struct sign windows_1254[] = {
	{ 0x011e, 0xd0 },
	{ 0x011f, 0xf0 },
	{ 0x0130, 0xdd },
	{ 0x0131, 0xfd },
	{ 0x015e, 0xde },
	{ 0x015f, 0xfe },
};

/* Before the Russian letters, which stand in their order from 0xc0 on. */
static const struct sign windows_1251[] = {
	{ 0x0401, 0xa8 },
	{ 0x0402, 0x80 },
	{ 0x0403, 0x81 },
	{ 0x0404, 0xaa },
	{ 0x0405, 0xbd },
	{ 0x0406, 0xb2 },
	{ 0x0407, 0xaf },
	{ 0x0408, 0xa3 },
	{ 0x0409, 0x8a },
	{ 0x040a, 0x8c },
	{ 0x040b, 0x8e },
	{ 0x040c, 0x8d },
	{ 0x040e, 0xa1 },
	{ 0x040f, 0x8f },
	{ 0x0451, 0xb8 },
	{ 0x0452, 0x90 },
	{ 0x0453, 0x83 },
	{ 0x0454, 0xba },
	{ 0x0455, 0xbe },
	{ 0x0456, 0xb3 },
	{ 0x0457, 0xbf },
	{ 0x0458, 0xbc },
	{ 0x0459, 0x9a },
	{ 0x045a, 0x9c },
	{ 0x045b, 0x9e },
	{ 0x045c, 0x9d },
	{ 0x045e, 0xa2 },
	{ 0x045f, 0x9f },
	{ 0x0490, 0xa5 },
	{ 0x0491, 0xb4 },
	{ 0x2013, 0x96 },
	{ 0x2014, 0x97 },
	{ 0x2018, 0x91 },
	{ 0x2019, 0x92 },
	{ 0x201a, 0x82 },
	{ 0x201c, 0x93 },
	{ 0x201d, 0x94 },
	{ 0x201e, 0x84 },
	{ 0x2020, 0x86 },
	{ 0x2021, 0x87 },
	{ 0x2022, 0x95 },
	{ 0x2026, 0x85 },
	{ 0x2030, 0x89 },
	{ 0x2039, 0x8b },
	{ 0x203a, 0x9b },
	{ 0x20ac, 0x88 },
	{ 0x2116, 0xb9 },
	{ 0x2122, 0x99 },
};

static const struct code_page {
	const struct sign *own; /* before those of 1252 */
	size_t n;
	bool cyrillic; /* instead of them */
} code_pages[] = {
	{ NULL, 0, false },
	{ windows_1258, COUNT(windows_1258), false },
	{ windows_1254, COUNT(windows_1254), false },
	{ windows_1251, COUNT(windows_1251), true },
};

static int byte_listed(const struct sign *signs, size_t n, uint32_t point)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (signs[i].point == point)
			return signs[i].byte;
	}
	return -1;
}

/* The byte that the code page shows as this; -1 if none. Bytes that it does
   not have are shown as the controls of Latin 1. */
static int byte_of(uint32_t point, const struct code_page *page)
{
	int byte = byte_listed(page->own, page->n, point);

	if (byte >= 0)
		return byte;
	if (page->cyrillic && point >= 0x410 && point <= 0x44f)
		return (int)(point - 0x410 + 0xc0);
	if (page->cyrillic)
		return point < 0xc0 ? (int)point : -1;
	byte = byte_listed(windows_1252, COUNT(windows_1252), point);
	return byte < 0 && point < 0x100 ? (int)point : byte;
}

/* What stories are written in; anything else is met by chance. */
static bool is_usual(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} usual[] = {
		{ 0x00a0, 0x00a0 },
		{ 0x00a9, 0x00b0 },
		{ 0x00b7, 0x0180 },
		{ 0x018f, 0x018f },
		{ 0x01a0, 0x01a1 },
		{ 0x01af, 0x01b0 },
		{ 0x0259, 0x0259 },
		{ 0x0300, 0x0323 },
		{ 0x0400, 0x045f },
		{ 0x1ea0, 0x1ef9 },
		{ 0x200b, 0x200f },
		{ 0x2010, 0x2027 }, /* no ends of lines */
		{ 0x202f, 0x203a },
		{ 0x20a0, 0x20c0 },
		{ 0x2122, 0x2122 },
		{ 0x3000, 0x303f },
		{ 0x4e00, 0x9fff },
		{ 0xfeff, 0xfeff },
		{ 0xff01, 0xff5e },
	};
	size_t i;

	for (i = 0; i < COUNT(usual); i++) {
		if (point >= usual[i].first && point <= usual[i].last)
			return true;
	}
	return false;
}

static bool is_chinese(uint32_t point)
{
	return point >= 0x4e00 && point <= 0x9fff;
}

static bool is_cyrillic(uint32_t point)
{
	return point >= 0x400 && point <= 0x52f;
}

static size_t read_point(const char *text, size_t len, uint32_t *point)
{
	utf8proc_int32_t read = 0xfffd;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)(len < 4 ? len : 4), &read);

	*point = used > 0 ? (uint32_t)read : 0xfffd;
	return used > 0 ? (size_t)used : 1;
}

/* ---- one letter ---- */

struct letter {
	size_t used; /* bytes of the text */
	unsigned char bytes[4];
	size_t n; /* bytes of the letter */
	uint32_t point;
};

/* Whether the characters at `text` stand for the bytes of one letter. */
static bool letter_read(const char *text, size_t len,
    const struct code_page *page, struct letter *letter)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t n = 1;

	*letter = (struct letter){ 0 };
	for (; letter->n < (size_t)n; letter->n++) {
		uint32_t shown;
		size_t used =
		    read_point(text + letter->used, len - letter->used, &shown);
		int byte = letter->used < len ? byte_of(shown, page) : -1;

		if (byte < 0x80 || (letter->n == 0) != (byte >= 0xc2) ||
		    byte > 0xf4)
			return false;
		if (letter->n == 0)
			n = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
		letter->bytes[letter->n] = (unsigned char)byte;
		letter->used += used;
	}
	if (utf8proc_iterate(letter->bytes, n, &point) != n)
		return false;
	letter->point = (uint32_t)point;
	return true;
}

/* ---- a text ---- */

struct tally {
	size_t letters, others; /* characters of the page that make none */
	size_t unusual;
	size_t proofs;  /* what is no chance, weighed */
	size_t words;   /* letters of three bytes that prove, */
	uint32_t first; /* the first of them */
	bool differ;    /* and that there are two kinds of it */
	bool lost;      /* half a letter went before */
};

/*
 * What the letter proves. One "É™" may be the end of a brand; "Ã"
 * before a sign is no chance, nor is a sign before a letter of ASCII, as in
 * "dÄ©n", nor are three characters, but for those that French has at the end
 * of a quotation, "é »", which would be Chinese: that is proven by a
 * second one beside it.
 */
static void tally_add(struct tally *tally, const struct letter *letter,
    bool beside, bool within, const struct code_page *page)
{
	tally->letters++;
	tally->unusual += !is_usual(letter->point);
	if (letter->n == 2)
		tally->proofs +=
		    within || (letter->bytes[0] <= 0xc3 && !page->cyrillic) ? 2
									    : 1;
	if (letter->n == 2 || (is_chinese(letter->point) && !beside))
		return;
	tally->proofs += 2;
	if (tally->words++ == 0)
		tally->first = letter->point;
	tally->differ |= letter->point != tally->first;
}

/* A letter whose second half became a question mark cannot be had back. */
static bool is_lost(const char *text, size_t len, size_t used, uint32_t point)
{
	return point >= 0xc2 && point <= 0xc6 && used < len &&
	    (text[used] == '?' || text[used] == '\xef');
}

/* Whether the word goes on in ASCII behind the letter. */
static bool is_within(const char *text, size_t len, size_t used)
{
	return used < len && (text[used] | 0x20) >= 'a' &&
	    (text[used] | 0x20) <= 'z';
}

static struct tally tally_of(
    const char *text, size_t len, const struct code_page *page)
{
	struct tally tally = { 0 };
	struct letter letter;
	size_t at = 0, end = len + 1;
	uint32_t point;

	while (at < len) {
		size_t used = 1;

		if ((unsigned char)text[at] < 0x80) {
			at++;
			continue;
		}
		if (letter_read(text + at, len - at, page, &letter)) {
			tally_add(&tally, &letter, at == end,
			    is_within(text + at, len - at, letter.used), page);
			end = at += letter.used;
			continue;
		}
		used = read_point(text + at, len - at, &point);
		tally.lost |= is_lost(text + at, len - at, used, point);
		tally.others += !page->cyrillic || is_cyrillic(point);
		at += used;
	}
	return tally;
}

/* All of the text says so, or, of a part of it, more than one word. */
static bool is_proven(const struct tally *tally)
{
	if (tally->others == 0)
		return tally->proofs > 1;
	return tally->words > 1 && tally->differ && !tally->lost &&
	    tally->unusual == 0;
}

static char *read_again(struct arena *arena, const char *text, size_t len,
    const struct code_page *page, bool whole, size_t *mended)
{
	char *out = arena_alloc(arena, len + 1);
	struct letter letter;
	size_t at = 0;

	*mended = 0;
	while (at < len) {
		uint32_t point;
		size_t used = read_point(text + at, len - at, &point);

		if (used > 1 &&
		    letter_read(text + at, len - at, page, &letter) &&
		    (whole || !is_chinese(letter.point))) {
			memcpy(out + *mended, letter.bytes, letter.n);
			*mended += letter.n;
			at += letter.used;
			continue;
		}
		memcpy(out + *mended, text + at, used);
		*mended += used;
		at += used;
	}
	out[*mended] = '\0';
	return out;
}

/* What may be behind the first of a letter's characters. */
static bool is_behind(uint32_t point)
{
	return (point >= 0x80 && point < 0xc0) ||
	    (point >= 0x152 && point <= 0x192) ||
	    (point >= 0x2c6 && point <= 0x2dc) ||
	    (point >= 0x2013 && point <= 0x2122) ||
	    (point >= 0x401 && point <= 0x40f) ||
	    (point >= 0x451 && point <= 0x491);
}

/* Nearly all texts have no two characters side by side that could be it. */
static bool may_be(const char *text, size_t len)
{
	bool first = false;
	size_t at = 0;

	while (at < len) {
		uint32_t point;

		if ((unsigned char)text[at] < 0x80) {
			first = false;
			at++;
			continue;
		}
		at += read_point(text + at, len - at, &point);
		if (first && is_behind(point))
			return true;
		first = (point >= 0xc2 && point <= 0x1b0) ||
		    (point >= 0x300 && point <= 0x323) ||
		    (point >= 0x412 && point <= 0x444);
	}
	return false;
}

/* The page that explains most, and the first one of two; NULL if none does. */
static const struct code_page *page_find(
    const char *text, size_t len, struct tally *tally)
{
	const struct code_page *found = NULL;
	size_t i;

	if (!may_be(text, len))
		return NULL;
	for (i = 0; i < COUNT(code_pages); i++) {
		struct tally this = tally_of(text, len, &code_pages[i]);

		if (!is_proven(&this) ||
		    (found != NULL && this.others >= tally->others))
			continue;
		found = &code_pages[i];
		*tally = this;
	}
	return found;
}

static char *mend_once(struct arena *arena, const char *text, size_t len,
    size_t *mended, bool *usual)
{
	struct tally tally = { 0 };
	const struct code_page *page = page_find(text, len, &tally);

	if (page == NULL)
		return NULL;
	*usual = tally.unusual == 0;
	return read_again(arena, text, len, page, tally.others == 0, mended);
}

/* What was misread twice has unusual signs in between. */
static char *mend_mojibake(
    struct arena *arena, const char *text, size_t len, size_t *mended)
{
	char *found = NULL, *next;
	bool usual;

	while ((next = mend_once(arena, text, len, &len, &usual)) != NULL) {
		text = next;
		if (!usual)
			continue;
		found = next;
		*mended = len;
	}
	return found;
}

char *mend_text(
    struct arena *arena, const char *text, size_t len, size_t *mended)
{
	char *found = mend_mojibake(arena, text, len, mended);

	if (found == NULL)
		found = legacy_text(arena, text, len, false, mended);
	return found;
}
