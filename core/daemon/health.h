/*
 * How feeds and sources do, and what is said of it in the log: each change
 * once. A feed fails, is stale, or goes well; a source drifts.
 */
#ifndef HEALTH_H
#define HEALTH_H

#include "core/base/log.h"
#include "core/daemon/task.h"

/* A look at the task's feed has ended; `say` is schedule_next()'s. */
void health_feed(struct task *task, unsigned say);

/* Whether its source brings what it usually brings; once an hour what that is
   goes into task->drift, to be kept. */
void health_source(struct task *task);

/* A line about the task's page. Of many in a minute the rest is counted, and
   told then. `class` may be NULL. */
void health_page(struct task *task, enum log_level level, const char *class,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Time has passed; each minute. */
void health_pass(struct status *status);

#endif
