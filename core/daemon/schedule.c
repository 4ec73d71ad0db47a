/* When a feed is looked at next. */
#include "core/daemon/schedule.h"

#define SPREAD_MOST ((int64_t)10 * 1000)
#define BACK_OFF_MOST ((int64_t)24 * 3600 * 1000)
#define RETRY_MOST ((int64_t)6 * 3600 * 1000)

/* Between nine and eleven tenths of it. */
static int64_t jitter(int64_t interval, uint64_t chance)
{
	int64_t tenth = interval / 10;

	if (tenth == 0)
		return interval;
	return interval - tenth + (int64_t)(chance % (uint64_t)(2 * tenth + 1));
}

static int64_t doubled(int64_t interval, int64_t times, int64_t most)
{
	for (; times > 0 && interval < most; times--)
		interval *= 2;
	return interval < most ? interval : most;
}

void schedule_begin(
    struct watch *watch, int64_t interval, int64_t now, uint64_t chance)
{
	int64_t spread = interval / 10;

	if (spread > SPREAD_MOST)
		spread = SPREAD_MOST;
	watch->failures = 0;
	watch->due = now + (int64_t)(chance % (uint64_t)(spread + 1));
}

void schedule_next(struct watch *watch, enum outcome outcome, int64_t interval,
    int64_t now, uint64_t chance)
{
	int64_t most = interval > BACK_OFF_MOST ? interval : BACK_OFF_MOST;

	watch->failures = outcome == OUTCOME_FINE ? 0 : watch->failures + 1;
	interval = doubled(interval, watch->failures, most);
	watch->due = now + jitter(interval, chance);
}

int64_t schedule_retry(int64_t first, int64_t tries, uint64_t chance)
{
	int64_t most = first > RETRY_MOST ? first : RETRY_MOST;

	return jitter(doubled(first, tries, most), chance);
}
