/* Takes memory of the job until there is none. */
#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)page;
	(void)record;
	for (;;)
		job_alloc(job, 1 << 20);
	return DL_DONE;
}

EVIL("memory", "eats the job's memory");
