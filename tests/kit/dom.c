/* The page as a tree: walking, text, attributes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/kit/dom.h"
#include "core/kit/job.h"

static struct dl_page *page_of(struct dl_job *job, const char *bytes)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));

	page->bytes = bytes;
	page->len = strlen(bytes);
	return page;
}

static const struct dl_node *html(struct dl_job *job, const char *bytes)
{
	return dom_root(job, page_of(job, bytes));
}

static void check_same(const char *html_text, const char *is, const char *want)
{
	if (is == NULL || want == NULL ? is != want : strcmp(is, want) != 0)
		fail_msg("%s: [%s] is not [%s]", html_text,
		    is != NULL ? is : "NULL", want != NULL ? want : "NULL");
}

static void prose_is_paragraphs(void **state)
{
	static const struct {
		const char *html, *prose;
	} rows[] = {
		{ "<p>It <b>rained</b>\n twice.</p><ul><li>one<li>two</ul>more",
		    "It rained twice.\n\none\n\ntwo\n\nmore" },
		/* What parts words, and what does not. */
		{ "<p>measures\nfor <i>x</i><b>y</b> <u> z</u>",
		    "measures for xy z" },
		{ "<p>a<span> b</span>\n<span>c</span>", "a b c" },
		{ "<p>a<!-- x -->b<script>1</script>c", "abc" },
		{ "<p>a&nbsp;&#x3000;b &#x200b;c&shy;d", "a b cd" },
		{ "<p>a<b>&#x200b;</b>b", "ab" },
		/* Breaks. */
		{ "<p>a<br>b", "a b" },
		{ "<p>a<br><br/>b", "a\n\nb" },
		{ "<p>a<br>\n&nbsp;<br>b", "a\n\nb" },
		{ "<p>a<br><b>b</b><br>c", "a b c" },
		/* Three spaces behind a sentence. */
		{ "<div>One.   Two,   not parted.   \nThree “a.”   Four</div>",
		    "One.\n\nTwo, not parted.\n\nThree “a.”\n\nFour" },
		{ "<div>One.\n   Two.  Three</div>", "One. Two. Three" },
		/* Bare text beside empty paragraphs. */
		{ "<div>one<p></p>two<p>&nbsp;</p>\nthree</div>",
		    "one\n\ntwo\n\nthree" },
		{ "<div>one<div>two</div>three</div>four",
		    "one\n\ntwo\n\nthree\n\nfour" },
		{ "<h2>a</h2>b<hr>c<blockquote>d</blockquote>e",
		    "a\n\nb\n\nc\n\nd\n\ne" },
		{ "<table><tr><td>a<td>b<tr><td>c</table>", "a b\n\nc" },
		{ "<pre>one\ntwo\n \nthree</pre>", "one two\n\nthree" },
		{ "<p>a\n\n\nb", "a b" },
		{ "<div><p> </p><p>&#x202a;</p></div>a", "a" },
		/* What is not seen. */
		{ "<title>t</title><p>a<iframe>b</iframe>", "a" },
		{ "<p>&#x3000;&#x3000;\xe4\xb8\xad&#x3000;", "\xe4\xb8\xad" },
		{ "<p> \n ", NULL },
		{ "", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dl_job job;

		job_init(&job);
		check_same(rows[i].html,
		    dom_prose(&job, html(&job, rows[i].html), NULL),
		    rows[i].prose);
		job_finish(&job);
	}
}

static void what_is_left_out_parts_only_where_it_is_a_block(void **state)
{
	static const struct {
		const char *html, *without, *prose;
	} rows[] = {
		{ "<p>a</p><div class=ad>b<p>c</p></div><p>d", ".ad",
		    "a\n\nd" },
		{ "<div>a<div class=ad>b</div>c</div>", ".ad", "a\n\nc" },
		{ "<p>a<b class=ad>b</b>c", ".ad", "ac" },
		{ "<p>a<figure>b<figcaption>c</figure>d", "figure, aside",
		    "a\n\nd" },
		{ "<p>a", "*", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dl_job job;

		job_init(&job);
		check_same(rows[i].html,
		    dom_prose(&job, html(&job, rows[i].html), rows[i].without),
		    rows[i].prose);
		job_finish(&job);
	}
}

static void text_is_one_line(void **state)
{
	static const struct {
		const char *html, *selector, *text;
	} rows[] = {
		{ "<h1>\n A <i>day</i>\n in  May </h1>", "h1", "A day in May" },
		{ "<div><p>a</p><p>b</p><br>c", "div", "a b c" },
		{ "<title> A &amp; B\n</title>", "title", "A & B" },
		{ "<p>Vie\xcc\xa3\xcc\x82t", "p", "Vi\xe1\xbb\x87t" },
		{ "<p>&amp;quot;", "p", "&quot;" },
		{ "<p></p>", "p", NULL },
		{ "<p>", "h1", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dl_job job;

		job_init(&job);
		check_same(rows[i].html,
		    dom_text(&job,
			dom_first(
			    &job, html(&job, rows[i].html), rows[i].selector)),
		    rows[i].text);
		job_finish(&job);
	}
}

static void attributes_come_decoded_and_in_one_line(void **state)
{
	struct dl_job job;
	const struct dl_node *a;

	(void)state;
	job_init(&job);
	job.base = "https://gazette.example/news/1.htm";
	a = dom_first(&job,
	    html(&job,
		"<a href=' ../x?a=1&amp;b=2 ' title='13:30&#x2B;07:00\n"
		" \"x\"' alt>b"),
	    "a");
	check_same("href", dom_attr(&job, a, "href"), "../x?a=1&b=2");
	check_same("title", dom_attr(&job, a, "TITLE"), "13:30+07:00 \"x\"");
	check_same("alt", dom_attr(&job, a, "alt"), "");
	check_same("none", dom_attr(&job, a, "class"), NULL);
	check_same("url", dom_url(&job, a, "href"),
	    "https://gazette.example/x?a=1&b=2");
	check_same("no url", dom_url(&job, a, "class"), NULL);
	job_finish(&job);
}

static void a_base_counts_for_relative_urls(void **state)
{
	struct dl_job job;
	const struct dl_node *root;

	(void)state;
	job_init(&job);
	job.base = "https://gazette.example/news/1.htm";
	root = html(&job, "<base href='/old/'><a href=x>a");
	check_same("base", dom_url(&job, dom_first(&job, root, "a"), "href"),
	    "https://gazette.example/old/x");
	job_finish(&job);
}

static void pages_are_parsed_once_each(void **state)
{
	struct dl_job job;
	struct dl_page *one, *two;
	const struct dl_node *root;

	(void)state;
	job_init(&job);
	one = page_of(&job, "<p>one");
	two = page_of(&job, "<p>two");
	root = dom_root(&job, one);
	assert_ptr_not_equal(root, dom_root(&job, two));
	assert_ptr_equal(root, dom_root(&job, one));
	check_same("two", dom_text(&job, dom_root(&job, two)), "two");
	job_finish(&job);
}

static void a_fragment_is_a_page_of_its_own(void **state)
{
	struct dl_job job;

	(void)state;
	job_init(&job);
	check_same("fragment",
	    dom_prose(&job,
		dom_fragment(&job, "a <b>b</b><p>c<script>d</script>"), NULL),
	    "a b\n\nc");
	assert_null(dom_fragment(&job, NULL));
	job_finish(&job);
}

static void a_node_from_elsewhere_does_no_harm(void **state)
{
	const struct dl_node *root, *a, *b;
	struct dl_job job;

	(void)state;
	job_init(&job);
	root = html(&job, "<div>one</div><p>two</p><p>three</p>");
	a = dom_first(&job, root, "div");
	b = dom_first(&job, root, "p");
	assert_null(dom_next(&job, a, "p", b));
	assert_false(job.broken);
	job_finish(&job);
}

static void a_node_can_be_asked_itself(void **state)
{
	struct dl_job job;
	const struct dl_node *p;

	(void)state;
	job_init(&job);
	p = dom_first(&job, html(&job, "<div><p class=x>a"), "p");
	assert_true(dom_is(&job, p, "div > .x"));
	assert_false(dom_is(&job, p, "b"));
	assert_false(dom_is(&job, NULL, "p"));
	job_finish(&job);
}

static void the_surest_place_counts_wherever_it_stands(void **state)
{
	static const struct {
		const char *selectors, *text, *how;
	} rows[] = {
		{ ".sure, .vague", "b", ".sure" },
		{ ".vague, .sure", "a", ".vague" },
		{ ".nowhere , p > .sure ,.vague", "b", "p > .sure" },
		{ "[title='x, y'], .sure", "c", "[title='x, y']" },
		{ "i:not(.vague, .sure), .sure", "c", "i:not(.vague, .sure)" },
		{ ".nowhere, #neither", NULL, NULL },
		{ NULL, NULL, NULL },
	};
	const struct dl_node *root, *node;
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	root = html(&job,
	    "<p><i class=vague>a</i><i class=sure>b</i>"
	    "<i title='x, y'>c</i>");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *how = "before";

		node = dom_best(&job, root, rows[i].selectors, &how);
		check_same("dom_best", dom_text(&job, node), rows[i].text);
		check_same("its how", how, rows[i].how);
		assert_ptr_equal(
		    dom_best(&job, root, rows[i].selectors, NULL), node);
	}
	assert_false(job.broken);
	assert_null(dom_best(&job, root, "p, ,", NULL));
	assert_true(job.broken);
	job_finish(&job);
}

static void an_image_has_its_address_before_it_is_loaded(void **state)
{
	static const char *const rows[][2] = {
		{ "<img src=a.jpg>", "https://news.example/a.jpg" },
		{ "<img src=small.jpg data-src=b.jpg>",
		    "https://news.example/b.jpg" },
		{ "<img src=small.jpg data-src=c.jpg data-original=d.jpg>",
		    "https://news.example/d.jpg" },
		{ "<img src='data:image/gif;base64,R0' data-src=/e.jpg>",
		    "https://news.example/e.jpg" },
		{ "<img src=f.jpg data-src=''>", "https://news.example/f.jpg" },
		{ "<b><img alt=x></b><img src=g.jpg>", NULL },
		{ "<img src='data:image/gif;base64,R0'>", NULL },
		{ "<p>none", NULL },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	job.base = "https://news.example/";
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct dl_node *root = html(&job, rows[i][0]);

		check_same(rows[i][0], dom_image_url(&job, root), rows[i][1]);
		check_same(rows[i][0],
		    dom_image_url(&job, dom_first(&job, root, "img")),
		    rows[i][1]);
	}
	job_finish(&job);
}

/* "a: what stands beside it" of each image, with bars between. */
static const char *images_of(
    struct dl_job *job, const char *bytes, const char *without)
{
	const struct dl_image *image =
	    dom_images(job, html(job, bytes), without);
	const char *text = "";

	for (; image != NULL; image = image->next)
		text = job_printf(job, "%s|%s: %s", text,
		    image->url + strlen("http://i.example/"),
		    text_or(image->caption, "-"));
	return text;
}

static void an_image_comes_with_what_stands_beside_it(void **state)
{
	static const struct {
		const char *html, *without, *images;
	} rows[] = {
		{ "<p>One.<p><img src=//i.example/a><p>Two.<p>Three.", NULL,
		    "|a: Two." },
		{ "<p><img src=//i.example/a><br>In it.<p>Two.", NULL,
		    "|a: In it." },
		{ "<p>Before it. <img src=//i.example/a><p>Two.", NULL,
		    "|a: Before it." },
		{ "<p>One.<br><br><img src=//i.example/a>Two.<br><br>Three.",
		    NULL, "|a: Two." },
		/* Of two the last. */
		{ "<p><img src=//i.example/a><p><img src=//i.example/b><p>One.",
		    NULL, "|a: -|b: One." },
		{ "<img src=//i.example/a>One.<p><img src=//i.example/b>Two.",
		    NULL, "|a: One.|b: Two." },
		/* Whatever the boxes are. */
		{ "<table><tr><td><img src=//i.example/a></td></tr><tr><td>One."
		  "</td></tr></table><p>Two.",
		    NULL, "|a: One." },
		{ "<figure><img src=//i.example/a><figcaption>One.</figcaption>"
		  "</figure><p>Two.",
		    NULL, "|a: One." },
		{ "<p>&nbsp;<p>\u200b<p><img src=//i.example/a><p>&nbsp;</p>"
		  "<p>One.",
		    NULL, "|a: One." },
		/* At the end, alone, and left out. */
		{ "<p>One.<p><img src=//i.example/a>", NULL, "|a: -" },
		{ "<img src=//i.example/a>", NULL, "|a: -" },
		{ "<img alt=none><p>One.", NULL, "" },
		{ "<aside><img src=//i.example/a></aside>"
		  "<img src=//i.example/b><aside>One.</aside>Two.",
		    "aside", "|b: Two." },
		{ "<p>One.", NULL, "" },
	};
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	job.base = "http://news.example/";
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_same(rows[i].html,
		    images_of(&job, rows[i].html, rows[i].without),
		    rows[i].images);
	job_finish(&job);
}

static void nothing_comes_of_nothing(void **state)
{
	struct dl_job job;

	(void)state;
	job_init(&job);
	assert_null(dom_root(&job, NULL));
	assert_null(dom_first(&job, NULL, "p"));
	assert_null(dom_first(&job, html(&job, "<p>"), NULL));
	assert_null(dom_text(&job, NULL));
	assert_null(dom_prose(&job, NULL, NULL));
	assert_null(dom_attr(&job, NULL, "href"));
	assert_null(dom_url(&job, NULL, "href"));
	assert_null(dom_best(&job, NULL, "p, b", NULL));
	assert_null(dom_image_url(&job, NULL));
	assert_null(dom_images(&job, NULL, NULL));
	assert_null(dom_unescape(&job, NULL));
	assert_null(dom_line(&job, NULL));
	assert_null(dom_line(&job, " \n"));
	assert_false(job.broken);
	job_finish(&job);
}

static void entities_are_resolved_once_and_tags_stay(void **state)
{
	static const struct {
		const char *text, *left;
	} rows[] = {
		{ "ch&#237;nh &amp;amp; &lt;b> <i>",
		    "ch\xc3\xadnh &amp; <b> <i>" },
		{ "</title>&quot;", "</title>\"" },
		{ "&unknown; & &#150;", "&unknown; & \xe2\x80\x93" },
		{ "&", "&" },
		{ "plain <b", "plain <b" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dl_job job;

		job_init(&job);
		check_same(rows[i].text, dom_unescape(&job, rows[i].text),
		    rows[i].left);
		job_finish(&job);
	}
}

/* The same part over and over. */
static const char *many(struct dl_job *job, const char *part, size_t bytes)
{
	size_t times = bytes / strlen(part);
	char *text = job_alloc(job, bytes + 1), *at = text;

	while (times-- > 0)
		at = stpcpy(at, part);
	return text;
}

static void what_nests_too_deep_fails(void **state)
{
	struct dl_job job;

	(void)state;
	job_init(&job);
	assert_null(html(&job, many(&job, "<div>", 100000)));
	assert_true(job.broken);
	assert_string_equal(job.reason, "elements nest more than 2000 deep");
	job_finish(&job);
}

static void a_flat_page_at_the_limit_fits(void **state)
{
	static const char *const parts[] = {
		"<p class=x>It rained in <b>the</b> hills and in the valley.",
		"<div><a href='/x'>A line of a list</a></div>\n",
		"words and words ",
	};
	clock_t start = clock();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct dl_job job;
		const char *prose;

		job_init(&job);
		prose = dom_prose(
		    &job, html(&job, many(&job, parts[i], 4 << 20)), ".y");
		assert_non_null(prose);
		job_finish(&job);
	}
	assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prose_is_paragraphs),
		cmocka_unit_test(
		    what_is_left_out_parts_only_where_it_is_a_block),
		cmocka_unit_test(text_is_one_line),
		cmocka_unit_test(attributes_come_decoded_and_in_one_line),
		cmocka_unit_test(a_base_counts_for_relative_urls),
		cmocka_unit_test(pages_are_parsed_once_each),
		cmocka_unit_test(a_fragment_is_a_page_of_its_own),
		cmocka_unit_test(a_node_from_elsewhere_does_no_harm),
		cmocka_unit_test(a_node_can_be_asked_itself),
		cmocka_unit_test(the_surest_place_counts_wherever_it_stands),
		cmocka_unit_test(an_image_has_its_address_before_it_is_loaded),
		cmocka_unit_test(an_image_comes_with_what_stands_beside_it),
		cmocka_unit_test(nothing_comes_of_nothing),
		cmocka_unit_test(entities_are_resolved_once_and_tags_stay),
		cmocka_unit_test(what_nests_too_deep_fails),
		cmocka_unit_test(a_flat_page_at_the_limit_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
