/*
 * The worker processes, as the daemon sees them: orders go out, answers come
 * back. A worker that crashes, is out of patience or breaks the protocol costs
 * its one order, which is answered with LOST, and is replaced. Where several
 * workers are, a plugin whose orders are lost does not get all of them.
 */
#ifndef POOL_H
#define POOL_H

#include <stdbool.h>
#include <uv.h>

#include "core/base/conf.h"
#include "core/base/message.h"
#include "core/daemon/blame.h"

struct pool;

/* What came back; the callback's own: answer_free(). */
struct answer {
	struct result result;
	const char *lost; /* why there is no result: the worker died */
	struct arena arena;
	struct buf bytes;
};

typedef void answer_fn(void *whose, struct answer *answer);

void answer_free(struct answer *answer);

struct pool_counts {
	uint64_t orders, lost, started;
	uint64_t moves; /* a worker started, or an order ended, well or not */
	int working, idle, waiting;
	int64_t patience; /* the longest, ms, of orders that have not ended */
};

struct pool_settings {
	const char *program;
	int workers;
	int64_t pages_per_worker;
};

/* What the first worker of a setup has to say, or what is to be said of it
   where a plugin has killed it; until the callback returns. NULL where it could
   not even be started. */
typedef void ready_fn(void *whose, const struct ready *ready);

struct pool *pool_new(uv_loop_t *loop);

/*
 * Starts a worker with this setup (which is copied) and tells what it has
 * loaded. Nothing else changes until pool_adopt(), which makes it the one that
 * all later workers are started with; those at work finish their order first.
 */
void pool_try(struct pool *pool, const struct pool_settings *settings,
    const struct setup *setup, ready_fn *ready, void *whose);
void pool_adopt(struct pool *pool);
void pool_forget(struct pool *pool); /* the tried one was refused */

/* Calls `done` once, later, never before it returns. The message is copied. */
void pool_order(struct pool *pool, const struct order *order, int64_t patience,
    answer_fn *done, void *whose);

void pool_counts(const struct pool *pool, struct pool_counts *counts);
const struct blame *pool_blame(const struct pool *pool);

/* Kills all workers; orders that wait are not answered any more. The loop ends
   when all are gone; then pool_free(). */
void pool_stop(struct pool *pool);
void pool_free(struct pool *pool);

#endif
