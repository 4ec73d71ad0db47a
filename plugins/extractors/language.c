/*
 * The language a text is written in, by its script, its letters and the small
 * words that no text does without: Vietnamese, Azerbaijani, English, Russian,
 * Chinese. What the page says is often what its template says.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "extractors/letters.h"
#include "plugin.h"

enum {
	LEAST_WORDS = 20,        /* shorter texts are left to the page */
	LEAST_SIGNS = 40,        /* of Chinese */
	WORD_BYTES = 16,         /* of the longest small word, and more */
	SAMPLE_BYTES = 64 * 1024 /* that are read: enough to be sure */
};

/* In small letters, as they stand in the middle of a sentence. */
static const char *const english[] = { "the", "of", "and", "to", "in", "is",
	"that", "for", "with", "by", "was", "has", "have", "from", "said",
	"its", "will", "which", "their", "at", NULL };
static const char *const vietnamese[] = { "và", "của", "là", "các", "trong",
	"với", "được", "cho", "không", "đã", "những", "một", "có", "về", "tại",
	"này", "người", "đến", "từ", "khi", NULL };
static const char *const azerbaijani[] = { "və", "bu", "ilə", "üçün", "bir",
	"da", "də", "edib", "olub", "görə", "olan", "haqqında", "deyib", "ki",
	"həmin", "edən", "olaraq", "sonra", "kimi", "isə", NULL };
static const char *const russian[] = { "и", "в", "на", "что", "с", "по", "не",
	"для", "из", "к", "о", "от", "за", "как", "это", "его", "при", "также",
	"был", "до", NULL };

struct language {
	const char *name;
	const char *const *words;
	int least;     /* of a hundred words must be small words of it */
	int least_own; /* of a thousand letters must be its own */
	int (*own)(uint32_t point);
};

/* Letters that Vietnamese shares with none of the others here. */
static int is_vietnamese(uint32_t point)
{
	return (point >= 0x1ea0 && point <= 0x1ef9) || point == 0x111 ||
	    point == 0x110 || point == 0x1a1 || point == 0x1a0 ||
	    point == 0x1b0 || point == 0x1af || point == 0x103 ||
	    point == 0xe0 || point == 0xea || point == 0xf4;
}

static int is_azerbaijani(uint32_t point)
{
	return point == 0x259 || point == 0x18f; /* ə */
}

/* Without the letters that Ukrainian, Belarusian and Serbian have beside. */
static int is_russian(uint32_t point)
{
	return (point >= 0x410 && point <= 0x44f) || point == 0x451;
}

static int is_latin(uint32_t point)
{
	return point < 0x80;
}

/* English comes last: it has no letters of its own, and is quoted by all. */
static const struct language languages[] = {
	{ "vi", vietnamese, 6, 80, is_vietnamese },
	{ "az", azerbaijani, 2, 30, is_azerbaijani },
	{ "ru", russian, 6, 985, is_russian },
	{ "en", english, 12, 900, is_latin },
};

#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

struct count {
	int letters, words;
	int chinese, japanese; /* Han; kana, which Chinese has not */
	int small[LANGUAGES], own[LANGUAGES];
};

static int is_letter(uint32_t point)
{
	if (point < 0x80)
		return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
	return point >= 0xc0 && point < 0x2000 && point != 0xd7 &&
	    point != 0xf7;
}

static void count_word(struct count *count, const char *text, size_t len)
{
	size_t i, k;

	count->words++;
	for (i = 0; len < WORD_BYTES && i < LANGUAGES; i++) {
		for (k = 0; languages[i].words[k] != NULL; k++) {
			const char *word = languages[i].words[k];

			if (strncmp(word, text, len) == 0 && word[len] == '\0')
				count->small[i]++;
		}
	}
}

/* The word at `text`: its bytes, 0 if none begins here. */
static size_t read_word(struct count *count, const char *text)
{
	size_t at = 0, len, i;

	for (;; at += len) {
		uint32_t point = point_at(text + at, &len);

		if (!is_letter(point))
			return at;
		count->letters++;
		for (i = 0; i < LANGUAGES; i++)
			count->own[i] += languages[i].own(point);
	}
}

static void count_sign(struct count *count, uint32_t point)
{
	count->chinese += point >= 0x3400 && point <= 0x9fff;
	count->japanese += (point >= 0x3041 && point <= 0x30fa) ||
	    (point >= 0xac00 && point <= 0xd7a3);
}

static struct count count_text(const char *text)
{
	struct count count = { 0 };
	const char *start = text;
	size_t len;

	while (*text != '\0' && text - start < SAMPLE_BYTES) {
		len = read_word(&count, text);
		if (len > 0)
			count_word(&count, text, len);
		else
			count_sign(&count, point_at(text, &len));
		text += len;
	}
	return count;
}

/* NULL where it is none of them, or too little to say. */
static const char *language_of(const struct count *count)
{
	size_t i;

	if (count->chinese >= LEAST_SIGNS && count->chinese > count->letters)
		return count->japanese * 20 < count->chinese ? "zh" : NULL;
	if (count->words < LEAST_WORDS || count->chinese > count->letters)
		return NULL;
	for (i = 0; i < LANGUAGES; i++) {
		if (count->small[i] * 100 >=
			count->words * languages[i].least &&
		    count->own[i] * 1000 >=
			count->letters * languages[i].least_own)
			return languages[i].name;
	}
	return NULL;
}

/* "en-GB" is "en". */
static int is_same(const char *tag, const char *name)
{
	size_t len = strlen(name);

	return strncasecmp(tag, name, len) == 0 &&
	    (tag[len] == '\0' || tag[len] == '-' || tag[len] == '_');
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct count count = count_text(text_or(record->text, ""));
	const char *found = language_of(&count);

	(void)page;
	if (found == NULL)
		return DL_DONE;
	if (record->language != NULL && is_same(record->language, found))
		return DL_DONE;
	if (record->language != NULL)
		record_doubt(job, record, "language-mismatch");
	record_set(job, record, DL_LANGUAGE, found, DL_FROM_TEXT,
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
