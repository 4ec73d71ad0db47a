/* Latin words with Cyrillic letters in them, and Cyrillic ones with Latin. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/twins.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Those of the second kind are in no Russian word: there a Latin one is Latin,
   as the I of a numeral, unless letters around it can only be Cyrillic. */
static const struct twins {
	uint32_t cyrillic, latin;
	bool rare;
} twins[] = {
	{ 0x0405, 'S', true },
	{ 0x0406, 'I', true },
	{ 0x0408, 'J', true },
	{ 0x0410, 'A', false },
	{ 0x0412, 'B', false },
	{ 0x0415, 'E', false },
	{ 0x041a, 'K', false },
	{ 0x041c, 'M', false },
	{ 0x041d, 'H', false },
	{ 0x041e, 'O', false },
	{ 0x0420, 'P', false },
	{ 0x0421, 'C', false },
	{ 0x0422, 'T', false },
	{ 0x0423, 'Y', false },
	{ 0x0425, 'X', false },
	{ 0x0430, 'a', false },
	{ 0x0435, 'e', false },
	{ 0x043a, 'k', false },
	{ 0x043e, 'o', false },
	{ 0x0440, 'p', false },
	{ 0x0441, 'c', false },
	{ 0x0443, 'y', false },
	{ 0x0445, 'x', false },
	{ 0x0455, 's', true },
	{ 0x0456, 'i', true },
	{ 0x0458, 'j', true },
	{ 0x04aa, 0xc7, true },
	{ 0x04ab, 0xe7, true },
	{ 0x04bb, 'h', true },
	{ 0x04d8, 0x18f, true },
	{ 0x04d9, 0x259, true },
	{ 0x04e6, 0xd6, true },
	{ 0x04e7, 0xf6, true },
	{ 0x0501, 'd', true },
	{ 0x051b, 'q', true },
	{ 0x051d, 'w', true },
};

enum script { NEITHER, LATIN, CYRILLIC };

/* Letters of a word or text: of each script, and those nothing is like. */
struct tally {
	size_t latin, cyrillic;
	size_t only_latin, only_cyrillic;
};

static bool is_cyrillic(uint32_t point)
{
	return point >= 0x400 && point <= 0x52f &&
	    (point < 0x482 || point > 0x489);
}

static bool is_latin(uint32_t point)
{
	if (point < 0x80)
		return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	return (point >= 0xc0 && point < 0x2b0 && point != 0xd7 &&
		   point != 0xf7) ||
	    (point >= 0x1e00 && point < 0x1f00);
}

static bool is_mark(uint32_t point)
{
	return point >= 0x300 && point < 0x370;
}

/* The pair whose Cyrillic or Latin letter it is; NULL if nothing is like it. */
static const struct twins *twins_of(uint32_t point, enum script script)
{
	size_t i;

	for (i = 0; i < COUNT(twins); i++) {
		if ((script == LATIN ? twins[i].latin : twins[i].cyrillic) ==
		    point)
			return &twins[i];
	}
	return NULL;
}

static void tally_add(struct tally *tally, uint32_t point)
{
	const struct twins *pair;

	if (is_cyrillic(point)) {
		tally->cyrillic++;
		tally->only_cyrillic += twins_of(point, CYRILLIC) == NULL;
	} else if (is_latin(point)) {
		pair = twins_of(point, LATIN);
		tally->latin++;
		tally->only_latin += pair == NULL || pair->rare;
	}
}

/* Bytes of the word at `text`, 0 if none begins here. */
static size_t word_read(const char *text, struct tally *tally)
{
	size_t at = 0, used;

	*tally = (struct tally){ 0 };
	for (;; at += used) {
		uint32_t point = fold_next(text + at, &used);

		if (!is_latin(point) && !is_cyrillic(point) &&
		    (at == 0 || !is_mark(point)))
			return at;
		tally_add(tally, point);
	}
}

static bool is_small(uint32_t point)
{
	return utf8proc_category((utf8proc_int32_t)point) ==
	    UTF8PROC_CATEGORY_LL;
}

/* Whether the Latin letters of the word can be Cyrillic: each has a twin that
   is used in words of today, and they are no abbreviation with an ending. */
static bool may_be_cyrillic(const char *word, size_t len)
{
	static const char never[] = "SJsjhdqw";
	bool capital = false, abbreviation = false;
	size_t at, used;

	for (at = 0; at < len; at += used) {
		uint32_t point = fold_next(word + at, &used);
		bool latin = is_latin(point);

		if (latin && twins_of(point, LATIN) == NULL)
			return false;
		if (point < 0x80 && strchr(never, (int)point) != NULL)
			return false;
		if (abbreviation && !latin && is_small(point))
			return false;
		abbreviation |= capital && latin && !is_small(point);
		capital = latin && !is_small(point);
	}
	return true;
}

/* The script of a word that is written in both. */
static enum script script_of(const char *word, size_t len,
    const struct tally *tally, const struct tally *all)
{
	if (tally->only_cyrillic > 0)
		return may_be_cyrillic(word, len) ? CYRILLIC : NEITHER;
	if (tally->only_latin > 0)
		return LATIN;
	if (all->only_latin == all->only_cyrillic)
		return NEITHER;
	return all->only_latin > all->only_cyrillic ? LATIN : CYRILLIC;
}

static char *put_in(char *out, const char *word, size_t len, enum script script)
{
	enum script other = script == LATIN ? CYRILLIC : LATIN;
	size_t at, used;

	for (at = 0; at < len; at += used) {
		uint32_t point = fold_next(word + at, &used);
		const struct twins *pair = twins_of(point, other);

		if (pair != NULL)
			point = script == LATIN ? pair->latin : pair->cyrillic;
		out += utf8proc_encode_char(
		    (utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
	}
	return out;
}

/* The first bytes of Cyrillic letters. */
static bool has_cyrillic(const char *text)
{
	return strpbrk(text, "\xd0\xd1\xd2\xd3\xd4") != NULL;
}

/* What the whole text has, and whether any of its words is to be mended. */
static bool tally_all(const char *text, struct tally *all)
{
	bool mixed = false;
	size_t len, used;

	*all = (struct tally){ 0 };
	for (; *text != '\0'; text += len > 0 ? len : used) {
		struct tally word;

		len = word_read(text, &word);
		fold_next(text, &used);
		mixed |= word.latin > 0 && word.cyrillic > 0;
		all->latin += word.latin;
		all->cyrillic += word.cyrillic;
		all->only_latin += word.only_latin;
		all->only_cyrillic += word.only_cyrillic;
	}
	return mixed;
}

static enum script script_wanted(const char *word, size_t len,
    const struct tally *tally, const struct tally *all)
{
	if (tally->latin > 0 && tally->cyrillic > 0)
		return script_of(word, len, tally, all);
	if (tally->cyrillic > 0 && all->only_cyrillic == 0 &&
	    all->only_latin > 0)
		return LATIN;
	return NEITHER;
}

char *twins_mend(struct arena *arena, const char *text)
{
	struct tally all, word;
	char *mended, *out;
	bool changed = false;
	size_t len;

	if (!has_cyrillic(text) || !tally_all(text, &all))
		return NULL;
	/* A letter of one byte may become one of two. */
	mended = out = arena_alloc(arena, 2 * strlen(text) + 1);
	for (; *text != '\0'; text += len) {
		enum script script = NEITHER;

		len = word_read(text, &word);
		if (len > 0)
			script = script_wanted(text, len, &word, &all);
		else
			fold_next(text, &len);
		if (script != NEITHER) {
			out = put_in(out, text, len, script);
			changed = true;
			continue;
		}
		memcpy(out, text, len);
		out += len;
	}
	*out = '\0';
	return changed ? mended : NULL;
}
