/*
 * What keeps the spool in order, besides being written: retention, each minute,
 * and sealing, by a process of its own, whenever a segment is finished. They
 * take turns: nobody removes what another rewrites.
 */
#ifndef KEEPER_H
#define KEEPER_H

#include <stdbool.h>
#include <uv.h>

#include "core/daemon/queue.h"
#include "spool/retention.h"

struct keeper;

/* `folder` is the spool's. */
struct keeper *keeper_new(
    uv_loop_t *loop, struct queue *queue, const char *folder);
void keeper_set(struct keeper *keeper, const struct spool_limits *limits);
void keeper_start(struct keeper *keeper);

/* The number in the name of the segment that grows: another than before means
   that one is finished. */
void keeper_segment(struct keeper *keeper, uint64_t first);

/* The disk is full: what may go, goes now. */
void keeper_short(struct keeper *keeper);

struct kept_spool {
	struct spool_room room; /* as of the last look */
	bool sealing;           /* at this moment */
	const char *failed;     /* why the last look came to nothing; or NULL */
};

void keeper_kept(const struct keeper *keeper, struct kept_spool *kept);

/* Nothing new begins, and a child that seals is ended: what it had not done it
   will begin anew. */
void keeper_stop(struct keeper *keeper);
void keeper_free(struct keeper *keeper);

/* What that child does, as a whole process: its exit status. */
int keeper_seal(const char *folder);

#endif
