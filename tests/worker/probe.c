/* What is proposed for pages of a site that nobody knows. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/worker/probe.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define LINE                                                              \
	"The river has risen by a metre overnight, and the ferry to the " \
	"island has been moored until Sunday, said the warden. "

/* An ordinary page, with what is around a story. */
#define PAGE(title, head, text)                                               \
	"<html><head><title>" title " - Gazette</title>" head "</head><body>" \
	"<div class=top><a href=/>Gazette</a><h2>Gazette</h2></div>"          \
	"<div class='wide col-8'><h1 class=name>" title "</h1>"               \
	"<span class=posted-date>Posted 05/09/2026 12:00</span>"              \
	"<p class=writer>Ida Moe</p><div class=story><p>" text "</p><p>" LINE \
	"</p><figure><img src=a><figcaption>The ferry</figcaption></figure>"  \
	"<div class=share><a href=/x>Share</a></div></div></div>"             \
	"<ul class=more><li><a href=/2026/09/other-story-1>Another story of " \
	"the day</a></ul></body></html>"

static struct zone *utc;

static int begin(void **state)
{
	(void)state;
	utc = zone_open("UTC");
	return utc == NULL;
}

static int end(void **state)
{
	(void)state;
	zone_close(utc);
	return 0;
}

static json_t *probed(const char *const *pages, size_t n)
{
	struct dl_page of[4] = { { NULL } };
	struct dl_job job;
	json_t *told;
	size_t i;

	job_init(&job);
	job.zone = utc;
	job.base = "https://gazette.example/world/";
	for (i = 0; i < n; i++) {
		of[i].url = job.base;
		of[i].type = "text/html";
		of[i].bytes = pages[i];
		of[i].len = strlen(pages[i]);
		of[i].next = i + 1 < n ? &of[i + 1] : NULL;
	}
	told = json_loads(probe_pages(&job, of), 0, NULL);
	job_finish(&job);
	assert_non_null(told);
	return told;
}

/* "page h1.name 3" of the proposal that stands there. */
static const char *proposed(
    char text[128], const json_t *told, const char *field, size_t at)
{
	const json_t *one = json_array_get(
	    json_object_get(json_object_get(told, "fields"), field), at);

	if (one == NULL)
		return "nothing";
	snprintf(text, 128, "%s %s %d",
	    json_string_value(json_object_get(one, "from")),
	    json_string_value(json_object_get(one, "how")),
	    (int)json_integer_value(json_object_get(one, "matched")));
	return text;
}

static void places_of_a_page_are_found(void **state)
{
	static const char *const pages[] = {
		PAGE("Rain at last in the north", "", LINE),
		PAGE("Ferry moored until Sunday", "", LINE LINE),
		PAGE("Nothing but wind",
		    "<meta property=og:title content="
		    "'Nothing but wind'>",
		    LINE LINE),
	};
	static const struct {
		const char *field, *proposed;
	} rows[] = {
		{ "title", "page h1.name 3" },
		{ "text", "page div.story 3" },
		{ "time", "page span.posted-date 3" },
		{ "author", "page p.writer 3" },
		{ "caption", "page figcaption 3" },
	};
	json_t *told = probed(pages, COUNT(pages));
	char text[128];
	size_t i;

	(void)state;
	assert_int_equal(json_integer_value(json_object_get(told, "pages")), 3);
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(
		    proposed(text, told, rows[i].field, 0), rows[i].proposed);
	assert_int_equal(json_array_size(json_object_get(told, "without")), 2);
	json_decref(told);
}

/* What pages say of themselves is as good, and stands first. */
static void what_is_said_in_the_head_counts(void **state)
{
#define HEAD                                                             \
	"<meta property=og:title content='Rain'><meta property="         \
	"'article:published_time' content='2026-09-05T12:00:00Z'>"       \
	"<script type='application/ld+json'>{\"@type\":\"NewsArticle\"," \
	"\"headline\":\"Rain\",\"author\":{\"name\":\"Ida Moe\"}}</script>"
	static const char *const pages[] = { PAGE("Rain and wind", HEAD, LINE),
		PAGE("Rain and sun", HEAD, LINE) };
	json_t *told = probed(pages, COUNT(pages));
	char text[128];

	(void)state;
	assert_string_equal(
	    proposed(text, told, "title", 0), "json-ld headline 2");
	assert_string_equal(
	    proposed(text, told, "title", 1), "meta og:title 2");
	assert_string_equal(
	    proposed(text, told, "time", 0), "meta article:published_time 2");
	assert_string_equal(
	    proposed(text, told, "author", 0), "json-ld author.name 2");
	json_decref(told);
}

static void a_page_that_has_nothing_has_no_proposals(void **state)
{
	static const char *const pages[] = { "<p>Gone", "", "no page at all" };
	json_t *told = probed(pages, COUNT(pages));
	char text[128];

	(void)state;
	assert_string_equal(proposed(text, told, "title", 0), "nothing");
	assert_string_equal(proposed(text, told, "text", 0), "nothing");
	assert_int_equal(json_array_size(json_object_get(told, "listing")), 0);
	assert_int_equal(json_array_size(json_object_get(told, "feeds")), 0);
	json_decref(told);
}

static void feeds_and_lists_of_stories_are_found(void **state)
{
#define ROW(n)                                                         \
	"<li><a href='/2026/0" n "/a-story-of-rain'><img></a><a href=" \
	"'/2026/0" n "/a-story-of-rain'>The rain of month " n ", told</a>"
	static const char *const pages[] = {
		"<html><head><link rel=alternate type='application/rss+xml' "
		"href=/feed.xml title=All></head><body><div class=menu>"
		"<a href=/world-news-of-the-day-1>World news of the day</a>"
		"<a href=/sport>All about sport and games</a><a href=/art>Art"
		"</a></div><ul class=news>" ROW("1") ROW("2") ROW("3")
		    ROW("4") "</ul></body></html>",
	};
	json_t *told = probed(pages, COUNT(pages)), *one;

	(void)state;
	one = json_array_get(json_object_get(told, "feeds"), 0);
	assert_string_equal(json_string_value(json_object_get(one, "url")),
	    "https://gazette.example/feed.xml");
	one = json_array_get(json_object_get(told, "listing"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(one, "boxes")), "ul.news a");
	assert_int_equal(
	    json_integer_value(json_object_get(one, "entries")), 4);
	assert_int_equal(json_array_size(json_object_get(told, "listing")), 1);
	json_decref(told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_of_a_page_are_found),
		cmocka_unit_test(what_is_said_in_the_head_counts),
		cmocka_unit_test(a_page_that_has_nothing_has_no_proposals),
		cmocka_unit_test(feeds_and_lists_of_stories_are_found),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
