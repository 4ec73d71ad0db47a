/* Lines for measuring. */
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/lines.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WORDS 20000  /* of a language */
#define PHRASES 4000 /* that are always said the same way */
#define TOPIC 24     /* words that a story says again and again */
#define PROSE 8192   /* bytes of a text */
#define CORRECTED 7  /* of 100 records are another revision */
#define NEAR 300     /* records, at most, behind the one they correct */

enum language { VI, EN, ZH, LANGUAGES };

struct word {
	char text[24], ascii[24];
	uint8_t len, ascii_len;
};

struct vocabulary {
	struct word words[LANGUAGES][WORDS];
};

/* A syllable with its marks, and without. */
struct syllable {
	const char *text, *ascii;
};

static const struct syllable vi_onsets[] = { { "", "" }, { "b", "b" },
	{ "c", "c" }, { "ch", "ch" }, { "d", "d" }, { "đ", "d" }, { "g", "g" },
	{ "gi", "gi" }, { "h", "h" }, { "kh", "kh" }, { "l", "l" },
	{ "m", "m" }, { "n", "n" }, { "ng", "ng" }, { "nh", "nh" },
	{ "ph", "ph" }, { "qu", "qu" }, { "r", "r" }, { "s", "s" },
	{ "t", "t" }, { "th", "th" }, { "tr", "tr" }, { "v", "v" },
	{ "x", "x" } };
static const struct syllable vi_rhymes[] = { { "a", "a" }, { "à", "a" },
	{ "á", "a" }, { "ả", "a" }, { "ại", "ai" }, { "ài", "ai" },
	{ "an", "an" }, { "án", "an" }, { "ang", "ang" }, { "áng", "ang" },
	{ "ành", "anh" }, { "ánh", "anh" }, { "ạnh", "anh" }, { "ao", "ao" },
	{ "áo", "ao" }, { "ay", "ay" }, { "ày", "ay" }, { "ấp", "ap" },
	{ "ất", "at" }, { "ân", "an" }, { "ần", "an" }, { "ầu", "au" },
	{ "ấy", "ay" }, { "e", "e" }, { "ẻ", "e" }, { "én", "en" },
	{ "ên", "en" }, { "ền", "en" }, { "ện", "en" }, { "ế", "e" },
	{ "ệ", "e" }, { "ề", "e" }, { "i", "i" }, { "ì", "i" }, { "ị", "i" },
	{ "iên", "ien" }, { "iện", "ien" }, { "iến", "ien" }, { "iệt", "iet" },
	{ "iều", "ieu" }, { "iệp", "iep" }, { "inh", "inh" }, { "ình", "inh" },
	{ "ính", "inh" }, { "o", "o" }, { "ó", "o" }, { "ọc", "oc" },
	{ "oàn", "oan" }, { "ong", "ong" }, { "ôi", "oi" }, { "ội", "oi" },
	{ "ông", "ong" }, { "ống", "ong" }, { "ộng", "ong" }, { "ố", "o" },
	{ "ồng", "ong" }, { "ơ", "o" }, { "ới", "oi" }, { "ơn", "on" },
	{ "u", "u" }, { "ủ", "u" }, { "ụ", "u" }, { "ung", "ung" },
	{ "uất", "uat" }, { "ước", "uoc" }, { "ược", "uoc" },
	{ "ương", "uong" }, { "ường", "uong" }, { "ưởng", "uong" },
	{ "ư", "u" }, { "ứng", "ung" }, { "uyên", "uyen" }, { "uyện", "uyen" },
	{ "uyết", "uyet" } };
static const struct syllable en_onsets[] = { { "", "" }, { "b", "b" },
	{ "c", "c" }, { "d", "d" }, { "f", "f" }, { "g", "g" }, { "l", "l" },
	{ "m", "m" }, { "n", "n" }, { "p", "p" }, { "r", "r" }, { "s", "s" },
	{ "t", "t" }, { "v", "v" }, { "w", "w" }, { "st", "st" },
	{ "tr", "tr" }, { "pr", "pr" }, { "ch", "ch" }, { "sh", "sh" },
	{ "con", "con" }, { "re", "re" }, { "de", "de" }, { "h", "h" } };
static const struct syllable en_rhymes[] = { { "a", "a" }, { "e", "e" },
	{ "ie", "ie" }, { "o", "o" }, { "ar", "ar" }, { "er", "er" },
	{ "or", "or" }, { "an", "an" }, { "en", "en" }, { "in", "in" },
	{ "on", "on" }, { "at", "at" }, { "et", "et" }, { "it", "it" },
	{ "al", "al" }, { "el", "el" }, { "ic", "ic" }, { "ing", "ing" },
	{ "ion", "ion" }, { "ate", "ate" }, { "ive", "ive" },
	{ "ment", "ment" }, { "ous", "ous" }, { "ure", "ure" },
	{ "ess", "ess" }, { "ard", "ard" }, { "ain", "ain" }, { "ent", "ent" },
	{ "ed", "ed" }, { "ers", "ers" }, { "ly", "ly" } };
static const char *const en_first[] = { "the", "of", "and", "to", "in", "a",
	"for", "on", "that", "said", "is", "with", "has", "by", "was", "from",
	"as", "at", "have", "be", "will", "it", "its", "an", "are", "been",
	"this", "their", "were", "which", "more", "year", "also", "than", "he",
	"not", "new", "but", "after", "they", "between", "over", "other", "per",
	"cent", "first", "country", "would", "two", "up", "last", "who",
	"about", "government", "people", "had", "all", "or", "can",
	"development", "city", "million" };

/* splitmix64: numbers that look random. */
static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static void syllable_add(struct word *word, const struct syllable *syllable)
{
	strcat(word->text, syllable->text);
	strcat(word->ascii, syllable->ascii);
}

static void word_vi(struct word *word, size_t rank, uint64_t random)
{
	int n = rank < 400 || random % 4 == 0 ? 1 : 2;

	for (; n > 0; n--, random = mix(random)) {
		syllable_add(word, &vi_onsets[random % COUNT(vi_onsets)]);
		syllable_add(
		    word, &vi_rhymes[(random >> 16) % COUNT(vi_rhymes)]);
		if (n > 1) {
			strcat(word->text, " ");
			strcat(word->ascii, " ");
		}
	}
}

static void word_en(struct word *word, size_t rank, uint64_t random)
{
	int n = 1 + (rank > 150) + (rank > 3000) + random % 5 / 4;

	if (rank < COUNT(en_first)) {
		strcpy(word->text, en_first[rank]);
		strcpy(word->ascii, en_first[rank]);
		return;
	}
	for (; n > 0; n--, random = mix(random)) {
		syllable_add(word, &en_onsets[random % COUNT(en_onsets)]);
		syllable_add(
		    word, &en_rhymes[(random >> 16) % COUNT(en_rhymes)]);
	}
}

static void word_zh(struct word *word, size_t rank, uint64_t random)
{
	int n = rank < 150 || random % 4 == 0 ? 1 : 2;
	char *at = word->text;

	for (; n > 0; n--, random = mix(random)) {
		/* A few characters are in very many words. */
		unsigned sign =
		    (unsigned)pow(3500, (double)(random >> 44) / (1 << 20));

		sign = 0x4e00 + (unsigned)(mix(sign) % 20000);
		*at++ = (char)(0xe0 | sign >> 12);
		*at++ = (char)(0x80 | (sign >> 6 & 0x3f));
		*at++ = (char)(0x80 | (sign & 0x3f));
	}
}

struct vocabulary *vocabulary_make(void)
{
	static void (*const make[])(
	    struct word *, size_t, uint64_t) = { word_vi, word_en, word_zh };
	struct vocabulary *words = calloc(1, sizeof(*words));
	size_t language, rank;

	for (language = 0; words != NULL && language < LANGUAGES; language++) {
		for (rank = 0; rank < WORDS; rank++) {
			struct word *word = &words->words[language][rank];

			make[language](word, rank, mix(rank << 8 | language));
			word->len = (uint8_t)strlen(word->text);
			word->ascii_len = (uint8_t)strlen(word->ascii);
		}
	}
	return words;
}

void vocabulary_free(struct vocabulary *words)
{
	free(words);
}

/* ---- prose ---- */

struct story {
	const struct word *words;
	enum language language;
	uint64_t random;
	size_t topic[TOPIC];
	size_t before; /* rank of the last word */
};

struct prose {
	char text[PROSE], ascii[PROSE];
	size_t len, ascii_len;
	int n_words;
};

static uint64_t chance(struct story *story)
{
	return story->random = mix(story->random);
}

static double part(uint64_t random)
{
	return (double)(random >> 11) / 9007199254740992.0;
}

/* Zipf's law: the nth word is said 1/n as often as the first. */
static size_t zipf(uint64_t random, double most)
{
	return (size_t)pow(most, part(random)) - 1;
}

static void put(struct prose *prose, const char *text, size_t len,
    const char *ascii, size_t ascii_len)
{
	memcpy(prose->text + prose->len, text, len);
	memcpy(prose->ascii + prose->ascii_len, ascii, ascii_len);
	prose->len += len;
	prose->ascii_len += ascii_len;
}

static void put_both(struct prose *prose, const char *text)
{
	put(prose, text, strlen(text), text, strlen(text));
}

static void put_word(
    struct prose *prose, const struct story *story, size_t rank, bool capital)
{
	const struct word *word = &story->words[rank];
	char *first = prose->text + prose->len;
	char *ascii = prose->ascii + prose->ascii_len;

	put(prose, word->text, word->len, word->ascii, word->ascii_len);
	prose->n_words++;
	if (capital && *first >= 'a' && *first <= 'z')
		*first = *ascii = (char)(*first - 32);
	if (story->language != ZH)
		put_both(prose, " ");
}

/* Of 100 words: so many are the story's own, up to so many follow the word
   before as they often do, up to so many are seldom said. Chosen so that zstd
   makes of them what it makes of printed prose, at levels 3 and 19, in pieces
   of 4 KiB to 1 MiB. */
static const struct {
	unsigned topic, pair, rare;
} habits[LANGUAGES] = { { 10, 42, 58 }, { 16, 60, 60 }, { 18, 62, 62 } };

/* What is said next: a word of the topic, one that likes to stand behind the
   last one, or any. */
static size_t word_next(struct story *story)
{
	uint64_t random = chance(story), which = random % 100;

	random = mix(random);
	if (which < habits[story->language].topic)
		return story->topic[zipf(random, TOPIC)];
	if (which < habits[story->language].pair)
		return zipf(mix(story->before * 64 + zipf(random, 40)), WORDS);
	if (which < habits[story->language].rare)
		return random % 4000;
	return zipf(random, WORDS);
}

static void put_phrase(struct prose *prose, struct story *story)
{
	uint64_t random =
	    mix(zipf(chance(story), PHRASES) * 4 + story->language);
	int n = 3 + (int)(random % 5);

	for (; n > 0; n--, random = mix(random))
		put_word(prose, story, zipf(random, WORDS), random % 2 == 0);
}

static void put_number(struct prose *prose, struct story *story)
{
	char text[32];

	snprintf(
	    text, sizeof(text), "%u ", (unsigned)zipf(chance(story), 9000) + 2);
	put_both(prose, text);
}

static void put_sentence(struct prose *prose, struct story *story)
{
	int n = 7 + (int)(chance(story) % 18);
	bool begins = true;

	for (; n > 0; n--, begins = false) {
		uint64_t which = chance(story) % 100;

		if (which < 4)
			put_number(prose, story);
		else if (which < 9)
			put_phrase(prose, story);
		story->before = word_next(story);
		put_word(prose, story, story->before, begins || which > 96);
		if (which > 90 && story->language != ZH) {
			prose->len--, prose->ascii_len--;
			put_both(prose, ", ");
		}
	}
	if (story->language != ZH)
		prose->len--, prose->ascii_len--;
	put_both(prose, story->language == ZH ? "。" : ".");
}

/* Sentences, up to so many bytes and a few more. */
static void prose_make(struct prose *prose, struct story *story, size_t most)
{
	prose->len = prose->ascii_len = 0;
	prose->n_words = 0;
	do {
		if (prose->len > 0 && chance(story) % 3 == 0)
			put_both(prose, "\\n\\n");
		else if (prose->len > 0 && story->language != ZH)
			put_both(prose, " ");
		put_sentence(prose, story);
	} while (prose->len < most);
	prose->text[prose->len] = prose->ascii[prose->ascii_len] = '\0';
}

/* ---- records ---- */

static const struct source {
	const char *name, *agency, *tag, *zone;
	enum language language;
	const char *url;
} sources[] = {
	{ "vna", "VNA", "vi", "+07:00", VI,
	    "https://www.vietnamplus.example/%s-post%u.vnp" },
	{ "vgp", "VGP", "vi", "+07:00", VI,
	    "https://baochinhphu.example/%s-10226%u.htm" },
	{ "vna", "VNA", "vi", "+07:00", VI,
	    "https://bnews.example/%s/%u.html" },
	{ "vns", "VNS", "en", "+07:00", EN,
	    "https://vietnamnews.example/society/%2$u/%1$s.html" },
	{ "azertac", "AZERTAC", "en", "+04:00", EN,
	    "https://azertag.example/en/xeber/%s-%u" },
	{ "xinhua", "Xinhua", "en", "+08:00", EN,
	    "https://english.news.example/20261122/%2$u/%1$.0sc.html" },
	{ "xinhua", "Xinhua", "zh", "+08:00", ZH,
	    "https://www.news.example/politics/20261122/%2$u/%1$.0sc.html" },
};

static const struct place {
	const char *name, *ascii, *code, *country;
} places[] = {
	{ "Hà Nội", "HANOI", "VN-HN", "VN" },
	{ "Cần Thơ", "CAN THO", "VN-CT", "VN" },
	{ "Đà Nẵng", "DA NANG", "VN-DN", "VN" },
	{ "Hồ Chí Minh", "HCM CITY", "VN-SG", "VN" },
	{ "Beijing", "BEIJING", "CN-BJ", "CN" },
	{ "Shanghai", "SHANGHAI", "CN-SH", "CN" },
	{ "Bakı", "BAKU", "AZ-BA", "AZ" },
	{ "Gəncə", "GANJA", "AZ-GA", "AZ" },
};

/* The words of a title as an address has them. */
static void slug(char *to, const char *ascii)
{
	for (; *ascii != '\0'; ascii++) {
		char c = *ascii;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (c == ' ' || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9'))
			*to++ = c == ' ' ? '-' : c;
	}
	*to = '\0';
}

struct record {
	struct story story;
	const struct source *source;
	const struct place *place;
	struct prose title, summary, text, more;
	char url[512], time[40], utc[40];
	unsigned number;
	int revision;
	char *at; /* in the line */
};

static void add(struct record *record, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct record *record, const char *format, ...)
{
	va_list more;

	va_start(more, format);
	record->at += vsprintf(record->at, format, more);
	va_end(more);
}

static void story_begin(struct record *record, uint64_t n)
{
	struct story *story = &record->story;
	uint64_t random = mix(n);
	size_t i;

	record->source = &sources[random % COUNT(sources)];
	record->place = &places[(random >> 8) % COUNT(places)];
	record->number = 1700000 + (unsigned)(3 * n);
	story->random = mix(random);
	story->language = record->source->language;
	for (i = 0; i < TOPIC; i++)
		story->topic[i] = 60 + zipf(chance(story), WORDS - 60);
}

static void times_make(struct record *record, uint64_t n)
{
	unsigned second = (unsigned)(n * 7 % 86400);

	snprintf(record->time, sizeof(record->time),
	    "2026-11-22T%02u:%02u:%02u", second / 3600, second / 60 % 60,
	    second % 60);
	second = (unsigned)((n * 7 + record->story.random % 300) % 86400);
	snprintf(record->utc, sizeof(record->utc), "2026-11-22T%02u:%02u:%02uZ",
	    second / 3600, second / 60 % 60, second % 60);
}

static void full_stop_drop(struct prose *prose, enum language language)
{
	prose->len -= language == ZH ? strlen("。") : 1;
	prose->ascii_len -= language == ZH ? strlen("。") : 1;
	prose->text[prose->len] = prose->ascii[prose->ascii_len] = '\0';
}

static void texts_make(struct record *record)
{
	struct story *story = &record->story;
	bool vietnamese = story->language == VI;
	uint64_t random = chance(story);
	char words[PROSE];

	prose_make(&record->title, story, 30);
	full_stop_drop(&record->title, story->language);
	prose_make(&record->summary, story, 120);
	prose_make(&record->text, story,
	    (vietnamese ? 700 : 1000) + zipf(random, vietnamese ? 2400 : 4000));
	slug(words, story->language == ZH ? "c" : record->title.ascii);
	words[90] = '\0';
	snprintf(record->url, sizeof(record->url), record->source->url, words,
	    record->number);
}

static void add_head(struct record *record)
{
	const struct source *source = record->source;

	add(record,
	    "{\"v\":1,\"kind\":\"record\",\"id\":\"%s:%u\",\"revision\":%d,",
	    source->name, record->number, record->revision);
	if (record->revision > 1)
		add(record, "\"changed\":[\"text\",\"updated\"],");
	add(record,
	    "\"status\":\"usable\",\"source\":\"%s\",\"agency\":\"%s\","
	    "\"url\":\"%s\",\"feeds\":[\"https://%s.example/rss/all.rss\"],",
	    source->name, source->agency, record->url, source->name);
	add(record, "\"title\":\"%s\",", record->title.text);
	if (source->language == VI)
		add(record, "\"title_ascii\":\"%s\",", record->title.ascii);
	add(record,
	    "\"dateline\":{\"text\":\"%s, Nov. 22 (%s) --\",\"place\":{"
	    "\"name\":\"%s\",\"code\":\"%s\",\"country\":\"%s\"},\"date\":"
	    "\"2026-11-22\",\"agency\":\"%s\"},",
	    record->place->ascii, source->agency, record->place->name,
	    record->place->code, record->place->country, source->agency);
	add(record,
	    "\"published\":\"%s%s\",\"published_evidence\":{\"raw\":"
	    "\"%s%s\",\"from\":\"json-ld\",\"zone\":\"explicit\","
	    "\"precision\":\"second\"},",
	    record->time, source->zone, record->time, source->zone);
	if (record->revision > 1)
		add(record,
		    "\"updated\":\"%.14s59:07%s\",\"updated_evidence\":{"
		    "\"raw\":\"%.14s59:07%s\",\"from\":\"json-ld\","
		    "\"zone\":\"explicit\",\"precision\":\"second\"},",
		    record->time, source->zone, record->time, source->zone);
}

static void add_text(struct record *record)
{
	bool marks = record->story.language == VI;

	add(record, "\"language\":\"%s\",\"summary\":\"%s\",\"text\":\"%s%s%s",
	    record->source->tag, record->summary.text, record->summary.text,
	    "\\n\\n", record->text.text);
	if (record->revision > 1)
		add(record, "\\n\\n%s", record->more.text);
	if (marks)
		add(record, "\",\"text_ascii\":\"%s%s%s", record->summary.ascii,
		    "\\n\\n", record->text.ascii);
	if (marks && record->revision > 1)
		add(record, "\\n\\n%s", record->more.ascii);
	add(record, "\",\"words\":%d,", record->text.n_words);
}

static void add_tail(struct record *record)
{
	const struct place *place = record->place;
	uint64_t hash[4], random = mix(record->story.random);
	int i;

	for (i = 0; i < 4; i++)
		hash[i] = random = mix(random);
	add(record,
	    "\"images\":[{\"url\":\"https://%s.example/upload/2026/11/22/"
	    "%u_1.jpg\",\"caption\":\"%.*s\",\"credit\":\"%s Photo\"}],",
	    record->source->name, record->number, (int)record->title.len,
	    record->title.text, record->source->agency);
	add(record,
	    "\"places\":[{\"name\":\"%s\",\"code\":\"%s\",\"country\":\"%s\","
	    "\"as\":[\"%s\",\"%s\"],\"in\":[\"dateline\",\"text\"]}],"
	    "\"credits\":[\"%s\"],\"extractors\":[\"dateline 1.0\","
	    "\"dates 1.0\",\"boilerplate 1.0\",\"places 1.0\","
	    "\"diacritics 1.0\",\"language 1.0\",\"credits 1.0\"],",
	    place->name, place->code, place->country, place->ascii, place->name,
	    record->source->agency);
	add(record,
	    "\"fetched\":\"%s\",\"http\":{\"status\":200,\"url\":\"%s\","
	    "\"etag\":\"\\\"%016llx\\\"\",\"sha256\":\"%016llx%016llx%016llx"
	    "%016llx\"}}",
	    record->utc, record->url, (unsigned long long)random * 3,
	    (unsigned long long)hash[0], (unsigned long long)hash[1],
	    (unsigned long long)hash[2], (unsigned long long)hash[3]);
}

size_t bench_line(
    const struct vocabulary *words, uint64_t n, char line[BENCH_LINE])
{
	struct record record = { .at = line, .revision = 1 };
	uint64_t random = mix(~n), of = n;

	if (n >= NEAR && random % 100 < CORRECTED) {
		of = n - 1 - (random >> 8) % (NEAR - 1);
		record.revision = 2;
	}
	story_begin(&record, of);
	record.story.words = words->words[record.story.language];
	texts_make(&record);
	if (record.revision > 1)
		prose_make(&record.more, &record.story, 200);
	times_make(&record, of);
	add_head(&record);
	add_text(&record);
	record.story.random = mix(n); /* fetched anew */
	add_tail(&record);
	return (size_t)(record.at - line);
}
