/*
 * What each plugin leaves behind in this worker: statics, which are put back
 * after each order, and memory of the heap, which nobody can take back: a
 * worker that has grown too much by it ends, and says whose calls made it grow.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/kit/job.h"
#include "core/worker/statics.h"

struct account { /* of one plugin */
	const struct dl_plugin *plugin;
	struct statics statics;
	int64_t grown;  /* bytes of the heap, by all its calls */
	int64_t orders; /* in which it was called */
	bool called;    /* in the one at work */
};

struct ledger { /* zeroed: it knows no plugin */
	struct account *accounts;
	size_t n;
};

/* Opens an account for each, which has been prepared; the arena's. */
void ledger_open(struct arena *arena, struct ledger *ledger,
    const struct dl_plugin *const *plugins, size_t n);

/* Bytes of the heap beside the job's; before a call of a plugin, and behind it.
 */
int64_t ledger_heap(const struct dl_job *job);
void ledger_called(
    struct ledger *ledger, const struct dl_job *job, int64_t before);

/* The order is done: puts statics back, and tells what was left. `leaves` says
   that the worker has grown too much. */
void ledger_close(struct ledger *ledger, struct dl_job *job, bool leaves,
    struct result *result);

#endif
