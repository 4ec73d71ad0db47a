/* Time that is only a number. */
#include <stdlib.h>

#include "tests/sim/sim.h"
#include "tests/sim/tally.h"

static bool is_before(const struct happening *a, const struct happening *b)
{
	return a->at != b->at ? a->at < b->at : a->number < b->number;
}

static void swap(struct happening *a, struct happening *b)
{
	struct happening c = *a;

	*a = *b;
	*b = c;
}

void sim_at(struct sim *sim, int64_t at, sim_fn *happens, void *whose)
{
	struct happening *heap;
	size_t i = sim->n++;

	if (i == sim->room) {
		sim->room = sim->room * 2 + 64;
		sim->heap =
		    tally_more(sim->heap, sim->room * sizeof(*sim->heap));
	}
	heap = sim->heap;
	heap[i] = (struct happening){ .at = at > sim->now ? at : sim->now,
		.number = sim->steps++,
		.happens = happens,
		.whose = whose };
	for (; i > 0 && is_before(&heap[i], &heap[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap(&heap[i], &heap[(i - 1) / 2]);
}

static struct happening first_off(struct sim *sim)
{
	struct happening *heap = sim->heap, first = heap[0];
	size_t i = 0, least;

	heap[0] = heap[--sim->n];
	for (;; i = least) {
		size_t child = 2 * i + 1;

		least = i;
		if (child < sim->n && is_before(&heap[child], &heap[least]))
			least = child;
		child++;
		if (child < sim->n && is_before(&heap[child], &heap[least]))
			least = child;
		if (least == i)
			return first;
		swap(&heap[i], &heap[least]);
	}
}

bool sim_step(struct sim *sim, int64_t until)
{
	struct happening next;

	if (sim->n == 0 || sim->heap[0].at > until)
		return false;
	next = first_off(sim);
	sim->now = next.at;
	next.happens(next.whose);
	return true;
}

void sim_free(struct sim *sim)
{
	tally_free(sim->heap);
	sim->heap = NULL;
	sim->n = sim->room = 0;
}

int64_t sim_steady(const struct sim *sim)
{
	return sim->now - sim->booted;
}

int64_t sim_date(const struct sim *sim)
{
	return sim->began + sim->now;
}

int64_t sim_wall(const struct sim *sim)
{
	return sim->began + sim->now + sim->wrong;
}
