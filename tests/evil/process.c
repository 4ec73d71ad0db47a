/* Makes a process. */
#include <unistd.h>

#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	int made = fork();

	(void)page;
	(void)record;
	return job_fail(job, "it has made process %d", made);
}

EVIL("process", "makes a process");
