/*
 * Where Vietnamese has its tone marks.
 *
 * In open syllables with oa, oe, uy the mark stands on the first vowel in the
 * old style ("hòa", "thủy") and on the second in the new one ("hoà", "thuỷ");
 * both are in use, often on one page, and they do not compare equal.
 */
#ifndef TONES_H
#define TONES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "extractors/letters.h"

enum {
	LETTERS = 6, /* of such a syllable at most: "nghoè" has five */
	TONES = 5    /* grave, acute, hook, tilde, dot */
};

/* Where the marks stand. */
enum style { UNKNOWN, KEEP, OLD, NEW };

/* A vowel with each of its marks. */
static const struct {
	uint32_t plain, toned[TONES];
} vowels[] = {
	{ 'a', { 0xe0, 0xe1, 0x1ea3, 0xe3, 0x1ea1 } },
	{ 'e', { 0xe8, 0xe9, 0x1ebb, 0x1ebd, 0x1eb9 } },
	{ 'o', { 0xf2, 0xf3, 0x1ecf, 0xf5, 0x1ecd } },
	{ 'u', { 0xf9, 0xfa, 0x1ee7, 0x169, 0x1ee5 } },
	{ 'y', { 0x1ef3, 0xfd, 0x1ef7, 0x1ef9, 0x1ef5 } },
	{ 'A', { 0xc0, 0xc1, 0x1ea2, 0xc3, 0x1ea0 } },
	{ 'E', { 0xc8, 0xc9, 0x1eba, 0x1ebc, 0x1eb8 } },
	{ 'O', { 0xd2, 0xd3, 0x1ece, 0xd5, 0x1ecc } },
	{ 'U', { 0xd9, 0xda, 0x1ee6, 0x168, 0x1ee4 } },
	{ 'Y', { 0x1ef2, 0xdd, 0x1ef6, 0x1ef8, 0x1ef4 } },
};

/* What a syllable can begin with; in "quý" the u is none of the vowels. */
static const char *const onsets[] = { "", "b", "c", "ch", "d", "đ", "g", "gh",
	"h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "r", "s",
	"t", "th", "tr", "v", "x" };

struct letter {
	uint32_t plain; /* without its tone */
	int tone;       /* 1 to TONES, 0 if it has none */
};

struct word {
	const char *text;
	size_t bytes;
	size_t n; /* letters; more than LETTERS: too long */
	uint32_t points[LETTERS];
};

/* ---- letters ---- */

/* All that is put is a letter of Vietnamese: three bytes at most. */
static char *put_point(char *out, uint32_t point)
{
	if (point < 0x80) {
		*out++ = (char)point;
	} else if (point < 0x800) {
		*out++ = (char)(0xc0 | point >> 6);
		*out++ = (char)(0x80 | (point & 0x3f));
	} else {
		*out++ = (char)(0xe0 | point >> 12);
		*out++ = (char)(0x80 | (point >> 6 & 0x3f));
		*out++ = (char)(0x80 | (point & 0x3f));
	}
	return out;
}

/* Letters, and the marks that may follow one. */
static int is_letter(uint32_t point)
{
	if (point < 0x80)
		return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	return point >= 0xc0 && point < 0x2000 && point != 0xd7 &&
	    point != 0xf7;
}

static uint32_t small(uint32_t point)
{
	if (point >= 'A' && point <= 'Z')
		return point + 32;
	return point == 0x110 ? 0x111 : point; /* Đ */
}

static struct letter letter_of(uint32_t point)
{
	struct letter letter = { .plain = point };
	size_t i;
	int tone;

	for (i = 0; point > 0x7f && i < sizeof(vowels) / sizeof(vowels[0]);
	     i++) {
		for (tone = 0; tone < TONES; tone++) {
			if (vowels[i].toned[tone] != point)
				continue;
			letter.plain = vowels[i].plain;
			letter.tone = tone + 1;
		}
	}
	return letter;
}

static uint32_t with_tone(uint32_t plain, int tone)
{
	size_t i;

	for (i = 0; tone > 0 && i < sizeof(vowels) / sizeof(vowels[0]); i++) {
		if (vowels[i].plain == plain)
			return vowels[i].toned[tone - 1];
	}
	return plain;
}

/* ---- words ---- */

static struct word word_at(const char *text)
{
	struct word word = { .text = text };
	size_t len;

	while (text[word.bytes] != '\0') {
		uint32_t point = point_at(text + word.bytes, &len);

		if (!is_letter(point))
			break;
		if (word.n < LETTERS)
			word.points[word.n] = point;
		word.n++;
		word.bytes += len;
	}
	return word;
}

static int is_onset(const uint32_t *points, size_t n)
{
	char onset[3 * LETTERS + 1], *end = onset;
	size_t i;

	for (i = 0; i < n; i++) {
		if (points[i] > 0x111)
			return 0;
		end = put_point(end, small(points[i]));
	}
	*end = '\0';
	for (i = 0; i < sizeof(onsets) / sizeof(onsets[0]); i++) {
		if (strcmp(onset, onsets[i]) == 0)
			return 1;
	}
	return 0;
}

static int is_pair(uint32_t first, uint32_t second)
{
	static const char pairs[][3] = { "oa", "oe", "uy" };
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (small(first) == (uint32_t)pairs[i][0] &&
		    small(second) == (uint32_t)pairs[i][1])
			return 1;
	}
	return 0;
}

/* Moves the mark to the vowel on which the style has it, if it is not there. */
static int word_restyle(struct word *word, enum style style)
{
	int from = style == OLD, to = !from;
	struct letter letters[2];
	uint32_t *last;

	if (word->n < 2 || word->n > LETTERS)
		return 0;
	last = &word->points[word->n - 2];
	letters[0] = letter_of(last[0]);
	letters[1] = letter_of(last[1]);
	if (letters[from].tone == 0 || letters[to].tone != 0 ||
	    !is_pair(letters[0].plain, letters[1].plain) ||
	    !is_onset(word->points, word->n - 2))
		return 0;
	last[to] = with_tone(letters[to].plain, letters[from].tone);
	last[from] = letters[from].plain;
	return 1;
}

/* ---- texts ---- */

/* Bytes that tones_move() may need: a mark that moves may make a letter longer
   by one byte. */
static inline size_t tones_room(const char *text)
{
	return strlen(text) * 3 / 2 + 1;
}

/* The text in that style to `out`; 0 if nothing had to be changed. */
static inline int tones_move(const char *text, char *out, enum style style)
{
	int changed = 0;
	size_t i, len;

	for (; *text != '\0'; text += len) {
		struct word word = word_at(text);

		len = word.bytes;
		if (word_restyle(&word, style)) {
			for (i = 0; i < word.n; i++)
				out = put_point(out, word.points[i]);
			changed = 1;
			continue;
		}
		if (len == 0)
			point_at(text, &len);
		memcpy(out, text, len);
		out += len;
	}
	*out = '\0';
	return changed;
}

#endif
