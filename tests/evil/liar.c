/* Answers in the worker's stead, and not as a worker does. */
#include <unistd.h>

#include "evil.h"

#define WORKER_SOCKET 3

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char lie[] = "\x10\0\0\0\x04\0\0\0 this is no result";

	(void)page;
	(void)record;
	if (write(WORKER_SOCKET, lie, sizeof(lie)) < 0)
		return job_fail(job, "nobody listens");
	return DL_DONE;
}

EVIL("liar", "breaks the protocol");
