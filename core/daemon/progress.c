/* Whether orders come to an end. */
#include "core/daemon/progress.h"

/* Milliseconds beyond an order's own patience: a worker may have to start
   (30 s) and to be buried before the next one is begun. */
#define SPARE 45000

bool progress_is_made(
    struct progress *progress, const struct pool_counts *counts, int64_t now)
{
	bool idle = counts->working + counts->waiting == 0;

	if (idle || counts->moves != progress->moves) {
		progress->moves = counts->moves;
		progress->since = now;
	}
	return now - progress->since <= counts->patience + SPARE;
}
