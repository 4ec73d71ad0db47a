/*
 * How a page ends that brings no line: told in the log, and settled in the
 * state, so that it has its next turn or none. All of it ends in ending_done().
 */
#ifndef ENDING_H
#define ENDING_H

#include "core/daemon/task.h"

/* The task's last act. `committed` is NULL where no line could come of it. */
void ending_done(struct task *task, const struct committed *committed);

/* `reason` is a sentence, or NULL: there is nothing to be told. */
void ending_settle(struct task *task, enum settled how, const char *reason);

/* Its record stays, and it has its next turn on the ladder. */
void ending_stays(struct task *task, const char *reason);

/* It is fetched again, not before `wait` milliseconds. */
void ending_again(
    struct task *task, enum outcome outcome, int64_t wait, const char *reason);

/* Likewise, but nobody was asked: that is no try. */
void ending_held(struct task *task, int64_t wait);

/* It did not come; `wait` is what the host wants, or 0. */
void ending_failed(
    struct task *task, enum outcome outcome, const char *reason, int64_t wait);

/* It came, and was not understood: tried so often, it is for somebody to look
   at. It may have been half a page. */
void ending_unread(struct task *task, const char *reason, int64_t tries);

/* There is nothing in it for us, or it is not for us. */
void ending_skipped(struct task *task, const char *reason);

#endif
