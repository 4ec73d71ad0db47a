/* Markup as people write it becomes XML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kit/job.h"
#include "core/kit/soup.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The root is <r>, an entry is <e>. */
static void what_is_wrong_is_mended(void **state)
{
	static const struct {
		const char *soup, *xml;
	} rows[] = {
		{ "<r/>", "<r/>" },
		{ "<r>a</r>b", "<r>a</r>" },
		{ "<r>a", "<r>a</r>" },
		{ "<r", "<r></r>" },
		{ "<r><e>a</e></r>", "<r><e>a</e></r>" },
		/* Ends */
		{ "<r><e>a<e>b</r>", "<r><e>a</e><e>b</e></r>" },
		{ "<r><x:e>a<x:e>b</r>", "<r><x:e>a</x:e><x:e>b</x:e></r>" },
		{ "<r><e><a><b>x</a></e></r>",
		    "<r><e><a><b>x</b></a></e></r>" },
		{ "<r></e>a</b></r>", "<r>a</r>" },
		{ "<r><Link>a</link></R>", "<r><Link>a</Link></r>" },
		{ "<r><title>a<guid>b<e>c</r>",
		    "<r><title>a</title><guid>b</guid><e>c</e></r>" },
		{ "<r><title><b>a<link>b</link></r>",
		    "<r><title><b>a</b></title><link>b</link></r>" },
		/* In what is no text, such elements are its own. */
		{ "<r><image><title>a</title><link>b</link></image></r>",
		    "<r><image><title>a</title><link>b</link></image></r>" },
		{ "<r>a<br>b<IMG src=c>d<hr/></r>",
		    "<r>a<br/>b<IMG src=\"c\"/>d<hr/></r>" },
		{ "<r><a</a>b</r>", "<r>&lt;ab</r>" },
		{ "<r><title<link>a</r>",
		    "<r><title></title><link>a</link></r>" },
		{ "<r></title<link>a</r>", "<r><link>a</link></r>" },
		/* Attributes */
		{ "<r a=1 b='2' c=\"3\" d e = f/>",
		    "<r a=\"1\" b=\"2\" c=\"3\" d=\"\" e=\"f\"/>" },
		{ "<r a='\"&\x01'></r>", "<r a=\"&quot;&amp; \"></r>" },
		{ "<r a='1>2'></r>", "<r a=\"1&gt;2\"></r>" },
		{ "<r><x a=\"1><y/></r>", "<r><x a=\"1\"><y/></x></r>" },
		{ "<r a=/b/c/></r>", "<r a=\"/b/c\"/>" },
		{ "<r 7=8 ='9' x:=1 y:z=2></r>", "<r y:z=\"2\"></r>" },
		{ "<r a=", "<r a=\"\"></r>" },
		{ "<r a='", "<r a=\"\"></r>" },
		/* Signs */
		{ "<r>1 < 2 > 1 & 3 &amp; &lt; &nbsp; &x</r>",
		    "<r>1 &lt; 2 &gt; 1 &amp; 3 &amp; &lt; &amp;nbsp; "
		    "&amp;x</r>" },
		{ "<r>&#65; &#x41; &#X41; &#0; &#xFFFF; &#x110000; &#xD800;"
		  "</r>",
		    "<r>&#65; &#65; &#65; &#32; &#32; &#32; &#32;</r>" },
		{ "<r>&#x80;&#159;&#xa0;</r>",
		    "<r>&amp;#128;&amp;#159;&#160;</r>" },
		{ "<r>&#xd83c;&#57127; &#xd83c;&#65;</r>",
		    "<r>&#127783; &#32;&#65;</r>" },
		{ "<r>&#; &#x; &#123456789; &#</r>",
		    "<r>&amp;#; &amp;#x; &amp;#123456789; &amp;#</r>" },
		{ "<r>a\x02\x7f\xef\xbf\xbe\xef\xbf\xbd</r>",
		    "<r>a \x7f \xef\xbf\xbd</r>" },
		{ "<r><3 <a@b> <?", "<r>&lt;3 &lt;a@b&gt; </r>" },
		/* What is not for readers */
		{ "<r>a<!-- <e> -- -->b<?x ?>c<!x>d</r>", "<r>abcd</r>" },
		{ "<r>a<!--b</r>", "<r>ab</r>" },
		{ "<r>a<?b</r>", "<r>ab</r>" },
		{ "<r>a<!b</r>", "<r>a</r>" },
		/* A root that has no name is none. */
		{ "<r@><![CDATA[x]]></r@>",
		    "&lt;r@&gt;<![CDATA[x]]>&lt;/r@&gt;" },
		/* CDATA */
		{ "<r><![CDATA[<e>&\x01]]>a</r>", "<r><![CDATA[<e>& ]]>a</r>" },
		{ "<r><a><![CDATA[b</a>c</r>", "<r><a><![CDATA[b]]></a>c</r>" },
		{ "<r><a><![CDATA[b</a><a><![CDATA[c]]></a></r>",
		    "<r><a><![CDATA[b]]></a><a><![CDATA[c]]></a></r>" },
		{ "<r><![CDATA[a", "<r><![CDATA[a]]></r>" },
	};
	struct dl_job job;
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *soup = rows[i].soup, *xml;

		job_init(&job);
		xml = soup_xml(&job, soup, soup + strlen(soup), "e", &len);
		if (strcmp(xml, rows[i].xml) != 0)
			fail_msg("row %zu, %s: %s", i, soup, xml);
		assert_int_equal(len, strlen(xml));
		job_finish(&job);
	}
}

/* Only up to the end that is given. */
static void the_end_is_the_end(void **state)
{
	static const char soup[] = "<r><e>a</e><e>b</e></r>";
	struct dl_job job;
	size_t len, out;

	(void)state;
	for (len = 2; len < sizeof(soup); len++) {
		char *copy = malloc(len);

		job_init(&job);
		memcpy(copy, soup, len);
		assert_true(strncmp(soup_xml(&job, copy, copy + len, "e", &out),
				"<r", 2) == 0);
		assert_true(out >= len);
		free(copy);
		job_finish(&job);
	}
}

static void what_nests_too_deep_is_left_out(void **state)
{
	char *soup = malloc(4000), *at = soup;
	struct dl_job job;
	const char *xml;
	size_t len, i;

	(void)state;
	at = stpcpy(at, "<r>");
	for (i = 0; i < 300; i++)
		at = stpcpy(at, "<a>");
	at = stpcpy(at, "x<b/>");
	for (i = 0; i < 300; i++)
		at = stpcpy(at, "</a>");
	at = stpcpy(at, "<e>y</e></r>");
	job_init(&job);
	xml = soup_xml(&job, soup, at, "e", &len);
	assert_non_null(strstr(xml, "<a>x</a>"));
	assert_string_equal(xml + len - 16, "</a><e>y</e></r>");
	for (i = 0; (xml = strstr(xml, "<a>")) != NULL; xml++)
		i++;
	assert_int_equal(i, 99);
	job_finish(&job);
	free(soup);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_mended),
		cmocka_unit_test(the_end_is_the_end),
		cmocka_unit_test(what_nests_too_deep_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
