/*
 * The language a text is written in: Chinese by its signs, the others by their
 * letters and the small words that no text does without. What the page says is
 * often what its template says.
 *
 * Each language has a score, those too that records do not name: words that
 * are its own count for it, words with a letter that it has not count against
 * it. The best one is named if it has enough, and more than the second. How
 * often that is right is measured in tests/worker/language.c: never wrong is
 * the aim, and what cannot be told is "und".
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "extractors/letters.h"
#include "extractors/signs.h"
#include "extractors/smallwords.h"
#include "plugin.h"

enum {
	LEAST_SCORE = 4, /* and so much more than the second: */
	LEAST_LEAD = 2,
	NEAR_SHARE = 4,  /* a lead of less than a quarter: two languages */
	SURE_WORDS = 20, /* enough to doubt what the page says */
	SURE_SCORE = 12,
	SURE_LEAD = 8,
	SHARED = 3,       /* languages that a letter may speak for at once */
	ALONE = 2,        /* what a word counts that only one language has */
	LEAST_SIGNS = 4,  /* of Chinese; a Han sign is worth three letters */
	ENOUGH_ALONE = 2, /* what signs must count that China alone has */
	PURE_SIGNS = 24,  /* without any of them, nor Japanese ones */
	SURE_SIGNS = 40,
	SIGN_LETTERS = 3,
	SIGN_BYTES = 3,
	WORD_BYTES = 48,
	LEAST_STEM = 3,         /* bytes before an ending */
	LONGEST_ENDING = 6,     /* letters */
	SAMPLE_BYTES = 3 * 1024 /* that are read: enough to be sure */
};

/* What records name, and how many of a hundred words must speak for it: in
   languages that put words together there are fewer small ones. */
static const struct {
	const char *name, *longer; /* of three letters, as some pages have it */
	int least;
} named[] = {
	[EN_] = { "en", "eng", 20 },
	[FR_] = { "fr", "fra", 25 },
	[ES_] = { "es", "spa", 25 },
	[TR_] = { "tr", "tur", 15 },
	[AZ_] = { "az", "aze", 15 },
	[VI_] = { "vi", "vie", 30 },
	[RU_] = { "ru", "rus", 12 },
};

#define NAMED (sizeof(named) / sizeof(named[0]))
#define ALL (~UINT64_C(0))
#define EVERY ((UINT64_C(1) << TONGUES) - 1)
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct word {
	char text[WORD_BYTES]; /* in lower case; "" if long */
	size_t len;
	uint64_t may_be;         /* languages that have all its letters */
	int is_capital, is_name; /* a sentence begins with a capital, too */
};

/* Letters without which hardly a line is written in these. */
static const struct {
	enum tongue tongue;
	uint32_t point;
	int words; /* that make the line */
} telltales[] = { { AZ_, 0x259, 5 }, { BE_, 0x456, 5 }, { UK_, 0x456, 5 },
	{ RU_, 0x44b, 25 } };

#define TELLTALES (sizeof(telltales) / sizeof(telltales[0]))

struct count {
	int words, letters, foreign;  /* letters of other scripts */
	int signs, chinese, japanese; /* Han; what speaks for either */
	int words_of[TONGUES], speak[TONGUES], against[TONGUES];
	int told[TELLTALES];
};

struct finding {
	const char *name; /* "und" if it is none of ours, or not clear */
	int sure;
};

/* ---- letters ---- */

static uint32_t lower(uint32_t point)
{
	enum { EVEN, ODD }; /* capitals; the small letter is the next one */
	static const struct {
		uint32_t first, last;
		int step; /* to the small letter, or which ones are capitals */
	} capitals[] = { { 'A', 'Z', 32 }, { 0xc0, 0xde, 32 },
		{ 0x100, 0x12f, EVEN }, { 0x130, 0x130, 'i' - 0x130 },
		{ 0x132, 0x137, EVEN }, { 0x139, 0x148, ODD },
		{ 0x14a, 0x177, EVEN }, { 0x179, 0x17e, ODD },
		{ 0x18f, 0x18f, 202 }, { 0x1a0, 0x1a1, EVEN },
		{ 0x1af, 0x1af, ODD }, { 0x218, 0x21b, EVEN },
		{ 0x400, 0x40f, 80 }, { 0x410, 0x42f, 32 },
		{ 0x460, 0x481, EVEN }, { 0x48a, 0x4bf, EVEN },
		{ 0x4d0, 0x52f, EVEN }, { 0x1ea0, 0x1ef9, EVEN } };
	size_t i;

	if (point >= 'a' && point <= 'z')
		return point;
	for (i = 0; i < COUNT(capitals); i++) {
		if (point < capitals[i].first || point > capitals[i].last)
			continue;
		return capitals[i].step == ODD ? point + (point & 1)
		    : capitals[i].step == EVEN
		    ? point | 1
		    : (uint32_t)((int)point + capitals[i].step);
	}
	return point;
}

/* Of the letters that all have, those that some have not. */
static uint64_t languages_with_plain(uint32_t point)
{
	static const uint64_t without[] = { ['f' - 'a'] = VI,
		['j' - 'a'] = VI,
		['q' - 'a'] = TR,
		['w' - 'a'] = VI | TR | AZ,
		['x' - 'a'] = TR,
		['z' - 'a'] = VI };

	return point >= 'a' && point <= 'z' ? ~without[point - 'a'] : ALL;
}

/* The languages that have the small letter. */
static uint64_t languages_with(uint32_t point)
{
	size_t from = 0, to = COUNT(letters), at;

	if (point < 0x80)
		return languages_with_plain(point);
	if (point >= 0x1ea0 && point <= 0x1ef9)
		return VI;
	while (from < to) {
		at = (from + to) / 2;
		if (letters[at].point == point)
			return letters[at].of;
		if (letters[at].point < point)
			from = at + 1;
		else
			to = at;
	}
	return 0;
}

static int is_letter(uint32_t point)
{
	if (point < 0x80)
		return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	return (point >= 0xc0 && point < 0x2000 && point != 0xd7 &&
		   point != 0xf7) ||
	    point == 0x2bb;
}

static int compare_signs(const void *a, const void *b)
{
	return memcmp(a, b, SIGN_BYTES);
}

static int is_among(const char *signs, size_t size, const char *sign)
{
	return bsearch(sign, signs, size / SIGN_BYTES, SIGN_BYTES,
		   compare_signs) != NULL;
}

/* ---- counting ---- */

static uint64_t find_word(
    const struct small_word *table, size_t n, const char *word)
{
	size_t from = 0, at;
	int order;

	while (from < n) {
		at = (from + n) / 2;
		order = strcmp(word, table[at].word);
		if (order == 0)
			return table[at].of;
		if (order > 0)
			from = at + 1;
		else
			n = at;
	}
	return 0;
}

/* The longest ending of the word that is known. */
static uint64_t find_ending(const struct word *word)
{
	const char *tail = word->text + word->len;
	uint64_t of, longest = 0;
	int letters_;

	for (letters_ = 1; letters_ <= LONGEST_ENDING; letters_++) {
		while (tail > word->text && (*--tail & 0xc0) == 0x80)
			;
		if (tail - word->text < LEAST_STEM)
			break;
		of =
		    letters_ > 1 ? find_word(endings, COUNT(endings), tail) : 0;
		longest = of != 0 ? of : longest;
	}
	return longest;
}

static void put_point(struct word *word, uint32_t point)
{
	char *out = word->text + word->len;

	if (word->len + 4 > sizeof(word->text)) {
		word->text[0] = '\0';
		word->len = sizeof(word->text);
	} else if (point < 0x80) {
		out[0] = (char)point;
		word->len += 1;
	} else if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		word->len += 2;
	} else {
		out[0] = (char)(0xe0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (point & 0x3f));
		word->len += 3;
	}
}

static void count_telltale(struct count *count, uint32_t point)
{
	size_t i;

	for (i = 0; i < TELLTALES; i++)
		count->told[i] += telltales[i].point == point;
}

/* The word at `text`: its bytes, 0 if none begins here. */
static size_t read_word(
    struct count *count, const char *text, struct word *word)
{
	size_t at = 0, len;

	*word = (struct word){ .may_be = ALL };
	for (;; at += len) {
		uint32_t point = point_at(text + at, &len), small;

		if (!is_letter(point))
			return at;
		small = lower(point);
		word->is_capital |= at == 0 && small != point;
		word->may_be &= languages_with(small);
		put_point(word, small);
		count->letters++;
		if (small < 0x80)
			continue;
		count_telltale(count, small);
		count->foreign += small >= 0x250 && small != 0x259 &&
		    (small < 0x400 || small >= 0x530) &&
		    !(small >= 0x1e00 && small < 0x1f00);
	}
}

/* The languages whose word it is, by the tables or by its letters; what one
   has alone counts twice. */
static uint64_t spoken_for(const struct word *word, int *counts)
{
	uint64_t of = find_word(small_words, COUNT(small_words), word->text);

	if (of == 0 && !word->is_name &&
	    __builtin_popcountll(word->may_be) <= SHARED)
		of = word->may_be;
	*counts = (of & (of - 1)) == 0 ? ALONE : 1;
	if (of != 0 || word->is_name || word->text[0] == '\0')
		return of;
	*counts = 1;
	return find_ending(word) & word->may_be;
}

/* Names may have any letters, and no language is less likely for that. */
static void count_word(struct count *count, const struct word *word)
{
	int counts;
	uint64_t left = spoken_for(word, &counts);

	count->words++;
	for (; left != 0; left &= left - 1) {
		count->words_of[__builtin_ctzll(left)]++;
		count->speak[__builtin_ctzll(left)] += counts;
	}
	left = word->is_capital ? 0 : EVERY & ~word->may_be;
	for (; left != 0; left &= left - 1)
		count->against[__builtin_ctzll(left)]++;
}

/* Short forms are China's alone, long ones stand in Japanese names, too. */
static void count_han(struct count *count, const char *sign)
{
	count->signs++;
	if (is_among(short_signs, sizeof(short_signs) - 1, sign))
		count->chinese += 2;
	else if (is_among(long_signs, sizeof(long_signs) - 1, sign))
		count->chinese++;
	else
		count->japanese +=
		    is_among(japanese_signs, sizeof(japanese_signs) - 1, sign);
}

static void count_sign(struct count *count, const char *text, size_t len)
{
	uint32_t point = point_at(text, &len);

	if (point >= 0x3400 && point <= 0x9fff)
		count_han(count, text);
	count->japanese += (point >= 0x3041 && point <= 0x30fa) ||
	    (point >= 0xac00 && point <= 0xd7a3);
}

static int is_end(char sign)
{
	return sign == '.' || sign == '!' || sign == '?' || sign == '\n';
}

static void count_text(struct count *count, const char *text)
{
	const char *start = text;
	int begins = 1; /* a sentence */
	struct word word;
	size_t len;

	while (*text != '\0' && text - start < SAMPLE_BYTES) {
		len = read_word(count, text, &word);
		if (len > 0) {
			word.is_name = word.is_capital && !begins;
			count_word(count, &word);
			begins = 0;
		} else {
			len = point_len((unsigned char)*text);
			count_sign(count, text, len);
			begins = is_end(*text) || (begins && *text == ' ');
		}
		text += len;
	}
}

/* ---- judging ---- */

static void judge_telltales(struct count *count)
{
	size_t i;

	for (i = 0; i < TELLTALES; i++) {
		if (count->told[i] == 0 && count->words >= telltales[i].words)
			count->against[telltales[i].tongue] += count->words / 2;
	}
}

static int score(const struct count *count, int i)
{
	return count->speak[i] - count->against[i];
}

/* Chinese may quote a title in kana; nobody else has its short forms. */
static struct finding find_chinese(const struct count *count)
{
	struct finding finding = { "und", 0 };
	int is_pure = count->japanese * 20 < count->signs;

	if (count->signs < LEAST_SIGNS)
		return finding;
	if ((count->japanese == 0 && count->signs >= PURE_SIGNS) ||
	    (is_pure && count->signs >= SURE_SIGNS) ||
	    (count->chinese >= ENOUGH_ALONE &&
		count->japanese * 3 < count->signs))
		finding.name = "zh";
	finding.sure = is_pure && count->signs >= SURE_SIGNS;
	return finding;
}

static struct finding find_words(const struct count *count)
{
	struct finding finding = { "und", 0 };
	int best = 0, second = -1, lead, i;

	for (i = 1; i < TONGUES; i++) {
		if (score(count, i) > score(count, best))
			best = i;
	}
	for (i = 0; i < TONGUES; i++) {
		if (i != best &&
		    (second < 0 || score(count, i) > score(count, second)))
			second = i;
	}
	lead = score(count, best) - score(count, second);
	if (score(count, best) < LEAST_SCORE || lead < LEAST_LEAD ||
	    lead * NEAR_SHARE < score(count, best))
		return finding;
	finding.sure = count->words >= SURE_WORDS &&
	    score(count, best) >= SURE_SCORE && lead >= SURE_LEAD;
	if ((size_t)best < NAMED &&
	    count->words_of[best] * 100 >= count->words * named[best].least)
		finding.name = named[best].name;
	else
		finding.sure = finding.sure && (size_t)best >= NAMED;
	return finding;
}

static struct finding language_of(struct count *count)
{
	struct finding none = { "und", 0 };

	judge_telltales(count);
	if (count->signs * SIGN_LETTERS > count->letters)
		return find_chinese(count);
	if (count->foreign * 4 > count->letters ||
	    count->japanese * SIGN_LETTERS > count->letters)
		return none;
	return find_words(count);
}

/* ---- the record ---- */

/* "en-GB" is "en". */
static int is_same(const char *tag, const char *name)
{
	size_t len = strlen(name);

	return strncasecmp(tag, name, len) == 0 &&
	    (tag[len] == '\0' || tag[len] == '-' || tag[len] == '_');
}

/* Which of ours the page means, in our word for it; NULL: none of them. */
static const char *named_by(const char *tag)
{
	size_t i;

	for (i = 0; i < NAMED; i++) {
		if (is_same(tag, named[i].name) ||
		    is_same(tag, named[i].longer))
			return named[i].name;
	}
	return is_same(tag, "zh") || is_same(tag, "zho") ? "zh" : NULL;
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct count count = { 0 };
	const char *said = record->language;
	struct finding found;

	(void)page;
	if (record->text == NULL)
		return DL_DONE;
	count_text(&count, record->text);
	found = language_of(&count);
	if (said != NULL &&
	    (!found.sure ||
		strcmp(found.name, text_or(named_by(said), "und")) == 0))
		return DL_DONE;
	if (said != NULL)
		record_doubt(job, record, "language-mismatch");
	record_set(job, record, DL_LANGUAGE, found.name, DL_FROM_TEXT,
	    "letters and small words");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "language",
	.version = "1.0",
	.about = "the language, checked against the text",
	.transform = transform,
};
