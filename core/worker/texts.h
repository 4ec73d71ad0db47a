/*
 * Texts instead of pages: lines in, as many lines out. What the commands
 * `dateline fold`, `date`, `dateline` and `places` ask for.
 */
#ifndef TEXTS_H
#define TEXTS_H

#include <stdbool.h>

#include "core/kit/job.h"
#include "core/worker/load.h"

/* Whether a task is about texts. */
bool texts_is(enum task_kind task);

/* The lines that come of the first page of the order, each ended by a line
   end; the job's. */
const char *texts_of(struct dl_job *job, const struct plugins *plugins,
    const struct order *order);

#endif
