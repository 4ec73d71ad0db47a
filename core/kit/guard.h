/*
 * A guard stands behind each piece of memory that job_alloc(), job_copy() and
 * job_printf() give, byte for byte at its end.
 *
 * Pieces stand close together, so that who writes beyond his own writes into
 * another's, and nothing crashes. When the page is done all guards are looked
 * at: that, and putting them there, costs some ten nanoseconds a piece, and a
 * page has a thousand.
 */
#ifndef GUARD_H
#define GUARD_H

#include "core/kit/job.h"

/* Memory of the job with a guard behind it: it is the plugin's whose code runs.
 */
void *guard_alloc(struct dl_job *job, size_t size);

/*
 * The plugin that has written beyond its memory, and how many bytes it had:
 * nothing of this job, and nothing on the heap, is to be trusted then. NULL:
 * all is well.
 */
const struct dl_plugin *guard_overrun(const struct dl_job *job, size_t *size);

#endif
