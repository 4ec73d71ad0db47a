/*
 * How feeds and sources do, and what is said of it in the log: each change
 * once. A feed fails, is stale, or goes well; a source drifts.
 */
#ifndef HEALTH_H
#define HEALTH_H

#include "core/daemon/task.h"

/* A look at the task's feed has ended; `say` is schedule_next()'s. */
void health_feed(struct task *task, unsigned say);

/* Whether its source brings what it usually brings; once an hour what that is
   goes into task->drift, to be kept. */
void health_source(struct task *task);

/* Time has passed; each minute. */
void health_pass(struct status *status);

#endif
