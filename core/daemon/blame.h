/*
 * What plugins have done to workers: counted for each, and told in the log,
 * each kind once for each plugin, and once more after a reload.
 *
 * Whose pages have cost a worker lately is suspected: the pool keeps workers
 * free of him, lest he has all of them and the others wait.
 */
#ifndef BLAME_H
#define BLAME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/message.h"

struct blamed { /* a plugin; as long as the table is */
	const char *plugin;
	uint64_t lost;    /* pages and feeds that cost a worker */
	uint64_t statics; /* after which its statics were put back */
	uint64_t leaks; /* workers that were replaced for what it had leaked */
	int64_t statics_bytes, heap_bytes; /* as last told by a worker */
	int suspected; /* orders that have to go well until it is not */
	bool statics_told, leak_told;
	struct blamed *next;
};

struct blame { /* zeroed at first */
	struct blamed *first;
};

/* A plugin of the configuration: made where there is none yet. */
struct blamed *blame_of(struct blame *blame, const char *plugin);

/* A worker has answered an order of this source plugin. Whom it names counts
   only if he is known: a worker may lie. */
void blame_answered(
    struct blame *blame, struct blamed *source, const struct result *result);

/* A worker has died of one; by whose code is NULL where it is not known. */
void blame_lost(struct blame *blame, struct blamed *source, const char *by);

/* Other plugins are at work from now on, perhaps better ones. */
void blame_anew(struct blame *blame);

void blame_free(struct blame *blame);

#endif
