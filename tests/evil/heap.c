/* Takes memory of the process until there is none, and writes to it. */
#include <stdlib.h>

#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const size_t piece = 1 << 24;
	int n;

	(void)page;
	(void)record;
	for (n = 0; n < 40; n++) {
		volatile char *memory = malloc(piece);
		size_t at;

		if (memory == NULL)
			return job_fail(job, "no more after %d pieces", n);
		for (at = 0; at < piece; at += 4096)
			memory[at] = 1;
	}
	return job_fail(job, "nobody has stopped it");
}

EVIL("heap", "eats the process' memory");
