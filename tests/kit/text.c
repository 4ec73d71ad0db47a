/* Paragraphs and lists of text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/kit/job.h"

/* The paragraphs with bars between. */
static const char *barred(struct dl_job *job, const struct dl_list *list)
{
	const char *text = "";

	for (; list != NULL; list = list->next)
		text = job_printf(job, "%s|%s", text, list->text);
	return text;
}

static void an_empty_line_parts_paragraphs(void **state)
{
	static const char *const cases[][2] = {
		{ "one\n\ntwo", "|one|two" },
		{ "one\n \t\n\n\ntwo\n\n", "|one|two" },
		{ "\n\n one \r\n\r\ntwo ", "|one|two" },
		{ "a verse\nof two lines\n\nanother",
		    "|a verse\nof two lines|another" },
		{ "one\n  ", "|one" },
		{ " \n\n ", "" },
		{ "", "" },
		{ NULL, "" },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    barred(&job, text_paragraphs(&job, cases[i][0])),
		    cases[i][1]);
	job_finish(&job);
}

static void paragraphs_are_joined_without_the_empty_ones(void **state)
{
	const struct dl_list *list = NULL;
	struct dl_job job;

	(void)state;
	job_init(&job);
	assert_null(text_join(&job, NULL));
	text_append(&job, &list, "");
	assert_null(text_join(&job, list));
	text_append(&job, &list, "one");
	text_append(&job, &list, NULL);
	text_append(&job, &list, "one");
	assert_string_equal(text_join(&job, list), "one\n\none");
	assert_string_equal(barred(&job, list), "||one||one");
	job_finish(&job);
}

static void a_list_may_be_added_to_from_anywhere_in_it(void **state)
{
	const struct dl_list *list = NULL, *rest;
	struct dl_job job;

	(void)state;
	job_init(&job);
	text_append(&job, &list, "a");
	text_append(&job, &list, "b");
	rest = list->next;
	text_append(&job, &rest, "c");
	text_append(&job, &list, "d");
	text_append(&job, &rest, "e");
	assert_string_equal(barred(&job, list), "|a|b|c|d|e");
	job_finish(&job);
}

static void a_hundred_thousand_paragraphs_take_no_time(void **state)
{
	const struct dl_list *list = NULL;
	struct dl_job job;
	int i;

	(void)state;
	job_init(&job);
	for (i = 0; i < 100000; i++)
		text_append(&job, &list, "paragraph");
	list = text_paragraphs(&job, text_join(&job, list));
	for (i = 0; list != NULL; i++)
		list = list->next;
	assert_int_equal(i, 100000);
	job_finish(&job);
}

static void a_text_is_split_at_separators(void **state)
{
	static const char *const words[] = { " & ", " and ", ",", NULL };
	static const char *const names[] = { " -", " –", NULL };
	static const struct {
		const char *text, *const *separators, *parts;
	} cases[] = {
		{ "An Roe & Bo Li and Cy Vu", words, "|An Roe|Bo Li|Cy Vu" },
		{ "rain,snow , , hail,", words, "|rain|snow|hail" },
		{ " Anders ", words, "|Anders" },
		{ "Hà Văn - Thu Giang –", names, "|Hà Văn|Thu Giang" },
		{ "Mary-Ann", names, "|Mary-Ann" },
		{ " & ", words, "" },
		{ "  ", words, "" },
		{ "", words, "" },
		{ NULL, words, "" },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    barred(&job,
			text_split(&job, cases[i].text, cases[i].separators)),
		    cases[i].parts);
	job_finish(&job);
}

static void a_million_separators_take_no_time(void **state)
{
	static const char *const between[] = { "&", ",", NULL };
	struct dl_job job;
	char *text;

	(void)state;
	job_init(&job);
	text = job_alloc(&job, 1000001);
	memset(text, ',', 1000000);
	assert_null(text_split(&job, text, between));
	job_finish(&job);
}

static void the_lead_comes_first_and_once(void **state)
{
	static const char *const cases[][3] = {
		{ "Rain.", "Snow.\n\nHail.", "Rain.\n\nSnow.\n\nHail." },
		{ "Rain.", "RAIN\n\nHail.", "Rain.\n\nHail." },
		{ "Rain.", "Rain. Snow.", "Rain.\n\nRain. Snow." },
		{ "Rain.", "Rain.", "Rain." },
		{ "Rain.", NULL, "Rain." },
		{ NULL, "Snow.\n\nHail.", "Snow.\n\nHail." },
		{ "", "Snow.", "Snow." },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    text_lead(&job, cases[i][0], cases[i][1]), cases[i][2]);
	assert_null(text_lead(&job, NULL, NULL));
	job_finish(&job);
}

static void captions_are_no_paragraphs(void **state)
{
	static const struct dl_image last = { .caption = "The quay" },
				     bare = { .url = "u", .next = &last },
				     first = { .caption =
						   "A boat. Photo: An Roe",
					     .next = &bare };
	static const char *const cases[][2] = {
		{ "One.\n\nA boat. Photo: An Roe\n\nTwo.", "One.\n\nTwo." },
		{ "One.\n\nA boat.\n\nPhoto: An Roe\n\nThe quay", "One." },
		{ "A boat.\n\nTwo.", "A boat.\n\nTwo." },
		{ "A boat.\n\nPhoto:\n\nAn", "A boat.\n\nPhoto:\n\nAn" },
		{ "A\n\nboat. Photo: An Roe", NULL },
		{ "The\n\nquays", "The\n\nquays" },
		{ "The quay in March", "The quay in March" },
		{ "The quay", NULL },
		{ NULL, NULL },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = text_uncaptioned(&job, cases[i][0], &first);

		assert_string_equal(
		    text_or(text, "none"), text_or(cases[i][1], "none"));
	}
	assert_string_equal(
	    text_uncaptioned(&job, "The quay", NULL), "The quay");
	job_finish(&job);
}

static void nothing_folds_to_nothing(void **state)
{
	struct dl_job job;

	(void)state;
	job_init(&job);
	assert_null(text_key(&job, NULL));
	assert_null(text_ascii(&job, NULL));
	assert_string_equal(text_ascii(&job, "Hà Nội"), "Ha Noi");
	assert_string_equal(text_key(&job, " Hà  NỘI! "), "ha noi");
	job_finish(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_line_parts_paragraphs),
		cmocka_unit_test(paragraphs_are_joined_without_the_empty_ones),
		cmocka_unit_test(a_list_may_be_added_to_from_anywhere_in_it),
		cmocka_unit_test(a_hundred_thousand_paragraphs_take_no_time),
		cmocka_unit_test(a_text_is_split_at_separators),
		cmocka_unit_test(a_million_separators_take_no_time),
		cmocka_unit_test(the_lead_comes_first_and_once),
		cmocka_unit_test(captions_are_no_paragraphs),
		cmocka_unit_test(nothing_folds_to_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
