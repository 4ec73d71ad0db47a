/* Counters, and how they are told: the answer to `dateline status`. */
#ifndef STATUS_H
#define STATUS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "core/daemon/commit.h"
#include "core/daemon/drift.h"
#include "core/daemon/histogram.h"
#include "core/daemon/hours.h"
#include "core/net/fetch.h"
#include "core/daemon/keeper.h"
#include "core/daemon/pool.h"
#include "core/daemon/schedule.h"
#include "core/daemon/seen.h"
#include "core/daemon/today.h"

struct source_counts { /* since the daemon started */
	char *source;
	uint64_t polls, not_modified;
	uint64_t failed[N_OUTCOMES]; /* polls and pages, by their class */
	uint64_t entries, changed;
	uint64_t overflows; /* polls between which entries were missed */
	uint64_t pages, skipped, quarantined;
	uint64_t rechecks, rechecked_same; /* pages looked at again */
	uint64_t records, revisions, withdrawn;
	uint64_t trivial; /* pages that changed, but no field of a record did */
	struct histogram lag; /* seconds from published to fetched, of those
				 whose minute is known */
	struct hours hours;   /* of records */
	uint64_t told;        /* lines about its pages, in this minute */
	char *last_error;
	struct drift drift;
	bool drift_known, drifting;
	bool listening;      /* a feed of it has answered last time */
	bool newcomer;       /* a feed of it was looked at for the first time */
	char drift_say[256]; /* why */
	int64_t drift_kept;  /* in the state; ms of the steady clock */
	int64_t last_poll, last_success, last_record; /* seconds since 1970 */
	struct source_counts *next;
};

/* How long turns of the loop took: on their thread's CPU, and on the wall's
   clock, which is how long everybody else had to wait. */
struct turns {
	uv_check_t check;
	uv_prepare_t prepare;
	int64_t began; /* nanoseconds of the thread's CPU clock */
	uint64_t woke; /* uv_hrtime(); 0: it has not slept yet */
	uint64_t n;
	int64_t longest;        /* nanoseconds, after the warm-up */
	uint64_t warm_up;       /* turns that do not count */
	struct histogram delay; /* seconds */
};

struct status {
	struct source_counts *sources;
	void *by_name;   /* of the same: a tree of tsearch(3) */
	int64_t started; /* seconds since 1970 */
	struct turns turns;
	struct seen_counts entries; /* as last counted */
	uint64_t last_seq;
	struct today today;
};

void status_init(struct status *status, uv_loop_t *loop);
void status_free(struct status *status);

/* Made where there is none yet. */
struct source_counts *status_of(struct status *status, const char *source);

/* Remembers what went wrong last; NULL: it goes well again. */
void status_error(struct source_counts *counts, const char *error);

struct edition;
struct pages;
struct survey;
struct web;

struct about { /* all that there is to be told of */
	const struct status *status;
	const struct edition *edition;
	const struct pool *pool;
	const struct fetcher *fetcher;
	const struct committer *committer;
	const struct keeper *keeper;
	const struct pages *pages;
	const struct survey *survey;
	const struct web *web; /* or NULL */
	struct now now;
};

/* The caller's. */
json_t *status_json(const struct about *about);

#endif
