/* What a look at a feed has shown, as the schedule wants to know it. */
#ifndef SHOWN_H
#define SHOWN_H

#include "core/daemon/task.h"

/* Of the url that the task has just read and noted. */
struct poll shown_poll(const struct task *task);

/* A feed may be made of several urls: together. */
void shown_add(struct poll *all, const struct poll *one);

#endif
