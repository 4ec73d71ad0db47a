/* Unicode: what text must look like inside, and how it is compared. */
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/mend.h"

/*
 * Marks on one letter. utf8proc sorts them by a method that takes the square
 * of their number, and no language writes more than a few.
 */
#define MARKS 30

/* Code points that one may decompose into: U+FDFA has 18. */
#define PIECES 24

/* Bytes of one that is folded, and its NUL: the longest of a piece has four. */
#define ASCII (4 * PIECES + 1)

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

/* What nobody sees: zero-width, bidi, soft hyphen, invisible operators, tags.
 */
static bool is_invisible(uint32_t point)
{
	static const struct range invisible[] = {
		{ 0x00ad, 0x00ad },
		{ 0x061c, 0x061c },
		{ 0x180e, 0x180e },
		{ 0x200b, 0x200f },
		{ 0x202a, 0x202e },
		{ 0x2060, 0x206f },
		{ 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f },
	};

	return IN(invisible, point);
}

static bool is_space(uint32_t point)
{
	static const struct range spaces[] = {
		{ 0x00a0, 0x00a0 },
		{ 0x1680, 0x1680 },
		{ 0x2000, 0x200a },
		{ 0x202f, 0x202f },
		{ 0x205f, 0x205f },
		{ 0x3000, 0x3000 },
	};

	return IN(spaces, point);
}

/* Code points that NFC never changes and that join with nothing before them:
   what nearly all text consists of. */
static bool is_stable(uint32_t point)
{
	static const struct range stable[] = {
		{ 0x0000, 0x02ff },
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

	return IN(stable, point);
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

static uint32_t read_point(const char *text, size_t len, size_t *used)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t got;

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
	return out +
	    utf8proc_encode_char(
		(utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
}

bool fold_is_ascii(const char *text)
{
	if (text == NULL)
		return true;
	while (*text != '\0' && (unsigned char)*text < 0x80)
		text++;
	return *text == '\0';
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
	return is_invisible(point) ? 0 : point;
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

/* Of U+FFFD, three bytes stand where the wrong byte was one. */
static size_t clean_size(const char *text, size_t len)
{
	size_t at, used, size = len;

	for (at = 0; at < len; at += used) {
		read_point(text + at, len - at, &used);
		if (used == 1 && (unsigned char)text[at] >= 0x80)
			size += 2;
	}
	return size;
}

char *fold_clean(struct arena *arena, const char *text, size_t len)
{
	size_t mended_len;
	char *mended = mend_text(arena, text, len, &mended_len);
	char *clean, *out;
	size_t at, used, marks = 0;
	bool stable = true;

	if (mended != NULL) {
		text = mended;
		len = mended_len;
	}
	clean = out = arena_alloc(arena, clean_size(text, len) + 1);
	for (at = 0; at < len; at += used) {
		uint32_t point = read_point(text + at, len - at, &used);

		point = clean_point(
		    point, at + used < len ? text[at + used] : '\0');
		if (point == 0)
			continue;
		stable &= is_stable(point);
		marks = !is_stable(point) && is_mark(point) ? marks + 1 : 0;
		if (marks <= MARKS)
			out = put_point(out, point);
	}
	if (stable)
		return clean;
	return compose(arena, clean, (size_t)(out - clean));
}

/* ---- fold_ascii ---- */

struct fold {
	uint32_t point;
	const char *ascii;
};

/* What no decomposition tells, in the order of the code points. */
static const struct fold folds[] = {
	{ 0x00a2, "c" },
	{ 0x00a3, "GBP" },
	{ 0x00a5, "YEN" },
	{ 0x00a7, "S" },
	{ 0x00a9, "(c)" },
	{ 0x00ab, "\"" },
	{ 0x00ae, "(R)" },
	{ 0x00b0, "deg" },
	{ 0x00b1, "+-" },
	{ 0x00b2, "2" },
	{ 0x00b3, "3" },
	{ 0x00b4, "'" },
	{ 0x00b5, "u" },
	{ 0x00b7, "-" },
	{ 0x00b9, "1" },
	{ 0x00bb, "\"" },
	{ 0x00bc, "1/4" },
	{ 0x00bd, "1/2" },
	{ 0x00be, "3/4" },
	{ 0x00c6, "AE" }, /* Æ */
	{ 0x00d0, "D" },  /* Ð */
	{ 0x00d7, "x" },  /* × */
	{ 0x00d8, "O" },  /* Ø */
	{ 0x00de, "Th" }, /* Þ */
	{ 0x00df, "ss" }, /* ß */
	{ 0x00e6, "ae" }, /* æ */
	{ 0x00f0, "d" },  /* ð */
	{ 0x00f7, "/" },  /* ÷ */
	{ 0x00f8, "o" },  /* ø */
	{ 0x00fe, "th" }, /* þ */
	{ 0x0110, "D" },  /* Đ */
	{ 0x0111, "d" },  /* đ */
	{ 0x0126, "H" },  /* Ħ */
	{ 0x0127, "h" },  /* ħ */
	{ 0x0131, "i" },  /* ı */
	{ 0x0138, "k" },  /* ĸ */
	{ 0x013f, "L" },  /* Ŀ */
	{ 0x0140, "l" },  /* ŀ */
	{ 0x0141, "L" },  /* Ł */
	{ 0x0142, "l" },  /* ł */
	{ 0x0149, "'n" }, /* ŉ */
	{ 0x014a, "NG" }, /* Ŋ */
	{ 0x014b, "ng" }, /* ŋ */
	{ 0x0152, "OE" }, /* Œ */
	{ 0x0153, "oe" }, /* œ */
	{ 0x0166, "T" },  /* Ŧ */
	{ 0x0167, "t" },  /* ŧ */
	{ 0x017f, "s" },  /* ſ */
	{ 0x0180, "b" },
	{ 0x0181, "B" },
	{ 0x0182, "B" },
	{ 0x0183, "b" },
	{ 0x0186, "O" },
	{ 0x0187, "C" },
	{ 0x0188, "c" },
	{ 0x0189, "D" },
	{ 0x018a, "D" },
	{ 0x018b, "D" },
	{ 0x018c, "d" },
	{ 0x018e, "E" },
	{ 0x018f, "E" }, /* Ə */
	{ 0x0190, "E" },
	{ 0x0191, "F" },
	{ 0x0192, "f" },
	{ 0x0193, "G" },
	{ 0x0194, "G" },
	{ 0x0195, "hv" },
	{ 0x0196, "I" },
	{ 0x0197, "I" },
	{ 0x0198, "K" },
	{ 0x0199, "k" },
	{ 0x019a, "l" },
	{ 0x019d, "N" },
	{ 0x019e, "n" },
	{ 0x019f, "O" },
	{ 0x01a4, "P" },
	{ 0x01a5, "p" },
	{ 0x01ab, "t" },
	{ 0x01ac, "T" },
	{ 0x01ad, "t" },
	{ 0x01ae, "T" },
	{ 0x01b2, "V" },
	{ 0x01b3, "Y" },
	{ 0x01b4, "y" },
	{ 0x01b5, "Z" },
	{ 0x01b6, "z" },
	{ 0x01b7, "Z" },
	{ 0x01dd, "e" }, /* ǝ, often meant as ə */
	{ 0x01e4, "G" },
	{ 0x01e5, "g" },
	{ 0x0221, "d" },
	{ 0x0224, "Z" },
	{ 0x0225, "z" },
	{ 0x0237, "j" },
	{ 0x023a, "A" },
	{ 0x023b, "C" },
	{ 0x023c, "c" },
	{ 0x023d, "L" },
	{ 0x023e, "T" },
	{ 0x0243, "B" },
	{ 0x0244, "U" },
	{ 0x0246, "E" },
	{ 0x0247, "e" },
	{ 0x0248, "J" },
	{ 0x0249, "j" },
	{ 0x024c, "R" },
	{ 0x024d, "r" },
	{ 0x024e, "Y" },
	{ 0x024f, "y" },
	{ 0x0253, "b" },
	{ 0x0254, "o" },
	{ 0x0256, "d" },
	{ 0x0257, "d" },
	{ 0x0259, "e" }, /* ə */
	{ 0x025b, "e" },
	{ 0x0260, "g" },
	{ 0x0261, "g" },
	{ 0x0268, "i" },
	{ 0x0269, "i" },
	{ 0x026b, "l" },
	{ 0x0272, "n" },
	{ 0x0275, "o" },
	{ 0x0289, "u" },
	{ 0x028b, "v" },
	{ 0x0292, "z" },
	{ 0x02b9, "'" },
	{ 0x02ba, "\"" },
	{ 0x02bb, "'" },
	{ 0x02bc, "'" },
	{ 0x02bd, "'" },
	{ 0x02be, "'" },
	{ 0x02bf, "'" },
	{ 0x02c8, "'" },
	{ 0x02dc, "~" },
	{ 0x0e3f, "THB" },
	{ 0x1e9e, "SS" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "--" },
	{ 0x2015, "--" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201a, "'" },
	{ 0x201b, "'" },
	{ 0x201c, "\"" },
	{ 0x201d, "\"" },
	{ 0x201e, "\"" },
	{ 0x201f, "\"" },
	{ 0x2020, "+" },
	{ 0x2022, "*" },
	{ 0x2023, "*" },
	{ 0x2024, "." },
	{ 0x2025, ".." },
	{ 0x2026, "..." },
	{ 0x2027, "-" },
	{ 0x2030, "o/oo" },
	{ 0x2032, "'" },
	{ 0x2033, "\"" },
	{ 0x2039, "'" },
	{ 0x203a, "'" },
	{ 0x2043, "-" },
	{ 0x2044, "/" },
	{ 0x2080, "0" },
	{ 0x2081, "1" },
	{ 0x2082, "2" }, /* CO₂ */
	{ 0x2083, "3" },
	{ 0x2084, "4" },
	{ 0x20a9, "KRW" },
	{ 0x20aa, "ILS" },
	{ 0x20ab, "VND" }, /* ₫ */
	{ 0x20ac, "EUR" },
	{ 0x20ad, "LAK" },
	{ 0x20ae, "MNT" },
	{ 0x20b1, "PHP" },
	{ 0x20b4, "UAH" },
	{ 0x20b8, "KZT" },
	{ 0x20b9, "INR" },
	{ 0x20ba, "TRY" },
	{ 0x20bc, "AZN" }, /* ₼ */
	{ 0x20bd, "RUB" }, /* ₽ */
	{ 0x20be, "GEL" },
	{ 0x2103, "degC" },
	{ 0x2109, "degF" },
	{ 0x2116, "No." },
	{ 0x2122, "(TM)" },
	{ 0x2126, "Ohm" },
	{ 0x2190, "<-" },
	{ 0x2192, "->" },
	{ 0x2212, "-" },
	{ 0x2215, "/" },
	{ 0x2248, "~" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x25a0, "*" },
	{ 0x25aa, "*" },
	{ 0x25cf, "*" },
	{ 0x25e6, "*" },
	{ 0x2c60, "L" },
	{ 0x2c61, "l" },
	{ 0x2c65, "a" },
	{ 0x2c66, "t" },
};

static const char *fold_listed(uint32_t point)
{
	size_t low = 0, high = sizeof(folds) / sizeof(folds[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (folds[middle].point < point)
			low = middle + 1;
		else if (folds[middle].point > point)
			high = middle;
		else
			return folds[middle].ascii;
	}
	return NULL;
}

/* Ligatures of ligatures: "ǽ" is æ and a mark, and æ is ae. */
static size_t put_string(char *out, size_t len, const char *string)
{
	while (*string != '\0')
		out[len++] = *string++;
	return len;
}

/*
 * A letter without its marks, where that is ASCII: "ế" e, "ﬁ" fi, "Ａ" A. What
 * it decomposes into is written to `ascii`, which has ASCII bytes.
 */
static const char *fold_decomposed(uint32_t point, char *ascii)
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
	utf8proc_int32_t pieces[PIECES];
	utf8proc_ssize_t n, i;
	size_t len = 0;
	int boundary = 0;

	if (!is_letter(point) && !(point >= 0xff10 && point <= 0xff19))
		return NULL;
	n = utf8proc_decompose_char(
	    (utf8proc_int32_t)point, pieces, PIECES, how, &boundary);
	if (n < 1 || n > PIECES || is_mark((uint32_t)pieces[0]))
		return NULL;
	for (i = 0; i < n; i++) {
		uint32_t piece = (uint32_t)pieces[i];
		const char *listed = fold_listed(piece);

		if (piece < 0x80)
			ascii[len++] = (char)piece;
		else if (listed != NULL)
			len = put_string(ascii, len, listed);
		else if (!is_mark(piece))
			return NULL;
	}
	ascii[len] = '\0';
	return ascii;
}

/* In ASCII, or NULL where it stays as it is. */
static const char *fold_point(uint32_t point, char *ascii)
{
	const char *listed = fold_listed(point);

	return listed != NULL ? listed : fold_decomposed(point, ascii);
}

/* Marks that stand alone are of the letter before them. */
static bool is_mark_of(uint32_t point, bool latin)
{
	return latin && point >= 0x0300 && point <= 0x036f;
}

static bool is_ascii_letter(uint32_t point)
{
	return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

/* Bytes that fold_ascii() may need; `out` NULL counts them only. */
static size_t fold_into(const char *text, char *out)
{
	char ascii[ASCII];
	bool latin = false;
	size_t used, size = 0, len;

	for (; *text != '\0'; text += used) {
		uint32_t point = fold_next(text, &used);
		const char *folded =
		    point < 0x80 ? NULL : fold_point(point, ascii);

		if (folded == NULL && is_mark_of(point, latin))
			continue;
		latin = folded != NULL || is_ascii_letter(point);
		if (folded == NULL)
			folded = text;
		len = folded == text ? used : strlen(folded);
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
	char ascii[ASCII];
	size_t used, at = 0, len = 0, more;

	for (;; at += used) {
		uint32_t point = fold_next(text + at, &used);
		const char *folded = NULL;

		if (point < 0x80 ? !is_ascii_letter(point) : !is_letter(point))
			break;
		if (point >= 0x80)
			folded = fold_point(point, ascii);
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
