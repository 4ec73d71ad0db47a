/* What today has brought. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/daemon/today.h"

int64_t today_midnight(int64_t now)
{
	time_t seconds = (time_t)now;
	struct tm tm;

	localtime_r(&seconds, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return mktime(&tm);
}

void today_begin(struct today *today, int64_t now, uint64_t records)
{
	*today =
	    (struct today){ .began = today_midnight(now), .records = records };
}

void today_record(struct today *today, int64_t now, int64_t lag)
{
	today->records = today_records(today, now) + 1;
	today->began = today_midnight(now);
	if (lag >= 0)
		today->lags[today->n_lags++ % TODAY_LAGS] = lag;
}

/* The clock may have been set back as well. */
uint64_t today_records(const struct today *today, int64_t now)
{
	return today_midnight(now) == today->began ? today->records : 0;
}

static int by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

int64_t today_lag(const struct today *today)
{
	size_t n = today->n_lags < TODAY_LAGS ? today->n_lags : TODAY_LAGS;
	int64_t sorted[TODAY_LAGS];

	if (n == 0)
		return -1;
	memcpy(sorted, today->lags, n * sizeof(sorted[0]));
	qsort(sorted, n, sizeof(sorted[0]), by_size);
	return sorted[n / 2];
}
