/* Work for the disk: one piece after the other, off the loop. */
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "core/daemon/queue.h"

struct piece {
	void (*work)(void *whose);
	void (*done)(void *whose);
	void *whose;
	struct piece *next;
};

void queue_init(struct queue *queue, uv_loop_t *loop)
{
	*queue = (struct queue){ .loop = loop };
	queue->request.data = queue;
	queue->end = &queue->first;
}

static void piece_work(uv_work_t *request)
{
	const struct queue *queue = request->data;

	queue->first->work(queue->first->whose);
}

static void piece_done(uv_work_t *request, int status);

static void queue_go_on(struct queue *queue)
{
	if (queue->first != NULL)
		uv_queue_work(
		    queue->loop, &queue->request, piece_work, piece_done);
}

static void piece_done(uv_work_t *request, int status)
{
	struct queue *queue = request->data;
	struct piece *piece = queue->first;

	(void)status; /* nothing here is ever cancelled */
	queue->first = piece->next;
	if (queue->first == NULL)
		queue->end = &queue->first;
	queue_go_on(queue);
	piece->done(piece->whose);
	free(piece);
}

void queue_add(struct queue *queue, void (*work)(void *whose),
    void (*done)(void *whose), void *whose)
{
	struct piece *piece = xcalloc(1, sizeof(*piece));
	bool idle = queue->first == NULL;

	*piece = (struct piece){ work, done, whose, NULL };
	*queue->end = piece;
	queue->end = &piece->next;
	if (idle)
		queue_go_on(queue);
}
