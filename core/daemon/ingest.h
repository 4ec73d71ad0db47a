/* The way of the news through the house; see the top of ingest.c. */
#ifndef INGEST_H
#define INGEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <uv.h>

#include "core/daemon/commit.h"
#include "core/daemon/edition.h"
#include "core/net/fetch.h"
#include "core/daemon/pool.h"
#include "core/daemon/queue.h"
#include "core/daemon/seen.h"
#include "core/daemon/status.h"

struct live;
struct pages;
struct task;

struct ingest { /* the hands it needs; it owns none of them */
	uv_loop_t *loop;
	struct fetcher *fetcher;
	struct pool *pool;
	struct queue *queue;
	struct seen *seen;
	struct committer *committer;
	struct pages *pages;
	struct status *status;
	struct live *live;
	struct edition *edition;

	/* Its own. */
	uv_timer_t feeds_timer, pages_timer, settle_timer, forget_timer,
	    drift_timer;
	struct task *tasks;     /* all that is under way */
	struct task *unsettled; /* those that the state did not take */
	int n_tasks;
	size_t bytes;   /* of pages in them */
	size_t ordered; /* of those, what waits for workers */
	bool claiming, claim_again;
	bool no_room;       /* for pages, when they were due */
	bool unwritable;    /* the state was, when it was written last */
	int64_t wall_ahead; /* ms, of the clock on the wall: see ingest_now() */
	atomic_bool stopping; /* the queue's thread looks at it too */
	bool quarantine_full; /* as far as that thread knows */
	uint64_t chance;
};

struct now ingest_now(const struct ingest *ingest);
uint64_t ingest_chance(struct ingest *ingest); /* any number */

/* Pages that are due are looked for in so many milliseconds, or earlier. */
void ingest_wake(struct ingest *ingest, int64_t in);

/* Begins to watch the feeds of an edition, and to fetch what is pending. */
void ingest_start(struct ingest *ingest);

/* Another edition is at work from now on; takes a use of it over. */
void ingest_change(struct ingest *ingest, struct edition *edition);

/* As edition_pause() and edition_want(); and pages of the source, too. */
bool ingest_pause(struct ingest *ingest, const char *source, bool paused);
size_t ingest_poll(struct ingest *ingest, const char *source);

struct again_order { /* a page as it was kept; all of it is copied */
	const char *source;
	const struct dl_entry *entry;
	const struct order_page *pages;
	size_t n;
	bool goes_on; /* where the story goes on, those pages are fetched */
};

/* `committed` is NULL where no record came of it: then `reason` says why, and
   is NULL where the plugin skips it. */
typedef void again_fn(
    void *whose, const struct committed *committed, const char *reason);

/*
 * Runs extraction over a page once more, and appends what that changes, though
 * it was other extractors that changed it. `done` is called once, on the loop,
 * unless the daemon ends.
 */
void ingest_again(struct ingest *ingest, const struct again_order *order,
    again_fn *done, void *whose);

/* Nothing new is begun. */
void ingest_stop(struct ingest *ingest);

/* Frees what was under way; nobody may call back any more. */
void ingest_free(struct ingest *ingest);

#endif
