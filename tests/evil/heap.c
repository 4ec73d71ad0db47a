/* Takes memory of the process until there is none, and writes to it. */
#include <stdlib.h>
#include <string.h>

#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const size_t piece = 1 << 24;
	int n;

	(void)page;
	(void)record;
	for (n = 0; n < 40; n++) {
		char *memory = malloc(piece);

		if (memory == NULL)
			return job_fail(job, "no more after %d pieces", n);
		memset(memory, n, piece);
	}
	return job_fail(job, "nobody has stopped it");
}

EVIL("heap", "eats the process' memory");
