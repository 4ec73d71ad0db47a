/* A feed or a page that is worked on, and what it has to remember. */
#ifndef TASK_H
#define TASK_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/daemon/commit.h"
#include "core/daemon/drift.h"
#include "core/daemon/edition.h"
#include "core/daemon/ingest.h"
#include "core/daemon/pool.h"
#include "core/daemon/schedule.h"
#include "core/daemon/seen.h"
#include "core/daemon/status.h"
#include "core/net/fetch.h"

struct page { /* from the network, or from a feed that brings it whole */
	const char *url, *type, *charset, *etag, *robots;
	long status;
	int64_t fetched; /* seconds since 1970 */
	struct buf body;
	struct page *next;
};

struct task {
	struct ingest *ingest;
	struct edition *edition;
	const struct source *source; /* of the edition */
	struct source_counts *counts;
	struct arena arena; /* all that the task has to remember */

	/* Pages that it has, and those that it still wants. */
	struct page *pages, **pages_end;
	const struct dl_list *wants;  /* all that it has wanted, */
	const struct dl_list *wanted; /* and the next of them to be asked */
	int n_wants;
	struct answer *answer;
	size_t ordered;       /* bytes that a worker has, or waits for */
	char hash[HASH_TEXT]; /* of the bytes that came */
	bool fine;            /* what the thread says */

	/* Of a feed. */
	struct feed *feed;
	const char *url; /* that is asked for now: the feed's, or one of those
			    that it wanted */
	struct seen_feed known; /* of that url */
	struct watch watch; /* over that url; at the end the feed's, a copy for
			       the thread */
	struct now now;     /* of that watch */
	struct validators validators; /* that came with it */
	int64_t max_age;              /* likewise; ms */
	bool conditional;             /* it is asked with validators */
	bool first;                   /* nobody has asked for the feed before */
	struct noted noted;
	struct poll poll;  /* what came of all of it */
	const char *say;   /* what went wrong; or NULL */
	bool drift_wanted; /* it is to be read from the state */
	const char *drift; /* as read; or as it is to be kept */

	/* Of a page. */
	struct due due;
	struct visit visit;
	struct settlement settlement; /* how it ends without a line, */
	const char *reason;           /* and why; NULL: as usual */
	bool quarantined;             /* the page is kept for people */
	again_fn *done; /* of one that is only extracted again: who is told; */
	void *whose;    /* else NULL; */
	bool goes_on;   /* and whether it may want further pages */

	struct task *next, **from, *next_unsettled;
};

/* Takes a use of the edition at work. */
struct task *task_begin(struct ingest *ingest, const struct source *source);
void task_end(struct task *task);

/* The page is the task's now: its bytes are not copied. `fetched` is in seconds
   since 1970. */
void task_page_add(struct task *task, struct fetched *got, int64_t fetched);
void task_pages_drop(struct task *task);
size_t task_bytes(const struct task *task);

void task_fetch(struct task *task, const char *url,
    const struct validators *validators, fetched_fn *done);
void task_order(struct task *task, enum task_kind kind, answer_fn *done);

/* A worker is done with it; the answer is taken over. */
void task_answered(struct task *task, struct answer *answer);

/* What the answer wants in this role, and has not wanted before, as far as a
   task may want. False if nothing is left to be asked. */
bool task_wants_take(struct task *task, enum dl_role role);

/* Of a feed: the url that is asked for now, for people, files and the state;
   without a password. */
const char *task_feed_name(struct task *task);

/* The pages as they are in an order; the task's. */
struct order_page *task_parts(struct task *task, size_t *n);

#endif
