/* Makes a socket. */
#include <sys/socket.h>

#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	int made = socket(AF_INET, SOCK_STREAM, 0);

	(void)page;
	(void)record;
	return job_fail(job, "it has made socket %d", made);
}

EVIL("network", "makes a socket");
