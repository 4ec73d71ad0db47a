/* Never comes back. */
#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	volatile int turns = 0;

	(void)job;
	(void)page;
	(void)record;
	for (;;)
		turns++;
	return DL_DONE;
}

EVIL("spin", "loops");
