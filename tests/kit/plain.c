/* Stories without markup: their title, their date and the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/plain.h"
#include "core/kit/record.h"

struct story {
	struct dl_job job;
	struct zone *zone;
	struct record *record;
	enum dl_verdict verdict;
};

static void read_story(struct story *story, const char *title, const char *text)
{
	struct dl_page page = { .bytes = text, .len = strlen(text) };

	job_init(&story->job);
	story->zone = zone_open("Asia/Ho_Chi_Minh");
	story->job.zone = story->zone;
	story->record = record_new(&story->job);
	record_set(&story->job, &story->record->open, DL_TITLE, title,
	    DL_FROM_FEED, "title");
	story->verdict =
	    plain_extract(&story->job, &page, &story->record->open);
}

static void forget(struct story *story)
{
	job_finish(&story->job);
	zone_close(story->zone);
}

static void check_same(const char *is, const char *want)
{
	if (is == NULL || want == NULL)
		assert_ptr_equal(is, want);
	else
		assert_string_equal(is, want);
}

static void lines_are_paragraphs_and_a_short_one_is_the_title(void **state)
{
	static const struct {
		const char *page, *title, *text;
	} rows[] = {
		{ "Rain in the hills\n\nIt rained.\nTwice.\n",
		    "Rain in the hills", "It rained.\n\nTwice." },
		{ "\n \n  Rain\r\n\r\n It  rained.", "Rain", "It rained." },
		{ "Rain, at last -- minister\nIt rained.",
		    "Rain, at last -- minister", "It rained." },
		{ "Will it rain?\nNo.", "Will it rain?", "No." },
		/* Lists stay for the extractors. */
		{ "\xe2\x80\xa2 Alba\n  \xe2\x80\xa2 Brema\n\nRain\nIt rained.",
		    "Rain",
		    "\xe2\x80\xa2 Alba\n\n\xe2\x80\xa2 Brema\n\nIt rained." },
		/* A word or two above the title are its section. */
		{ "Weather\nRain falls on the hills again\nIt rained.",
		    "Rain falls on the hills again", "It rained." },
		{ "Heavy rain\nIt rained.\nTwice more in the hills",
		    "Heavy rain", "It rained.\n\nTwice more in the hills" },
		/* No title: captions, a day with its time. */
		{ "Rain on the hills (Wire/A. Alba)\nIt rained.", NULL,
		    "Rain on the hills (Wire/A. Alba)\n\nIt rained." },
		{ "Rain on the hills. (Wire)\nIt rained.", NULL,
		    "Rain on the hills. (Wire)\n\nIt rained." },
		{ "Rain on the hills - Photo: Wire\nIt rained.", NULL,
		    "Rain on the hills - Photo: Wire\n\nIt rained." },
		{ "Source: Wire| 2024-11-07 15:24:00\nIt rained.", NULL,
		    "Source: Wire| 2024-11-07 15:24:00\n\nIt rained." },
		/* No title: a sentence, a long line. */
		{ "It rained.\nTwice", NULL, "It rained.\n\nTwice" },
		/* No title behind a dateline or a date. */
		{ "ALBA, Oct. 12 (Wire) -- It rained\nTwice", NULL,
		    "ALBA, Oct. 12 (Wire) -- It rained\n\nTwice" },
		{ "Alba (W) \xe2\x80\x93 It rained\nTwice", NULL,
		    "Alba (W) \xe2\x80\x93 It rained\n\nTwice" },
		{ "W - It rained\nTwice", NULL, "W - It rained\n\nTwice" },
		{ "H\xc3\x80 N\xe1\xbb\x98I \xe2\x80\x94 It rained\nTwice",
		    NULL,
		    "H\xc3\x80 N\xe1\xbb\x98I \xe2\x80\x94 It "
		    "rained\n\nTwice" },
		{ "Alba, October 27, WIRE\nIt rained", NULL,
		    "Alba, October 27, WIRE\n\nIt rained" },
		{ "ALBA, 10 ao\xc3\xbbt, It rained\nTwice", NULL,
		    "ALBA, 10 ao\xc3\xbbt, It rained\n\nTwice" },
		{ "November 07, 2024 3:24 PM GMT+7\nRain\nIt rained.", NULL,
		    "November 07, 2024 3:24 PM GMT+7\n\nRain\n\nIt rained." },
		/* What only looks like one. */
		{ "Rain-soaked Alba, 2 others, and Brema\nIt rained.",
		    "Rain-soaked Alba, 2 others, and Brema", "It rained." },
		{ "Rain (and wind) in Alba\nIt rained.",
		    "Rain (and wind) in Alba", "It rained." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct story story;

		read_story(&story, NULL, rows[i].page);
		assert_int_equal(story.verdict, DL_DONE);
		check_same(story.record->open.title, rows[i].title);
		check_same(story.record->open.text, rows[i].text);
		forget(&story);
	}
}

static void a_title_that_is_known_stays_and_comes_once(void **state)
{
	static const struct {
		const char *page, *text;
	} rows[] = {
		{ "RAIN in Alba!\nIt rained.", "It rained." },
		{ "- Brema\nRain in Alba\nIt rained.",
		    "- Brema\n\nIt rained." },
		{ "date 2024-11-07 Rain in Alba\nIt rained.", "It rained." },
		{ "Sun in Brema\nIt shone.", "Sun in Brema\n\nIt shone." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct story story;

		read_story(&story, "Rain in Alba", rows[i].page);
		check_same(story.record->open.title, "Rain in Alba");
		check_same(story.record->open.text, rows[i].text);
		forget(&story);
	}
}

static void a_date_before_the_first_line_is_the_storys(void **state)
{
	static const struct {
		const char *page, *day, *text;
	} rows[] = {
		{ " date 2024-11-07 It rained\nTwice.", "2024-11-07",
		    "It rained\n\nTwice." },
		{ "date 2024-11-07\nIt rained.", "2024-11-07", "It rained." },
		{ "date 2024-13-07 It rained.", NULL,
		    "date 2024-13-07 It rained." },
		{ "It rained.\ndate 2024-11-07 Twice.", NULL,
		    "It rained.\n\ndate 2024-11-07 Twice." },
		{ "date 2024-11-071 It rained.", NULL,
		    "date 2024-11-071 It rained." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct dl_moment *moment;
		struct story story;

		read_story(&story, NULL, rows[i].page);
		moment = story.record->open.published;
		check_same(date_day(&story.job, moment), rows[i].day);
		if (moment != NULL) {
			assert_int_equal(moment->from, DL_FROM_TEXT);
			assert_int_equal(moment->precision, DL_DAY);
			assert_int_equal(moment->zone, DL_ZONE_SOURCE);
			assert_int_equal(moment->offset, 7 * 3600);
		}
		check_same(story.record->open.title, NULL);
		check_same(story.record->open.text, rows[i].text);
		forget(&story);
	}
}

static void without_a_text_it_fails(void **state)
{
	static const char *const pages[] = { "", " \n\xc2\xa0\n",
		"date 2024-11-07\n", "Only a title" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct story story;

		read_story(&story, NULL, pages[i]);
		assert_int_equal(story.verdict, DL_FAIL);
		assert_string_equal(story.job.reason, "no text");
		forget(&story);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    lines_are_paragraphs_and_a_short_one_is_the_title),
		cmocka_unit_test(a_title_that_is_known_stays_and_comes_once),
		cmocka_unit_test(a_date_before_the_first_line_is_the_storys),
		cmocka_unit_test(without_a_text_it_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
