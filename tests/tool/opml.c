/* The feeds that an OPML file lists, also where it is none too well made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/tool/opml.h"
#include "plugins/plugin.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define BODY(outlines) \
	"<opml version=\"2.0\">\n<body>\n" outlines "</body>\n</opml>\n"

/* "title|url|page|folder|line" of each feed, and a newline; then what was
   complained of. The caller frees. */
static char *read_as(const char *bytes, size_t len, bool *is)
{
	struct arena arena = { 0 };
	struct buf text = { 0 };
	const struct opml_feed *feed;
	struct opml opml;
	char *complaints, *copy = malloc(len + 1);
	size_t size;
	FILE *out = open_memstream(&complaints, &size);

	memcpy(copy, bytes, len); /* a byte more is one too many */
	*is = opml_read(&arena, copy, len, "f", out, &opml);
	fclose(out);
	for (feed = opml.feeds; feed != NULL; feed = feed->next)
		buf_printf(&text, "%s|%s|%s|%s|%ld\n", text_or(feed->title, ""),
		    feed->url, text_or(feed->page, ""),
		    text_or(feed->folder, ""), feed->line);
	assert_int_equal(opml.faults > 0, size > 0);
	buf_text(&text, complaints);
	free(complaints);
	free(copy);
	arena_reset(&arena);
	return text.bytes;
}

static void check(const char *opml, size_t len, const char *wanted)
{
	bool is;
	char *text = read_as(opml, len, &is);

	if (strcmp(text, wanted) != 0)
		fail_msg("%s\n--- is read as\n%s--- and not\n%s", opml, text,
		    wanted);
	assert_true(is);
	free(text);
}

static void feeds_are_found_wherever_they_are(void **state)
{
	static const struct {
		const char *opml, *wanted;
	} rows[] = {
		{ BODY(""), "" },
		{ BODY("<outline type=\"rss\" text=\"A\" title=\"B &amp; C\" "
		       "xmlUrl=\"https://a.example/rss\" "
		       "htmlUrl=\"https://a.example/\"/>\n"),
		    "B & C|https://a.example/rss|https://a.example/||3\n" },
		/* folders in folders, and feeds that are folders */
		{ BODY("<outline text=\"Asia\">\n<outline title=\"Việt Nam\">\n"
		       "<outline text=\"A\" xmlUrl=\"http://a.example/\">"
		       "<outline text=\"B\" xmlUrl=\"http://b.example/\"/>"
		       "</outline></outline>\n"
		       "<outline><outline xmlUrl=\"http://c.example/\"/>"
		       "</outline></outline>\n"
		       "<outline text=\"D\" xmlUrl=\"http://d.example/\"/>\n"),
		    "A|http://a.example/||Asia / Việt Nam|5\n"
		    "B|http://b.example/||Asia / Việt Nam / A|5\n"
		    "|http://c.example/||Asia|6\n"
		    "D|http://d.example/|||7\n" },
		/* other spellings of names and addresses */
		{ "<OPML><BODY><OUTLINE TEXT=\" A \n  b\t\" "
		  "XMLURL=\" http://a.example/r s \"/></BODY></OPML>",
		    "A b|http://a.example/r%20s|||2\n" },
		{ BODY("<outline text=\"A\" xmlUrl=\"feed://a.example/rss\"/>"
		       "<outline text=\"B\" "
		       "xmlUrl=\"feed:https://b.example/rss\"/>"),
		    "A|http://a.example/rss|||3\n"
		    "B|https://b.example/rss|||3\n" },
		/* an address that nobody has escaped */
		{ BODY("<outline text=\"R&D, a & b\" "
		       "xmlUrl=\"http://a.example/?a=1&b=2&#38;c=3&amp;d&\"/>"),
		    "R&D, a & b|http://a.example/?a=1&b=2&c=3&d&|||3\n" },
		/* what is no feed */
		{ BODY("<outline text=\"A\" xmlUrl=\"\"/>"
		       "<outline text=\"B\" type=\"link\" "
		       "url=\"http://b.example/\"/>\n"
		       "<outline text=\"C\" xmlUrl=\"ftp://c.example/\"/>\n"
		       "<outline text=\"D\" type=\"include\" "
		       "url=\"http://d.example/x.opml\"/>"),
		    "f:4: xmlUrl = ftp://c.example/: want an http or https "
		    "URL\n"
		    "f:5: another OPML is not read: import it by itself\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check(rows[i].opml, strlen(rows[i].opml), rows[i].wanted);
}

/* The words are libxml2's; the line is what counts. */
static void what_is_broken_is_read_as_far_as_it_goes(void **state)
{
	static const struct {
		const char *opml, *feeds, *fault;
	} rows[] = {
		/* an address of which half is missing is none */
		{ "<opml><body>\n"
		  "<outline text=\"A\" xmlUrl=\"http://a.example/\"/>\n"
		  "<outline text=\"B\" xmlUrl=\"http://b.exam",
		    "A|http://a.example/|||2\n", "f:3: " },
		{ BODY(
		      "<outline text=\"A\" xmlUrl=\"http://a.example/?a<b\"/>\n"
		      "<outline text=\"B\" xmlUrl=\"http://b.example/\"/>\n"),
		    "B|http://b.example/|||4\n", "f:3: " },
		{ BODY("<outline text=\"A<b>\" xmlUrl=\"http://a.example/\"/>\n"
		       "<outline text=\"B\" xmlUrl=\"http://b.example/\"/>\n"),
		    "B|http://b.example/|||4\n", "f:3: " },
		/* tags that do not fit */
		{ "<opml><body>\n<outline text=\"x\">\n"
		  "<outline text=\"A\" xmlUrl=\"http://a.example/\">\n"
		  "</body></opml>",
		    "A|http://a.example/||x|3\n", "f:4: " },
		{ BODY("<outline text=\"A\" xmlUrl=\"http://a.example/\">\n"
		       "<outline text=\"B\" xmlUrl=\"http://b.example/\">\n"),
		    "A|http://a.example/|||3\nB|http://b.example/||A|4\n",
		    "f:5: " },
		/* words that XML has not */
		{ BODY("<outline text=\"A&nbsp;B\" "
		       "xmlUrl=\"http://a.example/\"/>\n"),
		    "AB|http://a.example/|||3\n", "f:3: " },
		/* twice the same attribute */
		{ BODY("<outline text=\"A\" text=\"B\" "
		       "xmlUrl=\"http://a.example/\"/>\n"),
		    "A|http://a.example/|||3\n", "f:3: " },
	};
	size_t i;
	bool is;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *text = read_as(rows[i].opml, strlen(rows[i].opml), &is);
		size_t len = strlen(rows[i].feeds);

		if (!is || strncmp(text, rows[i].feeds, len) != 0 ||
		    strncmp(text + len, rows[i].fault, 5) != 0)
			fail_msg("%s\n--- is read as\n%s", rows[i].opml, text);
		free(text);
	}
}

/* Neither a file nor the network is asked, nor does anything grow. */
static void nothing_from_outside_is_read(void **state)
{
	static const char outside[] =
	    "<!DOCTYPE opml SYSTEM \"http://127.0.0.1:9/x.dtd\" [\n"
	    "<!ENTITY file SYSTEM \"file:///etc/passwd\">\n"
	    "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">\n"
	    "<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]>\n" BODY(
		"<outline text=\"[&b;]\" xmlUrl=\"http://a.example/&a;\"/>\n"
		"<outline text=\"B\" xmlUrl=\"http://b.example/\">&file;"
		"</outline>\n");
	bool is;
	char *text = read_as(outside, strlen(outside), &is);

	(void)state;
	assert_true(is);
	assert_non_null(strstr(text, "[]|http://a.example/|||7\n"));
	assert_non_null(strstr(text, "B|http://b.example/|||8\n"));
	assert_non_null(
	    strstr(text, "f:7: &b; is left out: entities are not read\n"));
	assert_null(strstr(text, "aaaa"));
	assert_null(strstr(text, "root:"));
	free(text);
}

static void any_charset_will_do(void **state)
{
	static const char latin[] =
	    "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><opml><body>"
	    "<outline text=\"Caf\xe9\" xmlUrl=\"http://a.example/?a&b\"/>"
	    "</body></opml>";
	static const char narrow[] =
	    "<opml><body><outline text=\"&amp;\" "
	    "xmlUrl=\"http://a.example/?a&amp;b\"/></body></opml>";
	char wide[2 * sizeof(narrow)] = "\xff\xfe";
	size_t i;

	(void)state;
	check(latin, strlen(latin), "Café|http://a.example/?a&b|||1\n");
	for (i = 0; narrow[i] != '\0'; i++) {
		wide[2 + 2 * i] = narrow[i];
		wide[3 + 2 * i] = '\0';
	}
	check(wide, 2 + 2 * i, "&|http://a.example/?a&b|||1\n");
}

static void what_is_no_opml_is_told(void **state)
{
	static const struct {
		const char *text, *wanted;
	} rows[] = {
		{ "", "f:1: it is no OPML\n" },
		{ "\n<rss version=\"2.0\"><outline "
		  "xmlUrl=\"http://a.example/\"/></rss>",
		    "f:2: it is no OPML\n" },
	};
	static const char address[] = "https://a.example/rss\n";
	size_t i;
	char *text;
	bool is;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		text = read_as(rows[i].text, strlen(rows[i].text), &is);
		assert_string_equal(text, rows[i].wanted);
		assert_false(is);
		free(text);
	}
	text = read_as(address, strlen(address), &is);
	assert_non_null(strstr(text, "f:1: it is no OPML\n"));
	assert_false(is);
	free(text);
}

/* One fault brings others: not all of them are told. */
static void thousands_of_faults_are_a_few_lines(void **state)
{
	struct buf opml = { 0 };
	const char *at;
	char *text;
	int i, lines = 0;
	bool is;

	(void)state;
	buf_text(&opml, "<opml><body>\n");
	for (i = 0; i < 5000; i++)
		buf_text(&opml, "<outline text=\"&nbsp;\" xmlUrl=\"\"/>\n");
	buf_text(&opml, "</body></opml>");
	text = read_as(opml.bytes, opml.len, &is);
	for (at = text; (at = strstr(at, "nbsp")) != NULL; at++)
		lines++;
	assert_int_equal(lines, 20);
	assert_non_null(strstr(text, "f: 4980 more faults in the XML\n"));
	assert_true(is);
	free(text);
	buf_free(&opml);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feeds_are_found_wherever_they_are),
		cmocka_unit_test(what_is_broken_is_read_as_far_as_it_goes),
		cmocka_unit_test(nothing_from_outside_is_read),
		cmocka_unit_test(any_charset_will_do),
		cmocka_unit_test(what_is_no_opml_is_told),
		cmocka_unit_test(thousands_of_faults_are_a_few_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
