/*
 * When a host may be asked again: one request at a time, and a pause between
 * two. Pure: functions of (host, what happened, now), in milliseconds of a
 * clock that only goes forward.
 */
#ifndef POLITENESS_H
#define POLITENESS_H

#include <stdbool.h>
#include <stdint.h>

struct politeness { /* of one host name, across all sources; zeroed at first */
	bool busy;
	int64_t next; /* not before this */
};

/* How long to wait: 0 is now, -1 until the request under way has ended. */
int64_t politeness_wait(const struct politeness *host, int64_t now);

void politeness_begin(struct politeness *host);

/* `pause` is the source's; `retry_after` what a 429 or 503 said, else 0. */
void politeness_end(
    struct politeness *host, int64_t now, int64_t pause, int64_t retry_after);

#endif
