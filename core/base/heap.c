/* A heap: of many things that each have a time, the first is at hand. */
#include <stdlib.h>

#include "core/base/heap.h"
#include "core/base/xalloc.h"

/* Places are counted from 1: the parent of one is its half. */
static void put(struct heap *heap, struct heap_node *node, size_t place)
{
	heap->nodes[place] = node;
	node->place = place;
}

static void rise(struct heap *heap, struct heap_node *node)
{
	size_t at = node->place;

	while (at > 1 && heap->nodes[at / 2]->key > node->key) {
		put(heap, heap->nodes[at / 2], at);
		at /= 2;
	}
	put(heap, node, at);
}

static void sink(struct heap *heap, struct heap_node *node)
{
	size_t at = node->place, child;

	while ((child = 2 * at) <= heap->n) {
		if (child < heap->n &&
		    heap->nodes[child + 1]->key < heap->nodes[child]->key)
			child++;
		if (heap->nodes[child]->key >= node->key)
			break;
		put(heap, heap->nodes[child], at);
		at = child;
	}
	put(heap, node, at);
}

struct heap_node *heap_first(const struct heap *heap)
{
	return heap->n > 0 ? heap->nodes[1] : NULL;
}

void heap_set(struct heap *heap, struct heap_node *node, int64_t key)
{
	node->key = key;
	if (node->place == 0) {
		if (heap->n + 1 >= heap->room) {
			heap->room = 2 * heap->room + 16;
			heap->nodes = xrealloc(heap->nodes,
			    heap->room * sizeof(struct heap_node *));
		}
		put(heap, node, ++heap->n);
	}
	rise(heap, node);
	sink(heap, node);
}

void heap_remove(struct heap *heap, struct heap_node *node)
{
	struct heap_node *last;

	if (node->place == 0)
		return;
	last = heap->nodes[heap->n--];
	if (last != node) {
		put(heap, last, node->place);
		rise(heap, last);
		sink(heap, last);
	}
	node->place = 0;
}

void heap_free(struct heap *heap)
{
	free(heap->nodes);
	*heap = (struct heap){ 0 };
}
