/*
 * A source whose stories go on at "…-2" and "…-3", and whose pages hold a
 * second record: what few sites need and the daemon must do all the same.
 */
#include "plugin.h"

static const char *body(struct dl_job *job, const struct dl_page *page)
{
	return dom_prose(
	    job, dom_first(job, dom_root(job, page), ".body"), NULL);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_list *parts = NULL;
	const struct dl_page *next;
	struct dl_record *more;

	page_want(job, job_printf(job, "%s-2", page->url), DL_WANT_NEXT);
	page_want(job, job_printf(job, "%s-3", page->url), DL_WANT_NEXT);
	text_append(job, &parts, body(job, page));
	for (next = page->next; next != NULL; next = next->next) {
		record_note(job, record, "last", next->url);
		text_append(job, &parts, body(job, next));
	}
	record_set(
	    job, record, DL_TEXT, text_join(job, parts), DL_FROM_PAGE, ".body");

	more = record_more(job, "second");
	record_set(job, more, DL_TITLE, "Another", DL_FROM_RULE, "always");
	record_set(job, more, DL_TEXT, body(job, page), DL_FROM_PAGE, ".body");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "pager",
	.version = "1.0",
	.about = "stories of three pages, pages of two records",
	.zone = "UTC",
	.discover = feed_discover,
	.extract = extract,
};
