/* What is read out of feeds, well made and otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/kit/job.h"

#define BASE "https://news.example/world/"

static struct dl_page page_of(const char *bytes)
{
	return (struct dl_page){ .url = BASE,
		.type = "application/xml",
		.bytes = bytes,
		.len = strlen(bytes) };
}

/* All that is found, a line each: url, id, title, summary, author. */
static const char *found(struct dl_job *job, const char *bytes)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));
	const char *text = "";
	struct found *one;

	*page = page_of(bytes);
	feed_discover(job, page);
	for (one = job->found; one != NULL; one = one->next)
		text = job_printf(job, "%s%s|%s|%s|%s|%s\n", text,
		    one->entry.url, text_or(one->entry.id, "-"),
		    text_or(one->entry.title, "-"),
		    text_or(one->entry.summary, "-"),
		    text_or(one->entry.author, "-"));
	return text;
}

struct feed_case {
	const char *bytes, *found;
};

static void check_found(const struct feed_case *cases, size_t n)
{
	struct dl_job job;
	size_t i;

	for (i = 0; i < n; i++) {
		job_init(&job);
		assert_string_equal(
		    found(&job, cases[i].bytes), cases[i].found);
		assert_false(job.broken);
		job_finish(&job);
	}
}

#define ITEM(parts) "<rss><channel><item>" parts "</item></channel></rss>"
#define A "https://news.example/a"
#define LINK "<link>" A "</link>"

static void every_kind_of_feed_is_read(void **state)
{
	static const struct feed_case cases[] = {
		{ ITEM("<title>Rain</title>" LINK "<guid>7</guid>"
		       "<description>It rained.</description>"
		       "<author>desk@news.example (An)</author>"),
		    A "|7|Rain|It rained.|An\n" },
		{ "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax"
		  "-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://"
		  "purl.org/dc/elements/1.1/'><channel><title>C</title>"
		  "</channel><item rdf:about='x'><title>Rain</title>" LINK
		  "<dc:creator>An</dc:creator></item></rdf:RDF>",
		    A "|-|Rain|-|An\n" },
		{ "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' "
		  "'http://news.example/rss.dtd'><rss version='0.91'><channel>"
		  "<item><title>Rain</title>" LINK "</item></channel></rss>",
		    A "|-|Rain|-|-\n" },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/>"
		  "<entry><id>urn:7</id><title type='html'>&lt;i>Rain&lt;/i>"
		  "</title><link rel='edit' href='e'/><link rel='alternate' "
		  "href='/a'/><link href='/b'/><author><name>An</name><uri>u"
		  "</uri></author><summary>It rained.</summary></entry></feed>",
		    A "|urn:7|Rain|It rained.|An\n" },
		{ "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
		  "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' "
		  "xmlns:image='http://www.google.com/schemas/sitemap-image/1."
		  "1'><url><loc>" A "</loc><image:image><image:loc>i.jpg"
		  "</image:loc><image:title>A picture</image:title>"
		  "</image:image><news:news><news:publication><news:name>N"
		  "</news:name></news:publication><news:title>Rain</news:title>"
		  "</news:news></url><url><loc>/b</loc><image:image>"
		  "<image:title>Snow</image:title></image:image></url></"
		  "urlset>",
		    A "|-|Rain|-|-\nhttps://news.example/b|-|Snow|-|-\n" },
	};

	(void)state;
	check_found(cases, sizeof(cases) / sizeof(cases[0]));
}

static void broken_feeds_give_what_they_have(void **state)
{
	static const struct feed_case cases[] = {
		/* The prolog lies: the bytes are in UTF-8 by now. */
		{ "\n <?xml version='1.0' encoding='utf-16'?>\n" ITEM(
		      "<title>M\u01b0a</title>" LINK),
		    A "|-|M\u01b0a|-|-\n" },
		/* A bare `&`, entities that only HTML knows, control bytes. */
		{ ITEM("<title>Rain&nbsp;&amp; \x01snow</title>"
		       "<link>" A "?x=1&y=2</link>"),
		    A "?x=1&y=2|-|Rain & snow|-|-\n" },
		{ ITEM("<title><![CDATA[A & B]]></title>"
		       "<link><![CDATA[ " A "?x=1&y=2 ]]></link>"),
		    A "?x=1&y=2|-|A & B|-|-\n" },
		/* Cut off in the middle of an entry: that one does not count.
		 */
		{ "<rss><channel><item>" LINK "</item><item><link>" A "/b",
		    A "|-|-|-|-\n" },
		{ "<rss><channel><item><link>" A, "" },
		/* Prefixes that were never declared. */
		{ ITEM(LINK "<dc:creator>An</dc:creator><media:title>no"
			    "</media:title>"),
		    A "|-|-|-|An\n" },
		/* No link, but a guid that is one; or is none. */
		{ ITEM("<guid>" A "</guid>"), A "|" A "|-|-|-\n" },
		{ ITEM("<guid isPermaLink='false'>" A "</guid>"), "" },
		/* What cannot be fetched is no entry. */
		{ ITEM("<title>Rain</title>"), "" },
		{ ITEM("<link>mailto:desk@news.example</link>"), "" },
		/* A link of Atom in RSS that leads to the feed itself. */
		{ ITEM("<atom:link rel='self' href='/feed'/>" LINK),
		    A "|-|-|-|-\n" },
		/* Escaped HTML, and what was escaped twice. */
		{ ITEM(
		      LINK "<description>&lt;p>It &lt;b>rained&lt;/b> &amp;amp;"
			   "quot;twice&amp;amp;quot;&lt;/p></description>"),
		    A "|-|-|It rained \"twice\"|-\n" },
		{ ITEM(LINK "<title>\n  Rain \n in\tHue </title>"),
		    A "|-|Rain in Hue|-|-\n" },
		{ ITEM(LINK "<author>desk@news.example</author>"),
		    A "|-|-|-|-\n" },
		{ "<rss><channel></channel></rss>", "" },
	};

	(void)state;
	check_found(cases, sizeof(cases) / sizeof(cases[0]));
}

static void an_id_that_pages_share_is_none(void **state)
{
	static const struct feed_case cases[] = {
		{ "<rss><channel><item>" LINK "<guid>1</guid></item><item>"
		  "<link>/b</link><guid>1</guid></item><item><link>/c</link>"
		  "<guid>2</guid></item></channel></rss>",
		    A "|-|-|-|-\nhttps://news.example/b|-|-|-|-\n"
		      "https://news.example/c|2|-|-|-\n" },
		/* The same entry twice is still one. */
		{ "<rss><channel><item>" LINK "<guid>1</guid></item><item>" LINK
		  "<guid>1</guid></item></channel></rss>",
		    A "|1|-|-|-\n" A "|1|-|-|-\n" },
	};

	(void)state;
	check_found(cases, sizeof(cases) / sizeof(cases[0]));
}

#define RSS(parts)                                         \
	"<rss version='2.0'><channel>" parts "<item>" LINK \
	"<ttl>1</ttl></item></channel></rss>"
#define RDF(parts)                                                            \
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "   \
	"xmlns='http://purl.org/rss/1.0/' xmlns:sy='http://purl.org/rss/1.0/" \
	"modules/syndication/'><channel rdf:about='/'>" parts "</channel>"    \
	"<item rdf:about='/a'>" LINK "</item></rdf:RDF>"
#define MINUTES(n) ((int64_t)(n)*60 * 1000)
#define HOUR_BIT(n) (UINT32_C(1) << (n))

static void what_a_feed_says_of_itself_is_kept(void **state)
{
	static const struct {
		const char *bytes;
		struct hints hints;
	} cases[] = {
		{ RSS(""), { 0, 0, 0 } },
		{ RSS("<ttl> 90\n</ttl>"), { MINUTES(90), 0, 0 } },
		{ RSS("<ttl>never</ttl><ttl>5</ttl>"), { MINUTES(5), 0, 0 } },
		{ RSS("<ttl>525600</ttl>"), { LIMIT_TTL, 0, 0 } },
		{ RSS("<ttl>0</ttl><skipHours><hour>25</hour><hour>-1</hour>"
		      "<hour>noon</hour></skipHours><skipDays><day>Sunsday"
		      "</day></skipDays>"),
		    { 0, 0, 0 } },
		{ RSS("<skipHours><hour>0</hour><hour> 7 </hour><hour>23</hour>"
		      "<hour>24</hour></skipHours><skipDays><day>Sunday</day>"
		      "<day>saturday</day></skipDays>"),
		    { 0, HOUR_BIT(0) | HOUR_BIT(7) | HOUR_BIT(23), 0x41 } },
		/* An hour that is not to be skipped. */
		{ RSS("<hour>7</hour><day>Sunday</day>"), { 0, 0, 0 } },
		{ RDF("<sy:updatePeriod>hourly</sy:updatePeriod>"
		      "<sy:updateFrequency>2</sy:updateFrequency>"),
		    { MINUTES(30), 0, 0 } },
		/* The module's prefix was never declared. */
		{ RSS("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>"),
		    { MINUTES(60), 0, 0 } },
		{ RSS("<updatePeriod>hourly</updatePeriod>"), { 0, 0, 0 } },
		{ RSS("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>15</ttl>"),
		    { MINUTES(15), 0, 0 } },
		{ RSS("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>0</ttl>"),
		    { MINUTES(60), 0, 0 } },
		{ RSS("<skipDays><day>Sunday</day><day>Monday</day><day>Tuesday"
		      "</day><day>Wednesday</day><day>Thursday</day><day>Friday"
		      "</day><day>Saturday</day></skipDays>"),
		    { 0, 0, 0 } },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		assert_string_equal(
		    found(&job, cases[i].bytes), A "|-|-|-|-\n");
		if (job.hints.ttl != cases[i].hints.ttl ||
		    job.hints.skip_hours != cases[i].hints.skip_hours ||
		    job.hints.skip_days != cases[i].hints.skip_days)
			fail_msg("row %zu: %lld ms, hours %x, days %x", i,
			    (long long)job.hints.ttl, job.hints.skip_hours,
			    job.hints.skip_days);
		assert_false(job.not_a_feed);
		job_finish(&job);
	}
}

static void a_feed_that_skips_all_hours_skips_none(void **state)
{
	const char *hours = "", *text;
	struct dl_job job;
	int i;

	(void)state;
	job_init(&job);
	for (i = 1; i <= 24; i++)
		hours = job_printf(&job, "%s<hour>%d</hour>", hours, i);
	text = job_printf(&job, RSS("<skipHours>%s</skipHours>"), hours);
	found(&job, text);
	assert_int_equal(job.n_found, 1);
	assert_int_equal(job.hints.skip_hours, 0);
	job_finish(&job);
}

static void what_is_no_feed_is_refused_with_a_reason(void **state)
{
	static const struct {
		const char *bytes, *reason;
	} cases[] = {
		{ "", "an empty page" },
		{ " \n", "an empty page" },
		{ "<!DOCTYPE html><html><p>Sorry", "not a feed: HTML" },
		{ "<?xml version='1.0'?><html xmlns='x'/>",
		    "not a feed: HTML" },
		{ "<script>location.reload()</script>",
		    "not a feed: <script>" },
		{ "{\"items\": []}", "not a feed: no XML" },
		{ "<!-- open", "not a feed: no XML" },
		{ "<!DOCTYPE rss [", "not a feed: no XML" },
	};
	struct dl_page page;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		page = page_of(cases[i].bytes);
		assert_false(feed_is(&job, &page));
		assert_int_equal(feed_discover(&job, &page), DL_FAIL);
		assert_true(job.broken);
		assert_true(job.not_a_feed);
		assert_string_equal(job.reason, cases[i].reason);
		job_finish(&job);
	}
}

static void declared_entities_are_neither_loaded_nor_expanded(void **state)
{
	static const char *const cases[] = {
		"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" ITEM(
		    "<title>&x;</title>" LINK),
		"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a"
		";&a;'><!ENTITY x '&b;&b;&b;&b;&b;'><!-- it's ]> -->]>" ITEM(
		    "<title>&x;</title>" LINK),
	};
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		assert_string_equal(found(&job, cases[i]), A "|-|&x;|-|-\n");
		job_finish(&job);
	}
}

/* The entry of a feed that has one. */
static struct dl_entry *only(struct dl_job *job, const char *bytes)
{
	found(job, bytes);
	assert_non_null(job->found);
	return &job->found->entry;
}

static void dates_are_read_where_each_kind_has_them(void **state)
{
	static const struct {
		const char *bytes;
		int64_t published, updated;
	} cases[] = {
		{ ITEM(LINK "<pubDate>Sat, 05 Sep 2026 13:30:00 +0700"
			    "</pubDate>"),
		    1788589800, 0 },
		{ ITEM(LINK "<dc:date>2026-09-05T13:30:00+07:00</dc:date>"),
		    1788589800, 0 },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href="
		  "'/a'/><published>2026-09-05T06:30:00Z</published><updated>"
		  "2026-09-05T07:30:00Z</updated></entry></feed>",
		    1788589800, 1788593400 },
		{ "<urlset><url><loc>" A "</loc><lastmod>2026-09-05T13:30:00"
		  "+07:00</lastmod></url></urlset>",
		    0, 1788589800 },
		{ "<urlset><url><loc>" A "</loc><news:news><news:publication_"
		  "date>2026-09-05T13:30:00+07:00</news:publication_date>"
		  "</news:news></url></urlset>",
		    1788589800, 0 },
		{ ITEM(LINK "<pubDate></pubDate>"), 0, 0 },
		{ ITEM(LINK "<pubDate>soon</pubDate>"), 0, 0 },
	};
	const struct dl_entry *entry;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		entry = only(&job, cases[i].bytes);
		assert_int_equal(
		    entry->published != NULL ? entry->published->seconds : 0,
		    cases[i].published);
		assert_int_equal(
		    entry->updated != NULL ? entry->updated->seconds : 0,
		    cases[i].updated);
		if (entry->published != NULL)
			assert_int_equal(entry->published->from, DL_FROM_FEED);
		job_finish(&job);
	}
}

static void the_plugin_says_in_which_order_dates_are(void **state)
{
	static const struct dl_plugin american = { .name = "x",
		.hints = DL_MONTH_FIRST };
	struct zone *zone = zone_open("Asia/Ho_Chi_Minh");
	struct dl_job job;

	(void)state;
	assert_non_null(zone);
	job_init(&job);
	job.plugin = &american;
	job.zone = zone;
	assert_int_equal(
	    only(&job, ITEM(LINK "<pubDate>9/5/2026 1:30:00 PM</pubDate>"))
		->published->seconds,
	    1788589800);
	job_finish(&job);
	zone_close(zone);
}

static void html_counts_where_it_says_more_than_the_summary(void **state)
{
	static const struct {
		const char *bytes;
		bool html;
	} cases[] = {
		{ ITEM(LINK "<description>It rained.</description><content:"
			    "encoded><![CDATA[<p>It rained. Twice.</p>]]>"
			    "</content:encoded>"),
		    true },
		{ ITEM(LINK "<description>It rained.</description><content:"
			    "encoded><![CDATA[<p class='lead'>It rained.</p>]]>"
			    "</content:encoded>"),
		    false },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href="
		  "'/a'/><content type='html'>&lt;p>Rain&lt;/p></content>"
		  "</entry></feed>",
		    true },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href="
		  "'/a'/><content type='xhtml'><div xmlns='http://www.w3.org/"
		  "1999/xhtml'><p>Rain</p></div></content></entry></feed>",
		    true },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href="
		  "'/a'/><content type='video/mp4' src='/v'/></entry></feed>",
		    false },
	};
	const struct dl_entry *entry;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		entry = only(&job, cases[i].bytes);
		assert_true((entry->html != NULL) == cases[i].html);
		if (entry->html != NULL)
			assert_non_null(strstr(entry->html, "<p"));
		job_finish(&job);
	}
}

static void of_an_index_the_newest_sitemaps_are_wanted(void **state)
{
	struct dl_page page;
	struct want *want;
	struct dl_job job;
	char *bytes;
	int i;

	(void)state;
	job_init(&job);
	bytes = job_printf(&job,
	    "<sitemapindex><sitemap><loc>/topics.xml</loc>"
	    "</sitemap>");
	for (i = 1; i <= 24; i++)
		bytes = job_printf(&job,
		    "%s<sitemap><loc>/news-%d-%d.xml</loc></sitemap>", bytes,
		    2025 + (i - 1) / 12, (i - 1) % 12 + 1);
	page = page_of(job_printf(&job,
	    "%s<sitemap><loc>/x.xml</loc><lastmod>2026-12-31</lastmod>"
	    "</sitemap></sitemapindex>",
	    bytes));
	assert_true(feed_is(&job, &page));
	assert_int_equal(feed_discover(&job, &page), DL_DONE);
	assert_int_equal(job.n_found, 0);
	assert_int_equal(job.n_wants, LIMIT_WANTED);
	want = job.wants;
	assert_string_equal(want->url, "https://news.example/x.xml");
	assert_int_equal(want->role, DL_WANT_FEED);
	assert_string_equal(
	    want->next->url, "https://news.example/news-2026-12.xml");
	assert_string_equal(want->next->next->next->next->url,
	    "https://news.example/news-2026-9.xml");
	job_finish(&job);
}

static void a_page_is_wanted_once(void **state)
{
	struct dl_job job;
	int i;

	(void)state;
	job_init(&job);
	job.base = BASE;
	page_want(&job, NULL, DL_WANT_NEXT);
	page_want(&job, "mailto:desk@news.example", DL_WANT_NEXT);
	assert_int_equal(job.n_wants, 0);
	page_want(&job, "2.html", DL_WANT_NEXT);
	page_want(&job, BASE "2.html", DL_WANT_NEXT);
	assert_int_equal(job.n_wants, 1);
	assert_string_equal(job.wants->url, BASE "2.html");
	for (i = 0; i < 100; i++)
		page_want(&job, job_printf(&job, "p%d", i), DL_WANT_NEXT);
	assert_int_equal(job.n_wants, LIMIT_WANTED);
	job_finish(&job);
}

static void entries_of_plugins_are_made_clean(void **state)
{
	struct dl_entry *entry;
	struct dl_job job;

	(void)state;
	job_init(&job);
	job.base = BASE;
	entry_add(&job, NULL);
	entry_add(&job, entry_new(&job));
	assert_int_equal(job.n_found, 0);
	entry = entry_new(&job);
	entry->url = "a.html";
	entry->title = "Ra\u00adin";
	entry_add(&job, entry);
	assert_string_equal(job.found->entry.url, BASE "a.html");
	assert_string_equal(job.found->entry.title, "Rain");
	job_finish(&job);
}

static char *many(const char *before, const char *one, int n, const char *after)
{
	size_t len = strlen(one);
	char *bytes =
	    malloc(strlen(before) + (size_t)n * len + strlen(after) + 1);
	char *at;

	assert_non_null(bytes);
	at = stpcpy(bytes, before);
	while (n-- > 0)
		at = mempcpy(at, one, len);
	strcpy(at, after);
	return bytes;
}

static void the_largest_feeds_take_little_time(void **state)
{
	static const struct {
		const char *before, *one;
		int n;
		const char *after;
		size_t found;
	} cases[] = {
		{ "<urlset>", "<url><loc>/a</loc></url>", 60000, "</urlset>",
		    LIMIT_ENTRIES },
		{ "<rss>", "<item>", 500000, "</rss>", 0 },
		{ "<rss>", "&", 1000000, "</rss>", 0 },
		{ "<rss>", "<![CDATA[", 400000, "</rss>", 0 },
		{ "<rss>", "</", 1000000, "", 0 },
		{ "<!DOCTYPE rss [", "<", 1000000, "]><rss/>", 0 },
		{ "<rss", " a=''", 500000, "/>", 0 },
		{ "", "<!---->", 5000, "<rss></rss>", 0 },
	};
	struct dl_page page;
	struct dl_job job;
	char *bytes;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		clock_t begun = clock();

		job_init(&job);
		bytes = many(
		    cases[i].before, cases[i].one, cases[i].n, cases[i].after);
		page = page_of(bytes);
		feed_discover(&job, &page);
		assert_int_equal(job.n_found, cases[i].found);
		job_finish(&job);
		free(bytes);
		if (clock() - begun > 5 * CLOCKS_PER_SEC)
			fail_msg("%s took too long", cases[i].one);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_feed_is_read),
		cmocka_unit_test(broken_feeds_give_what_they_have),
		cmocka_unit_test(an_id_that_pages_share_is_none),
		cmocka_unit_test(what_a_feed_says_of_itself_is_kept),
		cmocka_unit_test(a_feed_that_skips_all_hours_skips_none),
		cmocka_unit_test(what_is_no_feed_is_refused_with_a_reason),
		cmocka_unit_test(
		    declared_entities_are_neither_loaded_nor_expanded),
		cmocka_unit_test(dates_are_read_where_each_kind_has_them),
		cmocka_unit_test(the_plugin_says_in_which_order_dates_are),
		cmocka_unit_test(
		    html_counts_where_it_says_more_than_the_summary),
		cmocka_unit_test(of_an_index_the_newest_sitemaps_are_wanted),
		cmocka_unit_test(a_page_is_wanted_once),
		cmocka_unit_test(entries_of_plugins_are_made_clean),
		cmocka_unit_test(the_largest_feeds_take_little_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
