/* A worker of the tool's own: the same program, locked in the same way. */
#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/base/conf.h"
#include "core/base/message.h"

struct worker {
	pid_t process;
	int socket;
	struct slate *slate; /* NULL: there is none */
	struct buf fields;   /* of the message last received */
	struct buf told;     /* what was complained of, a line each */
};

/* Starts one. What it has loaded is the arena's, its strings until the first
   order or worker_stop(). Ends with EX_UNAVAILABLE where there is no worker. */
void worker_open(struct worker *worker, const char *program,
    const struct setup *setup, struct arena *arena, struct ready *ready);

/* Starts one for this configuration, and settles it; false after complaints on
   stderr. */
bool worker_begin(struct worker *worker, struct conf *conf);

/* The same, but complaints are the end, with EX_CONFIG. */
void worker_start(struct worker *worker, struct conf *conf);

/*
 * The result, until the next order. Where the worker died or took longer than
 * `patience` milliseconds, it is a DL_FAIL of the tool's, and the worker gone.
 * What a plugin keeps between pages is told on stderr, once.
 */
void worker_order(struct worker *worker, struct arena *arena,
    const struct order *order, int64_t patience, struct result *result);

void worker_stop(struct worker *worker);

/* What an order says of the source. */
void worker_about(struct order *order, const struct source *source);

#endif
