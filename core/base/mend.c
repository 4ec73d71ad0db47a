/* Mojibake: UTF-8 that somebody took for Windows-1252 or 1258. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/mend.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct sign {
	uint32_t point;
	unsigned char byte;
};

/* Where the two differ from Latin 1, by code point. */
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
static int byte_of(uint32_t point, bool vietnamese)
{
	int byte = -1;

	if (vietnamese)
		byte = byte_listed(windows_1258, COUNT(windows_1258), point);
	if (byte < 0)
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
		{ 0x2010, 0x203a },
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

/* The bytes that the characters stand for; false if one stands for none. */
static bool read_bytes(const char *text, size_t len, bool vietnamese,
    unsigned char *bytes, size_t *n)
{
	utf8proc_int32_t point;
	size_t at = 0;

	*n = 0;
	while (at < len) {
		utf8proc_ssize_t used =
		    utf8proc_iterate((const utf8proc_uint8_t *)text + at,
			(utf8proc_ssize_t)(len - at), &point);
		int byte = -1;

		if (used > 0)
			byte = byte_of((uint32_t)point, vietnamese);
		if (byte < 0)
			return false;
		bytes[(*n)++] = (unsigned char)byte;
		at += (size_t)used;
	}
	return true;
}

/*
 * Whether these bytes are UTF-8 and say what is usual. One "É™" may be the end
 * of a brand; "Ã" before a sign, a longer sequence, or two are no chance.
 */
static bool is_proven(const unsigned char *bytes, size_t len)
{
	utf8proc_int32_t point;
	size_t at = 0, proofs = 0;

	while (at < len) {
		utf8proc_ssize_t used = utf8proc_iterate(
		    bytes + at, (utf8proc_ssize_t)(len - at), &point);

		if (used <= 0 || (used > 1 && !is_usual((uint32_t)point)))
			return false;
		if (used > 1)
			proofs += used > 2 || bytes[at] <= 0xc3 ? 2 : 1;
		at += (size_t)used;
	}
	return proofs > 1;
}

/* The first character that is not ASCII tells nearly always: in text that is
   all right it cannot be the first byte of another, or no more follow. */
static bool may_be(const char *text, size_t len)
{
	utf8proc_int32_t point;
	size_t at = 0;
	int byte;

	while (at < len && (unsigned char)text[at] < 0x80)
		at++;
	if (at == len ||
	    utf8proc_iterate((const utf8proc_uint8_t *)text + at,
		(utf8proc_ssize_t)(len - at), &point) <= 0)
		return false;
	byte = byte_of((uint32_t)point, true);
	return byte >= 0xc2 && byte <= 0xf4;
}

char *mend_text(
    struct arena *arena, const char *text, size_t len, size_t *mended)
{
	unsigned char *bytes;
	int vietnamese;

	if (!may_be(text, len))
		return NULL;
	bytes = arena_alloc(arena, len + 1);
	for (vietnamese = 0; vietnamese <= 1; vietnamese++) {
		if (!read_bytes(text, len, vietnamese, bytes, mended) ||
		    !is_proven(bytes, *mended))
			continue;
		bytes[*mended] = '\0';
		return (char *)bytes;
	}
	return NULL;
}
