/*
 * Syllables of Vietnamese.
 *
 * One is an onset, a rime and a tone, and spelling knows few of each: words of
 * other languages, and bytes that mean something else, are hardly ever made of
 * them. So a text whose words all are is Vietnamese.
 */
#include <string.h>

#include "core/base/syllable.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Bytes of a letter, and of a part with a space around it and a NUL. */
#define BYTES 3
#define PART (BYTES * SYLLABLE_MOST + 3)

/* A vowel with each of its tones. */
static const uint32_t vowels[][6] = {
	{ 'a', 0xe0, 0xe1, 0x1ea3, 0xe3, 0x1ea1 },
	{ 0x103, 0x1eb1, 0x1eaf, 0x1eb3, 0x1eb5, 0x1eb7 },
	{ 0xe2, 0x1ea7, 0x1ea5, 0x1ea9, 0x1eab, 0x1ead },
	{ 'e', 0xe8, 0xe9, 0x1ebb, 0x1ebd, 0x1eb9 },
	{ 0xea, 0x1ec1, 0x1ebf, 0x1ec3, 0x1ec5, 0x1ec7 },
	{ 'i', 0xec, 0xed, 0x1ec9, 0x129, 0x1ecb },
	{ 'o', 0xf2, 0xf3, 0x1ecf, 0xf5, 0x1ecd },
	{ 0xf4, 0x1ed3, 0x1ed1, 0x1ed5, 0x1ed7, 0x1ed9 },
	{ 0x1a1, 0x1edd, 0x1edb, 0x1edf, 0x1ee1, 0x1ee3 },
	{ 'u', 0xf9, 0xfa, 0x1ee7, 0x169, 0x1ee5 },
	{ 0x1b0, 0x1eeb, 0x1ee9, 0x1eed, 0x1eef, 0x1ef1 },
	{ 'y', 0x1ef3, 0xfd, 0x1ef7, 0x1ef9, 0x1ef5 },
};

/*
 * What a syllable begins with, and the vowels before which it is written so,
 * the longest first: "qu" and "gi" have the letter behind them in themselves.
 */
static const struct {
	const char *onset, *before;
} onsets[] = {
	{ "ngh", " e ê i " },
	{ "ng", " a ă â o ô ơ u ư " },
	{ "nh", NULL },
	{ "ch", NULL },
	{ "gh", " e ê i " },
	{ "gi", " a ă â e ê o ô ơ u ư " },
	{ "kh", NULL },
	{ "ph", NULL },
	{ "qu", " a ă â e ê i o ô ơ y " },
	{ "th", NULL },
	{ "tr", NULL },
	{ "b", NULL },
	{ "c", " a ă â o ô ơ u ư " },
	{ "d", NULL },
	{ "đ", NULL },
	{ "g", " a ă â i o ô ơ u ư " },
	{ "h", NULL },
	{ "k", " e ê i y " },
	{ "l", NULL },
	{ "m", NULL },
	{ "n", NULL },
	{ "p", NULL },
	{ "r", NULL },
	{ "s", NULL },
	{ "t", NULL },
	{ "v", NULL },
	{ "x", NULL },
	{ "", NULL },
};

static const char open_rimes[] =
    " a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê "
    "êm ên êng ênh êu i ia iêm iên iêng iêu im in inh iu o oa oai oam oan oang "
    "oanh oao oay oăm oăn oăng oe oen oeo oi om on ong oong ô ôi ôm ôn ông "
    "ôông ơ ơi ơm ơn u ua uân uâng uây uê uên uênh ui um un ung uơ uôi uôm uôn "
    "uông uy uya uyên uyn uynh uyu ư ưa ưi ưm ưng ươi ươm ươn ương ươu ưu y "
    "yêm yên yêng yêu ynh ";

/* Those that end in c, ch, p or t have an acute or a dot, no other tone. */
static const char stopped_rimes[] =
    " ac ach ap at ăc ăp ăt âc âp ât ec ep et êc êch êp êt ich iêc iêp iêt ip "
    "it oac oach oap oat oăc oăt oc oet ooc op ot ôc ôp ôt ơp ơt uâc uât uc "
    "uêch uêt uôc uôt up ut uych uyêt uyp uyt ưc ươc ươp ươt ưt yêt yt ych ";

uint32_t syllable_lower(uint32_t point)
{
	if ((point >= 'A' && point <= 'Z') || (point >= 0xc0 && point <= 0xdd))
		return point + 32;
	if (point == 0x1af)
		return 0x1b0;
	if ((point >= 0x100 && point < 0x130) || point == 0x168 ||
	    (point >= 0x1ea0 && point <= 0x1ef9))
		return point | 1;
	return point == 0x1a0 ? 0x1a1 : point;
}

static uint32_t plain_of(uint32_t point, int *tone)
{
	size_t i;

	for (i = 0; point >= 0xe0 && point != 0x111 && i < COUNT(vowels); i++) {
		for (*tone = 5; *tone > 0; --*tone) {
			if (vowels[i][*tone] == point)
				return vowels[i][0];
		}
	}
	*tone = 0;
	return point;
}

/* None of its letters is longer than two bytes. */
static size_t put(char *out, uint32_t point)
{
	if (point < 0x80) {
		*out = (char)point;
		return 1;
	}
	out[0] = (char)(0xc0 | point >> 6);
	out[1] = (char)(0x80 | (point & 0x3f));
	return 2;
}

/* Whether a list has the part, which has a space at either end there. */
static bool has(const char *list, const char *part, size_t len)
{
	char word[PART] = " ";

	memcpy(word + 1, part, len);
	strcpy(word + 1 + len, " ");
	return strstr(list, word) != NULL;
}

/* Behind the onset; NULL where the text does not begin with it. */
static const char *past(const char *text, const char *onset)
{
	for (; *onset != '\0'; onset++, text++) {
		if (*onset != *text)
			return NULL;
	}
	return text;
}

static bool is_rime(const char *rime, const char *before, int tone)
{
	size_t len = strlen(rime), first = (rime[0] & 0x80) != 0 ? 2 : 1;

	if (len == 0 || (before != NULL && !has(before, rime, first)))
		return false;
	return has(open_rimes, rime, len) ||
	    ((tone == 2 || tone == 5) && has(stopped_rimes, rime, len));
}

bool syllable_is(const uint32_t *points, size_t n)
{
	char text[PART], *end = text;
	int tone = 0, one;
	size_t i;

	if (n > SYLLABLE_MOST)
		return false;
	for (i = 0; i < n; i++) {
		uint32_t plain = plain_of(syllable_lower(points[i]), &one);

		if (plain > 0x1b0 || (one > 0 && tone > 0))
			return false;
		tone += one;
		end += put(end, plain);
	}
	*end = '\0';
	for (i = 0; i < COUNT(onsets); i++) {
		const char *rime = past(text, onsets[i].onset);

		if (rime != NULL && is_rime(rime, onsets[i].before, tone))
			return true;
	}
	return false;
}
