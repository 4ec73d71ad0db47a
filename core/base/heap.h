/* A heap: of many things that each have a time, the first is at hand. */
#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_node { /* in each thing; zeroed at first */
	int64_t key;
	size_t place; /* from 1; 0: it is in no heap */
};

struct heap { /* zeroed at first; owns no thing */
	struct heap_node **nodes;
	size_t n, room;
};

/* The one with the least key, or NULL. */
struct heap_node *heap_first(const struct heap *heap);

/* Puts it where its new key belongs, whether it was in or not. */
void heap_set(struct heap *heap, struct heap_node *node, int64_t key);

/* Takes it out; it may be in none. */
void heap_remove(struct heap *heap, struct heap_node *node);

void heap_free(struct heap *heap);

#endif
