/* Has more statics than a plugin may have. */
#include "evil.h"

static char buffer[4 << 20];

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)job;
	(void)record;
	memcpy(buffer, page->bytes,
	    page->len < sizeof(buffer) ? page->len : sizeof(buffer));
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "large",
	.version = "1.0",
	.about = "has 4 MiB of statics",
	.transform = transform };
