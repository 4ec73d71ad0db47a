/*
 * What today has brought, for the line that systemd shows. A day is one of the
 * machine's zone.
 */
#ifndef TODAY_H
#define TODAY_H

#include <stddef.h>
#include <stdint.h>

#define TODAY_LAGS 63 /* of the newest records: their middle one is told */

struct today {
	int64_t began; /* midnight; seconds since 1970, as all here */
	uint64_t records;
	int64_t lags[TODAY_LAGS]; /* a ring */
	size_t n_lags;            /* that there ever were */
};

/* The midnight before. */
int64_t today_midnight(int64_t now);

/* The day has brought so many records before we were started. */
void today_begin(struct today *today, int64_t now, uint64_t records);

/* The first record of an entry, so many seconds after its publication; -1: that
   says nothing. */
void today_record(struct today *today, int64_t now, int64_t lag);

/* 0 where the day is over. */
uint64_t today_records(const struct today *today, int64_t now);

/* Between publication and record, of the middle one; -1: nobody knows. */
int64_t today_lag(const struct today *today);

#endif
