/* Opens a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	FILE *file = fopen("/etc/passwd", "r");

	(void)page;
	(void)record;
	if (file == NULL)
		return job_fail(job, "no file: %s", strerror(errno));
	return job_fail(job, "it has opened a file");
}

EVIL("files", "opens a file");
