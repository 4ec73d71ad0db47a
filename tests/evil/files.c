/* Opens a file, or one of the spool to write it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "evil.h"

static FILE *open_as(const char *name)
{
	if (strcmp(name, "writes") == 0)
		return fopen("/var/spool/dateline/evil", "w");
	return fopen("/etc/passwd", "r");
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	FILE *file = open_as(strrchr(page->url, '/') + 1);

	(void)record;
	if (file == NULL)
		return job_fail(job, "no file: %s", strerror(errno));
	return job_fail(job, "it has opened a file");
}

EVIL("files", "opens a file");
