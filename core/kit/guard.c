/* A guard stands behind each piece of memory that a job gives. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/kit/guard.h"

/* No zeros, which are what is written too far most often; and no text. */
static const unsigned char guard[8] = { 0xd1, 0x1e, 0xfe, 0x9a, 0xd1, 0x1e,
	0xfe, 0x9a };

#define GUARDS_MOST 168 /* so that they fill a page of memory */

struct guards { /* the newest last */
	struct guards *before;
	size_t n;
	struct guarded {
		const char *memory;
		size_t size;
		const struct dl_plugin *whose;
	} list[GUARDS_MOST];
};

static void note(struct dl_job *job, const char *memory, size_t size)
{
	struct guards *guards = job->guards;

	if (guards == NULL || guards->n == GUARDS_MOST) {
		guards = arena_alloc(&job->guards_arena, sizeof(*guards));
		guards->before = job->guards;
		job->guards = guards;
	}
	guards->list[guards->n++] =
	    (struct guarded){ memory, size, job->plugin };
}

void *guard_alloc(struct dl_job *job, size_t size)
{
	bool fits = size < SIZE_MAX / 2; /* else the arena says so */
	char *memory =
	    arena_alloc(&job->arena, size + (fits ? sizeof(guard) : 0));

	memcpy(memory + size, guard, sizeof(guard));
	note(job, memory, size);
	return memory;
}

static const struct guarded *find(const struct guards *guards)
{
	size_t i;

	for (; guards != NULL; guards = guards->before) {
		for (i = 0; i < guards->n; i++) {
			const struct guarded *one = &guards->list[i];

			if (memcmp(one->memory + one->size, guard,
				sizeof(guard)) != 0)
				return one;
		}
	}
	return NULL;
}

const struct dl_plugin *guard_overrun(const struct dl_job *job, size_t *size)
{
	const struct guarded *found = find(job->guards);

	if (found == NULL)
		return NULL;
	*size = found->size;
	return found->whose;
}
