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
	const char *text;
	struct dl_job job;
	size_t i;

	for (i = 0; i < n; i++) {
		job_init(&job);
		text = found(&job, cases[i].bytes);
		if (strcmp(text, cases[i].found) != 0)
			fail_msg("row %zu, %s:\n%s", i, cases[i].bytes, text);
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
		/* The title of a picture is none of the page. */
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
		    A "|-|Rain|-|-\nhttps://news.example/b|-|-|-|-\n" },
		/* RSS 0.90, and RSS 1.0 with a prefix for all of it. */
		{ "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax"
		  "-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
		  "<channel><title>C</title></channel><item><title>Rain"
		  "</title>" LINK "</item></rdf:RDF>",
		    A "|-|Rain|-|-\n" },
		{ "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax"
		  "-ns#' xmlns:r='http://purl.org/rss/1.0/' xmlns:s='http://"
		  "purl.org/rss/1.0/modules/slash/'><r:item rdf:about='" A "'>"
		  "<s:title>no</s:title><r:title>Rain</r:title></r:item>"
		  "</rdf:RDF>",
		    A "|-|Rain|-|-\n" },
		/* A namespace of its own, as 0.93 had, and a wrong one. */
		{ "<rss xmlns='http://backend.userland.com/rss093'><channel>"
		  "<item><title>Rain</title>" LINK "</item></channel></rss>",
		    A "|-|Rain|-|-\n" },
		{ "<rss xmlns='http://www.w3.org/2005/Atom'><channel><item>"
		  "<title>Rain</title>" LINK "<guid>7</guid><description>It "
		  "rained.</description></item></channel></rss>",
		    A "|7|Rain|It rained.|-\n" },
		/* Atom 0.3, Atom with a prefix, with none at all. */
		{ "<feed version='0.3' xmlns='http://purl.org/atom/ns#'>"
		  "<title>C</title><entry><title type='text/html' mode='"
		  "escaped'>&lt;b>Rain&lt;/b></title><link rel='alternate' "
		  "type='text/html' href='/a'/><id>tag:7</id><author><name>An"
		  "</name></author><summary type='text/plain'>It rained."
		  "</summary></entry></feed>",
		    A "|tag:7|Rain|It rained.|An\n" },
		{ "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry>"
		  "<a:id>urn:7</a:id><a:title>Rain</a:title><a:link href='/a'/>"
		  "</a:entry></a:feed>",
		    A "|urn:7|Rain|-|-\n" },
		{ "<feed><entry><id>urn:7</id><title>Rain</title><link href='"
		  "/a'/><summary>It rained.</summary></entry></feed>",
		    A "|urn:7|Rain|It rained.|-\n" },
		/* What an entry was taken from is not the entry. */
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><source>"
		  "<id>urn:0</id><title>C</title><link href='/'/></source><id>"
		  "urn:7</id><title type='xhtml'><div xmlns='http://www.w3.org/"
		  "1999/xhtml'><p>Rain</p><p>in Hue</p></div></title><link "
		  "href='/a'/></entry></feed>",
		    A "|urn:7|Rain in Hue|-|-\n" },
		{ "{\"version\": \"https://jsonfeed.org/version/1\", \"items\":"
		  " [{\"id\": 7, \"url\": \"" A "\", \"title\": \"Rain\", "
		  "\"summary\": \"It rained.\", \"author\": {\"name\": \"An\""
		  "}}]}",
		    A "|7|Rain|It rained.|An\n" },
		{ "\n{\"items\": [{\"id\": \"" A "\", \"title\": \"Rain\\u0301"
		  " \\\"x\\\"\", \"authors\": [{\"name\": \"An\"}, {\"name\": "
		  "\"Binh\"}]}, {\"id\": \"b\", \"external_url\": \"/b\"}, {"
		  "\"id\": \"c\"}, 7, null], \"version\": \"https:\\/\\/"
		  "jsonfeed.org\\/version\\/1.1\"}",
		    A "|" A "|Rai\u0144 \"x\"|-|An\n"
		      "https://news.example/b|b|-|-|-\n" },
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
		/* An id that is no address is none. */
		{ ITEM("<guid>7</guid>"), "" },
		{ ITEM("<guid isPermaLink='True'> " A "\n</guid><link/>"),
		    A "|" A "|-|-|-\n" },
		{ ITEM("<link>mailto:desk@news.example</link><guid>" A
		       "</guid>"),
		    A "|" A "|-|-|-\n" },
		/* Junk in front. */
		{ "<br />\n<b>Warning</b>: no cache in <b>/feed.php</b> on "
		  "line <b>3</b><br />\n<?xml version='1.0'?>\n" ITEM(LINK),
		    A "|-|-|-|-\n" },
		{ "Notice: cache is cold <3 </rss>" ITEM(LINK),
		    A "|-|-|-|-\n" },
		{ "\xef\xbb\xbf\n\xef\xbb\xbf" ITEM(LINK), A "|-|-|-|-\n" },
		{ "<!DOCTYPE rss PUBLIC \"x>" ITEM(LINK), A "|-|-|-|-\n" },
		{ "<RSS><CHANNEL><ITEM>" LINK "</ITEM></CHANNEL></RSS>",
		    A "|-|-|-|-\n" },
		/* And behind. */
		{ ITEM(LINK) "<script>x</script>" ITEM(LINK), A "|-|-|-|-\n" },
		/* Ends of tags that are missing. */
		{ "<rss><channel><title>C<item><title>Rain" LINK
		  "<guid>7<item><title>Snow<link>/b<description>It &lt;b>snowed"
		  "</channel></rss>",
		    A "|7|Rain|-|-\nhttps://news.example/b|-|Snow|It snowed|-"
		      "\n" },
		{ ITEM("<title>Rain" LINK "</item><item><title>Snow</title>"
		       "<link>/b</link>"),
		    A "|-|Rain|-|-\nhttps://news.example/b|-|Snow|-|-\n" },
		{ ITEM("<description>It <br> rained <img src=a.jpg alt=x> in "
		       "<p>Hue</description>" LINK),
		    A "|-|-|It rained in Hue|-\n" },
		{ ITEM("<title>Rain</ttile>" LINK "</foo>"),
		    A "|-|Rain|-|-\n" },
		{ "<feed><entry><link href='/a'><title>Rain</title><id>7"
		  "</entry></feed>",
		    A "|7|Rain|-|-\n" },
		/* Attributes as in HTML. */
		{ "<feed><entry><link rel=alternate href=/a><title type=html "
		  "hidden>Rain</title></entry></feed>",
		    A "|-|Rain|-|-\n" },
		{ "<feed><entry><link href='/a?x=1&y=2' title='A < B' rel="
		  "'alternate'/></entry></feed>",
		    A "?x=1&y=2|-|-|-|-\n" },
		{ "<feed><entry><link rel='alternate' rel='self' href='/a'/>"
		  "</entry></feed>",
		    A "|-|-|-|-\n" },
		{ ITEM("<guid isPermaLink=false>" A "</guid>"), "" },
		/* Signs that are no markup. */
		{ ITEM("<title>5 < 6 & 7 > 6 <3 a<b</title>" LINK),
		    A "|-|5 < 6 & 7 > 6 <3 a<b|-|-\n" },
		{ ITEM(LINK "<author>An <an@news.example></author>"
			    "<description>Rain</description>"),
		    A "|-|-|Rain|-\n" },
		/* Numbers of characters that are none, or are of another
		   charset; and one in two halves. */
		{ ITEM("<title>Ra&#0;in &#150; &#xB; &#xD83C;&#xDF27; &#55356; "
		       "&#x1F327; &#12ab; &#99999999;</title>" LINK),
		    A "|-|Ra in \u2013 \U0001f327 \U0001f327 ab;|-|-\n" },
		{ ITEM("<title>Ra\x7f\x0b\xef\xbf\xbf in</title>" LINK),
		    A "|-|Ra in|-|-\n" },
		/* CDATA that does not end, and what ends there twice. */
		{ ITEM("<title><![CDATA[Rain</title>" LINK
		       "</item><item><title><![CDATA[Snow & <b>ice</b>]]>"
		       "</title><link>/b</link>"),
		    A "|-|Rain|-|-\nhttps://news.example/b|-|Snow & ice|-|-"
		      "\n" },
		{ ITEM("<title><![CDATA[Rain</title>" LINK),
		    A "|-|Rain|-|-\n" },
		{ ITEM(LINK "<description><![CDATA[It <![CDATA[x]]> rained]]>"
			    "</description><title>Rain</title>"),
		    A "|-|Rain|It|-\n" },
		/* Comments and instructions, whole and not. */
		{ ITEM("<!-- <title>no</title> -- --><title>Rain<?php x ?>"
		       "</title><!DOCTYPE x>" LINK),
		    A "|-|Rain|-|-\n" },
		{ ITEM("<!-- <title>Rain</title>" LINK), A "|-|Rain|-|-\n" },
		/* xml:base, on every level; a whole address has no use for it.
		 */
		{ "<feed xml:base='/x/'><entry xml:base='y/'><link href='z'/>"
		  "</entry><entry><link href='z'/></entry><entry xml:base='/q/'"
		  "><link xml:base='r/' href='" A "'/></entry><entry xml:base='"
		  "mailto:x'><link href='z'/></entry></feed>",
		    "https://news.example/x/y/z|-|-|-|-\n"
		    "https://news.example/x/z|-|-|-|-\n" A "|-|-|-|-\n"
		    "https://news.example/x/z|-|-|-|-\n" },
		{ "<rss xml:base='https://other.example/n/'><channel><item>"
		  "<link>z</link></item></channel></rss>",
		    "https://other.example/n/z|-|-|-|-\n" },
		/* Letters that are typed in two pieces. */
		{ ITEM("<title>Ha\u0300 No\u0323\u0302i m\u01b0a</title>" LINK),
		    A "|-|H\u00e0 N\u1ed9i m\u01b0a|-|-\n" },
		/* JSON that was cut off, and with commas and line ends. */
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\""
		  ":[{\"url\":\"" A "\",\"title\":\"Rain }] \"},{\"url\":\"" A
		  "/b\",\"tags\":[\"a\"",
		    A "|-|Rain }]|-|-\n" },
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\""
		  ":[{\"url\":\"" A "\",\"title\":\"Rain\n\\'s\",},]}",
		    A "|-|Rain 's|-|-\n" },
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
		/* Of all kinds of feeds. */
		{ "<feed><entry><id>1</id><link href='/a'/></entry><entry><id>1"
		  "</id><link href='/b'/></entry></feed>",
		    A "|-|-|-|-\nhttps://news.example/b|-|-|-|-\n" },
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\""
		  ":[{\"id\":1,\"url\":\"" A "\"},{\"id\":\"1\",\"url\":\"/b\"}"
		  "]}",
		    A "|-|-|-|-\nhttps://news.example/b|-|-|-|-\n" },
		/* The same page, as somebody else's reader is sent there. */
		{ "<rss><channel><item>" LINK "<guid>1</guid></item><item>"
		  "<link>" A "?utm_source=rss</link><guid>1</guid></item>"
		  "</channel></rss>",
		    A "|1|-|-|-\n" A "?utm_source=rss|1|-|-|-\n" },
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
		{ "{\"items\": []}", "not a feed: JSON" },
		{ "{\"version\": \"https://jsonfeed.org/version/1\"}",
		    "not a feed: JSON" },
		{ "It rained.", "not a feed: no XML" },
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

static void a_text_in_full_is_made_html(void **state)
{
	static const char *const cases[] = {
		"<feed><entry><link href='/a'/><content>1 &lt; 2\n\n&amp;"
		"</content></entry></feed>",
		"<feed><entry><link href='/a'/><content type='text'>1 &lt; 2\n"
		"\n&amp;</content></entry></feed>",
		"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": "
		"[{"
		"\"url\": \"/a\", \"content_text\": \"1 < 2\\n\\n&\"}]}",
	};
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		job_init(&job);
		assert_string_equal(only(&job, cases[i])->html,
		    "<p>1 &lt; 2</p><p>\n&amp;</p>");
		job_finish(&job);
	}
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

/* A text that no parser may read costs only itself. */
static void a_text_that_nests_too_deep_is_missing(void **state)
{
	struct dl_job job;
	char *text = many("<rss><item>" LINK "<title>Rain</title><description>",
	    "&lt;b>", 5000, "</description></item></rss>");

	(void)state;
	job_init(&job);
	assert_string_equal(found(&job, text), A "|-|Rain|-|-\n");
	assert_false(job.broken);
	job_finish(&job);
	free(text);
}

/* xorshift: the same numbers each time. */
static uint32_t chance(uint32_t *seed, size_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed % (uint32_t)below;
}

/* Signs are put anywhere; what is found is always whole. A sanitizer looks on.
 */
static void signs_anywhere_do_no_harm(void **state)
{
	static const char *const feeds[] = {
		ITEM(
		    "<title>Rain &amp; snow</title>" LINK "<guid>7</guid>"
		    "<description><![CDATA[It <b>rained</b>.]]></description>"),
		"<feed xml:base='/x/'><!-- c --><entry><id>7</id><link href='a'"
		" rel=\"alternate\"/><title type='xhtml'><b>Rain</b></title>"
		"</entry></feed>",
		"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": "
		"[{"
		"\"url\": \"/a\", \"authors\": [{\"name\": \"An\"}]}]}",
	};
	static const char signs[] = "<>&;#'\"/=![]-?{}:,\\ \n\x01xa0";
	uint32_t seed = 0x2027;
	struct found *one;
	struct dl_job job;
	size_t some = 0;
	int i, k;

	(void)state;
	for (i = 0; i < 6000; i++) {
		const char *feed = feeds[i % 3];
		char *text = strdup(feed);

		for (k = i % 4; k >= 0; k--)
			text[chance(&seed, strlen(feed))] =
			    signs[chance(&seed, sizeof(signs) - 1)];
		job_init(&job);
		found(&job, text);
		for (one = job.found; one != NULL; one = one->next, some++)
			assert_true(strncmp(one->entry.url, "http", 4) == 0);
		job_finish(&job);
		free(text);
	}
	assert_in_range(some, 1000, 6000);
}

/* What one feed said is not said by the next. */
static void hints_are_those_of_the_last_feed(void **state)
{
	struct dl_page first = page_of(RSS("<ttl>5</ttl>"));
	struct dl_page second = page_of(RSS(""));
	struct dl_job job;

	(void)state;
	job_init(&job);
	assert_non_null(feed_next(&job, &first, NULL));
	assert_int_equal(job.hints.ttl, MINUTES(5));
	assert_non_null(feed_next(&job, &second, NULL));
	assert_int_equal(job.hints.ttl, 0);
	job_finish(&job);
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

#define NEXT(rel) "<link rel='" rel "' href='?page=2'/>"

/* RFC 5005, and the same in JSON Feed. */
static void older_entries_may_be_on_another_page(void **state)
{
	static const struct {
		const char *bytes;
		bool wanted;
	} rows[] = {
		{ "<feed xmlns='http://www.w3.org/2005/Atom'>" NEXT(
		      "next") "<entry><link href='/a'/></entry></feed>",
		    true },
		{ "<feed>" NEXT("prev-archive") "</feed>", true },
		{ "<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
		  "<atom:link rel='next' href='?page=2'/></channel></rss>",
		    true },
		{ "<feed>" NEXT("self") NEXT("alternate") "</feed>", false },
		{ "<feed><entry>" NEXT("next") "</entry></feed>", false },
		{ "{\"version\":\"https://jsonfeed.org/version/1.1\","
		  "\"next_url\":\"" BASE "?page=2\",\"items\":[]}",
		    true },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		job_init(&job);
		found(&job, rows[i].bytes);
		if ((job.wants != NULL) != rows[i].wanted)
			fail_msg("row %zu", i);
		if (rows[i].wanted) {
			assert_string_equal(job.wants->url, BASE "?page=2");
			assert_int_equal(job.wants->role, DL_WANT_OLDER);
		}
		job_finish(&job);
	}
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
	page_want(&job, BASE, DL_WANT_NEXT); /* the page itself */
	assert_int_equal(job.n_wants, 0);
	page_want(&job, "2.html", DL_WANT_NEXT);
	page_want(&job, BASE "2.html", DL_WANT_NEXT);
	assert_int_equal(job.n_wants, 1);
	assert_string_equal(job.wants->url, BASE "2.html");
	for (i = 0; i < 100; i++)
		page_want(&job, job_printf(&job, "p%d", i), DL_WANT_NEXT);
	assert_int_equal(job.n_wants, LIMIT_WANTED);
	assert_false(job.broken);
	page_want(&job, "2.html", (enum dl_role)7);
	assert_true(job.broken);
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
		{ "<feed>", "<entry><link href='a'/></entry>", 60000, "</feed>",
		    LIMIT_ENTRIES },
		{ "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":"
		  "[{}",
		    ",{\"url\":\"/a\"}", 60000, "]}", LIMIT_ENTRIES },
		/* The memory in which texts are read is given back. */
		{ "<rss>",
		    "<item><link>a</link><description>&lt;b>a&amp;amp;"
		    "</description></item>",
		    55000, "</rss>", LIMIT_ENTRIES },
		{ "<rss><item><link>a</link><description>", "&lt;b>", 700000,
		    "</description></item></rss>", 1 },
		{ "<rss>", "<item><link>a</link>", 60000, "</rss>",
		    LIMIT_ENTRIES },
		{ "<rss><item><link>a</link><title>", "<![CDATA[</title>",
		    200000, "</item></rss>", 1 },
		{ "<rss><item><link>a</link><title>", "<!--", 1000000,
		    "</item></rss>", 1 },
		{ "<rss><item><link>a</link><title>", "<a b=\"", 600000,
		    "</item></rss>", 1 },
		{ "<rss><item><link>a</link><x>", "<y z=1/>", 500000,
		    "</item></rss>", 1 },
		{ "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":",
		    "[", 4000000, "", 0 },
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
		cmocka_unit_test(a_text_in_full_is_made_html),
		cmocka_unit_test(a_text_that_nests_too_deep_is_missing),
		cmocka_unit_test(signs_anywhere_do_no_harm),
		cmocka_unit_test(hints_are_those_of_the_last_feed),
		cmocka_unit_test(of_an_index_the_newest_sitemaps_are_wanted),
		cmocka_unit_test(older_entries_may_be_on_another_page),
		cmocka_unit_test(a_page_is_wanted_once),
		cmocka_unit_test(entries_of_plugins_are_made_clean),
		cmocka_unit_test(the_largest_feeds_take_little_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
