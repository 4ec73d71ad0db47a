/*
 * When a host may be asked again: so many requests at a time, a pause between
 * two, and longer where it asks for it or is in trouble. Pure: functions of
 * (host, what happened, now), in milliseconds of a clock that only goes
 * forward.
 */
#ifndef POLITENESS_H
#define POLITENESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/net/outcome.h"

/* Milliseconds. Nobody is believed who wants us away for longer: his clock may
   be wrong. */
#define RETRY_AFTER_MOST ((int64_t)24 * 3600 * 1000)

struct politeness { /* of one host name, across all sources; zeroed at first */
	int under_way;
	bool asked;       /* ever, */
	int64_t last;     /* and that was when a request began or ended */
	int64_t next;     /* not before this, as those before wanted it */
	int64_t held;     /* left alone until then: see politeness_end() */
	int strikes;      /* in a row, of one kind */
	enum outcome why; /* it is held, or has strikes */
};

/* How long who wants so many connections and this pause has to wait: 0 is now,
   -1 until a request under way has ended. `pause` is the longest of the
   source's and that of robots.txt; it holds between any two requests, before
   and after. */
int64_t politeness_wait(
    const struct politeness *host, int connections, int64_t pause, int64_t now);

void politeness_begin(struct politeness *host, int64_t pause, int64_t now);

/*
 * `retry_after` is what the answer said, in milliseconds, or 0. It is believed
 * up to a day. A host that limits, blocks or is not there is held, longer each
 * time, up to a cap for each kind; any other answer ends it.
 */
void politeness_end(struct politeness *host, enum outcome outcome,
    int64_t retry_after, int64_t pause, int64_t now);

/* Somebody says that it may be there again: it is not held any more for not
   having been reached. What it asked for itself holds. */
void politeness_retry(struct politeness *host, int64_t now);

#endif
