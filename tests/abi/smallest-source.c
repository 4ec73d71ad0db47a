/* The smallest source: a feed, and of its pages the article. */
#include "plugin.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	record_take(job, record, DL_TITLE, dom_root(job, page), "h1");
	record_take(job, record, DL_TEXT, dom_root(job, page), "article");
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "smallest-source",
	.version = "1.0",
	.zone = "UTC",
	.discover = feed_discover,
	.extract = extract };
