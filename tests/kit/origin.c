/* Where a text was found is known of lists, too, where somebody asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/kit/origin.h"
#include "core/kit/record.h"

static const char html[] =
    "<html><head><meta name=author content='An Roe'>"
    "<link rel=alternate hreflang=fr href='/fr/1.html'>"
    "<script type='application/ld+json'>{\"author\":{\"name\":\"Bo Li\"}}"
    "</script></head><body><p class=by>By Cy Vu, Di Ho</p>"
    "<img src='/a.jpg'><ul><li>rain<li>wind</ul></body></html>";

static const struct dl_page page = { .url = "https://news.example/1.html",
	.type = "text/html",
	.bytes = html,
	.len = sizeof(html) - 1 };

struct told { /* a job, and the record that it makes */
	struct dl_job job;
	struct dl_record *record;
	const struct dl_node *root;
};

static struct told *begin(bool explains)
{
	static struct told told;

	job_init(&told.job);
	told.job.base = page.url;
	if (explains)
		told.job.origins =
		    job_alloc(&told.job, sizeof(*told.job.origins));
	told.record = &record_new(&told.job)->open;
	told.root = dom_root(&told.job, &page);
	return &told;
}

static const struct trace *last(const struct told *told)
{
	const struct trace *one = ((struct record *)told->record)->traces;

	while (one != NULL && one->next != NULL)
		one = one->next;
	assert_non_null(one);
	return one;
}

static void check(
    const struct told *told, const char *value, int from, const char *how)
{
	const struct trace *trace = last(told);

	assert_string_equal(trace->value, value);
	assert_int_equal(trace->from, from);
	if (how == NULL)
		assert_null(trace->how);
	else
		assert_string_equal(trace->how, how);
}

static void what_was_found_is_known_when_it_is_told(void **state)
{
	struct told *told = begin(true);
	struct dl_job *job = &told->job;
	const struct dl_node *item = NULL;

	(void)state;
	record_author(job, told->record, page_meta(job, &page, "author"));
	check(told, "An Roe", DL_FROM_META, "author");
	record_author(job, told->record, page_ld(job, &page, "author.name"));
	check(told, "Bo Li", DL_FROM_JSON_LD, "author.name");
	record_image(job, told->record,
	    dom_url(job, dom_first(job, told->root, "img"), "src"), NULL, NULL);
	check(told, "https://news.example/a.jpg", DL_FROM_NOWHERE, "img");
	record_alternate(job, told->record, "fr",
	    dom_attr(job, dom_first(job, told->root, "link"), "href"));
	check(told, "https://news.example/fr/1.html", DL_FROM_NOWHERE, "link");
	record_note(job, told->record, "by",
	    dom_text(job, dom_first(job, told->root, "p")));
	check(told, "By Cy Vu, Di Ho", DL_FROM_PAGE, "p");
	while ((item = dom_next(job, told->root, "ul li", item)) != NULL)
		record_tag(job, told->record, dom_text(job, item));
	check(told, "wind", DL_FROM_PAGE, "ul li");
	job_finish(job);
}

static void a_part_of_a_text_was_found_with_it(void **state)
{
	struct told *told = begin(true);
	struct dl_job *job = &told->job;
	const char *names;

	(void)state;
	names = dom_text(job, dom_first(job, told->root, ".by"));
	record_author(job, told->record, job_copy(job, names + 3, 5));
	check(told, "Cy Vu", DL_FROM_PAGE, ".by");
	record_author(job, told->record, names + 10);
	check(told, "Di Ho", DL_FROM_PAGE, ".by");
	job_finish(job);
}

/* By another selector: that is how it was found this time. */
static void the_last_that_found_it_counts(void **state)
{
	struct told *told = begin(true);
	struct dl_job *job = &told->job;
	const struct dl_node *by = dom_first(job, told->root, ".by");

	(void)state;
	assert_ptr_equal(dom_first(job, told->root, "body > p"), by);
	record_tag(job, told->record, dom_text(job, by));
	check(told, "By Cy Vu, Di Ho", DL_FROM_PAGE, "body > p");
	job_finish(job);
}

/* What is made anew, what was found long ago, and what nobody asks for. */
static void what_is_not_known_is_not_told(void **state)
{
	struct told *told = begin(true);
	struct dl_job *job = &told->job;
	const char *name = page_meta(job, &page, "author");
	int i;

	(void)state;
	record_tag(job, told->record, "rain");
	check(told, "rain", DL_FROM_NOWHERE, NULL);
	record_tag(job, told->record, job_printf(job, "%s!", name));
	check(told, "An Roe!", DL_FROM_NOWHERE, NULL);
	for (i = 0; i < ORIGINS; i++)
		dom_first(job, told->root, "p");
	record_author(job, told->record, name);
	check(told, "An Roe", DL_FROM_NOWHERE, NULL);
	job_finish(job);

	told = begin(false);
	record_author(job, told->record, page_meta(job, &page, "author"));
	check(told, "An Roe", DL_FROM_NOWHERE, NULL);
	job_finish(job);
}

/* A search through all of <meta> leaves what was found before it. */
static void a_search_is_forgotten(void **state)
{
	struct told *told = begin(true);
	struct dl_job *job = &told->job;
	const char *name = page_meta(job, &page, "author");
	int i;

	(void)state;
	for (i = 0; i < 2 * ORIGINS; i++)
		assert_null(page_meta(job, &page, "nobody"));
	record_author(job, told->record, name);
	check(told, "An Roe", DL_FROM_META, "author");
	job_finish(job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_found_is_known_when_it_is_told),
		cmocka_unit_test(a_part_of_a_text_was_found_with_it),
		cmocka_unit_test(the_last_that_found_it_counts),
		cmocka_unit_test(what_is_not_known_is_not_told),
		cmocka_unit_test(a_search_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
