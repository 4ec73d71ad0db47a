/* What the head of a page says of its story. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/record.h"

#define BASE "https://news.example/world/1.html"
#define LD(json) "<script type='application/ld+json'>{" json "}</script>"

static const struct dl_plugin gazette = { .abi = DL_ABI, .name = "gazette" };

static struct dl_record *begin(struct dl_job *job)
{
	job_init(job);
	job->plugin = &gazette;
	job->base = BASE;
	return &record_new(job)->open;
}

static const struct dl_page *page_of(struct dl_job *job, const char *bytes)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));

	page->bytes = bytes;
	page->len = strlen(bytes);
	return page;
}

static void each_field_has_the_last_that_is_said(void **state)
{
	static const struct {
		const char *html, *fields; /* language|title|section|summary */
	} rows[] = {
		{ "<html lang=vi><meta property='og:title' content=Rain>"
		  "<meta property='article:section' content=Sky>"
		  "<meta property='og:description' content='It rained.'>",
		    "vi|Rain|Sky|It rained." },
		{ "<meta property='og:title' content='Rain | The Gazette'>"
		  "<meta property='article:section' content=news>" LD(
		      "\"headline\": \"Rain\", \"articleSection\": \"Sky\", "
		      "\"description\": \"It rained.\", \"inLanguage\": "
		      "\"en\""),
		    "en|Rain|Sky|It rained." },
		{ "<html lang=fr>" LD("\"inLanguage\": \"en\""), "fr|-|-|-" },
		{ "<meta name=description content='It rained.'>" LD(
		      "\"description\": \"It snowed.\""),
		    "-|-|-|It rained." },
		{ "<title>Rain</title><h1>Rain</h1>", "-|-|-|-" },
	};
	struct dl_record *record;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		record = begin(&job);
		record_head(&job, record, page_of(&job, rows[i].html));
		assert_string_equal(job_printf(&job, "%s|%s|%s|%s",
					text_or(record->language, "-"),
					text_or(record->title, "-"),
					text_or(record->section, "-"),
					text_or(record->summary, "-")),
		    rows[i].fields);
		job_finish(&job);
	}
}

static void a_summary_that_is_there_stays(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_set(&job, record, DL_TITLE, "Drizzle", DL_FROM_FEED, "entry");
	record_set(
	    &job, record, DL_SUMMARY, "It drizzled.", DL_FROM_FEED, "entry");
	record_head(&job, record,
	    page_of(&job,
		"<meta property='og:title' content=Rain>"
		"<meta property='og:description' content='It rained.'>"
		"<link rel='canonical nofollow' href=/rain>"
		"<link rel=alternate hreflang=vi href=/vi/mua>"));
	assert_string_equal(record->title, "Rain");
	assert_string_equal(record->summary, "It drizzled.");
	assert_string_equal(record->url, "https://news.example/rain");
	assert_string_equal(((struct record *)record)->alternates->key, "vi");
	job_finish(&job);
}

static const char *shown(struct dl_job *job, const struct dl_moment *moment)
{
	char *text = job_alloc(job, TIME_TEXT);

	return moment != NULL
	    ? time_rfc3339(text, moment->seconds, moment->offset, false)
	    : "-";
}

static void a_time_has_many_names(void **state)
{
	static const struct {
		const char *html;
		unsigned hints;
		const char *published, *updated;
	} rows[] = {
		{ "<meta property='article:published_time' "
		  "content='2026-09-05T13:30:00+07:00'>"
		  "<meta property='article:modified_time' "
		  "content='2026-09-05T14:00:00+07:00'>",
		    0, "2026-09-05T13:30:00+07:00",
		    "2026-09-05T14:00:00+07:00" },
		{ "<meta name=PubDate content='2026-09-05 13:30'>"
		  "<meta itemprop=dateModified content='2026-09-05 14:00'>",
		    0, "2026-09-05T13:30:00+00:00",
		    "2026-09-05T14:00:00+00:00" },
		{ "<time itemprop=datePublished datetime='2026-09-05T13:30Z'>a"
		  "</time><time datetime='2026-09-01T13:30Z'>b</time>",
		    0, "2026-09-05T13:30:00+00:00", "-" },
		{ LD("\"datePublished\": \"2026-09-05T13:30:00Z\", "
		     "\"dateModified\": \"2026-09-05T14:00:00Z\""),
		    0, "2026-09-05T13:30:00+00:00",
		    "2026-09-05T14:00:00+00:00" },
		{ "<meta name=pubdate content='05/09/2026 13:30'>", 0,
		    "2026-09-05T13:30:00+00:00", "-" },
		{ "<meta name=pubdate content='05/09/2026 13:30'>",
		    DL_MONTH_FIRST, "2026-05-09T13:30:00+00:00", "-" },
		{ "<time>2026-09-05 13:30</time>", 0, "-", "-" },
	};
	struct zone *utc = zone_open("UTC");
	struct dl_record *record;
	struct dl_job job;
	size_t i;

	(void)state;
	assert_non_null(utc);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		record = begin(&job);
		job.zone = utc;
		record_times(
		    &job, record, page_of(&job, rows[i].html), rows[i].hints);
		assert_string_equal(
		    shown(&job, record->published), rows[i].published);
		assert_string_equal(
		    shown(&job, record->updated), rows[i].updated);
		job_finish(&job);
	}
	zone_close(utc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_field_has_the_last_that_is_said),
		cmocka_unit_test(a_summary_that_is_there_stays),
		cmocka_unit_test(a_time_has_many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
