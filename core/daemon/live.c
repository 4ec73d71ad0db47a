/* The newest records, for people who look on. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/live.h"

struct live {
	char *records[LIVE_KEPT]; /* a ring: number n is at n % LIVE_KEPT */
	uint64_t last;
	void (*came)(void *whose);
	void *whose;
};

struct live *live_new(void)
{
	return xcalloc(1, sizeof(struct live));
}

void live_free(struct live *live)
{
	size_t i;

	for (i = 0; live != NULL && i < LIVE_KEPT; i++)
		free(live->records[i]);
	free(live);
}

void live_add(struct live *live, uint64_t seq, const char *brief)
{
	char **place = &live->records[++live->last % LIVE_KEPT];
	char spooled[TIME_TEXT];
	struct buf text = { 0 };

	time_rfc3339(spooled, time_now() / 1000, 0, true);
	buf_printf(&text, "{\"seq\":%" PRIu64 ",\"spooled\":\"%s\",%s", seq,
	    spooled, brief + 1);
	free(*place);
	*place = text.bytes;
	if (live->came != NULL)
		live->came(live->whose);
}

const char *live_next(const struct live *live, uint64_t *n)
{
	if (*n >= live->last)
		return NULL;
	*n = live->last - *n > LIVE_KEPT ? live->last - LIVE_KEPT + 1 : *n + 1;
	return live->records[*n % LIVE_KEPT];
}

void live_follow(struct live *live, void (*came)(void *whose), void *whose)
{
	live->came = came;
	live->whose = whose;
}
