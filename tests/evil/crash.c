/* Writes where nothing is. */
#include "evil.h"

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	volatile int *volatile nowhere = NULL;

	(void)job;
	(void)page;
	(void)record;
	*nowhere = 1;
	return DL_DONE;
}

EVIL("crash", "crashes");
