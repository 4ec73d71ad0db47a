/* Crashes before the lock-in, and before any page. */
#include "evil.h"

static enum dl_verdict prepare(struct dl_job *job)
{
	volatile int *volatile nowhere = NULL;

	(void)job;
	*nowhere = 1;
	return DL_DONE;
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)job;
	(void)page;
	(void)record;
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "early",
	.version = "1.0",
	.about = "crashes when it is prepared",
	.prepare = prepare,
	.transform = transform };
