/* Unicode: what text must look like inside, and how it is compared. */
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/ascii.h"
#include "core/base/fold.h"
#include "core/base/mend.h"
#include "core/base/twins.h"

/*
 * Marks on one letter. utf8proc sorts them by a method that takes the square
 * of their number, and no language writes more than a few.
 */
#define MARKS 30

/* Times that a folded text is folded anew: by chance it takes two. */
#define TURNS 8

struct range {
	uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t n, uint32_t point)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (point > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && point >= ranges[low].first;
}

#define IN(ranges, point) \
	is_in(ranges, sizeof(ranges) / sizeof((ranges)[0]), point)

/*
 * What nobody sees: zero-width, soft hyphen, invisible operators, fillers,
 * selectors of a variant, tags. The marks of writing direction are among them,
 * in Arabic and Hebrew, too: the letters themselves tell where they go, and of
 * a text that is cut or quoted they would turn what comes after it.
 */
static bool is_invisible(uint32_t point)
{
	static const struct range invisible[] = {
		{ 0x00ad, 0x00ad },
		{ 0x034f, 0x034f },
		{ 0x061c, 0x061c },
		{ 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f },
		{ 0x200b, 0x200f },
		{ 0x202a, 0x202e },
		{ 0x2060, 0x206f },
		{ 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff },
		{ 0xfff0, 0xfffc },
		{ 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a },
		{ 0xe0000, 0xe0fff },
	};

	return IN(invisible, point);
}

/* What Unicode promises never to be a character. */
static bool is_nothing(uint32_t point)
{
	return (point & 0xfffe) == 0xfffe ||
	    (point >= 0xfdd0 && point <= 0xfdef);
}

static bool is_space(uint32_t point)
{
	static const struct range spaces[] = {
		{ 0x00a0, 0x00a0 },
		{ 0x115f, 0x1160 },
		{ 0x1680, 0x1680 },
		{ 0x2000, 0x200a },
		{ 0x202f, 0x202f },
		{ 0x205f, 0x205f },
		{ 0x2800, 0x2800 },
		{ 0x3000, 0x3000 },
		{ 0x3164, 0x3164 },
		{ 0xffa0, 0xffa0 },
	};

	return IN(spaces, point);
}

/* Code points that NFC never changes and that join with nothing before them:
   what nearly all text consists of. */
static bool is_stable(uint32_t point)
{
	static const struct range stable[] = {
		{ 0x0391, 0x03a1 },
		{ 0x03a3, 0x03ce },
		{ 0x0400, 0x0482 },
		{ 0x048a, 0x052f },
		{ 0x1e00, 0x1eff },
		{ 0x2010, 0x2027 },
		{ 0x2030, 0x205e },
		{ 0x20a0, 0x20c0 },
		{ 0x2500, 0x27bf },
		{ 0x3001, 0x3029 },
		{ 0x3041, 0x3096 },
		{ 0x30a1, 0x30ff },
		{ 0x3400, 0x4dbf },
		{ 0x4e00, 0x9fff },
		{ 0xac00, 0xd7a3 },
		{ 0xff01, 0xff9d },
		{ 0xfffd, 0xfffd },
	};

	return point < 0x300 || IN(stable, point);
}

static int category(uint32_t point)
{
	return utf8proc_category((utf8proc_int32_t)point);
}

static bool is_mark(uint32_t point)
{
	int kind = category(point);

	return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME ||
	    kind == UTF8PROC_CATEGORY_MC;
}

static bool is_letter(uint32_t point)
{
	int kind = category(point);

	return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
	    is_mark(point);
}

static bool is_digit(uint32_t point)
{
	int kind = category(point);

	return kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
}

/* Two bytes, or three that can be no surrogate and have no shorter form, are
   nearly all that is not ASCII; utf8proc takes its time. */
static uint32_t read_point(const char *text, size_t len, size_t *used)
{
	const unsigned char *bytes = (const unsigned char *)text;
	utf8proc_int32_t point;
	utf8proc_ssize_t got;

	if (len > 1 && bytes[0] >= 0xc2 && bytes[0] < 0xe0 &&
	    bytes[1] >> 6 == 2) {
		*used = 2;
		return (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
	}
	if (len > 2 && bytes[0] > 0xe0 && bytes[0] < 0xed &&
	    bytes[1] >> 6 == 2 && bytes[2] >> 6 == 2) {
		*used = 3;
		return (bytes[0] & 0xfu) << 12 | (bytes[1] & 0x3fu) << 6 |
		    (bytes[2] & 0x3fu);
	}
	got = utf8proc_iterate((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)(len < 4 ? len : 4), &point);
	if (got <= 0) {
		*used = 1;
		return 0xfffd;
	}
	*used = (size_t)got;
	return (uint32_t)point;
}

uint32_t fold_next(const char *text, size_t *len)
{
	unsigned char first = (unsigned char)*text;

	if (first < 0x80) {
		*len = first != 0;
		return first;
	}
	/* A NUL is no byte of a longer character: reading stops before it. */
	return read_point(text, 4, len);
}

static char *put_point(char *out, uint32_t point)
{
	if (point < 0x80) {
		*out = (char)point;
		return out + 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return out + 2;
	}
	return out +
	    utf8proc_encode_char(
		(utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
}

static size_t ascii_run(const char *text)
{
	size_t len = 0;

	while (text[len] != '\0' && (unsigned char)text[len] < 0x80)
		len++;
	return len;
}

bool fold_is_ascii(const char *text)
{
	return text == NULL || text[ascii_run(text)] == '\0';
}

/* ---- fold_clean ---- */

/*
 * What becomes of a character: itself, a space, a line end, or nothing (0). The
 * return of a CR LF goes, one alone is a line end.
 */
static uint32_t clean_point(uint32_t point, char next)
{
	if (point == '\r')
		return next == '\n' ? 0 : '\n';
	if (point == 0x2028 || point == 0x2029)
		return '\n';
	if (point == '\t' || point == '\v' || point == '\f' || is_space(point))
		return ' ';
	if ((point < 0x20 && point != '\n') || (point >= 0x7f && point < 0xa0))
		return 0;
	return is_invisible(point) || is_nothing(point) ? 0 : point;
}

/*
 * NFC by way of UTF-32. The text has no byte that is not UTF-8, and not more
 * than MARKS marks in a row.
 */
static char *compose(struct arena *arena, const char *text, size_t len)
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t size = (utf8proc_ssize_t)len, count;
	utf8proc_int32_t *points;

	count = utf8proc_decompose(bytes, size, NULL, 0, how);
	if (count < 0)
		return arena_copy(arena, text, len);
	points = arena_alloc(arena, ((size_t)count + 1) * sizeof(*points));
	utf8proc_decompose(bytes, size, points, count, how);

	/* Written over the points: no character is longer than four bytes. */
	count = utf8proc_reencode(points, count, how);
	if (count < 0)
		return arena_copy(arena, text, len);
	return (char *)points;
}

/* Bytes at the beginning that stay as they are: nearly all of most texts. */
static size_t clean_run(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len &&
	    ((text[at] >= ' ' && text[at] < 0x7f) || text[at] == '\n'))
		at++;
	return at;
}

/* Of U+FFFD, three bytes stand where the wrong byte was one. */
static size_t clean_size(const char *text, size_t len)
{
	size_t at, used, size = len;

	for (at = 0; at < len; at += used) {
		used = clean_run(text + at, len - at);
		if (used > 0)
			continue;
		read_point(text + at, len - at, &used);
		if (used == 1 && (unsigned char)text[at] >= 0x80)
			size += 2;
	}
	return size;
}

struct cleaning {
	char *out;
	size_t marks; /* in a row */
	bool stable;
};

/* The character at `text`; returns its bytes. */
static size_t clean_one(struct cleaning *into, const char *text, size_t len)
{
	size_t used;
	uint32_t point = read_point(text, len, &used);

	if (point < 0xc0 || !is_stable(point))
		point = clean_point(point, used < len ? text[used] : '\0');
	if (point == 0)
		return used;
	if (is_stable(point)) {
		into->marks = 0;
	} else {
		into->stable = false;
		into->marks = is_mark(point) ? into->marks + 1 : 0;
	}
	if (into->marks <= MARKS)
		into->out = put_point(into->out, point);
	return used;
}

static char *clean(struct arena *arena, const char *text, size_t len)
{
	char *cleaned = arena_alloc(arena, clean_size(text, len) + 1);
	struct cleaning into = { cleaned, 0, true };
	size_t at, used;

	for (at = 0; at < len; at += used) {
		used = clean_run(text + at, len - at);
		if (used == 0) {
			used = clean_one(&into, text + at, len - at);
			continue;
		}
		memcpy(into.out, text + at, used);
		into.out += used;
		into.marks = 0;
	}
	if (into.stable)
		return cleaned;
	return compose(arena, cleaned, (size_t)(into.out - cleaned));
}

/* Words of two scripts in one. Where that has changed something, what stood
   beside a letter may join with its twin, and other words have an example. */
static char *untwinned(struct arena *arena, char *cleaned)
{
	char *mended;

	while ((mended = twins_mend(arena, cleaned)) != NULL)
		cleaned = clean(arena, mended, strlen(mended));
	return cleaned;
}

/* What was between its characters may have kept a text from being mended. Each
   turn leaves fewer characters that could be. */
char *fold_clean(struct arena *arena, const char *text, size_t len)
{
	char *mended = mend_text(arena, text, len, &len), *cleaned;

	do {
		if (mended != NULL)
			text = mended;
		cleaned = untwinned(arena, clean(arena, text, len));
		mended = mend_text(arena, cleaned, strlen(cleaned), &len);
	} while (mended != NULL);
	return cleaned;
}

/* ---- fold_ascii ---- */

/* Marks that stand alone are of the letter before them. */
static bool is_mark_of(uint32_t point, bool latin)
{
	static const struct range marks[] = {
		{ 0x0300, 0x036f },
		{ 0x1ab0, 0x1aff },
		{ 0x1dc0, 0x1dff },
		{ 0x20d0, 0x20f0 },
		{ 0xfe20, 0xfe2f },
	};

	return latin && IN(marks, point);
}

static bool is_ascii_letter(uint32_t point)
{
	return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

/* Bytes that fold_ascii() may need; `out` NULL counts them only. */
static size_t fold_into(const char *text, char *out)
{
	char ascii[ASCII_SIZE];
	bool latin = false;
	size_t used, size = 0, len;

	for (; *text != '\0'; text += used) {
		const char *folded = ascii;
		uint32_t point;

		used = ascii_run(text);
		if (used > 0) {
			latin = is_ascii_letter((unsigned char)text[used - 1]);
			if (out != NULL)
				memcpy(out + size, text, used);
			size += used;
			continue;
		}
		point = fold_next(text, &used);
		len = ascii_of(point, ascii);
		if (len == 0 && is_mark_of(point, latin))
			continue;
		latin = len > 0 || (latin && is_mark(point));
		if (len == 0) {
			folded = text;
			len = used;
		}
		if (out != NULL)
			memcpy(out + size, folded, len);
		size += len;
	}
	return size;
}

char *fold_ascii(struct arena *arena, const char *text)
{
	char *folded;

	if (text == NULL)
		return NULL;
	if (fold_is_ascii(text))
		return arena_dup(arena, text);
	folded = arena_alloc(arena, fold_into(text, NULL) + 1);
	fold_into(text, folded);
	return folded;
}

/* What was between the characters of one script may have been letters of
   another. */
char *fold_text(struct arena *arena, const char *text, size_t len)
{
	char *folded = fold_ascii(arena, fold_clean(arena, text, len)), *again;
	int turns = 0;

	while (!fold_is_ascii(folded) && turns++ < TURNS) {
		again = fold_ascii(
		    arena, fold_clean(arena, folded, strlen(folded)));
		if (strcmp(again, folded) == 0)
			break;
		folded = again;
	}
	return folded;
}

/* ---- fold_key ---- */

static uint32_t lower(uint32_t point)
{
	if (point < 0x80)
		return point >= 'A' && point <= 'Z' ? point + 32 : point;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

static bool is_key(uint32_t point)
{
	if (point < 0x80)
		return is_ascii_letter(point) || (point >= '0' && point <= '9');
	return is_letter(point) || is_digit(point);
}

char *fold_key(struct arena *arena, const char *text)
{
	char *key, *out;
	bool gap = false;
	size_t used;

	if (text == NULL)
		return NULL;
	text = fold_ascii(arena, text);
	/* Few letters get longer in lower case, and none by half. */
	key = out = arena_alloc(arena, strlen(text) * 3 / 2 + 1);
	for (; *text != '\0'; text += used) {
		uint32_t point = fold_next(text, &used);

		if (!is_key(point)) {
			gap = out != key;
			continue;
		}
		if (gap)
			*out++ = ' ';
		gap = false;
		out = put_point(out, lower(point));
	}
	return key;
}

size_t fold_word(const char *text, char *key, size_t size)
{
	char ascii[ASCII_SIZE];
	size_t used, at = 0, len = 0, more;

	for (;; at += used) {
		uint32_t point = fold_next(text + at, &used);
		const char *folded = NULL;

		if (point < 0x80 ? !is_ascii_letter(point) : !is_letter(point))
			break;
		if (point >= 0x80 && ascii_of(point, ascii) > 0)
			folded = ascii;
		if (folded == NULL && is_mark_of(point, len > 0))
			continue;

		/* In lower case no letter grows by more than a byte. */
		more = folded != NULL ? strlen(folded) : used + 1;
		if (len + more + 1 > size)
			return 0;
		if (folded == NULL)
			len =
			    (size_t)(put_point(key + len, lower(point)) - key);
		for (; folded != NULL && *folded != '\0'; folded++)
			key[len++] = (char)lower((unsigned char)*folded);
	}
	key[len] = '\0';
	return at;
}
