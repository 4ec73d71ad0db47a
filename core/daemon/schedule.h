/*
 * When a feed is looked at next. Pure: functions of (watch, outcome, now), in
 * milliseconds of a clock that only goes forward; chance comes in as a number.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdint.h>

struct watch {            /* over one feed; zeroed at first */
	int64_t due;      /* not before this */
	int64_t failures; /* in a row */
};

enum outcome { OUTCOME_FINE, OUTCOME_FAILED };

/* The first look: feeds of one start are spread over a tenth of their interval,
   at most ten seconds. `chance` is any number. */
void schedule_begin(
    struct watch *watch, int64_t interval, int64_t now, uint64_t chance);

/* The next one: an interval away, give or take a tenth; after failures twice as
   long each time, up to a day, but never given up. */
void schedule_next(struct watch *watch, enum outcome outcome, int64_t interval,
    int64_t now, uint64_t chance);

/* Milliseconds before a page that failed `tries` times is tried again. */
int64_t schedule_retry(int64_t first, int64_t tries, uint64_t chance);

#endif
