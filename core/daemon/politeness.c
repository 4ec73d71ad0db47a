/* When a host may be asked again. */
#include "core/daemon/politeness.h"

/* Nobody is believed who wants us away for longer: his clock may be wrong. */
#define RETRY_AFTER_MOST ((int64_t)24 * 3600 * 1000)

int64_t politeness_wait(const struct politeness *host, int64_t now)
{
	if (host->busy)
		return -1;
	return host->next > now ? host->next - now : 0;
}

void politeness_begin(struct politeness *host)
{
	host->busy = true;
}

void politeness_end(
    struct politeness *host, int64_t now, int64_t pause, int64_t retry_after)
{
	if (retry_after > RETRY_AFTER_MOST)
		retry_after = RETRY_AFTER_MOST;
	host->busy = false;
	host->next = now + (pause > retry_after ? pause : retry_after);
}
