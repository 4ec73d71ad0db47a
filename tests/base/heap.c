/* A heap: the first is at hand, whatever was put in, moved and taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/heap.h"

#define MANY 1000

static void an_empty_heap_has_no_first(void **state)
{
	struct heap heap = { 0 };
	struct heap_node node = { 0 };

	(void)state;
	assert_null(heap_first(&heap));
	heap_remove(&heap, &node);
	assert_null(heap_first(&heap));
	heap_set(&heap, &node, 7);
	assert_ptr_equal(heap_first(&heap), &node);
	heap_remove(&heap, &node);
	heap_remove(&heap, &node);
	assert_null(heap_first(&heap));
	assert_int_equal(node.place, 0);
	heap_free(&heap);
	heap_free(&heap);
	assert_null(heap_first(&heap));
}

static void the_least_key_is_first(void **state)
{
	static const int64_t keys[] = { 5, INT64_MAX, -3, 0, INT64_MIN, 5, -3 };
	struct heap_node nodes[7] = { { 0 } };
	struct heap heap = { 0 };
	int64_t before = INT64_MIN;
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++)
		heap_set(&heap, &nodes[i], keys[i]);
	assert_ptr_equal(heap_first(&heap), &nodes[4]);
	for (i = 0; i < 7; i++) {
		struct heap_node *first = heap_first(&heap);

		assert_true(first->key >= before);
		before = first->key;
		heap_remove(&heap, first);
	}
	assert_null(heap_first(&heap));
	heap_free(&heap);
}

static void a_key_that_changes_moves_its_thing(void **state)
{
	struct heap_node a = { 0 }, b = { 0 }, c = { 0 };
	struct heap heap = { 0 };

	(void)state;
	heap_set(&heap, &a, 1);
	heap_set(&heap, &b, 2);
	heap_set(&heap, &c, 3);
	heap_set(&heap, &a, 10);
	assert_ptr_equal(heap_first(&heap), &b);
	heap_set(&heap, &c, -1);
	assert_ptr_equal(heap_first(&heap), &c);
	heap_set(&heap, &c, -1);
	assert_int_equal(heap.n, 3);
	heap_remove(&heap, &c);
	heap_remove(&heap, &b);
	assert_ptr_equal(heap_first(&heap), &a);
	heap_free(&heap);
}

static const struct heap_node *least(
    const struct heap_node *nodes, const struct heap *heap)
{
	const struct heap_node *first = NULL;
	size_t i, n = 0;

	for (i = 0; i < MANY; i++) {
		if (nodes[i].place == 0)
			continue;
		n++;
		assert_ptr_equal(heap->nodes[nodes[i].place], &nodes[i]);
		if (first == NULL || nodes[i].key < first->key)
			first = &nodes[i];
	}
	assert_int_equal(n, heap->n);
	return first;
}

/* Beside a plain list of the same, turn by turn. */
static void it_is_right_after_any_number_of_turns(void **state)
{
	static struct heap_node nodes[MANY];
	struct heap heap = { 0 };
	unsigned chance = 1;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct heap_node *node;
		const struct heap_node *first;

		chance = chance * 1103515245u + 12345u;
		node = &nodes[chance / 65536 % MANY];
		chance = chance * 1103515245u + 12345u;
		if (chance / 65536 % 3 == 0)
			heap_remove(&heap, node);
		else
			heap_set(&heap, node, chance / 65536 % 500);
		if (i % 16 != 0)
			continue;
		first = least(nodes, &heap);
		if (first == NULL)
			assert_null(heap_first(&heap));
		else
			assert_int_equal(heap_first(&heap)->key, first->key);
	}
	heap_free(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_heap_has_no_first),
		cmocka_unit_test(the_least_key_is_first),
		cmocka_unit_test(a_key_that_changes_moves_its_thing),
		cmocka_unit_test(it_is_right_after_any_number_of_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
