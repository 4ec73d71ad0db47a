/*
 * The Example Gazette: a source as somebody outside this tree would write it.
 * It is C and C++ at once, so that both are shown to work.
 */
#include <string.h>

#include "plugin.h"

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	struct dl_entry *entry = NULL;

	while ((entry = feed_next(job, feed, entry)) != NULL) {
		if (strstr(entry->url, "/video/") == NULL)
			entry_add(job, entry);
	}
	return DL_DONE;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *story, *time;

	story = dom_first(job, dom_root(job, page), "main > article");
	if (story == NULL)
		return job_fail(job, "no <article> in <main>");

	time = dom_first(job, story, "time[datetime]");
	record_take(job, record, DL_TITLE, story, "h1");
	record_set(job, record, DL_TEXT,
	    dom_prose(job, dom_first(job, story, ".text"), "aside, figure"),
	    DL_FROM_PAGE, ".text");
	record_published(job, record,
	    date_parse(job, dom_attr(job, time, "datetime"), DL_FROM_META, 0),
	    "time[datetime]");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "gazette",
	.version = "1.0",
	.about = "The Example Gazette, without its videos",
	.agency = "Gazette",
	.zone = "Europe/London",
	.discover = discover,
	.extract = extract,
};
