/*
 * Whether orders come to an end: what the watchdog is fed for. A loop that
 * turns while its workers get nowhere is no service.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/daemon/pool.h"

struct progress {
	uint64_t moves; /* of the pool, as last seen */
	int64_t since;  /* when it was another number, ms of the steady clock */
};

/*
 * False where there are orders and the pool has not moved for longer than the
 * most patient of them takes and a worker needs to start. A worker that could
 * not be started is a move: that is told, and tried again each second.
 */
bool progress_is_made(
    struct progress *progress, const struct pool_counts *counts, int64_t now);

#endif
