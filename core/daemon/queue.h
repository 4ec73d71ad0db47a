/*
 * Work for the disk: one piece after the other, in the order in which it came,
 * on a thread of libuv's pool, so that the loop never waits for the disk. What
 * a `work` touches is its own until its `done` is called, on the loop.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include <stdbool.h>
#include <uv.h>

struct piece;

struct queue {
	uv_loop_t *loop;
	uv_work_t request;
	struct piece *first, **end; /* the first one is being worked on */
};

void queue_init(struct queue *queue, uv_loop_t *loop);

/* Calls `work` there and then `done` here, later, never before it returns. */
void queue_add(struct queue *queue, void (*work)(void *whose),
    void (*done)(void *whose), void *whose);

#endif
