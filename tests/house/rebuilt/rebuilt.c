/* A source that is compiled again and again; its pages say which one it was. */
#include "plugin.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page);

	record_note(job, record, "source_version", EDITION);
	record_set(job, record, DL_TEXT,
	    dom_prose(job, dom_first(job, root, "article"), NULL), DL_FROM_PAGE,
	    "article");
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "rebuilt",
	.version = EDITION,
	.about = "is compiled again and again",
	.zone = "UTC",
	.discover = feed_discover,
	.extract = extract };
