/* The smallest extractor: the section is the page's own. */
#include "plugin.h"

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	record_take(job, record, DL_SECTION, dom_root(job, page), "nav b");
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "smallest-extractor",
	.version = "1.0",
	.transform = transform };
