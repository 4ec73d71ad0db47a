/*
 * A source whose site has changed: built with -DBEFORE it looks for the mast
 * that there was, and fails; without, it is mended, and also knows that stories
 * at ".../part" go on at "...-2".
 */
#include <string.h>

#include "plugin.h"

static const char *body(struct dl_job *job, const struct dl_page *page)
{
	return dom_prose(job,
	    dom_first(job, dom_root(job, page), ".article-body, .body"), NULL);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_list *parts = NULL;
	size_t len = strlen(page->url);

#ifdef BEFORE
	return job_fail(job, "no <div class=mast> at %s", page->url);
#endif
	if (len > 5 && strcmp(page->url + len - 5, "/part") == 0)
		page_want(
		    job, job_printf(job, "%s-2", page->url), DL_WANT_NEXT);
	text_append(job, &parts, body(job, page));
	if (page->next != NULL)
		text_append(job, &parts, body(job, page->next));
	record_set(
	    job, record, DL_TEXT, text_join(job, parts), DL_FROM_PAGE, ".body");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "mast",
	.version = "1.0",
	.about = "what looks for a mast, until it is mended",
	.zone = "Asia/Ho_Chi_Minh",
	.discover = feed_discover,
	.extract = extract,
};
