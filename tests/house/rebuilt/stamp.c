/* An extractor that is compiled again and again; it does nothing, and records
   say which one has done it. */
#include "plugin.h"

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)job;
	(void)page;
	(void)record;
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "stamp",
	.version = EDITION,
	.about = "stamps records with its version",
	.transform = transform };
