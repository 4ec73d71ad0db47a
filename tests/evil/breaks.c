/* An extractor that crashes: whose the page is has done nothing. */
#include "evil.h"

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	volatile int *volatile nowhere = NULL;

	(void)job;
	(void)page;
	(void)record;
	*nowhere = 1;
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "breaks",
	.version = "1.0",
	.about = "crashes over the records of others",
	.transform = transform };
