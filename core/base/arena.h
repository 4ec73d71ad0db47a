/*
 * An arena: memory that is given back all at once.
 *
 * What arena_alloc() returns is zeroed, aligned for anything, never NULL, and
 * lives until arena_reset(). Where `limit` bytes are spent, or the system has
 * no more, `exhausted` is called, which must not return; where there is none,
 * the process ends with EXIT_MEMORY.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

#define EXIT_MEMORY 71 /* EX_OSERR: the exit status for want of memory */

struct arena {
	struct chunk *chunks; /* the newest first */
	char *free;           /* in the newest */
	size_t left;          /* bytes, from `free` on */
	size_t taken;         /* bytes of all chunks */
	size_t limit;         /* bytes that may be taken; 0: no limit */
	void (*exhausted)(void *whose);
	void *whose;
};

void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t len);
char *arena_dup(struct arena *arena, const char *text); /* NULL of NULL */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_reset(struct arena *arena);

#endif
