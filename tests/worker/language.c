/* Which language texts are found to be in; the texts are in language.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plugins/extractors/signs.h"
#include "plugins/extractors/smallwords.h"
#include "tests/worker/extractor.h"

#define TEXTS "tests/worker/language.tsv"

static const struct dl_plugin *plugin;
static struct arena arena;

/* The language of a record with this text, and whether it is doubted. */
static const char *language(const char *text, const char *said, int *doubted)
{
	const struct dl_record *record;
	const char *found;
	struct dl_job job;

	record = extractor_run(&job, plugin, text, said);
	found = arena_dup(&arena, record->language);
	*doubted = record->quality != NULL &&
	    strcmp(record->quality->text, "language-mismatch") == 0;
	job_finish(&job);
	return found;
}

struct tally {
	int texts, clear, found, false_claims;
};

/* A row: what it is, with `?` if it may be too little to say, a tab, a text. */
static void row_count(struct tally *tally, const char *row)
{
	size_t len = strcspn(row, "\t?");
	const char *is = arena_copy(&arena, row, len), *found;
	int may = row[len] == '?', doubted;

	found = language(row + len + may + 1, NULL, &doubted);
	assert_non_null(found);
	assert_false(doubted);
	tally->texts++;
	tally->clear += !may && strcmp(is, "und") != 0;
	tally->found +=
	    !may && strcmp(is, "und") != 0 && strcmp(is, found) == 0;
	if (strcmp(found, is) == 0)
		return;
	if (strcmp(found, "und") != 0) {
		printf("false: %s, %s\n", found, row);
		tally->false_claims++;
	} else if (!may) {
		printf("not found: %s\n", row);
	}
}

static void tally_told(const struct tally *tally, const char *what)
{
	printf("%d %s: %d of %d that are clear are found, %d claims are "
	       "false\n",
	    tally->texts, what, tally->found, tally->clear,
	    tally->false_claims);
}

static void languages_are_found_and_none_is_false(void **state)
{
	char **row = lines_of(&arena, TEXTS);
	struct tally tally = { 0 };

	(void)state;
	for (; *row != NULL; row++) {
		if (**row != '#')
			row_count(&tally, *row);
	}
	tally_told(&tally, "texts");
	assert_true(tally.texts >= 600);
	assert_int_equal(tally.false_claims, 0);
	assert_true(tally.found * 100 >= tally.clear * 97);
}

/* A row and the next one of its language: what is too little by itself is
   seldom too little together. */
static void two_sentences_say_more_than_one(void **state)
{
	char **row = lines_of(&arena, TEXTS);
	struct tally tally = { 0 };

	(void)state;
	for (; row[0] != NULL && row[1] != NULL; row++) {
		size_t len = strcspn(row[0], "\t?");

		if (row[0][0] == '#' || strncmp(row[0], "und", 3) == 0 ||
		    strncmp(row[0], row[1], len) != 0)
			continue;
		row_count(&tally,
		    arena_printf(&arena, "%.*s\t%s. %s", (int)len, row[0],
			strchr(row[0], '\t') + 1, strchr(row[1], '\t') + 1));
	}
	tally_told(&tally, "pairs");
	assert_true(tally.texts >= 300);
	assert_int_equal(tally.false_claims, 0);
	assert_true(tally.found * 100 >= tally.clear * 85);
}

#define ENGLISH                                                                \
	"The two towns will mend the old bridge before the rains and share "   \
	"what it costs, their councils said after a meeting that lasted until" \
	" late in the evening."
#define GERMAN                                                                  \
	"Die beiden Städte werden die alte Brücke vor dem Regen reparieren "  \
	"und sich die Kosten teilen, sagten ihre Räte nach einer Sitzung, die" \
	" bis in den späten Abend dauerte."
#define CHINESE                                                                                                  \
	"两个小镇将在雨季之前修好旧桥，并分担费用。两镇的议会在一次持续到深夜" \
	"的会"                                                                                                 \
	"议之后说，工程下周开始。"

/* What the page says counts until its text surely says something else. */
static void only_a_clear_text_doubts_its_page(void **state)
{
	static const struct {
		const char *text, *said, *is;
		int doubted;
	} rows[] = {
		{ ENGLISH, "en", "en", 0 },
		{ ENGLISH, "en-GB", "en-GB", 0 },
		{ ENGLISH, "EN_us", "EN_us", 0 },
		{ ENGLISH, "vi", "en", 1 },
		{ ENGLISH, "de", "en", 1 },
		{ ENGLISH, "eng", "eng", 0 },
		{ CHINESE, "en", "zh", 1 },
		{ CHINESE, "zh-Hans", "zh-Hans", 0 },
		{ GERMAN, "de", "de", 0 },
		{ GERMAN, "en", "und", 1 },
		{ GERMAN, "ru", "und", 1 },
		{ "Two towns agree to mend the bridge", "vi", "vi", 0 },
		{ "The bridge is shut.", "vi", "vi", 0 },
		{ "两镇修桥", "en", "en", 0 },
		{ "12.10.2024", "az", "az", 0 },
		{ NULL, "az", "az", 0 },
		{ NULL, NULL, NULL, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int doubted;
		const char *is = language(rows[i].text, rows[i].said, &doubted);

		if (rows[i].is == NULL)
			assert_null(is);
		else
			assert_string_equal(is, rows[i].is);
		assert_int_equal(doubted, rows[i].doubted);
	}
}

/* Half of it, and so of none. */
static void a_text_in_two_languages_is_in_none(void **state)
{
	int doubted;

	(void)state;
	assert_string_equal(
	    language(ENGLISH "\n\n" GERMAN, NULL, &doubted), "und");
	assert_string_equal(
	    language(ENGLISH "\n\n" GERMAN, "en", &doubted), "en");
	assert_false(doubted);
}

static void signs_are_sorted(const char *signs)
{
	size_t len = strlen(signs), i;

	assert_int_equal(len % 3, 0);
	for (i = 3; i < len; i += 3)
		assert_true(memcmp(signs + i - 3, signs + i, 3) < 0);
}

/* What stands in the wrong place is never found. */
static void the_tables_are_sorted(void **state)
{
	size_t i;

	(void)state;
	for (i = 1; i < sizeof(small_words) / sizeof(small_words[0]); i++)
		assert_true(
		    strcmp(small_words[i - 1].word, small_words[i].word) < 0);
	for (i = 1; i < sizeof(endings) / sizeof(endings[0]); i++)
		assert_true(strcmp(endings[i - 1].word, endings[i].word) < 0);
	signs_are_sorted(short_signs);
	signs_are_sorted(long_signs);
	signs_are_sorted(japanese_signs);
	for (i = 1; i < sizeof(letters) / sizeof(letters[0]); i++)
		assert_true(letters[i - 1].point < letters[i].point);
}

static int make(void **state)
{
	(void)state;
	plugin = extractor_open("language");
	return plugin != NULL ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	arena_reset(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_are_found_and_none_is_false),
		cmocka_unit_test(two_sentences_say_more_than_one),
		cmocka_unit_test(only_a_clear_text_doubts_its_page),
		cmocka_unit_test(the_tables_are_sorted),
		cmocka_unit_test(a_text_in_two_languages_is_in_none),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
